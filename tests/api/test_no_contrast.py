"""Where days may not be compared, no route gives a contrast: no mark on a rating, no side by side, no mean.

What the person wrote about doses is theirs to see: in the log, in their own check-ins, in their own export.
Nothing that Fortnight makes of it may set ratings beside doses. Every GET of an experiment is asked, and a new
one has to be added.
"""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from app.domain.sharing import FIELDS
from app.models.experiments import Plan
from fastapi.routing import iter_route_contexts

from tests.api.test_archive import taken
from tests.api.test_comparison import DOSES, MOODS, logged_fortnight, read
from tests.briefs import look, prepare
from tests.cast import Cast, days_ago

ONE = "/api/experiments/{experiment_id}"
MADE_BY_US = {
    f"{ONE}/{each}" for each in ("comparison", "figures", "figures/{name}/plotly", "export", "archive", "brief")
}
# A copy, and the PDF of it, is the page that `brief` gives.
WRITTEN_BY_THEM = {
    ONE,
    *(f"{ONE}/{each}" for each in ("check-ins", "reminders", "reflections", "review", "visit")),
    *(f"{ONE}/briefs{each}" for each in ("", "/{brief_id}", "/{brief_id}/pdf", "/{brief_id}/links")),
}
EVERYTHING = {"fields": list(FIELDS)}
# Keys that hold a contrast wherever they hold anything.
CONTRAST = {"sides", "numbers", "on", "off", "aside", "comparison", "interval", "estimate", "nap", "permutation_p"}
MARKS = ("mark-on", "mark-off", "diamond", "circle-open", "6d3a86", "8a5600")


def found(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value in an answer with its place."""
    yield path, value
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inside:
        yield from found(each, f"{path}.{name}")


def assert_no_contrast(cast: Cast, experiment: dict[str, Any]) -> None:
    """Ask every route that makes something of a fortnight."""
    figures = read(cast, experiment, "figures")["figures"]
    assert prepare(cast.ana, experiment).status_code in {200, 409}
    files = taken(cast.ana, experiment)
    answers = {
        "brief": look(cast.ana, experiment),
        "comparison": read(cast, experiment),
        "figures": {"figures": figures},
        "report": read(cast, experiment, "export")["report"],
        "archive": json.loads(files["fortnight.json"])["report"],
        "fhir": json.loads(files["fhir.json"]),
        "shared": cast.ana.http.post(f"/api/experiments/{experiment['id']}/shared-view", json=EVERYTHING).json(),
        **{each["key"]: read(cast, experiment, f"figures/{each['key']}/plotly") for each in figures},
    }
    assert {"side-by-side", "prediction-range"}.isdisjoint(answers)
    for what, answer in answers.items():
        for path, value in found(answer):
            if path.rpartition(".")[2] in CONTRAST:
                assert value is None, f"{what}{path}"
            if path.endswith(".mark"):
                assert value == "ink", f"{what}{path}"
            if isinstance(value, str):
                assert not any(mark in value for mark in MARKS), f"{what}{path}"
    for figure in figures:
        cells = " ".join(cell for row in figure["table"]["rows"] for cell in row)
        assert "taken" not in cells.replace(experiment["medicine_label"], ""), figure["key"]
    days = cast.ana.http.get(f"/api/experiments/{experiment['id']}").json()
    assert days["comparison_opened_at"] is None


def test_every_route_of_an_experiment_is_asked(cast: Cast) -> None:
    asked = {
        context.path
        for context in iter_route_contexts(cast.app.routes)
        if "GET" in (context.methods or set()) and (context.path or "").startswith(ONE)
    }
    assert asked == MADE_BY_US | WRITTEN_BY_THEM


@pytest.mark.parametrize(
    "plan",
    [
        {"medicine": "lithium"},
        {"medicine": "sertraline", "prescriber_told": None},
        {"medicine": "fluoxetine"},
        {"medicine": "something unknown"},
        {"medicine": None},
        {"fits": None},
        {"fits": ["pregnant"]},
        {"way_in": "stopped", "stopped_on": "2026-01-01"},
        {"way_in": "never_started"},
        {"prescriber_told": None},
        {"length_days": 9},
    ],
)
def test_notice_only(cast: Cast, plan: dict[str, Any]) -> None:
    experiment = logged_fortnight(cast, **plan)
    assert read(cast, experiment)["result"] == "notice_only"
    assert_no_contrast(cast, experiment)


def test_before_the_end(cast: Cast) -> None:
    experiment = logged_fortnight(cast, ended=False)
    assert read(cast, experiment)["result"] == "not_yet"
    assert_no_contrast(cast, experiment)


def test_set_aside(cast: Cast) -> None:
    experiment = logged_fortnight(cast, ended=False)
    cast.ana.put(experiment, days_ago(0), base=1, mood=8, dose="taken", sleep_hours=7.5, thoughts="yes")
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert read(cast, experiment)["result"] == "set_aside"
    assert_no_contrast(cast, experiment)


def test_the_search_finds_a_contrast_where_there_is_one(cast: Cast) -> None:
    """Teeth: the same search on a fortnight that may be compared."""
    experiment = logged_fortnight(cast)
    with pytest.raises(AssertionError):
        assert_no_contrast(cast, experiment)


def changed(cast: Cast, experiment: dict[str, Any], **plan: Any) -> dict[str, Any]:
    """The whole plan again with something else in it."""
    url = f"/api/experiments/{experiment['id']}"
    now = cast.ana.http.get(url).json()
    whole = {name: now[name] for name in Plan.model_fields}
    answer = cast.ana.http.put(url, json={**whole, **plan, "base_revision": now["revision"]})
    assert answer.status_code == 200, answer.text
    after: dict[str, Any] = answer.json()
    return after


# What stands in the way of a comparison, and what takes it away.
OPENED_AFTERWARDS: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"medicine": "lithium"}, {"medicine": "methylphenidate"}),
    ({"medicine": "fluoxetine"}, {"medicine": "methylphenidate"}),
    ({"medicine": None}, {"medicine": "methylphenidate"}),
    ({"fits": None}, {"fits": ["none"]}),
    ({"way_in": "never_started"}, {"way_in": "some_days"}),
    ({"medicine": "melatonin", "pattern": "daily"}, {"pattern": "as_needed"}),
    (
        {"medicine": "lithium", "prescriber_told": None},
        {"medicine": "sertraline", "prescriber_told": {"told_on": "2026-01-10"}},
    ),
]


@pytest.mark.parametrize(("before", "after"), OPENED_AFTERWARDS)
def test_the_gate_does_not_open_after_the_fact(cast: Cast, before: dict[str, Any], after: dict[str, Any]) -> None:
    experiment = logged_fortnight(cast, ended=False, **{"length_days": 15, **before})
    assert experiment["gate"]["mode"] == "notice_only"
    later = changed(cast, experiment, **after)
    assert (later["gate"]["mode"], later["gate"]["blocked_by"]["key"]) == ("notice_only", "medicine-held")
    assert later["gate"]["caps"] == []
    assert later["changes"]
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    body = read(cast, experiment)
    assert body["result"] == "notice_only"
    assert "result-held" in [said["key"] for said in body["sentences"]]
    assert_no_contrast(cast, later)


def test_nor_before_the_first_rating_has_come_from_a_phone_without_a_network(cast: Cast) -> None:
    """Day 1 has begun: what is written there may be on a phone only."""
    experiment = cast.ana.started(start_on=days_ago(13), medicine="lithium")
    later = changed(cast, experiment, medicine="methylphenidate")
    assert [change["field"] for change in later["changes"]] == ["medicine"]
    for number, (dose, mood) in enumerate(zip(DOSES, MOODS, strict=True)):
        taken = "taken" if dose == "T" else "not_taken"
        cast.ana.put(experiment, days_ago(13 - number), mood=mood, dose=taken, sleep_hours=7.5)
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert read(cast, experiment)["result"] == "notice_only"
    assert_no_contrast(cast, later)


def test_nor_on_the_way_through_something_that_is_only_noticed(cast: Cast) -> None:
    experiment = logged_fortnight(cast, ended=False)
    changed(cast, experiment, medicine="lithium")
    later = changed(cast, experiment, medicine="methylphenidate")
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert read(cast, experiment)["result"] == "notice_only"
    assert_no_contrast(cast, later)


def test_nor_where_the_zone_is_moved_back_before_day_1(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 5, 4, 8, 0, tzinfo=UTC), tick=False):
        player = cast.player("una", "client")
        experiment = player.started(zone="Pacific/Kiritimati", medicine="lithium")
        url = f"/api/experiments/{experiment['id']}"
        plan = {name: experiment[name] for name in Plan.model_fields}
        moved = {**plan, "zone": "Pacific/Pago_Pago", "base_revision": experiment["revision"]}
        west = player.http.put(url, json=moved).json()
        assert (west["status"], west["changes"]) == ("scheduled", [])
        opened = {**moved, "medicine": "methylphenidate", "base_revision": west["revision"]}
        later = player.http.put(url, json=opened).json()
    assert [change["field"] for change in later["changes"]] == ["medicine"]
    assert later["gate"]["blocked_by"]["key"] == "medicine-held"


def test_before_day_1_everything_may_still_change(cast: Cast) -> None:
    experiment = cast.ana.started(start_on=days_ago(-2), medicine="lithium")
    later = changed(cast, experiment, medicine="methylphenidate")
    assert (later["gate"]["mode"], later["changes"]) == ("compare", [])
    again = changed(cast, experiment, question="Or am I?")
    assert (again["gate"]["mode"], again["changes"]) == ("compare", [])


def test_what_was_never_in_the_way_is_not_held(cast: Cast) -> None:
    """A change of words, and one from a medicine to another that may be compared, close nothing."""
    experiment = logged_fortnight(cast, ended=False)
    changed(cast, experiment, question="Or am I?")
    later = changed(cast, experiment, medicine="dexamfetamine")
    assert later["gate"]["mode"] == "compare"
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert (read(cast, experiment)["result"], read(cast, experiment)["caps"]) == (
        "cannot_tell",
        ["changed_after_start"],
    )


def test_nor_by_making_a_short_one_longer(cast: Cast) -> None:
    experiment = cast.ana.started(start_on=days_ago(5), length_days=9)
    assert changed(cast, experiment, length_days=14)["gate"]["blocked_by"]["key"] == "medicine-held"
