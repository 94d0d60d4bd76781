"""The loop: sends what is due, survives what goes wrong, stops cleanly, and holds up nobody."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

import pytest
from app.adapters.push import Answer, Message, Subscription
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.main import create_app
from app.models.notifications import PushWorker
from app.services import deliveries, delivery_counts, due, push_subscriptions
from app.services.house import House
from app.worker import MOST_UNDER_WAY, Worker
from sqlmodel import select
from starlette.testclient import TestClient

from tests.reminding import SENT, Recorder, Reminded, at, counts, fire, reminded, waiting


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def until(true: Callable[[], bool]) -> None:
    """Wait for the worker's thread; what it does is seen in the database."""
    for _ in range(400):
        if true():
            return
        time.sleep(0.025)
    raise AssertionError("it did not happen")


@pytest.fixture
def ana(house: House) -> Reminded:
    ana = reminded(house)
    ana.device()
    ana.put()
    return ana


class Running:
    def __init__(self, house: House, push: Recorder, clock: Clock) -> None:
        self.worker = Worker(house, push, now=clock)
        self.worker.start()

    def __enter__(self) -> Worker:
        return self.worker

    def __exit__(self, *_: object) -> None:
        self.worker.stop()


def test_what_is_due_is_sent_once_and_settled(house: House, ana: Reminded) -> None:
    push, clock = Recorder(), Clock(at(1, 20, 29))
    with Running(house, push, clock):
        until(lambda: _workers(house) == 1)
        assert push.got == []
        clock.now = at(1, 20, 30)
        until(lambda: counts(house).get("sent") == 1)
    assert push.closed
    [(subscription, message)] = push.got
    assert subscription.endpoint.startswith("https://updates.push.services.mozilla.com/")
    assert json.loads(message.body)["reminder"]["day"] == "2027-03-01"
    assert waiting(house) == []
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        [shown] = push_subscriptions.list_of(session, ana.person, ana.key)
    assert shown.sent_at == at(1, 20, 30)


def _workers(house: House) -> int:
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        return len(session.exec(select(PushWorker)).all())


def test_it_says_that_it_is_there(house: House) -> None:
    clock = Clock(at(1, 9))
    with Running(house, Recorder(), clock):
        until(lambda: _workers(house) == 1)
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        assert delivery_counts.is_sending(session, now=at(1, 9, 2))
        assert not delivery_counts.is_sending(session, now=at(1, 9, 3))


class Tarpit(Recorder):
    """Devices of the first person never get an answer; everybody else's do."""

    def __init__(self, slow: frozenset[str]) -> None:
        super().__init__()
        self.slow = slow
        self.hanging = 0

    async def send(self, subscription: Subscription, message: Message, *, now: datetime) -> Answer:
        if json.loads(message.body)["device"] in self.slow:
            self.hanging += 1
            try:
                await asyncio.Event().wait()
            finally:
                self.hanging -= 1
        return await super().send(subscription, message, now=now)


def test_devices_that_do_not_answer_hold_up_nobody_else(house: House) -> None:
    slow, people = reminded(house, "slow"), [reminded(house, f"p{number}") for number in range(4)]
    for number in range(8):
        slow.device(f"tarpit {number}")
    slow.put()
    for each in people:
        for number in range(10):
            each.device(f"good {number}")
        each.put()
    push = Tarpit(frozenset(device.hex for device in slow.devices))
    with Running(house, push, Clock(at(1, 20, 30))):
        until(lambda: counts(house).get("sent") == 40)
        assert push.hanging == 8
    assert len(waiting(house)) == 8, "what had no answer waits for the end of its lease"
    assert MOST_UNDER_WAY > 8


class Broken(Recorder):
    """Raises, which nothing that sends should."""

    async def send(self, subscription: Subscription, message: Message, *, now: datetime) -> Answer:
        self.got.append((subscription, message))
        if len(self.got) == 1:
            raise RuntimeError("CANARY in an exception")
        return SENT


def test_something_that_raises_is_tried_again_and_ends_nothing(
    house: House, ana: Reminded, capsys: pytest.CaptureFixture[str]
) -> None:
    push, clock = Broken(), Clock(at(1, 20, 30))
    with Running(house, push, clock):
        until(lambda: len(push.got) == 1)
        clock.now += timedelta(seconds=61)
        until(lambda: counts(house).get("sent") == 1)
    assert len(push.got) == 2
    assert "CANARY" not in "".join(capsys.readouterr())


def test_a_database_that_fails_is_asked_again(
    house: House, ana: Reminded, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, failed = due.fire, threading.Event()

    def fails_once(*given: object, **more: object) -> int:
        if not failed.is_set():
            failed.set()
            raise RuntimeError("no connection")
        return real(*given, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(due, "fire", fails_once)
    with Running(house, Recorder(), Clock(at(1, 20, 30))):
        until(lambda: counts(house).get("sent") == 1)
    assert failed.is_set()


def test_a_database_that_takes_nothing_is_complained_of_once_a_minute(
    house: House, ana: Reminded, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is said of a full disk must not fill it."""
    tries: list[int] = []

    def full(*_given: object, **_more: object) -> None:
        tries.append(1)
        raise RuntimeError("database or disk is full")

    monkeypatch.setattr(deliveries, "settle", full)
    push = Recorder()
    with Running(house, push, Clock(at(1, 20, 30))):
        until(lambda: len(tries) >= 2)
    assert len(push.got) == 1, "nothing more is claimed meanwhile"
    said = "".join(capsys.readouterr())
    assert said.count('"kind": "RuntimeError"') + said.count("kind=RuntimeError") == 1


def test_what_waits_is_sent_though_nothing_can_be_fired(
    house: House, ana: Reminded, monkeypatch: pytest.MonkeyPatch
) -> None:
    fire(house, at(1, 20, 30))

    def broken(*_given: object, **_more: object) -> int:
        raise RuntimeError("one row that nobody thought of")

    monkeypatch.setattr(due, "fire", broken)
    with Running(house, Recorder(), Clock(at(1, 20, 30))):
        until(lambda: counts(house).get("sent") == 1)


class Slow(Recorder):
    """Answers when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = threading.Event()
        self.go_on = threading.Event()

    async def send(self, subscription: Subscription, message: Message, *, now: datetime) -> Answer:
        self.asked.set()
        await asyncio.to_thread(self.go_on.wait)
        return await super().send(subscription, message, now=now)


def test_stopping_waits_for_what_is_under_way(house: House, ana: Reminded) -> None:
    """R14: no lease is left behind."""
    push = Slow()
    worker = Worker(house, push, now=Clock(at(1, 20, 30)))
    worker.start()
    assert push.asked.wait(10)
    stopping = threading.Thread(target=worker.stop)
    stopping.start()
    time.sleep(0.3)  # a worker that does not wait has gone by then
    push.go_on.set()
    stopping.join(15)
    assert not stopping.is_alive()
    assert waiting(house) == []
    assert counts(house)["sent"] == 1


def test_where_nothing_can_be_sent_it_waits_and_expires(house: House, ana: Reminded) -> None:
    """No contact is set, so there is no way to send; nothing is deleted, and nothing comes late."""
    clock = Clock(at(1, 20, 30))
    worker = Worker(house, now=clock)
    assert house.push.sender() is None
    worker.start()
    try:
        until(lambda: counts(house).get("retry", 0) > 0)
        clock.now = at(1, 22, 31)
        until(lambda: counts(house).get("expired") == 1)
    finally:
        worker.stop()
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        assert len(push_subscriptions.list_of(session, ana.person, ana.key)) == 1


@pytest.fixture
def _app(house: House) -> Iterator[TestClient]:
    with TestClient(create_app(house), base_url="http://localhost:8321") as client:
        yield client


def test_on_sqlite_the_server_sends_by_itself(house: House, _app: TestClient) -> None:
    """On PostgreSQL `fortnight worker` does."""
    if house.engine.dialect.name == "sqlite":
        until(lambda: _workers(house) == 1)
        assert any(thread.name == "push-worker" for thread in threading.enumerate())
    else:
        assert not any(thread.name == "push-worker" for thread in threading.enumerate())
