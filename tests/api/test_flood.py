"""A flood of sign-ins costs the flood, not everybody else: SECURITY.md, T32."""

import threading
import time
from collections.abc import Callable, Iterator

import pytest
from app.api import hashing
from app.core import security
from app.services.house import House
from starlette.testclient import TestClient

from tests.cast import PASSWORD, SAME_ORIGIN, Cast


@pytest.fixture
def cast(house: House) -> Iterator[Cast]:
    """The cast behind a proxy that is believed: so many addresses come from one machine."""
    settings = house.settings.model_copy(update={"trusted_proxies": "203.0.113.1"})
    with Cast(House(**{**vars(house), "settings": settings})) as people:
        people.nobody = TestClient(
            people.app, settings.public_url, headers=SAME_ORIGIN, client=("203.0.113.1", 50_000)
        )
        yield people


@pytest.fixture
def slow_hashes(monkeypatch: pytest.MonkeyPatch) -> threading.Event:
    """Password hashes that take until the event is set."""
    go_on = threading.Event()

    def waits(_password: str, _stored: str | None) -> bool:
        go_on.wait(120)
        return False

    monkeypatch.setattr(security, "verify_password", waits)
    return go_on


def until(arrived: Callable[[], bool]) -> None:
    """Wait for it, a minute at most: a busy machine is slow to knock."""
    latest = time.monotonic() + 60
    while not arrived():
        assert time.monotonic() < latest, "the flood did not arrive"
        time.sleep(0.05)


def flood(cast: Cast, size: int, from_where: str = "192.0.2.{}") -> tuple[list[threading.Thread], list[int]]:
    """Sign-ins that all wait for a hash, each from an address of its own unless told otherwise."""
    answers: list[int] = []

    def knock(number: int) -> None:
        body = {"sign_in": f"nobody-{number}", "password": "nope nope nope"}
        headers = {"X-Forwarded-For": from_where.format(number)}
        answers.append(cast.nobody.post("/api/session", json=body, headers=headers).status_code)

    threads = [threading.Thread(target=knock, args=(number,)) for number in range(size)]
    for thread in threads:
        thread.start()
    return threads, answers


def test_who_is_signed_in_does_not_wait_for_sign_ins(cast: Cast, slow_hashes: threading.Event) -> None:
    token = cast.ana.http.cookies["fortnight"]
    with cast.nobody:  # one event loop, as in the server, and so one set of threads
        size = cast.house.settings.threads + 5
        threads, answers = flood(cast, size)
        until(lambda: len(hashing._inside) == size)
        read = cast.nobody.get("/api/experiments", headers={"Cookie": f"fortnight={token}"})
        answered_first = list(answers)
        slow_hashes.set()
        for thread in threads:
            thread.join()
    assert read.status_code == 200
    assert answered_first == []
    assert sorted(answers) == [401] * size


def test_one_address_does_not_fill_the_places(cast: Cast, slow_hashes: threading.Event) -> None:
    with cast.nobody:
        many, refused = flood(cast, 20, "198.51.100.7")
        until(lambda: len(refused) == 16)
        others, answers = flood(cast, 6)
        until(lambda: len(hashing._inside) == 10)
        slow_hashes.set()
        for thread in many + others:
            thread.join()
    assert sorted(refused) == [401] * 4 + [503] * 16
    assert answers == [401] * 6


def test_behind_one_address_a_known_device_has_places_of_its_own(
    cast: Cast, slow_hashes: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy that nobody told us to trust: everybody comes from one address."""
    name = cast.ana.sign_in
    cast.ana.http.get("/api/session")
    known = cast.ana.http.cookies["fortnight-known"]
    with cast.nobody:
        many, refused = flood(cast, 8, "198.51.100.7")
        until(lambda: len(refused) == 4)
        answers: list[int] = []

        def owner() -> None:
            headers = {"X-Forwarded-For": "198.51.100.7", "Cookie": f"fortnight-known={known}"}
            body = {"sign_in": name, "password": PASSWORD}
            answers.append(cast.nobody.post("/api/session", json=body, headers=headers).status_code)

        mine = threading.Thread(target=owner)
        mine.start()
        until(lambda: len(hashing._inside) == 5)
        slow_hashes.set()
        for thread in [*many, mine]:
            thread.join()
    assert answers == [401], "looked at, and not sent away (no password fits in this test)"


def test_more_than_can_wait_are_told_to_come_back(
    cast: Cast, slow_hashes: threading.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hashing, "MOST_WAITING", 2)
    with cast.nobody:
        threads, answers = flood(cast, hashing.AT_ONCE + 2 + 3)
        until(lambda: len(answers) == 3)
        slow_hashes.set()
        for thread in threads:
            thread.join()
    assert answers.count(503) == 3


def test_hashes_run_in_two_threads_of_their_own() -> None:
    """Each hash holds 19 MiB, which a thread keeps: in any of the pool's threads that would be 400 MB."""
    before = {thread.name for thread in threading.enumerate()}
    asked = [threading.Thread(target=security.verify_password, args=("x" * 8, None)) for _ in range(12)]
    for thread in asked:
        thread.start()
    for thread in asked:
        thread.join()
    new = {thread.name for thread in threading.enumerate()} - before
    assert len([name for name in new if name.startswith("password")]) <= security.HASHES_AT_ONCE
    assert any(thread.name.startswith("password") for thread in threading.enumerate())
