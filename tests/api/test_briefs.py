"""The page for a prescriber: what is ticked stands on it, and what was looked at is what leaves."""

import io
import json
from typing import Any

import pytest
from app.core import clock
from app.services import exports
from pypdf import PdfReader

from tests.briefs import ALL_PARTS, VISIT, look, make, prepare
from tests.cast import Cast, days_ago

DOSES = ["taken" if taken == "1" else "not_taken" for taken in "1011001010"]
REASONS = ["forgot", "felt_bad", "forgot", None, "ran_out"]


@pytest.fixture
def over(cast: Cast) -> dict[str, Any]:
    """Ten of fourteen days, five of them without it; two days have a dry mouth."""
    words: dict[str, Any] = {"medicine_label": "the white one", "side_effects": ["dry mouth"]}
    words["own_measures"] = [{"key": "own1", "name": "drifting"}]
    fortnight = cast.ana.started(start_on=days_ago(15), **words)
    reasons = iter(REASONS)
    for number, dose in enumerate(DOSES):
        why = {"dose_reason": next(reasons)} if dose == "not_taken" else {}
        effects = {"side_effects": {"dry mouth": number % 3}} if number in (4, 5) else {}
        answers: dict[str, Any] = {"mood": 4 + number % 4, "sleep_hours": 6.5, "dose": dose, **why, **effects}
        answers |= {"like_myself": 6, "own": {"own1": 3}}
        assert cast.ana.put(fortnight, days_ago(15 - number), **answers).status_code == 200
    return fortnight


def test_what_is_prepared_is_kept_whole_and_in_order(cast: Cast, over: dict[str, Any]) -> None:
    empty = cast.ana.http.get(f"/api/experiments/{over['id']}/visit").json()
    assert (empty["revision"], empty["on_page"], empty["questions"], empty["unreadable"]) == (0, [], [], False)
    answer = prepare(cast.ana, over, on_page=["mood", "medicine", "mood"])
    assert answer.status_code == 200, answer.text
    kept = cast.ana.http.get(f"/api/experiments/{over['id']}/visit").json()
    assert kept == answer.json()
    assert kept["on_page"] == ["medicine", "mood"]
    assert {name: kept[name] for name in VISIT if name != "on_page"} == {
        name: VISIT[name] for name in VISIT if name != "on_page"
    }
    again = prepare(cast.ana, over, base=0, on_page=["medicine", "mood"])
    assert (again.status_code, again.json()["revision"]) == (200, 1), "the same words again change nothing"


def test_a_second_device_is_shown_what_the_first_one_wrote(cast: Cast, over: dict[str, Any]) -> None:
    assert prepare(cast.ana, over).status_code == 200
    late = prepare(cast.ana, over, words="from another phone")
    assert (late.status_code, late.json()["code"]) == (409, "visit-conflict")
    assert late.json()["stored"]["words"] == VISIT["words"]


def test_a_draft_has_no_page(cast: Cast) -> None:
    draft = cast.ana.draft()
    here = f"/api/experiments/{draft['id']}"
    answers = (
        prepare(cast.ana, draft),
        cast.ana.http.get(f"{here}/brief"),
        cast.ana.http.post(f"{here}/briefs", json={"seen": "x"}),
    )
    for refused in answers:
        assert (refused.status_code, refused.json()["code"]) == (409, "not-started")


def test_the_whole_page(cast: Cast, over: dict[str, Any]) -> None:
    prepare(cast.ana, over)
    page = look(cast.ana, over)["page"]
    assert page["title"] == "Two weeks with methylphenidate"
    assert page["made_by"] == "Made by R. B. for a visit with Dr Lind on 3 December 2026"
    about = {line["label"]: line["text"] for line in page["about"]}
    assert about["Medicine"] == "methylphenidate"
    assert about["Strength"] == "20 mg"
    assert about["Since"] == "March"
    assert about["What else changed"] == "New shifts at work."
    assert (page["question"], page["words"]) == (over["question"], VISIT["words"])
    assert (page["not_told"], page["questions"]) == (VISIT["not_told"], VISIT["questions"])
    assert page["without"] == "5 days without it: forgot 2, felt bad 1, ran out 1, no reason said 1."
    assert page["effects"]["table"]["rows"][0][:3] == ["Dry mouth", "2 days", "quite a bit"]
    assert page["not_logged"].startswith("Nothing of this was written on 4 of 14 days.")
    assert page["sides"]["table"]["rows"][0][0] == "Mood"
    assert page["ranges"] is None
    assert page["chart"]["paper"].startswith("<svg") and "mm" in page["chart"]["paper"][:200]
    assert page["limits"][-1].startswith("Written down by the patient")


@pytest.mark.parametrize("part", ALL_PARTS)
def test_what_is_not_ticked_is_nowhere_on_it(cast: Cast, over: dict[str, Any], part: str) -> None:
    prepare(cast.ana, over, on_page=[one for one in ALL_PARTS if one != part])
    page = look(cast.ana, over)["page"]
    told = json.dumps(page)
    gone: dict[str, list[str]] = {
        "medicine": ["methylphenidate", "20 mg", "the white one", "March", "New shifts"],
        "question": [over["question"]],
        "words": [VISIT["words"]],
        "not_told": [VISIT["not_told"]],
        "questions": VISIT["questions"],
        "mood": ["Mood", "mood", " 7.", "days taken"],
        "sleep": ["Hours of sleep", "6½"],
        "doses": ["taken", "without it", "forgot", "Doses", "points higher", "prescriber was told"],
        "reasons": ["forgot", "ran out", "felt bad"],
        "like_myself": ["myself"],
        "own_measures": ["drifting"],
        "side_effects": ["Dry mouth", "dry mouth", "quite a bit", "Side effects"],
    }
    assert [mark for mark in gone[part] if mark in told] == []
    whole = json.dumps(look_at_everything(cast, over))
    assert any(mark in whole for mark in gone[part]), "or this shows nothing"


def look_at_everything(cast: Cast, over: dict[str, Any]) -> dict[str, Any]:
    revision = cast.ana.http.get(f"/api/experiments/{over['id']}/visit").json()["revision"]
    assert prepare(cast.ana, over, base=revision).status_code == 200
    page: dict[str, Any] = look(cast.ana, over)["page"]
    return page


def test_only_what_was_looked_at_is_made(cast: Cast, over: dict[str, Any]) -> None:
    prepare(cast.ana, over)
    seen = look(cast.ana, over)
    assert look(cast.ana, over) == seen
    assert cast.ana.put(over, days_ago(3), mood=9).status_code == 200
    here = f"/api/experiments/{over['id']}/briefs"
    late = cast.ana.http.post(here, json={"seen": seen["stamp"]})
    assert (late.status_code, late.json()["code"]) == (409, "brief-changed")
    now = late.json()["stored"]
    assert now == look(cast.ana, over) != seen
    assert cast.ana.http.get(here).json() == []
    made = cast.ana.http.post(here, json={"seen": now["stamp"]})
    assert made.status_code == 201, made.text
    assert made.json()["page"] == now["page"]


def test_a_copy_stays_as_it_was(cast: Cast, over: dict[str, Any]) -> None:
    prepare(cast.ana, over)
    made = make(cast.ana, over)
    at = f"/api/experiments/{over['id']}/briefs/{made['id']}"
    assert cast.ana.put(over, days_ago(3), mood=9).status_code == 200
    assert prepare(cast.ana, over, base=1, words="Something else.").status_code == 200
    assert cast.ana.http.get(at).json() == made
    [listed] = cast.ana.http.get(f"/api/experiments/{over['id']}/briefs").json()
    assert listed == {**{name: made[name] for name in ("id", "page_id", "made_at")}, "open_links": 0}
    assert made["page_id"] in made["foot"] and "Fortnight" in made["foot"]
    assert cast.ana.http.delete(at).status_code == 204
    for answer in (cast.ana.http.get(at), cast.ana.http.get(f"{at}/pdf"), cast.ana.http.delete(at)):
        assert answer.status_code == 404
    assert cast.ana.http.get(f"/api/experiments/{over['id']}/briefs").json() == []


def test_a_copy_is_found_only_below_its_own_fortnight(cast: Cast, over: dict[str, Any]) -> None:
    prepare(cast.ana, over)
    made = make(cast.ana, over)
    other = cast.ana.started(start_on=days_ago(1))
    assert cast.ana.http.get(f"/api/experiments/{other['id']}/briefs/{made['id']}").status_code == 404
    assert cast.sam.http.get(f"/api/experiments/{over['id']}/briefs/{made['id']}/pdf").status_code == 404


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_the_pdf_is_one_page_and_says_the_same(
    cast: Cast, over: dict[str, Any], paper: str, size: tuple[int, int]
) -> None:
    prepare(cast.ana, over)
    made = make(cast.ana, over, paper)
    answer = cast.ana.http.get(f"/api/experiments/{over['id']}/briefs/{made['id']}/pdf")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    assert (
        answer.headers["content-disposition"] == f'attachment; filename="fortnight-{made["page_id"].lower()}.pdf"'
    )
    assert answer.headers["cache-control"] == "no-store"
    [page] = PdfReader(io.BytesIO(answer.content)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size
    found = squeezed(page.extract_text())
    for said in texts(made["page"]):
        assert squeezed(said) in found, said
    assert squeezed(made["foot"]) in found


def test_one_file_is_made_at_a_time(cast: Cast, over: dict[str, Any]) -> None:
    prepare(cast.ana, over)
    at = f"/api/experiments/{over['id']}/briefs/{make(cast.ana, over)['id']}/pdf"
    exports.take_turn(cast.house, cast.ana.id, now=clock.now())
    refused = cast.ana.http.get(at)
    assert (refused.status_code, refused.json()["code"]) == (429, "export-running")
    exports.give_back(cast.house, cast.ana.id)
    assert [cast.ana.http.get(at).status_code for _ in range(2)] == [200, 200], "each gives its turn back"


def texts(page: dict[str, Any]) -> list[str]:
    """Every sentence, cell and word of a page but for what its drawing says."""
    said = [page[name] for name in ("title", "question", "result_title", "without", "not_logged") if page[name]]
    said += [*page["result"], *page["questions"], *page["limits"], *page["words"].split("\n")]
    said += [line["text"] for line in page["about"]]
    for grid in (page["sides"], page["ranges"], page["effects"]):
        said += [cell for row in grid["table"]["rows"] for cell in row] if grid else []
    return said


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_a_fifty_first_copy_is_refused(cast: Cast, over: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.briefs.MOST", 2)
    prepare(cast.ana, over)
    made = [make(cast.ana, over) for _ in range(2)]
    here = f"/api/experiments/{over['id']}/briefs"
    body = {"seen": look(cast.ana, over)["stamp"]}
    refused = cast.ana.http.post(here, json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-briefs")
    assert cast.ana.http.delete(f"{here}/{made[0]['id']}").status_code == 204
    assert cast.ana.http.post(here, json=body).status_code == 201


def test_while_it_runs_and_while_it_is_covered_nothing_is_compared(cast: Cast, over: dict[str, Any]) -> None:
    running = cast.ana.started(start_on=days_ago(5))
    for number in range(4):
        cast.ana.put(running, days_ago(5 - number), mood=3 + number, dose="not_taken" if number % 2 else "taken")
    prepare(cast.ana, running)
    page = look(cast.ana, running)["page"]
    assert page["result_title"] == "Not yet"
    assert (page["sides"], "Doses" in json.dumps(page["chart"])) == (None, False)
    prepare(cast.ana, over)
    covered = cast.ana.http.put(f"/api/experiments/{over['id']}/comparison/cover", json={"covered": True})
    assert covered.status_code == 200
    page = look(cast.ana, over)["page"]
    assert (page["result"], page["sides"]) == ([], None)


def test_of_what_was_stopped_it_says_when(cast: Cast) -> None:
    words = {"way_in": "stopped", "stopped_on": days_ago(20), "medicine": "sertraline"}
    stopped = cast.ana.started(start_on=days_ago(15), **words)
    assert cast.ana.put(stopped, days_ago(10), mood=4).status_code == 200
    prepare(cast.ana, stopped)
    page = look(cast.ana, stopped)["page"]
    assert page["title"] == "Two weeks of notes, without sertraline"
    assert {"Stopped on"} <= {line["label"] for line in page["about"]}
    assert "Usual time" not in {line["label"] for line in page["about"]}
    assert page["ranges"]["table"]["rows"][0][0] == "Mood"
    assert page["sides"] is None


def test_an_empty_page_is_not_made(cast: Cast, over: dict[str, Any]) -> None:
    assert prepare(cast.ana, over, on_page=[]).status_code == 200
    body = {"seen": look(cast.ana, over)["stamp"]}
    refused = cast.ana.http.post(f"/api/experiments/{over['id']}/briefs", json=body)
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing-on-page")


@pytest.mark.parametrize("blank", ["\n \n", "\u3164", "  "])
def test_what_stands_on_one_line_is_one(cast: Cast, over: dict[str, Any], blank: str) -> None:
    kept = prepare(cast.ana, over, called=f" R.\n B. {blank}", prescriber=blank, questions=["What\nthen?"]).json()
    assert (kept["called"].split(), kept["prescriber"]) == (["R.", "B.", *blank.split()], "")
    assert kept["questions"] == ["What then?"]
    refused = prepare(cast.ana, over, base=1, questions=[blank])
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "questions.0")


def test_of_many_side_effects_the_first_stand_there_and_the_rest_are_counted(cast: Cast) -> None:
    fortnight = cast.ana.started(start_on=days_ago(5), side_effects=[])
    for number in range(2):
        effects = {f"effect {number}{each}": 1 for each in range(5)}
        answer = cast.ana.put(fortnight, days_ago(5 - number), mood=5, side_effects=effects)
        assert answer.status_code == 200, answer.text
    prepare(cast.ana, fortnight)
    found = look(cast.ana, fortnight)["page"]["effects"]
    assert (len(found["table"]["rows"]), found["note"]) == (8, "2 more were noted later.")


def test_on_the_first_day_it_says_no_number_of_days(cast: Cast) -> None:
    fortnight = cast.ana.started(start_on=days_ago(0))
    prepare(cast.ana, fortnight, on_page=["words"])
    assert look(cast.ana, fortnight)["page"]["title"] == "Notes so far"
