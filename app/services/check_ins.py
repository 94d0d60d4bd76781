"""Check-ins as they are read: what is stored of one day, what is new since a cursor, all days for a report."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlmodel import Session, col

from app.core.logging import hashed_id, log
from app.core.vault import DataKey, SealBroken
from app.domain import schedule
from app.models.check_ins import Answers, CheckIn, CheckInPublic, CheckInsPublic
from app.models.experiments import Experiment

VERSION = 1
_ANSWERS = tuple(Answers.model_fields)


@dataclass(frozen=True)
class StoredDay:
    """One revision of one day, opened. `payload` holds the answers and its own version `v`.

    One that does not open is `unreadable`, and answers nothing: nothing may be concluded from its silence.
    """

    experiment_id: UUID
    day: date
    revision: int
    cursor: int
    zone: str
    written_at: datetime
    received_at: datetime
    payload: dict[str, Any]
    unreadable: bool = False
    first_at: datetime | None = None
    """When the first revision of the day was written; given where days are read as a whole."""

    @cached_property
    def answers(self) -> Answers:
        known = {name: self.payload[name] for name in Answers.model_fields if name in self.payload}
        return Answers.model_validate(known)

    @property
    def logged(self) -> bool:
        """Whether anything was answered: all null is not logged."""
        return says_anything(self.payload)

    @property
    def at(self) -> datetime:
        """When it was written. A phone whose clock runs ahead is taken at our own time of receiving."""
        return min(self.written_at, self.received_at)

    def late(self, opened_at: datetime | None) -> bool:
        """Written after the comparison was first looked at, by the phone's own clock (ANALYSIS.md 11)."""
        return opened_at is not None and self.written_at > opened_at and self.received_at > opened_at


Days: TypeAlias = dict[date, StoredDay]
"""The newest revision of each day."""


def is_answer(name: str, value: object) -> bool:
    """Whether this part of a payload was answered: a 0 is an answer, an untouched tap is none."""
    return name != "v" and value is not None and value is not False and value not in ("", [], {})


def says_anything(payload: Mapping[str, Any]) -> bool:
    """Whether any part of it was answered."""
    return any(is_answer(name, value) for name, value in payload.items())


def place(experiment_id: UUID, day: date, revision: int) -> str:
    """What a sealed day is bound to."""
    return f"check_in|{experiment_id.hex}|{day.isoformat()}|{revision}"


def seal(stored: StoredDay, key: DataKey) -> bytes:
    return key.seal(stored.payload, place(stored.experiment_id, stored.day, stored.revision))


def payload(answers: Answers, **more: object) -> dict[str, Any]:
    """What is sealed of one day; `more` is what an imported diary adds."""
    return {"v": VERSION, **{name: getattr(answers, name) for name in _ANSWERS}, **more}


def public(
    stored: StoredDay, day_end: str, opened_at: datetime | None, answers: Answers | None = None
) -> CheckInPublic:
    """A stored day as its owner's phone sees it. `answers`: the same as in its payload, where they are at hand."""
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
        unreadable=stored.unreadable,
        answers=answers or stored.answers,
        scaled=stored.payload.get("scaled", {}),
    )


def opened(sealed: bytes, key: DataKey, where: str) -> tuple[dict[str, Any], bool]:
    """What is sealed of a day, and whether it is unreadable: nothing, where it does not open."""
    try:
        return key.open(sealed, where), False
    except SealBroken:
        log.error("unreadable", table="check_in", row=hashed_id(where))
        return {}, True


def _open(row: CheckIn, key: DataKey, first_at: datetime | None = None) -> StoredDay:
    day = date.fromisoformat(row.day)
    answers, unreadable = opened(row.sealed, key, place(row.experiment_id, day, row.revision))
    return StoredDay(
        experiment_id=row.experiment_id,
        day=day,
        revision=row.revision,
        cursor=row.cursor,
        zone=row.zone,
        written_at=row.written_at,
        received_at=row.received_at,
        payload=answers,
        unreadable=unreadable,
        first_at=first_at,
    )


def newest(*which: ColumnElement[bool]) -> Select[tuple[CheckIn, datetime, datetime]]:
    """The newest of the chosen revisions of each day, and when the first was written and received.

    Older ones stay where they are: a day may have hundreds, and opening them is what costs.
    """
    latest = (
        select(
            col(CheckIn.experiment_id).label("experiment_id"),
            col(CheckIn.day).label("day"),
            func.max(col(CheckIn.revision)).label("revision"),
            func.min(col(CheckIn.written_at)).label("written_at"),
            func.min(col(CheckIn.received_at)).label("received_at"),
        )
        .where(*which)
        .group_by(col(CheckIn.experiment_id), col(CheckIn.day))
        .subquery()
    )
    same = (
        col(CheckIn.experiment_id) == latest.c.experiment_id,
        col(CheckIn.day) == latest.c.day,
        col(CheckIn.revision) == latest.c.revision,
    )
    return select(CheckIn, latest.c.written_at, latest.c.received_at).join(latest, and_(*same))


def list_since(session: Session, experiment: Experiment, key: DataKey, since: int) -> CheckInsPublic:
    """The newest revision of every day written after `since`, and the cursor to ask with next time."""
    mine = col(CheckIn.experiment_id) == experiment.id
    rows = session.execute(newest(mine).where(col(CheckIn.cursor) > since).order_by(col(CheckIn.cursor))).all()
    days = [public(_open(row, key), experiment.day_end, experiment.comparison_opened_at) for row, *_ in rows]
    return CheckInsPublic(check_ins=days, cursor=rows[-1][0].cursor if rows else since)


def is_logged(session: Session, experiment: Experiment, key: DataKey, day: date) -> bool:
    """Whether the day as it stands answers anything; one that does not open does."""
    mine = (col(CheckIn.experiment_id) == experiment.id, col(CheckIn.day) == day.isoformat())
    found = session.execute(newest(*mine)).one_or_none()
    if found is None:
        return False
    stored = _open(found[0], key)
    return stored.unreadable or stored.logged


def days_of(session: Session, experiment: Experiment, key: DataKey) -> Days:
    """Every day of one experiment as it stands."""
    return days_of_all(session, [experiment], key)[experiment.id]


def days_of_all(session: Session, experiments: Sequence[Experiment], key: DataKey) -> dict[UUID, Days]:
    """The days of several experiments of one person, in one statement however many there are."""
    theirs = col(CheckIn.experiment_id).in_([experiment.id for experiment in experiments])
    return _by_experiment(session, experiments, key, theirs)


def days_until(
    session: Session, experiments: Sequence[Experiment], key: DataKey, until: Mapping[UUID, datetime]
) -> dict[UUID, Days]:
    """The days as the server knew them at an instant, each experiment at its own."""
    then = [
        and_(col(CheckIn.experiment_id) == identity, col(CheckIn.received_at) <= instant)
        for identity, instant in until.items()
    ]
    return _by_experiment(session, experiments, key, or_(*then)) if then else {}


def _by_experiment(
    session: Session, experiments: Sequence[Experiment], key: DataKey, which: ColumnElement[bool]
) -> dict[UUID, Days]:
    found: dict[UUID, Days] = {experiment.id: {} for experiment in experiments}
    for row, written_at, received_at in session.execute(newest(which).order_by(col(CheckIn.day))):
        stored = _open(row, key, first_at=min(written_at, received_at))
        found[row.experiment_id][stored.day] = stored
    return found


def revisions_of(
    session: Session, experiment: Experiment, key: DataKey, days: Collection[date]
) -> dict[date, list[StoredDay]]:
    """Every revision of these days, oldest first."""
    if not days:
        return {}
    theirs = col(CheckIn.day).in_([day.isoformat() for day in days])
    rows = session.scalars(
        select(CheckIn)
        .where(col(CheckIn.experiment_id) == experiment.id, theirs)
        .order_by(col(CheckIn.day), col(CheckIn.revision))
    )
    found: dict[date, list[StoredDay]] = {}
    for row in rows:
        stored = _open(row, key)
        found.setdefault(stored.day, []).append(stored)
    return found


def revisions_after(
    session: Session, experiment: Experiment, key: DataKey, last: StoredDay | None, most: int
) -> list[StoredDay]:
    """The next `most` revisions of all days after `last`, by day and revision (None: from the first)."""
    day, revision = col(CheckIn.day), col(CheckIn.revision)
    rows = select(CheckIn).where(col(CheckIn.experiment_id) == experiment.id).order_by(day, revision).limit(most)
    if last is not None:
        rows = rows.where(
            or_(day > last.day.isoformat(), and_(day == last.day.isoformat(), revision > last.revision))
        )
    return [_open(row, key) for row in session.scalars(rows)]


def counted(experiment: Experiment, days: Days) -> Days:
    """The days that a report shows and a rule may look at: those of the fortnight, up to a stop.

    After a stop that is the experiment's own day, and a later one that a phone a zone ahead had written by then.
    """
    window = experiment.window
    if window is None:
        return {}
    return {
        day: stored
        for day, stored in days.items()
        if window.holds(day) or (window.last_on < day <= window.end_on and _before_the_stop(experiment, stored))
    }


def _before_the_stop(experiment: Experiment, stored: StoredDay) -> bool:
    if experiment.stopped_at is None or stored.first_at is None:
        return False
    return stored.first_at <= experiment.stopped_at


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
