"""A migration with rows in every table: none is lost where a table is made anew, and what it allows is allowed."""

from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from app.core import schema
from app.core.db import READ_ONLY, unit_of_work
from app.core.row_security import HOUSE, acting
from app.models.base import metadata
from sqlalchemy import Connection, Engine, TableClause, inspect, select, text
from sqlalchemy import column as column_clause
from sqlalchemy import table as table_clause
from sqlalchemy.exc import IntegrityError

from tests.cast import Cast
from tests.databases import take_tables_away
from tests.worlds import client_world, therapist_world

BEFORE_SUPPORTERS = "0007"
Rows = dict[str, list[tuple[Any, ...]]]
Before = tuple[Engine, Rows, list[TableClause]]


def of_then(connection: Connection) -> list[TableClause]:
    """The tables and columns that a database has, in an order in which rows can be written."""
    known = inspect(connection)
    names = set(known.get_table_names())
    return [
        table_clause(
            table.name, *(column_clause(column["name"], table.c[column["name"]].type) for column in columns)
        )
        for table in metadata.sorted_tables
        if table.name in names
        for columns in [known.get_columns(table.name)]
    ]


def rows(connection: Connection, tables: list[TableClause]) -> Rows:
    return {
        table.name: sorted(tuple(map(repr, row)) for row in connection.execute(select(*table.c)))
        for table in tables
    }


def upgrade_to(connection: Connection, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(schema.MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@pytest.fixture
def before(cast: Cast) -> Before:
    """A database as it was, with something in every table of then."""
    client_world(cast, "ana")
    therapist_world(cast, "theo")
    engine = acting(cast.house.engine, HOUSE)
    with engine.connect() as connection:
        kept = {table.name: connection.execute(select(table)).mappings().all() for table in metadata.sorted_tables}
    with engine.begin() as connection:
        take_tables_away(connection)
    with engine.begin() as connection:
        upgrade_to(connection, BEFORE_SUPPORTERS)
        tables = of_then(connection)
        for table in tables:
            some = [{column.name: row[column.name] for column in table.c} for row in kept[table.name]]
            if some:
                connection.execute(table.insert(), some)
        return engine, rows(connection, tables), tables


def test_no_row_goes_with_the_table_that_is_made_anew(before: Before) -> None:
    engine, found, tables = before
    referring = {
        table.name
        for table in metadata.sorted_tables
        for key in table.foreign_keys
        if table.name in found and key.column.table.name in {"account", "invitation"}
    }
    assert len(referring) >= 11
    assert {name for name in referring if not found[name]} == set(), "a table without a row proves nothing"
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert rows(connection, tables) == found
        assert {key["referred_table"] for key in inspect(connection).get_foreign_keys("sharing")} == {"account"}


def test_after_it_a_supporter_may_be_and_nothing_else_that_was_not(before: Before) -> None:
    engine, _, tables = before
    change = "UPDATE {} SET {} = '{}'"
    for table, column in (("account", "role"), ("invitation", "kind")):
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text(change.format(table, column, "supporter")))
    schema.upgrade(engine)
    for table, column in (("account", "role"), ("invitation", "kind")):
        with engine.begin() as connection:
            connection.execute(text(change.format(table, column, "supporter")))
        with pytest.raises(IntegrityError), engine.begin() as connection:
            connection.execute(text(change.format(table, column, "operator")))
    assert engine.dialect.name != "sqlite" or _foreign_keys(engine) == {1}, "on again, in every connection"
    with unit_of_work(engine, by=HOUSE) as session:
        session.execute(text("DELETE FROM account"))
    with engine.connect() as connection:
        left = rows(connection, tables)
    assert not any(left[table] for table in ("experiment", "sharing", "login_session", "session_note"))


def _foreign_keys(engine: Engine) -> set[int]:
    connections = [engine.connect().execution_options(**READ_ONLY) for _ in range(3)]
    found = {connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() for connection in connections}
    for connection in connections:
        connection.close()
    return found


def test_a_migration_that_leaves_rows_of_nobody_is_undone(before: Before, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, found, tables = before
    if engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL never lets go of its foreign keys")
    run = schema._run

    def careless(connection: Connection) -> None:
        run(connection)
        connection.execute(text("DELETE FROM account WHERE role = 'therapist'"))

    monkeypatch.setattr(schema, "_run", careless)
    with pytest.raises(schema.ReferencesBroken):
        schema.upgrade(engine)
    with engine.connect() as connection:
        assert rows(connection, tables) == found
        assert schema.current(connection) == BEFORE_SUPPORTERS
