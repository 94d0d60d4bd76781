"""Small diaries for the tests of the comparison: a fortnight from letters and numbers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.domain.analysis import Entry, Plan
from app.domain.compare import compare
from app.domain.exposure import Dose
from app.domain.measures import standard
from app.domain.report import Report

MONDAY = date(2026, 3, 2)

LETTERS: dict[str, Dose | None] = {
    "1": "taken",
    "0": "not_taken",
    "h": "different_amount",
    "d": "not_due",
    "r": "rather_not_say",
    "?": None,
}
ALTERNATE = "10101010101010"
MIXED = "11001011010100"
"""7 on, 7 off, 9 changes; one of the on days and three of the off days at a weekend."""
CLEAR = [7, 8, 4, 5, 7, 4, 7, 8, 3, 7, 4, 8, 5, 4]
"""Ratings that stand out on MIXED."""
UNCLEAR = [5, 6, 5, 6, 7, 4, 5, 6, 6, 5, 5, 7, 4, 6]

# Found by search, each for what it shows; posterior and p are in the tests that use them.
NOT_RARE = ("11000010100010", [5, 6, 4, 5, 5, 6, 10, 4, 8, 5, 5, 5, 6, 8])
DRIFTS = ("00100011011111", [6, 4, 6, 4, 5, 4, 5, 6, 4, 8, 5, 6, 4, 7])
LOWER_ON = ("11110010111000", [6, 6, 5, 5, 7, 7, 5, 7, 5, 7, 6, 9, 5, 8])
HARDLY = ("00100011100001", [5, 5, 6, 6, 6, 4, 6, 8, 8, 5, 8, 4, 7, 10])
"""Stands out with a lower end of .19: half a point would round it to 0."""
THE_SAME = ("01100001011010", [5, 7, 7, 4, 5, 7, 6, 9, 5, 5, 6, 9, 4, 8])
JUST_UNDER = ("01110001000110", [5, 5, 6, 7, 5, 5, 5, 7, 8, 8, 8, 9, 9, 4])
"""A lower end of -.036: even one decimal would round it to 0, so it is said as the smallest one, .1."""

BASE = Plan(
    start=MONDAY,
    length_days=14,
    measures=(standard("mood"),),
    primary="mood",
    mode="compare",
    action="C",
    way_in="some_days",
    question="Am I foggier on the days I take it?",
    medicine_label="the white one",
)


def plan(**changes: Any) -> Plan:
    return replace(BASE, **changes)


def diary(
    doses: str, ratings: Sequence[float | None] = CLEAR, *, measure: str = "mood", start: date = MONDAY
) -> list[Entry]:
    """One entry a day: letters as in `LETTERS`, "." a day not logged; a rating of None is unanswered."""
    entries = []
    for day, (letter, rating) in enumerate(zip(doses, ratings, strict=False)):
        if letter != ".":
            rated = {} if rating is None else {measure: rating}
            entries.append(Entry(start + timedelta(days=day), LETTERS[letter], None, rated))
    return entries


def report(doses: str, ratings: Sequence[float | None] = CLEAR, /, **changes: Any) -> Report:
    """The report of an ended fortnight on `plan(**changes)`."""
    return compare(plan(**changes), diary(doses, ratings), ended=True)


def keys(made: Report) -> list[str]:
    return [say.key for say in made.sentences]


def texts(made: Report) -> str:
    from app.core.catalogue import text

    return " ".join(text(say) for say in made.sentences)
