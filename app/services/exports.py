"""Everything of one experiment as one file: what the client set, every revision of every day, the report."""

import json
from datetime import datetime

from sqlmodel import Session

from app.core.vault import DataKey
from app.domain.report import Report
from app.domain.safety import Thresholds
from app.models.experiments import Experiment
from app.services import check_ins, experiments, plans, report_words


def whole(
    session: Session,
    experiment: Experiment,
    key: DataKey,
    limits: Thresholds,
    report: Report | None,
    *,
    now: datetime,
) -> bytes:
    """UTF-8 JSON. The report is there as soon as the fortnight has begun; before the end it compares nothing."""
    shown = experiments.public(session, experiment, key, limits, now=now)
    opened = plans.look(experiment, key)
    known = check_ins.days_of(session, experiment, key)
    days = check_ins.revisions_of(session, experiment, key, known)
    everything = {
        "format": "fortnight",
        "version": 1,
        "made_at": now.isoformat(),
        "experiment": shown.model_dump(mode="json", exclude={"gate", "safety"}),
        "gate": shown.gate.model_dump(mode="json"),
        "diary": opened.sealed.diary,
        "check_ins": [
            {
                "day": day.isoformat(),
                "revision": stored.revision,
                "written_at": stored.written_at.isoformat(),
                "received_at": stored.received_at.isoformat(),
                "zone": stored.zone,
                "unreadable": stored.unreadable,
                "answers": {name: value for name, value in stored.payload.items() if name != "v"},
            }
            for day, revisions in sorted(days.items())
            for stored in revisions
        ],
        "report": report_words.export(report, made_at=now) if report else None,
    }
    return json.dumps(everything, ensure_ascii=False, indent=1).encode()
