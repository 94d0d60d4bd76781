"""What a therapist writes down of their sessions with a client: read and written by them, nobody else's business.

A note hangs on the sharing and stays when the client shares nothing any more: it is the therapist's own record,
and holds nothing of the client's data. It goes when either of the two deletes their account.
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from app.core.logging import hashed_id, log
from app.core.vault import DataKey, SealBroken
from app.domain.access import Person
from app.domain.errors import Conflict, Invalid, NotFound, Refused
from app.models.session_notes import (
    MOST_NOTES,
    SessionNote,
    SessionNotePublic,
    SessionNotePut,
    SessionNotesPublic,
    UnreadableNote,
)
from app.models.sharings import Sharing
from app.services import sharing_names

VERSION = 1


def own_client(session: Session, person: Person, sharing_id: UUID) -> Sharing:
    """Whom this therapist works with, whatever is shared by now. Raises `NotFound`."""
    mine = (col(Sharing.id) == sharing_id, col(Sharing.reader_id) == person.id, col(Sharing.role) == "therapist")
    found = session.scalar(select(Sharing).where(*mine))
    if found is None:
        raise NotFound()
    return found


def list_of(session: Session, sharing: Sharing, key: DataKey) -> SessionNotesPublic:
    """All of them, the latest session first. One that does not open hides itself and nothing else."""
    notes, unreadable = [], []
    for row in session.scalars(select(SessionNote).where(*_theirs(sharing)).order_by(col(SessionNote.updated_at))):
        try:
            notes.append(_public(row, key))
        except SealBroken:
            log.error("unreadable", table="session_note", row=hashed_id(row.id.hex))
            unreadable.append(UnreadableNote(id=row.id, updated_at=row.updated_at))
    notes.sort(key=lambda note: (note.session_on, note.updated_at), reverse=True)
    return SessionNotesPublic(called=sharing_names.called(sharing, key), notes=notes, unreadable=unreadable)


def put(
    session: Session, sharing: Sharing, key: DataKey, note_id: UUID, body: SessionNotePut, *, now: datetime
) -> SessionNotePublic:
    """The whole note; sending it twice is harmless.

    Raises `Conflict` (note-conflict) with the stored note if it was changed meanwhile, `NotFound` if it is not
    there or somebody else's, `Invalid` (note-empty), `Refused` (too-many-notes; note-deleted, for good: a save
    that was overtaken by the deletion comes too late).
    """
    if not body.reflection.strip() and all(moment.empty for moment in body.moments):
        raise Invalid("note-empty", ({"field": "moments", "code": "note-empty"},))
    # One at a time for each client: they are counted right, and one that is sent twice at once is one note.
    session.execute(select(col(Sharing.id)).where(col(Sharing.id) == sharing.id).with_for_update())
    row = session.scalar(select(SessionNote).where(col(SessionNote.id) == note_id).with_for_update())
    if row is None and body.base_revision > 0:
        raise NotFound()
    if row is None:
        _check_room(session, sharing)
        row = SessionNote(
            id=note_id,
            sharing_id=sharing.id,
            account_id=sharing.reader_id,
            revision=0,
            updated_at=now,
        )
    elif row.sharing_id != sharing.id:
        raise NotFound()
    elif row.sealed is None:
        raise Refused("note-deleted")
    words = body.model_dump(mode="json", exclude={"base_revision"})
    words["moments"] = [each.model_dump() for each in body.moments if not each.empty]
    if row.revision != body.base_revision:
        stored = _public(row, key)
        if _words(stored) == words:
            return stored
        raise Conflict("note-conflict", {"stored": stored.model_dump(mode="json")})
    row.revision += 1
    row.sealed = key.seal({"v": VERSION, **words}, _place(row))
    row.updated_at = now
    session.add(row)
    session.flush()
    return _public(row, key)


def delete(session: Session, sharing: Sharing, note_id: UUID) -> None:
    """Nothing that was written stays. Raises `NotFound`."""
    this = select(SessionNote).where(col(SessionNote.id) == note_id, *_theirs(sharing))
    row = session.scalar(this)
    if row is None:
        raise NotFound()
    row.sealed = None
    session.add(row)
    session.flush()


def _theirs(sharing: Sharing) -> tuple[ColumnElement[bool], ...]:
    """What this therapist wrote of this client and did not delete. A sharing has one reader, for good."""
    return col(SessionNote.sharing_id) == sharing.id, col(SessionNote.sealed).is_not(None)


def _check_room(session: Session, sharing: Sharing) -> None:
    written = session.scalar(select(func.count()).select_from(SessionNote).where(*_theirs(sharing)))
    if (written or 0) >= MOST_NOTES:
        raise Refused("too-many-notes")


def _place(row: SessionNote) -> str:
    return f"session_note|{row.id.hex}|{row.sharing_id.hex}|{row.revision}"


def _public(row: SessionNote, key: DataKey) -> SessionNotePublic:
    assert row.sealed is not None  # noqa: S101 - see `_theirs` and `put`
    opened = key.open(row.sealed, _place(row))
    opened.pop("v")
    return SessionNotePublic(id=row.id, revision=row.revision, updated_at=row.updated_at, **opened)


def _words(note: SessionNotePublic) -> dict[str, object]:
    return note.model_dump(mode="json", include={"session_on", "moments", "reflection"})
