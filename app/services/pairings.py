"""How two people find each other: by an invitation's link, or by its code of eight characters.

A wrong, used, expired or taken-back one is not there: the same answer for all of them. Looking shares nothing and
uses nothing up; a yes does: the client's to a therapist (`sharings.begin`), a supporter's to a client
(`supporting.accept`).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, or_, select, update
from sqlmodel import Session, col

from app.core import security
from app.core.db import unit_of_work
from app.core.vault import DataKey, Vault
from app.domain.access import Person
from app.domain.errors import NotFound
from app.domain.sharing import Reader
from app.models.accounts import Account
from app.models.invitations import Invitation
from app.models.sharings import InviterPublic
from app.services import sign_in_limits
from app.services.house import House

CODE_LENGTH = 8


@dataclass(frozen=True)
class Met:
    """Who invited, by the name that they gave for this, and their key. `role`: as what the one of the two would
    read who does."""

    inviter: Account
    key: DataKey
    name: str
    role: Reader
    expires_at: datetime


def new_code() -> str:
    """Eight characters in two groups, about 39 bits: for three days, and behind a brake on guessing."""
    raw = security.new_code(CODE_LENGTH)
    return f"{raw[:4]}-{raw[4:]}"


def code_index(vault: Vault, code: str) -> str:
    """By which a code is found, however it is typed."""
    return vault.blind_index("invitation-code", _bare(code))


def sealed_name(key: DataKey, invitation: Invitation, name: str) -> bytes:
    return key.seal({"v": 1, "name": name}, _place(invitation))


def names_given(session: Session, person: Person, key: DataKey) -> list[str]:
    """The names by which somebody has invited."""
    theirs = select(Invitation).where(col(Invitation.invited_by) == person.id, col(Invitation.sealed).is_not(None))
    opened = [
        key.open(each.sealed, _place(each))["name"] for each in session.scalars(theirs) if each.sealed is not None
    ]
    return sorted(set(opened))


def slowly(house: House, person: Person, secret: str | None, *, now: datetime) -> None:
    """A code is short: whoever tries many has to wait, also where one of them was right. In a transaction of its
    own, before anything is looked at. None is no try: it asks for what the server remembers. Raises `SlowDown`."""
    if secret is None:
        return
    with unit_of_work(house.engine) as session:
        sign_in_limits.claim(session, sign_in_limits.for_codes(house.vault, person.id), now=now)


def find(session: Session, vault: Vault, person: Person, secret: str | None, *, now: datetime) -> InviterPublic:
    """Who invites by this code or token; by None, by the one that made the account. Raises `NotFound`."""
    invitation = session.scalar(select(Invitation).where(*_good(vault, person, secret, now)))
    met = _met(session, vault, invitation)
    return InviterPublic(name=met.name, role=met.role, expires_at=met.expires_at)


def waiting(session: Session, vault: Vault, person: Person, *, now: datetime) -> InviterPublic | None:
    """Who invited somebody that has made an account with it and has not said yes so far, while it is good."""
    try:
        return find(session, vault, person, None, now=now)
    except NotFound:
        return None


def inviter(session: Session, vault: Vault, secret: str) -> str | None:
    """The name that a person gave for this invitation; None for one of the operator's."""
    invitation = session.scalar(select(Invitation).where(by_secret(vault, secret)))
    if invitation is None or invitation.sealed is None:
        return None
    return _met(session, vault, invitation).name


def use(session: Session, vault: Vault, person: Person, secret: str | None, *, now: datetime) -> Met:
    """The same, and the invitation is used up. One conditional update: of two who say yes at the same moment, one
    is heard. Raises `NotFound`."""
    used = (
        update(Invitation)
        .where(*_good(vault, person, secret, now))
        .values(paired_at=now)
        .returning(Invitation)
        .execution_options(synchronize_session=False)
    )
    return _met(session, vault, session.scalar(used))


def _met(session: Session, vault: Vault, invitation: Invitation | None) -> Met:
    if invitation is None or invitation.sealed is None:
        raise NotFound()
    account = session.get(Account, invitation.invited_by)
    if account is None:
        raise NotFound()
    key = vault.unwrap(account.kek_id, account.wrapped_key, str(account.id))
    name: str = key.open(invitation.sealed, _place(invitation))["name"]
    role: Reader = "supporter" if invitation.kind == "supporter" else "therapist"
    return Met(account, key, name, role, invitation.expires_at)


def by_secret(vault: Vault, secret: str) -> ColumnElement[bool]:
    """The invitation of this token or code."""
    by_token = col(Invitation.token_hash) == security.token_hash(secret.strip())
    return or_(by_token, col(Invitation.code_index) == code_index(vault, secret))


def may_be_a_code(secret: str) -> bool:
    """Whether it can be found as a code, whatever signs stand around and between: that can be guessed at."""
    return len(_bare(secret)) == CODE_LENGTH


def _good(vault: Vault, person: Person, secret: str | None, now: datetime) -> tuple[ColumnElement[bool], ...]:
    mine = col(Invitation.used_by) == person.id
    # Not `used_by`: that is forgotten with the account, and the link stays used.
    found = (mine,) if secret is None else (by_secret(vault, secret), or_(col(Invitation.used_at).is_(None), mine))
    return (
        *found,
        col(Invitation.sealed).is_not(None),  # the operator's is of nobody
        # Whoever could make their account with it, and nobody else: no client is ever somebody's supporter by it.
        col(Invitation.kind) == person.role,
        col(Invitation.paired_at).is_(None),
        col(Invitation.expires_at) > now,
    )


def _bare(code: str) -> str:
    return "".join(char for char in code.lower() if char in security.CODE_ALPHABET)


def _place(invitation: Invitation) -> str:
    return f"invitation|{invitation.id.hex}"
