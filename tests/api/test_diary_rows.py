"""Which comes first in a row of a diary, the dose or the rating: what is told, or what the usual time says."""

from datetime import date, timedelta
from typing import Any

import pytest

from tests.api.test_diaries import COMPARED, bring, mapping_of, result_of
from tests.cast import Cast, days_ago

BEDTIME = "0110100110010110"
"""Doses taken at the end of each row's day."""


def better_the_day_after(measure: str = "mood") -> tuple[str, dict[str, Any]]:
    """A diary whose rating is 3 points higher on the day after a bedtime dose, and its mapping."""
    first = date.fromisoformat(days_ago(20))
    after = "0" + BEDTIME
    rows = []
    for n, dose in enumerate(BEDTIME[:14]):
        felt = 4 + 3 * int(after[n]) + n % 2
        rows.append(f"{first + timedelta(days=n)},{'yes' if dose == '1' else 'no'},{felt},{6 + n % 3}")
    scale = {"minimum": 0, "maximum": 10, "step": 1}
    other = "sleep_hours" if measure == "mood" else "mood"
    hours = {"minimum": 0, "maximum": 24, "step": 0.5}
    measures = {
        measure: {"column": "how I felt", **(hours if measure == "sleep_hours" else scale)},
        other: {"column": "also", **(hours if other == "sleep_hours" else scale)},
    }
    return "\n".join(["date,took it,how I felt,also", *rows]), mapping_of(measures=measures)


@pytest.mark.parametrize(
    ("measure", "usual_time", "told", "lag"),
    [
        ("mood", "bedtime", None, 1),
        ("mood", "bedtime", 1, 1),
        ("mood", "bedtime", 0, 0),
        ("mood", "evening", None, 0),
        ("mood", "evening", 1, 1),
        ("sleep_hours", "evening", None, 1),
        ("sleep_hours", "bedtime", None, 1),
        ("sleep_hours", "bedtime", 0, 0),
        ("sleep_hours", "morning", 0, 0),
    ],
)
def test_the_dose_before_the_rating_counts_in_a_diary_too(
    cast: Cast, measure: str, usual_time: str, told: int | None, lag: int
) -> None:
    csv, mapping = better_the_day_after(measure)
    draft = cast.ana.draft(**{**COMPARED, "usual_time": usual_time, "primary": measure})
    answer = bring(cast.ana, draft, csv=csv, mapping={**mapping, "lag": told})
    assert answer.status_code == 200, answer.text
    whole = cast.ana.http.get(f"/api/experiments/{draft['id']}/export").json()
    assert whole["report"]["report"]["fixed"]["lag"] == lag
    found = result_of(cast.ana, answer.json())["numbers"]
    difference = found["on"]["mean"] - found["off"]["mean"]
    if lag:
        assert difference == pytest.approx(3, abs=0.6)
    else:
        assert difference < 1, "the wrong night: told so, and taken at their word"


def test_a_day_of_a_diary_is_asked_about_as_its_rows_mean_it(cast: Cast) -> None:
    csv, mapping = better_the_day_after("sleep_hours")
    draft = cast.ana.draft(
        **{**COMPARED, "usual_time": "bedtime", "primary": "sleep_hours", "medicine_label": "the white one"}
    )
    assert draft["row"] is None
    brought = bring(cast.ana, draft, csv=csv, mapping={**mapping, "lag": 0}).json()
    said = {"dose": "The white one, before that night", "sleep": "Sleep, the night after that dose"}
    assert brought["row"] == said
    assert next(one["row"] for one in cast.ana.http.get("/api/experiments").json() if one["row"]) == said


def test_a_name_that_nobody_chose_does_not_show_there(cast: Cast) -> None:
    csv, mapping = better_the_day_after()
    draft = cast.ana.draft(**{**COMPARED, "usual_time": "bedtime", "medicine_label": None})
    brought = bring(cast.ana, draft, csv=csv, mapping=mapping).json()
    assert brought["medicine_label"]
    assert brought["row"]["dose"] == "Your medicine, at the end of that day"
