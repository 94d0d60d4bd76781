"""The demo shows what it says it shows, whatever day it is started on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from app.core import config
from app.core.db import unit_of_work
from app.models.accounts import Account
from app.models.experiments import Experiment
from app.services import accounts, demo, experiments, reports
from app.services.demo_people import PEOPLE, Invented
from app.services.house import open_house
from sqlmodel import select


def assert_question_fits(person: Invented) -> None:
    """A question that names a measure is answered by it."""
    named = {"mood": "mood", "sleep": "sleep_hours"}
    primary = person.plan["primary"]
    assert {named[word] for word in named if word in person.plan["question"]} <= {primary}
    assert primary in {"sleep_hours", "mood"} or primary in person.plan["measures_offered"]


@pytest.mark.parametrize("weekday", range(7))
def test_every_result_holds_on_every_weekday(tmp_path: Path, weekday: int) -> None:
    now = datetime(2026, 11, 2, 9, tzinfo=UTC) + timedelta(days=weekday)
    house = open_house(config.load({}, data=tmp_path / "data", threads=4))
    made = demo.fill(house, now=now)
    assert [each.role for each in made] == ["therapist"] + ["client"] * 4
    yesterday = now.date() - timedelta(days=1)
    with unit_of_work(house.engine) as session:
        rows = session.exec(select(Experiment)).all()
        found = {}
        for row in rows:
            account = session.get(Account, row.account_id)
            assert account is not None
            key = accounts.data_key(house.vault, account)
            report = reports.build(session, row, key, house.thresholds, now=now)
            last = max(day.date for day in report.days if day.logged)
            assert last <= yesterday
            found[report.question] = (report.result, report.caps, experiments.status(row, now=now))
    house.close()
    for person in PEOPLE:
        assert_question_fits(person)
        status = "running" if person.expected == "notice_only" else "finished"
        assert found[person.plan["question"]] == (person.expected, (), status)
