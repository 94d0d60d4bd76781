"""`fortnight demo`: says who can sign in, and touches nothing that is not its own."""

import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from app.cli import demo as command
from app.core import config

from tests.cli.command import Started, finished, started

MADE = ".fortnight-demo"


def ready(demo: Started) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(demo.said())
    return told


def signs_in(url: str, account: dict[str, str]) -> httpx.Response:
    body = {"sign_in": account["sign_in"], "password": account["password"]}
    return httpx.post(f"{url}/api/session", json=body, headers={"Sec-Fetch-Site": "same-origin"}, timeout=30)


def kept(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@dataclass(frozen=True)
class Demo:
    data: Path
    told: dict[str, Any]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """One that runs."""
    data = tmp_path_factory.mktemp("demo") / "data"
    with started("demo", "--port", "0", "--json", FORTNIGHT_DATA=str(data)) as running:
        yield Demo(data, ready(running))


def test_it_says_in_one_line_who_can_sign_in(demo: Demo) -> None:
    assert set(demo.told) == {"url", "accounts"}
    assert [account["role"] for account in demo.told["accounts"]] == ["therapist", *["client"] * 4, "supporter"]
    for account in demo.told["accounts"]:
        assert set(account) == {"role", "sign_in", "password"}
        answer = signs_in(demo.told["url"], account)
        assert (answer.status_code, answer.json()["account"]["role"]) == (200, account["role"])


def test_a_second_one_takes_nothing_from_one_that_runs(demo: Demo) -> None:
    keys = kept(demo.data / "keys")
    second = finished("demo", "--port", "0", FORTNIGHT_DATA=str(demo.data))
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr.startswith(f"A demo is running in {demo.data}.")
    assert kept(demo.data / "keys") == keys
    assert signs_in(demo.told["url"], demo.told["accounts"][1]).status_code == 200


def test_only_this_machine_reaches_it(demo: Demo) -> None:
    port = urlsplit(demo.told["url"]).port
    assert httpx.get(f"http://127.0.0.1:{port}/health/ready", timeout=30).status_code == 200
    with pytest.raises(OSError), socket.create_connection(("127.0.0.2", port), timeout=5):
        """A server that listens everywhere would answer here."""


def test_the_next_start_has_other_passwords_and_touches_no_other_database(demo: Demo, tmp_path: Path) -> None:
    """Told by the settings of a real practice: the folder, in a file, is all that is taken from them."""
    data, elsewhere = tmp_path / "demo", tmp_path / "theirs.sqlite3"
    (tmp_path / "where").write_text(f"{data}\n")
    data.mkdir()
    (data / MADE).write_text("")
    (data / "last.txt").write_text("of the last demo")
    theirs = {
        "FORTNIGHT_DATA_FILE": str(tmp_path / "where"),
        "FORTNIGHT_DATABASE_URL": f"sqlite:///{elsewhere}",
        "FORTNIGHT_PUBLIC_URL": "https://fortnight.example.org",
    }
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with started("demo", "--port", str(port), **theirs) as second:
        assert second.said() == f"Data folder: {data}"
        assert second.said() == "Keys and database: ready"
        assert second.said() == f"Open http://localhost:{port}"
        assert second.said() == "Everybody here is invented. Until the next start, these can sign in:"
        people = [second.said().split() for _ in range(6)]
    assert [role for role, _, _ in people] == ["therapist", *["client"] * 4, "supporter"]
    passwords = {password for _, _, password in people} | {each["password"] for each in demo.told["accounts"]}
    assert len(passwords) == 12
    assert (data / "fortnight.sqlite3").exists()
    assert not elsewhere.exists()
    assert not (data / "last.txt").exists()


def test_a_folder_it_did_not_make_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "index.key").write_text("mine too")
    before = kept(tmp_path)
    done = finished("demo", "--port", "0", "--json", FORTNIGHT_DATA=str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert "holds something that the demo did not make" in done.stderr
    assert kept(tmp_path) == before


def test_a_folder_that_it_made_is_not_run_as_ones_own(demo: Demo) -> None:
    """The next demo would take away whatever somebody had written there."""
    before = kept(demo.data / "keys")
    done = finished("run", "--port", "0", FORTNIGHT_DATA=str(demo.data))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"{demo.data} was made by the demo, which empties it at each start: "
        "name another folder in FORTNIGHT_DATA.\n"
    )
    assert kept(demo.data / "keys") == before


@pytest.mark.parametrize("what", ["file", "link", "link_as_mark", "under_a_file"])
def test_what_is_no_folder_of_ours_is_refused_in_a_sentence(tmp_path: Path, what: str) -> None:
    mine, named = tmp_path / "mine", tmp_path / "named"
    mine.mkdir()
    (mine / MADE).write_text("")
    (mine / "diary.txt").write_text("mine")
    if what == "link":
        named.symlink_to(mine)
    elif what == "link_as_mark":
        named.mkdir()
        (named / MADE).symlink_to(mine / MADE)
        (named / "diary.txt").write_text("mine")
    else:
        named.write_text("a file")
    before = kept(tmp_path)
    place = named / "in" if what == "under_a_file" else named
    done = finished("demo", "--port", "0", FORTNIGHT_DATA=str(place))
    assert (done.returncode, done.stdout) == (2, "")
    assert str(place) in done.stderr
    assert "Traceback" not in done.stderr
    assert "Errno" not in done.stderr
    assert kept(tmp_path) == before


def test_a_port_that_is_taken_is_noticed_before_anything_is_taken_away(tmp_path: Path) -> None:
    (tmp_path / MADE).write_text("")
    (tmp_path / "last.txt").write_text("of the last demo")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = finished("demo", "--port", port, FORTNIGHT_DATA=str(tmp_path))
    assert done.returncode == 2
    assert f"Port {port} on 127.0.0.1 cannot be used" in done.stderr
    assert (tmp_path / "last.txt").exists()


def test_a_name_that_cannot_be_read_is_a_sentence(tmp_path: Path) -> None:
    done = finished("demo", "--port", "0", FORTNIGHT_DATA_FILE=str(tmp_path / "nowhere"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("FORTNIGHT_DATA_FILE: the file cannot be read (")


def test_without_a_name_it_is_a_folder_beside_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever the command was given from."""
    monkeypatch.chdir(tmp_path)
    for name in ("FORTNIGHT_DATA", "FORTNIGHT_DATA_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert command.place() == config.HOME / "demo-data"
