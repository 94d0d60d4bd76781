"""Nobody is kept out by somebody else's guesses: a guesser knows the name, has any number of addresses, and polls.

Time is simulated: the guesser tries once a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
import time_machine
from app.core import clock
from app.main import create_app
from app.services import passwords
from app.services.house import House
from httpx2 import Response
from starlette.testclient import TestClient

from tests.cast import PASSWORD, SAME_ORIGIN, Cast, Player

NOW = datetime(2026, 11, 23, 22, 10, tzinfo=UTC)
NEW = "another lamp, another diary"
PROXY = "203.0.113.1"
LONG_ENOUGH = 1200  # seconds until the brake on a name pauses for as long as it ever does


@dataclass
class Siege:
    """Ana, a server behind a trusted proxy, and somebody who guesses from a new address each second."""

    house: House
    ana: Player
    clock: time_machine.Traveller
    app: Any = None
    answers: list[int] = field(default_factory=list)
    _addresses: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        settings = self.house.settings.model_copy(update={"trusted_proxies": PROXY})
        self.app = create_app(House(**{**vars(self.house), "settings": settings}))
        self._guesser = self.browser("")

    def browser(self, address: str) -> TestClient:
        headers = {**SAME_ORIGIN, "X-Forwarded-For": address}
        return TestClient(
            self.app, self.house.settings.public_url, headers=headers, client=(PROXY, 50_000), cookies={}
        )

    def lasts(self, seconds: int, name: str | None = None, door: str = "/api/session") -> None:
        """The guesser goes on for so long; each guess from an address of its own.

        While it has to wait it does not ask: what is refused counts nothing (`test_polling_gains_nothing`).
        """
        ends = clock.now() + timedelta(seconds=seconds)
        body = {"sign_in": name or self.ana.sign_in, "password": "not the password"}
        if door.endswith("recovery"):
            body = {"sign_in": body["sign_in"], "recovery_code": "aaaa-bbbb-cccc", "new_password": NEW}
        while clock.now() < ends:
            number = next(self._addresses)
            address = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
            answer = self._guesser.post(door, json=body, headers={"X-Forwarded-For": address})
            self.answers.append(answer.status_code)
            left = int((ends - clock.now()).total_seconds())
            self.clock.shift(min(left, int(answer.headers.get("retry-after", "1"))))


@pytest.fixture
def siege(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[Siege]:
    def fits(password: str, stored: str | None) -> bool:
        return stored is not None and password in {PASSWORD, NEW}

    monkeypatch.setattr(passwords, "fits", fits)  # a thousand guesses: what a hash costs is counted elsewhere
    ana = cast.ana
    with time_machine.travel(NOW, tick=False) as traveller:
        yield Siege(cast.house, ana, traveller)


def enter(browser: TestClient, name: str) -> Response:
    return browser.post("/api/session", json={"sign_in": name, "password": PASSWORD})


def test_the_owner_on_a_known_device_gets_in_at_the_first_try(siege: Siege) -> None:
    phone = siege.browser("192.0.2.1")
    assert enter(phone, siege.ana.sign_in).status_code == 200
    assert phone.delete("/api/session").status_code == 204
    siege.lasts(LONG_ENOUGH)
    assert 0 < siege.answers.count(401) < 40, "the guesser is slowed"
    for address in ("192.0.2.1", "192.0.2.200"):  # a phone has another address tomorrow
        phone.headers["X-Forwarded-For"] = address
        assert enter(phone, siege.ana.sign_in).status_code == 200
        siege.lasts(30)


def test_a_device_is_known_for_ninety_days_and_by_being_used(siege: Siege) -> None:
    phone = siege.browser("192.0.2.1")
    enter(phone, siege.ana.sign_in)
    siege.clock.shift(timedelta(days=80))
    assert phone.get("/api/session").status_code == 200
    siege.clock.shift(timedelta(days=80))
    phone.delete("/api/session")
    siege.lasts(LONG_ENOUGH)
    assert enter(phone, siege.ana.sign_in).status_code == 200
    phone.delete("/api/session")
    siege.clock.shift(timedelta(days=90))
    siege.lasts(LONG_ENOUGH)
    assert enter(phone, siege.ana.sign_in).status_code == 429


def test_polling_gains_nothing_and_keeps_nobody_out(siege: Siege) -> None:
    """Every second for ten minutes, as it really is asked."""
    phone = siege.browser("192.0.2.1")
    enter(phone, siege.ana.sign_in)
    phone.delete("/api/session")
    for _ in range(600):
        siege.lasts(1)
    assert siege.answers.count(401) == 27  # and the owner once, when the phone was new
    assert enter(phone, siege.ana.sign_in).status_code == 200


@pytest.mark.parametrize("door", ["/api/session", "/api/session/recovery"])
def test_the_owner_on_a_new_device_gets_in_by_a_recovery_code_at_the_first_try(siege: Siege, door: str) -> None:
    siege.lasts(LONG_ENOUGH, door=door)
    fresh = siege.browser("192.0.2.1")
    body = {"sign_in": siege.ana.sign_in, "recovery_code": siege.ana.recovery_codes[0], "new_password": NEW}
    assert fresh.post("/api/session/recovery", json=body).status_code == 200
    # And this device is known from now on.
    fresh.delete("/api/session")
    siege.lasts(30)
    again = fresh.post("/api/session", json={"sign_in": siege.ana.sign_in, "password": NEW})
    assert again.status_code == 200


def test_once_the_guesser_stops_a_new_device_waits_five_minutes_at_the_most(siege: Siege) -> None:
    siege.lasts(LONG_ENOUGH)
    fresh = siege.browser("192.0.2.1")
    refused = enter(fresh, siege.ana.sign_in)
    assert refused.status_code == 429
    wait = int(refused.headers["retry-after"])
    assert wait <= 300
    siege.clock.shift(wait)
    assert enter(fresh, siege.ana.sign_in).status_code == 200


def test_a_known_device_is_no_way_round_the_brake(siege: Siege) -> None:
    """Somebody who has it guesses as fast as from one address, and not at all faster for another name."""
    phone = siege.browser("192.0.2.1")
    enter(phone, siege.ana.sign_in)
    wrong = {"sign_in": siege.ana.sign_in, "password": "not the password"}
    got = []
    for number in range(8):
        phone.headers["X-Forwarded-For"] = f"192.0.2.{number}"
        got.append(phone.post("/api/session", json=wrong).status_code)
    assert got == [401] * 5 + [429] * 3
    siege.lasts(LONG_ENOUGH, "nobody-1234")
    wrong["sign_in"] = "nobody-1234"
    assert phone.post("/api/session", json=wrong).status_code == 429


def test_a_mark_that_we_did_not_make_is_none(siege: Siege) -> None:
    phone = siege.browser("192.0.2.1")
    enter(phone, siege.ana.sign_in)
    ours = phone.cookies["fortnight-known"]
    siege.lasts(LONG_ENOUGH)
    ends, number, proof = ours.split(".")
    for forged in (
        f"{int(ends) + 1}.{number}.{proof}",
        f"{ends}.{number[:-1]}.{proof}",
        f"{ends}.{number}.{proof[:-1]}",
        f"{ends}.{number}.",
        f"{'9' * 5000}.{number}.{proof}",
        "~".join(["1.x.y"] * 4 + [ours]),
        "...",
        "é",
        "",
    ):
        other = siege.browser("192.0.2.9")
        other.headers.raw.append((b"cookie", f"fortnight-known={forged}".encode()))
        assert enter(other, siege.ana.sign_in).status_code == 429, forged


def test_one_device_can_be_known_to_several_people(siege: Siege, cast: Cast) -> None:
    tablet = siege.browser("192.0.2.1")
    for name in (siege.ana.sign_in, cast.sam.sign_in, siege.ana.sign_in):
        assert enter(tablet, name).status_code == 200
    assert tablet.cookies["fortnight-known"].count("~") == 1
    siege.lasts(LONG_ENOUGH)
    assert enter(tablet, siege.ana.sign_in).status_code == 200
