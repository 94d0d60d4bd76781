"""A session note that was deleted stays deleted, whatever save arrives after it."""

from concurrent.futures import ThreadPoolExecutor, wait
from uuid import UUID

from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.session_notes import SessionNote
from app.models.sharings import Sharing
from app.services import session_notes
from sqlalchemy import select
from sqlmodel import col

from tests.api.test_session_notes import CANARY, NOTE, Desk
from tests.cast import Cast


def test_what_was_deleted_does_not_come_back_by_a_save_that_is_late(cast: Cast) -> None:
    desk = Desk(cast)
    note = desk.write()
    assert desk.put(note["id"], 1, reflection="on second thought").status_code == 200
    at = f"{desk.at}/notes/{note['id']}"
    assert desk.theo.http.delete(at).status_code == 204
    for base in (0, 1, 2):
        late = desk.put(note["id"], base)
        assert (late.status_code, late.json()["code"]) == (409, "note-deleted")
        assert CANARY not in late.text
    assert cast.ana.http.put(at, json={**NOTE, "base_revision": 0}).status_code == 404
    told = desk.theo.http.get(f"{desk.at}/notes").json()
    assert (told["notes"], told["unreadable"]) == ([], [])
    assert desk.theo.http.delete(at).status_code == 404
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        assert session.scalars(select(col(SessionNote.sealed))).all() == [None]


def test_a_save_that_waited_for_the_deletion_is_late(cast: Cast) -> None:
    desk = Desk(cast)
    note = desk.write()
    with ThreadPoolExecutor(1) as pool:
        with unit_of_work(cast.house.engine, by=HOUSE) as session:
            sharing = session.get_one(Sharing, UUID(desk.sharing["id"]))
            session_notes.delete(session, sharing, UUID(note["id"]))
            late = pool.submit(desk.put, note["id"], 1, reflection="again")
            wait([late], timeout=1)
        assert late.result(timeout=20).json()["code"] == "note-deleted"
    assert desk.notes() == []
