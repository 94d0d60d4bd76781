"""The page for a prescriber: as it would be now, and each copy of it that was made."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field as Bounds
from sqlmodel import Field

from app.models.base import RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut
from app.models.reports import TablePublic

Paper = Literal["a4", "us-letter"]


class Brief(Table, table=True):
    """One copy. Sealed: the whole page, as the client saw it when they made it."""

    __tablename__ = "brief"

    id: UUID = Field(sa_type=RowId, primary_key=True)
    experiment_id: UUID = Field(sa_type=RowId, foreign_key="experiment.id", ondelete="CASCADE", index=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    sealed: bytes


class BriefCreate(ShapeIn):
    """`seen`: the stamp of the page that was looked at. `paper`: what the client's printer has."""

    seen: Annotated[Text, Bounds(max_length=64)]
    paper: Paper = "a4"


class BriefLine(ShapeOut):
    label: str
    text: str


class BriefChart(ShapeOut):
    """One figure. `paper`: white behind, sized in millimetres; `svg`: the same for a phone."""

    title: str
    sentence: str
    svg: str
    paper: str
    table: TablePublic


class BriefGrid(ShapeOut):
    """A table with its heading, and what is to be said below it."""

    title: str
    table: TablePublic
    note: str


class BriefPage(ShapeOut):
    """What stands on it, in its order. What was not ticked is "" or null, and nothing says that it is left out."""

    title: str
    made_by: str
    period: str
    about: list[BriefLine]
    question: str
    words: str
    not_told: str = ""
    """Empty on copies that were made before there was such a part."""
    questions: list[str]
    result_title: str
    result: list[str]
    chart: BriefChart | None
    sides: BriefGrid | None
    ranges: BriefGrid | None
    without: str
    effects: BriefGrid | None
    not_logged: str
    limits: list[str]
    made_on: date


class BriefPublic(ShapeOut):
    """The page as it would be now. `stamp`: another one when anything on it is another."""

    stamp: str
    foot: str
    page: BriefPage


class BriefCopy(ShapeOut):
    """One that was made. `page` None: it does not open any more."""

    id: UUID
    page_id: str
    made_at: UtcOut
    paper: Paper
    foot: str
    page: BriefPage | None


class BriefListed(ShapeOut):
    """`open_links`: how many links open it now."""

    id: UUID
    page_id: str
    made_at: UtcOut
    open_links: int
