"""Sharing: whom a client lets read, what exactly, since when, and who has read. The client can end it at any time.

A `Sharing` is two people; it holds nothing to read. A `Consent` is what the client chose of one fortnight, in one
version: changing it ends that version and makes another, so that every scope, text and time is kept.
"""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field as Bounds
from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field as Column

from app.domain.safety import Card
from app.domain.sharing import Field, Reader
from app.models.base import (
    Called,
    Day,
    Id,
    Int,
    Line,
    RowId,
    ShapeIn,
    ShapeOut,
    Table,
    UtcDateTime,
    UtcOut,
    one_of,
)
from app.models.check_ins import Zone
from app.models.experiments import MeasureKey
from app.models.medicines import Said
from app.models.reflections import SharedBalance
from app.models.reports import FigurePublic, LogRowPublic, PredictionPublic, SummaryPublic, TablePublic
from app.models.reviews import ConclusionPublic
from app.models.visits import SharedVisit

Fields = Annotated[list[Field], Bounds(min_length=1, max_length=13)]
TextVersion = Annotated[Int, Bounds(ge=1)]


class Sharing(Table, table=True):
    """A client and somebody who may be let read. `sealed` under the client's key: what the reader is called there;
    `reader_sealed` under the reader's: what the client is called there. Each keeps their own copy. `revision`
    counts what the client chose, paused and ended."""

    __tablename__ = "sharing"
    __table_args__ = (UniqueConstraint("client_id", "reader_id"), one_of("role", "therapist", "supporter"))

    id: UUID = Column(sa_type=RowId, primary_key=True)
    client_id: UUID = Column(sa_type=RowId, foreign_key="account.id", ondelete="CASCADE")
    reader_id: UUID = Column(sa_type=RowId, foreign_key="account.id", ondelete="CASCADE", index=True)
    role: str
    sealed: bytes
    reader_sealed: bytes
    begun_at: datetime = Column(sa_type=UtcDateTime)
    paused_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    revision: int = Column(default=0, sa_column_kwargs={"server_default": "0"})


class Consent(Table, table=True):
    """One version. It holds from `given_at` until `withdrawn_at` or `ends_at`, and not while its sharing is
    paused. `fields`: names joined by commas, in the order of `domain.sharing.FIELDS`. `text_version`: of what was
    read. `doses_until`: until then doses are shown too, for a session of the two."""

    __tablename__ = "consent"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_given"),
        Index(
            "uq_consent_now",
            "sharing_id",
            "experiment_id",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: UUID = Column(sa_type=RowId, primary_key=True)
    sharing_id: UUID = Column(sa_type=RowId, foreign_key="sharing.id", ondelete="CASCADE", index=True)
    experiment_id: UUID = Column(sa_type=RowId, foreign_key="experiment.id", ondelete="CASCADE", index=True)
    fields: str
    text_version: int
    given_at: datetime = Column(sa_type=UtcDateTime)
    ends_at: datetime | None = Column(default=None, sa_type=UtcDateTime)
    doses_until: datetime | None = Column(default=None, sa_type=UtcDateTime)
    withdrawn_at: datetime | None = Column(default=None, sa_type=UtcDateTime)


class Reading(Table, table=True):
    """Somebody opened what was shared, for the client to see. Several openings within a few minutes are one."""

    __tablename__ = "reading"

    id: UUID = Column(sa_type=RowId, primary_key=True)
    consent_id: UUID = Column(sa_type=RowId, foreign_key="consent.id", ondelete="CASCADE", index=True)
    read_at: datetime = Column(sa_type=UtcDateTime)
    last_at: datetime = Column(sa_type=UtcDateTime)


class InvitationCode(ShapeIn):
    """What somebody was handed: the code that can be typed, or the token of the link."""

    code: Line


class InviterPublic(ShapeOut):
    """Who invites, and as what the one of the two would read who does. Nothing is shared by looking."""

    name: str
    role: Reader
    expires_at: UtcOut


class Choice(ShapeIn):
    """What of a fortnight is to be shared. Nothing is chosen beforehand."""

    fields: Fields


class Preview(Choice):
    """`reader`: for whom, as not everybody sees all of what is chosen."""

    reader: Reader = "therapist"


class ConsentGive(Choice):
    """`text_version`: of the sentences that stood above the choice."""

    text_version: TextVersion


class SeenFrom(ShapeIn):
    """`base_revision`: of the sharing as it was on the screen. Whatever lets somebody see more says it, so that it
    undoes no end or pause that it has not seen."""

    base_revision: Annotated[Int, Bounds(ge=0)]


class ConsentPut(ConsentGive, SeenFrom):
    """Another choice for somebody who is known already."""


class SharingCreate(ConsentGive):
    """The client's yes: to whom (by what they were handed), of which fortnight, and what they are called there.
    `code` None: by the invitation with which the account was made."""

    code: Line | None = None
    experiment_id: Id
    called: Called


class SupportCreate(ShapeIn):
    """A supporter's yes to whoever invited them: by which `name` the client will see them. `code` as above."""

    code: Line | None = None
    name: Called


class ReadingPublic(ShapeOut):
    """One opening, or several within a few minutes."""

    read_at: UtcOut
    last_at: UtcOut


class ConsentPublic(ShapeOut):
    """One version of a consent, as the client sees it."""

    experiment_id: UUID
    fields: list[Field]
    text_version: int
    given_at: UtcOut
    ends_at: UtcOut | None
    doses_until: UtcOut | None
    withdrawn_at: UtcOut | None
    readings: list[ReadingPublic]


class SharingPublic(ShapeOut):
    """Somebody whom the client lets read: everything that was ever chosen, the newest first. `revision`: where a
    further step begins."""

    id: UUID
    revision: int
    name: str
    role: Reader
    called: str
    begun_at: UtcOut
    paused_at: UtcOut | None
    consents: list[ConsentPublic]


class Dot(ShapeOut):
    """One answer: which day of the fortnight, how much, and how it may be drawn."""

    number: int
    value: float
    mark: Literal["on", "off", "aside", "ink"]


class Glance(ShapeOut):
    """One measure over all days, small enough to see all of them at once."""

    key: MeasureKey
    name: str
    minimum: float
    maximum: float
    said: str
    dots: list[Dot]


class SharedCard(ShapeOut):
    """A day on which the app stepped aside and showed where to find help, and what that was about."""

    date: date
    number: int
    card: Card


class SharedPublic(ShapeOut):
    """What somebody sees of one fortnight. The client's preview and the reader's page are this same value.

    `balance`: the pages of it that stand side by side.
    Of what is not shared nothing is here, not even that it was left out. `fields` is what is shared by now.
    """

    fields: list[Field]
    question: str | None
    medicine_label: str | None
    primary: MeasureKey | None
    glance: list[Glance]
    asks: list[Said]
    covered: bool
    start_on: date
    length_days: int
    day_number: int | None
    ended: bool
    dated: bool
    result: str | None
    title: str | None
    sentences: list[Said]
    summaries: list[SummaryPublic]
    prediction: PredictionPublic | None
    log: list[LogRowPublic]
    conclusion: ConclusionPublic | None
    figures: list[FigurePublic]
    days: TablePublic
    visit: SharedVisit | None
    balance: list[SharedBalance]
    safety_cards: list[SharedCard]


class ClientPublic(ShapeOut):
    """One line of a reader's list. Where nothing is shared by now, whatever the reason, `shared` is false and
    nothing else is said."""

    id: UUID
    called: str
    shared: bool
    day_number: int | None
    length_days: int | None
    ended: bool
    next_session_on: date | None


class SessionDates(ShapeIn):
    """When these two meet next, by the reader's own calendar; None: not known."""

    next_on: Day | None = None
    zone: Zone


class StandingPublic(ShapeOut):
    """`stamp`: another one when the consent, the cover or a shared conclusion is another one."""

    stamp: str


class EarlierPublic(ShapeOut):
    """A fortnight that is shared too, to be opened. `start_on`, `last_on` None: its days have no dates."""

    id: UUID
    start_on: date | None
    last_on: date | None
    length_days: int
    ended: bool


class ClientPagePublic(ShapeOut):
    """What one client shares: the newest fortnight, and which there are before it, the newest first.
    `since`: what is new since `last_session_on`."""

    id: UUID
    called: str
    stamp: str
    next_session_on: date | None
    last_session_on: date | None
    since: list[Said]
    newest: SharedPublic
    earlier: list[EarlierPublic]
