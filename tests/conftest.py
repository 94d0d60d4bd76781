"""Shared by every test: a house on a real SQLite file and on a real PostgreSQL, and the cast.

Ana is a client, Theo her therapist, Sam a stranger (a client with an experiment of his own). Databases are
made by the migrations, never by `create_all`. PostgreSQL: `FORTNIGHT_TEST_POSTGRES` (a URL of a server where
databases may be created), else a local server with trust; without one those tests are skipped with the reason,
and with CI=true they fail.
"""

import os
import secrets
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import psycopg
import pytest
from app.core import config
from app.services.house import House, open_house

from tests.cast import Cast

POSTGRES = os.environ.get("FORTNIGHT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")
PORT = 8321


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--databases", default="sqlite,postgresql", help="which databases to run on")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long runs only when asked for by `-m nightly`."""
    if "nightly" in (config.getoption("-m") or ""):
        return
    chosen = [item for item in items if item.get_closest_marker("nightly") is None]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen


@lru_cache(maxsize=1)
def _postgres_answers() -> str | None:
    try:
        with psycopg.connect(POSTGRES, connect_timeout=3):
            return None
    except psycopg.OperationalError:
        return "no PostgreSQL answers (set FORTNIGHT_TEST_POSTGRES)"


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of each kind: "" stands for SQLite in the data folder."""
    kind: str = request.param
    if kind not in request.config.getoption("--databases"):
        pytest.skip("not asked for")
    if kind == "sqlite":
        yield ""
        return
    problem = _postgres_answers()
    if problem:
        if os.environ.get("CI"):
            pytest.fail(problem)
        pytest.skip(problem)
    name = f"fortnight_test_{secrets.token_hex(6)}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    yield POSTGRES.rpartition("/")[0] + "/" + name
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def house(tmp_path: Path, database_url: str) -> Iterator[House]:
    """An open house with nobody in it."""
    settings = config.load(
        {}, data=tmp_path / "data", database_url=database_url, public_url=f"http://localhost:{PORT}", threads=4
    )
    opened = open_house(settings)
    yield opened
    opened.close()


@pytest.fixture
def cast(house: House) -> Iterator[Cast]:
    """Ana, Theo and Sam, each signed in, over the real app."""
    with Cast(house) as people:
        yield people
