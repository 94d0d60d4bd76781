"""Check-ins as they are read: what is stored of one day, what is new since a cursor, all days for a report."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeAlias
from uuid import UUID

from sqlmodel import Session, col, select

from app.core.vault import DataKey
from app.domain import schedule
from app.models.check_ins import Answers, CheckIn, CheckInPublic, CheckInsPublic
from app.models.experiments import Experiment

VERSION = 1
_ANSWERS = tuple(Answers.model_fields)


@dataclass(frozen=True)
class StoredDay:
    """One revision of one day, opened. `payload` holds the answers and its own version `v`."""

    experiment_id: UUID
    day: date
    revision: int
    cursor: int
    zone: str
    written_at: datetime
    received_at: datetime
    payload: dict[str, Any]

    @cached_property
    def answers(self) -> Answers:
        known = {name: self.payload[name] for name in Answers.model_fields if name in self.payload}
        return Answers.model_validate(known)

    @property
    def logged(self) -> bool:
        """Whether anything was answered: all null is not logged."""
        return any(is_answer(name, value) for name, value in self.payload.items())

    @property
    def at(self) -> datetime:
        """When it was written. A phone whose clock runs ahead is taken at our own time of receiving."""
        return min(self.written_at, self.received_at)

    def late(self, opened_at: datetime | None) -> bool:
        """Written after the comparison was first looked at, by the phone's own clock (ANALYSIS.md 11)."""
        return opened_at is not None and self.written_at > opened_at and self.received_at > opened_at


Days: TypeAlias = dict[date, list[StoredDay]]


def is_answer(name: str, value: object) -> bool:
    """Whether this part of a payload was answered: a 0 is an answer, an untouched tap is none."""
    return name != "v" and value is not None and value is not False and value not in ("", [], {})


def place(experiment_id: UUID, day: date, revision: int) -> str:
    """What a sealed day is bound to."""
    return f"check_in|{experiment_id.hex}|{day.isoformat()}|{revision}"


def seal(stored: StoredDay, key: DataKey) -> bytes:
    return key.seal(stored.payload, place(stored.experiment_id, stored.day, stored.revision))


def payload(answers: Answers, **more: object) -> dict[str, Any]:
    """What is sealed of one day; `more` is what an imported diary adds."""
    return {"v": VERSION, **{name: getattr(answers, name) for name in _ANSWERS}, **more}


def public(stored: StoredDay, day_end: str, opened_at: datetime | None) -> CheckInPublic:
    """A stored day as its owner's phone sees it."""
    return CheckInPublic(
        experiment_id=stored.experiment_id,
        day=stored.day.isoformat(),
        revision=stored.revision,
        cursor=stored.cursor,
        received_at=stored.received_at,
        written_at=stored.written_at,
        zone=stored.zone,
        clock_skewed=schedule.is_skewed(stored.written_at, stored.received_at, stored.day, stored.zone, day_end),
        late=stored.late(opened_at),
        answers=stored.answers,
        scaled=stored.payload.get("scaled", {}),
    )


def _open(row: CheckIn, key: DataKey) -> StoredDay:
    day = date.fromisoformat(row.day)
    return StoredDay(
        experiment_id=row.experiment_id,
        day=day,
        revision=row.revision,
        cursor=row.cursor,
        zone=row.zone,
        written_at=row.written_at,
        received_at=row.received_at,
        payload=key.open(row.sealed, place(row.experiment_id, day, row.revision)),
    )


def _newest(rows: Iterable[CheckIn]) -> list[CheckIn]:
    by_day: dict[str, CheckIn] = {}
    for row in rows:
        if row.day not in by_day or by_day[row.day].revision < row.revision:
            by_day[row.day] = row
    return sorted(by_day.values(), key=lambda row: row.cursor)


def list_since(session: Session, experiment: Experiment, key: DataKey, since: int) -> CheckInsPublic:
    """The newest revision of every day written after `since`, and the cursor to ask with next time."""
    rows = session.exec(
        select(CheckIn).where(CheckIn.experiment_id == experiment.id, CheckIn.cursor > since)
    ).all()
    newest = _newest(rows)
    days = [public(_open(row, key), experiment.day_end, experiment.comparison_opened_at) for row in newest]
    return CheckInsPublic(check_ins=days, cursor=max((row.cursor for row in rows), default=since))


def all_days(session: Session, experiment: Experiment, key: DataKey) -> Days:
    """Every revision of every day, oldest first: a report needs to know what was written when."""
    return days_of_all(session, [experiment], key)[experiment.id]


def counted(experiment: Experiment, days: Days) -> Days:
    """The days that a report shows and a rule may look at: those of the fortnight, up to a stop.

    After a stop that is the experiment's own day, and a later one that a phone a zone ahead had written by then.
    """
    window, stopped_at = experiment.window, experiment.stopped_at
    if window is None:
        return {}
    return {
        day: revisions
        for day, revisions in days.items()
        if window.holds(day)
        or (stopped_at is not None and window.last_on < day <= window.end_on and revisions[0].at <= stopped_at)
    }


def days_of_all(session: Session, experiments: Sequence[Experiment], key: DataKey) -> dict[UUID, Days]:
    """The days of several experiments of one person, in one statement however many there are."""
    rows = session.exec(
        select(CheckIn)
        .where(col(CheckIn.experiment_id).in_([experiment.id for experiment in experiments]))
        .order_by(col(CheckIn.day), col(CheckIn.revision))
    ).all()
    found: dict[UUID, Days] = {experiment.id: {} for experiment in experiments}
    for row in rows:
        opened = _open(row, key)
        found[row.experiment_id].setdefault(opened.day, []).append(opened)
    return found


def add_imported(
    session: Session,
    experiment: Experiment,
    key: DataKey,
    days: Iterable[tuple[date, Answers, dict[str, object]]],
    *,
    now: datetime,
) -> None:
    """Store the days of a diary, each as its first revision, in the transaction of the caller."""
    for number, (day, answers, more) in enumerate(sorted(days, key=lambda item: item[0]), start=1):
        stored = StoredDay(experiment.id, day, 1, number, experiment.zone, now, now, payload(answers, **more))
        session.add(
            CheckIn(
                experiment_id=experiment.id,
                day=day.isoformat(),
                revision=1,
                cursor=number,
                sealed=seal(stored, key),
                zone=experiment.zone,
                written_at=now,
                received_at=now,
            )
        )
    session.flush()
