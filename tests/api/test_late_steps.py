"""A step that lets somebody see more, tapped before an end and arriving after it, undoes no end."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.cast import Cast, Player, days_ago
from tests.sharing import choose, invited, met, resume, seen_from, shared, show_doses, supported, yes

Fewer = Callable[[Player, str, str], Any]
LESS: dict[str, Fewer] = {
    "end": lambda ana, mine, _: ana.http.delete(mine),
    "withdraw": lambda ana, mine, fortnight: ana.http.delete(f"{mine}/experiments/{fortnight}"),
    "pause": lambda ana, mine, _: ana.http.post(f"{mine}/pause"),
    "no doses": lambda ana, mine, fortnight: ana.http.delete(f"{mine}/experiments/{fortnight}/doses"),
}


def refused(answer: Any, now: dict[str, int]) -> None:
    assert (answer.status_code, answer.json()["code"]) == (409, "sharing-conflict"), answer.text
    assert answer.json()["stored"]["revision"] == now["base_revision"]


@pytest.mark.parametrize("less", LESS)
@pytest.mark.parametrize("more", ["", "/doses"])
def test_a_late_step_to_more_is_refused_and_shows_how_it_stands(cast: Cast, less: str, more: str) -> None:
    fortnight = cast.ana.started(start_on=days_ago(1))
    assert cast.ana.put(fortnight, days_ago(1), mood=5, dose="not_taken").status_code == 200
    made = shared(cast.ana, cast.theo, fortnight, ["mood"])
    mine = f"/api/sharings/{made['id']}"
    assert show_doses(cast.ana, made["id"], fortnight["id"]).status_code == 200
    assert "not_taken" in cast.theo.http.get(f"/api/clients/{made['id']}").text
    seen = seen_from(cast.ana, made["id"])
    assert LESS[less](cast.ana, mine, fortnight["id"]).is_success
    before = cast.ana.http.get("/api/sharings").json()
    chosen = {} if more else {"fields": ["mood", "sleep"], "text_version": 1}
    late = cast.ana.http.put(f"{mine}/experiments/{fortnight['id']}{more}", json={**chosen, **seen})
    refused(late, seen_from(cast.ana, made["id"]))
    assert [late.json()["stored"]] == before == cast.ana.http.get("/api/sharings").json()
    page = cast.theo.http.get(f"/api/clients/{made['id']}")
    assert page.status_code == (200 if less == "no doses" else 404)
    assert "not_taken" not in page.text


def test_a_late_going_on_undoes_no_later_pause(cast: Cast) -> None:
    made = shared(cast.ana, cast.theo, cast.ana.started(), ["mood"])
    mine = f"/api/sharings/{made['id']}"
    assert cast.ana.http.post(f"{mine}/pause").status_code == 204
    seen = seen_from(cast.ana, made["id"])
    assert cast.ana.http.post(f"{mine}/resume", json=seen).status_code == 204
    assert cast.ana.http.post(f"{mine}/resume", json=seen).status_code == 204, "it goes on already"
    assert cast.ana.http.post(f"{mine}/pause").status_code == 204
    refused(cast.ana.http.post(f"{mine}/resume", json=seen), seen_from(cast.ana, made["id"]))
    assert cast.theo.http.get(f"/api/clients/{made['id']}").status_code == 404
    assert resume(cast.ana, made["id"]).status_code == 204
    assert cast.theo.http.get(f"/api/clients/{made['id']}").status_code == 200


def test_the_same_choice_again_after_a_lost_answer_is_one(cast: Cast) -> None:
    fortnight = cast.ana.started()
    made = shared(cast.ana, cast.theo, fortnight, ["mood"])
    at = f"/api/sharings/{made['id']}/experiments/{fortnight['id']}"
    body = {"fields": ["mood", "sleep"], "text_version": 1, "base_revision": made["revision"]}
    first, again = cast.ana.http.put(at, json=body), cast.ana.http.put(at, json=body)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert len(again.json()["consents"]) == 2
    refused(cast.ana.http.put(at, json={**body, "text_version": 2}), seen_from(cast.ana, made["id"]))


def test_renewed_twice_from_one_screen_it_is_renewed_once(cast: Cast) -> None:
    fortnight = cast.ana.started()
    made = supported(cast.ana, cast.mia, fortnight, ["mood"])
    at = f"/api/sharings/{made['id']}/experiments/{fortnight['id']}"
    body = {"fields": ["mood"], "text_version": 1, "base_revision": made["revision"]}
    assert cast.ana.http.put(at, json=body).status_code == 200
    refused(cast.ana.http.put(at, json=body), seen_from(cast.ana, made["id"]))


def test_a_first_choice_that_comes_late_undoes_no_other_one(cast: Cast) -> None:
    fortnight = cast.ana.started()
    fresh = met(cast.ana, cast.mia)
    seen = {"base_revision": fresh["revision"]}
    assert choose(cast.ana, fresh["id"], fortnight["id"], ["sleep"]).status_code == 200
    at = f"/api/sharings/{fresh['id']}/experiments/{fortnight['id']}"
    late = cast.ana.http.put(at, json={"fields": ["sleep", "mood"], "text_version": 1, **seen})
    refused(late, seen_from(cast.ana, fresh["id"]))


def test_a_new_yes_by_a_new_invitation_counts_as_a_step(cast: Cast) -> None:
    fortnight = cast.ana.started()
    made = shared(cast.ana, cast.theo, fortnight, ["mood"])
    assert yes(cast.ana, invited(cast.theo)["code"], fortnight, ["sleep"]).status_code == 201
    at = f"/api/sharings/{made['id']}/experiments/{fortnight['id']}"
    late = {"fields": ["mood", "sleep"], "text_version": 1, "base_revision": made["revision"]}
    refused(cast.ana.http.put(at, json=late), seen_from(cast.ana, made["id"]))


def test_openings_are_no_steps(cast: Cast) -> None:
    made = shared(cast.ana, cast.theo, cast.ana.started(), ["mood"])
    assert cast.theo.http.get(f"/api/clients/{made['id']}").status_code == 200
    assert seen_from(cast.ana, made["id"]) == {"base_revision": made["revision"]}
