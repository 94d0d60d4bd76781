"""The database: one engine, one transaction per request, and one writer for check-ins.

SQLite runs with WAL, `synchronous=FULL` (an answer means it is on the disk), foreign keys, a busy timeout, and
`BEGIN IMMEDIATE` for every transaction that may write. PostgreSQL must have `fsync` and `synchronous_commit` on.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from app.core.row_security import By, acting, to_begin_with

BUSY_SECONDS = 5
READ_ONLY = {"fortnight_read_only": True}
UNHURRIED = {"fortnight_unhurried": True}


class UnsafeDatabase(Exception):
    """The database could lose what it has confirmed; Fortnight refuses to start on it."""


def make_engine(url: str, threads: int) -> Engine:
    """An engine whose pool is larger than the thread pool (fewer connections than threads is a deadlock)."""
    parsed = make_url(url)
    sizes: dict[str, Any] = {"pool_size": threads + 4, "max_overflow": 0, "pool_timeout": 5}
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, hide_parameters=True, **sizes)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    arguments = {"connect_timeout": 3, "options": f"-c lock_timeout={BUSY_SECONDS}s"}
    engine = create_engine(parsed, hide_parameters=True, pool_pre_ping=True, connect_args=arguments, **sizes)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    for pragma in (
        "journal_mode = WAL",
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        f"busy_timeout = {BUSY_SECONDS * 1000}",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("fortnight_read_only"):
        connection.exec_driver_sql("BEGIN")
        return
    level = "NORMAL" if options.get("fortnight_unhurried") else "FULL"
    if connection.info.get("synchronous", "FULL") != level:  # it may have served the other kind before
        connection.exec_driver_sql(f"PRAGMA synchronous = {level}")
        connection.info["synchronous"] = level
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_postgresql(connection: Connection) -> None:
    options = connection.get_execution_options()
    unhurried = "SET LOCAL synchronous_commit = off" if options.get("fortnight_unhurried") else None
    said = [each for each in (unhurried, to_begin_with(options)) if each]
    if said:
        connection.exec_driver_sql("; ".join(said))


@contextmanager
def unit_of_work(
    engine: Engine, *, by: By | None = None, read_only: bool = False, unhurried: bool = False
) -> Iterator[Session]:
    """One transaction: committed at the end, rolled back on any exception. Services flush, never commit.

    `by`: for whom it acts (`row_security`). Nobody, until it is found out who is signed in.

    `unhurried`: its COMMIT does not wait for the disk. It survives a crash of ours, and a power cut leaves either
    all of it or nothing; for what nobody was told is saved, and what is simply done again.
    """
    options = {**(READ_ONLY if read_only else {}), **(UNHURRIED if unhurried else {})}
    with Session(acting(engine, by, **options), expire_on_commit=False) as session:
        yield session
        if not read_only:
            session.commit()


def check_durability(engine: Engine) -> None:
    """Raises `UnsafeDatabase` where a confirmed write could be lost in a power cut."""
    with engine.connect().execution_options(**READ_ONLY) as connection:
        if engine.dialect.name == "sqlite":
            full = 2
            if connection.execute(text("PRAGMA synchronous")).scalar_one() < full:
                raise UnsafeDatabase("SQLite runs with synchronous below FULL")
            return
        for name in ("fsync", "synchronous_commit"):
            if connection.execute(text(f"SHOW {name}")).scalar_one() == "off":
                raise UnsafeDatabase(f"PostgreSQL runs with {name} = off")


def upserting(dialect: Dialect) -> Callable[[Any], sqlite.Insert]:
    """The `insert` that knows ON CONFLICT. Both dialects spell it alike; the types of one stand for both."""
    inserts: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
    found: Callable[[Any], sqlite.Insert] = inserts[dialect.name]
    return found


def is_locked(error: DBAPIError) -> bool:
    """True where a lock was not granted within `BUSY_SECONDS`."""
    return "database is locked" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "55P03"


def is_busy(error: DBAPIError) -> bool:
    """True where trying again a little later may work: a lock not granted in time, no connection, or somebody
    else was faster: wrote the same revision, or deleted what this belongs to. Asked again, the answer is plain."""
    state = getattr(error.orig, "sqlstate", None)
    return (
        error.connection_invalidated
        or is_locked(error)
        or "UNIQUE constraint failed" in str(error.orig)
        or state in {"40001", "40P01", "57P01", "57P03", "23505", "23503"}
        or (
            state is None
            and type(error.orig).__name__ == "OperationalError"
            and not (is_full(error) or is_broken(error))
        )
    )


def is_broken(error: DBAPIError) -> bool:
    """True where SQLite cannot use its file, and no waiting helps: somebody has to look at the disk."""
    said = str(error.orig)
    return any(
        sign in said
        for sign in (
            "readonly database",
            "disk I/O error",
            "unable to open database",
            "malformed",
            "is not a database",
        )
    )


def is_full(error: DBAPIError) -> bool:
    """True where the disk of the database is full."""
    return "disk is full" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "53100"
