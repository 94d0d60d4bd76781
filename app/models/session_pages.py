"""Session pages: what a client wants to talk about, and how a session was for them. Shown where they say so.

The three questions of the check are our own and measure nothing: no total, no cut-off, nothing worked out of them.
Published scales that ask something like it may not be put into a program without a licence, and none is used here.
"""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field as Bounds
from pydantic import model_validator
from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.models.base import Day, Int, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut, one_of
from app.models.check_ins import Rating, Zone

MOST_LINES = 5
MOST_PAGES = 400
"""Of each kind with one therapist: eight years of weeks."""

AgendaLine = Annotated[Text, Bounds(min_length=1, max_length=120)]
PageNumber = Annotated[int, Bounds(ge=1, le=9999)]
BaseRevision = Annotated[Int, Bounds(ge=0)]


class SessionPage(Table, table=True):
    """In clear: with whom, which kind, the how manieth, how often it was written and when last, since when it is
    shown. Its day is sealed with everything else.

    Nothing sealed: it was taken away. The row stays so that its revision counts on: no second page of that number
    has the revision, or the seal's place, of the first.
    """

    __tablename__ = "session_page"
    __table_args__ = (
        one_of("kind", "agenda", "check"),
        CheckConstraint("revision >= 1", name="counts_from_one"),
        CheckConstraint("shown_at IS NULL OR sealed IS NOT NULL", name="shown_is_there"),
    )

    sharing_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="sharing.id", ondelete="CASCADE")
    kind: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    revision: int
    sealed: bytes | None = None
    shown_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class Agenda(ShapeIn):
    """What the client wants to talk about, in their order. `session_on`: when, if they say so; `zone`: in which
    that day ends."""

    lines: Annotated[list[AgendaLine], Bounds(min_length=1, max_length=MOST_LINES)]
    session_on: Day | None = None
    zone: Zone


class Check(ShapeIn):
    """How a session was, each 0 to 10 or left out: was I heard, did we work on what matters to me, did the way of
    working fit me; and own words."""

    session_on: Day
    heard: Rating | None = None
    matters: Rating | None = None
    fit: Rating | None = None
    words: Annotated[Text, Bounds(max_length=1000)] = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if (self.heard, self.matters, self.fit) == (None, None, None) and not self.words.strip():
            raise ValueError("an answer or words are expected")
        return self


class AgendaPut(Agenda):
    """The whole list again. `base_revision` 0: nothing is written under this number yet."""

    base_revision: BaseRevision


class CheckPut(Check):
    base_revision: BaseRevision


class PageShow(ShapeIn):
    """Show it, or take it back. `base_revision`: what is shown is what was seen; taking back asks for none."""

    shown: Annotated[bool, Bounds(strict=True)]
    base_revision: BaseRevision = 0


class _Page(ShapeOut):
    """`unreadable`: it does not open any more."""

    number: int
    revision: int
    shown_at: UtcOut | None
    updated_at: UtcOut
    unreadable: bool


class AgendaPublic(_Page):
    lines: list[str]
    session_on: date | None


class CheckPublic(_Page):
    session_on: date | None
    heard: int | None
    matters: int | None
    fit: int | None
    words: str


class SessionPagesPublic(ShapeOut):
    """Every page written for sessions with this therapist, the oldest first. `name`: of the therapist. `reads`:
    something is shared with them by now; `paused`: it is, and rests. `next_agenda`, `next_check`: the number under
    which the next one is written."""

    name: str
    reads: bool
    paused: bool
    next_agenda: int
    next_check: int
    agendas: list[AgendaPublic]
    checks: list[CheckPublic]


class ShownAgenda(ShapeOut):
    """A list as the therapist has it."""

    lines: list[str]
    session_on: date | None
    shown_at: UtcOut


class ShownCheck(ShapeOut):
    """A check as the therapist has it."""

    session_on: date
    heard: int | None
    matters: int | None
    fit: int | None
    words: str


class ShownSessionPages(ShapeOut):
    """What a client shows of it: the list for the session to come, those before it (the latest first), and the
    checks (the oldest first). Of what is not shown nothing is here, not even that it was written."""

    agenda: ShownAgenda | None
    earlier: list[ShownAgenda]
    checks: list[ShownCheck]
