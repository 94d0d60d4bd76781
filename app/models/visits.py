"""A visit to the prescriber, prepared: what the client wants to say and ask, and what is to stand on the page."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator
from pydantic import Field as Bounds
from sqlmodel import Field

from app.domain.brief import Part, in_order
from app.models.base import Day, Int, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut, on_one_line

MOST_QUESTIONS = 6
Ask = Annotated[Text, AfterValidator(on_one_line), Bounds(min_length=1, max_length=160)]
Short = Annotated[Text, AfterValidator(on_one_line), Bounds(max_length=60)]


class Visit(Table, table=True):
    """One for each fortnight. Sealed: every word of it."""

    __tablename__ = "visit"

    experiment_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="experiment.id", ondelete="CASCADE")
    revision: int
    sealed: bytes
    updated_at: datetime = Field(sa_type=UtcDateTime)


class VisitWords(ShapeIn):
    """`called`: who made the page, by name or initials. `on_page`: what is to stand on it; nothing beforehand.

    `strength`, `since` and `changed` are about the medicine: how much, since when, and what else is different.
    """

    called: Short = ""
    prescriber: Short = ""
    visit_on: Day | None = None
    strength: Short = ""
    since: Short = ""
    changed: Annotated[Text, Bounds(max_length=200)] = ""
    words: Annotated[Text, Bounds(max_length=400)] = ""
    questions: Annotated[list[Ask], Bounds(max_length=MOST_QUESTIONS)] = []
    on_page: Annotated[list[Part], Bounds(max_length=16), AfterValidator(in_order)] = []


class VisitPut(VisitWords):
    """The whole page again. `base_revision` 0: none yet."""

    base_revision: Annotated[Int, Bounds(ge=0)]


class VisitPublic(ShapeOut):
    """`unreadable`: what was kept does not open any more; it can be written anew."""

    called: str
    prescriber: str
    visit_on: date | None
    strength: str
    since: str
    changed: str
    words: str
    questions: list[str]
    on_page: list[Part]
    revision: int
    updated_at: UtcOut | None
    unreadable: bool
