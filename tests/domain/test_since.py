"""What is new since two people last met: two sentences at most, ranges only."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from app.core.catalogue import text
from app.domain.analysis import Entry
from app.domain.compare import compare
from app.domain.meetings import Meetings
from app.domain.report import Report, SideEffect
from app.domain.since import since

from tests.domain.diaries import BASE, MONDAY

NOTICED = replace(BASE, mode="notice_only")


def on(number: int) -> date:
    return MONDAY + timedelta(days=number)


def fortnight(*, effects: dict[int, str] | None = None, starred: tuple[int, ...] = (), days: int = 8) -> Report:
    entries = [
        Entry(
            on(number),
            "taken",
            None,
            {"mood": float(2 + number)},
            (SideEffect(effects[number], 1),) if effects and number in effects else (),
            note="a note" if number in starred else None,
            note_starred=number in starred,
        )
        for number in range(days)
    ]
    return compare(NOTICED, entries, ended=False, today=on(days - 1))


EFFECT = fortnight(effects={6: "dry mouth"}, starred=(6,))
KNOWN_BEFORE = fortnight(effects={2: "dry mouth", 6: "dry mouth"}, starred=(6,))


def said(report: Report, met_on: date, *, ended_on: date | None = None) -> list[str]:
    return [text(each) for each in since(report, met_on, ended_on=ended_on)]


def test_the_first_tells_two_ranges() -> None:
    assert said(fortnight(), on(5)) == [
        "Mood was between 7 and 9 since you last met; before that between 2 and 6."
    ]
    assert said(fortnight(), on(7)) == ["Mood was 9 since you last met; before that between 2 and 8."]
    assert said(fortnight(), on(0)) == ["Mood was between 2 and 9 since you last met."]


def test_nothing_is_said_of_days_that_were_not_written() -> None:
    assert said(fortnight(days=5), on(5)) == []
    assert said(fortnight(), on(30)) == []
    assert said(compare(NOTICED, [], ended=True, ended_on=on(-1)), on(-1), ended_on=on(-1)) == [], "never begun"


@pytest.mark.parametrize(
    ("report", "ended_on", "sentence"),
    [
        (
            fortnight(effects={6: "dry mouth"}, starred=(6,)),
            on(7),
            "The fortnight has come to its end since then.",
        ),
        (EFFECT, on(4), "New since then: “dry mouth”."),
        (EFFECT, None, "New since then: “dry mouth”."),
        (
            fortnight(effects={2: "dry mouth", 6: "dry mouth"}, starred=(6,)),
            None,
            "One note was starred since then.",
        ),
        (fortnight(starred=(2, 5, 6)), None, "2 notes were starred since then."),
        (fortnight(starred=(2,)), None, None),
    ],
)
def test_the_second_tells_one_thing(report: Report, ended_on: date | None, sentence: str | None) -> None:
    assert said(report, on(5), ended_on=ended_on)[1:] == ([sentence] if sentence else [])


def test_a_diary_that_counts_its_days_meets_nobody_on_a_date() -> None:
    assert said(replace(fortnight(), counted_from=1), on(5)) == []


def test_a_session_that_is_over_is_the_last_one() -> None:
    noted = Meetings(next_on=on(5), last_on=on(1))
    assert noted.by(on(5)) == noted
    assert noted.by(on(6)) == Meetings(None, on(5))
    assert noted.by(on(6)).then(on(9), on(6)) == Meetings(on(9), on(5))
    assert noted.by(on(5)).then(on(9), on(5)) == Meetings(on(9), on(5)), "the next one is noted while they meet"
    assert noted.by(on(4)).then(on(9), on(4)) == Meetings(on(9), on(1)), "it was put off before its day"
    assert noted.by(on(5)).then(None, on(5)) == Meetings(None, on(1)), "it is not to be"
    assert noted.by(on(6)).then(on(2), on(6)) == Meetings(None, on(2)), "the day before was a mistake"
    assert Meetings(None, on(1)).by(on(9)) == Meetings(None, on(1))
    assert Meetings(on(1), on(4)).by(on(9)) == Meetings(None, on(4)), "noted afterwards, for a day before"
