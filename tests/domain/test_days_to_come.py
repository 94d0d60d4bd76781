"""While a fortnight runs, days still to come are no gaps: nothing is said of them."""

from datetime import timedelta

import pytest
from app.core.catalogue import text
from app.domain.compare import compare
from app.rendering.figures import all_figures

from tests.domain.diaries import MONDAY, diary, keys, plan, texts

WRITTEN = diary("111010", [5, 6, 4, 7, 5, 6])


def test_days_to_come_are_not_told_of() -> None:
    today = MONDAY + timedelta(days=8)  # nothing written today yet
    running = compare(plan(mode="notice_only"), WRITTEN, ended=False, today=today)
    assert (len(running.days), running.to_come, len(running.come), len(running.log)) == (14, 6, 8, 8)
    assert running.title.key == "result-title-notice-only-so-far"
    drawn = {figure.key: figure for figure in all_figures(running)}["in-order"]
    assert len(drawn.table.rows) == 8
    assert "6 of the 8 days so far" in drawn.sentence
    begun = compare(plan(mode="notice_only"), WRITTEN, ended=False, today=MONDAY + timedelta(days=5))
    assert (begun.to_come, len(begun.log)) == (8, 6)


def test_at_the_end_every_day_has_come() -> None:
    over = compare(plan(mode="notice_only"), WRITTEN, ended=True, today=MONDAY)
    assert (over.to_come, len(over.come), len(over.log)) == (0, 14, 14)
    assert over.title.key == "result-title-notice-only"


def test_a_written_day_is_never_to_come() -> None:
    """A phone a zone ahead writes the day after the experiment's own today."""
    for today in (MONDAY + timedelta(days=4), MONDAY + timedelta(days=2)):
        running = compare(plan(mode="notice_only"), WRITTEN, ended=False, today=today)
        assert (running.to_come, len(running.come), len(running.log)) == (8, 6, 6)
        assert running.come[-1].points["mood"].value == 6
        drawn = {figure.key: figure for figure in all_figures(running)}["in-order"]
        assert len(drawn.table.rows) == 6


def test_a_fortnight_still_to_begin_has_all_its_days_to_come() -> None:
    scheduled = compare(plan(mode="notice_only"), [], ended=False, today=MONDAY - timedelta(days=3))
    assert (scheduled.to_come, scheduled.come, scheduled.log) == (14, (), ())
    assert all_figures(scheduled) == []


@pytest.mark.parametrize("mode", ["notice_only", "compare"])
@pytest.mark.parametrize(
    ("today", "length"), [(-3, "A few days"), (0, "A few days"), (6, "6 days"), (9, "9 days"), (13, "13 days")]
)
def test_no_more_days_than_have_come_are_said_to_see_nothing(mode: str, today: int, length: str) -> None:
    """The sentences stay, and the length is the one that there is."""
    made = plan(mode=mode, works_over_weeks=True)
    entries = WRITTEN if today >= 6 else []
    running = compare(made, entries, ended=False, today=MONDAY + timedelta(days=today))
    assert f"{length} cannot see that." in texts(running)
    assert f"{length} cannot show whether it helps." in texts(running)
    assert "wo weeks" not in texts(running)
    over = compare(made, WRITTEN, ended=True)
    assert "Two weeks cannot see that." in texts(over)
    assert "Two weeks of days cannot show whether it helps." in texts(over)


def test_a_daily_line_is_spoken_of_only_where_there_is_one() -> None:
    line = text("safety-daily-line")
    rated = compare(plan(), diary("111010", [5, 6, 4, 7, 5, 6]), ended=True)
    assert (rated.result, "in-order" in {figure.key for figure in all_figures(rated)}) == ("too_few_days", True)
    assert line in texts(rated)
    unrated = compare(plan(), diary("111010", [None] * 6), ended=True)
    assert (unrated.result, "in-order" in {figure.key for figure in all_figures(unrated)}) == (
        "too_few_days",
        False,
    )
    assert line not in texts(unrated)
    assert keys(unrated)[0] == "safety-no-comparison"
