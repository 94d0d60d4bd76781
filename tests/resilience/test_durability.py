"""What was answered with 200 survives kill -9; what is stopped gently cuts nobody off (R1, R14)."""

import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from app.core import db
from app.core.db import UnsafeDatabase, unit_of_work
from app.core.row_security import HOUSE
from app.core.vault import open_vault
from app.models.accounts import Account
from app.models.check_ins import CheckIn
from app.models.experiments import Experiment
from app.services import accounts, check_ins
from app.services.house import House, open_house
from sqlalchemy import text
from sqlmodel import select

from tests.resilience.servers import Load, Writer, free_port, kill, running, writers

ENOUGH = 10
"""So many answers before a server is stopped gently, or nothing is shown by it."""
ROUNDS = 3
ROUNDS_NIGHTLY = 200
PEOPLE = 6


@pytest.fixture(scope="module")
def people(shared_house: House) -> list[Writer]:
    return writers(shared_house, PEOPLE)


def killed_rounds(house: House, people: list[Writer], rounds: int) -> int:
    """How many writes were acknowledged in all; every round ends with kill -9 while they run."""
    load = Load(free_port())
    rng = random.Random(14)
    for number in range(rounds):
        with running(house, load.port) as process:
            assert load.lost(people) == []
            with load.under(people, f"round{number}"):
                time.sleep(rng.uniform(0.2, 0.7))
                kill(process)
        assert load.wrong == []
        assert sound(house)
    with running(house, load.port):
        assert load.lost(people) == []
    return len(load.answered)


def sound(house: House) -> bool:
    if house.engine.dialect.name != "sqlite":
        return True
    with sqlite3.connect(house.settings.data / "fortnight.sqlite3") as connection:
        (said,) = connection.execute("PRAGMA integrity_check").fetchone()
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    return bool(said == "ok" and not broken)


def test_what_was_acknowledged_survives_kill_9(shared_house: House, people: list[Writer]) -> None:
    assert killed_rounds(shared_house, people, ROUNDS) > ROUNDS * 10, "too little was written to prove anything"


@pytest.mark.nightly
def test_what_was_acknowledged_survives_kill_9_many_times(shared_house: House, people: list[Writer]) -> None:
    assert killed_rounds(shared_house, people, ROUNDS_NIGHTLY) > ROUNDS_NIGHTLY * 10


def test_a_loss_would_be_seen(tmp_path: Path) -> None:
    """Teeth: the same check, on the main file alone, as if what is in the log had never reached the disk."""
    from tests.conftest import open_in

    load = Load(free_port())
    with open_in(tmp_path, "") as house:
        few = writers(house, 2)
        with running(house, load.port) as process, load.under(few, "teeth"):
            time.sleep(0.5)
            kill(process)
        assert load.answered
        for file in (tmp_path / "data").glob("*"):
            if file.is_dir():
                shutil.copytree(file, tmp_path / "cut" / "data" / file.name)
        shutil.copy2(tmp_path / "data" / "fortnight.sqlite3", tmp_path / "cut" / "data")
    (tmp_path / "cut" / "data" / "fortnight.sqlite3-wal").unlink(missing_ok=True)
    assert rows_in(tmp_path / "cut" / "data" / "fortnight.sqlite3") < len(load.answered)


def rows_in(path: Path) -> int:
    connection = sqlite3.connect(path)
    try:
        number: int = connection.execute("SELECT count(*) FROM check_in").fetchone()[0]
        return number
    except sqlite3.OperationalError:
        return 0  # not even the tables had reached the main file
    finally:
        connection.close()


def notes(house: House) -> set[str]:
    """Every note of every revision in the database."""
    found = set()
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        for row, experiment, account in session.exec(
            select(CheckIn, Experiment, Account)
            .where(CheckIn.experiment_id == Experiment.id)
            .where(Experiment.account_id == Account.id)
        ):
            key = accounts.data_key(house.vault, account)
            found.add(check_ins._open(row, key).answers.note or "")
            assert experiment.id == row.experiment_id
    return found


def test_stopping_gently_cuts_nobody_off(shared_house: House, people: list[Writer]) -> None:
    """Every request has a whole answer, or was refused before it was begun: nothing of it is stored."""
    load = Load(free_port())
    started = time.monotonic()
    with running(shared_house, load.port) as process:
        load.know(people)
        with load.under(people, f"gentle{started}"):
            while len(load.answered) <= ENOUGH and time.monotonic() < started + 30:
                time.sleep(0.1)
            process.send_signal(signal.SIGTERM)
            process.wait(20)
    assert load.wrong == []
    assert len(load.answered) > ENOUGH
    stored = notes(shared_house)
    assert load.answered <= stored
    assert load.unanswered & stored == set()


# Refusing to start on a database that forgets -----------------------------------------------------------------


@pytest.fixture
def forgetful(database_url: str, tmp_path: Path) -> Iterator[str]:
    if not database_url:
        pytest.skip("SQLite is told by us, not by its operator")
    with psycopg.connect(database_url, autocommit=True) as server:
        name = database_url.rpartition("/")[2]
        server.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    yield database_url


def test_a_database_that_forgets_stops_the_start(forgetful: str, tmp_path: Path) -> None:
    from app.core import config

    open_vault(tmp_path / "keys")
    with pytest.raises(UnsafeDatabase):
        open_house(config.load({}, data=tmp_path, database_url=forgetful))


def test_every_connection_to_sqlite_waits_for_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = db.make_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}", 4)
    connections = [engine.connect() for _ in range(8)]
    for connection in connections:
        found = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("synchronous", "journal_mode")]
        assert found == [2, "wal"]
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        connection.rollback()
        connection.close()
    engine.dispose()
    prepare = db._prepare_sqlite

    def careless(connection: sqlite3.Connection, record: object) -> None:
        prepare(connection, record)
        connection.execute("PRAGMA synchronous = NORMAL")

    monkeypatch.setattr(db, "_prepare_sqlite", careless)
    engine = db.make_engine(f"sqlite:///{tmp_path / 'x.sqlite3'}", 4)
    with pytest.raises(UnsafeDatabase):
        db.check_durability(engine)
    engine.dispose()


def test_only_what_says_so_does_not_wait_for_the_disk(house: House) -> None:
    """And whoever gets the connection next waits again."""
    waits = {"sqlite": ("PRAGMA synchronous", 1, 2), "postgresql": ("SHOW synchronous_commit", "off", "on")}
    asked, hurries_not, hurries = waits[house.engine.dialect.name]
    for unhurried in (False, True, False, True, True, False):
        with db.unit_of_work(house.engine, by=HOUSE, unhurried=unhurried) as session:
            assert session.execute(text(asked)).scalar() == (hurries_not if unhurried else hurries)
