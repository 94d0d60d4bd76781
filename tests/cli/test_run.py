"""`fortnight run`: one line for each step, and a sentence where it cannot start."""

import http.client
import os
import re
import socket
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from app.cli import serving
from app.cli.run import ONE_FOR_ALL, one_for_all
from app.core import config

from tests.cli.command import finished, started
from tests.logs import logging_on


def asked(port: int, path: str = "/health/ready", **headers: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"SAFETY_THRESHOLDS": "low mood"}, 'must be JSON, such as {"low_mood": 1}.'),
        ({"SAFETY_THRESHOLDS": '{"low_mod": 1}'}, "there is no low_mod. There are: low_mood, "),
        (
            {"SAFETY_THRESHOLDS": '{"low_mood": "low"}'},
            "THRESHOLDS, low_mood: input should be a valid number",
        ),
        ({"SAFETY_THRESHOLDS": '{"nights": 1.5}'}, "a whole number is needed for nights."),
        ({"SAFETY_THRESHOLDS": '{"low_mood": NaN}'}, "input should be a finite number."),
        ({"SAFETY_THRESHOLDS": "[1]"}, "input should be a valid dictionary"),
        ({"DATABASE_URL": "nonsense"}, "must look like postgresql://user:password@host/name"),
        ({"DATABASE_URL": "mysql://me:hush@x/y"}, "must look like postgresql://user:password@host/name"),
        ({"DATABASE_URL": "postgresql://me:hush@x:port/y"}, "must look like postgresql://user:password@host/name"),
        (
            {"DATABASE_URL": "postgresql://me:hush@127.0.0.1:1/y"},
            "database cannot be used (OperationalError).",
        ),
        ({"DATABASE_URL_FILE": "/nowhere/at/all"}, "the file cannot be read (No such file or directory)."),
        ({"PUBLIC_URL": "http://fortnight.example.org"}, "not on this machine and not https"),
        ({"PUBLIC_URL": "https://fortnight.example.org/path"}, "must be an origin only"),
        ({"PUBLIC_URL_FILE": "/nowhere/at/all"}, "the file cannot be read (No such file or directory)."),
        ({"TRUSTED_PROXIES": "nonsense"}, "must be addresses or networks, such as 127.0.0.1, 10.0.0.0/8."),
        ({"SIGNUP": "maybe"}, "input should be 'closed' or 'open'."),
        ({"THREADS": "2"}, "input should be greater than or equal to 4."),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL: input should be 'debug'"),
    ],
)
def test_a_wrong_setting_is_a_sentence(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    settings: dict[str, str],
    sentence: str,
) -> None:
    monkeypatch.setattr(os, "umask", lambda _mask: 0)
    for name, value in {"DATA": str(tmp_path / "data"), **settings}.items():
        monkeypatch.setenv(f"FORTNIGHT_{name}", value)
    with logging_on(), pytest.raises(SystemExit) as left:
        serving.prepare({})
    assert left.value.code == 2
    said = capsys.readouterr()
    assert sentence in said.err
    if "database cannot" not in sentence:
        assert f"FORTNIGHT_{next(iter(settings))}" in said.err
    for word in ("Value error", "Errno", "hush"):
        assert word not in said.out + said.err


def test_every_wrong_setting_is_said_at_once(tmp_path: Path) -> None:
    wrong = {"FORTNIGHT_SIGNUP": "maybe", "FORTNIGHT_THREADS": "many", "FORTNIGHT_SAFETY_THRESHOLDS": "["}
    done = finished("run", "--port", "0", FORTNIGHT_DATA=str(tmp_path / "data"), **wrong)
    assert (done.returncode, done.stdout) == (2, "")
    assert [line.partition(":")[0] for line in done.stderr.splitlines()] == list(wrong)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("what", ["a file", "not a database", "an open key"])
def test_a_data_folder_that_cannot_be_used_is_a_sentence(tmp_path: Path, what: str) -> None:
    data = tmp_path / "data"
    if what == "a file":
        data.write_text("")
        sentence = f"Fortnight does not start: {data}: File exists."
    elif what == "not a database":
        data.mkdir()
        (data / "fortnight.sqlite3").write_text("a long letter to somebody, and no database at all\n" * 100)
        sentence = "Fortnight does not start: the database cannot be used (DatabaseError)."
    else:
        (data / "keys").mkdir(parents=True)
        (data / "keys" / "kek-0001.key").write_text("00" * 32)
        (data / "keys" / "kek-0001.key").chmod(0o644)
        sentence = "kek-0001.key can be read by others on this machine; run chmod 600 on it."
    done = finished("run", "--port", "0", FORTNIGHT_DATA=str(data))
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("port", ["taken", "70000"])
def test_a_port_that_cannot_be_had_is_a_sentence_and_writes_nothing(tmp_path: Path, port: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1]) if port == "taken" else port
        done = finished("run", "--port", number, FORTNIGHT_DATA=str(tmp_path / "data"))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"Port {number} on 127.0.0.1 cannot be used (")
    assert done.stderr.count("\n") == 1
    assert "Errno" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_one_line_for_each_step_and_a_link_until_there_is_somebody(tmp_path: Path) -> None:
    """Port 0 is told as the port that was found, and answers there."""
    data = {"FORTNIGHT_DATA": str(tmp_path)}
    for start in range(2):
        with started("run", "--port", "0", **data) as run:
            assert run.said() == f"Data folder: {tmp_path}"
            assert run.said() == "Keys and database: ready"
            address = re.fullmatch(r"Open (http://localhost:(\d+))", run.said())
            assert address and int(address[2]) > 0
            assert asked(int(address[2])) == 200
            if start == 0:
                link = run.said()
                assert link.startswith(f"First account, once, within 24 hours: {address[1]}/")
                with sqlite3.connect(tmp_path / "fortnight.sqlite3") as database:
                    assert database.execute("SELECT count(*) FROM account").fetchone() == (0,)
        assert run.errors == []


def test_behind_a_proxy_an_http_address_elsewhere_is_served(tmp_path: Path) -> None:
    told = {"FORTNIGHT_DATA": str(tmp_path), "FORTNIGHT_PUBLIC_URL": "http://fortnight.example.org"}
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with started("run", "--port", str(port), "--behind-proxy", **told) as run:
        while not run.said().startswith("Open http://fortnight.example.org"):
            pass
        assert asked(port, "/api/session", Host="fortnight.example.org") == 401
        assert asked(port, "/api/session", Host="elsewhere.example.org") == 400
    assert "".join(run.errors) == f"{ONE_FOR_ALL}\n"


@pytest.mark.parametrize(
    ("told", "warned"),
    [
        ({}, False),
        ({"behind_proxy": True}, True),
        ({"public_url": "https://fortnight.example.org"}, True),
        ({"behind_proxy": True, "trusted_proxies": " , "}, True),
        ({"behind_proxy": True, "trusted_proxies": "127.0.0.1"}, False),
        ({"public_url": "https://fortnight.example.org", "trusted_proxies": "10.0.0.0/8"}, False),
    ],
)
def test_a_proxy_that_hides_who_asks_is_told(told: dict[str, Any], warned: bool) -> None:
    assert one_for_all(config.load({}, **told)) is warned
