"""Reminders of a fortnight: the hours a client picked, and when the next one is due.

All in clear: the server must act on it at any hour with nobody signed in, and an hour is no word about oneself.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field as Bounds
from sqlalchemy import CheckConstraint, text
from sqlmodel import Field

from app.models.base import Day, Int, LocalDate, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut, one_of
from app.models.check_ins import Zone

Words = Literal["minute", "hello", "note", "name", "blank"]
TimeOfDay = Annotated[Text, Bounds(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Weekday = Annotated[Int, Bounds(ge=1, le=7)]


class ReminderPlan(Table, table=True):
    """What was chosen, one row for a fortnight. `times`: all its hours, a comma between them. `weekdays`: a bit
    for each, Monday is 1. The zone is the phone's, as it was last heard of; it holds from `zone_since` on, and
    `zone_before` until then. `zone_from`: the sign-in of the device whose clock it is. `zone_rules`: the edition
    of the zones' rules by which its reminders are queued."""

    __tablename__ = "reminder_plan"
    __table_args__ = (
        CheckConstraint("weekdays BETWEEN 1 AND 127", name="weekdays_known"),
        CheckConstraint("(quiet_from IS NULL) = (quiet_until IS NULL)", name="quiet_is_whole"),
        one_of("words", "minute", "hello", "note", "name", "blank"),
    )

    experiment_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="experiment.id", ondelete="CASCADE")
    account_id: UUID = Field(sa_type=RowId, foreign_key="account.id", ondelete="CASCADE", index=True)
    revision: int
    is_on: bool
    weekdays: int
    every_other: bool
    times: str = Field(sa_column_kwargs={"server_default": text("''")})
    quiet_from: str | None = None
    quiet_until: str | None = None
    paused_until: date | None = Field(default=None, sa_type=LocalDate)
    not_on: date | None = Field(default=None, sa_type=LocalDate)
    words: str
    zone: str
    zone_before: str | None = None
    zone_since: date | None = Field(default=None, sa_type=LocalDate)
    zone_from: UUID | None = Field(
        default=None, sa_type=RowId, foreign_key="login_session.id", ondelete="SET NULL", index=True
    )
    zone_rules: str | None = None


class Reminder(Table, table=True):
    """One time of day. The queue: `next_due_at` is indexed, and moved on by whoever fires it. `next_day` is the
    day the next one belongs to, `fired_day` the last that is done with. `turn` counts how often it was ever asked
    for again, `again` how often on the day `again_on`."""

    __tablename__ = "reminder"

    id: UUID = Field(sa_type=RowId, primary_key=True)
    experiment_id: UUID = Field(
        sa_type=RowId, foreign_key="reminder_plan.experiment_id", ondelete="CASCADE", index=True
    )
    at: str
    next_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime, index=True)
    next_day: date | None = Field(default=None, sa_type=LocalDate)
    stale_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    turn: int = 0
    fired_day: date | None = Field(default=None, sa_type=LocalDate)
    again_on: date | None = Field(default=None, sa_type=LocalDate)
    again: int = 0


class RemindersPut(ShapeIn):
    """The whole of it. `zone` is the phone's. `not_today`: none any more on the day that it is now."""

    base_revision: Annotated[Int, Bounds(ge=0)]
    zone: Zone
    on: Annotated[bool, Bounds(strict=True)]
    times: Annotated[list[TimeOfDay], Bounds(min_length=1, max_length=3)]
    weekdays: Annotated[list[Weekday], Bounds(min_length=1, max_length=7)] = [1, 2, 3, 4, 5, 6, 7]
    every_other: Annotated[bool, Bounds(strict=True)] = False
    quiet_from: TimeOfDay | None = None
    quiet_until: TimeOfDay | None = None
    paused_until: Day | None = None
    not_today: Annotated[bool, Bounds(strict=True)] = False
    words: Words = "minute"


class RemindersPublic(ShapeOut):
    """What was chosen, and what follows: `next_at` is when the next one comes, if one does. Revision 0: nothing
    was chosen yet, and this is what is offered."""

    revision: int
    on: bool
    times: list[str]
    weekdays: list[int]
    every_other: bool
    quiet_from: str | None
    quiet_until: str | None
    paused_until: date | None
    not_today: bool
    words: Words
    today: date
    next_at: UtcOut | None
    next_zone: str


class Again(ShapeIn):
    """Which of a reminder's days: what the notification carried."""

    day: Day


class AgainPublic(ShapeOut):
    """When it comes once more."""

    next_at: UtcOut
