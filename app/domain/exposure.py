"""Which dose comes before which rating, and how much of the medicine a day without it still carries.

ANALYSIS.md steps 1 and 2. Days are places 0 … N-1 of one window of consecutive local calendar days; a
dose is one of the wire's words, or None for a day not logged.
"""

import math
from collections.abc import Sequence
from typing import Literal

Dose = Literal["taken", "different_amount", "not_taken", "not_due", "rather_not_say"]
Exposure = Literal[0, 1]

PRECEDING_DOSES = 400
"""Daily doses assumed before day 1 for somebody who takes it every day or on some days."""


def exposures(doses: Sequence[Dose | None], lag: int) -> list[Exposure | None]:
    """Step 1. x_t of every day: 1 taken, 0 not taken, None set aside; the dose of `lag` days before counts."""
    shifted = [None] * lag + list(doses[: len(doses) - lag])
    return [1 if dose == "taken" else 0 if dose == "not_taken" else None for dose in shifted]


def changes(x: Sequence[int | None]) -> list[int]:
    """The days on which x differs from the last known x before it."""
    found: list[int] = []
    last = None
    for day, now in enumerate(x):
        if now is None:
            continue
        if last is not None and now != last:
            found.append(day)
        last = now
    return found


def after_switch(x: Sequence[Exposure | None], skip: int) -> set[int]:
    """The days set aside after a switch: `skip` calendar days from each change of x on."""
    return {day + later for day in changes(x) for later in range(skip)}


def recovery(
    doses: Sequence[Dose | None],
    x: Sequence[Exposure | None],
    compared: Sequence[int],
    *,
    half_life_hours: float,
    preceded: bool,
    lag: int = 0,
) -> float | None:
    """Step 2. f: the share of a real difference that these days could show; 1 is a clean switch.

    `compared` are the days that enter the comparison. Days whose dose is not known count once as all
    without and once as all with, and the smaller f holds. None where only one kind of day occurs.
    """
    kinds = {x[day] for day in compared}
    if not {0, 1} <= kinds:
        return None
    kept = math.exp(-math.log(2) / (half_life_hours / 24))  # e^{-k_e}: what is left a day later
    carried = sum(kept**day for day in range(PRECEDING_DOSES)) if preceded else 0.0

    def with_unknown(dose: float) -> float:
        effect = _effect(_amounts(doses, dose), kept, carried)
        on = [effect[day - lag] for day in compared if x[day] == 1]
        off = [effect[day - lag] for day in compared if x[day] == 0]
        return math.fsum(on) / len(on) - math.fsum(off) / len(off)

    return min(with_unknown(0.0), with_unknown(1.0))


def _amounts(doses: Sequence[Dose | None], unknown: float) -> list[float]:
    amount = {"taken": 1.0, "different_amount": 0.5, "not_taken": 0.0, "not_due": 0.0}
    return [unknown if dose is None else amount.get(dose, unknown) for dose in doses]


def _effect(amounts: Sequence[float], kept: float, carried: float) -> list[float]:
    """E_t of every day, C_t being just after that day's dose: hours never enter."""
    effect, in_body = [], carried
    for amount in amounts:
        in_body = in_body * kept + amount
        effect.append(in_body * (1 - kept))
    return effect
