"""Everything of one experiment as one file: what the client set, every revision of every day, the report.

It is made in parts, day by day, each in a short transaction of its own: a long diary must not lie in memory as a
whole, and no transaction waits for a slow network.
"""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlmodel import Session

from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain.errors import SlowDown
from app.domain.report import Report
from app.domain.safety import Thresholds
from app.models.experiments import Experiment
from app.services import check_ins, experiments, plans, report_words
from app.services.check_ins import StoredDay
from app.services.house import House

RETRY_AFTER = 5


def take_turn(house: House, experiment: Experiment, *, now: datetime) -> None:
    """One file at a time for each account: what a person needs, and what a server can bear from everybody.

    Raises `SlowDown` (export-running). `give_back` ends the turn.
    """
    if not house.exporting.take(experiment.account_id, now=now):
        raise SlowDown("export-running", RETRY_AFTER)


def give_back(house: House, experiment: Experiment) -> None:
    house.exporting.give_back(experiment.account_id)


def begun(
    session: Session,
    experiment: Experiment,
    key: DataKey,
    limits: Thresholds,
    report: Report | None,
    *,
    now: datetime,
) -> tuple[dict[str, Any], dict[str, Any], list[date]]:
    """What stands before and after the check-ins, and their days. The report is there as soon as the fortnight
    has begun; before the end it compares nothing."""
    shown = experiments.public(session, experiment, key, limits, now=now)
    before = {
        "format": "fortnight",
        "version": 1,
        "made_at": now.isoformat(),
        "experiment": shown.model_dump(mode="json", exclude={"gate", "safety"}),
        "gate": shown.gate.model_dump(mode="json"),
        "diary": plans.look(experiment, key).sealed.diary,
    }
    after = {"report": report_words.export(report, made_at=now) if report else None}
    return before, after, check_ins.days_written(session, experiment)


def parts(
    house: House,
    experiment: Experiment,
    key: DataKey,
    before: dict[str, Any],
    after: dict[str, Any],
    days: list[date],
) -> Iterator[bytes]:
    """UTF-8 JSON, one piece after another."""
    yield f'{_text(before)[:-2]},\n "check_ins": ['.encode()
    comma = ""
    for day in days:
        with unit_of_work(house.engine, read_only=True) as session:
            revisions = check_ins.revisions_of(session, experiment, key, [day]).get(day, [])
        for stored in revisions:
            yield f"{comma}\n{_text(_row(stored))}".encode()
            comma = ","
    yield f"\n ],\n{_text(after)[2:]}".encode()


def _text(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _row(stored: StoredDay) -> dict[str, Any]:
    return {
        "day": stored.day.isoformat(),
        "revision": stored.revision,
        "written_at": stored.written_at.isoformat(),
        "received_at": stored.received_at.isoformat(),
        "zone": stored.zone,
        "unreadable": stored.unreadable,
        "answers": {name: value for name, value in stored.payload.items() if name != "v"},
    }
