"""What a result does not allow to be drawn is not in its report, and cannot be put there."""

import json
from dataclasses import asdict, replace
from typing import Any

import pytest
from app.domain.compare import compare
from app.domain.measures import own, standard
from app.domain.report import DRAWN, Counts, Numbers, Point, Prediction, Report, SideEffect
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.diaries import ALTERNATE, CLEAR, MIXED, UNCLEAR, diary, plan, report

INK_ONLY = [
    ("notice_only", {"mode": "notice_only"}, {"ended": True}),
    ("notice_only", {"action": "O"}, {"ended": True}),
    ("notice_only", {"mode": "notice_only"}, {"ended": False}),
    ("set_aside", {}, {"ended": True, "set_aside": True}),
    ("not_yet", {}, {"ended": False}),
]
LINE_ONLY = [
    ("too_few_days", "11111111111000", CLEAR, {}),
    ("one_block", "11111110000000", CLEAR, {}),
    ("carry_over", ALTERNATE, CLEAR, {"half_life_hours": 66}),
]


def marks(made: Report) -> set[str]:
    return {point.mark for day in made.days for point in day.points.values()}


@pytest.mark.parametrize(("result", "changes", "when"), INK_ONLY)
def test_ink_dots_and_no_contrast(result: str, changes: dict[str, Any], when: dict[str, bool]) -> None:
    fixed = plan(**changes, prediction=("lower", 2))
    made = compare(fixed, diary(MIXED), ended=when["ended"], set_aside=when.get("set_aside", False))
    assert made.result == result
    assert marks(made) == {"ink"}
    assert (made.comparison, made.numbers, made.caps) == (None, None, ())
    assert (made.counts.on, made.counts.off, made.counts.aside) == (None, None, None)
    assert [row.dose for row in made.log][:3] == ["taken", "taken", "not_taken"], "what they wrote is theirs"


@given(st.text("10hdr?.", min_size=14, max_size=14), st.data())
def test_notice_only_never_contains_a_contrast(doses: str, data: st.DataObject) -> None:
    """The same ratings under any other doses give the same report, but for the log's own row."""
    other = data.draw(st.text("10hdr?", min_size=14, max_size=14))
    other = "".join("." if a == "." else b for a, b in zip(doses, other, strict=True))
    one, two = (report(letters, UNCLEAR, mode="notice_only") for letters in (doses, other))
    assert one.sentences == two.sentences
    assert replace(one, log=()) == replace(two, log=())


@pytest.mark.parametrize(("result", "doses", "ratings", "changes"), LINE_ONLY)
def test_the_daily_line_with_marks_and_nothing_beside(
    result: str, doses: str, ratings: list[int], changes: dict[str, Any]
) -> None:
    made = report(doses, ratings, **changes)
    assert made.result == result
    assert marks(made) == {"on", "off"}
    assert made.comparison is None


def test_no_variation_stands_side_by_side_without_an_interval() -> None:
    made = report(MIXED, [5] * 14)
    assert made.comparison
    assert (made.comparison.on.n, made.comparison.on.mean, made.comparison.on.median) == (7, 5, 5)
    assert made.comparison.interval is None


@pytest.mark.parametrize("ratings", [CLEAR, UNCLEAR])
def test_a_comparison_has_all_of_it(ratings: list[int]) -> None:
    made = report(MIXED, ratings)
    assert made.comparison and made.comparison.interval and made.numbers
    assert made.comparison.interval.estimate == made.numbers.estimate
    assert len(made.comparison.on.days) + len(made.comparison.off.days) == 14


def test_a_report_refuses_to_say_more_than_its_result_allows() -> None:
    notice, whole, line = report(MIXED, mode="notice_only"), report(MIXED), report("11111111111000")
    marked = replace(notice.days[0], points={"mood": Point(7, "on")})
    with pytest.raises(ValueError, match="marked by its dose"):
        replace(notice, days=(marked, *notice.days[1:]))
    with pytest.raises(ValueError, match="apart"):
        replace(notice, numbers=Numbers(7, 7, 9))
    for told in (Counts(14, 14, 14, on=7), Counts(14, 14, 14, off=7), Counts(14, 14, 14, aside={})):
        with pytest.raises(ValueError, match="apart"):
            replace(notice, counts=told)
    with pytest.raises(ValueError, match="apart"):
        replace(notice, caps=("weekend",))
    with pytest.raises(ValueError, match="side by side"):
        replace(notice, comparison=whole.comparison)
    with pytest.raises(ValueError, match="side by side"):
        replace(line, comparison=whole.comparison)
    with pytest.raises(ValueError, match="side by side"):
        replace(whole, comparison=None)
    assert whole.comparison
    with pytest.raises(ValueError, match="interval"):
        replace(whole, result="no_variation")
    with pytest.raises(ValueError, match="interval"):
        replace(whole, comparison=replace(whole.comparison, interval=None))
    running = compare(plan(), diary(MIXED), ended=False)
    with pytest.raises(ValueError, match="sealed"):
        replace(running, prediction=Prediction("lower", 2))


def test_the_table_of_what_is_drawn() -> None:
    assert {result for result, drawn in DRAWN.items() if drawn.interval} == {"stands_out", "cannot_tell"}
    assert {result for result, drawn in DRAWN.items() if drawn.side_by_side and not drawn.interval} == {
        "no_variation"
    }
    assert {result for result, drawn in DRAWN.items() if drawn.marks and not drawn.side_by_side} == {
        "carry_over",
        "too_few_days",
        "one_block",
    }
    assert len(DRAWN) == 9


def test_the_prediction_is_sealed_until_the_end() -> None:
    fixed = plan(prediction=("lower", 2), hope="to sleep")
    assert compare(fixed, diary(MIXED), ended=False).prediction is None
    assert compare(plan(mode="notice_only", prediction=("lower", 2)), diary(MIXED), ended=False).prediction is None
    opened = compare(fixed, diary(MIXED), ended=True).prediction
    assert opened == Prediction("lower", 2)
    assert opened.signed == -2
    assert Prediction("higher", 1.5).signed == 1.5
    assert Prediction("same").signed == 0
    assert Prediction("lower").signed is None
    assert Prediction("no_idea", 2).signed is None


def test_other_measures_keep_their_order_and_get_ranges_only() -> None:
    measures = (standard("mood"), standard("sleep_hours"), standard("energy"), own("own1", "fog"))
    entries = [
        replace(entry, ratings={**entry.ratings, "energy": 3 + place % 4, "own1": place % 3})
        for place, entry in enumerate(diary(MIXED))
    ]
    made = compare(plan(measures=measures, primary="own1"), entries, ended=True)
    assert [measure.key for measure in made.measures] == ["own1", "mood", "sleep_hours", "energy"]
    assert made.comparison
    assert [other.measure for other in made.comparison.others] == ["mood", "sleep_hours", "energy"]
    mood, sleep, _ = made.comparison.others
    assert (mood.on.n, mood.on.lowest, mood.on.highest) == (7, 7, 8)
    assert (sleep.on.n, sleep.on.lowest) == (0, None)
    assert [summary.measure for summary in made.summaries] == ["own1", "mood", "energy"]


def test_sleep_beside_a_morning_dose_is_marked_by_the_dose_of_the_day_before() -> None:
    measures = (standard("mood"), standard("sleep_hours"))
    entries = [replace(entry, ratings={**entry.ratings, "sleep_hours": 7.5}) for entry in diary("10110101001011")]
    made = compare(plan(measures=measures, usual_time="morning"), entries, ended=True)
    assert [day.points["mood"].mark for day in made.days][:4] == ["on", "off", "on", "on"]
    assert [day.points["sleep_hours"].mark for day in made.days][:4] == ["aside", "on", "off", "on"]


def test_every_day_is_there_gaps_included() -> None:
    made = report("10.h1?01.01101", [5, 6, 7, 4, None, 5, 6, 7, 8, 4, 5, 6, 5, 6])
    assert [day.number for day in made.days] == list(range(1, 15))
    assert [day.number for day in made.days if not day.logged] == [3, 9]
    assert [day.number for day in made.days if not day.points] == [3, 5, 9]
    assert made.counts.aside == {"different_amount": 1, "unlogged": 1}
    assert made.days[0].weekday == 0


def test_a_report_is_plain_data() -> None:
    """Everything in it can be written down: the export needs no more than this."""
    entries = [replace(entry, side_effects=(SideEffect("dry mouth", 2),)) for entry in diary(MIXED)]
    made = compare(plan(), entries, ended=True)
    assert json.dumps(asdict(made), default=str, allow_nan=False)
