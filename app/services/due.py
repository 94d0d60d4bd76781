"""Firing what is due: the queue is the table of reminders itself.

Whoever fires a reminder moves it on to its next time and writes one notification for each device, in one
transaction: a crash before the COMMIT leaves it due, one after it leaves the notifications. Rows are taken with
SKIP LOCKED on PostgreSQL, and under the one write lock on SQLite, so any number may fire at once.

Like the check-in it runs on the driver's cursor: SQLAlchemy writes the SQL once. Ids stay 32 hex digits, instants
and days stay text, as they are stored.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import String, and_, bindparam, func, literal_column, select, update
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from app.core.db import upserting
from app.core.group_commit import Prepared
from app.core.logging import hashed_id, log
from app.core.vault import Vault
from app.domain import recurrence, schedule
from app.domain.recurrence import Due
from app.models.accounts import Account
from app.models.base import instant_text, parse_instant
from app.models.check_ins import CheckIn
from app.models.experiments import Experiment
from app.models.notifications import Notification
from app.models.push_subscriptions import PushSubscription
from app.models.reminders import Reminder, ReminderPlan
from app.services import reminders, written_days
from app.services.delivery_counts import add_counts

BATCH = 50
"""Small batches: the write lock is held for a millisecond or two, and a crash repeats little (SECURITY.md, R5)."""
LOOK_AGAIN = timedelta(hours=1)
"""After a reminder whose rule could not be worked out. It is stale by then, and only moved on."""


class _Found(NamedTuple):
    """What is due, as the driver gives it; one row for each device, or one without any."""

    id: str
    at: str
    next_due_at: str
    next_day: str
    stale_at: str
    turn: int
    fired_day: str | None
    is_on: bool
    weekdays: int
    every_other: bool
    quiet_from: str | None
    quiet_until: str | None
    paused_until: str | None
    not_on: str | None
    zone: str
    zone_before: str | None
    zone_since: str | None
    experiment_id: str
    start_on: str | None
    length_days: int
    day_end: str
    started_at: str | None
    paused_at: str | None
    stopped_at: str | None
    account_id: str
    kek_id: str
    wrapped_key: bytes
    times: str
    revision: int | None
    sealed: bytes
    device: str | None


def fire(session: Session, vault: Vault, *, now: datetime) -> int:
    """One batch of what is due, the longest due first. Returns how many; fewer than `BATCH`: no more."""
    connection = session.connection()
    dialect, cursor = connection.dialect, connection.connection.cursor()
    _due(dialect).run(cursor, {"now": instant_text(now)})
    counts: Counter[tuple[str, str]] = Counter()
    moves: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    rows: Iterator[_Found] = map(_Found._make, cursor.fetchall())
    for _, group in groupby(rows, key=lambda row: row.id):
        same = list(group)
        one, devices = same[0], [row.device for row in same if row.device is not None]
        outcome = _outcome(one, devices, vault, now=now)
        counts["", outcome] += 1
        if outcome == "fired":
            fresh += [_notification(one, device, now) for device in devices]
        moves.append(_move(one))
    if not moves:
        return 0
    _move_on(dialect).run_many(cursor, moves)
    if cursor.rowcount not in {-1, len(moves)}:
        # It cannot be while the rows are held; and twice would be worse than late.
        raise RuntimeError("a reminder was moved on by somebody else")
    if fresh:
        _add(dialect).run_many(cursor, fresh)
    add_counts(session, counts, now=now)
    return len(moves)


def _outcome(one: _Found, devices: list[str], vault: Vault, *, now: datetime) -> str:
    """What becomes of a reminder that is due. The dates are its rule's business: by the phone's zone the first and
    the last day may lie outside of the fortnight's own."""
    runs = one.started_at and not one.paused_at and not one.stopped_at
    if not one.is_on or not runs or one.next_day == one.not_on:
        return "silent"
    if instant_text(now) > one.stale_at:
        return "expired"
    if one.revision is not None and written_days.has_answer(vault, _asked(one), one.revision, one.sealed):
        return "written"
    return "fired" if devices else "no-device"


def _asked(one: _Found) -> written_days.Asked:
    day = date.fromisoformat(one.next_day)
    return written_days.Asked(UUID(one.account_id), one.kek_id, one.wrapped_key, UUID(one.experiment_id), day)


def _move(one: _Found) -> dict[str, Any]:
    """To the next one after this one, not after now: what was due meanwhile is looked at too, and expires."""
    due: Due | None = None
    try:
        if one.is_on and one.start_on is not None:
            at = schedule.clock_time(one.at)
            done = date.fromisoformat(max(one.next_day, one.fired_day or ""))
            due = recurrence.next_due(_rule(one, one.start_on), at, parse_instant(one.next_due_at), done)
    except Exception as error:  # one broken row must not hold up everybody else's, nor end
        log.error("reminder", row=hashed_id(one.id), kind=type(error).__name__)
        was = parse_instant(one.next_due_at)
        due = Due(date.fromisoformat(one.next_day), was + LOOK_AGAIN, was)
    return {
        "row": one.id,
        "was": one.next_due_at,
        "due": instant_text(due.at) if due else None,
        "day": due.day.isoformat() if due else None,
        "stale": instant_text(due.stale_at) if due else None,
        "done": one.next_day,
    }


def _rule(one: _Found, start_on: str) -> recurrence.Rule:
    window = schedule.Window(date.fromisoformat(start_on), one.length_days)
    chosen = reminders.Chosen(
        weekdays=one.weekdays,
        every_other=bool(one.every_other),
        quiet_from=one.quiet_from,
        quiet_until=one.quiet_until,
        paused_until=_day(one.paused_until),
        not_on=_day(one.not_on),
        zone=one.zone,
        zone_before=one.zone_before,
        zone_since=_day(one.zone_since),
    )
    return reminders.rule_of(chosen, one.times.split(","), window, one.day_end)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _notification(one: _Found, device: str, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4().hex,
        "reminder_id": one.id,
        "subscription_id": device,
        "day": one.next_day,
        "turn": one.turn,
        "due_at": one.next_due_at,
        "stale_at": one.stale_at,
        "next_try_at": instant_text(now),
        "tries": 0,
    }


@lru_cache(maxsize=4)
def _due(dialect: Dialect) -> Prepared:
    """A batch of due reminders with all that decides about them: the plan, the fortnight, the key, the hours
    beside it, the newest revision of the day, the devices."""
    taken = (
        select(col(Reminder.id))
        .join(ReminderPlan, col(ReminderPlan.experiment_id) == col(Reminder.experiment_id))
        .where(col(Reminder.next_due_at) <= bindparam("now", type_=String))
        .order_by(col(Reminder.next_due_at))
        .limit(BATCH)
        .with_for_update(of=[Reminder, ReminderPlan], skip_locked=True)
        .cte("taken")
    )
    gathered = func.string_agg if dialect.name == "postgresql" else func.group_concat
    beside, any_day = aliased(Reminder), aliased(CheckIn)
    times = (
        select(gathered(col(beside.at), literal_column("','")))
        .where(col(beside.experiment_id) == col(Reminder.experiment_id))
        .scalar_subquery()
    )
    newest = (
        select(func.max(col(any_day.revision)))
        .where(
            col(any_day.experiment_id) == col(Reminder.experiment_id), col(any_day.day) == col(Reminder.next_day)
        )
        .scalar_subquery()
    )
    columns: dict[str, Any] = {
        **{name: col(getattr(Reminder, name)) for name in _Found._fields[:7]},
        **{name: col(getattr(ReminderPlan, name)) for name in _Found._fields[7:18]},
        **{name: col(getattr(Experiment, name)) for name in _Found._fields[18:24]},
        "account_id": col(ReminderPlan.account_id),
        "kek_id": col(Account.kek_id),
        "wrapped_key": col(Account.wrapped_key),
        "times": times,
        "revision": col(CheckIn.revision),
        "sealed": col(CheckIn.sealed),
        "device": col(PushSubscription.id),
    }
    return Prepared(
        select(*(columns[name].label(name) for name in _Found._fields))
        .select_from(taken)
        .join(Reminder, col(Reminder.id) == taken.c.id)
        .join(ReminderPlan, col(ReminderPlan.experiment_id) == col(Reminder.experiment_id))
        .join(Experiment, col(Experiment.id) == col(Reminder.experiment_id))
        .join(Account, col(Account.id) == col(ReminderPlan.account_id))
        .outerjoin(
            CheckIn,
            and_(
                col(CheckIn.experiment_id) == col(Reminder.experiment_id),
                col(CheckIn.day) == col(Reminder.next_day),
                col(CheckIn.revision) == newest,
            ),
        )
        .outerjoin(PushSubscription, col(PushSubscription.account_id) == col(ReminderPlan.account_id))
        .order_by(col(Reminder.next_due_at), col(Reminder.id)),
        dialect,
    )


@lru_cache(maxsize=4)
def _move_on(dialect: Dialect) -> Prepared:
    values = {"next_due_at": "due", "next_day": "day", "stale_at": "stale", "fired_day": "done"}
    return Prepared(
        update(Reminder)
        .where(
            col(Reminder.id) == bindparam("row", type_=String),
            col(Reminder.next_due_at) == bindparam("was", type_=String),
        )
        .values({name: bindparam(said, type_=String) for name, said in values.items()}),
        dialect,
    )


@lru_cache(maxsize=4)
def _add(dialect: Dialect) -> Prepared:
    """What is there already stays: of two that would be the same one is enough."""
    names = tuple(Notification.model_fields)
    fresh = upserting(dialect)(Notification).values({name: bindparam(name) for name in names})
    return Prepared(fresh.on_conflict_do_nothing(), dialect)
