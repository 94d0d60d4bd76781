"""PostgreSQL ends every connection to it, as a restart does: the next request works or is told busy, nothing that
was acknowledged is lost, and nobody restarts the app (R12)."""

from functools import partial

import psycopg
import pytest
from app.services.house import House

from tests.cast import PASSWORD, days_ago
from tests.resilience.servers import Load, Writer, call, free_port, running, until, writers

CUTS = 10


@pytest.fixture(autouse=True)
def only_where_there_are_connections(shared_house: House) -> None:
    if shared_house.engine.dialect.name == "sqlite":
        pytest.skip("SQLite is a file")


@pytest.fixture(scope="module")
def people(shared_house: House) -> list[Writer]:
    return writers(shared_house, 6)


def cut(house: House) -> int:
    """End every other connection to this house's database. How many there were."""
    ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    with psycopg.connect(house.settings.database_url, autocommit=True) as server:
        return len(server.execute(f"{ended} AND pid <> pg_backend_pid()").fetchall())


def written(load: Load, number: int) -> bool:
    return len(load.answered) >= number or bool(load.wrong)


def test_after_a_cut_each_door_works_or_says_busy_and_works_then(
    shared_house: House, people: list[Writer]
) -> None:
    load, writer = Load(free_port()), people[0]
    at = f"/api/experiments/{writer.experiment_id}"
    day = {"base_revision": 0, "written_at": "2026-01-01T00:00:00Z", "zone": "UTC", "mood": 3}
    doors = [
        ("GET", f"{at}/check-ins", None, 200),
        ("GET", "/api/experiments", None, 200),
        ("GET", "/health/ready", None, 200),
        ("PUT", f"{at}/check-ins/{days_ago(0)}", day, 200),
        ("POST", "/api/session", {"sign_in": "nobody-1234", "password": PASSWORD}, 401),
    ]
    with running(shared_house, load.port):
        for method, path, body, usual in doors:
            assert call(load.port, method, path, writer.token, body)[0] == usual, (method, path)
        for method, path, body, usual in doors:
            assert cut(shared_house) > 0
            first, answer = call(load.port, method, path, writer.token, body)
            assert first in {usual, 503}, (method, path, answer)
            assert call(load.port, method, path, writer.token, body)[0] == usual, (method, path)


def test_what_was_acknowledged_survives_cuts_while_everybody_writes(
    shared_house: House, people: list[Writer]
) -> None:
    load = Load(free_port())
    with running(shared_house, load.port):
        load.know(people)
        with load.under(people, "cut"):
            for _ in range(CUTS):
                until(partial(written, load, len(load.answered) + 2 * len(people)))
                assert cut(shared_house) > 0
            until(partial(written, load, len(load.answered) + 2 * len(people)))
        assert (load.wrong, load.unanswered) == ([], set())
        assert load.lost(people) == []
