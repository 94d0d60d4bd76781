"""Devices that push can reach, and whether this server can send at all."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header

from app.api.deps import CurrentClient, HouseDep, Now, OwnKey, SessionDep
from app.models.push_subscriptions import PushPublic, PushSubscriptionPublic, PushSubscriptionPut
from app.services import delivery_counts, push_subscriptions

router = APIRouter(prefix="/api", tags=["push"])


@router.get("/push")
def get_push(house: HouseDep, session: SessionDep, _person: CurrentClient, now: Now) -> PushPublic:
    """The key to subscribe with, and whether anything sends."""
    return PushPublic(key=house.push.public_key, sending=delivery_counts.is_sending(session, now=now))


@router.get("/push-subscriptions")
def list_push_subscriptions(
    session: SessionDep, person: CurrentClient, key: OwnKey
) -> list[PushSubscriptionPublic]:
    return push_subscriptions.list_of(session, person, key)


@router.put("/push-subscriptions")
def put_push_subscription(
    house: HouseDep,
    session: SessionDep,
    person: CurrentClient,
    key: OwnKey,
    now: Now,
    body: PushSubscriptionPut,
    user_agent: Annotated[str, Header()] = "",
) -> PushSubscriptionPublic:
    """This device, as its browser says it can be reached. Said again at each start of the app."""
    return push_subscriptions.put(session, person, key, house.vault, house.push.hosts, body, user_agent, now=now)


@router.delete("/push-subscriptions/{subscription_id}", status_code=204)
def delete_push_subscription(session: SessionDep, person: CurrentClient, subscription_id: UUID) -> None:
    """Send nothing there any more."""
    push_subscriptions.delete(session, person, subscription_id)


@router.post("/push-subscriptions/{subscription_id}/test", status_code=202)
def test_push_subscription(session: SessionDep, person: CurrentClient, now: Now, subscription_id: UUID) -> None:
    """Send one now, to see whether it arrives."""
    push_subscriptions.test(session, person, subscription_id, now=now)


@router.post("/push-subscriptions/{subscription_id}/shown", status_code=204)
def shown_on_push_subscription(
    session: SessionDep, person: CurrentClient, now: Now, subscription_id: UUID
) -> None:
    """The device has shown one."""
    push_subscriptions.shown(session, person, subscription_id, now=now)
