"""Reading against withdrawing: whoever began to read after the withdrawal was answered gets nothing (T1)."""

import threading
import time
from uuid import UUID, uuid4

import pytest
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.access import Person
from app.domain.errors import NotFound
from app.models.sharings import Sharing
from app.services import shared_pages, sharings
from app.services.house import House

from tests.cast import Cast, days_ago
from tests.sharing import EVERYTHING, choose, shared

RACES, RACES_NIGHTLY = 20, 10_000
OF_ONE = 20


def race(house: House, reader: Person, key: object, sharing_id: UUID) -> tuple[int, int]:
    """How many readings began after the withdrawal and got something, and how many got something at all."""
    began: list[float] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            at = time.monotonic()
            try:
                shared_pages.page(house, reader, key, sharing_id, now=clock.now())  # type: ignore[arg-type]
            except NotFound:
                continue
            began.append(at)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for each in readers:
        each.start()
    while not began and all(each.is_alive() for each in readers):
        time.sleep(0.001)
    with unit_of_work(house.engine, by=HOUSE) as session:
        mine = session.get(Sharing, sharing_id)
        assert mine is not None
        sharings.end(session, mine, now=clock.now())
    withdrawn = time.monotonic()
    time.sleep(0.02)
    stop.set()
    for each in readers:
        each.join(timeout=30)
    return sum(at > withdrawn for at in began), len(began)


def races(cast: Cast, number: int) -> None:
    """Each client ends and begins again a few times only: every consent is kept and shown, and ten thousand of one
    person's would measure that."""
    reader = Person(cast.theo.id, "therapist", uuid4(), clock.now(), "", b"")
    for first in range(0, number, OF_ONE):
        client = cast.player(f"client{first}", "client")
        fortnight = client.started(start_on=days_ago(3))
        for day in range(3):
            assert client.put(fortnight, days_ago(day), mood=5, dose="taken").status_code == 200
        sharing = shared(client, cast.theo, fortnight, EVERYTHING)
        for _ in range(min(OF_ONE, number - first)):
            assert choose(client, sharing["id"], fortnight["id"], EVERYTHING).status_code == 200
            after, all_of_them = race(cast.house, reader, cast.theo.key, UUID(sharing["id"]))
            assert all_of_them > 0
            assert after == 0


def test_nothing_is_read_that_began_after_the_withdrawal(cast: Cast) -> None:
    races(cast, RACES)


@pytest.mark.nightly
def test_nothing_is_read_that_began_after_the_withdrawal_ten_thousand_times(cast: Cast) -> None:
    races(cast, RACES_NIGHTLY)
