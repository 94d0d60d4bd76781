"""Session notes: what a therapist wrote down of one session with one client. Theirs alone, under their key."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field as Bounds
from sqlmodel import Field as Column

from app.domain.identifiers import Kind
from app.models.base import Day, Id, Int, Line, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut

MOST_MOMENTS = 12
MOST_NOTES = 400
"""Sessions with one client: eight years of weeks."""

Theme = Annotated[Text, Bounds(max_length=60)]
Intensity = Annotated[Int, Bounds(ge=0, le=10)]
Part = Literal["words", "situation", "affect", "theme", "intensity", "reflection"]


class SessionNote(Table, table=True):
    """One session. Its day is sealed with everything else: what stands in clear is that somebody wrote something
    about a sharing, and when it was last changed.

    Nothing sealed: it was deleted. The row stays so that a save that was on its way meanwhile brings nothing back.
    """

    __tablename__ = "session_note"

    id: UUID = Column(sa_type=RowId, primary_key=True)
    sharing_id: UUID = Column(sa_type=RowId, foreign_key="sharing.id", ondelete="CASCADE", index=True)
    account_id: UUID = Column(sa_type=RowId, foreign_key="account.id", ondelete="CASCADE", index=True)
    revision: int
    sealed: bytes | None = None
    updated_at: datetime = Column(sa_type=UtcDateTime)


class Moment(ShapeIn):
    """Something that was said: the client's exact words, what was felt, when it comes up, what it belongs to, and
    how strong it was (0 to 10). Each may be left empty."""

    words: Annotated[Text, Bounds(max_length=600)] = ""
    situation: Annotated[Text, Bounds(max_length=300)] = ""
    affect: Line = ""
    theme: Theme = ""
    intensity: Intensity | None = None

    @property
    def empty(self) -> bool:
        said = (self.words, self.situation, self.affect, self.theme)
        return self.intensity is None and not any(text.strip() for text in said)


class SessionNotePut(ShapeIn):
    """The whole note. `base_revision` 0: it is new."""

    session_on: Day
    moments: Annotated[list[Moment], Bounds(max_length=MOST_MOMENTS)] = []
    reflection: Annotated[Text, Bounds(max_length=2000)] = ""
    base_revision: Annotated[Int, Bounds(ge=0)]


class MomentPublic(ShapeOut):
    words: str
    situation: str
    affect: str
    theme: str
    intensity: int | None


class SessionNotePublic(ShapeOut):
    id: UUID
    session_on: Day
    moments: list[MomentPublic]
    reflection: str
    revision: int
    updated_at: UtcOut


class UnreadableNote(ShapeOut):
    """A note that does not open: all that is known of it."""

    id: UUID
    updated_at: UtcOut


class SessionNotesPublic(ShapeOut):
    """Everything written about one client, the latest session first. `called`: what the client is called here."""

    called: str
    notes: list[SessionNotePublic]
    unreadable: list[UnreadableNote]


class SupervisionAsk(ShapeIn):
    """What is taken along to supervision: of which sessions, which parts, and what is to be removed besides what
    the rules find."""

    notes: Annotated[list[Id], Bounds(min_length=1, max_length=MOST_NOTES)]
    parts: Annotated[list[Part], Bounds(min_length=1, max_length=6)]
    remove: Annotated[list[Annotated[Text, Bounds(min_length=1, max_length=80)]], Bounds(max_length=40)] = []


class PiecePublic(ShapeOut):
    """A stretch of text as it will be read. Where something was removed: what it `was`, and of which `kind`."""

    text: str
    was: str | None
    kind: Kind | None


class SaidPart(ShapeOut):
    """One part of a session under its label, in pieces. A new moment begins where `first` is true."""

    part: Part
    label: str
    first: bool
    pieces: list[PiecePublic]


class SupervisionSession(ShapeOut):
    """`title`: numbered and counted from the first, never dated."""

    title: str
    parts: list[SaidPart]


class RemovalPublic(ShapeOut):
    """One thing that was removed, as it stood, why, and how often."""

    was: str
    kind: Kind
    why: str
    times: int


class SupervisionPublic(ShapeOut):
    """What would leave, before it leaves."""

    title: str
    intro: str
    sessions: list[SupervisionSession]
    removals: list[RemovalPublic]
