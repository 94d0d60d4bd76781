"""Session pages over HTTP: written by the client, read by their therapist as far as the client shows them."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from app.api.deps import Changes, CurrentAccount, CurrentTherapist, HouseDep, Now, OwnKey, SessionDep
from app.domain.session_pages import Kind
from app.models.session_pages import (
    AgendaPut,
    CheckPut,
    PageNumber,
    PageShow,
    SessionPagesPublic,
    ShownSessionPages,
)
from app.models.sharings import Sharing
from app.services import session_pages, shown_session_pages

router = APIRouter(prefix="/api", tags=["session pages"])
MINE = "/sharings/{sharing_id}/session-pages"


def _own_therapist(session: SessionDep, person: CurrentAccount, changes: Changes, sharing_id: UUID) -> Sharing:
    return session_pages.own(session, person, sharing_id, to_change=changes)


OwnTherapist = Annotated[Sharing, Depends(_own_therapist)]


@router.get(MINE)
def list_session_pages(session: SessionDep, sharing: OwnTherapist, key: OwnKey, now: Now) -> SessionPagesPublic:
    """Every page that I wrote for sessions with this therapist."""
    return session_pages.get(session, sharing, key, now=now)


@router.put(MINE + "/agenda/{number}")
def put_agenda(
    session: SessionDep, sharing: OwnTherapist, key: OwnKey, now: Now, number: PageNumber, body: AgendaPut
) -> SessionPagesPublic:
    """What I want to talk about. It stays mine until I show it."""
    return session_pages.put_agenda(session, sharing, key, number, body, now=now)


@router.put(MINE + "/check/{number}")
def put_check(
    session: SessionDep, sharing: OwnTherapist, key: OwnKey, now: Now, number: PageNumber, body: CheckPut
) -> SessionPagesPublic:
    """How a session was for me. It stays mine until I show it."""
    return session_pages.put_check(session, sharing, key, number, body, now=now)


@router.put(MINE + "/{kind}/{number}/shown")
def show_session_page(
    session: SessionDep,
    sharing: OwnTherapist,
    key: OwnKey,
    now: Now,
    kind: Kind,
    number: PageNumber,
    body: PageShow,
) -> SessionPagesPublic:
    """Let my therapist read this page, or take it back from the very next request on."""
    return session_pages.show(session, sharing, key, kind, number, body, now=now)


@router.delete(MINE + "/{kind}/{number}", status_code=204)
def delete_session_page(session: SessionDep, sharing: OwnTherapist, kind: Kind, number: PageNumber) -> None:
    """Take one page away for good."""
    session_pages.delete(session, sharing, kind, number)


@router.get("/clients/{sharing_id}/session-pages")
def get_client_session_pages(
    house: HouseDep, person: CurrentTherapist, now: Now, sharing_id: UUID
) -> ShownSessionPages:
    """What a client shows me of it. The client sees that it was opened."""
    return shown_session_pages.get(house, person, sharing_id, now=now)
