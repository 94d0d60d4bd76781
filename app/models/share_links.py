"""Links by which somebody without an account reads one page, and each opening of one."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field as Bounds
from sqlmodel import Field

from app.models.base import Line, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut

LinkState = Literal["open", "closed", "over", "used-up", "guessed"]


class ShareLink(Table, table=True):
    """It is dead after `ends_at`, once `closed_at` is set, after `most_openings`, or after too many wrong codes.

    The token is stored as its hash only. `sealed`, under the client's key: the code, which they may see again.
    """

    __tablename__ = "share_link"

    id: UUID = Field(sa_type=RowId, primary_key=True)
    account_id: UUID = Field(sa_type=RowId, foreign_key="account.id", ondelete="CASCADE", index=True)
    brief_id: UUID = Field(sa_type=RowId, foreign_key="brief.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(unique=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    most_openings: int | None = None
    openings: int = 0
    wrong_codes: int = 0
    sealed: bytes


class LinkOpening(Table, table=True):
    """Somebody opened a link, and reads until `closes_at` by a cookie of this hash. Sealed: which browser."""

    __tablename__ = "link_opening"

    id: UUID = Field(sa_type=RowId, primary_key=True)
    link_id: UUID = Field(sa_type=RowId, foreign_key="share_link.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(unique=True)
    opened_at: datetime = Field(sa_type=UtcDateTime)
    closes_at: datetime = Field(sa_type=UtcDateTime)
    sealed: bytes


class ShareLinkCreate(ShapeIn):
    """`days`: how long it opens. `with_code`: six figures are asked for as well, to be told another way."""

    days: Annotated[int, Bounds(ge=1, le=30)] = 7
    with_code: bool = False
    most_openings: Annotated[int, Bounds(ge=1, le=100)] | None = None


class LinkOpeningPublic(ShapeOut):
    opened_at: UtcOut
    device: str


class ShareLinkPublic(ShapeOut):
    """`state`: whether it still opens, and if not, why: `closed` by the client, `over` by time, `used-up`, or
    `guessed` at. `code` None: none is asked for. `recent`: the latest openings, the newest first."""

    id: UUID
    made_at: UtcOut
    ends_at: UtcOut
    closed_at: UtcOut | None
    state: LinkState
    code: str | None
    most_openings: int | None
    openings: int
    wrong_codes: int
    recent: list[LinkOpeningPublic]


class ShareLinkMade(ShapeOut):
    """`url`: shown this once, and kept nowhere."""

    url: str
    link: ShareLinkPublic


class LinkOpen(ShapeIn):
    """What a reader brings: the secret of the link, and the code where one is asked for."""

    token: Annotated[Text, Bounds(max_length=200)]
    code: Line | None = None


class LinkOpened(ShapeOut):
    """`page`: where this browser reads it for a quarter of an hour."""

    page: str
