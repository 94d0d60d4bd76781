"""A therapist's own session notes over HTTP, and what they take along to supervision.

What is shared by now makes no difference here, and nothing of the client's data is in it. Not their client: 404.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.api.deps import FRESH, CurrentTherapist, HouseDep, Now, OwnClient, OwnKey, SessionDep, reads
from app.api.files import ItsTurn, attached
from app.models.session_notes import (
    SessionNotePublic,
    SessionNotePut,
    SessionNotesPublic,
    SupervisionAsk,
    SupervisionPublic,
)
from app.rendering import pdf
from app.services import session_notes, supervision

router = APIRouter(prefix="/api/clients/{sharing_id}", tags=["session notes"])


@router.get("/notes")
def list_notes(session: SessionDep, sharing: OwnClient, key: OwnKey) -> SessionNotesPublic:
    return session_notes.list_of(session, sharing, key)


@router.put("/notes/{note_id}")
def put_note(
    session: SessionDep, sharing: OwnClient, key: OwnKey, now: Now, note_id: UUID, body: SessionNotePut
) -> SessionNotePublic:
    """The device names the note, so that sending it twice is harmless."""
    return session_notes.put(session, sharing, key, note_id, body, now=now)


@router.delete("/notes/{note_id}", status_code=204)
def delete_note(session: SessionDep, sharing: OwnClient, note_id: UUID) -> None:
    session_notes.delete(session, sharing, note_id)


def _made(
    house: HouseDep,
    session: SessionDep,
    person: CurrentTherapist,
    sharing: OwnClient,
    key: OwnKey,
    body: SupervisionAsk,
    _its_turn: ItsTurn,
) -> SupervisionPublic:
    """What would leave. It is written out after the transaction, and before the turn is given back."""
    made = supervision.build(session, house.vault, person, sharing, key, body)
    session.commit()
    return made


Made = Annotated[SupervisionPublic, Depends(_made)]


@router.post("/supervision")
@reads
def preview_supervision(made: Made) -> SupervisionPublic:
    """What would leave, and all that was removed from it."""
    return made


@router.post("/supervision/text", dependencies=[FRESH])
@reads
def get_supervision_text(made: Made, now: Now) -> Response:
    return attached(
        supervision.as_text(made).encode(), "text/plain; charset=utf-8", f"fortnight-{now:%Y-%m-%d}.txt"
    )


@router.post("/supervision/pdf", dependencies=[FRESH])
@reads
def get_supervision_pdf(made: Made, now: Now) -> Response:
    drawn = pdf.draw("supervision", supervision.as_data(made))
    return attached(drawn, "application/pdf", f"fortnight-{now:%Y-%m-%d}.pdf")
