"""What was offered: a page to write on, when, and whether it was turned down. Nothing that a client said."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field as Bounds
from sqlmodel import Field

from app.domain.reflections import Kind
from app.models.base import RowId, ShapeIn, ShapeOut, Table, UtcDateTime, one_of


class Offer(Table, table=True):
    """One offer. It goes with its fortnight."""

    __tablename__ = "offer"
    __table_args__ = (one_of("kind", "balance", "rulers", "words"),)

    id: UUID = Field(sa_type=RowId, primary_key=True)
    experiment_id: UUID = Field(sa_type=RowId, foreign_key="experiment.id", ondelete="CASCADE", index=True)
    kind: str
    offered_at: datetime = Field(sa_type=UtcDateTime)
    declined_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OffersOff(Table, table=True):
    """A client who wants no pages offered has a row here."""

    __tablename__ = "offers_off"

    account_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    off_at: datetime = Field(sa_type=UtcDateTime)


class OfferPublic(ShapeOut):
    """The one page that is offered now; null: none."""

    kind: Kind | None


class OffersUpdate(ShapeIn):
    on: Annotated[bool, Bounds(strict=True)]


class OffersPublic(ShapeOut):
    """Whether pages to write on are offered."""

    on: bool
