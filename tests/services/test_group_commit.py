"""One COMMIT for many requests: each has its own outcome, and nobody is told "saved" before the disk has it."""

import asyncio
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import psycopg
import pytest
from app.core import db, row_security
from app.core.group_commit import GroupWriter
from app.domain.errors import NotFound
from app.services.house import House
from sqlalchemy import event, text
from sqlalchemy.exc import DBAPIError

from tests.cast import Cast, days_ago
from tests.conftest import open_in

Work = Callable[[Any], object]


@pytest.fixture
def scratch(shared_house: House) -> Iterator[House]:
    """Two tables; a child without a parent is found out at COMMIT only."""
    made = [
        "CREATE TABLE scratch_parent (n INTEGER PRIMARY KEY)",
        "CREATE TABLE scratch (n INTEGER PRIMARY KEY,"
        " parent INTEGER REFERENCES scratch_parent (n) DEFERRABLE INITIALLY DEFERRED)",
    ]
    with db.unit_of_work(shared_house.engine, by=row_security.HOUSE) as session:
        for statement in made:
            session.execute(text(statement))
    yield shared_house
    with db.unit_of_work(shared_house.engine, by=row_security.HOUSE) as session:
        session.execute(text("DROP TABLE scratch"))
        session.execute(text("DROP TABLE scratch_parent"))


def insert(number: int, parent: int | None = None) -> Work:
    owner = "NULL" if parent is None else str(parent)
    return lambda cursor: cursor.execute(f"INSERT INTO scratch VALUES ({number}, {owner})") and number  # noqa: S608


def refuse(_cursor: Any) -> object:
    raise NotFound()


def rows(house: House) -> list[int]:
    with db.unit_of_work(house.engine, by=row_security.HOUSE, read_only=True) as session:
        return list(session.scalars(text("SELECT n FROM scratch ORDER BY n")))


def together(writer: GroupWriter, works: list[Work], then: Callable[[], None] | None = None) -> list[Any]:
    """The outcomes of works that wait at the same time and so make one group; an exception is an outcome."""
    gate = threading.Event()

    async def main() -> list[Any]:
        busy = asyncio.ensure_future(writer.run(lambda _cursor: gate.wait(10)))
        await asyncio.sleep(0.05)
        waiting = [asyncio.ensure_future(writer.run(work)) for work in works]
        await asyncio.sleep(0)
        if then is not None:
            threading.Thread(target=then).start()
        gate.set()
        await busy
        return await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), 30)

    return asyncio.run(main())


@contextmanager
def commits(house: House) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: object) -> None:
        seen.append("commit")

    event.listen(house.engine, "commit", note)
    yield seen
    event.remove(house.engine, "commit", note)


def test_fifty_that_wait_together_share_a_commit(scratch: House) -> None:
    with commits(scratch) as seen:
        outcomes = together(scratch.writer, [insert(number) for number in range(50)])
    assert not [each for each in outcomes if isinstance(each, BaseException)]
    assert rows(scratch) == list(range(50))
    assert len(seen) == 2  # the one that kept the writer busy, and the group


def test_a_group_waits_for_what_the_loop_has_begun(scratch: House) -> None:
    async def one(number: int) -> None:
        for _ in range(number):  # each comes a turn of the loop later, and the writer could have begun long ago
            time.sleep(0.01)
            await asyncio.sleep(0)
        await scratch.writer.run(insert(number))

    async def main() -> None:
        await asyncio.gather(*(one(number) for number in range(3)))

    with commits(scratch) as seen:
        asyncio.run(main())
    assert len(seen) == 1
    assert rows(scratch) == [0, 1, 2]


def test_a_loop_that_is_held_up_does_not_hold_up_the_disk(scratch: House) -> None:
    async def main() -> None:
        waiting = asyncio.ensure_future(scratch.writer.run(insert(1)))
        await asyncio.sleep(0)
        for _ in range(500):  # not one turn of the loop meanwhile
            if rows(scratch):
                break
            time.sleep(0.02)
        assert rows(scratch) == [1]
        await waiting

    asyncio.run(main())


def test_a_lock_is_waited_for_once_and_not_once_for_each(scratch: House) -> None:
    """Where each would wait for itself, the last of sixty-four is told after minutes."""
    tried: list[int] = []

    def locked(number: int) -> Work:
        def work(cursor: Any) -> object:
            tried.append(number)
            if scratch.engine.dialect.name == "sqlite":
                raise sqlite3.OperationalError("database is locked")
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            return cursor.execute("SELECT pg_advisory_xact_lock(1)")

        return work

    with ExitStack() as stack:
        if scratch.engine.dialect.name != "sqlite":
            other = stack.enter_context(psycopg.connect(scratch.settings.database_url))
            other.execute("SELECT pg_advisory_xact_lock(1)")
        works = [insert(1), *(locked(number) for number in range(5)), insert(2)]
        outcomes = together(scratch.writer, works)
    assert rows(scratch) == [1]  # who came before it is not touched
    assert [isinstance(each, DBAPIError) and db.is_busy(each) for each in outcomes] == [False, *[True] * 6]
    assert tried == [0, 0]  # with the others, then apart


def test_a_failing_job_does_not_touch_its_neighbours(scratch: House) -> None:
    works = [
        insert(0),
        refuse,
        insert(1),
        insert(0),
        insert(2),
        lambda cursor: cursor.execute("no SQL"),
        insert(3),
    ]
    outcomes = together(scratch.writer, works)
    kinds = [type(each) if isinstance(each, Exception) else "done" for each in outcomes]
    assert kinds[0] == kinds[2] == kinds[4] == kinds[6] == "done"
    assert kinds[1] is NotFound
    assert isinstance(outcomes[3], DBAPIError)
    assert isinstance(outcomes[5], DBAPIError)
    assert rows(scratch) == [0, 1, 2, 3]


def test_what_a_failed_job_had_already_written_is_taken_back(scratch: House) -> None:
    def half(cursor: Any) -> object:
        insert(7)(cursor)
        raise NotFound()

    assert [type(each) for each in together(scratch.writer, [half])] == [NotFound]
    assert rows(scratch) == []


def test_a_commit_that_fails_fails_all_and_the_next_group_works(scratch: House) -> None:
    outcomes = together(scratch.writer, [insert(1), insert(2, parent=99), insert(3)])
    assert [isinstance(each, DBAPIError) for each in outcomes] == [True, True, True]
    assert rows(scratch) == []
    together(scratch.writer, [insert(4)])
    assert rows(scratch) == [4]


def test_nobody_is_answered_before_the_commit(scratch: House) -> None:
    with commits(scratch) as seen:

        async def one(number: int) -> None:
            await scratch.writer.run(insert(number))
            seen.append(f"answer {number}")

        async def main() -> None:
            for number in range(5):
                await one(number)

        asyncio.run(main())
    assert seen == [each for number in range(5) for each in ("commit", f"answer {number}")]


def test_a_clash_of_two_writers_is_busy_and_carries_no_values(scratch: House) -> None:
    (_, clash) = together(scratch.writer, [insert(1234567), insert(1234567)])
    assert isinstance(clash, DBAPIError)
    assert db.is_busy(clash)
    assert clash.params is None


def test_a_lost_connection_is_busy_for_all_and_the_next_group_works(scratch: House) -> None:
    if scratch.engine.dialect.name == "sqlite":
        pytest.skip("SQLite has no connection to lose")

    def killed(cursor: Any) -> object:
        return cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    outcomes = together(scratch.writer, [insert(1), killed, insert(2)])
    assert [isinstance(each, DBAPIError) and db.is_busy(each) for each in outcomes] == [True, True, True]
    assert rows(scratch) == []
    assert together(scratch.writer, [insert(3)])
    assert rows(scratch) == [3]


def test_who_has_gone_away_stops_nobody(scratch: House) -> None:
    async def main() -> None:
        gone = asyncio.ensure_future(scratch.writer.run(insert(1)))
        await asyncio.sleep(0)
        gone.cancel()
        await scratch.writer.run(insert(2))

    asyncio.run(main())
    assert rows(scratch) == [1, 2]


def test_a_closed_loop_stops_nobody(scratch: House) -> None:
    async def leaves() -> None:
        asyncio.ensure_future(scratch.writer.run(insert(1))).cancel()
        await asyncio.sleep(0)

    asyncio.run(leaves())
    together(scratch.writer, [insert(2)])
    assert 2 in rows(scratch)


def test_what_nobody_waits_for_is_done_and_may_fail(scratch: House) -> None:
    scratch.writer.submit(refuse)
    scratch.writer.submit(insert(5))
    together(scratch.writer, [insert(6)])
    assert rows(scratch) == [5, 6]


def test_closing_finishes_what_waits(scratch: House) -> None:
    writer = GroupWriter(scratch.engine)
    outcomes = together(writer, [insert(number) for number in range(200)], then=writer.close)
    assert not [each for each in outcomes if isinstance(each, BaseException)]
    assert rows(scratch) == list(range(200))
    writer._thread.join(5)
    assert not writer._thread.is_alive()


def test_a_database_that_is_locked_is_503_and_says_when_to_come_back(
    tmp_path: Any, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db, "BUSY_SECONDS", 1)
    with open_in(tmp_path, database_url) as house, Cast(house) as cast:
        experiment = cast.ana.started()
        with held(house):
            answer = cast.ana.put(experiment, days_ago(0), mood=3, note="kept on the phone")
            assert (answer.status_code, answer.json()["code"]) == (503, "busy")
            assert int(answer.headers["retry-after"]) >= 1
            assert "kept on the phone" not in answer.text
        assert cast.ana.put(experiment, days_ago(0), mood=3).status_code == 200


@contextmanager
def held(house: House) -> Iterator[None]:
    """Somebody else holds the database's write lock, or on PostgreSQL the table's."""
    if house.engine.dialect.name == "sqlite":
        with house.engine.connect() as connection, connection.begin():
            yield
        return
    with psycopg.connect(house.settings.database_url) as server:
        server.execute("LOCK TABLE check_in IN ACCESS EXCLUSIVE MODE")
        yield
