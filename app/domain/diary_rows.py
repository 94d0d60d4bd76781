"""What the dose and the sleep in a row of a diary mean, said when one of its days is corrected (decision 0012)."""

from dataclasses import dataclass
from typing import Literal

from app.domain import measures
from app.domain.words import Say


@dataclass(frozen=True)
class Row:
    """The two questions as they were meant in that diary. Beside them everything else is of the row's own day."""

    dose: Say
    sleep: Say


def row_of(
    label: Say | str, *, primary: str | None, usual_time: str | None, told_lag: Literal[0, 1] | None
) -> Row:
    """`label`: what the medicine is called. `told_lag`: 0 where the dose comes first in a row, None: not told.

    Without weekdays: a diary that counts its days has none.
    """
    dose_first, night = told_lag == 0, "check-in-sleep-then"
    if dose_first and primary in measures.SLEEP:
        # Whether such a row has the date of the evening or of the morning after nobody was asked.
        dose, night = "diary-row-dose-then-night", "diary-row-night-after"
    elif usual_time == "bedtime":
        dose = "diary-row-dose-night-before" if dose_first else "diary-row-dose-at-its-end"
    else:
        dose = "diary-row-dose-that-day"
    return Row(Say(dose, {"label": label}), Say(night))
