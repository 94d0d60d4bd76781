"""Pages to write on: the balance, the rulers, the client's own words. One row for each page and day, sealed.

A page of an earlier day is never changed. What is written is the client's own, and nothing of it is scored.
"""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field as Bounds
from pydantic import model_validator
from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.domain.reflections import Cell, Part
from app.models.base import Int, LocalDate, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut, one_of
from app.models.check_ins import OwnKey, Rating

MOST_PAGES = 100
"""Of each kind in one fortnight: one a day for three months. Each is opened whenever they are shown."""
LineWords = Annotated[Text, Bounds(min_length=1, max_length=200)]
FreeWords = Annotated[Text, Bounds(max_length=2000)]
BaseRevision = Annotated[Int, Bounds(ge=0)]


class Reflection(Table, table=True):
    """In clear: whose, which kind of page, of which day, how often it was written, and when last.

    Nothing sealed: it was taken away. The row stays so that its revision counts on: no second page of that day
    has the revision, or the seal's place, of the first.
    """

    __tablename__ = "reflection"
    __table_args__ = (
        one_of("kind", "balance", "rulers", "words"),
        CheckConstraint("revision >= 1", name="counts_from_one"),
    )

    experiment_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="experiment.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    day: date = Field(sa_type=LocalDate, primary_key=True)
    revision: int
    sealed: bytes | None = None
    updated_at: datetime = Field(sa_type=UtcDateTime)


class Noticed(ShapeIn):
    """A line that became a measure: its key, and the name that it got. Another name is another measure."""

    key: OwnKey
    name: Annotated[Text, Bounds(min_length=1, max_length=40)]


class BalanceLine(ShapeIn):
    """One line in one of the four cells. The weight is optional, and never added to another."""

    cell: Cell
    words: LineWords
    weight: Annotated[Int, Bounds(ge=1, le=5)] | None = None
    measure: Noticed | None = None


class Balance(ShapeIn):
    lines: Annotated[list[BalanceLine], Bounds(min_length=1, max_length=40)]


class Rulers(ShapeIn):
    """Two rulers, 0 to 10; one is enough."""

    importance: Rating | None = None
    confidence: Rating | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if self.importance is None and self.confidence is None:
            raise ValueError("one of them is expected")
        return self


class OwnWords(ShapeIn):
    """What stopping, or taking, means for the client; and what they miss."""

    meaning: FreeWords = ""
    miss: FreeWords = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.meaning.strip() and not self.miss.strip():
            raise ValueError("words are expected")
        return self


class BalancePut(Balance):
    """The whole page again. `base_revision` 0: nothing is written on this day yet."""

    base_revision: BaseRevision


class RulersPut(Rulers):
    base_revision: BaseRevision


class OwnWordsPut(OwnWords):
    base_revision: BaseRevision


class _Page(ShapeOut):
    """`beside`: one of the two or three that stand side by side. `unreadable`: it does not open any more."""

    day: date
    part: Part
    beside: bool
    revision: int
    updated_at: UtcOut
    unreadable: bool


class BalancePublic(_Page):
    lines: list[BalanceLine]


class RulersPublic(_Page):
    importance: int | None
    confidence: int | None


class OwnWordsPublic(_Page):
    meaning: str
    miss: str


class ReflectionsPublic(ShapeOut):
    """Every page of one fortnight, the oldest first. `today`: the day that can be written; `part`: its place."""

    today: date
    part: Part
    balance: list[BalancePublic]
    rulers: list[RulersPublic]
    words: list[OwnWordsPublic]


class SharedLine(ShapeOut):
    """A line as somebody else sees it."""

    cell: Cell
    words: str
    weight: int | None


class SharedBalance(ShapeOut):
    """One of the pages that stand side by side, as somebody else sees it."""

    day: date
    part: Part
    lines: list[SharedLine]
