"""A worker whose database goes away, or can be written no more, while reminders come due and pushes are under way:
it waits, goes on by itself, misses nothing, shows nothing twice, and does not fill a log meanwhile."""

import asyncio
import json
import re
import shutil
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import pytest
from app.adapters.push import Answer, Message, Subscription
from app.core import config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.notifications import DeliveryCount, PushWorker
from app.services.house import House, open_house
from app.worker import Worker
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError
from sqlmodel import select

from tests.conftest import open_in
from tests.databases import create
from tests.reminding import SENT, Recorder, Reminded, at, counts, reminded, waiting
from tests.resilience.clusters import Cluster
from tests.resilience.disks import fill
from tests.resilience.servers import until

Shown = tuple[str, str, str]
"""A device, and the reminder and day that a notification on it is of."""


class Phones(Recorder):
    """Takes what is sent; while `held`, without an answer, as when a push is under way."""

    def __init__(self) -> None:
        super().__init__()
        self.answering = threading.Event()
        self.answering.set()

    async def send(self, subscription: Subscription, message: Message, *, now: datetime) -> Answer:
        self.got.append((subscription, message))
        await asyncio.to_thread(self.answering.wait)
        return SENT

    @property
    def topics(self) -> dict[Shown, set[str]]:
        found: dict[Shown, set[str]] = {}
        for _, message in self.got:
            told = json.loads(message.body)
            reminder = told["reminder"]
            found.setdefault((told["device"], reminder["id"], reminder["day"]), set()).add(message.topic)
        return found

    @property
    def times_sent(self) -> Counter[str]:
        return Counter(message.topic for _, message in self.got)


class Clock:
    """Stands still until it is set: whatever is complained of, it is the same minute."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


@contextmanager
def working(house: House, phones: Phones, clock: Clock) -> Iterator[None]:
    worker = Worker(house, phones, now=clock)
    worker.start()
    try:
        yield
    finally:
        phones.answering.set()
        worker.stop()


def everybody(house: House, number: int, times: list[str]) -> list[Reminded]:
    people = [reminded(house, f"p{count}") for count in range(number)]
    for each in people:
        each.device("phone")
        each.device("tablet")
        each.put(times=times)
    return people


def expected(people: list[Reminded], hours: set[str], day: date) -> set[Shown]:
    return {
        (device.hex, row.id.hex, day.isoformat())
        for each in people
        for row in each.rows()
        if row.at in hours
        for device in each.devices
    }


def complaints(said: str) -> Counter[str]:
    """How often each kind of trouble was told of."""
    return Counter(re.findall(r"worker.*?kind\W+(\w+)", said))


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    # A folder that the server's own user can get to, which pytest's are not.
    folder = Path(tempfile.mkdtemp(prefix="fortnight-cluster-", dir="/tmp"))
    folder.chmod(0o755)
    try:
        made = Cluster.make(folder / "postgresql")
        made.start()
        yield made
        if made.runs:
            made.stop("immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def beside(cluster: Cluster, tmp_path: Path) -> Iterator[House]:
    """A house on a database of that server."""
    with open_in(tmp_path, create(cluster.url)) as house:
        yield house


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_a_worker_outlives_a_restart_of_its_database(
    cluster: Cluster, beside: House, mode: Literal["fast", "immediate"], capsys: pytest.CaptureFixture[str]
) -> None:
    people = everybody(beside, 6, ["20:30", "21:00"])
    first = expected(people, {"20:30"}, date(2027, 3, 1))
    both = expected(people, {"20:30", "21:00"}, date(2027, 3, 1))
    assert (len(first), len(both)) == (12, 24)
    phones, clock = Phones(), Clock(at(1, 20, 30))
    phones.answering.clear()
    capsys.readouterr()
    with working(beside, phones, clock):
        until(lambda: len(phones.got) == 12)
        tries = counting(beside, "do_connect")
        cluster.stop(mode)
        phones.answering.set()  # the push services answer, and there is nobody to write it down
        until(lambda: tries() >= 2)  # it tries again
        told = complaints("".join(capsys.readouterr()))
        assert len(phones.got) == 12, "nothing is claimed where nothing can be read"
        clock.now = at(1, 21)  # and more comes due
        cluster.start()
        until(lambda: _sent(beside) == 24)
    assert set(phones.topics) == both, "nothing is missed"
    assert all(len(topics) == 1 for topics in phones.topics.values()), "what came twice would be shown once"
    assert phones.times_sent.most_common(1)[0][1] == 1, "the worker itself was there all the time, and knew"
    assert waiting(beside) == []
    if mode == "fast":  # a crash takes the last moment back: what was fired in it is looked at again, and is stale
        assert counts(beside) == {"fired": 12, "sent": 24}
    assert told
    assert max(told.values()) == 1, "once in a minute"


def _until_said(capsys: pytest.CaptureFixture[str]) -> str:
    """Wait until the worker has found out, and has tried again after it."""
    said: list[str] = []

    def trouble() -> bool:
        said.append("".join(capsys.readouterr()))
        return bool(complaints("".join(said)))

    until(trouble)
    return "".join(said)


def _sent(house: House) -> int:
    try:
        return counts(house).get("sent", 0)
    except DBAPIError:  # it is only just starting
        return 0


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_another_worker_goes_on_where_one_died_with_the_database(
    cluster: Cluster, beside: House, mode: Literal["fast", "immediate"]
) -> None:
    """What was under way comes once more when its lease is over, under the same topic."""
    people = everybody(beside, 3, ["20:30"])
    wanted = expected(people, {"20:30"}, date(2027, 3, 1))
    dead, phones, clock = Phones(), Phones(), Clock(at(1, 20, 30))
    dead.answering.clear()
    with working(beside, dead, clock):
        until(lambda: len(dead.got) == 6)
        cluster.stop(mode)  # and the worker ends without having written anything down
    cluster.start()
    clock.now = at(1, 20, 31, 1)
    with working(beside, phones, clock):
        until(lambda: _sent(beside) == 6)
    assert set(phones.topics) == set(dead.topics) == wanted
    assert phones.topics == dead.topics, "the later one takes the place of the earlier one"
    assert waiting(beside) == []


@pytest.fixture
def on_a_small_disk(small_disk: Path) -> Iterator[House]:
    house = open_house(config.load({}, data=small_disk, public_url="http://localhost:8321", threads=4))
    yield house
    house.close()


def full(house: House) -> Path:
    """No room left for the database, and none in its own log either, not even for a little."""
    filled = fill(house.settings.data)
    for size in (3000, 1):
        with pytest.raises(DBAPIError, match="disk is full"):
            for number in range(10_000):
                with unit_of_work(house.engine, by=HOUSE) as session:
                    host = f"{number}-" + "x" * size
                    session.add(
                        DeliveryCount(on_day=date(2026, 1, 1), host=host, outcome="x", count=1, last_at=at(1, 0))
                    )
    return filled


def has_said_that_it_is_there(house: House) -> bool:
    """Once in a minute it writes that down; after that it has nothing to write but what the test is about."""
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        return session.exec(select(PushWorker)).first() is not None


def counting(house: House, what: str) -> Callable[[], int]:
    """How often that happens to the engine from now on."""
    seen: list[int] = []

    def count(*_given: object) -> None:
        seen.append(1)

    event.listen(house.engine, what, count)
    return lambda: len(seen)


def test_a_worker_on_a_full_disk_waits_for_room(
    on_a_small_disk: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house = on_a_small_disk
    people = everybody(house, 3, ["18:00", "20:30"])
    phones, clock = Phones(), Clock(at(1, 9))
    with working(house, phones, clock):
        until(lambda: has_said_that_it_is_there(house))
        filled = full(house)
        capsys.readouterr()
        clock.now = at(1, 18)
        began = counting(house, "begin")
        said = _until_said(capsys)
        until(lambda: began() >= 4)  # it tries again, and again
        threading.Event().wait(2)
        assert began() < 40, "and not all the time"
        assert phones.got == []
        clock.now = at(1, 20, 45)  # the first ones are stale by now, and the second ones late
        threading.Event().wait(2)
        said += "".join(capsys.readouterr())
        assert phones.got == []
        filled.unlink()
        until(lambda: counts(house).get("sent") == 6)
    assert set(phones.topics) == expected(people, {"20:30"}, date(2027, 3, 1))
    assert set(phones.times_sent.values()) == {1}
    became = counts(house)
    assert (became["expired"], became["fired"], became["sent"]) == (3, 3, 6)
    assert waiting(house) == []
    told = complaints(said)
    assert told
    assert max(told.values()) <= 2, "once in each of the two minutes that it was"


def test_what_was_under_way_when_the_disk_was_full_is_written_down_when_there_is_room(
    on_a_small_disk: House, capsys: pytest.CaptureFixture[str]
) -> None:
    house = on_a_small_disk
    people = everybody(house, 3, ["20:30"])
    phones, clock = Phones(), Clock(at(1, 20, 30))
    phones.answering.clear()
    with working(house, phones, clock):
        until(lambda: len(phones.got) == 6 and has_said_that_it_is_there(house))
        filled = full(house)
        capsys.readouterr()
        phones.answering.set()
        said = _until_said(capsys)
        assert len(waiting(house)) == 6
        filled.unlink()
        until(lambda: counts(house).get("sent") == 6)
    assert set(phones.topics) == expected(people, {"20:30"}, date(2027, 3, 1))
    assert set(phones.times_sent.values()) == {1}
    assert waiting(house) == []
    assert max(complaints(said).values()) == 1
