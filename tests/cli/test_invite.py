"""`fortnight invite`: prints a link that makes one account of the role asked for."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from app.core import clock, config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.errors import NotFound
from app.services import invitations
from app.services.house import open_house

from tests.cli.command import finished


def invite(data: Path, *options: str, **more: str) -> subprocess.CompletedProcess[str]:
    return finished("invite", *options, **{"FORTNIGHT_DATA": str(data), **more})


@pytest.mark.parametrize(
    ("options", "role", "origin"),
    [
        ([], "client", "http://localhost:8000"),
        (["--role", "therapist", "--port", "8123"], "therapist", "http://localhost:8123"),
    ],
)
def test_the_link_is_printed_once_and_works(tmp_path: Path, options: list[str], role: str, origin: str) -> None:
    done = invite(tmp_path / "data", *options)
    assert done.returncode == 0, done.stderr
    (link,) = done.stdout.splitlines()  # and nothing else: it can be handed on by a script
    address, _, token = link.partition("#")
    assert address == f"{origin}/join"
    house = open_house(config.load({}, data=tmp_path / "data"))
    try:
        with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
            assert invitations.find(session, house.vault, token, now=clock.now()).roles == [role]
            with pytest.raises(NotFound):
                invitations.find(session, house.vault, token, now=clock.now() + timedelta(hours=72))
    finally:
        house.close()


def test_the_public_address_is_in_the_link(tmp_path: Path) -> None:
    done = invite(tmp_path / "data", FORTNIGHT_PUBLIC_URL="https://fortnight.example.org")
    assert done.stdout.splitlines()[-1].startswith("https://fortnight.example.org/join#")


def test_another_role_is_refused(tmp_path: Path) -> None:
    assert invite(tmp_path / "data", "--role", "operator").returncode == 2


def test_a_wrong_proxy_setting_is_said_at_once(tmp_path: Path) -> None:
    done = invite(tmp_path / "data", FORTNIGHT_TRUSTED_PROXIES="nonsense")
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("FORTNIGHT_TRUSTED_PROXIES: ")
    assert "Traceback" not in done.stderr
