"""Saving one day: the request that matters most.

It runs inside the group writer (`core/group_commit.py`) on the driver's cursor, for all requests that wait: one
SELECT that finds their sessions, experiments and stored days, and one INSERT of the next revisions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import CTE, Integer, String, and_, bindparam, column, func, insert, literal, select, update, values
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.core.group_commit import MOST_AT_ONCE, Prepared
from app.core.security import token_hash
from app.core.vault import DataKey, Vault
from app.domain import schedule
from app.domain.access import check_believed
from app.domain.errors import Busy, Conflict, NotFound, NotSignedIn, Problem
from app.models.accounts import Account
from app.models.base import instant_text, parse_instant
from app.models.check_ins import CheckIn, CheckInPublic, CheckInPut
from app.models.experiments import Experiment
from app.models.login_sessions import LoginSession
from app.services.check_ins import StoredDay, opened, payload, place, public, seal

ALL_KEPT = 200
SETTLED = timedelta(minutes=10)
"""The first `ALL_KEPT` revisions of a day are all kept. After that one that is younger than `SETTLED` makes room
for the next: it was written by somebody who saw it and wrote on. Nothing is refused, and a day that is written
every second takes six rows an hour instead of thousands."""


@lru_cache(maxsize=2 * MOST_AT_ONCE)
def _find(dialect: Dialect, number: int) -> Prepared:
    """Session, account key, experiment and the newest revision of the day, for `number` requests at once: the
    values of the nth are named `token_hash_n`, `experiment_n` and `day_n`, and its row begins with n.

    The experiment is joined by its owner: somebody else's is not found, exactly as one that does not exist.
    """
    asked = _asked(number)
    any_day = aliased(CheckIn)
    same_experiment = col(any_day.experiment_id) == asked.c.experiment
    newest = select(func.max(col(any_day.revision))).where(same_experiment, col(any_day.day) == asked.c.day)
    last = select(func.coalesce(func.max(col(any_day.cursor)), 0)).where(same_experiment)
    return Prepared(
        select(
            asked.c.number,
            col(LoginSession.account_id),
            col(Account.kek_id),
            col(Account.wrapped_key),
            col(Experiment.start_on),
            col(Experiment.length_days),
            col(Experiment.zone),
            col(Experiment.day_end),
            col(Experiment.stopped_at),
            col(Experiment.comparison_opened_at),
            last.scalar_subquery(),
            col(CheckIn.revision),
            col(CheckIn.cursor),
            col(CheckIn.sealed),
            col(CheckIn.zone),
            col(CheckIn.written_at),
            col(CheckIn.received_at),
        )
        .select_from(asked)
        .join(LoginSession, col(LoginSession.token_hash) == asked.c.token_hash)
        .join(Account, col(Account.id) == col(LoginSession.account_id))
        .outerjoin(
            Experiment,
            and_(
                col(Experiment.id) == asked.c.experiment,
                col(Experiment.account_id) == col(LoginSession.account_id),
                col(Experiment.started_at).is_not(None),
            ),
        )
        .outerjoin(
            CheckIn,
            and_(
                col(CheckIn.experiment_id) == col(Experiment.id),
                col(CheckIn.day) == asked.c.day,
                col(CheckIn.revision) == newest.scalar_subquery(),
            ),
        )
        .where(
            col(LoginSession.idle_ends_at) > bindparam("now"),
            col(LoginSession.ends_at) > bindparam("now"),
        ),
        dialect,
    )


def _asked(number: int) -> CTE:
    """What `number` requests ask for, as rows to join with."""
    names = ("token_hash", "experiment", "day")
    rows: list[Any] = [
        (literal(n, Integer), *(bindparam(f"{name}_{n}", type_=String) for name in names)) for n in range(number)
    ]
    table = values(column("number", Integer), *(column(name, String) for name in names), name="asked")
    asked: CTE = table.data(rows).cte("asked")
    return asked


@lru_cache(maxsize=4)
def _revision(dialect: Dialect) -> Prepared:
    names = ("cursor", "sealed", "zone", "written_at", "received_at")
    return Prepared(
        select(*(getattr(CheckIn, name) for name in names)).where(
            col(CheckIn.experiment_id) == bindparam("experiment"),
            col(CheckIn.day) == bindparam("day"),
            col(CheckIn.revision) == bindparam("revision"),
        ),
        dialect,
    )


@lru_cache(maxsize=4)
def _add(dialect: Dialect) -> Prepared:
    names = ("experiment_id", "day", "revision", "cursor", "sealed", "zone", "written_at", "received_at")
    return Prepared(insert(CheckIn).values({name: bindparam(name) for name in names}), dialect)


@lru_cache(maxsize=4)
def _move_on(dialect: Dialect) -> Prepared:
    """The newest revision becomes the next one, with other words in it."""
    names = ("revision", "cursor", "sealed", "zone", "written_at", "received_at")
    return Prepared(
        update(CheckIn)
        .where(
            col(CheckIn.experiment_id) == bindparam("of_experiment"),
            col(CheckIn.day) == bindparam("of_day"),
            col(CheckIn.revision) == bindparam("was"),
        )
        .values({name: bindparam(name) for name in names}),
        dialect,
    )


class _Found(NamedTuple):
    """One row of `_find`, as the driver gives it. The check-in's part is empty for a day not yet written."""

    account_id: str
    kek_id: str
    wrapped_key: bytes
    start_on: str | None
    length_days: int
    home_zone: str
    day_end: str
    stopped_at: str | None
    comparison_opened_at: str | None
    last_cursor: int
    revision: int | None
    cursor: int
    sealed: bytes
    zone: str
    written_at: str
    received_at: str

    def window(self, body: CheckInPut) -> schedule.Window:
        """The days of a started experiment that can be written. A stop closes the days after it: those after the
        experiment's own day, or after the phone's where that is a zone ahead and wrote before the stop."""
        assert self.start_on is not None  # noqa: S101 - asked for before
        start_on = date.fromisoformat(self.start_on)
        if self.stopped_at is None or self.revision is not None:  # what stands there can be put right
            return schedule.Window(start_on, self.length_days)
        stopped_at = parse_instant(self.stopped_at)
        zones = {self.home_zone, body.zone} if body.written_at <= stopped_at else {self.home_zone}
        stopped_on = max(schedule.local_day(stopped_at, zone, self.day_end) for zone in zones)
        return schedule.Window(start_on, self.length_days, stopped_on)


@dataclass(frozen=True, slots=True)
class Put:
    """One request: who asks (the token of a session; the account for which its sender takes it), for which day,
    with what."""

    token: str
    believed: str | None
    experiment_id: UUID
    day: date
    body: CheckInPut
    now: datetime


def put_together(
    cursor: Any, puts: Sequence[Put], *, dialect: Dialect, vault: Vault
) -> Sequence[CheckInPublic | Exception]:
    """Store one day of each, or find that nothing has changed. Runs inside the group writer (`Together`).

    The same content again is the stored row, whatever revision it came from: sending twice is harmless. A day
    that does not open any more is written anew like any other, and is whole again.

    An outcome is `NotSignedIn`, `NotFound`, `Invalid` (day-before-start, day-after-end, day-in-future,
    zone-unknown) or `Conflict` (check-in-conflict) with what the phone started from, what is stored, and what it
    sent.
    """
    outcomes: dict[int, CheckInPublic | Exception] = {}
    waiting = dict(enumerate(puts))
    while waiting:
        turn = _one_of_each_experiment(waiting)
        fresh: list[dict[str, Any]] = []
        for number, found in _found(cursor, dialect, turn).items():
            try:
                outcomes[number] = _put(cursor, dialect, vault, turn[number], found, fresh)
            except Problem as problem:
                outcomes[number] = problem
        if fresh:
            _add(dialect).run_many(cursor, fresh)
        waiting = {number: each for number, each in waiting.items() if number not in turn}
    return [outcomes[number] for number in range(len(puts))]


def _one_of_each_experiment(waiting: Mapping[int, Put]) -> dict[int, Put]:
    """Those that can be done at once: what comes second to an experiment must see what came first."""
    first: dict[UUID, int] = {}
    for number, each in waiting.items():
        first.setdefault(each.experiment_id, number)
    return {number: waiting[number] for number in list(first.values())[:MOST_AT_ONCE]}


def _found(cursor: Any, dialect: Dialect, turn: Mapping[int, Put]) -> "dict[int, _Found | None]":
    """What the database has for each; None where nobody is signed in."""
    given: dict[str, str] = {"now": instant_text(max(each.now for each in turn.values()))}
    for n, each in enumerate(turn.values()):
        given[f"token_hash_{n}"] = token_hash(each.token)
        given[f"experiment_{n}"] = each.experiment_id.hex
        given[f"day_{n}"] = each.day.isoformat()
    _find(dialect, len(turn)).run(cursor, given)
    rows = {row[0]: _Found(*row[1:]) for row in cursor.fetchall()}
    return {number: rows.get(n) for n, number in enumerate(turn)}


def _put(
    cursor: Any, dialect: Dialect, vault: Vault, put: Put, found: "_Found | None", fresh: list[dict[str, Any]]
) -> CheckInPublic:
    """One of them; a new revision is added to `fresh`."""
    if found is None:
        raise NotSignedIn()
    check_believed(put.believed, found.account_id)
    if found.start_on is None:
        raise NotFound()
    day, body, now, experiment_id = put.day, put.body, put.now, put.experiment_id
    schedule.check_day(day, found.window(body), now, body.zone, found.day_end)

    key = vault.unwrap(found.kek_id, bytes(found.wrapped_key), str(UUID(found.account_id)))
    opened_at = parse_instant(found.comparison_opened_at) if found.comparison_opened_at else None
    yours = payload(body)
    stored: StoredDay | None = None
    if found.revision is not None:
        stored = _stored(
            (found.cursor, found.sealed, found.zone, found.written_at, found.received_at),
            (experiment_id, day, found.revision),
            key,
        )
        if "scaled" in stored.payload:  # what a diary brought on a scale of its own outlives a correction
            yours["scaled"] = stored.payload["scaled"]
        if stored.payload == yours:
            return public(stored, found.day_end, opened_at)
    if body.base_revision != (found.revision or 0):
        at = {"experiment": experiment_id.hex, "day": day.isoformat()}
        _revision(dialect).run(cursor, {**at, "revision": body.base_revision})
        base_row = cursor.fetchone()
        base = _stored(base_row, (experiment_id, day, body.base_revision), key) if base_row else None
        raise _conflict(base, public(stored, found.day_end, opened_at) if stored else None, body)
    next_one = StoredDay(
        experiment_id=experiment_id,
        day=day,
        revision=body.base_revision + 1,
        cursor=found.last_cursor + 1,
        zone=body.zone,
        written_at=body.written_at,
        received_at=now,
        payload=yours,
    )
    if stored is not None and _crowded(stored, now):
        _replace(cursor, dialect, next_one, key, was=stored.revision)
    else:
        fresh.append(_values(next_one, key))
    return public(next_one, found.day_end, opened_at, body)


def _crowded(stored: StoredDay, now: datetime) -> bool:
    """Whether so much of this day is kept already that what is still being written replaces itself."""
    return stored.revision >= ALL_KEPT and now - stored.received_at < SETTLED and not stored.unreadable


def _replace(cursor: Any, dialect: Dialect, fresh: StoredDay, key: DataKey, *, was: int) -> None:
    written = _values(fresh, key)
    where = {"of_experiment": written.pop("experiment_id"), "of_day": written.pop("day"), "was": was}
    _move_on(dialect).run(cursor, {**written, **where})
    if cursor.rowcount != 1:  # another process was faster
        raise Busy()


def _values(fresh: StoredDay, key: DataKey) -> dict[str, Any]:
    return {
        "experiment_id": fresh.experiment_id.hex,
        "day": fresh.day.isoformat(),
        "revision": fresh.revision,
        "cursor": fresh.cursor,
        "sealed": seal(fresh, key),
        "zone": fresh.zone,
        "written_at": instant_text(fresh.written_at),
        "received_at": instant_text(fresh.received_at),
    }


def _conflict(base: StoredDay | None, stored: CheckInPublic | None, yours: CheckInPut) -> Conflict:
    """Everything a three-way merge needs. What does not open is no base: it would be taken for an empty day."""
    base = None if base is None or base.unreadable else base
    return Conflict(
        "check-in-conflict",
        {
            "base": base.answers.model_dump(mode="json") if base else None,
            "stored": stored.model_dump(mode="json") if stored else None,
            "yours": yours.answers().model_dump(mode="json"),
        },
    )


def _stored(row: Any, place_of: tuple[UUID, date, int], key: DataKey) -> StoredDay:
    """A revision from the driver's row `(cursor, sealed, zone, written_at, received_at)`."""
    cursor, sealed, zone, written_at, received_at = row
    answers, unreadable = opened(bytes(sealed), key, place(*place_of))
    return StoredDay(
        *place_of,
        cursor=cursor,
        zone=zone,
        written_at=parse_instant(written_at),
        received_at=parse_instant(received_at),
        payload=answers,
        unreadable=unreadable,
    )
