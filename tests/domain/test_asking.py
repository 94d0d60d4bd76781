"""Three things worth asking: which, in what order, and what none of them ever says."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from app.core.catalogue import text
from app.domain import measures
from app.domain.analysis import Entry, Plan
from app.domain.asking import ASKED, RULES, worth_asking
from app.domain.compare import compare
from app.domain.report import Report, SideEffect
from app.domain.words import Say

from tests.domain.diaries import BASE, CLEAR, MIXED, MONDAY, UNCLEAR, diary

ASKING = Path(__file__).parents[2] / "app/data/locales/en/asking.ftl"
NOTICED = replace(BASE, mode="notice_only", question="")


def report_of(plan: Plan, entries: list[Entry], *, ended: bool = True) -> Report:
    return compare(plan, entries, ended=ended)


def asked(report: Report, *, ended: bool = True) -> list[str]:
    return [each.key for each in worth_asking(report, ended=ended)]


def day(number: int, **more: object) -> Entry:
    return Entry(MONDAY + timedelta(days=number), "taken", None, {"mood": 5.0}, (), **more)  # type: ignore[arg-type]


def bare(**more: object) -> Report:
    return report_of(NOTICED, [day(0, **more)])


def test_there_are_three_whatever_is_shared() -> None:
    empty = report_of(NOTICED, [])
    assert asked(empty) == ["asking-first", "asking-watching-over", "asking-worth-over"]
    assert asked(empty, ended=False) == ["asking-first", "asking-watching", "asking-worth"]
    for report in (report_of(BASE, diary(MIXED, UNCLEAR)), report_of(BASE, diary(MIXED, CLEAR)), bare()):
        said = asked(report)
        assert len(said) == ASKED == len(set(said))


@pytest.mark.parametrize(
    ("report", "key"),
    [
        (bare(worrying=(Say("result-own-words", {"words": "rash"}),)), "asking-worrying"),
        (bare(note="a note", note_starred=True), "asking-note"),
        (bare(hard_day=True), "asking-hard-days"),
        (report_of(replace(NOTICED, question="Is it the tablet?"), [day(0)]), "asking-question"),
        (report_of(NOTICED, [replace(day(0), side_effects=(SideEffect("dry mouth", 1),))]), "asking-side-effect"),
        (report_of(NOTICED, [day(0), replace(day(1), dose="not_taken")]), "asking-both-kinds"),
        (
            report_of(
                replace(NOTICED, measures=(measures.standard("mood"), measures.own("own1", "clear head"))),
                [replace(day(0), ratings={"own1": 5.0})],
            ),
            "asking-own-measure",
        ),
        (
            report_of(
                replace(NOTICED, measures=(measures.standard("mood"), measures.standard("sleep_hours"))),
                [replace(day(n), ratings={"sleep_hours": 5.0 + 3 * n}) for n in range(2)],
            ),
            "asking-nights",
        ),
    ],
)
def test_each_rule_asks_for_what_it_is_about(report: Report, key: str) -> None:
    assert asked(report)[0] == key
    assert text(worth_asking(report, ended=True)[0]).endswith("?")


def test_nights_that_hardly_differ_are_not_asked_about() -> None:
    plan = replace(NOTICED, measures=(measures.standard("mood"), measures.standard("sleep_hours")))
    alike = report_of(plan, [replace(day(n), ratings={"sleep_hours": 5.0 + 2.5 * n}) for n in range(2)])
    assert "asking-nights" not in asked(alike)


def test_what_is_worrying_comes_before_what_the_days_said() -> None:
    entries = diary(MIXED, UNCLEAR)
    entries[3] = replace(entries[3], worrying=(Say("result-own-words", {"words": "rash"}),))
    assert asked(report_of(BASE, entries))[:2] == ["asking-worrying", "asking-unsettled"]


def test_only_a_result_that_stands_out_is_said_to() -> None:
    assert asked(report_of(BASE, diary(MIXED, CLEAR)))[0] == "asking-stands-out"
    assert asked(report_of(BASE, diary(MIXED, UNCLEAR)))[0] == "asking-unsettled"
    assert "asking-stands-out" not in asked(report_of(NOTICED, diary(MIXED, CLEAR)))


def test_watching_is_asked_about_once() -> None:
    said = [
        text(each)
        for each in worth_asking(report_of(replace(BASE, question=""), diary(MIXED, UNCLEAR)), ended=True)
    ]
    assert sum("to watch" in each for each in said) == 1


def test_which_way_it_went_and_what_was_expected_make_no_difference() -> None:
    plan = replace(BASE, prediction=("lower", 2.0))
    report, mirrored = (report_of(plan, diary(MIXED, ratings)) for ratings in (CLEAR, [10 - n for n in CLEAR]))
    assert report.result == mirrored.result == "stands_out"
    assert report.prediction is not None
    said = worth_asking(report, ended=True)
    assert said == worth_asking(mirrored, ended=True)
    assert said == worth_asking(replace(report, prediction=None), ended=True)


def every_sentence() -> Iterator[str]:
    names = {"name": "dry mouth", "n": 3, "measure": "Sleep", "low": "5", "high": "8 hours"}
    for key in re.findall(r"^(asking-[a-z-]+) =", ASKING.read_text(encoding="utf-8"), re.MULTILINE):
        yield text(key, **names)  # type: ignore[arg-type]


def test_none_names_a_direction_an_expectation_a_why_or_an_order() -> None:
    refused = r"\b(higher|lower|better|worse|more|less|expect\w*|predict\w*|why|should|must|because|caus\w*)\b"
    said = list(every_sentence())
    assert len(said) >= len(RULES)
    assert [each for each in said if re.search(refused, each.lower())] == []
    assert all("?" in each for each in said)
