"""Firing what is due: the queue is the table of reminders itself.

Whoever fires a reminder moves it on to its next time and writes one notification for each device, in one
transaction: a crash before the COMMIT leaves it due, one after it leaves the notifications. Rows are taken with
SKIP LOCKED on PostgreSQL, and under the one write lock on SQLite, so any number may fire at once.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import bindparam, insert, select, update
from sqlmodel import Session, col

from app.core.logging import hashed_id, log
from app.core.vault import Vault
from app.domain import recurrence, schedule
from app.models.accounts import Account
from app.models.experiments import Experiment
from app.models.notifications import Notification
from app.models.push_subscriptions import PushSubscription
from app.models.reminders import Reminder, ReminderPlan
from app.services import reminders, written_days
from app.services.delivery_counts import add_counts
from app.services.written_days import Asked

BATCH = 50
"""Small batches: the write lock is held for a millisecond or two, and a crash repeats little (SECURITY.md, R5)."""
SILENT = frozenset({"draft", "paused", "stopped"})
"""The first and the last day by the phone's zone may lie outside of the fortnight's own."""

_COLUMNS = (Reminder, ReminderPlan, Experiment, col(Account.kek_id), col(Account.wrapped_key))
_DUE = (
    select(*_COLUMNS)
    .join(ReminderPlan, col(ReminderPlan.experiment_id) == col(Reminder.experiment_id))
    .join(Experiment, col(Experiment.id) == col(Reminder.experiment_id))
    .join(Account, col(Account.id) == col(ReminderPlan.account_id))
    .where(col(Reminder.next_due_at) <= bindparam("now"))
    .order_by(col(Reminder.next_due_at))
    .limit(BATCH)
    .with_for_update(of=Reminder, skip_locked=True)
)
_MOVE_ON = (
    update(Reminder)
    .where(col(Reminder.id) == bindparam("row"), col(Reminder.next_due_at) == bindparam("was"))
    .values(
        next_due_at=bindparam("due"),
        next_day=bindparam("day"),
        stale_at=bindparam("stale"),
        turn=bindparam("again"),
    )
    .execution_options(synchronize_session=False)
)


def fire(session: Session, vault: Vault, *, now: datetime) -> int:
    """One batch of what is due, the longest due first. Returns how many; fewer than `BATCH`: no more."""
    found = session.execute(_DUE, {"now": now}).all()
    if not found:
        return 0
    times = _times(session, [plan.experiment_id for _, plan, *_ in found])
    written = written_days.answered(
        session,
        vault,
        [
            Asked(plan.account_id, kek_id, wrapped_key, plan.experiment_id, row.next_day)
            for row, plan, _, kek_id, wrapped_key in found
            if row.next_day is not None
        ],
    )
    devices = _devices(session, [plan.account_id for _, plan, *_ in found])
    counts: Counter[tuple[str, str]] = Counter()
    moves: list[dict[str, Any]] = []
    fresh: list[dict[str, Any]] = []
    for row, plan, experiment, *_ in found:
        theirs = devices.get(plan.account_id, [])
        outcome = _outcome(row, plan, experiment, written, theirs, now=now)
        counts["", outcome] += 1
        if outcome == "fired":
            fresh += [_notification(row, device, now) for device in theirs]
        moves.append(_moved(row, plan, experiment, times[plan.experiment_id]))
    moved = session.connection().execute(_MOVE_ON, moves).rowcount
    if moved not in (-1, len(moves)):  # cannot be while the rows are held; fired twice would be worse than late
        raise RuntimeError("a reminder was moved on by somebody else")
    if fresh:
        session.connection().execute(insert(Notification), fresh)
    add_counts(session, counts, now=now)
    return len(found)


def _outcome(
    row: Reminder,
    plan: ReminderPlan,
    experiment: Experiment,
    written: set[tuple[Any, Any]],
    theirs: Sequence[Any],
    *,
    now: datetime,
) -> str:
    if not plan.is_on or experiment.status(now) in SILENT or row.next_day == plan.not_on:
        return "silent"
    if row.stale_at is None or now > row.stale_at:
        return "expired"
    if (plan.experiment_id, row.next_day) in written:
        return "written"
    return "fired" if theirs else "no-device"


def _moved(row: Reminder, plan: ReminderPlan, experiment: Experiment, times: list[str]) -> dict[str, Any]:
    """To the next one after this one, not after now: what was due meanwhile is looked at too, and expires."""
    due = None
    try:
        whole = reminders.rule(plan, experiment, times)
        if whole is not None and row.next_due_at is not None and plan.is_on:
            due = recurrence.next_due(whole, schedule.clock_time(row.at), row.next_due_at)
    except Exception as error:  # one broken row must not hold up everybody else's
        log.error("reminder", row=hashed_id(row.id.hex), kind=type(error).__name__)
    return {
        "row": row.id,
        "was": row.next_due_at,
        "due": due.at if due else None,
        "day": due.day if due else None,
        "stale": due.stale_at if due else None,
        "again": 0,
    }


def _notification(row: Reminder, device: Any, now: datetime) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "reminder_id": row.id,
        "subscription_id": device,
        "day": row.next_day,
        "turn": row.turn,
        "due_at": row.next_due_at,
        "stale_at": row.stale_at,
        "next_try_at": now,
        "tries": 0,
    }


def _times(session: Session, experiments: Sequence[Any]) -> dict[Any, list[str]]:
    rows = session.execute(
        select(col(Reminder.experiment_id), col(Reminder.at)).where(col(Reminder.experiment_id).in_(experiments))
    )
    times: dict[Any, list[str]] = {}
    for experiment_id, at in rows:
        times.setdefault(experiment_id, []).append(at)
    return times


def _devices(session: Session, accounts: Sequence[Any]) -> dict[Any, list[Any]]:
    rows = session.execute(
        select(col(PushSubscription.account_id), col(PushSubscription.id)).where(
            col(PushSubscription.account_id).in_(accounts)
        )
    )
    devices: dict[Any, list[Any]] = {}
    for account_id, device in rows:
        devices.setdefault(account_id, []).append(device)
    return devices
