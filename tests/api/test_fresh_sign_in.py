"""What leaves Fortnight asks for a password that was said in the last five minutes, on that device."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from app.domain.access import FRESH_FOR

from tests.cast import PASSWORD, Cast
from tests.links import Made

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
