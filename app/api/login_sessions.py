"""One's own devices: listed, and signed out from afar."""

from uuid import UUID

from fastapi import APIRouter

from app.api.deps import CurrentAccount, Now, OwnKey, SessionDep
from app.models.login_sessions import LoginSessionPublic
from app.services import login_sessions

router = APIRouter(prefix="/api/sessions", tags=["session"])


@router.get("")
def list_login_sessions(
    session: SessionDep, person: CurrentAccount, key: OwnKey, now: Now
) -> list[LoginSessionPublic]:
    """Where I am signed in, the latest used first."""
    return login_sessions.list_of(session, person, key, now=now)


@router.delete("/{session_id}", status_code=204)
def delete_login_session(session: SessionDep, person: CurrentAccount, session_id: UUID) -> None:
    """Sign one of my devices out."""
    login_sessions.end(session, person, session_id)
