"""The reminders as a calendar that a phone fetches, where push cannot work: found by a secret address."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from app.models.base import RowId, ShapeOut, Table, UtcDateTime, UtcOut


class CalendarFeed(Table, table=True):
    __tablename__ = "calendar_feed"

    account_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    token_hash: str = Field(unique=True)
    created_at: datetime = Field(sa_type=UtcDateTime)


class CalendarFeedPublic(ShapeOut):
    """Whether there is an address, and since when. The address itself is shown when it is made, and not kept."""

    created_at: UtcOut | None


class CalendarFeedMade(ShapeOut):
    url: str
    created_at: UtcOut
