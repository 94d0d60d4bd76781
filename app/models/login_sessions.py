"""Login sessions: opaque tokens in a cookie, hashed here, ended by the server."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field

from app.models.accounts import AccountPublic, AnyPassword, Password
from app.models.base import Line, RowId, ShapeIn, ShapeOut, Table, UtcDateTime, UtcOut


class LoginSession(Table, table=True):
    """Dead after `idle_ends_at` without use and after `ends_at` in any case. `confirmed_at`: when the password was
    last said after it began."""

    __tablename__ = "login_session"

    id: UUID = Field(sa_type=RowId, primary_key=True)
    account_id: UUID = Field(sa_type=RowId, foreign_key="account.id", ondelete="CASCADE", index=True)
    token_hash: str = Field(unique=True)
    sealed: bytes
    created_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    idle_ends_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)
    confirmed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignInAttempts(Table, table=True):
    """How often a name (or a name from one address) was tried in vain lately; `key_hash` tells neither."""

    __tablename__ = "sign_in_attempts"

    key_hash: str = Field(primary_key=True)
    failures: int
    last_at: datetime = Field(sa_type=UtcDateTime)
    blocked_until: datetime = Field(sa_type=UtcDateTime)


class SignIn(ShapeIn):
    sign_in: Line
    password: AnyPassword


class Recovery(ShapeIn):
    sign_in: Line
    recovery_code: Line
    new_password: Password


class SessionPublic(ShapeOut):
    """Who is signed in on this device."""

    account: AccountPublic


class Recovered(SessionPublic):
    """Signed in by a recovery code; `codes_left` are still good."""

    codes_left: int


class LoginSessionPublic(ShapeOut):
    """One device. `device` is coarse ("Firefox on Android")."""

    id: UUID
    device: str
    created_at: UtcOut
    seen_at: UtcOut
    this_one: bool
