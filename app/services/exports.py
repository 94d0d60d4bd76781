"""Everything of one experiment as one file: what the client set, every revision of every day, the report.

It is made in parts, each in a short transaction of its own: a long diary must not lie in memory as a whole, and no
transaction waits for a slow network.
"""

import json
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain.errors import SlowDown
from app.domain.report import Report
from app.domain.safety import Thresholds
from app.models.brought_back import FileMarks
from app.models.experiments import Experiment
from app.services import (
    check_ins,
    experiments,
    plans,
    reflections,
    reminders,
    report_words,
    reviews,
    session_pages,
    share_links,
    sharings,
    visits,
)
from app.services.check_ins import StoredDay
from app.services.house import House

RETRY_AFTER = 5
AT_ONCE = 500
"""Revisions that are in memory together: more than most fortnights have, and a few megabytes at the very most."""


def take_turn(house: House, who: Hashable, *, now: datetime) -> None:
    """One file at a time for each account: what a person needs, and what a server can bear from everybody.

    Raises `SlowDown` (export-running). `give_back` ends the turn.
    """
    if not house.exporting.take(who, now=now):
        raise SlowDown("export-running", RETRY_AFTER)


def give_back(house: House, who: Hashable) -> None:
    house.exporting.give_back(who)


@dataclass(frozen=True)
class Frame:
    """What stands before and after the check-ins."""

    before: dict[str, Any]
    after: dict[str, Any]


def frame(
    session: Session,
    experiment: Experiment,
    key: DataKey,
    limits: Thresholds,
    report: Report | None,
    *,
    now: datetime,
) -> Frame:
    """The report is there as soon as the fortnight has begun; before the end it compares nothing."""
    shown = experiments.public(session, experiment, key, limits, now=now)
    sealed = plans.look(experiment, key).sealed
    return Frame(
        {
            "format": "fortnight",
            "version": 1,
            "made_at": now.isoformat(),
            "experiment": shown.model_dump(mode="json", exclude={"gate", "safety"}),
            "gate": shown.gate.model_dump(mode="json"),
            "reminders": reminders.get(session, experiment, now=now).model_dump(mode="json"),
            "review": reviews.get(session, experiment, key).model_dump(mode="json"),
            "reflections": reflections.export(session, experiment, key, now=now),
            "shared_with": [
                one.model_dump(mode="json") for one in sharings.of_experiment(session, experiment, key)
            ],
            "visit": visits.get(session, experiment, key).model_dump(mode="json"),
            "briefs": share_links.export(session, experiment, key, now=now),
            "session_pages": session_pages.export(session, experiment.account_id, key),
            "marks": sealed.model_dump(mode="json", include=set(FileMarks.model_fields)),
            "diary": sealed.diary,
        },
        {"report": report_words.export(report, made_at=now) if report else None},
    )


def parts(house: House, experiment: Experiment, key: DataKey, around: Frame) -> Iterator[bytes]:
    """UTF-8 JSON, one piece after another."""
    yield f'{_text(around.before)[:-2]},\n "check_ins": ['.encode()
    comma = ""
    for stored in _revisions(house, experiment, key):
        yield f"{comma}\n{_text(_row(stored))}".encode()
        comma = ","
    yield f"\n ],\n{_text(around.after)[2:]}".encode()


def _revisions(house: House, experiment: Experiment, key: DataKey) -> Iterator[StoredDay]:
    last: StoredDay | None = None
    while True:
        with unit_of_work(house.engine, by=experiment.account_id, read_only=True) as session:
            some = check_ins.revisions_after(session, experiment, key, last, AT_ONCE)
        yield from some
        if len(some) < AT_ONCE:
            return
        last = some[-1]


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
