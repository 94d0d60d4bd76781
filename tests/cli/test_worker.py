"""`fortnight worker`: sends beside a server on PostgreSQL, and stops when told to."""

import time
from pathlib import Path

import pytest
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.services import delivery_counts
from app.services.house import House

from tests.cli.command import finished, started

CONTACT = "mailto:operator@fortnight.example.org"


def test_on_sqlite_the_server_does_it(tmp_path: Path) -> None:
    done = finished("worker", FORTNIGHT_DATA=str(tmp_path / "data"), FORTNIGHT_PUSH_CONTACT=CONTACT)
    assert done.returncode == 2
    assert "On SQLite the server sends reminders by itself" in done.stderr


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_it_sends_until_it_is_stopped(house: House) -> None:
    settings = {
        "FORTNIGHT_DATA": str(house.settings.data),
        "FORTNIGHT_DATABASE_URL": house.settings.database_url,
    }
    without = finished("worker", **settings)
    assert (without.returncode, "FORTNIGHT_PUSH_CONTACT" in without.stderr) == (2, True)
    with started("worker", FORTNIGHT_PUSH_CONTACT=CONTACT, **settings) as running:
        while running.said() != "Sending reminders.":
            pass
        for _ in range(200):
            with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
                if delivery_counts.is_sending(session, now=clock.now()):
                    break
            time.sleep(0.05)
        else:
            raise AssertionError("it never said that it is there")
    assert not any("Traceback" in line for line in running.errors)
