"""Push subscriptions (RFC 8030): where a device can be reached. They hang on the sign-in of that device: signing
it out, from here or from afar, ends them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field as Bounds
from sqlmodel import Field

from app.models.base import RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut
from app.models.check_ins import Zone

MOST = 10
"""Devices of one account."""


class PushSubscription(Table, table=True):
    """`sealed`: endpoint, its two keys, the device's name. `endpoint_index` finds it again, and tells nothing."""

    __tablename__ = "push_subscription"

    id: UUID = Field(sa_type=RowId, primary_key=True)
    account_id: UUID = Field(sa_type=RowId, foreign_key="account.id", ondelete="CASCADE", index=True)
    session_id: UUID = Field(sa_type=RowId, foreign_key="login_session.id", ondelete="CASCADE", index=True)
    endpoint_index: str = Field(unique=True)
    sealed: bytes
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    sent_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    shown_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    refused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class PushSubscriptionPut(ShapeIn):
    """What the browser gives (`PushSubscription.toJSON()`), and the phone's zone."""

    endpoint: Annotated[Text, Bounds(min_length=1, max_length=1024)]
    p256dh: Annotated[Text, Bounds(min_length=1, max_length=200)]
    auth: Annotated[Text, Bounds(min_length=1, max_length=100)]
    zone: Zone


class PushSubscriptionPublic(ShapeOut):
    """One device. `sent_at`: the push service took the last one; `shown_at`: the device says that it showed it;
    `refused_at`: the push service refuses this server, which is for the operator to mend."""

    id: UUID
    device: str
    this_one: bool
    created_at: UtcOut
    seen_at: UtcOut
    sent_at: UtcOut | None
    shown_at: UtcOut | None
    refused_at: UtcOut | None


class PushPublic(ShapeOut):
    """What this server can do. `key`: for `applicationServerKey`; null where push is not set up here. `sending`:
    whether something that sends has been seen lately."""

    key: str | None
    sending: bool
