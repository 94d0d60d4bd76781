"""Shared by every test: a house on a real SQLite file and on a real PostgreSQL, and the cast.

Ana is a client, Theo her therapist, Sam a stranger (a client with an experiment of his own). Databases are
made by the migrations, never by `create_all`. PostgreSQL: `FORTNIGHT_TEST_POSTGRES` (a URL of a server where
databases may be created), else a local server with trust; without one those tests are skipped with the reason,
and with CI=true they fail.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import psycopg
import pytest
from app.core import config, schema
from app.core.db import make_engine
from app.services.house import House, open_house

from tests.cast import Cast

# Real files, without the wait of a real disk: thousands of small durable databases are made and thrown away.
MEMORY = Path("/dev/shm")  # noqa: S108 - made for this
if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and "TMPDIR" not in os.environ:
    os.environ["TMPDIR"] = str(MEMORY)
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

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


KINDS = ("sqlite", "postgresql")


@contextmanager
def empty_database(request: pytest.FixtureRequest, *, migrated: bool = False) -> Iterator[str]:
    """An empty database of the kind `request.param`: "" stands for SQLite in the data folder.

    `migrated`: where PostgreSQL is meant, one that the migrations have already been run on.
    """
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
    template = request.getfixturevalue("migrated_template") if migrated else "template1"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield POSTGRES.rpartition("/")[0] + "/" + name
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(scope="session")
def migrated_template() -> Iterator[str]:
    """A PostgreSQL database with the schema and nothing in it, copied for each test: migrating takes longer."""
    name = f"fortnight_template_{secrets.token_hex(6)}"
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
    engine = make_engine(config.load({}, database_url=POSTGRES.rpartition("/")[0] + "/" + name).sqlalchemy_url, 4)
    schema.upgrade(engine)
    engine.dispose()
    yield name
    with psycopg.connect(POSTGRES, autocommit=True) as server:
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@contextmanager
def open_in(folder: Path, database_url: str) -> Iterator[House]:
    settings = config.load(
        {}, data=folder / "data", database_url=database_url, public_url=f"http://localhost:{PORT}", threads=4
    )
    opened = open_house(settings)
    yield opened
    opened.close()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of each kind, for this test alone."""
    with empty_database(request) as url:
        yield url


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """An open house with nobody in it."""
    with empty_database(request, migrated=True) as url, open_in(tmp_path, url) as opened:
        yield opened


@pytest.fixture
def cast(house: House) -> Iterator[Cast]:
    """Ana, Theo and Sam, each signed in, over the real app."""
    with Cast(house) as people:
        yield people


@pytest.fixture(scope="module", params=KINDS)
def shared_house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests of a module: for tests that make people of their own and disturb nobody."""
    with empty_database(request, migrated=True) as url, open_in(tmp_path_factory.mktemp("shared"), url) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_cast(shared_house: House) -> Iterator[Cast]:
    with Cast(shared_house) as people:
        yield people
