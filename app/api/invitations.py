"""Invitations over HTTP. A therapist invites a client, a client somebody close to them; whoever holds the token of
a link, or the code, can look it up."""

from uuid import UUID

from fastapi import APIRouter

from app.api.deps import CurrentInviter, HouseDep, Now, OwnKey, SessionDep
from app.api.visitors import VisitorDep
from app.core.db import unit_of_work
from app.models.invitations import (
    InvitationCreate,
    InvitationCreated,
    InvitationFound,
    InvitationLookUp,
    InvitationPublic,
)
from app.services import invitations

router = APIRouter(prefix="/api/invitations", tags=["invitations"])


@router.get("")
def list_invitations(session: SessionDep, person: CurrentInviter) -> list[InvitationPublic]:
    """The invitations I made."""
    return invitations.list_of(session, person)


@router.post("", status_code=201)
def create_invitation(
    session: SessionDep,
    house: HouseDep,
    person: CurrentInviter,
    key: OwnKey,
    now: Now,
    body: InvitationCreate,
) -> InvitationCreated:
    """A link and a code for one person, to make an account of their own. A therapist's is for a client, who can
    share something with them; a client's for a supporter, who can be shown something. Nothing is shared by it."""
    url = house.settings.public_url
    return invitations.invite(session, house.vault, url, person, key, body.name, now=now)


@router.post("/look-up")
def find_invitation(house: HouseDep, visitor: VisitorDep, now: Now, body: InvitationLookUp) -> InvitationFound:
    """What the holder of this token or code may make. Uses nothing up."""
    invitations.slowly(house, body.token, visitor.address, now=now)
    with unit_of_work(house.engine, read_only=True) as session:
        return invitations.look_up(session, house.vault, body.token, now=now)


@router.delete("/{invitation_id}", status_code=204)
def delete_invitation(session: SessionDep, person: CurrentInviter, invitation_id: UUID) -> None:
    """Take back one of my invitations."""
    invitations.withdraw(session, person, invitation_id)
