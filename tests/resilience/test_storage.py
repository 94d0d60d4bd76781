"""A disk that is full, a file that cannot be used, a folder that others use: told as what it is."""

import os
import sqlite3
from pathlib import Path

import pytest
from app.core import ballast, config, db
from app.services.house import House, open_house, with_room
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.cast import PASSWORD, PLAN, Cast, Player
from tests.resilience.disks import fill


def fill_log(player: Player) -> None:
    """Write until the database's own log has no room left either."""
    while player.http.post("/api/experiments", json=PLAN).status_code == 201:
        pass


def test_a_full_disk_is_said_and_keeps_nobody_from_signing_out(small_disk: Path) -> None:
    house = open_house(config.load({}, data=small_disk, public_url="http://localhost:8321", threads=4))
    with Cast(house) as cast:
        assert cast.ana.http.get("/api/session").status_code == 200
        assert (small_disk / "ballast").stat().st_size == ballast.SIZE
        filled = fill(small_disk)
        fill_log(cast.ana)
        answer = cast.ana.http.post("/api/experiments", json=PLAN)
        assert (answer.status_code, answer.json()["code"]) == (507, "full")
        assert cast.ana.http.get("/api/experiments").status_code == 200
        signing_in = {"sign_in": cast.ana.sign_in, "password": PASSWORD}
        assert cast.visitor().post("/api/session", json=signing_in).status_code == 200
        assert not (small_disk / "ballast").exists(), "that is what it was kept for"
        fill_log(cast.ana)
        left = cast.ana.http.delete("/api/session")
        assert left.status_code == 204
        assert 'fortnight=""' in left.headers["set-cookie"]
        filled.unlink()
        assert cast.visitor().post("/api/session", json=signing_in).status_code == 200
    house.close()
    opened(small_disk)
    assert (small_disk / "ballast").exists(), "kept again at the next start"


def test_a_full_disk_keeps_nobody_from_a_new_password_by_recovery_code(small_disk: Path) -> None:
    house = open_house(config.load({}, data=small_disk, public_url="http://localhost:8321", threads=4))
    with Cast(house) as cast:
        code = {"sign_in": cast.ana.sign_in, "recovery_code": cast.ana.recovery_codes[0]}
        fill(small_disk)
        fill_log(cast.ana)
        body = {**code, "new_password": "another lamp, another diary"}
        assert cast.visitor().post("/api/session/recovery", json=body).status_code == 200
        assert not (small_disk / "ballast").exists()
    house.close()


def test_half_of_the_ballast_is_none(small_disk: Path) -> None:
    kept = small_disk / "ballast"
    kept.write_bytes(b"\0" * 100)
    ballast.keep(small_disk)
    assert kept.stat().st_size == ballast.SIZE, "what was cut short is made whole"
    kept.unlink()
    filled = fill(small_disk)
    os.truncate(filled, filled.stat().st_size - ballast.SIZE // 2)
    ballast.keep(small_disk)
    assert not kept.exists(), "it would only take away room"


def test_the_ballast_is_given_up_for_a_full_disk_and_nothing_else(tmp_path: Path) -> None:
    house = open_house(config.load({}, data=tmp_path / "data", threads=4))

    def locked() -> None:
        raise DBAPIError.instance(None, None, sqlite3.OperationalError("database is locked"), sqlite3.Error)

    with pytest.raises(DBAPIError, match="locked"):
        with_room(house, locked)
    assert (house.settings.data / "ballast").exists()
    house.close()


def test_there_is_ballast_where_the_database_is_a_file_of_ours(house: House) -> None:
    ours = house.engine.dialect.name == "sqlite"
    assert (house.settings.data / "ballast").exists() == ours


@pytest.mark.parametrize(
    "said", ["attempt to write a readonly database", "disk I/O error", "unable to open database file"]
)
def test_a_file_that_cannot_be_used_is_not_called_busy(cast: Cast, said: str) -> None:
    @cast.app.get("/api/broken")
    def broken() -> None:
        raise DBAPIError.instance(None, None, sqlite3.OperationalError(said), sqlite3.Error)

    cast.app.router.routes.insert(0, cast.app.router.routes.pop())
    answer = cast.nobody.get("/api/broken")
    assert (answer.status_code, answer.json()["code"]) == (500, "storage")
    assert said not in answer.text


def test_a_database_that_cannot_be_written_is_known_as_such(house: House) -> None:
    if house.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite has a file")
    with pytest.raises(DBAPIError) as caught, house.engine.begin() as connection:
        connection.execute(text("PRAGMA query_only = ON"))
        connection.execute(text("DELETE FROM account"))
    assert db.is_broken(caught.value)
    assert not db.is_busy(caught.value)


def opened(folder: Path) -> None:
    open_house(config.load({}, data=folder, public_url="http://localhost:8321", threads=4)).close()


def test_a_folder_that_others_use_is_not_taken_from_them(tmp_path: Path) -> None:
    folder = tmp_path / "home"
    folder.mkdir()
    folder.chmod(0o755)
    (folder / "letters.txt").write_text("x")
    with pytest.raises(PermissionError, match=r"holds other things too \(letters.txt\)"):
        opened(folder)
    assert folder.stat().st_mode & 0o777 == 0o755
    assert [path.name for path in folder.iterdir()] == ["letters.txt"]
    folder.chmod(0o700)
    opened(folder)


def test_a_folder_of_ours_and_a_database_brought_back_are_made_private(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    folder.chmod(0o755)
    opened(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o750)
    (folder / "fortnight.sqlite3").chmod(0o644)
    opened(folder)
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "fortnight.sqlite3").stat().st_mode & 0o777 == 0o600
