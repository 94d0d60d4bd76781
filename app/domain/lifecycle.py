"""The life of an experiment: draft → scheduled → running ⇄ paused → finished (by date) or stopped (by the client).

Status is derived from times, never stored. Pausing silences reminders and never moves the end.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from app.domain.errors import Refused

Status = Literal["draft", "scheduled", "running", "paused", "finished", "stopped"]
Step = Literal["start", "pause", "resume", "stop"]

ALLOWED: dict[Status, frozenset[Step]] = {
    "draft": frozenset({"start"}),
    "scheduled": frozenset({"pause", "stop"}),
    "running": frozenset({"pause", "stop"}),
    "paused": frozenset({"resume", "stop"}),
    "finished": frozenset(),
    "stopped": frozenset(),
}
OPEN: frozenset[Status] = frozenset({"scheduled", "running", "paused"})
ENDED: frozenset[Status] = frozenset({"finished", "stopped"})


@dataclass(frozen=True)
class Times:
    """What the status is derived from; `end_on` is the last day."""

    started_at: datetime | None = None
    paused_at: datetime | None = None
    stopped_at: datetime | None = None
    start_on: date | None = None
    end_on: date | None = None


def status(times: Times, today: date) -> Status:
    """Where an experiment stands on the local day `today` (its own zone and day end)."""
    if times.started_at is None or times.start_on is None or times.end_on is None:
        return "draft"
    if times.stopped_at is not None:
        return "stopped"
    if today > times.end_on:
        return "finished"
    if times.paused_at is not None:
        return "paused"
    return "scheduled" if today < times.start_on else "running"


def check_step(current: Status, step: Step) -> None:
    """Raises `Refused` (not-allowed-now) where `step` does not lead on from `current`."""
    if step not in ALLOWED[current]:
        raise Refused()
