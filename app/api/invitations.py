"""Invitations over HTTP. A therapist invites; the token of a link is looked up by whoever holds it."""

from uuid import UUID

from fastapi import APIRouter

from app.api.deps import CurrentTherapist, HouseDep, Now, SessionDep
from app.core.db import unit_of_work
from app.models.invitations import InvitationCreated, InvitationFound, InvitationLookUp, InvitationPublic
from app.services import invitations

router = APIRouter(prefix="/invitations", tags=["invitations"])


@router.get("")
def list_invitations(session: SessionDep, person: CurrentTherapist) -> list[InvitationPublic]:
    """The invitations I made."""
    return invitations.list_of(session, person)


@router.post("", status_code=201)
def create_invitation(
    session: SessionDep, house: HouseDep, person: CurrentTherapist, now: Now
) -> InvitationCreated:
    """A link with which one client can make an account of their own. Nothing is shared by it."""
    return invitations.create(session, house.settings.public_url, "client", invited_by=person.id, now=now)


@router.post("/look-up")
def find_invitation(house: HouseDep, now: Now, body: InvitationLookUp) -> InvitationFound:
    """What the holder of this token may make. Uses nothing up."""
    with unit_of_work(house.engine, read_only=True) as session:
        return invitations.find(session, body.token, now=now)


@router.delete("/{invitation_id}", status_code=204)
def delete_invitation(session: SessionDep, person: CurrentTherapist, invitation_id: UUID) -> None:
    """Take back one of my invitations."""
    invitations.withdraw(session, person, invitation_id)
