"""The page for a prescriber draws the `Report` that the screen draws: no number can differ, and none is there that
the result does not allow."""

import json
import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest
from app.core.catalogue import has, text
from app.domain import brief
from app.domain.brief import PARTS
from app.domain.report import DRAWN, Cap, Result
from app.domain.words import Say
from app.rendering.brief import page
from app.rendering.figures import WIDTH, all_figures, fortnight
from app.rendering.figures.parts import Figure, Look

from tests.rendering.briefs import NOBODY, ON, made
from tests.rendering.factories import INK, RESULTS
from tests.rendering.factories import fortnight as design
from tests.test_words import ENGLISH, strings

HOUSE = Path(__file__).parents[2]
CAPS = [cap.replace("_", "-") for cap in get_args(Cap)]


def marked(figure: Figure) -> set[tuple[float, float, str]]:
    """Where a figure has which mark over its first panel of days: day, value, symbol."""
    first = next(trace["yaxis"] for trace in figure.plotly["data"] if trace["mode"] == "lines")
    return {
        (x, y, trace["marker"]["symbol"])
        for trace in figure.plotly["data"]
        if trace["mode"] == "markers" and trace["yaxis"] == first
        for x, y in zip(trace["x"], trace["y"], strict=True)
    }


@pytest.mark.parametrize("result", RESULTS)
@pytest.mark.parametrize("width", [fortnight.PAPER, WIDTH])
def test_paper_and_screen_show_the_same_days(result: Result, width: float) -> None:
    report = design(result)
    on_screen = next(figure for figure in all_figures(report) if figure.key == "in-order")
    on_paper = fortnight.draw(Look(report, width=width))
    assert on_paper is not None
    assert marked(on_paper) == marked(on_screen) != set()


def test_only_the_measure_that_answers_the_question_tells_the_days_apart() -> None:
    """Another may go with another day's dose (ANALYSIS.md, Inputs: lag)."""
    figure = fortnight.draw(Look(design("cannot_tell"), width=fortnight.PAPER))
    assert figure is not None
    panels = list(dict.fromkeys(trace["yaxis"] for trace in figure.plotly["data"] if trace["mode"] == "lines"))
    marks = [
        {
            each["marker"]["symbol"]
            for each in figure.plotly["data"]
            if each["mode"] == "markers" and each["yaxis"] == y
        }
        for y in panels
    ]
    assert len(marks) == 2
    assert "diamond-open" in marks[0] and marks[1] == {"circle"}


@pytest.mark.parametrize("result", RESULTS)
def test_nothing_tells_the_days_apart_where_nothing_may(result: Result) -> None:
    found = made(design(result))
    assert found.chart is not None
    assert ("diamond" in found.chart.svg or "f-on" in found.chart.svg) is DRAWN[result].marks
    assert (found.sides is not None) is DRAWN[result].side_by_side
    assert (found.ranges is None) is DRAWN[result].side_by_side
    assert (result in INK) is (not brief.dose_marks(design(result)))


def test_the_numbers_of_both_kinds_of_day_are_those_of_the_report() -> None:
    report = design("cannot_tell")
    comparison = report.comparison
    assert comparison is not None
    found = made(report).sides
    assert found is not None
    rows: Any = found.table["rows"]
    assert rows[0][1:] == [f"{group.mean:.1f} ({group.n} days)" for group in (comparison.on, comparison.off)], (
        "the primary measure by its plain means"
    )
    assert [row[0] for row in rows[1:]] == [
        text(report.measure(other.measure).name) for other in comparison.others
    ], "in the fixed order, never by how they differ"


def test_a_fortnight_that_was_stopped_early_is_as_long_as_it_was() -> None:
    report = design("cannot_tell")
    early = replace(report, days=report.days[:9], log=report.log[:9], stopped_early=True)
    assert made(early).title == "9 days with methylphenidate"


def test_a_reason_that_is_not_ticked_is_in_no_sentence_either() -> None:
    """The cap stays and says that it holds, not why."""
    cap = Say("safety-cap-mood-swayed")
    report = replace(design("cannot_tell"), caps=("mood_swayed",))
    report = replace(report, sentences=(*report.sentences, cap))
    told = " ".join(made(report).result)
    assert "because of how the patient felt" in told
    parts = [part for part in PARTS if part != "reasons"]
    silent = " ".join(page(report, NOBODY, parts, made_on=ON).result)
    assert "because of how" not in silent
    assert silent.endswith(text("brief-cap-of-these-days"))


def test_a_measure_is_not_said_to_be_chosen_before_day_one() -> None:
    """In a diary that is looked back on it was not, nor where what was set up was changed."""
    sides = made(replace(design("cannot_tell"), looked_back=True)).sides
    assert sides is not None and "before day 1" not in sides.note


def test_it_says_only_of_the_list_that_none_of_it_was_noted() -> None:
    """Whatever was written in words beside the list is not on the page, and not denied."""
    report = design("cannot_tell")
    log = tuple(replace(row, side_effects=(), effects_words="a strange taste") for row in report.log)
    found = made(replace(report, log=log)).effects
    assert found is not None
    assert (found.table["rows"], found.note) == ([], "None of those on the patient’s list was noted.")


def test_a_day_without_an_answer_is_one_of_doses_only_where_doses_are_on_it() -> None:
    report = design("cannot_tell")
    kept = "counts neither as taken nor as not taken"
    assert kept in made(report).not_logged
    silent = page(report, NOBODY, ["mood"], made_on=ON).not_logged
    assert silent == "Nothing of this was written on 1 of 14 days."


def test_the_prescriber_was_told_whatever_the_result_is() -> None:
    report = replace(design("notice_only"), sentences=())
    said = {line.label: line.text for line in made(report, told_on=date(2026, 1, 5)).about}
    assert said["Prescriber"] == "patient says prescriber was told on 5 January 2026"
    assert "Prescriber" not in {line.label for line in made(report).about}


def test_a_mark_by_the_dose_of_the_day_before_says_so() -> None:
    """The row of doses beneath has each day's own."""
    report = design("cannot_tell")
    chart = made(replace(report, fixed={**report.fixed, "lag": 1})).chart
    ink = made(replace(design("notice_only"), fixed={**report.fixed, "lag": 1})).chart
    same_day = made(report).chart
    assert chart and same_day and ink
    assert "Mood is marked by the dose of the day before." in chart.sentence
    assert "the day before" not in same_day.sentence + ink.sentence


# What somebody else reads ----------------------------------------------------------------------------------------

CHANGED = (
    ("days you took it", "days taken"),
    ("your days", "the days"),
    ("your ordinary", "ordinary"),
    ("You rated { $rated } of { $length } days: {", "Rated: { $rated } of { $length } days, {"),
    ("what you expected", "what was expected"),
    ("how you felt swayed whether you took it", "how the patient felt swayed whether it was taken"),
    ("right for you", "right for the patient"),
    ("You take it on", "It is taken on"),
    ("You gave the same answer every day", "The answer was the same every day"),
    ("Your daily line", "The daily line"),
    ("You set the comparison aside", "The comparison was set aside"),
    ("Your days are kept", "The days are kept"),
    ("your { $n } days", "the { $n } days"),
    ("you did not take it because of how you felt", "it was not taken because of how the patient felt"),
    ("what you had set up was changed after you began", "what had been set up was changed after it began"),
    ("Your fortnight", "The fortnight"),
    ("your fortnight", "the fortnight"),
    ("Your 1 day", "The 1 day"),
    ("Your { $length } days", "The { $length } days"),
    ("1 day you rated", "1 day that was rated"),
    ("days you rated", "days that were rated"),
)


def test_a_sentence_changes_only_whom_it_speaks_to() -> None:
    """Design: third-person wording may change "you took it" to "taken", nothing else."""
    pinned = json.loads((HOUSE / "tests/safety_snapshot.json").read_text(encoding="utf-8"))
    others = {key: said for key, said in pinned.items() if key.startswith("safety-brief-")}
    assert len(others) > 10
    for key, said in others.items():
        mine = key.replace("safety-brief-", "safety-")
        expected = pinned[mine].replace(f"{mine} =", f"{key} =")
        for yours, theirs in CHANGED:
            expected = expected.replace(yours, theirs)
        assert said == expected


def test_no_sentence_speaks_to_the_reader_as_if_they_were_the_patient() -> None:
    """Every sentence that a report can hold, in the words of the catalogue."""
    source = (HOUSE / "app/domain/sentences.py").read_text(encoding="utf-8")
    keys = set(re.findall(r'"((?:safety|result)-[a-z-]+)"', source))
    keys |= {f"{whose}-cap-{cap}" for cap in CAPS for whose in ("safety", "result") if has(f"{whose}-cap-{cap}")}
    keys |= {f"result-title-{result.replace('_', '-')}" for result in RESULTS}
    keys -= brief.NOT_HERE | {"result-expected", "result-expected-by"}
    assert len(keys) > 40
    whole: defaultdict[str, str] = defaultdict(str)
    for path in ENGLISH:
        for key, said in strings(path):
            whole[key] += f" {said}"
    for key in sorted(keys):
        other = key.replace("safety-", "safety-brief-").replace("result-", "brief-result-")
        read = whole[other if other in whole else key]
        assert re.findall(r"\b[Yy]ou(?:r|rself)?\b", read) == [], key


@pytest.mark.parametrize("key", ["unreadable", "stopped-early", "aside", "cap-late-answers", "cap-unreadable"])
def test_our_own_sentences_have_one_for_others(key: str) -> None:
    assert has(f"result-{key}") and has(f"brief-result-{key}")
