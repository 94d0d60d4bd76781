"""Invitations: single-use links that allow one account to be made. Nothing is shared by one."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlmodel import Field

from app.models.accounts import Role
from app.models.base import Line, RowId, ShapeIn, ShapeOut, Table, UtcDateTime, UtcOut, one_of


class Invitation(Table, table=True):
    """`kind` setup: the first account of this server, any role. `invited_by` empty: made by the operator."""

    __tablename__ = "invitation"
    __table_args__ = (one_of("kind", "setup", "client", "therapist"),)

    id: UUID = Field(sa_type=RowId, primary_key=True)
    kind: str
    token_hash: str = Field(unique=True)
    invited_by: UUID | None = Field(
        sa_type=RowId, default=None, foreign_key="account.id", ondelete="CASCADE", index=True
    )
    created_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class InvitationLookUp(ShapeIn):
    token: Line


class InvitationFound(ShapeOut):
    """What the holder of a token may do with it."""

    kind: Literal["setup", "invitation"]
    roles: list[Role]


class InvitationCreated(ShapeOut):
    """Shown once: only the hash of the token is kept. `link` carries it behind the `#`."""

    id: UUID
    token: str
    link: str
    expires_at: UtcOut


class InvitationPublic(ShapeOut):
    id: UUID
    created_at: UtcOut
    expires_at: UtcOut
    used: bool
