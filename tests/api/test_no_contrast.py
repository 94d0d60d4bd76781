"""Where days may not be compared, no route gives a contrast: no mark on a rating, no side by side, no mean.

What the person wrote about doses is theirs to see: in the log, in their own check-ins, in their own export.
Nothing that Fortnight makes of it may set ratings beside doses. Every GET of an experiment is asked, and a new
one has to be added.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import iter_route_contexts

from tests.api.test_comparison import logged_fortnight, read
from tests.cast import Cast, days_ago

ONE = "/api/experiments/{experiment_id}"
MADE_BY_US = {f"{ONE}/comparison", f"{ONE}/figures", f"{ONE}/figures/{{name}}/plotly", f"{ONE}/export"}
WRITTEN_BY_THEM = {ONE, f"{ONE}/check-ins"}
# Keys that hold a contrast wherever they hold anything.
CONTRAST = {"numbers", "on", "off", "aside", "comparison", "interval", "estimate", "nap", "permutation_p"}
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
    answers = {
        "comparison": read(cast, experiment),
        "figures": {"figures": figures},
        "report": read(cast, experiment, "export")["report"],
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
