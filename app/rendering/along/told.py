"""A fortnight as it was told: what the files of an archive are drawn of.

Only what a client set or wrote. Nothing in here was worked out: where a result is covered, there is none to draw.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from app.domain.report import Measure

State = Literal["logged", "not_logged", "unreadable", "to_come"]


@dataclass(frozen=True)
class DayTold:
    """One day. `number`: of the fortnight, or the diary's own where it counts its days. `ratings` by measure key,
    `effects` by name; `written_at`: when what stands here was written."""

    day: date
    number: int
    state: State
    written_at: datetime | None = None
    hard_day: bool | None = None
    dose: str | None = None
    dose_reason: str | None = None
    ratings: Mapping[str, float] = field(default_factory=dict)
    effects: Mapping[str, int | None] = field(default_factory=dict)
    effects_words: str | None = None
    worrying: tuple[str, ...] = ()
    thoughts: str | None = None
    anything_else: str | None = None
    note: str | None = None
    note_starred: bool = False


@dataclass(frozen=True)
class ConsentTold:
    """One version of what was shared. `held`: whether it lets somebody read by now."""

    fields: tuple[str, ...]
    given_at: datetime
    ends_at: datetime | None
    withdrawn_at: datetime | None
    held: bool


@dataclass(frozen=True)
class ReaderTold:
    """Somebody who was let read, by the name that the client sees. `consents`: the newest first."""

    id: UUID
    name: str
    role: Literal["therapist", "supporter"]
    consents: tuple[ConsentTold, ...]


@dataclass(frozen=True)
class Told:
    """`person`: who it is about, as their account is numbered; it is written down nowhere as it is. `label`: what
    the client calls the medicine, `medicine`: what it is. `dated`: its days have dates of their own.
    `first_on`, `last_on`: its days, None for a draft without a first day. `set_at`: when the plan was made."""

    id: UUID
    person: UUID
    made_at: datetime
    set_at: datetime
    dated: bool
    first_on: date | None
    last_on: date | None
    label: str | None
    medicine: str | None
    way_in: str | None
    stopped_on: date | None
    usual_time: str | None
    measures: tuple[Measure, ...]
    effects: tuple[str, ...]
    days: tuple[DayTold, ...]
    readers: tuple[ReaderTold, ...]

    @property
    def span(self) -> tuple[date, date] | None:
        """Its first and its last day; None for a draft, and where it was stopped before day 1."""
        if self.first_on is None or self.last_on is None or self.last_on < self.first_on:
            return None
        return self.first_on, self.last_on
