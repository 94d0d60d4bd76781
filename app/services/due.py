"""Firing what is due: the queue is the table of reminders itself.

Whoever fires a reminder moves it on to its next time and writes one notification for each device, in one
transaction: a crash before the COMMIT leaves it due, one after it leaves the notifications. Rows are taken with
SKIP LOCKED on PostgreSQL, and under the one write lock on SQLite, so any number may fire at once.

Like the check-in it runs on the driver's cursor: SQLAlchemy writes the SQL once, and a batch goes over as one JSON
array, because a parameter costs the driver more than it costs the database. Ids stay 32 hex digits, instants and
days stay text, as they are stored.
"""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, String, and_, bindparam, func, literal_column, select, true, update
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.core.db import upserting
from app.core.group_commit import Prepared
from app.core.json_rows import json_rows, random_id
from app.core.logging import hashed_id, log
from app.core.vault import Vault
from app.domain import recurrence, schedule
from app.domain.recurrence import Due
from app.models.accounts import Account
from app.models.base import RowId, Table, instant_text, parse_instant
from app.models.check_ins import CheckIn
from app.models.experiments import Experiment
from app.models.notifications import Notification
from app.models.push_subscriptions import PushSubscription
from app.models.reminders import Reminder, ReminderPlan
from app.services import reminders, written_days
from app.services.delivery_counts import add_counts

BATCH = 500
"""The most that PERFORMANCE.md allows: what a batch costs besides its rows (a transaction, and on PostgreSQL the
planning of four statements) is then little for each. Nothing is sent in it and nothing is leased, so that a crash
repeats none of it; the write lock is held for some 25 ms."""
_FEW: ColumnElement[int] = literal_column(str(BATCH))
"""Spelt out: PostgreSQL plans for any value of a parameter, and must know that it is few."""
LOOK_AGAIN = timedelta(hours=1)
"""After a reminder whose rule could not be worked out. It is stale by then, and only moved on."""


class _When(NamedTuple):
    """What decides when a reminder comes next, as the driver gives it."""

    at: str
    next_due_at: str
    next_day: str
    fired_day: str | None
    is_on: bool
    times: str
    weekdays: int
    every_other: bool
    quiet_from: str | None
    quiet_until: str | None
    paused_until: str | None
    not_on: str | None
    zone: str
    zone_before: str | None
    zone_since: str | None
    start_on: str | None
    length_days: int
    day_end: str


class _Found(NamedTuple):
    """A reminder that is due."""

    when: _When
    id: str
    stale_at: str
    turn: int
    experiment_id: str
    started_at: str | None
    paused_at: str | None
    stopped_at: str | None
    account_id: str
    kek_id: str
    wrapped_key: bytes
    day_revision: int | None
    day_sealed: bytes
    has_device: bool


_COLUMNS = (*_When._fields, *_Found._fields[1:])


def fire(session: Session, vault: Vault, *, now: datetime) -> int:
    """One batch of what is due, the longest due first. Returns how many; fewer than `BATCH`: no more."""
    connection = session.connection()
    dialect, cursor = connection.dialect, connection.connection.cursor()
    instant = instant_text(now)
    _due(dialect).run(cursor, {"now": instant})
    width = len(_When._fields)
    found = [_Found(_When._make(row[:width]), *row[width:]) for row in cursor.fetchall()]
    if not found:
        return 0
    outcomes = [_outcome(one, vault, instant) for one in found]
    fired = [
        (one.account_id, one.id, one.when.next_day, one.turn, one.when.next_due_at, one.stale_at)
        for one, outcome in zip(found, outcomes, strict=True)
        if outcome == "fired"
    ]
    if fired:
        _notify(dialect).run(cursor, {"rows": json.dumps(fired), "now": instant})
    _move_on(dialect).run(cursor, {"rows": json.dumps([_move(one) for one in found])})
    if cursor.rowcount != len(found):
        # It cannot be while the rows are held; and twice would be worse than late.
        raise RuntimeError("a reminder was moved on by somebody else")
    add_counts(session, Counter(("", outcome) for outcome in outcomes), now=now)
    return len(found)


def _outcome(one: _Found, vault: Vault, now: str) -> str:
    """What becomes of a reminder that is due. The dates are its rule's business: by the phone's zone the first and
    the last day may lie outside of the fortnight's own."""
    runs = one.started_at and not one.paused_at and not one.stopped_at
    if not one.when.is_on or not runs or one.when.next_day == one.when.not_on:
        return "silent"
    if now > one.stale_at:
        return "expired"
    if one.day_revision is not None and written_days.has_answer(
        vault, _asked(one), one.day_revision, one.day_sealed
    ):
        return "written"
    return "fired" if one.has_device else "no-device"


def _asked(one: _Found) -> written_days.Asked:
    day = date.fromisoformat(one.when.next_day)
    return written_days.Asked(UUID(one.account_id), one.kek_id, one.wrapped_key, UUID(one.experiment_id), day)


def _move(one: _Found) -> tuple[str | None, ...]:
    """To the next one after this one, not after now: what was due meanwhile is looked at too, and expires.
    A row of `_move_on`."""
    was = one.when.next_due_at
    try:
        return one.id, was, *_following(one.when)
    except Exception as error:  # one broken row must not hold up everybody else's, nor end
        log.error("reminder", row=hashed_id(one.id), kind=type(error).__name__)
        return one.id, was, instant_text(parse_instant(was) + LOOK_AGAIN), one.when.next_day, was


@lru_cache(maxsize=4096)
def _following(when: _When) -> tuple[str | None, str | None, str | None]:
    """When the next one is due, its day, and when it is stale. Kept: many share an hour, a zone and a first day,
    and are due at once."""
    due: Due | None = None
    if when.is_on and when.start_on is not None:
        at = schedule.clock_time(when.at)
        done = date.fromisoformat(max(when.next_day, when.fired_day or ""))
        due = recurrence.next_due(_rule(when, when.start_on), at, parse_instant(when.next_due_at), done)
    if due is None:
        return None, None, None
    return instant_text(due.at), due.day.isoformat(), instant_text(due.stale_at)


def _rule(when: _When, start_on: str) -> recurrence.Rule:
    window = schedule.Window(date.fromisoformat(start_on), when.length_days)
    chosen = reminders.Chosen(
        times=when.times,
        weekdays=when.weekdays,
        every_other=bool(when.every_other),
        quiet_from=when.quiet_from,
        quiet_until=when.quiet_until,
        paused_until=_day(when.paused_until),
        not_on=_day(when.not_on),
        zone=when.zone,
        zone_before=when.zone_before,
        zone_since=_day(when.zone_since),
    )
    return reminders.rule_of(chosen, window, when.day_end)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


@lru_cache(maxsize=4)
def _due(dialect: Dialect) -> Prepared:
    """A batch of due reminders with all that decides about them: the plan, the fortnight, the key, the newest
    revision of the day, whether there is a device."""
    taken = (
        select(*_columns_of(Reminder, ReminderPlan).values())
        .join(ReminderPlan, col(ReminderPlan.experiment_id) == col(Reminder.experiment_id))
        .where(col(Reminder.next_due_at) <= bindparam("now", type_=String))
        .order_by(col(Reminder.next_due_at))
        .limit(_FEW)
        .with_for_update(of=[Reminder, ReminderPlan], skip_locked=True)
        .cte("taken")
    )
    any_day = aliased(CheckIn)
    newest = (
        select(func.max(col(any_day.revision)))
        .where(col(any_day.experiment_id) == taken.c.experiment_id, col(any_day.day) == taken.c.next_day)
        .scalar_subquery()
    )
    device = select(col(PushSubscription.id)).where(col(PushSubscription.account_id) == taken.c.account_id)
    known = {
        **_columns_of(Experiment, Account),
        **dict(taken.c.items()),
        "day_revision": col(CheckIn.revision),
        "day_sealed": col(CheckIn.sealed),
        "has_device": device.exists(),
    }
    return Prepared(
        select(*(known[name].label(name) for name in _COLUMNS))
        .select_from(taken)
        .join(Experiment, col(Experiment.id) == taken.c.experiment_id)
        .join(Account, col(Account.id) == taken.c.account_id)
        .outerjoin(
            CheckIn,
            and_(
                col(CheckIn.experiment_id) == taken.c.experiment_id,
                col(CheckIn.day) == taken.c.next_day,
                col(CheckIn.revision) == newest,
            ),
        )
        .order_by(taken.c.next_due_at, taken.c.id),
        dialect,
    )


def _columns_of(first: type[Table], second: type[Table]) -> dict[str, Any]:
    """What of `_COLUMNS` two tables have; of a name that both have, the first's."""
    of = {name: first if name in first.model_fields else second for name in _COLUMNS}
    return {name: getattr(model, name) for name, model in of.items() if name in model.model_fields}


@lru_cache(maxsize=4)
def _notify(dialect: Dialect) -> Prepared:
    """One notification for each device of whom the reminders are. What is there already stays: of two that would
    be the same one is enough."""
    rows, given = json_rows(dialect)
    values: dict[str, Any] = {
        "id": random_id(dialect),
        "subscription_id": col(PushSubscription.id),
        "next_try_at": bindparam("now", type_=String),
        "tries": literal_column("0"),
        "reminder_id": given(1, RowId),
        "day": given(2),
        "turn": given(3, Integer),
        "due_at": given(4),
        "stale_at": given(5),
    }
    each = (
        select(*values.values())
        .select_from(rows)
        .join(PushSubscription, col(PushSubscription.account_id) == given(0, RowId))
        .where(true())
    )
    fresh = upserting(dialect)(Notification).from_select(list(values), each, include_defaults=False)
    return Prepared(fresh.on_conflict_do_nothing(), dialect)


@lru_cache(maxsize=4)
def _move_on(dialect: Dialect) -> Prepared:
    """Rows of id, where it stood, and what is next: when, the day, when it is stale."""
    rows, given = json_rows(dialect)
    names = ("was", "next_due_at", "next_day", "stale_at")
    values = [given(0, RowId).label("id"), *(given(place).label(name) for place, name in enumerate(names, 1))]
    # Taken apart first, which the OFFSET keeps so: below row-level security PostgreSQL looks a row up by its index
    # only where the value that it is compared with is plain, and not worked out on the way (`->>` is not
    # leakproof). Else it reads the whole table.
    nexts = select(*values).select_from(rows).offset(literal_column("0")).subquery("nexts")
    to = {name: nexts.c[name] for name in names[1:]}
    return Prepared(
        update(Reminder)
        .where(col(Reminder.id) == nexts.c.id, col(Reminder.next_due_at) == nexts.c.was)
        .values(**to, fired_day=col(Reminder.next_day)),
        dialect,
    )
