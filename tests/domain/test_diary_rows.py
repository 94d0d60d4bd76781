"""What the rows of a diary mean, in the words in which a day of it is asked about again."""

from datetime import date
from itertools import product
from typing import Literal

import pytest
from app.core.catalogue import text
from app.domain import measures
from app.domain.analysis import Plan
from app.domain.diary_rows import row_of

Told = Literal[0, 1] | None
NIGHT_BEFORE, NIGHT_AFTER = "Sleep, the night before", "Sleep, the night after that dose"


@pytest.mark.parametrize(
    ("primary", "usual_time", "told", "dose", "sleep"),
    [
        ("mood", "morning", None, "The pill, that day", NIGHT_BEFORE),
        ("mood", "evening", 0, "The pill, that day", NIGHT_BEFORE),
        ("mood", "evening", 1, "The pill, that day", NIGHT_BEFORE),
        ("mood", "bedtime", None, "The pill, at the end of that day", NIGHT_BEFORE),
        ("mood", "bedtime", 1, "The pill, at the end of that day", NIGHT_BEFORE),
        ("mood", "bedtime", 0, "The pill, the night before", NIGHT_BEFORE),
        ("sleep_hours", "bedtime", 1, "The pill, at the end of that day", NIGHT_BEFORE),
        ("sleep_hours", "bedtime", 0, "The pill, before that night", NIGHT_AFTER),
        ("sleep_quality", "evening", 0, "The pill, before that night", NIGHT_AFTER),
        ("sleep_hours", "evening", 1, "The pill, that day", NIGHT_BEFORE),
        ("sleep_hours", "morning", None, "The pill, that day", NIGHT_BEFORE),
    ],
)
def test_a_row_is_asked_about_as_it_was_meant(
    primary: str, usual_time: str, told: Told, dose: str, sleep: str
) -> None:
    row = row_of("The pill", primary=primary, usual_time=usual_time, told_lag=told)
    assert (text(row.dose), text(row.sleep)) == (dose, sleep)


DOSE_AT = {"that-day": 0.5, "at-its-end": 0.9, "night-before": -0.1, "then-night": -0.1}
"""When the dose of a row's words is taken, in days from the morning of the row's day."""


@pytest.mark.parametrize(
    ("primary", "usual_time", "told"),
    list(product(["mood", "sleep_hours"], ["morning", "daytime", "evening", "bedtime"], [None, 0, 1])),
)
def test_the_words_and_the_comparison_mean_the_same_dose(primary: str, usual_time: str, told: Told) -> None:
    """The dose asked about comes before the night asked about exactly where the comparison takes it so."""
    row = row_of("The pill", primary=primary, usual_time=usual_time, told_lag=told)
    plan = Plan(
        start=date(2026, 3, 2),
        length_days=14,
        measures=(measures.standard("mood"), measures.standard("sleep_hours")),
        primary=primary,
        usual_time=usual_time,
        kept_elsewhere=True,
        told_lag=told,
    )
    asked = DOSE_AT[row.dose.key.removeprefix("diary-row-dose-")]
    dose_first = asked < 0 or row.sleep.key == "diary-row-night-after"
    assert dose_first == (plan.lag("sleep_hours") == 0)
