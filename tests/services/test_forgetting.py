"""What was deleted is in no file of the data folder, also where somebody was reading when it went."""

import sqlite3
import time
from contextlib import ExitStack, closing
from uuid import UUID

import pytest
from app.core.db import BUSY_SECONDS, unit_of_work
from app.core.forgetting import PATIENCE_MS, empty_log
from app.core.row_security import HOUSE
from app.models.accounts import Account
from app.models.check_ins import CheckIn
from app.models.experiments import Experiment
from app.services.house import House
from sqlalchemy import event, select, text
from sqlmodel import col

from tests.cast import PASSWORD, Cast, Player, days_ago


@pytest.fixture(autouse=True)
def only_where_the_files_are_ours(house: House) -> None:
    if house.engine.dialect.name != "sqlite":
        assert empty_log(house.engine)
        pytest.skip("PostgreSQL's files are its own: docs/privacy.md")


def traces(cast: Cast, identity: UUID) -> list[bytes]:
    """Everything by which an account or an experiment could be recognised at rest."""
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        mine = session.scalars(select(Experiment).where(col(Experiment.account_id) == identity)).all()
        chosen = [row.id for row in mine] or [identity]
        days = session.scalars(select(CheckIn).where(col(CheckIn.experiment_id).in_(chosen))).all()
        account = session.get(Account, identity)
        keys = [bytes(account.wrapped_key), account.sign_in_index.encode()] if account else []
        plans = [row.sealed for row in session.scalars(select(Experiment).where(col(Experiment.id).in_(chosen)))]
    sealed = [bytes(each) for each in (*plans, *(row.sealed for row in days))]
    ids = [form.encode() for one in {identity, *chosen} for form in (one.hex, str(one))]
    return [*ids, *(one.bytes for one in {identity, *chosen}), *keys, *sealed]


def left(house: House, words: list[bytes]) -> list[str]:
    """Which files still hold any of it."""
    files = [path for path in house.settings.data.rglob("*") if path.is_file()]
    return [path.name for path in files if any(word in path.read_bytes() for word in words)]


def lived(player: Player) -> dict[str, str]:
    experiment = player.started(start_on=days_ago(13))
    for number in range(14):
        player.put(experiment, days_ago(number), mood=5, note=f"day {number} " + "word " * 200)
        player.put(experiment, days_ago(number), base=1, mood=6, note=f"day {number} " + "word " * 300)
    player.http.put("/api/safety-plan", json={"what_helps": "a walk", "base_revision": 0})
    return experiment


def delete_account(player: Player) -> None:
    answer = player.http.request("DELETE", "/api/account", json={"password": PASSWORD})
    assert answer.status_code == 204, answer.text


def crowd(cast: Cast) -> list[Player]:
    return [cast.player(f"p{number}", "client") for number in range(4)]


def test_a_deleted_account_is_in_no_file(cast: Cast) -> None:
    others = crowd(cast)
    lived(others[0])
    player = cast.player("una", "client")
    lived(player)
    lived(others[1])
    words = traces(cast, player.id)
    assert len(words) > 30
    assert left(cast.house, words)
    delete_account(player)
    assert left(cast.house, words) == []
    assert left(cast.house, traces(cast, others[0].id)), "nobody else's"


def test_a_deleted_experiment_is_in_no_file(cast: Cast) -> None:
    player = cast.player("una", "client")
    experiment = lived(player)
    words = traces(cast, UUID(experiment["id"]))
    assert len(words) > 25
    assert left(cast.house, words)
    assert player.http.delete(f"/api/experiments/{experiment['id']}").status_code == 204
    assert left(cast.house, words) == []


@pytest.mark.parametrize("in_the_way", ["reads", "writes"])
def test_it_goes_as_soon_as_nobody_is_in_the_way(cast: Cast, in_the_way: str) -> None:
    """A deletion never waits for somebody who reads, and is made up for."""
    player = cast.player("una", "client")
    experiment = lived(player)
    words = traces(cast, UUID(experiment["id"]))
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        session.execute(text("SELECT count(*) FROM check_in"))
        assert player.http.delete(f"/api/experiments/{experiment['id']}").status_code == 204
        assert left(cast.house, words), "somebody still reads what was"
        if in_the_way == "writes":
            assert cast.player("ben", "client").draft()
    for _ in range(200):
        if not left(cast.house, words):
            break
        time.sleep(0.05)
    assert left(cast.house, words) == []


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside somebody who only has it open"])
def test_a_house_that_closes_makes_up_for_it(cast: Cast, beside: bool) -> None:
    """SQLite empties the log itself when the last connection goes; where that is another's, the house does."""
    player = cast.player("una", "client")
    experiment = lived(player)
    words = traces(cast, UUID(experiment["id"]))
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        session.execute(text("SELECT count(*) FROM check_in"))
        player.http.delete(f"/api/experiments/{experiment['id']}")
        time.sleep(0.4)  # it was tried in vain, and waits to try again
    with closing(sqlite3.connect(cast.house.settings.data / "fortnight.sqlite3")) as another:
        if beside:
            another.execute("SELECT count(*) FROM check_in").fetchall()
        cast.house.close()
        assert left(cast.house, words) == []


def test_who_writes_next_waits_for_others_as_long_as_ever(house: House) -> None:
    assert empty_log(house.engine)
    with ExitStack() as taken:
        every = [
            taken.enter_context(closing(house.engine.raw_connection())) for _ in range(house.settings.threads)
        ]
        waits = {each.cursor().execute("PRAGMA busy_timeout").fetchone() for each in every}
    assert waits == {(BUSY_SECONDS * 1000,)}


def test_every_connection_overwrites_what_is_deleted(house: House) -> None:
    """Where SQLite itself was built without it, too."""

    def built_without(connection: sqlite3.Connection, _record: object) -> None:
        connection.execute("PRAGMA secure_delete = OFF")

    house.engine.dispose()
    event.listen(house.engine, "connect", built_without, insert=True)
    with closing(house.engine.raw_connection()) as connection:
        assert connection.cursor().execute("PRAGMA secure_delete").fetchone() == (1,)


def test_a_deletion_waits_a_moment_only_for_who_is_in_the_way(house: House) -> None:
    said: list[str] = []

    def listen(connection: sqlite3.Connection, _record: object) -> None:
        connection.set_trace_callback(said.append)

    house.engine.dispose()
    event.listen(house.engine, "connect", listen)
    assert empty_log(house.engine)
    before = said[said.index("PRAGMA wal_checkpoint(TRUNCATE)") - 1]
    assert before == f"PRAGMA busy_timeout = {PATIENCE_MS}"
    assert PATIENCE_MS < BUSY_SECONDS * 1000 / 10
