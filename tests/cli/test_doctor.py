"""`fortnight doctor`: what an operator should know, and a sentence for each thing to mend."""

import json
import re
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from app.core import clock, config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.notifications import PushWorker
from app.models.reminders import Reminder
from app.services import delivery_counts
from app.services.house import House, open_house
from sqlmodel import update

from tests.cli.command import finished
from tests.reminding import reminded

CONTACT = "mailto:operator@fortnight.example.org"


def doctor(data: Path, *options: str, **more: str) -> Any:
    return finished("doctor", *options, **{"FORTNIGHT_DATA": str(data), **more})


def as_json(data: Path, **more: str) -> dict[str, Any]:
    done = doctor(data, "--json", **more)
    told: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if told["problems"] else 0), done.stderr
    return told


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def opened(data: Path) -> House:
    return open_house(config.load({}, data=data, database_url=""))


def test_where_nothing_is_wrong_it_says_so(data: Path) -> None:
    done = doctor(data, FORTNIGHT_PUSH_CONTACT=CONTACT)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "Nothing to mend."
    assert CONTACT in done.stdout


def test_without_a_contact_it_says_what_to_set(data: Path) -> None:
    [problem] = as_json(data)["problems"]
    assert "FORTNIGHT_PUSH_CONTACT" in problem
    assert as_json(data, FORTNIGHT_PUSH="off")["problems"] == ["Reminders are off: FORTNIGHT_PUSH says so."]
    assert as_json(data, FORTNIGHT_PUBLIC_URL="https://fortnight.example.org")["problems"] == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FORTNIGHT_PUSH_CONTACT", "operator@example.org"),
        ("FORTNIGHT_PUSH_CONTACT", "mailto:me@localhost"),
        ("FORTNIGHT_PUSH_CONTACT", "https://fortnight.invalid"),
        ("FORTNIGHT_PUSH_HOSTS", "https://push.example.org"),
        ("FORTNIGHT_PUSH_CA", "/nowhere/ca.pem"),
        ("FORTNIGHT_VAPID_PRIVATE_KEY", "CANARY-key"),
    ],
)
def test_a_wrong_setting_is_told_without_its_value(data: Path, name: str, value: str) -> None:
    done = doctor(data, **{name: value})
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].startswith(f"{name}: ")
    assert value not in done.stderr
    assert "Traceback" not in done.stderr


def test_what_push_services_refuse_is_an_alarm_and_numbers_are_told(data: Path) -> None:
    house = opened(data)
    with unit_of_work(house.engine, by=HOUSE) as session:
        told = Counter(
            {("fcm.googleapis.com", "refused"): 2, ("fcm.googleapis.com", "sent"): 5, ("", "expired"): 3}
        )
        delivery_counts.add_counts(session, told, now=clock.now())
    house.close()
    said = as_json(data, FORTNIGHT_PUSH_CONTACT=CONTACT)
    [problem] = said["problems"]
    assert problem.startswith("fcm.googleapis.com refused this server's signature")
    assert "No device was forgotten." in problem
    assert (said["facts"]["Sent"], said["facts"]["Expired"], said["facts"]["Refused"]) == (5, 3, 2)


def test_it_sees_a_queue_that_is_late_while_something_sends(data: Path) -> None:
    house = opened(data)
    now = clock.now()
    reminded(house, now=now, start_on=now.date()).put(now=now)
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.connection().execute(update(Reminder).values(next_due_at=now - timedelta(minutes=20)))
    still = as_json(data, FORTNIGHT_PUSH_CONTACT=CONTACT)
    assert still["problems"] == [], "nothing runs, so nothing is late but by being off"
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.add(PushWorker(id=uuid4(), seen_at=clock.now()))  # a busy machine has taken its time until here
    house.close()
    [problem] = as_json(data, FORTNIGHT_PUSH_CONTACT=CONTACT)["problems"]
    assert re.match(r"Reminders are 2\d minutes late", problem), problem
