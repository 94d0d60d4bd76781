"""Notifications on their way: claimed under a lease, sent by the worker with no transaction open, settled.

A lease is a `next_try_at` that lies ahead. Whoever crashes between claim and settle lets it run out, and the
notification is sent once more; `Topic` (RFC 8030, 5.4) and the notification's tag make the phone show one.
"""

import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from sqlalchemy import and_, bindparam, delete, select, update
from sqlmodel import Session, col

from app.adapters.push import Answer, Message, Subscription
from app.core.catalogue import text
from app.core.logging import hashed_id, log
from app.core.vault import KeyMissing, SealBroken, Vault
from app.domain import push_endpoints
from app.models.accounts import Account
from app.models.experiments import Experiment
from app.models.login_sessions import LoginSession
from app.models.notifications import Notification
from app.models.push_subscriptions import PushSubscription
from app.models.reminders import Reminder, ReminderPlan
from app.services import push_subscriptions, reminders, written_days
from app.services.delivery_counts import add_counts
from app.services.written_days import Asked

BATCH = 50
"""Small batches: a crash sends few of them twice (SECURITY.md, R5)."""
LEASE = timedelta(seconds=60)
FIRST_PAUSE, LONGEST_PAUSE = 15.0, 900.0
REFUSED_PAUSE = 300.0
"""Seconds until a push service that refuses this server is asked again."""
BODY_BYTES = 1024
"""Every body has this size, so that its size says nothing; far below what RFC 8030 lets a service refuse."""
SILENT = frozenset({"draft", "paused", "stopped"})
NOTHING = "\u00a0"
"""A title with nothing to read in it: an empty one is replaced by the browser, or refused."""

_WAITING = (
    select(
        Notification,
        PushSubscription,
        col(Account.kek_id),
        col(Account.wrapped_key),
        ReminderPlan,
        Experiment,
        and_(col(LoginSession.idle_ends_at) > bindparam("now"), col(LoginSession.ends_at) > bindparam("now")),
    )
    .join(PushSubscription, col(PushSubscription.id) == col(Notification.subscription_id))
    .join(Account, col(Account.id) == col(PushSubscription.account_id))
    .join(LoginSession, col(LoginSession.id) == col(PushSubscription.session_id))
    .outerjoin(Reminder, col(Reminder.id) == col(Notification.reminder_id))
    .outerjoin(ReminderPlan, col(ReminderPlan.experiment_id) == col(Reminder.experiment_id))
    .outerjoin(Experiment, col(Experiment.id) == col(Reminder.experiment_id))
    .where(col(Notification.next_try_at) <= bindparam("now"))
    .order_by(col(Notification.next_try_at), col(Notification.id))
    .with_for_update(of=Notification, skip_locked=True)
)
_LEASE = (
    update(Notification)
    .where(col(Notification.id) == bindparam("row"))
    .values(next_try_at=bindparam("until"), tries=bindparam("number"))
    .execution_options(synchronize_session=False)
)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message for one device, leased: `tries` is the mark of the lease."""

    id: UUID
    tries: int
    subscription_id: UUID
    stale_at: datetime
    host: str
    subscription: Subscription
    message: Message


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of it."""

    outgoing: Outgoing
    answer: Answer


def claim(
    session: Session, vault: Vault, origin: str, *, now: datetime, most: int = BATCH
) -> tuple[Outgoing, ...]:
    """Lease what waits, the longest waiting first. What has become needless meanwhile is taken away instead."""
    found = session.execute(_WAITING.limit(min(most, BATCH)), {"now": now}).all()
    if not found:
        return ()
    written = written_days.answered(
        session,
        vault,
        [
            Asked(plan.account_id, kek_id, wrapped_key, plan.experiment_id, row.day)
            for row, _, kek_id, wrapped_key, plan, *_ in found
            if plan is not None
        ],
    )
    tried_out = {device.account_id for row, device, *_ in found if row.reminder_id is None}
    words = reminders.words_of(session, tried_out, now=now) if tried_out else {}
    counts: Counter[tuple[str, str]] = Counter()
    needless: list[UUID] = []
    leased: list[Outgoing] = []
    for row, device, kek_id, wrapped_key, plan, experiment, signed_in in found:
        why = _needless(row, plan, experiment, written, now=now) if signed_in else "signed-out"
        if why is None:
            try:
                key = vault.unwrap(kek_id, bytes(wrapped_key), str(device.account_id))
                subscription = push_subscriptions.opened(device, key)
                says = plan.words if plan is not None else words[device.account_id]
                leased.append(_outgoing(row, subscription, vault, says, origin, now=now))
                continue
            except (SealBroken, KeyMissing):
                log.error("unreadable", table="push_subscription", row=hashed_id(device.id.hex))
                why = "unreadable"
        counts["", why] += 1
        needless.append(row.id)
    if needless:
        session.execute(delete(Notification).where(col(Notification.id).in_(needless)))
    if leased:
        until = now + LEASE
        moves = [{"row": each.id, "until": until, "number": each.tries} for each in leased]
        session.connection().execute(_LEASE, moves)
    add_counts(session, counts, now=now)
    return tuple(leased)


def _needless(
    row: Notification,
    plan: ReminderPlan | None,
    experiment: Experiment | None,
    written: set[tuple[UUID, date]],
    *,
    now: datetime,
) -> str | None:
    if now >= row.stale_at:
        return "expired"
    if plan is None or experiment is None:  # a test
        return None
    whole = reminders.rule(plan, experiment)
    if not plan.is_on or experiment.status(now) in SILENT or whole is None:
        return "silent"
    if not whole.takes_place(row.day) or whole.is_quiet(now, row.day):  # chosen since it was fired
        return "silent"
    return "written" if (plan.experiment_id, row.day) in written else None


def _outgoing(
    row: Notification,
    subscription: Subscription,
    vault: Vault,
    words: str,
    origin: str,
    *,
    now: datetime,
) -> Outgoing:
    of_what = row.reminder_id.hex if row.reminder_id else "test"
    # Unlinkable from one day to the next, and the same on a second try: a late copy replaces an early one.
    tag = vault.blind_index("push-topic", f"{of_what}|{row.subscription_id.hex}|{row.day.isoformat()}")[:32]
    body = message_body(words, tag, origin, row)
    ttl = max(1, int((row.stale_at - now).total_seconds()))
    return Outgoing(
        id=row.id,
        tries=row.tries + 1,
        subscription_id=row.subscription_id,
        stale_at=row.stale_at,
        host=push_endpoints.service(urlsplit(subscription.endpoint).hostname or ""),
        subscription=subscription,
        message=Message(body=body, topic=tag, ttl=ttl),
    )


def message_body(words: str, tag: str, origin: str, row: Notification) -> bytes:
    """Declarative Web Push (the form that Safari 18.4 shows by itself), padded to one size with spaces. Fixed
    words only: nothing of a medicine, a dose, a mood or the fortnight."""
    told: dict[str, object] = {
        "web_push": 8030,
        "notification": {
            "title": NOTHING if words == "blank" else text(f"reminder-words-{words}"),
            "navigate": f"{origin}/",
            "tag": tag,
        },
        "device": row.subscription_id.hex,
    }
    if row.reminder_id is not None:
        told["reminder"] = {
            "id": row.reminder_id.hex,
            "day": row.day.isoformat(),
            "later": text("reminder-action-later"),
            "not_today": text("reminder-action-not-today"),
        }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode().ljust(BODY_BYTES)


def settle(session: Session, settled: Sequence[Settled], *, now: datetime) -> None:
    """Write down what became of them. Whoever has lost the lease meanwhile changes nothing but the numbers."""
    counts: Counter[tuple[str, str]] = Counter()
    done: list[dict[str, object]] = []
    again: list[dict[str, object]] = []
    stamps: dict[str, list[dict[str, object]]] = {"sent": [], "refused": [], "gone": []}
    for each in settled:
        answer, outgoing = each.answer, each.outgoing
        mine = {"row": outgoing.id, "mark": outgoing.tries}
        counts[outgoing.host, answer.outcome] += 1
        if answer.outcome in {"refused", "too_large"}:
            log.error("push", outcome=answer.outcome, why=answer.why, host=outgoing.host)
        if answer.outcome in stamps:
            stamps[answer.outcome].append({"device": outgoing.subscription_id, "at": now})
        if answer.outcome in {"retry", "refused"}:
            at = _next_try(each, now=now)
            if at < outgoing.stale_at:
                again.append({**mine, "at": at})
                continue
            counts[outgoing.host, "expired"] += 1
        done.append(mine)
    connection = session.connection()
    devices = {each.outgoing.subscription_id for each in settled}
    # Held first, and in one order: who takes a device off the list holds it before its notifications, too.
    held = select(col(PushSubscription.id)).where(col(PushSubscription.id).in_(devices))
    connection.execute(held.order_by(col(PushSubscription.id)).with_for_update())
    for statement, rows in (
        (_DROP, done),
        (_TRY_AGAIN, again),
        (_SENT, stamps["sent"]),
        (_REFUSED, stamps["refused"]),
        (_GONE, stamps["gone"]),
    ):
        if rows:
            connection.execute(statement, rows)
    add_counts(session, counts, now=now)


def _next_try(each: Settled, *, now: datetime) -> datetime:
    """After a pause that grows, with jitter; not before the push service lets us."""
    answer = each.answer
    pause = min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (each.outgoing.tries - 1)) * (0.5 + random.random())
    if answer.outcome == "refused":
        pause = max(pause, REFUSED_PAUSE)
    return now + timedelta(seconds=max(pause, answer.retry_after or 0.0))


# Less than the mark only where a power cut took the lease back, and nobody has claimed it since.
_IS_MINE = (col(Notification.id) == bindparam("row"), col(Notification.tries) <= bindparam("mark"))
_DEVICE = col(PushSubscription.id) == bindparam("device")
_DROP = delete(Notification).where(*_IS_MINE)
_TRY_AGAIN = update(Notification).where(*_IS_MINE).values(next_try_at=bindparam("at"))
_SENT = update(PushSubscription).where(_DEVICE).values(sent_at=bindparam("at"), refused_at=None)
_REFUSED = update(PushSubscription).where(_DEVICE).values(refused_at=bindparam("at"))
# Its notifications go with it. (`at` is not needed, and given all the same: one shape of row for all three.)
_GONE = delete(PushSubscription).where(_DEVICE)
