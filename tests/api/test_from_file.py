"""Bringing back what was taken along: all of it is as it was, and a file that was changed harms nobody."""

import json
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.check_ins import CheckIn
from app.models.experiments import Experiment
from app.services.experiments import MOST_DRAFTS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests.api.test_comparison import logged_fortnight
from tests.api.test_counted_diaries import counted
from tests.api.test_diaries import COMPARED, MOODS, bring, csv_of, mapping_of
from tests.api.test_unreadable import break_day, break_plan
from tests.cast import Cast, Player, days_ago
from tests.contents import contents
from tests.taken_along import draft, everything, export

# What is worked out anew, or belongs to others: who could read, which copies and links were made.
NOT_BROUGHT = ("made_at", "reminders", "shared_with", "briefs", "session_pages", "gate")
SENTENCE = "These days were brought back from a file."


def back(who: Player, file: Any) -> Any:
    """The raw answer to bringing it back."""
    text = file if isinstance(file, str) else json.dumps(file)
    return who.http.post("/api/experiments/from-file", json={"file": text})


def brought(who: Player, file: Any) -> dict[str, Any]:
    answer = back(who, file)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def alike(file: dict[str, Any]) -> dict[str, Any]:
    """Without what differs: which fortnight it is, when the file was made, and that it was brought back."""
    same = {name: value for name, value in deepcopy(file).items() if name not in NOT_BROUGHT}
    del same["experiment"]["id"]
    if same["report"]:
        del same["report"]["made_at"]
        for said in (same["report"], same["report"]["report"]):
            said["sentences"] = [sentence for sentence in said["sentences"] if sentence != SENTENCE]
    return same


@pytest.mark.parametrize(
    "made", [everything, lambda cast: logged_fortnight(cast, ended=False)], ids=["over", "runs"]
)
def test_all_of_it_comes_back_as_it_was(cast: Cast, made: Callable[[Cast], dict[str, Any]]) -> None:
    before = export(cast.ana, made(cast))
    again = export(cast.sam, brought(cast.sam, before))
    assert alike(again) == alike(before)
    assert again["experiment"]["id"] != before["experiment"]["id"]
    assert (again["shared_with"], again["briefs"], again["session_pages"]) == ([], [], [])


def test_it_says_on_the_result_and_for_the_prescriber_where_it_came_from(cast: Cast) -> None:
    before = export(cast.ana, everything(cast))
    assert SENTENCE not in before["report"]["report"]["sentences"]
    made = brought(cast.sam, before)
    result = cast.sam.http.get(f"/api/experiments/{made['id']}/comparison").json()
    assert SENTENCE in [said["text"] for said in result["sentences"]]
    page = cast.sam.http.get(f"/api/experiments/{made['id']}/brief").text
    assert SENTENCE in page


@pytest.mark.parametrize(
    "made",
    [
        counted,
        lambda cast: bring(
            cast.ana,
            cast.ana.draft(**COMPARED),
            mapping=mapping_of(
                measures={"mood": {"column": "how I felt", "minimum": 0, "maximum": 20, "step": 0.5}},
                lag=1,
                skip=1,
            ),
        ).json(),
        lambda cast: bring(
            cast.ana,
            cast.ana.draft(**COMPARED),
            csv=csv_of(MOODS).replace(",no,", ",,"),
            mapping=mapping_of(dose_empty="not_taken"),
        ).json(),
        lambda cast: cast.ana.draft(
            medicine="m" * 70, medicine_label=None, prediction={"direction": "higher", "points": 1}
        ),
    ],
    ids=["counted", "own-scale", "empty-cells", "draft"],
)
def test_a_diary_and_a_draft_come_back_too(cast: Cast, made: Callable[[Cast], dict[str, Any]]) -> None:
    before = export(cast.ana, made(cast))
    assert alike(export(cast.sam, brought(cast.sam, before))) == alike(before)


def test_what_did_not_open_is_still_not_known(cast: Cast) -> None:
    over = logged_fortnight(cast)
    cast.ana.put(over, days_ago(5), base=1, mood=2)
    break_day(cast, over, days_ago(5), revision=2)
    before = export(cast.ana, over)
    made = brought(cast.sam, before)
    again = export(cast.sam, made)
    assert [row["unreadable"] for row in again["check_ins"]].count(True) == 1
    assert alike(again) == alike(before)
    break_plan(cast, over)
    assert back(cast.sam, export(cast.ana, over)).json()["code"] == "file-broken"


def test_what_was_expected_stays_sealed_while_it_runs_and_is_not_in_the_file(cast: Cast) -> None:
    runs = cast.ana.started(prediction={"direction": "lower", "points": 2})
    before = export(cast.ana, runs)
    assert before["experiment"]["prediction"] is None
    made = brought(cast.sam, before)
    assert (made["status"], made["prediction"], made["prediction_sealed"]) == ("running", None, False)


def test_it_can_go_on_where_it_came_back(cast: Cast) -> None:
    """A phone asks what is new and puts the next day as ever; no hour of a reminder comes along."""
    runs = logged_fortnight(cast, ended=False)
    made = brought(cast.sam, export(cast.ana, runs))
    days = cast.sam.http.get(f"/api/experiments/{made['id']}/check-ins", params={"since": 0}).json()
    assert (len(days["check_ins"]), days["cursor"]) == (14, 14)
    assert cast.sam.put(made, days_ago(0), base=1, mood=3).status_code == 200
    assert cast.sam.http.get(f"/api/experiments/{made['id']}/reminders").json()["on"] is False


def test_the_same_one_comes_once(cast: Cast) -> None:
    over = logged_fortnight(cast)
    file = export(cast.ana, over)
    assert back(cast.ana, file).json()["code"] == "already-here"
    made = brought(cast.sam, file)
    for again in (file, export(cast.sam, made)):
        refused = back(cast.sam, again)
        assert (refused.status_code, refused.json()["code"]) == (409, "already-here")
    assert cast.sam.http.delete(f"/api/experiments/{made['id']}").status_code == 204
    brought(cast.sam, file)


def test_one_fortnight_at_a_time(cast: Cast) -> None:
    cast.sam.started()
    runs = export(cast.ana, cast.ana.started())
    before = contents(cast)
    refused = back(cast.sam, runs)
    assert (refused.status_code, refused.json()["code"]) == (409, "another-experiment-open")
    assert contents(cast) == before
    brought(cast.sam, draft())


def test_drafts_have_their_number_however_they_come(cast: Cast) -> None:
    for _ in range(MOST_DRAFTS):
        brought(cast.ana, draft())
    assert back(cast.ana, draft()).json()["code"] == "too-many-drafts"


def put(file: dict[str, Any], path: str, value: Any) -> None:
    """`path` as in an error: names and numbers with points between."""
    *way, last = path.split(".")
    at: Any = file
    for step in way:
        at = at[int(step)] if isinstance(at, list) else at[step]
    if isinstance(at, list):
        at[int(last)] = value
    else:
        at[last] = value


SOON = "2099-01-01T00:00:00+00:00"
BROKEN: list[tuple[str, Any, str]] = [
    ("experiment.question", "", "experiment.question"),
    ("experiment.length_days", 40, "experiment.length_days"),
    ("experiment.zone", "Mars/Olympus", "experiment.zone"),
    ("experiment.primary", None, "experiment.primary"),
    ("experiment.primary", "own3", "experiment.primary"),
    ("experiment.start_on", None, "experiment.start_on"),
    ("experiment.start_on", "2190-01-01", "experiment.start_on"),
    ("experiment.started_at", SOON, "made_at"),
    ("experiment.started_at", None, "experiment.started_at"),
    ("experiment.revision", 0, "experiment.revision"),
    ("made_at", SOON, "made_at"),
    ("made_at", "yesterday", "made_at"),
    ("check_ins.3.answers.mood", 11, "check_ins.3.answers.mood"),
    ("check_ins.3.answers.colour", "red", "check_ins.3.answers.?"),
    ("check_ins.3.answers.own", {"a secret": 3}, "check_ins.3.answers.own.?.?"),
    ("check_ins.3.answers.note", "a\x00b", "check_ins.3.answers.note"),
    ("check_ins.3.day", "2001-01-01", "check_ins"),
    ("check_ins.3.revision", 2_000_000, "check_ins.3.revision"),
    ("check_ins.3.received_at", SOON, "made_at"),
    ("check_ins.3.zone", "Mars/Olympus", "check_ins.zone"),
    ("check_ins.3.answers.scaled", {"mood": "high"}, "check_ins.3.answers.scaled.mood"),
    ("check_ins", None, "check_ins"),
    ("reflections.rulers.0.importance", 11, "importance"),
    ("reflections.balance.0.updated_at", None, "reflections.balance.0.updated_at"),
    ("review.conclusion", "a" * 3000, "conclusion"),
    ("visit.effort_listen", 9, "effort_listen"),
]


@pytest.mark.parametrize(
    ("path", "value", "place"), BROKEN, ids=[f"{path}-{value!r:.12}" for path, value, _ in BROKEN]
)
def test_what_was_changed_is_refused_by_its_place_and_nothing_is_kept(
    files: dict[str, Any], shared_cast: Cast, path: str, value: Any, place: str
) -> None:
    file = deepcopy(files)
    put(file, path, value)
    sam = shared_cast.sam
    before = contents(shared_cast)
    answer = back(sam, file)
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "file-broken"
    assert place in [error["field"] for error in answer.json()["errors"]]
    assert contents(shared_cast) == before


@pytest.mark.parametrize("twice", ["check_ins", "reflections.rulers"])
def test_what_comes_once_does_not_come_twice(files: dict[str, Any], shared_cast: Cast, twice: str) -> None:
    file = deepcopy(files)
    rows = file["check_ins"] if twice == "check_ins" else file["reflections"]["rulers"]
    rows.append(rows[0])
    answer = back(shared_cast.sam, file)
    assert (answer.status_code, answer.json()["code"]) == (422, "file-broken")
    assert answer.json()["errors"][0]["field"] == twice


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "file-not-ours"),
        ("not json", "file-not-ours"),
        ("[]", "file-not-ours"),
        ("{}", "file-not-ours"),
        ("[" * 5000, "file-not-ours"),
        ('{"resourceType": "Bundle"}', "file-not-ours"),
        (draft().replace('"fortnight"', '"month"', 1), "file-not-ours"),
        (draft().replace('"version": 1', '"version": 2'), "file-newer"),
        (draft()[:-9], "file-not-ours"),
    ],
)
def test_what_is_no_such_file_says_so(shared_cast: Cast, text: str, code: str) -> None:
    answer = back(shared_cast.sam, text)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_a_file_of_before_the_marks_comes_back(files: dict[str, Any], shared_cast: Cast) -> None:
    file = deepcopy(files)
    file["experiment"]["id"] = str(uuid4())
    for name in ("marks", "reflections", "review", "visit", "diary"):
        del file[name]
    again = export(shared_cast.sam, brought(shared_cast.sam, file))
    assert alike(again)["report"] == alike(files)["report"]


def test_the_order_in_which_days_came_is_kept(cast: Cast) -> None:
    over = logged_fortnight(cast)
    cast.ana.put(over, days_ago(14), base=1, mood=1)
    made = brought(cast.sam, export(cast.ana, over))
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        rows = session.execute(
            select(CheckIn.day, CheckIn.revision)  # type: ignore[call-overload]
            .where(CheckIn.experiment_id == UUID(made["id"]))
            .order_by(CheckIn.cursor)
        ).all()
    assert [tuple(row) for row in rows][-1] == (days_ago(14), 2)
    assert len(rows) == 15


def test_it_is_for_clients(cast: Cast) -> None:
    assert back(cast.theo, draft()).status_code == 404
    assert cast.nobody.post("/api/experiments/from-file", json={"file": draft()}).status_code == 401


@pytest.fixture(scope="module")
def files(shared_cast: Cast) -> dict[str, Any]:
    return export(shared_cast.ana, everything(shared_cast))


JUNK: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=12)
    | st.just(SOON)
    | st.dates().map(str),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [at, *(place for name, each in inner for place in places(each, (*at, name)))]


def test_no_change_of_a_file_is_a_fault(files: dict[str, Any], shared_cast: Cast) -> None:
    """Any one place of it holds anything: it comes back, or it is refused with a sentence."""
    small = {**deepcopy(files), "report": None, "gate": None, "check_ins": files["check_ins"][:3]}
    found = [place for place in places(small) if place]
    seen: set[int] = set()

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(found), JUNK)
    def holds(place: tuple[Any, ...], junk: Any) -> None:
        file = deepcopy(small)
        file["experiment"]["id"] = str(uuid4())
        at: Any = file
        for step in place[:-1]:
            at = at[step]
        at[place[-1]] = junk
        answer = back(shared_cast.sam, file)
        seen.add(answer.status_code)
        assert answer.status_code in {201, 409, 422}, (place, junk, answer.text)
        if answer.status_code == 201:
            made = answer.json()["id"]
            for what in ("", "/check-ins?since=0", "/visit", "/review", "/reflections", "/export"):
                read = shared_cast.sam.http.get(f"/api/experiments/{made}{what}")
                assert read.status_code in {200, 409}, (place, junk, what, read.text)
            assert shared_cast.sam.http.delete(f"/api/experiments/{made}").status_code == 204

    holds()
    assert {201, 422} <= seen


def test_a_long_one_comes_back_too(shared_cast: Cast, files: dict[str, Any]) -> None:
    """Near what a body may hold: each day changed many times."""
    file = {**deepcopy(files), "report": None}
    file["experiment"]["id"] = str(uuid4())
    row = file["check_ins"][0]
    file["check_ins"] = [{**row, "revision": number, "answers": {"note": "a" * 300}} for number in range(1, 3500)]
    assert 1_700_000 < len(json.dumps(file)) < 2_000_000
    made = brought(shared_cast.sam, file)
    with unit_of_work(shared_cast.house.engine, by=HOUSE, read_only=True) as session:
        mine = CheckIn.experiment_id == UUID(made["id"])
        assert session.scalar(select(func.count()).select_from(CheckIn).where(mine)) == 3499  # type: ignore[arg-type]
        assert session.get(Experiment, UUID(made["id"])) is not None


def test_nothing_is_of_the_future_but_clocks_differ(shared_cast: Cast) -> None:
    file = json.loads(draft())
    file["experiment"]["created_at"] = (clock.now() + timedelta(hours=1)).isoformat()
    assert back(shared_cast.sam, file).json()["code"] == "file-broken"
    file["experiment"]["created_at"] = (clock.now() + timedelta(minutes=5)).isoformat()
    assert back(shared_cast.sam, file).status_code == 201
