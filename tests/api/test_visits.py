"""The visit to the prescriber: practised, written down afterwards, and shared only by consent."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.visits import Visit, VisitWords
from sqlmodel import select

from tests.briefs import VISIT, prepare
from tests.cast import Cast, days_ago
from tests.sharing import EVERYTHING, choose, shared, supported


@pytest.fixture
def fortnight(cast: Cast) -> dict[str, Any]:
    return cast.ana.started(start_on=days_ago(3))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("effort_listen", 5),
        ("effort_listen", -1),
        ("effort_listen", 2.5),
        ("not_told", "x" * 301),
        ("answers", [{"they": "a", "me": "b"}] * 7),
        ("answers", [{"they": "x" * 161, "me": ""}]),
        ("review_on", "tomorrow"),
        ("options", [{"kind": "stay"}] * 9),
        ("options", [{"kind": "the best one"}]),
        ("options", [{"kind": "stay", "good": "x" * 201}]),
        ("step", "x" * 161),
    ],
)
def test_what_does_not_fit_is_refused_by_name(
    cast: Cast, fortnight: dict[str, Any], field: str, value: Any
) -> None:
    answer = prepare(cast.ana, fortnight, **{field: value})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input")
    assert answer.json()["errors"][0]["field"].startswith(field)
    assert cast.ana.http.get(f"/api/experiments/{fortnight['id']}/visit").json()["revision"] == 0


def test_one_written_before_there_was_more_to_write_opens_and_goes_on(
    cast: Cast, fortnight: dict[str, Any]
) -> None:
    """A row of the first release: what a page could not hold then is empty."""
    whole = VisitWords(words="Behind glass.", on_page=["words"]).model_dump(mode="json")
    first = ("called", "prescriber", "visit_on", "strength", "since", "changed", "words", "questions", "on_page")
    row = Visit(
        experiment_id=UUID(fortnight["id"]), revision=1, sealed=b"", updated_at=datetime(2026, 11, 1, tzinfo=UTC)
    )
    old = {"v": 1, **{name: whole[name] for name in first}}
    row.sealed = cast.ana.key.seal(old, f"visit|{row.experiment_id.hex}|1")
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.add(row)
    at = f"/api/experiments/{fortnight['id']}/visit"
    seen = cast.ana.http.get(at).json()
    assert (seen["words"], seen["answers"], seen["effort_listen"], seen["unreadable"]) == (
        "Behind glass.",
        [],
        None,
        False,
    )
    assert prepare(cast.ana, fortnight, base=1).json()["revision"] == 2


def test_every_word_of_it_is_sealed(cast: Cast, fortnight: dict[str, Any]) -> None:
    prepare(cast.ana, fortnight).raise_for_status()
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        row = session.exec(select(Visit)).one()
    assert b"May" not in row.sealed and b"bus" not in row.sealed


def _seen(cast: Cast, sharing: dict[str, Any]) -> Any:
    return cast.theo.http.get(f"/api/clients/{sharing['id']}").json()["newest"]["visit"]


def test_a_therapist_sees_it_by_consent_alone(cast: Cast, fortnight: dict[str, Any]) -> None:
    prepare(cast.ana, fortnight, on_page=["words"]).raise_for_status()
    but = [field for field in EVERYTHING if field != "visit"]
    sharing = shared(cast.ana, cast.theo, fortnight, but)
    assert _seen(cast, sharing) is None
    choose(cast.ana, sharing["id"], fortnight["id"], EVERYTHING).raise_for_status()
    seen = _seen(cast, sharing)
    private = ("called", "prescriber", "strength", "since", "changed", "on_page", "not_told")
    assert seen == {name: value for name, value in VISIT.items() if name not in private}
    choose(cast.ana, sharing["id"], fortnight["id"], ["mood"]).raise_for_status()
    assert _seen(cast, sharing) is None


@pytest.mark.parametrize("on_page", [["words"], ["not_told"]])
def test_what_was_not_told_is_on_the_page_alone(cast: Cast, fortnight: dict[str, Any], on_page: list[str]) -> None:
    prepare(cast.ana, fortnight, on_page=on_page).raise_for_status()
    sharing = shared(cast.ana, cast.theo, fortnight, EVERYTHING)
    page = cast.theo.http.get(f"/api/clients/{sharing['id']}")
    preview = cast.ana.http.post(f"/api/experiments/{fortnight['id']}/shared-view", json={"fields": ["visit"]})
    for answer in (page, preview):
        assert VISIT["decided"] in answer.text
        assert VISIT["not_told"] not in answer.text and "not_told" not in answer.text
    brief = cast.ana.http.get(f"/api/experiments/{fortnight['id']}/brief").json()["page"]
    assert brief["not_told"] == (VISIT["not_told"] if "not_told" in on_page else "")


def test_an_open_page_follows_what_is_written_and_nothing_that_is_not_shared(
    cast: Cast, fortnight: dict[str, Any]
) -> None:
    sharing = shared(cast.ana, cast.theo, fortnight, ["visit"])
    at = f"/api/clients/{sharing['id']}"
    before = cast.theo.http.get(f"{at}/standing").json()["stamp"]
    prepare(cast.ana, fortnight).raise_for_status()
    after = cast.theo.http.get(f"{at}/standing").json()["stamp"]
    assert after != before
    assert after == cast.theo.http.get(at).json()["stamp"]
    choose(cast.ana, sharing["id"], fortnight["id"], ["mood"]).raise_for_status()
    before = cast.theo.http.get(f"{at}/standing").json()["stamp"]
    prepare(cast.ana, fortnight, base=1, words="Something else.").raise_for_status()
    assert cast.theo.http.get(f"{at}/standing").json()["stamp"] == before


def test_nothing_written_is_nothing_to_see(cast: Cast, fortnight: dict[str, Any]) -> None:
    sharing = shared(cast.ana, cast.theo, fortnight, ["visit"])
    assert _seen(cast, sharing) is None
    only_for_the_page = {name: VISIT[name] for name in ("called", "prescriber", "strength", "not_told")}
    body = {**only_for_the_page, "base_revision": 0}
    cast.ana.http.put(f"/api/experiments/{fortnight['id']}/visit", json=body).raise_for_status()
    assert _seen(cast, sharing) is None


def test_somebody_close_can_be_let_see_it_too(cast: Cast, fortnight: dict[str, Any]) -> None:
    prepare(cast.ana, fortnight).raise_for_status()
    sharing = supported(cast.ana, cast.mia, fortnight, ["visit"])
    shown = cast.mia.http.get(f"/api/clients/{sharing['id']}")
    assert shown.json()["newest"]["visit"]["decided"] == VISIT["decided"]


def test_one_that_does_not_open_hides_itself_and_nothing_else(cast: Cast, fortnight: dict[str, Any]) -> None:
    prepare(cast.ana, fortnight).raise_for_status()
    sharing = shared(cast.ana, cast.theo, fortnight, ["mood", "visit"])
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.exec(select(Visit)).one().sealed = b"\x01" + b"x" * 60
    page = cast.theo.http.get(f"/api/clients/{sharing['id']}")
    assert (page.status_code, page.json()["newest"]["visit"]) == (200, None)


def test_it_goes_along_in_the_export(cast: Cast, fortnight: dict[str, Any]) -> None:
    prepare(cast.ana, fortnight).raise_for_status()
    whole = cast.ana.http.get(f"/api/experiments/{fortnight['id']}/export").json()
    assert whole["visit"]["answers"] == VISIT["answers"]
    assert whole["visit"]["not_told"] == VISIT["not_told"]
    assert json.dumps(whole["visit"]["effort_include"]) == "0"
