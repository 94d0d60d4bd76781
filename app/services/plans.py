"""What is sealed of an experiment: the plan, what was changed after the start, and what a diary brought."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from app.core.logging import hashed_id, log
from app.core.vault import DataKey, SealBroken
from app.models.base import UtcOut
from app.models.experiments import Change, Experiment, Plan

VERSION = 1
IN_CLEAR = frozenset({"start_on", "length_days", "zone", "day_end"})
# Fixed before day 1 (ANALYSIS.md, Inputs), with what decides the gate: a change after day 1 has begun is stamped.
FIXED = (
    "primary",
    "length_days",
    "usual_time",
    "medicine",
    "pattern",
    "fits",
    "way_in",
    "own_measures",
)


class BroughtBack(BaseModel):
    """Of a fortnight that came from a file: which it was, when the file was made, when it came."""

    experiment_id: UUID
    made_at: UtcOut
    at: UtcOut


class Sealed(BaseModel):
    """The payload of an experiment row. Older versions stay readable: new fields get defaults.

    `looked_back`: whether its first day had passed when it was started, by the zone it had then (None: started
    before this was kept). `begun`: a change came after day 1 had begun, so day 1 has begun, wherever the zone is
    moved afterwards.
    `covered`: the client keeps the result covered until it is looked at together.
    `noticed`: it once ran under a gate that allowed no comparison, and is never compared again.
    """

    v: int = VERSION
    plan: dict[str, Any]
    changes: list[Change] = []
    looked_back: bool | None = None
    begun: bool = False
    noticed: bool = False
    comparison_resumed_at: UtcOut | None = None
    covered: bool = False
    diary: dict[str, Any] | None = None
    brought_back: BroughtBack | None = None


def _place(experiment: Experiment) -> str:
    return f"experiment|{experiment.id.hex}|{experiment.revision}"


def open_sealed(experiment: Experiment, key: DataKey) -> Sealed:
    return Sealed.model_validate(key.open(experiment.sealed, _place(experiment)))


@dataclass(frozen=True)
class Opened:
    """An experiment as far as it opens. `unreadable`: only what stands in clear beside it is known."""

    sealed: Sealed
    plan: Plan
    unreadable: bool = False


def look(experiment: Experiment, key: DataKey) -> Opened:
    """What is sealed and the whole plan; a payload that does not open hides itself and nothing else."""
    try:
        sealed = open_sealed(experiment, key)
    except SealBroken:
        log.error("unreadable", table="experiment", row=hashed_id(experiment.id.hex))
        beside = {name: getattr(experiment, name) for name in IN_CLEAR}
        return Opened(Sealed(plan={}), Plan.model_construct(question="", **beside), unreadable=True)
    return Opened(sealed, plan_of(experiment, sealed))


def plan_of(experiment: Experiment, sealed: Sealed) -> Plan:
    """The whole plan again: the sealed part and what stands in clear beside it."""
    return Plan.model_validate(
        {
            **sealed.plan,
            "start_on": experiment.start_on.isoformat() if experiment.start_on else None,
            "length_days": experiment.length_days,
            "zone": experiment.zone,
            "day_end": experiment.day_end,
        }
    )


def counted_from(sealed: Sealed) -> int | None:
    """The number of day 1 in a diary that counts its days; None where days have dates."""
    brought = sealed.diary or {}
    if brought.get("dated", True):
        return None
    number: int = brought.get("counted_from", 1)
    return number


def store(experiment: Experiment, sealed: Sealed, key: DataKey) -> None:
    """Seal under the experiment's next revision. Every change of the payload goes through here."""
    experiment.revision += 1
    experiment.sealed = key.seal(sealed.model_dump(mode="json"), _place(experiment))


def write_plan(experiment: Experiment, sealed: Sealed, plan: Plan, key: DataKey) -> None:
    """Put a plan into the row: part in clear, part sealed."""
    experiment.start_on = plan.start_on
    experiment.length_days = plan.length_days
    experiment.zone = plan.zone
    experiment.day_end = plan.day_end
    fields = set(Plan.model_fields) - IN_CLEAR
    store(experiment, sealed.model_copy(update={"plan": plan.model_dump(mode="json", include=fields)}), key)


def changed(before: Plan, after: Plan, *, now: datetime) -> list[Change]:
    """The stamps for what was fixed and is now different.

    Of what the prescriber was told only whether counts: it opens the comparison; a name or another day does not.
    """
    found = [name for name in FIXED if getattr(before, name) != getattr(after, name)]
    if (before.prescriber_told is None) != (after.prescriber_told is None):
        found.append("prescriber_told")
    return [Change(field=name, changed_at=now) for name in found]
