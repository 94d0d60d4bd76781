"""Accounts: made, opened, changed, deleted.

What costs a password hash runs between transactions, never inside one: a hash takes tens of milliseconds, and
SQLite has one writer. So these functions take the whole `House` and make their own transactions: count and read;
hash; write.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlmodel import Session, col

from app.core.db import unit_of_work
from app.core.vault import DataKey, Vault
from app.domain import names
from app.domain.access import Person, Role, role_of
from app.domain.errors import Invalid, NotFound, NotSignedIn
from app.models.accounts import (
    Account,
    AccountCreate,
    AccountCreated,
    AccountPublic,
    PasswordChange,
    RecoveryCodes,
    SignUpPublic,
)
from app.services import invitations, login_sessions, passwords, recovery_codes, sign_in_limits
from app.services.house import House
from app.services.login_sessions import Started

TRIES_PER_LENGTH = 12


class HasKey(Protocol):
    """An account or a signed-in person: what it takes to open a data key."""

    @property
    def id(self) -> UUID: ...
    @property
    def kek_id(self) -> str: ...
    @property
    def wrapped_key(self) -> bytes: ...


@dataclass(frozen=True)
class Visitor:
    """Who is at the door, before it is known who they are.

    `token`: what their session cookie says, if anything. `known`: whom this browser has signed in before
    (`known_devices`).
    """

    address: str
    user_agent: str
    token: str | None = None
    known: str = ""


@dataclass(frozen=True)
class SignedUp:
    created: AccountCreated
    started: Started


def data_key(vault: Vault, owner: HasKey) -> DataKey:
    """The key under which everything this person says about themselves is sealed."""
    return vault.unwrap(owner.kek_id, owner.wrapped_key, str(owner.id))


def sign_up(session: Session, house: House) -> SignUpPublic:
    """What somebody without an invitation finds here."""
    first = invitations.nobody_yet(session)
    return SignUpPublic(open=_is_open(house, first), first=first)


def create(house: House, wanted: AccountCreate, visitor: Visitor, *, now: datetime) -> SignedUp:
    """An account, ten recovery codes and a session. Raises `NotFound` (no right to one), `Invalid`, `SlowDown`."""
    if wanted.token is not None:
        invitations.slowly(house, wanted.token, visitor.address, now=now)
    with unit_of_work(house.engine, read_only=True) as session:
        _may_make(session, house, wanted, now=now)
    try:
        name = names.written(wanted.name)
    except names.BadName as error:
        raise Invalid(error.code, ({"field": "name", "code": error.code},)) from error
    if wanted.token is None:
        with unit_of_work(house.engine) as session:
            limits = sign_in_limits.for_new_accounts(house.vault, visitor.address)
            sign_in_limits.claim(session, limits, now=now)
    password_hash = passwords.hashed(wanted.password, name)
    with unit_of_work(house.engine) as session:
        account, key, sign_in = _insert(session, house.vault, wanted.role, name, password_hash, now=now)
        if wanted.token is not None:
            invitations.use(session, house.vault, wanted.token, wanted.role, account.id, now=now)
        invitations.forget_setup(session)
        codes = recovery_codes.renew(session, house.vault, account.id)
        if visitor.token:
            login_sessions.end_by_token(session, visitor.token)
        started = login_sessions.start(session, account, key, visitor.user_agent, now=now)
    public = AccountPublic(id=account.id, role=wanted.role, sign_in=sign_in)
    return SignedUp(AccountCreated(account=public, recovery_codes=codes), started)


def _is_open(house: House, first: bool) -> bool:
    """The first account is the operator's, by the set-up link: a house is open once there is somebody in it."""
    return house.settings.signup == "open" and not first


def _may_make(session: Session, house: House, wanted: AccountCreate, *, now: datetime) -> None:
    if wanted.token is None:
        if not _is_open(house, invitations.nobody_yet(session)) or wanted.role != "client":
            raise NotFound()
    elif wanted.role not in invitations.find(session, house.vault, wanted.token, now=now).roles:
        raise NotFound()


def _insert(
    session: Session, vault: Vault, role: Role, name: str, password_hash: str, *, now: datetime
) -> tuple[Account, DataKey, str]:
    account_id = uuid4()
    wrapped = vault.new_key(str(account_id))
    key = vault.unwrap(wrapped.kek_id, wrapped.wrapped, str(account_id))
    sign_in = _free_name(session, vault, name)
    account = Account(
        id=account_id,
        role=role,
        sign_in_index=_index(vault, sign_in),
        sealed=key.seal({"v": 1, "sign_in": sign_in}, _where(account_id)),
        kek_id=wrapped.kek_id,
        wrapped_key=wrapped.wrapped,
        password_hash=password_hash,
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account, key, sign_in


def _free_name(session: Session, vault: Vault, name: str) -> str:
    """The name with random digits that nobody has yet; more of them once a name is that popular."""
    digits = names.DIGITS
    while True:
        for _ in range(TRIES_PER_LENGTH):
            sign_in = names.completed(name, secrets.randbelow(10**digits), digits)
            if by_name(session, vault, sign_in) is None:
                return sign_in
        digits += 2


def _where(account_id: UUID) -> str:
    return f"account:{account_id}"


def _index(vault: Vault, sign_in: str) -> str:
    return vault.blind_index("sign_in", names.lookup(sign_in))


def by_name(session: Session, vault: Vault, typed: str) -> Account | None:
    """The account with this sign-in name, however it is typed."""
    return session.scalar(select(Account).where(col(Account.sign_in_index) == _index(vault, typed)))


def locked(session: Session, account_id: UUID, password_hash: str) -> Account | None:
    """The account, held until the end of this transaction, if its password is still the one that was checked."""
    account = session.scalar(select(Account).where(col(Account.id) == account_id).with_for_update())
    return account if account is not None and account.password_hash == password_hash else None


def public(key: DataKey, account: Account) -> AccountPublic:
    """The account as its owner sees it."""
    sign_in: str = key.open(account.sealed, _where(account.id))["sign_in"]
    return AccountPublic(id=account.id, role=role_of(account.role), sign_in=sign_in)


def get(session: Session, vault: Vault, person: Person) -> AccountPublic:
    """Who is signed in. Raises `NotSignedIn` where the account has just been deleted."""
    account = session.get(Account, person.id)
    if account is None:
        raise NotSignedIn()
    return public(data_key(vault, person), account)


def confirm(house: House, person: Person, password: str, field: str, *, now: datetime) -> str:
    """The password again, from somebody signed in: the hash that it fits. Counted like a sign-in.

    Raises `Invalid` that names the field, `SlowDown`, `NotSignedIn`.
    """
    with unit_of_work(house.engine) as session:
        sign_in_limits.claim(session, sign_in_limits.for_account(house.vault, person.id), now=now)
        stored = session.scalar(select(col(Account.password_hash)).where(col(Account.id) == person.id))
    if stored is None:
        raise NotSignedIn()
    if not passwords.fits(password, stored):
        raise Invalid("wrong-password", ({"field": field, "code": "wrong-password"},))
    return stored


def _confirmed(session: Session, house: House, person: Person, password_hash: str) -> Account:
    account = locked(session, person.id, password_hash)
    if account is None:
        raise NotSignedIn()
    sign_in_limits.clear(session, sign_in_limits.for_account(house.vault, person.id))
    return account


def confirm_here(house: House, person: Person, password: str, *, now: datetime) -> None:
    """The password once more, before something leaves: this device counts as freshly signed in."""
    password_hash = confirm(house, person, password, "password", now=now)
    with unit_of_work(house.engine) as session:
        _confirmed(session, house, person, password_hash)
        login_sessions.confirm(session, person, now=now)


def change_password(
    house: House, person: Person, change: PasswordChange, visitor: Visitor, *, now: datetime
) -> tuple[AccountPublic, Started]:
    """Set a new password. Every session ends; this device gets a fresh one."""
    password_hash = confirm(house, person, change.current_password, "current_password", now=now)
    with unit_of_work(house.engine, read_only=True) as session:
        sign_in = get(session, house.vault, person).sign_in
    new_hash = passwords.hashed(change.new_password, sign_in, field="new_password")
    with unit_of_work(house.engine) as session:
        account = _confirmed(session, house, person, password_hash)
        account.password_hash = new_hash
        session.add(account)
        return restarted(session, house, account, visitor, now=now)


def restarted(
    session: Session, house: House, account: Account, visitor: Visitor, *, now: datetime
) -> tuple[AccountPublic, Started]:
    """End every session of the account and begin one for this visitor."""
    key = data_key(house.vault, account)
    login_sessions.end_all(session, account.id)
    return public(key, account), login_sessions.start(session, account, key, visitor.user_agent, now=now)


def renew_codes(house: House, person: Person, password: str, *, now: datetime) -> RecoveryCodes:
    """Ten fresh recovery codes; the earlier ones stop working."""
    password_hash = confirm(house, person, password, "password", now=now)
    with unit_of_work(house.engine) as session:
        _confirmed(session, house, person, password_hash)
        return RecoveryCodes(recovery_codes=recovery_codes.renew(session, house.vault, person.id))


def delete_account(house: House, person: Person, password: str, *, now: datetime) -> None:
    """Remove the account and all that hangs on it, its data key among them: nothing of it can be read again."""
    password_hash = confirm(house, person, password, "password", now=now)
    with unit_of_work(house.engine) as session:
        account = _confirmed(session, house, person, password_hash)
        session.expunge(account)
        invitations.forget_who(session, person.id)
        session.execute(delete(Account).where(col(Account.id) == person.id))
    house.forgetter.forget()
