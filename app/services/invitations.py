"""Invitations: links and codes with which one account can be made, once, for a while. Nothing is shared by one.

A wrong, used or expired token is not there: the same answer for all of them. The set-up link is the invitation to
make the first account of a server; it is good only while there is none.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlmodel import Session, col

from app.core import security
from app.core.db import unit_of_work
from app.core.vault import DataKey, Vault
from app.domain.access import Person, Role, role_of
from app.domain.errors import NotFound, Refused
from app.models.accounts import Account
from app.models.invitations import Invitation, InvitationCreated, InvitationFound, InvitationPublic
from app.services import pairings, sign_in_limits
from app.services.house import House

Kind = Literal["setup", "client", "therapist", "supporter"]
LASTS: dict[Kind, timedelta] = {
    "setup": timedelta(hours=24),
    "client": timedelta(hours=72),
    "therapist": timedelta(hours=72),
    "supporter": timedelta(hours=72),
}
MOST_WAITING = 50
"""Of one person's that can still be used: each lets somebody make an account."""


def link(public_url: str, token: str) -> str:
    """The address to hand over. The token stays behind the `#`, which no browser sends and no server logs."""
    return f"{public_url}/join#{token}"


def nobody_yet(session: Session) -> bool:
    """True while this server has no account."""
    return session.scalar(select(col(Account.id)).limit(1)) is None


def nobody_but(session: Session, account_id: UUID) -> bool:
    """True while it has no other than this one."""
    return session.scalar(select(col(Account.id)).where(col(Account.id) != account_id).limit(1)) is None


def ensure_setup_link(session: Session, *, now: datetime) -> str | None:
    """The token of a fresh set-up link while there is no account (an earlier one stops working), else None."""
    forget_setup(session)
    if not nobody_yet(session):
        return None
    return _create(session, "setup", None, now=now)[1]


def forget_setup(session: Session) -> None:
    """No set-up link works any more."""
    session.execute(delete(Invitation).where(col(Invitation.kind) == "setup", col(Invitation.used_at).is_(None)))


def create(
    session: Session, public_url: str, role: Role, *, invited_by: UUID | None = None, now: datetime
) -> InvitationCreated:
    """An invitation for one account of this role. The token is shown this once."""
    return _shown(*_create(session, role, invited_by, now=now), public_url, None)


def invite(
    session: Session, vault: Vault, public_url: str, person: Person, key: DataKey, name: str, *, now: datetime
) -> InvitationCreated:
    """A therapist invites a client: to make an account, if they have none, and to share something, if they like. A
    client invites a supporter: to make one that can only read, and to be shown something, if the client likes.
    `name`: what the other will see. Link and code are shown this once. Raises `Refused` (too-many-invitations)."""
    _check_room(session, person, now=now)
    invitation, token = _create(
        session, "client" if person.role == "therapist" else "supporter", person.id, now=now
    )
    code = pairings.new_code()
    invitation.code_index = pairings.code_index(vault, code)
    invitation.sealed = pairings.sealed_name(key, invitation, name)
    session.add(invitation)
    session.flush()
    return _shown(invitation, token, public_url, code)


def _check_room(session: Session, person: Person, *, now: datetime) -> None:
    """Whoever makes many at once has one counted after the other."""
    session.execute(select(col(Account.id)).where(col(Account.id) == person.id).with_for_update())
    waiting = (
        col(Invitation.invited_by) == person.id,
        col(Invitation.used_at).is_(None),
        col(Invitation.paired_at).is_(None),
        col(Invitation.expires_at) > now,
    )
    if (session.scalar(select(func.count()).select_from(Invitation).where(*waiting)) or 0) >= MOST_WAITING:
        raise Refused("too-many-invitations")


def list_of(session: Session, person: Person) -> list[InvitationPublic]:
    """The invitations this person made, the newest first."""
    mine = (
        select(Invitation)
        .where(col(Invitation.invited_by) == person.id)
        .order_by(col(Invitation.created_at).desc(), col(Invitation.id))
    )
    return [
        InvitationPublic(
            id=each.id,
            created_at=each.created_at,
            expires_at=each.expires_at,
            used=each.used_at is not None or each.paired_at is not None,
        )
        for each in session.scalars(mine)
    ]


def withdraw(session: Session, person: Person, invitation_id: UUID) -> None:
    """Take back an invitation (the account made with it stays). Raises `NotFound` for anybody else's."""
    mine = delete(Invitation).where(col(Invitation.id) == invitation_id, col(Invitation.invited_by) == person.id)
    if session.execute(mine.returning(col(Invitation.id))).one_or_none() is None:
        raise NotFound()


def find(session: Session, vault: Vault, secret: str, *, now: datetime) -> InvitationFound:
    """What the holder of this token or code may make. Raises `NotFound`."""
    invitation = session.scalar(select(Invitation).where(*_good(vault, secret, now)))
    if invitation is None or (invitation.kind == "setup" and not nobody_yet(session)):
        raise NotFound()
    if invitation.kind == "setup":
        return InvitationFound(kind="setup", roles=["client", "therapist"])
    return InvitationFound(kind="invitation", roles=[role_of(invitation.kind)])


def slowly(house: House, secret: str, address: str, *, now: datetime) -> None:
    """A code is short: from an address that tries many, one has to wait. In a transaction of its own, before
    anything is looked at; a token cannot be guessed. Raises `SlowDown`."""
    if pairings.may_be_a_code(secret):
        with unit_of_work(house.engine) as session:
            sign_in_limits.claim(session, sign_in_limits.for_visitors_codes(house.vault, address), now=now)


def look_up(session: Session, vault: Vault, secret: str, *, now: datetime) -> InvitationFound:
    """The same, and who invites. Raises `NotFound`."""
    found = find(session, vault, secret, now=now)
    return found.model_copy(update={"inviter": pairings.inviter(session, vault, secret)})


def use(session: Session, vault: Vault, secret: str, role: Role, account_id: UUID, *, now: datetime) -> None:
    """Use the invitation up, in the transaction that has just made the account. Raises `NotFound`.

    One conditional update: of two people with the same link at the same moment, one gets an account.
    """
    used = (
        update(Invitation)
        .where(*_good(vault, secret, now), col(Invitation.kind).in_(("setup", role)))
        .values(used_at=now, used_by=account_id)
        .returning(col(Invitation.kind))
    )
    kind = session.execute(used).scalar_one_or_none()
    if kind is None or (kind == "setup" and not nobody_but(session, account_id)):
        raise NotFound()


def _shown(invitation: Invitation, token: str, public_url: str, code: str | None) -> InvitationCreated:
    return InvitationCreated(
        id=invitation.id,
        token=token,
        link=link(public_url, token),
        code=code,
        expires_at=invitation.expires_at,
    )


def forget_who(session: Session, account_id: UUID) -> None:
    """Nobody made an account with these any more: it is being deleted."""
    theirs = update(Invitation).where(col(Invitation.used_by) == account_id)
    session.execute(theirs.values(used_by=None))


def _good(vault: Vault, secret: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        pairings.by_secret(vault, secret),
        col(Invitation.used_at).is_(None),
        col(Invitation.paired_at).is_(None),
        col(Invitation.expires_at) > now,
    )


def _create(session: Session, kind: Kind, invited_by: UUID | None, *, now: datetime) -> tuple[Invitation, str]:
    token = security.new_token()
    invitation = Invitation(
        id=uuid4(),
        kind=kind,
        token_hash=security.token_hash(token),
        invited_by=invited_by,
        created_at=now,
        expires_at=now + LASTS[kind],
    )
    session.add(invitation)
    session.flush()
    return invitation, token
