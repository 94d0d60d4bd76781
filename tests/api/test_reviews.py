"""Looking at a result together: kept covered, what the client made of it, doses for one session; the next one."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.reviews import Review
from app.services import sharings
from sqlalchemy import select, update
from sqlmodel import col

from tests.cast import Cast, Player, days_ago
from tests.sharing import EVERYTHING, choose, resume, shared, show_doses

SAYS = {"conclusion": "It was quieter than I thought.", "next_step": "ask_prescriber"}


@pytest.fixture
def over(cast: Cast) -> dict[str, Any]:
    """A fortnight that is over, with days that can be compared."""
    fortnight = cast.ana.started(start_on=days_ago(15), prediction={"direction": "lower", "points": 2})
    for number in range(14):
        dose, mood = ("not_taken", 7) if number % 3 else ("taken", 3)
        answer = cast.ana.put(fortnight, days_ago(15 - number), dose=dose, mood=mood + number % 2)
        assert answer.status_code == 200, answer.text
    return fortnight


def put(client: Player, fortnight: dict[str, Any], **body: Any) -> Any:
    return client.http.put(f"/api/experiments/{fortnight['id']}/review", json={"base_revision": 0, **body})


def cover(client: Player, fortnight: dict[str, Any], *, covered: bool) -> Any:
    return client.http.put(f"/api/experiments/{fortnight['id']}/comparison/cover", json={"covered": covered})


def page(cast: Cast, sharing: dict[str, Any]) -> dict[str, Any]:
    answer = cast.theo.http.get(f"/api/clients/{sharing['id']}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_there_is_nothing_until_something_is_kept(cast: Cast, over: dict[str, Any]) -> None:
    here = f"/api/experiments/{over['id']}/review"
    none = {"conclusion": "", "next_step": None, "revision": 0, "updated_at": None, "unreadable": False}
    assert cast.ana.http.get(here).json() == none
    kept = put(cast.ana, over, **SAYS)
    assert kept.status_code == 200, kept.text
    assert kept.json() == cast.ana.http.get(here).json()
    assert kept.json()["conclusion"] == SAYS["conclusion"]
    assert kept.json()["revision"] == 1
    whole = cast.ana.http.get(f"/api/experiments/{over['id']}/export").json()
    assert whole["review"]["next_step"] == "ask_prescriber"


def test_a_second_device_is_shown_what_the_first_one_wrote(cast: Cast, over: dict[str, Any]) -> None:
    assert put(cast.ana, over, **SAYS).status_code == 200
    late = put(cast.ana, over, conclusion="written on another phone")
    assert late.status_code == 409
    assert late.json()["code"] == "review-conflict"
    assert late.json()["stored"]["conclusion"] == SAYS["conclusion"]


def test_the_stamp_of_an_open_page_tells_nothing_of_what_is_not_shared(cast: Cast, over: dict[str, Any]) -> None:
    sharing = shared(cast.ana, cast.theo, over, ["mood"])
    before = page(cast, sharing)["stamp"]
    standing = f"/api/clients/{sharing['id']}/standing"
    assert put(cast.ana, over, **SAYS).status_code == 200
    assert cast.ana.put(over, days_ago(3), base_revision=1, mood=1).status_code == 200
    assert cast.theo.http.get(standing).json() == {"stamp": before}
    assert choose(cast.ana, sharing["id"], over["id"], ["mood", "conclusion"]).status_code == 200
    shown = cast.theo.http.get(standing).json()
    assert put(cast.ana, over, base_revision=1, conclusion="something else").status_code == 200
    assert cast.theo.http.get(standing).json() not in ({"stamp": before}, shown)


def test_a_draft_has_nothing_to_look_at(cast: Cast) -> None:
    refused = put(cast.ana, cast.ana.draft(), **SAYS)
    assert (refused.status_code, refused.json()["code"]) == (409, "not-started")


def test_a_covered_result_is_shown_to_nobody_before_they_look(cast: Cast, over: dict[str, Any]) -> None:
    sharing = shared(cast.ana, cast.theo, over, EVERYTHING)
    open_ = page(cast, sharing)["newest"]
    assert not open_["covered"] and open_["sentences"] and open_["result"] != "notice_only"
    assert cover(cast.ana, over, covered=True).json()["covered"]
    found = page(cast, sharing)
    covered = found["newest"]
    assert covered["covered"]
    assert (covered["sentences"], covered["result"]) == ([], "notice_only")
    assert {point["mark"] for row in covered["glance"] for point in row["dots"]} == {"ink"}
    assert covered["asks"][0]["key"] not in {"asking-unsettled", "asking-stands-out"}
    for figure in covered["figures"]:
        assert figure["key"] not in {"side-by-side", "prediction-range"}
    here = f"/api/experiments/{over['id']}"
    for path in ("comparison", "figures"):
        refused = cast.ana.http.get(f"{here}/{path}")
        assert (refused.status_code, refused.json()["code"]) == (409, "result-covered")
    assert cast.ana.http.get(f"{here}/export").json()["report"] is None
    assert cast.ana.http.get(here).json()["comparison_opened_at"] is None, "nobody has looked yet"
    assert not cover(cast.ana, over, covered=False).json()["covered"]
    assert cast.ana.http.get(f"{here}/comparison").status_code == 200
    again = page(cast, sharing)
    assert again["newest"] == open_
    assert again["stamp"] != found["stamp"], "an open page hears of it"


def test_while_it_runs_covering_changes_nothing_yet(cast: Cast) -> None:
    running = cast.ana.started(start_on=days_ago(5))
    cast.ana.put(running, days_ago(4), dose="taken", mood=4)
    sharing = shared(cast.ana, cast.theo, running, EVERYTHING)
    before = page(cast, sharing)
    assert cover(cast.ana, running, covered=True).status_code == 200
    assert cast.ana.http.get(f"/api/experiments/{running['id']}/comparison").status_code == 200
    assert page(cast, sharing) == before, "nor does an open page hear of it"


def test_what_the_client_made_of_it_is_shown_where_they_chose_so(cast: Cast, over: dict[str, Any]) -> None:
    sharing = shared(cast.ana, cast.theo, over, ["mood"])
    assert put(cast.ana, over, **SAYS).status_code == 200
    assert page(cast, sharing)["newest"]["conclusion"] is None
    assert choose(cast.ana, sharing["id"], over["id"], ["mood", "conclusion"]).status_code == 200
    found = page(cast, sharing)["newest"]["conclusion"]
    assert found == {"words": SAYS["conclusion"], "next_step": "ask_prescriber"}


def test_doses_are_shown_for_one_session(
    cast: Cast, over: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    sharing = shared(cast.ana, cast.theo, over, ["mood"])
    doses = f"/api/sharings/{sharing['id']}/experiments/{over['id']}/doses"
    before = page(cast, sharing)
    assert "not_taken" not in str(before)
    shown = show_doses(cast.ana, sharing["id"], over["id"])
    assert shown.status_code == 200
    until = shown.json()["consents"][0]["doses_until"]
    during = page(cast, sharing)
    assert "not_taken" in str(during)
    assert during["stamp"] != before["stamp"]
    assert during["newest"]["result"] != "notice_only"
    assert cast.ana.http.get("/api/sharings").json()[0]["consents"][0]["fields"] == ["mood"], "the choice is kept"
    assert cast.ana.http.delete(doses).status_code == 200
    assert page(cast, sharing) == before
    assert show_doses(cast.ana, sharing["id"], over["id"]).status_code == 200
    later = clock.now() + sharings.ONE_SESSION
    assert later.isoformat()[:16] >= until[:16]
    monkeypatch.setattr(clock, "now", lambda: later)
    assert "not_taken" not in str(page(cast, sharing)), "it ends by itself"


def test_no_doses_where_nothing_is_shared(cast: Cast, over: dict[str, Any]) -> None:
    sharing = shared(cast.ana, cast.theo, over, ["mood"])
    here = f"/api/sharings/{sharing['id']}"
    doses = (cast.ana, sharing["id"], over["id"])
    assert cast.ana.http.post(f"{here}/pause").status_code == 204
    assert show_doses(*doses).status_code == 404
    assert resume(cast.ana, sharing["id"]).status_code == 204
    assert show_doses(*doses).status_code == 200
    assert cast.ana.http.delete(f"{here}/experiments/{over['id']}").status_code == 204
    assert show_doses(*doses).status_code == 404
    assert cast.theo.http.get(f"/api/clients/{sharing['id']}").status_code == 404


def test_doses_of_a_session_do_not_come_back_after_a_pause(cast: Cast, over: dict[str, Any]) -> None:
    sharing = shared(cast.ana, cast.theo, over, ["mood"])
    here = f"/api/sharings/{sharing['id']}"
    assert show_doses(cast.ana, sharing["id"], over["id"]).status_code == 200
    assert "not_taken" in str(page(cast, sharing))
    assert cast.ana.http.post(f"{here}/pause").status_code == 204
    assert resume(cast.ana, sharing["id"]).status_code == 204
    assert "not_taken" not in str(page(cast, sharing))


def test_a_review_that_does_not_open_hides_nothing_else(cast: Cast, over: dict[str, Any]) -> None:
    sharing = shared(cast.ana, cast.theo, over, ["mood", "conclusion"])
    assert put(cast.ana, over, **SAYS).status_code == 200
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(update(Review).values(sealed=b"not what it was"))
    here = f"/api/experiments/{over['id']}"
    found = cast.ana.http.get(f"{here}/review")
    assert found.json() == {**found.json(), "unreadable": True, "conclusion": "", "revision": 1}
    assert cast.ana.http.get(f"{here}/export").status_code == 200
    assert page(cast, sharing)["newest"]["conclusion"] is None
    emptied = put(cast.ana, over, base_revision=1).json()
    assert (emptied["unreadable"], emptied["revision"]) == (False, 2), "it can be written anew, or emptied"


def test_what_was_kept_before_opens_no_more_in_the_place_of_what_is(cast: Cast, over: dict[str, Any]) -> None:
    sealed = select(col(Review.sealed))
    assert put(cast.ana, over, **SAYS).status_code == 200
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        old = session.execute(sealed).scalar_one()
    assert put(cast.ana, over, base_revision=1, conclusion="On second thought, no.").status_code == 200
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(update(Review).values(sealed=old))
    assert cast.ana.http.get(f"/api/experiments/{over['id']}/review").json()["unreadable"] is True


def test_sent_twice_it_is_kept_once(cast: Cast, over: dict[str, Any]) -> None:
    first = put(cast.ana, over, **SAYS)
    assert put(cast.ana, over, **SAYS).json() == first.json()
    assert cast.ana.http.get(f"/api/experiments/{over['id']}/review").json() == first.json()


def meet(cast: Cast, sharing: dict[str, Any], day: str | None, zone: str = "UTC") -> Any:
    return cast.theo.http.put(f"/api/clients/{sharing['id']}/session", json={"next_on": day, "zone": zone})


def test_whom_the_therapist_meets_next_stands_first(cast: Cast, over: dict[str, Any]) -> None:
    first = shared(cast.ana, cast.theo, over, ["mood"])
    ben = cast.player("ben", "client")
    second = shared(ben, cast.theo, ben.started(), ["mood"])
    soon, later = ((clock.now().date() + timedelta(days=n)).isoformat() for n in (2, 9))
    assert meet(cast, first, later).status_code == 204
    assert meet(cast, second, soon).status_code == 204
    listed = cast.theo.http.get("/api/clients").json()
    assert [UUID(each["id"]) for each in listed] == [UUID(second["id"]), UUID(first["id"])]
    assert [each["next_session_on"] for each in listed] == [soon, later]
    assert meet(cast, second, None).status_code == 204
    assert [each["id"] for each in cast.theo.http.get("/api/clients").json()] == [first["id"], second["id"]]


def test_what_is_new_is_counted_from_the_last_session(cast: Cast, over: dict[str, Any]) -> None:
    sharing = shared(cast.ana, cast.theo, over, ["mood"])
    assert page(cast, sharing)["since"] == []
    met = date.fromisoformat(days_ago(8))
    assert meet(cast, sharing, met.isoformat()).status_code == 204
    found = page(cast, sharing)
    assert (found["next_session_on"], found["last_session_on"]) == (None, met.isoformat())
    assert [each["key"] for each in found["since"]] == ["since-rated", "since-ended"]
    assert found["since"][0]["text"].startswith("Mood was between")


def test_a_session_in_no_zone_is_refused_and_one_of_somebody_elses_client_is_not_there(
    cast: Cast, over: dict[str, Any]
) -> None:
    sharing = shared(cast.ana, cast.theo, over, ["mood"])
    refused = meet(cast, sharing, days_ago(0), "Nowhere/Atall")
    assert refused.status_code == 422
    assert [(each["field"], each["code"]) for each in refused.json()["errors"]] == [("zone", "zone-unknown")]
    assert meet(cast, {"id": "00000000-0000-4000-8000-000000000000"}, days_ago(0)).status_code == 404


def test_a_second_invitation_keeps_what_the_therapist_noted(cast: Cast, over: dict[str, Any]) -> None:
    sharing = shared(cast.ana, cast.theo, over, ["mood"])
    soon = (clock.now().date() + timedelta(days=2)).isoformat()
    assert meet(cast, sharing, soon).status_code == 204
    again = shared(cast.ana, cast.theo, over, ["mood", "sleep"])
    assert again["id"] == sharing["id"]
    assert page(cast, sharing)["next_session_on"] == soon
