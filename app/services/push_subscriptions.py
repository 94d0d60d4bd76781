"""Devices that can be reached by push: kept, listed, tried out, forgotten."""

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, or_, update
from sqlmodel import Session, col, select

from app.adapters.push import Subscription
from app.core.vault import DataKey, Vault
from app.domain import push_endpoints
from app.domain.access import Person
from app.domain.devices import device
from app.domain.errors import NotFound, Refused, SlowDown
from app.domain.push_endpoints import Hosts
from app.models.accounts import Account
from app.models.notifications import Notification
from app.models.push_subscriptions import MOST, PushSubscription, PushSubscriptionPublic, PushSubscriptionPut
from app.services import reminders
from app.services.login_sessions import named

TEST_EVERY = timedelta(seconds=10)
TEST_LASTS = timedelta(minutes=5)


def opened(row: PushSubscription, key: DataKey) -> Subscription:
    """Where the device is reached. Raises `SealBroken`."""
    sealed = key.open(row.sealed, _where(row.id))
    return Subscription(sealed["endpoint"], sealed["p256dh"], sealed["auth"])


def put(
    session: Session,
    person: Person,
    key: DataKey,
    vault: Vault,
    hosts: Hosts,
    body: PushSubscriptionPut,
    user_agent: str,
    *,
    now: datetime,
) -> PushSubscriptionPublic:
    """This device can be reached so. The same endpoint again renews it, and makes it this person's on this
    sign-in; another one of this sign-in takes the place of the last.

    Raises `Invalid` (push-endpoint-refused, push-keys-refused, zone-unknown), `Refused` (too-many-devices).
    """
    push_endpoints.check(body.endpoint, hosts)
    push_endpoints.check_keys(body.p256dh, body.auth)
    reminders.follow_zone(session, person, body.zone, now=now)
    index = vault.blind_index("push_endpoint", body.endpoint)
    row = session.exec(select(PushSubscription).where(PushSubscription.endpoint_index == index)).one_or_none()
    if row is not None and row.account_id != person.id:  # somebody else uses this browser now
        session.delete(row)
        session.flush()
        row = None
    others = select(PushSubscription).where(
        PushSubscription.session_id == person.session_id, PushSubscription.endpoint_index != index
    )
    for replaced in session.exec(others).all():
        session.delete(replaced)
    session.flush()
    if row is None:
        mine = (
            select(func.count()).select_from(PushSubscription).where(col(PushSubscription.account_id) == person.id)
        )
        if session.exec(mine).one() >= MOST:
            raise Refused("too-many-devices")
        row = PushSubscription(
            id=uuid4(),
            account_id=person.id,
            session_id=person.session_id,
            endpoint_index=index,
            sealed=b"",
            created_at=now,
            seen_at=now,
        )
    row.session_id = person.session_id
    row.seen_at = now
    told = {"endpoint": body.endpoint, "p256dh": body.p256dh, "auth": body.auth}
    row.sealed = key.seal({"v": 1, **told, **asdict(device(user_agent))}, _where(row.id))
    session.add(row)
    session.flush()
    return _public(row, person, key)


def list_of(session: Session, person: Person, key: DataKey) -> list[PushSubscriptionPublic]:
    """The person's devices, the latest used first."""
    rows = session.exec(
        select(PushSubscription)
        .where(PushSubscription.account_id == person.id)
        .order_by(col(PushSubscription.seen_at).desc(), col(PushSubscription.id))
    )
    return [_public(row, person, key) for row in rows]


def delete(session: Session, person: Person, subscription_id: UUID) -> None:
    """Send nothing there any more. Raises `NotFound`."""
    session.delete(_own(session, person, subscription_id))
    session.flush()


def test(session: Session, person: Person, subscription_id: UUID, *, now: datetime) -> None:
    """Send a notification there now. Raises `NotFound`, `SlowDown` (test-just-sent)."""
    row = _own(session, person, subscription_id)
    # Counted for the account: a device can be taken off and put back.
    last = col(Account.push_test_at)
    may = update(Account).where(col(Account.id) == person.id, or_(last.is_(None), last <= now - TEST_EVERY))
    if session.connection().execute(may.values(push_test_at=now)).rowcount == 0:
        raise SlowDown("test-just-sent", int(TEST_EVERY.total_seconds()))
    session.add(
        Notification(
            id=uuid4(),
            subscription_id=row.id,
            day=now.date(),
            turn=0,
            due_at=now,
            stale_at=now + TEST_LASTS,
            next_try_at=now,
        )
    )
    session.flush()


def shown(session: Session, person: Person, subscription_id: UUID, *, now: datetime) -> None:
    """The device says that it has shown one. Raises `NotFound`."""
    mine = update(PushSubscription).where(
        col(PushSubscription.id) == subscription_id, col(PushSubscription.account_id) == person.id
    )
    if session.connection().execute(mine.values(shown_at=now)).rowcount == 0:
        raise NotFound()


def _own(session: Session, person: Person, subscription_id: UUID) -> PushSubscription:
    row = session.exec(
        select(PushSubscription)
        .where(PushSubscription.id == subscription_id, PushSubscription.account_id == person.id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound()
    return row


def _public(row: PushSubscription, person: Person, key: DataKey) -> PushSubscriptionPublic:
    return PushSubscriptionPublic(
        id=row.id,
        device=named(key.open(row.sealed, _where(row.id))),
        this_one=row.session_id == person.session_id,
        created_at=row.created_at,
        seen_at=row.seen_at,
        sent_at=row.sent_at,
        shown_at=row.shown_at,
        refused_at=row.refused_at,
    )


def _where(subscription_id: UUID) -> str:
    return f"push_subscription:{subscription_id}"
