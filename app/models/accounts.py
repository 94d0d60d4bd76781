"""Accounts: who can sign in. A pseudonym and a password; never an e-mail address."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import Field as Bounds
from sqlmodel import Field

from app.domain.access import Role
from app.models.base import Line, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, one_of

Password = Annotated[Text, Bounds(min_length=8, max_length=128)]
# What is typed to sign in may be anything: a wrong length is a wrong password, not another kind of answer.
AnyPassword = Annotated[Text, Bounds(max_length=1024)]


class Account(Table, table=True):
    """`sign_in_index` is a keyed hash: the name itself is sealed under the account's own data key."""

    __tablename__ = "account"
    __table_args__ = (one_of("role", "client", "therapist", "supporter"),)

    id: UUID = Field(sa_type=RowId, primary_key=True)
    role: str
    sign_in_index: str = Field(unique=True)
    sealed: bytes
    kek_id: str
    wrapped_key: bytes
    password_hash: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    push_test_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RecoveryCode(Table, table=True):
    """One of ten single-use codes, stored as a keyed hash."""

    __tablename__ = "recovery_code"

    id: UUID = Field(sa_type=RowId, primary_key=True)
    account_id: UUID = Field(sa_type=RowId, foreign_key="account.id", ondelete="CASCADE", index=True)
    code_hash: str
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class AccountPublic(ShapeOut):
    """The signed-in person, as they see themselves."""

    id: UUID
    role: Role
    sign_in: str


class AccountCreate(ShapeIn):
    """Sign-up. `name` is completed by four digits; `token` is the invitation, absent where sign-up is open."""

    token: Line | None = None
    role: Role = "client"
    name: Annotated[Text, Bounds(min_length=1, max_length=40)]
    password: Password


class AccountCreated(ShapeOut):
    """Shown once: the completed sign-in name and the ten recovery codes."""

    account: AccountPublic
    recovery_codes: list[str]


class PasswordConfirm(ShapeIn):
    """Something that cannot be undone asks for the password again."""

    password: AnyPassword


class PasswordChange(ShapeIn):
    current_password: AnyPassword
    new_password: Password


class RecoveryCodes(ShapeOut):
    """Ten fresh codes; the earlier ones no longer work."""

    recovery_codes: list[str]


class SignUpPublic(ShapeOut):
    """Whether a client can make an account without an invitation, and whether this server has no account yet."""

    open: bool
    first: bool
