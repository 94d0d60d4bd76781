"""What a stop closes: the days after it. Days up to it stay open, on whichever phone they were written."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.check_ins import Answers, CheckIn
from app.models.experiments import Experiment
from app.services import check_ins
from sqlalchemy import delete, update
from sqlmodel import col

from tests.api.test_comparison import logged_fortnight, read
from tests.cast import Cast, Player, days_ago


def stopped(cast: Cast, days_since: int) -> dict[str, Any]:
    """A fortnight of 28 days that was logged for 14 and stopped `days_since` days ago."""
    experiment = logged_fortnight(cast, length_days=28)
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        mine = col(Experiment.id) == UUID(experiment["id"])
        then = clock.now() - timedelta(days=days_since)
        session.execute(update(Experiment).where(mine).values(stopped_at=then))
    return experiment


def test_days_after_the_stop_are_refused_and_days_up_to_it_are_corrected(cast: Cast) -> None:
    experiment = stopped(cast, days_since=1)
    refused = cast.ana.put(experiment, days_ago(0), mood=1, thoughts="yes")
    assert (refused.status_code, refused.json()["code"]) == (422, "day-after-end")
    on_the_day = cast.ana.put(experiment, days_ago(1), base=1, mood=6, dose="taken")
    before = cast.ana.put(experiment, days_ago(14), base=1, mood=6, dose="taken", note="more of it")
    assert (on_the_day.status_code, before.status_code) == (200, 200)
    assert read(cast, experiment)["result"] != "set_aside"


def test_a_day_that_is_in_no_report_does_not_rule_over_it(cast: Cast) -> None:
    """Such rows exist where a server took them before it knew better; the export still hands them over."""
    experiment = stopped(cast, days_since=2)
    write_anyway(cast.ana, cast, experiment, days_ago(1), mood=0, thoughts="yes", own={"own1": 3}, energy=9)
    assert read(cast, experiment)["result"] in {"stands_out", "cannot_tell"}
    assert cast.ana.http.get(f"/api/experiments/{experiment['id']}").json()["set_aside"] is False
    (listed,) = cast.ana.http.get("/api/experiments").json()
    assert listed["set_aside"] is False
    whole = read(cast, experiment, "export")
    assert days_ago(1) in [row["day"] for row in whole["check_ins"]]
    assert days_ago(1) not in [day["date"] for day in whole["report"]["report"]["days"]]
    assert "energy" not in [measure["key"] for measure in whole["report"]["report"]["measures"]]


def write_anyway(player: Player, cast: Cast, experiment: dict[str, Any], day: str, **answers: Any) -> None:
    """A row past every check."""
    identity, now = UUID(experiment["id"]), clock.now()
    payload = check_ins.payload(Answers.model_validate(answers))
    where = check_ins.place(identity, datetime.fromisoformat(day).date(), 1)
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(delete(CheckIn).where(col(CheckIn.experiment_id) == identity, col(CheckIn.day) == day))
        row = CheckIn(
            experiment_id=identity,
            day=day,
            revision=1,
            cursor=900,
            sealed=player.key.seal(payload, where),
            zone="UTC",
            written_at=now,
            received_at=now,
        )
        session.add(row)


@pytest.mark.parametrize(
    ("stop", "last"),
    [
        (datetime(2026, 3, 29, 1, 59, 59, tzinfo=UTC), "2026-03-28"),  # 03:59:59 after the clock went forward
        (datetime(2026, 3, 29, 2, 0, 0, tzinfo=UTC), "2026-03-29"),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), "2026-03-29"),
    ],
)
def test_the_day_of_the_stop_is_the_last_by_the_zone_of_the_experiment(
    cast: Cast, stop: datetime, last: str
) -> None:
    with time_machine.travel(datetime(2026, 3, 20, 12, 0, tzinfo=UTC), tick=False):
        player = cast.player("una", "client")
        experiment = player.started(zone="Europe/Berlin")
    with time_machine.travel(stop, tick=False):
        player.http.post(f"/api/experiments/{experiment['id']}/stop")
    with time_machine.travel(stop + timedelta(days=3), tick=False):
        for offset, expected in ((0, 200), (1, 422)):
            day = (datetime.fromisoformat(last) + timedelta(days=offset)).date().isoformat()
            for zone in ("Europe/Berlin", "Pacific/Kiritimati"):
                answer = player.put(experiment, day, zone=zone, base=0, mood=5)
                assert answer.status_code == expected, (day, zone, answer.text)


def test_stopped_before_the_first_day_leaves_no_day_to_write(cast: Cast) -> None:
    experiment = cast.ana.started(start_on=days_ago(0))
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(update(Experiment).values(stopped_at=clock.now() - timedelta(days=2)))
    assert cast.ana.put(experiment, days_ago(0), mood=5).json()["code"] == "day-after-end"
