"""Databases for tests: empty ones, and migrated ones with nothing in them. On PostgreSQL they belong to an
ordinary user: a superuser is held by no policy, and would show nothing.

Migrating takes longer than most tests. On SQLite the migrated file is copied; on PostgreSQL a database is used
again once its rows are gone, and thrown away where a test left it with another schema than it found.
"""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import psycopg
from app.core import config, schema
from app.core.db import make_engine
from app.core.row_security import HOUSE, SETTING
from app.models.base import metadata
from psycopg.sql import SQL, Identifier, Literal
from sqlalchemy import Connection, make_url, text

FILE = "fortnight.sqlite3"
USER = "fortnight_test"
ALONE = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"""
EMPTY = "; ".join(f"DELETE FROM {table.name}" for table in reversed(metadata.sorted_tables))  # noqa: S608
SHAPE = """SELECT md5(string_agg(line, '' ORDER BY line)) FROM (
             SELECT concat(attrelid::regclass, attname, atttypid, atttypmod, attnotnull) FROM pg_attribute
             WHERE attnum > 0 AND NOT attisdropped AND attrelid IN (
               SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
             UNION ALL SELECT concat(conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint
             WHERE connamespace = 'public'::regnamespace
             UNION ALL SELECT concat(oid::regclass, relrowsecurity, relforcerowsecurity) FROM pg_class
             WHERE relnamespace = 'public'::regnamespace
             UNION ALL SELECT concat(tablename, policyname, cmd, qual) FROM pg_policies
             UNION ALL SELECT version_num FROM alembic_version) AS lines (line)"""


@contextmanager
def empty_postgres(server: str) -> Iterator[str]:
    """A database without a schema."""
    url = create(server)
    yield url
    drop(server, url)


class Migrated:
    """`server`: the URL of a PostgreSQL where databases may be created. `folder`: for the SQLite file."""

    def __init__(self, server: str, folder: Path) -> None:
        self._server, self._file = server, folder / FILE
        self._free: list[str] = []
        self._shape = ""

    def put_sqlite(self, folder: Path) -> None:
        """Into a data folder that does not exist yet."""
        if not self._file.exists():
            _migrate(f"sqlite:///{self._file}")
        folder.mkdir(mode=0o700, parents=True)
        shutil.copy(self._file, folder / FILE)
        (folder / FILE).chmod(0o600)

    def take(self) -> str:
        """The URL of one on PostgreSQL, for one taker at a time."""
        if self._free:
            return self._free.pop()
        url = create(self._server)
        _migrate(url)
        with psycopg.connect(url) as fresh:
            self._shape = _value(fresh, SHAPE)
        return url

    def give_back(self, url: str) -> None:
        """Nobody is in it any more."""
        with psycopg.connect(url, autocommit=True, options=f"-c {SETTING}={HOUSE}") as used:
            used.execute(ALONE)
            try:
                used.execute(EMPTY)
                clean = _value(used, SHAPE) == self._shape
            except psycopg.errors.UndefinedTable:
                clean = False
        if clean:
            self._free.append(url)
        else:
            drop(self._server, url)

    def close(self) -> None:
        for url in self._free:
            drop(self._server, url)


def create(server: str) -> str:
    """The URL of a new one, without a schema."""
    name = f"fortnight_test_{secrets.token_hex(6)}"
    user = ordinary_user(server)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {} OWNER {}").format(Identifier(name), Identifier(user)))
    return make_url(server).set(username=user, database=name).render_as_string(hide_password=False)


@lru_cache(maxsize=4)
def ordinary_user(server: str) -> str:
    """Whoever the URL names, if policies hold for them; else a user of the tests' own, with the same password."""
    with psycopg.connect(server) as connection:
        connection.execute("SELECT pg_advisory_xact_lock(7014014)")  # all that run at once make one
        [name, free] = connection.execute(
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
        ).fetchone() or ("", False)
        if not free:
            return str(name)
        if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [USER]).fetchone() is None:
            connection.execute(SQL("CREATE ROLE {} LOGIN").format(Identifier(USER)))
        password = make_url(server).password
        if password:
            connection.execute(SQL("ALTER ROLE {} PASSWORD {}").format(Identifier(USER), Literal(str(password))))
    return USER


def take_tables_away(connection: Connection) -> None:
    """All of them, as if it had never been migrated."""
    connection.execute(text("DROP TABLE alembic_version"))
    if connection.dialect.name == "postgresql":  # policies ask other tables, and hold them
        connection.execute(text(f"DROP TABLE {', '.join(metadata.tables)} CASCADE"))
    metadata.drop_all(connection)


def drop(server: str, url: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')


def _migrate(url: str) -> None:
    engine = make_engine(config.load({}, database_url=url).sqlalchemy_url, 4)
    schema.upgrade(engine)
    engine.dispose()


def _value(connection: psycopg.Connection[tuple[str]], query: str) -> str:
    row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]
