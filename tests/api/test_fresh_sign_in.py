"""SECURITY.md, checklist 23: what leaves Fortnight asks for a password that was said in the last five minutes, on
that device."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from app.domain.access import FRESH_FOR

from tests.cast import PASSWORD, Cast, Player
from tests.links import Made
from tests.sharing import invited, met, seen_from, shared

EVENING = datetime(2027, 3, 2, 19, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(EVENING, tick=False) as travelling:
        yield travelling


@pytest.fixture
def made(cast: Cast) -> Made:
    return Made(cast)


def test_what_leaves_asks_for_a_password_that_was_said_lately(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    clock.shift(FRESH_FOR)
    made.link()
    clock.shift(timedelta(seconds=1))
    late = cast.ana.http.post(made.at, json={})
    assert (late.status_code, late.json()["code"]) == (409, "confirm-first")
    assert len(made.seen()) == 1
    wrong = cast.ana.http.post("/api/session/confirm", json={"password": "not this one"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "wrong-password")
    assert cast.ana.http.post(made.at, json={}).status_code == 409
    assert cast.ana.http.post("/api/session/confirm", json={"password": PASSWORD}).status_code == 204
    assert cast.ana.http.post(made.at, json={}).status_code == 201
    clock.shift(FRESH_FOR + timedelta(seconds=1))
    assert cast.ana.http.post(made.at, json={}).status_code == 409


def test_a_password_said_on_one_device_frees_no_other(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    phone = cast.visitor()
    signed_in = phone.post("/api/session", json={"sign_in": cast.ana.sign_in, "password": PASSWORD})
    assert signed_in.status_code == 200
    clock.shift(FRESH_FOR + timedelta(seconds=1))
    assert cast.ana.http.post("/api/session/confirm", json={"password": PASSWORD}).status_code == 204
    assert phone.post(made.at, json={}).json()["code"] == "confirm-first"


def _late(clock: time_machine.Traveller) -> None:
    clock.shift(FRESH_FOR + timedelta(seconds=1))


def _asks_once(who: Player, step: Callable[[], Any], then: int) -> None:
    late = step()
    assert (late.status_code, late.json()["code"]) == (409, "confirm-first")
    assert who.http.post("/api/session/confirm", json={"password": PASSWORD}).status_code == 204
    done = step()
    assert done.status_code == then, done.text


@pytest.mark.parametrize("file", ["export", "archive", "briefs/{brief}/pdf"])
def test_a_file_asks_for_it(cast: Cast, made: Made, clock: time_machine.Traveller, file: str) -> None:
    _late(clock)
    at = f"/api/experiments/{made.fortnight['id']}/{file.format(brief=made.brief)}"
    _asks_once(cast.ana, lambda: cast.ana.http.get(at), 200)


@pytest.mark.parametrize("form", ["text", "pdf"])
def test_what_is_taken_to_supervision_asks_for_it_and_looking_at_it_does_not(
    cast: Cast, made: Made, clock: time_machine.Traveller, form: str
) -> None:
    sharing = shared(cast.ana, cast.theo, made.fortnight, ["mood"])
    at, note = f"/api/clients/{sharing['id']}", uuid4()
    body = {"session_on": "2027-03-01", "moments": [], "reflection": "She came by bus.", "base_revision": 0}
    assert cast.theo.http.put(f"{at}/notes/{note}", json=body).status_code == 200
    _late(clock)
    asked = {"notes": [str(note)], "parts": ["reflection"], "remove": []}
    assert cast.theo.http.post(f"{at}/supervision", json=asked).status_code == 200
    _asks_once(cast.theo, lambda: cast.theo.http.post(f"{at}/supervision/{form}", json=asked), 200)


def test_a_yes_to_a_therapist_asks_for_it_and_uses_nothing_up(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    code = invited(cast.theo)["code"]
    _late(clock)
    body = {
        "code": code,
        "experiment_id": made.fortnight["id"],
        "fields": ["mood"],
        "called": "R.",
        "text_version": 1,
    }
    _asks_once(cast.ana, lambda: cast.ana.http.post("/api/sharings", json=body), 201)


def test_more_asks_for_it_and_less_or_the_same_never(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    """Withdrawing takes no more steps than giving took."""
    sharing = shared(cast.ana, cast.theo, made.fortnight, ["mood", "sleep"])
    at = f"/api/sharings/{sharing['id']}"
    _late(clock)

    def choose(*fields: str) -> Any:
        body = {"fields": list(fields), "text_version": 1, **seen_from(cast.ana, sharing["id"])}
        return cast.ana.http.put(f"{at}/experiments/{made.fortnight['id']}", json=body)

    assert choose("mood", "sleep").status_code == 200
    assert choose("mood").status_code == 200
    _asks_once(cast.ana, lambda: choose("mood", "sleep"), 200)
    _late(clock)
    assert choose("sleep", "doses").json()["code"] == "confirm-first"
    assert cast.ana.http.post(f"{at}/pause").status_code == 204
    assert choose("sleep").status_code == 200
    again = seen_from(cast.ana, sharing["id"])
    _asks_once(cast.ana, lambda: cast.ana.http.post(f"{at}/resume", json=again), 204)
    _late(clock)
    assert cast.ana.http.post(f"{at}/resume", json=again).status_code == 204, "it goes on already"
    assert cast.ana.http.delete(f"{at}/experiments/{made.fortnight['id']}").status_code == 204
    _asks_once(cast.ana, lambda: choose("sleep"), 200)
    _late(clock)
    assert cast.ana.http.delete(at).status_code == 204


def test_thirty_more_days_for_somebody_close_need_it_only_once_they_are_over(
    cast: Cast, made: Made, clock: time_machine.Traveller
) -> None:
    sharing = met(cast.ana, cast.mia)
    at = f"/api/sharings/{sharing['id']}/experiments/{made.fortnight['id']}"

    def renew() -> Any:
        body = {"fields": ["mood"], "text_version": 1, **seen_from(cast.ana, sharing["id"])}
        return cast.ana.http.put(at, json=body)

    assert renew().status_code == 200
    clock.shift(timedelta(days=5))
    assert renew().status_code == 200
    ends = renew().json()["consents"][0]["ends_at"]
    assert ends.startswith("2027-04-06"), "from that day"
    for _ in range(31):  # somebody who looks in each day stays signed in
        clock.shift(timedelta(days=1))
        assert cast.ana.http.get("/api/session").status_code == 200
    _asks_once(cast.ana, renew, 200)
