"""Sentences that fit the days there were, and numbers that do not contradict one another in one sentence."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from app.core.catalogue import text
from app.domain import sentences
from app.domain.compare import compare
from app.domain.measures import standard
from app.domain.report import Direction, Interval, Measure, Numbers, Prediction, Report
from app.domain.rounding import shown, shown_range
from app.rendering.figures import all_figures
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.diaries import CLEAR, MIXED, MONDAY, UNCLEAR, diary, keys, plan, report, texts

MOOD, HOURS = standard("mood"), standard("sleep_hours")


def stopped(days: int, ratings: Any = UNCLEAR, **changes: Any) -> Report:
    """A fortnight that was stopped after so many of its 14 days."""
    changes = {"works_over_weeks": True, **changes}
    return compare(
        plan(**changes), diary(MIXED, ratings)[:days], ended=True, ended_on=MONDAY + timedelta(days - 1)
    )


# Lengths


@pytest.mark.parametrize(("days", "said"), [(14, "Two weeks"), (12, "12 days"), (11, "11 days")])
def test_after_an_early_stop_the_days_there_were_are_counted(days: int, said: str) -> None:
    found = texts(stopped(days))
    assert f"{said} cannot see that." in found
    assert f"would more often be missed than seen in {said[0].lower()}{said[1:]}." in found
    assert ("wo weeks" in found) == (days == 14)
    onset = "Two weeks of days" if days == 14 else said
    assert f"{onset} cannot show whether it helps." in found


def test_one_day_is_one_day() -> None:
    for changes in ({}, {"mode": "notice_only"}):
        made = stopped(1, **changes)
        said = " ".join([texts(made), *(figure.sentence for figure in all_figures(made))])
        assert "1 day cannot see that." in said
        assert "1 days" not in said
        assert "you answered on 1 of 1 day." in said
    assert texts(made).startswith("Your 1 day: mood 5 on the 1 day you rated.")


def test_a_notice_that_still_runs_speaks_of_the_days_that_have_come() -> None:
    fixed = plan(mode="notice_only")
    running = compare(fixed, diary(MIXED[:6]), ended=False, today=MONDAY + timedelta(days=5))
    assert texts(running).startswith("Your 6 days: mood mostly")
    nothing = compare(fixed, [], ended=False, today=MONDAY)
    assert texts(nothing).startswith("Nothing is written down yet. ")
    over = compare(fixed, [], ended=True)
    assert texts(over).startswith("Nothing was written down. ")


@pytest.mark.parametrize("mode", ["compare", "notice_only"])
def test_stopped_while_it_was_still_to_begin(mode: str) -> None:
    fixed = plan(mode=mode, standing_first=True, gap_effect=True, prescriber_told_on=MONDAY)
    made = compare(fixed, [], ended=True, ended_on=MONDAY - timedelta(days=3))
    assert (text(made.title), texts(made)) == (
        "Stopped before it began",
        "You stopped this before its first day, so there are no days to look at.",
    )
    assert all_figures(made) == []


# The range


@given(
    st.floats(-9, 9), st.floats(0.05, 4), st.sampled_from([MOOD, HOURS, Measure("x", MOOD.name, 0, 1, 0.000001)])
)
def test_the_ends_of_a_range_are_never_said_as_one_number(lower: float, width: float, measure: Measure) -> None:
    low, high = shown_range(lower, lower + width, measure)
    assert low < high
    usual = shown(lower, measure), shown(lower + width, measure)
    assert (low, high) == usual or usual[0] == usual[1]


def test_ends_that_would_coincide_have_one_decimal() -> None:
    assert shown_range(0.84, 1.21, MOOD) == (0.8, 1.2)
    assert shown_range(0.66, 1.3, MOOD) == (0.5, 1.5)
    assert shown_range(-1.2, -0.8, MOOD) == (-1.2, -0.8)


# Means in brackets


@pytest.mark.parametrize(
    ("measure", "estimate", "on", "off", "stand"),
    [
        (MOOD, 1.0, 6.1, 5.1, True),
        (HOURS, 0.9, 7.0, 7.3, False),
        (MOOD, -0.6, 6.1, 5.1, False),
        (MOOD, 0.6, 6.1, 6.1, False),
        (MOOD, 0.1, 6.3, 6.1, True),
        (MOOD, -0.1, 6.3, 6.1, True),
        (MOOD, 0.1, 6.1, 5.1, False),
        (MOOD, 0.1, 6.0, 5.1, True),
        (HOURS, 0.2, 6.0, 7.1, False),
    ],
)
def test_means_that_read_against_the_estimate_stay_in_the_table(
    measure: Measure, estimate: float, on: float, off: float, stand: bool
) -> None:
    interval = Interval(estimate, -2, 2, shown(estimate, measure), -2, 2)
    said = text(sentences._cannot_tell(measure, Numbers(7, 7, 9, mean_on=on, mean_off=off), interval))
    assert (f"({on} against {off})" in said) == stand
    assert "  " not in said and " ." not in said


# What was expected, and who was told


@pytest.mark.parametrize(
    ("direction", "points", "measure", "said"),
    [
        ("higher", 1, MOOD, "You expected about 1 point higher on the days you take it."),
        ("lower", 0.5, MOOD, "You expected about 0.5 points lower on the days you take it."),
        ("higher", 1, HOURS, "You expected about 1 hour longer on the days you take it."),
        ("lower", None, HOURS, "You expected shorter on the days you take it."),
        ("higher", None, MOOD, "You expected higher on the days you take it."),
        ("higher", 0, MOOD, "You expected higher on the days you take it."),
        ("same", 2, MOOD, "You expected about the same on both kinds of day."),
        ("no_idea", 2, MOOD, "You had no idea, and said so."),
    ],
)
def test_what_was_expected_has_its_unit(
    direction: Direction, points: float | None, measure: Measure, said: str
) -> None:
    assert text(sentences.expected(Prediction(direction, points), measure)) == said


@pytest.mark.parametrize("changes", [{}, {"mode": "notice_only"}, {"action": "P"}])
def test_that_the_prescriber_was_told_stands_on_every_result(changes: dict[str, Any]) -> None:
    said = "For your prescriber: patient says prescriber was told on 10 January 2026."
    assert said in texts(report(MIXED, CLEAR, prescriber_told_on=date(2026, 1, 10), **changes))
    assert "result-prescriber-told" not in keys(report(MIXED, CLEAR, **changes))


# Notice only


def test_what_stays_only_noticed_says_why() -> None:
    said = "What stood in the way of comparing was changed after this fortnight had begun"
    assert said in texts(report(MIXED, CLEAR, mode="notice_only", held=True))
    assert said not in texts(report(MIXED, CLEAR, mode="notice_only"))


@pytest.mark.parametrize(
    ("note", "said"),
    [
        ("I laughed", "You wrote: 'I laughed'. What stands out"),
        ("I laughed…", "You wrote: 'I laughed…' What stands out"),
        ("Did I laugh? ", "You wrote: 'Did I laugh? ' What stands out"),
    ],
)
def test_a_note_ends_as_it_was_written_or_gets_its_full_stop(note: str, said: str) -> None:
    entries = [replace(entry, note=note, note_starred=True) for entry in diary("1")]
    assert said in texts(compare(plan(mode="notice_only"), entries, ended=True))
