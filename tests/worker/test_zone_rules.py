"""R6: a country changes its clocks, the package with the rules is a newer one, and everything starts again.

The other rules are real files: the package copied, with another zone's file in the place of the one meant.
"""

import json
import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import tzdata  # type: ignore[import-untyped]
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain import schedule
from app.models.reminders import Reminder, ReminderPlan
from app.services import zone_rules
from app.services.house import House
from sqlalchemy import update
from sqlmodel import select

from tests.reminding import Recorder, Reminded, at, counts, reminded, tick
from tests.worker.test_worker import Clock, Running, until

ROOT = Path(__file__).parents[2]
ZONE = "Europe/Berlin"  # UTC+1 in these days
EARLIER, LATER = "Europe/Moscow", "Europe/London"  # where 20:30 comes two hours sooner, and an hour later


@pytest.fixture
def ana(house: House) -> Reminded:
    """Reminded at 20:30 by Berlin's clock; the first day's has been sent, the second's is queued."""
    ana = reminded(house, zone=ZONE)
    ana.device()
    ana.put(zone=ZONE)
    assert len(tick(house, at(1, 19, 30))) == 1
    assert [row.next_due_at for row in ana.rows()] == [at(2, 19, 30)]
    return ana


def with_rules_of(other: str, folder: Path) -> dict[str, str]:
    """The environment of a process for which our zone's clocks are the other's, by another release's package."""
    package = Path(tzdata.__path__[0])
    copy = folder / "packages" / "tzdata"
    shutil.copytree(package, copy)
    shutil.copyfile(package / "zoneinfo" / other, copy / "zoneinfo" / ZONE)
    said = (copy / "__init__.py").read_text(encoding="utf-8")
    (copy / "__init__.py").write_text(said.replace(tzdata.__version__, "2027.9"), encoding="utf-8")
    # What is installed on the machine says something else again, and is not asked.
    machine = folder / "machine" / ZONE
    machine.parent.mkdir(parents=True)
    shutil.copyfile(package / "zoneinfo" / "Asia/Tokyo", machine)
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(copy.parent), str(ROOT))),
        "PYTHONTZPATH": str(folder / "machine"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def restarted(house: House, environ: dict[str, str], *instants: datetime) -> list[dict[str, Any]]:
    """What a worker that starts at the first of these instants does, and at each of them."""
    asked = {
        "data": str(house.settings.data),
        "database_url": house.settings.database_url,
        "instants": [instant.isoformat() for instant in instants],
    }
    command = [sys.executable, "-m", "tests.worker.other_rules", json.dumps(asked)]
    done = subprocess.run(command, env=environ, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert said["edition"] == "2027.9"
    found: list[dict[str, Any]] = said["at"]
    return found


def queued(instant: datetime) -> list[str]:
    return [instant.isoformat()]


def test_under_later_clocks_it_comes_by_them_and_not_before(house: House, ana: Reminded, tmp_path: Path) -> None:
    environ = with_rules_of(LATER, tmp_path)
    first, second = restarted(house, environ, at(2, 19, 45), at(2, 20, 30))
    assert first == {"sent": [], "queued": queued(at(2, 20, 30))}
    assert second == {"sent": ["2027-03-02"], "queued": queued(at(3, 20, 30))}
    assert counts(house) == {"fired": 2, "sent": 2}


def test_under_earlier_clocks_what_has_come_meanwhile_still_comes(
    house: House, ana: Reminded, tmp_path: Path
) -> None:
    """Its hour by the new clock is 17:30 UTC: at 18:00 it is half an hour late, and not lost."""
    first, second = restarted(house, with_rules_of(EARLIER, tmp_path), at(2, 18), at(3, 17, 30))
    assert first == {"sent": ["2027-03-02"], "queued": queued(at(3, 17, 30))}
    assert second == {"sent": ["2027-03-03"], "queued": queued(at(4, 17, 30))}


def test_under_earlier_clocks_what_is_stale_is_counted(house: House, ana: Reminded, tmp_path: Path) -> None:
    [only] = restarted(house, with_rules_of(EARLIER, tmp_path), at(2, 19, 31))
    assert only == {"sent": [], "queued": queued(at(3, 17, 30))}
    assert counts(house) == {"fired": 1, "sent": 1, "expired": 1}


def test_what_was_overdue_when_the_old_one_stopped_comes_by_the_new_clock(
    house: House, ana: Reminded, tmp_path: Path
) -> None:
    """Due at 19:30 by the old rules, nobody there; started again at 19:40, when by the new ones it is off."""
    first, second = restarted(house, with_rules_of(LATER, tmp_path), at(2, 19, 40), at(2, 20, 30))
    assert first["sent"] == []
    assert second["sent"] == ["2027-03-02"]


def test_a_day_that_is_done_is_done_under_any_rules(house: House, tmp_path: Path) -> None:
    """Chosen after its hour: the first one is tomorrow's. That today's hour has yet to come by other clocks, or
    came a moment ago, brings none today."""
    ana = reminded(house, zone=ZONE)
    ana.device()
    ana.put(zone=ZONE, now=at(1, 19, 31))
    first, second = restarted(house, with_rules_of(LATER, tmp_path), at(1, 19, 40), at(1, 20, 30))
    assert first["sent"] == second["sent"] == []
    assert second["queued"] == queued(at(2, 20, 30))


def test_what_was_asked_for_once_more_comes_an_hour_after_it(house: House, ana: Reminded, tmp_path: Path) -> None:
    ana.later(at(1, 19, 31))
    [only] = restarted(house, with_rules_of(LATER, tmp_path), at(1, 19, 50))
    assert only == {"sent": [], "queued": queued(at(1, 20, 31))}


def test_other_zones_and_whoever_has_none_queued_are_left_as_they_are(house: House, tmp_path: Path) -> None:
    people = [reminded(house, f"p{number}", zone=name) for number, name in enumerate(("UTC", "Asia/Tokyo"))]
    for each, name in zip(people, ("UTC", "Asia/Tokyo"), strict=True):
        each.put(zone=name)
    off = reminded(house, "off", zone=ZONE)
    off.put(zone=ZONE, on=False)
    before = [[(row.next_due_at, row.stale_at) for row in each.rows()] for each in (*people, off)]
    restarted(house, with_rules_of(LATER, tmp_path), at(1, 9))
    assert [[(row.next_due_at, row.stale_at) for row in each.rows()] for each in (*people, off)] == before
    assert _editions(house) == {"2027.9", schedule.edition()}, "who is off is looked up when they turn it on"


def _editions(house: House) -> set[str | None]:
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        return set(session.exec(select(ReminderPlan.zone_rules)))


def displace(house: House) -> None:
    """As if every plan had been queued by other rules, at another hour."""
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(update(ReminderPlan).values(zone_rules=None))
        session.execute(update(Reminder).values(next_due_at=at(1, 3, 33), stale_at=at(1, 5, 33)))


def all_caught_up(house: House) -> int:
    """Batches until there is no more."""
    after, batches = zone_rules.FIRST, 0
    while True:
        with unit_of_work(house.engine, by=HOUSE) as session:
            last = zone_rules.catch_up(session, after)
        if last is None:
            return batches
        after, batches = last, batches + 1


def test_many_are_worked_out_in_batches_and_a_broken_one_keeps_nobody(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zone_rules, "BATCH", 2)
    people = [reminded(house, f"p{number}") for number in range(5)]
    for each in people:
        each.put()
    displace(house)
    with unit_of_work(house.engine, by=HOUSE) as session:
        broken = session.get(ReminderPlan, people[2].experiment_id)
        assert broken is not None
        broken.zone = "Atlantis/Capital"
        session.add(broken)
    assert all_caught_up(house) == 3
    assert [[row.next_due_at for row in each.rows()] for each in people] == [
        [at(1, 3, 33) if each is people[2] else at(1, 20, 30)] for each in people
    ]
    assert all_caught_up(house) == 0, "once for each edition"


def test_an_upgraded_worker_looks_them_up_before_it_fires(house: House) -> None:
    """Queued before there was a note of the edition, which migration 0003 leaves empty."""
    ana = reminded(house)
    ana.device()
    ana.put()
    displace(house)
    push = Recorder()
    with Running(house, push, Clock(at(1, 3, 34))):
        until(lambda: [row.next_due_at for row in ana.rows()] == [at(1, 20, 30)])
    assert push.got == []
    assert _editions(house) == {schedule.edition()}
