"""The schema by migration: from nothing to head on both databases, once, also by many at once; never downwards."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from app.core import config, schema
from app.core.db import make_engine, unit_of_work
from app.core.row_security import HOUSE
from app.models.base import metadata
from app.services.house import House, open_house
from sqlalchemy import Column, Connection, Engine, Integer, MetaData, inspect, text

from tests.databases import take_tables_away

ROOT = Path(__file__).parents[1]


@pytest.fixture
def engine(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    opened = make_engine(database_url or f"sqlite:///{tmp_path / 'empty.sqlite3'}", 4)
    yield opened
    opened.dispose()


def differences(connection: Connection, wanted: MetaData = metadata) -> list[Any]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, wanted))


def described(connection: Connection) -> dict[str, Any]:
    """What the database says of itself; more than Alembic compares (CHECK constraints, cascades)."""
    seen = inspect(connection)
    return {
        table: {
            "columns": {each["name"]: (str(each["type"]), each["nullable"]) for each in seen.get_columns(table)},
            "key": seen.get_pk_constraint(table)["constrained_columns"],
            "checks": sorted(str(each["name"]) for each in seen.get_check_constraints(table)),
            "unique": sorted(str(each["name"]) for each in seen.get_unique_constraints(table)),
            "indexes": sorted(str(each["name"]) for each in seen.get_indexes(table)),
            "foreign": sorted(
                f"{each['name']} {each['constrained_columns']} {each['referred_table']} {each['options']}"
                for each in seen.get_foreign_keys(table)
            ),
        }
        for table in seen.get_table_names()
        if table != "alembic_version"
    }


def test_the_migrated_schema_is_the_one_of_the_models(engine: Engine) -> None:
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert differences(connection) == []
        migrated = described(connection)
    with engine.begin() as connection:
        take_tables_away(connection)
        metadata.create_all(connection)
    with engine.connect() as connection:
        assert described(connection) == migrated
    assert set(migrated) == set(metadata.tables)
    cascades = [foreign for table in migrated.values() for foreign in table["foreign"]]
    other = [foreign for foreign in cascades if "CASCADE" not in foreign]
    assert cascades and [foreign.split()[0] for foreign in other] == ["fk_reminder_plan_zone_from_login_session"]


def test_a_difference_would_be_seen(engine: Engine) -> None:
    """Teeth: a column that only the models have."""
    schema.upgrade(engine)
    copy = MetaData(naming_convention=metadata.naming_convention)
    for table in metadata.sorted_tables:
        table.to_metadata(copy)
    copy.tables["check_in"].append_column(Column("extra", Integer()))
    with engine.connect() as connection:
        assert [each[0] for each in differences(connection, copy)] == ["add_column"]


def test_migrating_again_changes_nothing(house: House) -> None:
    with house.engine.connect() as connection:
        before = described(connection)
    schema.upgrade(house.engine)
    with house.engine.connect() as connection:
        assert described(connection) == before


def test_a_database_from_the_future_is_not_touched(house: House) -> None:
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(schema.SchemaTooNew):
        open_house(house.settings)
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        assert session.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == "9999"


@pytest.mark.parametrize("statement", range(1, 5))
def test_a_migration_that_breaks_leaves_nothing_half_done(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, statement: int
) -> None:
    """Whether the database can do DDL in a transaction is one thing, whether we let it another."""
    made = 0

    def breaking(connection: Connection) -> None:
        from alembic.operations import Operations

        create = Operations.create_table

        def counted(self: Any, *args: Any, **more: Any) -> Any:
            nonlocal made
            made += 1
            if made > statement:
                raise RuntimeError("power cut")
            return create(self, *args, **more)

        with monkeypatch.context() as patched:
            patched.setattr(Operations, "create_table", counted)
            real_run(connection)

    real_run = schema._run
    monkeypatch.setattr(schema, "_run", breaking)
    with pytest.raises(RuntimeError, match="power cut"):
        schema.upgrade(engine)
    assert made == statement + 1
    with engine.connect() as connection:
        assert inspect(connection).get_table_names() == []
    monkeypatch.setattr(schema, "_run", real_run)
    schema.upgrade(engine)
    with engine.connect() as connection:
        assert schema.is_current(connection)


def test_several_that_start_at_once_migrate_once(database_url: str, tmp_path: Path) -> None:
    """Real processes on one empty database and one empty data folder: all start, with the same keys."""
    start = (
        "import sys; sys.stdin.readline();"
        "from app.core import config; from app.services.house import open_house;"
        "house = open_house(config.load()); print(house.vault.blind_index('x', 'y')); house.close()"
    )
    environ = {
        **os.environ,
        "FORTNIGHT_DATA": str(tmp_path / "data"),
        "FORTNIGHT_DATABASE_URL": database_url,
        "PYTHONPATH": str(ROOT),
    }
    started = [
        subprocess.Popen(
            [sys.executable, "-c", start],
            env=environ,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for process in started:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    ended = [(*process.communicate(timeout=60), process.returncode) for process in started]
    assert [(code, err) for _, err, code in ended] == [(0, "")] * 3
    assert len({out for out, _, _ in ended}) == 1
    settings = config.load({}, data=tmp_path / "data", database_url=database_url)
    open_house(settings).close()


def test_every_revision_is_one_step_in_one_line() -> None:
    """Two heads would mean two histories; a file that leads nowhere would never run."""
    steps = json.loads(
        subprocess.run(
            [
                sys.executable,
                "-c",
                "import json, runpy, sys; print(json.dumps([{k: v for k, v in runpy.run_path(p).items()"
                " if k in ('revision', 'down_revision')} for p in sys.argv[1:]]))",
                *sorted(str(path) for path in (schema.MIGRATIONS / "versions").glob("*.py")),
            ],
            check=True,
            capture_output=True,
            text=True,
        ).stdout
    )
    expected = [None, *(step["revision"] for step in steps[:-1])]
    assert [step["down_revision"] for step in steps] == expected
