"""Notifications on their way to one device, and what became of them, in numbers."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.models.base import LocalDate, RowId, Table, UtcDateTime


class Notification(Table, table=True):
    """Here only until it is settled. The lease: whoever claims it moves `next_try_at` on and counts `tries`, and
    settles only what nobody has claimed since. A test has no reminder."""

    __tablename__ = "notification"
    __table_args__ = (UniqueConstraint("reminder_id", "subscription_id", "day", "turn"),)

    id: UUID = Field(sa_type=RowId, primary_key=True)
    reminder_id: UUID | None = Field(default=None, sa_type=RowId, foreign_key="reminder.id", ondelete="CASCADE")
    subscription_id: UUID = Field(
        sa_type=RowId, foreign_key="push_subscription.id", ondelete="CASCADE", index=True
    )
    day: date = Field(sa_type=LocalDate)
    turn: int
    due_at: datetime = Field(sa_type=UtcDateTime)
    stale_at: datetime = Field(sa_type=UtcDateTime)
    next_try_at: datetime = Field(sa_type=UtcDateTime, index=True)
    tries: int = 0


class DeliveryCount(Table, table=True):
    """How many on a day (UTC), by push service and outcome: for the operator, about nobody. `host` is "" where no
    service was asked."""

    __tablename__ = "delivery_count"

    on_day: date = Field(sa_type=LocalDate, primary_key=True)
    host: str = Field(primary_key=True)
    outcome: str = Field(primary_key=True)
    count: int
    last_at: datetime = Field(sa_type=UtcDateTime)


class PushWorker(Table, table=True):
    """Something that sends, and when it last looked."""

    __tablename__ = "push_worker"

    id: UUID = Field(sa_type=RowId, primary_key=True)
    seen_at: datetime = Field(sa_type=UtcDateTime)
