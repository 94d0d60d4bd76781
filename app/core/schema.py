"""The database schema: brought up to date at start, never downgraded.

A revision is named by the number its file begins with, so that asking whether the schema is current needs no
Alembic (a third of a second and 12 MB at each start); it is imported when there is something to run.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from app.core.row_security import HOUSE, acting

ROOT = Path(__file__).parents[2]
MIGRATIONS = ROOT / "migrations"
MIGRATION_LOCK = 7_014_014  # any number, the same in every process


class SchemaTooNew(Exception):
    """The database was written by a newer Fortnight; older code must not touch it."""


class ReferencesBroken(Exception):
    """A migration left rows that belong to nothing. Names their tables."""


@lru_cache(maxsize=1)
def revisions() -> tuple[str, ...]:
    """Every revision this code knows, oldest first."""
    return tuple(sorted(path.name.partition("_")[0] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))


def current(connection: Connection) -> str | None:
    """The revision of this database, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()
    return found


def is_current(connection: Connection) -> bool:
    """True where the schema is the one this code was written for."""
    return current(connection) == revisions()[-1]


def one_at_a_time(connection: Connection) -> None:
    """Hold off other processes that start on this database until this transaction ends (SQLite does so anyway)."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})"))


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest revision in one transaction. Raises `SchemaTooNew`."""
    with _tables_may_be_made_anew(engine) as connection, connection.begin():
        one_at_a_time(connection)
        revision = current(connection)
        if revision is not None and revision not in revisions():
            raise SchemaTooNew("this database was written by a newer version of Fortnight")
        if revision != revisions()[-1]:
            _run(connection)
            _check_references(connection)


@contextmanager
def _tables_may_be_made_anew(engine: Engine) -> Iterator[Connection]:
    """A connection on which dropping a table deletes nothing that refers to it. On SQLite a table is changed by
    making it anew and dropping the old one, and with its foreign keys on, that is a DELETE of every row with all
    its CASCADEs (https://www.sqlite.org/lang_altertable.html, section 7). Cannot be said inside a transaction."""
    with acting(engine, HOUSE).connect() as connection:
        driver = connection.connection.driver_connection
        if engine.dialect.name != "sqlite" or driver is None:
            yield connection
            return
        driver.execute("PRAGMA foreign_keys = OFF")
        try:
            yield connection
        finally:
            driver.execute("PRAGMA foreign_keys = ON")


def _check_references(connection: Connection) -> None:
    """Raises `ReferencesBroken`, and so undoes the migration, where a row refers to one that is not there."""
    if connection.dialect.name == "sqlite":
        broken = {row[0] for row in connection.execute(text("PRAGMA foreign_key_check"))}
        if broken:
            raise ReferencesBroken(", ".join(sorted(broken)))


def _run(connection: Connection) -> None:
    from alembic import command  # noqa: PLC0415 - heavy
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
