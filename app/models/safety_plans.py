"""The client's own three-line plan: optional, sealed, first on every card."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field as Bounds
from sqlmodel import Field

from app.models.base import Int, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut

PlanLine = Annotated[Text, Bounds(max_length=500)]


class SafetyPlan(Table, table=True):
    __tablename__ = "safety_plan"

    account_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="account.id", ondelete="CASCADE")
    revision: int
    sealed: bytes
    updated_at: datetime = Field(sa_type=UtcDateTime)


class SafetyPlanUpdate(ShapeIn):
    """Three lines and the country whose lines are shown (ISO 3166-1 alpha-2). `base_revision` 0: none yet."""

    notice_first: PlanLine = ""
    what_helps: PlanLine = ""
    who_i_call: PlanLine = ""
    country: Annotated[Text, Bounds(pattern="^[A-Z]{2}$")] | None = None
    base_revision: Annotated[Int, Bounds(ge=0)]


class SafetyPlanPublic(ShapeOut):
    notice_first: str
    what_helps: str
    who_i_call: str
    country: str | None
    revision: int
    updated_at: UtcOut | None
