"""A flood of sign-ins costs the flood, not everybody else: SECURITY.md, T32."""

import threading
import time
from collections.abc import Callable

import pytest
from app.api import hashing
from app.core import security

from tests.cast import Cast


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


def flood(cast: Cast, size: int) -> tuple[list[threading.Thread], list[int]]:
    answers: list[int] = []

    def knock(number: int) -> None:
        body = {"sign_in": f"nobody-{number}", "password": "nope nope nope"}
        answers.append(cast.nobody.post("/api/session", json=body).status_code)

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
