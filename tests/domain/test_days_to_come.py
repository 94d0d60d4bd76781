"""While a fortnight runs, days still to come are no gaps: nothing is said of them."""

from datetime import timedelta

from app.domain.compare import compare
from app.rendering.figures import all_figures

from tests.domain.diaries import MONDAY, diary, plan

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
