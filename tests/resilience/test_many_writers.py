"""Many who write at once, also while somebody holds the database: busy, never a fault, nothing lost (R11)."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from app.services.house import House

from tests.resilience.servers import Load, Writer, free_port, running, until, writers

WRITERS = 64
EACH = 10
NIGHTLY_SECONDS = 60


@pytest.fixture(scope="module")
def people(shared_house: House) -> list[Writer]:
    return writers(shared_house, WRITERS)


def test_sixty_four_who_write_at_once_lose_nothing(shared_house: House, people: list[Writer]) -> None:
    load = Load(free_port())
    with running(shared_house, load.port):
        load.know(people)
        with load.under(people, "together"):
            until(lambda: len(load.answered) >= WRITERS * EACH or bool(load.wrong))
        assert (load.wrong, load.unanswered) == ([], set())
        assert load.lost(people) == []


@pytest.mark.nightly
def test_sixty_four_who_write_for_a_minute_lose_nothing(shared_house: House, people: list[Writer]) -> None:
    load = Load(free_port())
    with running(shared_house, load.port):
        load.know(people)
        with load.under(people, "a minute"):
            time.sleep(NIGHTLY_SECONDS)
        assert (load.wrong, load.unanswered) == ([], set())
        assert load.lost(people) == []


@contextmanager
def held(house: House) -> Iterator[None]:
    """Somebody else writes, and takes their time."""
    if house.engine.dialect.name == "sqlite":
        with closing(sqlite3.connect(house.settings.data / "fortnight.sqlite3")) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
    else:
        with psycopg.connect(house.settings.database_url) as server:
            server.execute("LOCK TABLE check_in IN EXCLUSIVE MODE")
            yield


def test_who_is_told_that_it_is_busy_gets_through_later(shared_house: House, people: list[Writer]) -> None:
    """Two of them: on PostgreSQL each waits for the lock by itself, one after the other."""
    load, two = Load(free_port()), people[:2]
    with running(shared_house, load.port):
        load.know(two)
        with load.under(two, "patience"):
            until(lambda: bool(load.answered))
            with held(shared_house):
                until(lambda: bool(load.busy or load.wrong))
            before = len(load.answered)
            until(lambda: len(load.answered) >= before + 20 or bool(load.wrong))
        assert (load.wrong, load.unanswered) == ([], set())
        assert load.lost(two) == []
