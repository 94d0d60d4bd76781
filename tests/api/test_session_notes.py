"""A therapist's own notes: theirs alone, kept while the sharing is, sealed, and never lost by sending twice."""

import json
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from typing import Any
from uuid import UUID, uuid4

import pytest
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.session_notes import MOST_MOMENTS, SessionNote
from app.rendering import pdf
from app.services import session_notes
from sqlalchemy import select, text

from tests.cast import PASSWORD, Cast, Player, days_ago
from tests.logs import logging_on
from tests.sharing import EVERYTHING, shared

CANARY = "canary-in-a-note"
NOTE: dict[str, Any] = {
    "session_on": days_ago(3),
    "moments": [
        {
            "words": f"I am two people. {CANARY}",
            "situation": "at work",
            "affect": "torn",
            "theme": "two people",
            "intensity": 7,
        },
        {"words": "", "situation": "", "affect": "", "theme": "sleep", "intensity": None},
    ],
    "reflection": "a lot to hold",
}


class Desk:
    """Theo, Ana who shares a fortnight with him, and the notes he writes."""

    def __init__(self, cast: Cast) -> None:
        self.theo = cast.theo
        self.fortnight = cast.ana.started()
        self.sharing = shared(cast.ana, cast.theo, self.fortnight, EVERYTHING)
        self.at = f"/api/clients/{self.sharing['id']}"

    def put(self, note_id: str, base: int = 0, *, who: Player | None = None, **more: Any) -> Any:
        body = {**NOTE, "base_revision": base, **more}
        return (who or self.theo).http.put(f"{self.at}/notes/{note_id}", json=body)

    def write(self, **more: Any) -> dict[str, Any]:
        answer = self.put(str(uuid4()), **more)
        assert answer.status_code == 200, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def notes(self) -> list[dict[str, Any]]:
        answer = self.theo.http.get(f"{self.at}/notes")
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        found: list[dict[str, Any]] = answer.json()["notes"]
        return found

    def supervision(self, form: str = "", **ask: Any) -> Any:
        body = {"notes": [note["id"] for note in self.notes()], "parts": ["words", "reflection"], **ask}
        return self.theo.http.post(f"{self.at}/supervision{form}", json=body)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)


def test_written_read_changed_deleted(desk: Desk) -> None:
    first = desk.write()
    assert {name: first[name] for name in NOTE} == NOTE
    later = desk.write(session_on=days_ago(1))
    oldest = desk.write(session_on=days_ago(9))
    assert [note["id"] for note in desk.notes()] == [later["id"], first["id"], oldest["id"]]
    assert desk.theo.http.get(f"{desk.at}/notes").json()["called"] == "R."
    changed = desk.put(first["id"], 1, reflection="on second thought", moments=[])
    assert (changed.status_code, changed.json()["revision"]) == (200, 2)
    assert desk.notes()[1] == changed.json()
    gone = f"{desk.at}/notes/{first['id']}"
    assert [desk.theo.http.delete(gone).status_code for _ in range(2)] == [204, 404]
    assert [note["id"] for note in desk.notes()] == [later["id"], oldest["id"]]
    assert desk.put(str(uuid4()), 1).status_code == 404, "what was never there is not changed"


def test_sending_twice_is_harmless_and_two_devices_lose_nothing(desk: Desk) -> None:
    note_id = str(uuid4())
    once, twice = desk.put(note_id), desk.put(note_id)
    assert (twice.status_code, twice.json()) == (200, once.json())
    assert len(desk.notes()) == 1
    other = desk.put(note_id, 0, reflection="from another device")
    assert (other.status_code, other.json()["code"]) == (409, "note-conflict")
    assert other.json()["stored"] == once.json()
    assert desk.notes() == [once.json()]


def test_a_note_needs_something_and_keeps_no_empty_moments(desk: Desk) -> None:
    empty = {"words": " ", "situation": "", "affect": "", "theme": "", "intensity": None}
    refused = desk.put(str(uuid4()), moments=[empty], reflection=" \n")
    assert (refused.status_code, refused.json()["code"]) == (422, "note-empty")
    assert desk.put(str(uuid4()), moments=[], reflection="").status_code == 422
    kept = desk.write(moments=[empty, NOTE["moments"][0]])
    assert kept["moments"] == [NOTE["moments"][0]]
    zero = {**empty, "words": "", "intensity": 0}
    assert desk.write(moments=[zero])["moments"][0]["intensity"] == 0, "nought is an answer"


@pytest.mark.parametrize(
    "more",
    [
        {"moments": [NOTE["moments"][0]] * (MOST_MOMENTS + 1)},
        {"moments": [{"intensity": 11}]},
        {"moments": [{"intensity": -1}]},
        {"moments": [{"words": "x" * 601}]},
        {"reflection": "x" * 2001},
        {"session_on": "2026-02-30"},
    ],
)
def test_what_is_too_much_is_refused(desk: Desk, more: dict[str, Any]) -> None:
    answer = desk.put(str(uuid4()), **more)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input")


def test_there_is_an_end_to_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_notes, "MOST_NOTES", 2)
    desk.write()
    second = desk.write()
    refused = desk.put(str(uuid4()))
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-notes")
    assert desk.put(second["id"], 1).status_code == 200
    assert desk.theo.http.delete(f"{desk.at}/notes/{second['id']}").status_code == 204
    desk.write()


def test_two_at_once_do_not_write_one_too_many(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_notes, "MOST_NOTES", 1)
    original, both = session_notes._check_room, Barrier(2)

    def meanwhile(*args: Any) -> None:
        original(*args)
        with suppress(BrokenBarrierError):
            both.wait(timeout=1)

    monkeypatch.setattr(session_notes, "_check_room", meanwhile)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: desk.put(str(uuid4())).status_code, range(2)))
    assert sorted(answers) == [200, 409]
    assert len(desk.notes()) == 1


# Whose they are --------------------------------------------------------------------------------------------------


def test_nobody_else_gets_near(cast: Cast, desk: Desk) -> None:
    note = desk.write()
    tess = cast.player("tess", "therapist")
    hers = Desk.__new__(Desk)
    hers.theo, hers.sharing = tess, shared(cast.ana, tess, desk.fortnight, EVERYTHING)
    hers.at = f"/api/clients/{hers.sharing['id']}"
    for who, at in ((tess, desk.at), (cast.ana, desk.at), (cast.sam, desk.at), (tess, hers.at)):
        ask = {"notes": [note["id"]], "parts": ["words"]}
        answers = [
            who.http.put(f"{at}/notes/{note['id']}", json={**NOTE, "base_revision": 1}),
            who.http.delete(f"{at}/notes/{note['id']}"),
            *(who.http.post(f"{at}/supervision{form}", json=ask) for form in ("", "/text", "/pdf")),
        ]
        if at == desk.at:
            answers.append(who.http.get(f"{at}/notes"))
        assert {answer.status_code for answer in answers} == {404}
        assert not any(CANARY in answer.text for answer in answers)
    assert hers.notes() == []
    assert desk.notes() == [note]


def test_a_note_stands_with_the_client_whom_it_is_about(cast: Cast, desk: Desk) -> None:
    note = desk.write()
    other = shared(cast.sam, cast.theo, cast.sam.started(), EVERYTHING)
    at, ask = f"/api/clients/{other['id']}", {"notes": [note["id"]], "parts": ["words"]}
    assert cast.theo.http.get(f"{at}/notes").json()["notes"] == []
    assert cast.theo.http.delete(f"{at}/notes/{note['id']}").status_code == 404
    assert cast.theo.http.post(f"{at}/supervision", json=ask).status_code == 404
    assert desk.notes() == [note]


def test_a_supporter_has_no_notes(cast: Cast, desk: Desk) -> None:
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(text("UPDATE sharing SET role = 'supporter'"))
    assert desk.theo.http.get(f"{desk.at}/notes").status_code == 404


@pytest.mark.parametrize("how", ["withdraw", "end", "pause", "delete the fortnight"])
def test_they_stay_when_nothing_is_shared_any_more(cast: Cast, desk: Desk, how: str) -> None:
    note = desk.write()
    mine, fortnight = f"/api/sharings/{desk.sharing['id']}", desk.fortnight["id"]
    done = {
        "withdraw": lambda: cast.ana.http.delete(f"{mine}/experiments/{fortnight}"),
        "end": lambda: cast.ana.http.delete(mine),
        "pause": lambda: cast.ana.http.post(f"{mine}/pause"),
        "delete the fortnight": lambda: cast.ana.http.delete(f"/api/experiments/{fortnight}"),
    }[how]()
    assert done.status_code == 204, done.text
    assert desk.theo.http.get(desk.at).status_code == 404
    assert desk.notes() == [note]
    assert desk.put(note["id"], 1, reflection="later").status_code == 200
    [line] = desk.theo.http.get("/api/clients").json()
    assert (line["id"], line["shared"]) == (desk.sharing["id"], False), "the list still leads to them"


@pytest.mark.parametrize("who", ["ana", "theo"])
def test_they_go_with_either_account(cast: Cast, desk: Desk, who: str) -> None:
    desk.write()
    gone: Player = getattr(cast, who)
    assert gone.http.request("DELETE", "/api/account", json={"password": PASSWORD}).status_code == 204
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        assert session.scalars(select(SessionNote)).all() == []


def test_the_client_is_told_of_none_of_it(cast: Cast, desk: Desk) -> None:
    before = cast.ana.http.get("/api/sharings").text
    desk.write()
    desk.supervision()
    assert cast.ana.http.get("/api/sharings").text == before
    assert CANARY not in desk.theo.http.get(desk.at).text, "no notes in the page that two people may look at"


# Sealed ----------------------------------------------------------------------------------------------------------


def test_nothing_of_a_note_is_in_the_database_or_in_a_log(
    cast: Cast, desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    with logging_on():
        note = desk.write()
        desk.put(note["id"], 5)
        desk.put(str(uuid4()), session_on=CANARY)
        for form in ("", "/text", "/pdf"):
            assert desk.supervision(form).status_code == 200
    out, err = capfd.readouterr()
    assert CANARY not in out + err
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        rows = [repr(tuple(row)) for row in session.execute(text("SELECT * FROM session_note"))]
    assert len(rows) == 1
    assert not any(word in rows[0] for word in (CANARY, "two people", days_ago(3), "hold"))
    if cast.house.engine.dialect.name == "sqlite":
        files = [path.read_bytes() for path in cast.house.settings.data.glob("fortnight.sqlite3*")]
        assert files and not any(CANARY.encode() in content for content in files)


def test_a_sealed_note_opens_only_at_its_place(cast: Cast, desk: Desk) -> None:
    first, second = desk.write(), desk.write(reflection="another")
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        rows = {str(row.id): row for row in session.scalars(select(SessionNote))}
        rows[first["id"]].sealed = rows[second["id"]].sealed
    assert [note["id"] for note in desk.notes()] == [second["id"]]


def test_what_a_note_said_before_opens_no_more_in_its_place(cast: Cast, desk: Desk) -> None:
    note = desk.write()
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        old = session.get_one(SessionNote, UUID(note["id"])).sealed
    assert desk.put(note["id"], 1, reflection="on second thought").status_code == 200
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.get_one(SessionNote, UUID(note["id"])).sealed = old
    assert desk.notes() == []


def test_a_note_that_does_not_open_hides_itself_and_nothing_else(
    cast: Cast, desk: Desk, capfd: pytest.CaptureFixture[str]
) -> None:
    broken, whole = desk.write(session_on=days_ago(9)), desk.write()
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        row = session.get_one(SessionNote, UUID(broken["id"]))
        row.sealed = b"\x01" + b"x" * 60
    with logging_on():
        told = desk.theo.http.get(f"{desk.at}/notes").json()
    assert told["notes"] == [whole]
    assert told["unreadable"] == [{"id": broken["id"], "updated_at": broken["updated_at"]}]
    said = "".join(capfd.readouterr())
    assert "unreadable" in said and "session_note" in said and UUID(broken["id"]).hex not in said
    for form in ("", "/text", "/pdf"):
        assert desk.supervision(form).status_code == 200
        assert desk.supervision(form, notes=[broken["id"]]).status_code == 404
    assert desk.supervision().json()["sessions"][0]["title"] == "Session 1"
    assert desk.theo.http.delete(f"{desk.at}/notes/{broken['id']}").status_code == 204
    assert desk.theo.http.get(f"{desk.at}/notes").json()["unreadable"] == []


# What is taken along ---------------------------------------------------------------------------------------------


def test_a_preview_says_what_goes_and_why(desk: Desk) -> None:
    words = {**NOTE["moments"][0], "words": "R. met Dr. Brandt and theo at the bakery on 12.3.2026."}
    desk.write(session_on=days_ago(30), moments=[words])
    desk.write(session_on=days_ago(16), moments=[words], reflection="R.'s sister, r@example.org")
    answer = desk.supervision(remove=["the bakery"])
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert [session["title"] for session in made["sessions"]] == [
        "Session 1",
        "Session 2, 14 days after the first",
    ]
    whole = json.dumps(made["sessions"])
    left = [
        "".join(piece["text"] for piece in part["pieces"])
        for session in made["sessions"]
        for part in session["parts"]
    ]
    assert left[0] == "[name] met [name] and [name] at [removed] on [date]."
    assert left[-1] == "[name]'s sister, [e-mail]"
    assert days_ago(30) not in whole
    removed = {one["was"]: (one["kind"], one["times"]) for one in made["removals"]}
    assert removed == {
        "R.": ("name", 3),
        "Dr. Brandt": ("name", 2),
        "theo": ("name", 2),
        "the bakery": ("removed", 2),
        "12.3.2026": ("date", 2),
        "r@example.org": ("e-mail", 1),
    }


def test_only_the_chosen_parts_and_sessions_leave(desk: Desk) -> None:
    first, second = desk.write(session_on=days_ago(30)), desk.write(session_on=days_ago(30), reflection="secret")
    answer = desk.supervision(notes=[second["id"]], parts=["theme", "intensity"])
    [session] = answer.json()["sessions"]
    assert session["title"] == "Session 2, on the day of the first"
    assert [(part["part"], part["first"]) for part in session["parts"]] == [
        ("theme", True),
        ("intensity", False),
        ("theme", True),
    ]
    assert "secret" not in answer.text and CANARY not in answer.text
    assert desk.supervision(notes=[first["id"], str(uuid4())]).status_code == 404
    assert desk.supervision(parts=[]).status_code == 422


def test_the_files_say_what_the_preview_says(desk: Desk) -> None:
    desk.write(reflection="R. said so, in 中文 too")
    made = desk.supervision().json()
    plain = desk.supervision("/text")
    assert plain.headers["content-type"] == "text/plain; charset=utf-8"
    for session in made["sessions"]:
        for part in session["parts"]:
            assert f"{part['label']}: {''.join(piece['text'] for piece in part['pieces'])}" in plain.text
    assert "[name] said so, in 中文 too" in plain.text
    paper = desk.supervision("/pdf")
    assert paper.content.startswith(b"%PDF-")
    for answer, kind in ((plain, "txt"), (paper, "pdf")):
        assert answer.headers["content-disposition"].startswith('attachment; filename="fortnight-')
        assert answer.headers["content-disposition"].endswith(f'.{kind}"')
        assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("form", ["", "/text", "/pdf"])
def test_one_look_and_one_paper_at_a_time(
    cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    desk.write()
    assert cast.house.exporting.take(cast.theo.id, now=clock.now())
    busy = desk.supervision(form)
    assert (busy.status_code, busy.json()["code"]) == (429, "export-running")
    cast.house.exporting.give_back(cast.theo.id)
    assert desk.supervision(form, notes=[str(uuid4())]).status_code == 404
    assert [desk.supervision(form).status_code for _ in range(2)] == [200, 200], "each gives its turn back"


def test_a_paper_keeps_its_turn_until_it_is_drawn(cast: Cast, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write()
    original, others = pdf.draw, []

    def while_another_asks(*args: Any) -> bytes:
        others.append(cast.house.exporting.take(cast.theo.id, now=clock.now()))
        return original(*args)

    monkeypatch.setattr(pdf, "draw", while_another_asks)
    assert desk.supervision("/pdf").status_code == 200
    assert others == [False]
