"""Invitations: links with which one account can be made, once, for a while. Nothing is shared by one.

A wrong, used or expired token is not there: the same answer for all of them. The set-up link is the invitation to
make the first account of a server; it is good only while there is none.
"""

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, select, update
from sqlmodel import Session, col

from app.core import security
from app.domain.access import Person, Role
from app.domain.errors import NotFound
from app.models.accounts import Account
from app.models.invitations import Invitation, InvitationCreated, InvitationFound, InvitationPublic

Kind = Literal["setup", "client", "therapist"]
LASTS: dict[Kind, timedelta] = {
    "setup": timedelta(hours=24),
    "client": timedelta(hours=72),
    "therapist": timedelta(hours=72),
}


def link(public_url: str, token: str) -> str:
    """The address to hand over. The token stays behind the `#`, which no browser sends and no server logs."""
    return f"{public_url}/join#{token}"


def nobody_yet(session: Session) -> bool:
    """True while this server has no account."""
    return session.scalar(select(col(Account.id)).limit(1)) is None


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
    invitation, token = _create(session, role, invited_by, now=now)
    return InvitationCreated(
        id=invitation.id, token=token, link=link(public_url, token), expires_at=invitation.expires_at
    )


def list_of(session: Session, person: Person) -> list[InvitationPublic]:
    """The invitations this person made, the newest first."""
    mine = (
        select(Invitation)
        .where(col(Invitation.invited_by) == person.id)
        .order_by(col(Invitation.created_at).desc(), col(Invitation.id))
    )
    return [
        InvitationPublic(
            id=each.id, created_at=each.created_at, expires_at=each.expires_at, used=each.used_at is not None
        )
        for each in session.scalars(mine)
    ]


def withdraw(session: Session, person: Person, invitation_id: UUID) -> None:
    """Take back an invitation (the account made with it stays). Raises `NotFound` for anybody else's."""
    mine = delete(Invitation).where(col(Invitation.id) == invitation_id, col(Invitation.invited_by) == person.id)
    if session.execute(mine.returning(col(Invitation.id))).one_or_none() is None:
        raise NotFound()


def find(session: Session, token: str, *, now: datetime) -> InvitationFound:
    """What the holder of this token may make. Raises `NotFound`."""
    invitation = session.scalar(select(Invitation).where(*_good(token, now)))
    if invitation is None or (invitation.kind == "setup" and not nobody_yet(session)):
        raise NotFound()
    if invitation.kind == "setup":
        return InvitationFound(kind="setup", roles=["client", "therapist"])
    return InvitationFound(kind="invitation", roles=["therapist" if invitation.kind == "therapist" else "client"])


def use(session: Session, token: str, role: Role, *, now: datetime) -> None:
    """Use the invitation up, in the transaction that makes the account. Raises `NotFound`.

    One conditional update: of two people with the same link at the same moment, one gets an account.
    """
    used = (
        update(Invitation)
        .where(*_good(token, now), col(Invitation.kind).in_(("setup", role)))
        .values(used_at=now)
        .returning(col(Invitation.kind))
    )
    kind = session.execute(used).scalar_one_or_none()
    if kind is None or (kind == "setup" and not nobody_yet(session)):
        raise NotFound()


def _good(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Invitation.token_hash) == security.token_hash(token),
        col(Invitation.used_at).is_(None),
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
