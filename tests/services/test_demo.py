"""The demo shows what it says it shows, whatever day and hour it is started on."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from app.core import config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain import schedule
from app.domain.access import Person
from app.domain.sharing import Reader
from app.models.accounts import Account
from app.models.experiments import Experiment
from app.services import (
    accounts,
    client_lists,
    demo,
    demo_sharing,
    experiments,
    reports,
    shared_pages,
    shown_session_pages,
)
from app.services.demo_people import PEOPLE, Invented
from app.services.house import open_house
from sqlmodel import select

HOURS = (1, 9, 23)
"""UTC. At one in the morning the day before still runs: it ends at four."""


def assert_question_fits(person: Invented) -> None:
    """A question that names a measure is answered by it."""
    named = {"mood": "mood", "sleep": "sleep_hours"}
    primary = person.plan["primary"]
    assert {named[word] for word in named if word in person.plan["question"]} <= {primary}
    assert primary in {"sleep_hours", "mood"} or primary in person.plan["measures_offered"]


def reader(account: Account, role: Reader, now: datetime) -> Person:
    return Person(account.id, role, account.id, now, account.kek_id, account.wrapped_key)


@pytest.mark.parametrize("weekday", range(7))
def test_every_result_holds_on_every_weekday(tmp_path: Path, weekday: int) -> None:
    now = datetime(2026, 11, 2, HOURS[weekday % 3], tzinfo=UTC) + timedelta(days=weekday)
    house = open_house(config.load({}, data=tmp_path / "data", threads=4))
    made = demo.fill(house, now=now)
    assert [each.role for each in made] == ["therapist", *["client"] * 4, "supporter"]
    today = schedule.local_day(now, "UTC", "04:00")
    yesterday = today - timedelta(days=1)
    with unit_of_work(house.engine, by=HOUSE) as session:
        rows = session.exec(select(Experiment)).all()
        found = {}
        for row in rows:
            account = session.get(Account, row.account_id)
            assert account is not None
            key = accounts.data_key(house.vault, account)
            report = reports.build(session, row, key, house.thresholds, now=now)
            status = row.status(now)
            shown = experiments.public(session, row, key, house.thresholds, now=now)
            last = max(day.date for day in report.days if day.logged)
            assert last <= yesterday
            if status == "finished":
                assert shown.end_on == yesterday
            else:
                assert (shown.day_number, shown.gate.mode) == (9, "notice_only")
            found[report.question] = (report.result, report.caps, status)
        readers = {each.role: each for each in session.exec(select(Account).where(Account.role != "client"))}
    theo, key = (
        reader(readers["therapist"], "therapist", now),
        accounts.data_key(house.vault, readers["therapist"]),
    )
    clients = client_lists.list_clients(house.engine, theo, key, now=now)
    assert [each.called for each in clients] == ["Robin", "Kim", "Mika"]
    pages = [shared_pages.page(house, theo, key, each.id, now=now) for each in clients]
    results = {page.called: page.newest.result for page in pages}
    assert results == {"Robin": "stands_out", "Kim": "cannot_tell", "Mika": "notice_only"}
    session_pages = {each.called: shown_session_pages.get(house, theo, each.id, now=now) for each in clients}
    assert {name for name, those in session_pages.items() if those.agenda and those.checks} == {"Robin"}
    [agenda] = [those.agenda for those in session_pages.values() if those.agenda]
    assert agenda.session_on == clients[0].next_session_on
    jo, key = reader(readers["supporter"], "supporter", now), accounts.data_key(house.vault, readers["supporter"])
    [kim] = client_lists.list_clients(house.engine, jo, key, now=now)
    read = shared_pages.page(house, jo, key, kim.id, now=now)
    assert (read.called, read.newest.ended, frozenset(read.newest.fields)) == ("Kim", True, demo_sharing.CLOSE)
    house.close()
    for person in PEOPLE:
        assert_question_fits(person)
        status = "running" if person.expected == "notice_only" else "finished"
        assert found[person.plan["question"]] == (person.expected, (), status)
