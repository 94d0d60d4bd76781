"""Invitations: single-use links, or codes, that allow one account to be made. Nothing is shared by one."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Index
from sqlmodel import Field

from app.domain.access import Role
from app.models.base import Called, Line, RowId, ShapeIn, ShapeOut, Table, UtcDateTime, UtcOut, one_of


class Invitation(Table, table=True):
    """`kind` setup: the first account of this server, any role. `invited_by` empty: made by the operator.

    One that a person made is also how the two find each other: by the link or by a short code (`code_index`, a
    keyed hash), once (`paired_at`); whoever made an account with it (`used_by`) is then the only one who can. A
    therapist's is of kind client, a client's of kind supporter: what the account may be that is made with it.
    `sealed`, under the inviter's key: the name that the other will see.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        one_of("kind", "setup", "client", "therapist", "supporter"),
        Index("uq_invitation_code_index", "code_index", unique=True),
    )

    id: UUID = Field(sa_type=RowId, primary_key=True)
    kind: str
    token_hash: str = Field(unique=True)
    invited_by: UUID | None = Field(
        sa_type=RowId, default=None, foreign_key="account.id", ondelete="CASCADE", index=True
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_by: UUID | None = Field(default=None, sa_type=RowId)
    code_index: str | None = None
    sealed: bytes | None = None
    paired_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InvitationLookUp(ShapeIn):
    """`token`: what was handed over: that of a link, or a code of eight characters."""

    token: Line


class InvitationFound(ShapeOut):
    """What the holder of a token may do with it. `inviter`: the name of the person whose it is."""

    kind: Literal["setup", "invitation"]
    roles: list[Role]
    inviter: str | None = None


class InvitationCreate(ShapeIn):
    """`name`: what the other will see."""

    name: Called


class InvitationCreated(ShapeOut):
    """Shown once: only the hash of the token is kept. `link` carries it behind the `#`; `code` can be typed
    instead."""

    id: UUID
    token: str
    link: str
    code: str | None
    expires_at: UtcOut


class InvitationPublic(ShapeOut):
    id: UUID
    created_at: UtcOut
    expires_at: UtcOut
    used: bool
