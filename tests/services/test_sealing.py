"""Nothing a person said can be read from what is stored, and what is stored opens only where it was put."""

import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from app.core import config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE, SETTING
from app.core.vault import KeyMissing, Vault, open_vault
from app.models.base import metadata
from app.services.house import House, open_house
from sqlalchemy import text

from tests.canaries import FRAGMENTS, Canaries, Journey, found_in, journey
from tests.cast import Cast, days_ago
from tests.conftest import open_in


@pytest.fixture(scope="module")
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture(scope="module")
def said(shared_cast: Cast, canaries: Canaries) -> Journey:
    return journey(shared_cast, canaries)


def at_rest(house: House) -> bytes:
    """Every byte an operator or a thief would have: all files of the data folder, and PostgreSQL's dump."""
    files = [path for path in house.settings.data.rglob("*") if path.is_file()]
    stored = b"".join(path.read_bytes() for path in files)
    if house.engine.dialect.name == "sqlite":
        names = {path.name for path in files}
        assert {"fortnight.sqlite3", "fortnight.sqlite3-wal", "fortnight.sqlite3-shm"} <= names
        return stored
    dump = shutil.which("pg_dump")
    if dump is None:
        pytest.skip("no pg_dump")
    command = [dump, "--enable-row-security", house.settings.database_url]
    as_house = {**os.environ, "PGOPTIONS": f"-c {SETTING}={HOUSE}"}
    return stored + subprocess.run(command, check=True, capture_output=True, env=as_house).stdout


def test_nothing_that_was_said_can_be_read_from_what_is_stored(
    shared_house: House, said: Journey, canaries: Canaries
) -> None:
    stored = at_rest(shared_house)
    assert len(canaries.words) > 25
    assert found_in(stored, canaries.everything()) == []
    assert [fragment for fragment in FRAGMENTS if fragment.encode() in stored] == []
    whole = said.http.get(f"/api/experiments/{said.experiment['id']}/export").text
    assert {"question", "note", "secondnote", "effect", "measure", "hope", "line", "meaning", "miss"} <= {
        name for name, word in canaries.words.items() if word in whole
    }, "it was said, and its owner can read it"


@pytest.mark.parametrize("column", ["password_hash", "sealed"])
def test_a_word_left_in_clear_would_be_found(shared_house: House, said: Journey, column: str) -> None:
    """Teeth: once as text, once as bytes."""
    word = f"cnrclear{column}"
    value: Any = word if column == "password_hash" else word.encode()
    table = "account" if column == "password_hash" else "experiment"
    before = kept(shared_house, table, column)
    with unit_of_work(shared_house.engine, by=HOUSE) as session:
        session.execute(text(f"UPDATE {table} SET {column} = :value"), {"value": value})  # noqa: S608
    assert found_in(at_rest(shared_house), [word]) == [word]
    restore(shared_house, table, column, before)


def kept(house: House, table: str, column: str) -> list[dict[str, Any]]:
    """Every row's key and the value of one column."""
    keys = [each.name for each in metadata.tables[table].primary_key]
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        rows = session.execute(text(f"SELECT {', '.join([*keys, column])} FROM {table}"))  # noqa: S608
        return [dict(row._mapping) for row in rows]


def restore(house: House, table: str, column: str, rows: list[dict[str, Any]]) -> None:
    keys = [each.name for each in metadata.tables[table].primary_key]
    where = " AND ".join(f"{name} = :{name}" for name in keys)
    with unit_of_work(house.engine, by=HOUSE) as session:
        for row in rows:
            session.execute(text(f"UPDATE {table} SET {column} = :{column} WHERE {where}"), row)  # noqa: S608


# Moved, changed, cut ----------------------------------------------------------------------------------------

Row = dict[str, Any]
EXPERIMENT = "/api/experiments/{id}"
DAY = ("check_in", "sealed")
PLANNED = ("experiment", "sealed")
PAGE = ("reflection", "sealed")
# What hides itself and nothing else, and where it is said: a day that does not open, a plan that does not.
SHOWN_WITHOUT: dict[tuple[str, str], list[tuple[str, str]]] = {
    DAY: [
        ("GET", EXPERIMENT),
        ("GET", "/api/experiments"),
        ("GET", EXPERIMENT + "/check-ins"),
        ("GET", EXPERIMENT + "/comparison"),
        ("GET", EXPERIMENT + "/figures"),
        *(("GET", EXPERIMENT + file) for file in ("/export", "/archive")),
    ],
    PLANNED: [
        ("GET", EXPERIMENT),
        ("GET", "/api/experiments"),
        *(("GET", EXPERIMENT + file) for file in ("/export", "/archive")),
    ],
    PAGE: [("GET", EXPERIMENT + "/reflections"), ("GET", EXPERIMENT + "/export")],
}
# What cannot be shown at all then.
REFUSED_WITHOUT: dict[tuple[str, str], list[tuple[str, str]]] = {
    PLANNED: [("GET", EXPERIMENT + "/comparison"), ("GET", EXPERIMENT + "/figures")],
    ("safety_plan", "sealed"): [("GET", "/api/safety-plan")],
    ("account", "sealed"): [("GET", "/api/session")],
    ("login_session", "sealed"): [("GET", "/api/sessions")],
    ("account", "wrapped_key"): [("GET", EXPERIMENT), ("GET", "/api/safety-plan"), ("GET", "/api/session")],
    ("account", "kek_id"): [("GET", EXPERIMENT), ("PUT", EXPERIMENT + "/check-ins/{day}")],
}
COLUMNS = list(dict.fromkeys([*SHOWN_WITHOUT, *REFUSED_WITHOUT]))


def swapped(values: list[Any]) -> list[Any]:
    return [values[-1], *values[:-1]]


def one_bit(values: list[Any]) -> list[Any]:
    return [bytes(value[:-1]) + bytes([value[-1] ^ 1]) for value in values]


def other_version(values: list[Any]) -> list[Any]:
    return [b"\x02" + bytes(value[1:]) for value in values]


WRONG: dict[str, Callable[[list[Any]], list[Any]]] = {
    "moved to another row": swapped,
    "one bit": one_bit,
    "another version": other_version,
    "cut short": lambda values: [bytes(value[:9]) for value in values],
    "almost nothing": lambda values: [bytes(value[:20]) for value in values],
    "empty": lambda values: [b"" for _ in values],
}
CASES = [(*at, what) for at in COLUMNS if at[1] != "kek_id" for what in WRONG] + [
    ("account", "kek_id", "unknown key")
]


@pytest.fixture
def log_stream() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(stream))
    yield stream
    structlog.reset_defaults()


@pytest.fixture(scope="module")
def another(shared_cast: Cast, said: Journey) -> Journey:
    """A second person with the same tables filled, so that rows can be swapped between people too."""
    return journey(shared_cast, Canaries())


def sealed_in(table: str, canaries: Canaries) -> list[str]:
    """The words that stood in what was broken, and nowhere else: those of a plan, of a day, of a page."""
    planned = ("question", "medicine", "label", "prescriber", "measure", "low", "mid", "high", "hope")
    written = ("effectwords", "worrying", "else", "note", "secondnote")
    paged = ("line", "noticed", "meaning", "miss")
    names = {"experiment": planned, "check_in": written, "reflection": paged}[table]
    return [canaries.words[name] for name in names]


@pytest.mark.parametrize(("table", "column", "what"), CASES)
def test_what_was_moved_or_changed_does_not_open(
    shared_house: House,
    said: Journey,
    another: Journey,
    canaries: Canaries,
    log_stream: io.StringIO,
    table: str,
    column: str,
    what: str,
) -> None:
    before = kept(shared_house, table, column)
    values = [bytes(row[column]) if column != "kek_id" else row[column] for row in before]
    assert len(values) > 1
    changed = ["9999"] * len(values) if column == "kek_id" else WRONG[what](values)
    restore(shared_house, table, column, [{**row, column: new} for row, new in zip(before, changed, strict=True)])
    try:
        for method, path in REFUSED_WITHOUT.get((table, column), []):
            body = {"base_revision": 2, "written_at": "2026-01-01T00:00:00Z", "zone": "UTC", "mood": 1}
            answer = said.http.request(
                method,
                path.format(id=said.experiment["id"], day=days_ago(1)),
                json=body if method == "PUT" else None,
            )
            assert (answer.status_code, answer.json()["code"]) == (409, "integrity"), (path, answer.text)
            assert found_in(answer.content, canaries.everything()) == []
            assert "integrity" in log_stream.getvalue()
        for method, path in SHOWN_WITHOUT.get((table, column), []):
            answer = said.http.request(method, path.format(id=said.experiment["id"]))
            assert answer.status_code == 200, (path, answer.text)
            assert found_in(answer.content, sealed_in(table, canaries)) == [], path
        if (table, column) in SHOWN_WITHOUT:
            assert all(word in log_stream.getvalue() for word in ("unreadable", table))
            assert said.experiment["id"].replace("-", "") not in log_stream.getvalue()
    finally:
        restore(shared_house, table, column, before)
    assert found_in(log_stream.getvalue().encode(), canaries.everything()) == []
    assert said.http.get(f"/api/experiments/{said.experiment['id']}").status_code == 200


@pytest.mark.parametrize(
    ("source", "target", "path"),
    [
        (
            "SELECT sealed FROM check_in WHERE experiment_id = :mine AND day = :day AND revision = 1",
            "UPDATE check_in SET sealed = :sealed WHERE experiment_id = :mine AND day = :day AND revision = 2",
            "/check-ins",
        ),
        (
            "SELECT sealed FROM check_in WHERE experiment_id = :theirs AND day = :day AND revision = 2",
            "UPDATE check_in SET sealed = :sealed WHERE experiment_id = :mine AND day = :day AND revision = 2",
            "/check-ins",
        ),
        (
            "SELECT sealed FROM check_in WHERE experiment_id = :mine AND day = :day AND revision = 2",
            "UPDATE experiment SET sealed = :sealed WHERE id = :mine",
            "",
        ),
        (
            "SELECT sealed FROM experiment WHERE id = :draft",
            "UPDATE experiment SET sealed = :sealed WHERE id = :mine",
            "",
        ),
        ("SELECT 1 AS sealed", "UPDATE experiment SET revision = revision + 1 WHERE id = :mine", ""),
    ],
    ids=["an earlier revision", "another person's day", "another table", "another experiment", "rolled back"],
)
def test_each_kind_of_move_alone(
    shared_house: House,
    said: Journey,
    another: Journey,
    canaries: Canaries,
    source: str,
    target: str,
    path: str,
) -> None:
    mine, theirs = said.experiment["id"].replace("-", ""), another.experiment["id"].replace("-", "")
    values = {"mine": mine, "theirs": theirs, "draft": said.draft["id"].replace("-", ""), "day": days_ago(1)}
    table = "check_in" if "UPDATE check_in" in target else "experiment"
    before = kept(shared_house, table, "sealed"), kept(shared_house, "experiment", "revision")
    with unit_of_work(shared_house.engine, by=HOUSE) as session:
        sealed = session.execute(text(source), used(source, values)).scalar_one()
        session.execute(text(target), used(target, {**values, "sealed": sealed}))
    answer = said.http.get(f"/api/experiments/{said.experiment['id']}{path}")
    restore(shared_house, table, "sealed", before[0])
    restore(shared_house, "experiment", "revision", before[1])
    assert answer.status_code == 200, answer.text
    broken = [row for row in answer.json()["check_ins"] if row["unreadable"]] if path else [answer.json()]
    assert [row["unreadable"] for row in broken] == [True]
    assert found_in(json.dumps(broken).encode(), canaries.everything()) == []
    assert said.http.get(f"/api/experiments/{said.experiment['id']}{path}").status_code == 200


def used(statement: str, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if f":{name}" in statement}


# Keys -------------------------------------------------------------------------------------------------------


def test_keys_are_for_their_owner_only(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        house = open_house(config.load({}, data=tmp_path / "data"))
    finally:
        os.umask(old)
    house.close()
    for folder in (tmp_path / "data", tmp_path / "data" / "keys"):
        assert folder.stat().st_mode & 0o777 == 0o700
    keys = sorted((tmp_path / "data" / "keys").iterdir())
    assert [key.name for key in keys] == ["index.key", "kek-0001.key", "vapid.pem"]
    assert {key.stat().st_mode & 0o777 for key in keys} == {0o600}


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o606, 0o644])
@pytest.mark.parametrize("name", ["kek-0001.key", "index.key"])
def test_a_key_that_others_can_read_stops_the_start(tmp_path: Path, name: str, mode: int) -> None:
    open_vault(tmp_path)
    (tmp_path / name).chmod(mode)
    with pytest.raises(PermissionError, match=name):
        open_vault(tmp_path)


@pytest.mark.parametrize("damage", ["", "xyz", "00" * 31, "00" * 33])
def test_a_damaged_key_stops_the_start(tmp_path: Path, damage: str) -> None:
    open_vault(tmp_path)
    (tmp_path / "kek-0001.key").write_text(damage)
    with pytest.raises(KeyMissing):
        open_vault(tmp_path)


@pytest.mark.parametrize("what", ["another kek", "another index key", "both lost", "renamed"])
def test_a_wrong_key_stops_the_start(tmp_path: Path, database_url: str, what: str) -> None:
    with open_in(tmp_path, database_url) as house, Cast(house) as cast:
        assert cast.ana.sign_in
    keys = tmp_path / "data" / "keys"
    open_vault(tmp_path / "other")
    if what == "another kek":
        shutil.copy2(tmp_path / "other" / "kek-0001.key", keys)
    elif what == "another index key":
        shutil.copy2(tmp_path / "other" / "index.key", keys)
    elif what == "both lost":
        shutil.rmtree(keys)
    else:
        (keys / "kek-0001.key").rename(keys / "kek-0002.key")
    with pytest.raises(KeyMissing), open_in(tmp_path, database_url):
        pass


def test_a_second_key_is_taken_up_and_the_first_still_opens(tmp_path: Path, database_url: str) -> None:
    with open_in(tmp_path, database_url) as house, Cast(house) as cast:
        experiment = cast.ana.draft()
        token = cast.ana.http.cookies["fortnight"]
    open_vault(tmp_path / "other")
    shutil.copy2(tmp_path / "other" / "kek-0001.key", tmp_path / "data" / "keys" / "kek-0002.key")
    with open_in(tmp_path, database_url) as house, Cast(house) as cast:
        assert house.vault.new_key("somebody").kek_id == "0002"
        assert cast.visitor(token).get(f"/api/experiments/{experiment['id']}").status_code == 200


def test_two_seals_of_the_same_words_share_nothing() -> None:
    vault = Vault({"1": b"k" * 32}, b"i" * 32)
    wrapped = vault.new_key("ana")
    key = vault.unwrap("1", wrapped.wrapped, "ana")
    one, two = key.seal({"mood": 3}, "here"), key.seal({"mood": 3}, "here")
    assert one[1:13] != two[1:13]
    assert not {one[at : at + 4] for at in range(1, len(one) - 3)} & {two[at : at + 4] for at in range(len(two))}


# Gone -------------------------------------------------------------------------------------------------------


def rows_with(house: House, identity: str) -> dict[str, int]:
    """How many rows of each table have this id in any column."""
    found = {}
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        for table in metadata.sorted_tables:
            rows = [repr(tuple(row)) for row in session.execute(text(f'SELECT * FROM "{table.name}"'))]  # noqa: S608
            number = sum(identity.replace("-", "") in row.replace("-", "") for row in rows)
            if number:
                found[table.name] = number
    return found


def test_what_is_deleted_leaves_no_row(cast: Cast) -> None:
    mine, theirs = journey(cast, Canaries()), journey(cast, Canaries())
    assert rows_with(cast.house, mine.experiment["id"]) == {
        "experiment": 1,
        "check_in": 8,
        "reminder_plan": 1,
        "reminder": 1,
        "reflection": 3,
    }
    assert mine.http.delete(f"/api/experiments/{mine.experiment['id']}").status_code == 204
    assert rows_with(cast.house, mine.experiment["id"]) == {}
    mentioned = rows_with(cast.house, mine.account_id)
    assert set(mentioned) == {
        *("account", "recovery_code", "login_session", "experiment", "safety_plan"),
        "invitation",  # the one that the account was made with
        "calendar_feed",  # a device went with its sign-in, when the password was changed
    }
    other = rows_with(cast.house, theirs.account_id)
    total = {table.name: len(kept(cast.house, table.name, "1")) for table in metadata.sorted_tables}
    answer = mine.http.request("DELETE", "/api/account", json={"password": mine.password})
    assert answer.status_code == 204, answer.text
    assert rows_with(cast.house, mine.account_id) == {}
    assert rows_with(cast.house, theirs.account_id) == other
    left = {table.name: len(kept(cast.house, table.name, "1")) for table in metadata.sorted_tables}
    gone = {name: total[name] - left[name] for name in total if total[name] != left[name]}
    assert gone == {
        "account": 1,
        "recovery_code": 10,
        "login_session": 1,
        "experiment": 2,
        "safety_plan": 1,
        "check_in": 14,
        "offer": 1,
        "calendar_feed": 1,
    }
