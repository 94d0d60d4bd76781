"""What the driver says about a database, and what it means to whoever asked: come back, or somebody must look."""

import sqlite3

import psycopg
import pytest
from app.core.db import is_broken, is_busy, is_full, is_locked
from sqlalchemy.exc import DBAPIError

# PostgreSQL's own list (Appendix A of its documentation).
COME_BACK = {
    "55P03": "a lock not granted in time",
    "40001": "two transactions that cannot both be",
    "40P01": "a deadlock",
    "57P01": "the server is being stopped",
    "57P03": "the server is still starting",
    "23505": "somebody wrote the same revision first",
    "23503": "somebody deleted what it belongs to",
}
NO_HELP_IN_WAITING = ("22001", "42P01", "53100", "23514", "23502", "XX001")


def wrapped(error: Exception, *, lost: bool = False) -> DBAPIError:
    return DBAPIError("INSERT", {}, error, hide_parameters=True, connection_invalidated=lost)


@pytest.mark.parametrize("state", COME_BACK, ids=list(COME_BACK.values()))
def test_come_back_on_postgresql(state: str) -> None:
    error = wrapped(psycopg.errors.lookup(state)())
    assert is_busy(error)
    assert is_locked(error) == (state == "55P03")


@pytest.mark.parametrize("state", NO_HELP_IN_WAITING)
def test_no_waiting_helps_on_postgresql(state: str) -> None:
    error = wrapped(psycopg.errors.lookup(state)())
    assert not is_busy(error)
    assert is_full(error) == (state == "53100")


def test_come_back_where_there_is_no_server_or_it_is_gone() -> None:
    assert is_busy(wrapped(psycopg.OperationalError("connection refused")))
    assert is_busy(wrapped(psycopg.InterfaceError("the connection is closed"), lost=True))
    assert not is_busy(wrapped(psycopg.InterfaceError("the cursor is closed")))


def test_come_back_on_sqlite() -> None:
    locked = wrapped(sqlite3.OperationalError("database is locked"))
    assert is_busy(locked)
    assert is_locked(locked)
    first = wrapped(sqlite3.IntegrityError("UNIQUE constraint failed: check_in.experiment_id"))
    assert is_busy(first)
    assert not is_locked(first)


@pytest.mark.parametrize(
    "said",
    [
        "attempt to write a readonly database",
        "disk I/O error",
        "unable to open database file",
        "database disk image is malformed",
        "file is not a database",
    ],
)
def test_somebody_must_look_at_the_disk(said: str) -> None:
    error = wrapped(sqlite3.OperationalError(said))
    assert is_broken(error)
    assert not is_busy(error)


def test_a_full_disk_is_neither() -> None:
    error = wrapped(sqlite3.OperationalError("database or disk is full"))
    assert (is_full(error), is_busy(error), is_broken(error)) == (True, False, False)


def test_what_is_wrong_with_the_row_is_neither() -> None:
    assert not is_busy(wrapped(sqlite3.IntegrityError("CHECK constraint failed: counts_from_one")))
