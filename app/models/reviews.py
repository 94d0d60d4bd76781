"""Looking at a result together: what the client made of it, and one next step."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field as Bounds
from sqlmodel import Field

from app.models.base import Int, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut

NextStep = Literal["go_on", "stop", "ask_prescriber", "nothing_yet"]
Conclusion = Annotated[Text, Bounds(max_length=2000)]


class Review(Table, table=True):
    __tablename__ = "review"

    experiment_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="experiment.id", ondelete="CASCADE")
    revision: int
    sealed: bytes
    updated_at: datetime = Field(sa_type=UtcDateTime)


class ReviewWords(ShapeIn):
    conclusion: Conclusion = ""
    next_step: NextStep | None = None


class ReviewUpdate(ReviewWords):
    """`base_revision` 0: none yet."""

    base_revision: Annotated[Int, Bounds(ge=0)]


class ReviewPublic(ShapeOut):
    """`unreadable`: what was kept does not open any more; it can be written anew."""

    conclusion: str
    next_step: NextStep | None
    revision: int
    updated_at: UtcOut | None
    unreadable: bool


class ConclusionPublic(ShapeOut):
    """What the client made of it, as somebody sees it with whom it is shared."""

    words: str
    next_step: NextStep | None
