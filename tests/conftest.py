"""Shared by every test: a house on a real SQLite file and on a real PostgreSQL, and the cast.

Ana is a client, Theo her therapist, Sam a stranger (a client with an experiment of his own). Databases are
made by the migrations, never by `create_all`. PostgreSQL: `FORTNIGHT_TEST_POSTGRES` (a URL of a server where
databases may be created), else a local server with trust; without one those tests are skipped with the reason,
and with CI=true they fail.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

import psycopg
import pytest
from app.core import config, security
from app.services.house import House, open_house
from argon2 import PasswordHasher
from sqlalchemy.engine.default import DefaultDialect

from tests.cast import Cast
from tests.databases import Migrated, empty_postgres

# Thousands of accounts are made, and none of these passwords is anybody's.
REAL_HASHER = security._hasher
security._hasher = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)

# Each test has an engine of its own, and the next one need not compile what one of them has. It is kept by a
# dialect, and theirs are alike.
COMPILED: dict[str, Any] = {}
DefaultDialect.__eq__ = lambda one, other: type(one) is type(other)  # type: ignore[method-assign]
DefaultDialect.__hash__ = lambda one: hash(type(one))  # type: ignore[method-assign,assignment]

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


def _kind(request: pytest.FixtureRequest) -> str:
    """The kind of database that is meant by `request.param`; skips where there is none of it."""
    kind: str = request.param
    if kind not in request.config.getoption("--databases"):
        pytest.skip("not asked for")
    problem = _postgres_answers() if kind == "postgresql" else None
    if problem and os.environ.get("CI"):
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)
    return kind


@contextmanager
def open_in(folder: Path, database_url: str) -> Iterator[House]:
    settings = config.load(
        {}, data=folder / "data", database_url=database_url, public_url=f"http://localhost:{PORT}", threads=4
    )
    opened = open_house(settings)
    kind = opened.engine.dialect.name
    opened.engine._compiled_cache = COMPILED.setdefault(kind, opened.engine._compiled_cache)
    yield opened
    opened.close()


@contextmanager
def _empty_house(request: pytest.FixtureRequest, folder: Path) -> Iterator[House]:
    """An open house with nobody in it, on a migrated database that was not migrated for it alone."""
    databases: Migrated = request.getfixturevalue("migrated")
    if _kind(request) == "sqlite":
        databases.put_sqlite(folder / "data")
        with open_in(folder, "") as opened:
            yield opened
        return
    url = databases.take()
    with open_in(folder, url) as opened:
        yield opened
    databases.give_back(url)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Migrated]:
    databases = Migrated(POSTGRES, tmp_path_factory.mktemp("migrated"))
    yield databases
    databases.close()


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """An empty database of each kind, without a schema, for this test alone; "" stands for SQLite in the data
    folder."""
    if _kind(request) == "sqlite":
        yield ""
        return
    with empty_postgres(POSTGRES) as url:
        yield url


@pytest.fixture(params=KINDS)
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """An open house with nobody in it."""
    with _empty_house(request, tmp_path) as opened:
        yield opened


@pytest.fixture
def cast(house: House) -> Iterator[Cast]:
    """Ana, Theo and Sam, each signed in, over the real app."""
    with Cast(house) as people:
        yield people


@pytest.fixture
def real_hashing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords are hashed at the cost at which ours are."""
    monkeypatch.setattr(security, "_hasher", REAL_HASHER)


@pytest.fixture(scope="module", params=KINDS)
def shared_house(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """One house for all tests of a module: for tests that make people of their own and disturb nobody."""
    with _empty_house(request, tmp_path_factory.mktemp("shared")) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared_cast(shared_house: House) -> Iterator[Cast]:
    with Cast(shared_house, for_long=True) as people:
        yield people
