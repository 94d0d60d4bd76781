"""The comparison on the wire: what was found, in sentences, and the numbers that may be shown beside them."""

from datetime import date
from typing import Any

from app.models.base import ShapeOut
from app.models.medicines import Said


class GroupPublic(ShapeOut):
    """The primary measure on one kind of day."""

    n: int
    mean: float
    median: float


class IntervalPublic(ShapeOut):
    """On minus off in the measure's units, and the range that fits; `shown_*` as the sentences round them."""

    estimate: float
    lower: float
    upper: float
    shown_estimate: float
    shown_lower: float
    shown_upper: float


class NumbersPublic(ShapeOut):
    """Present only where the result allows the days side by side."""

    on: GroupPublic
    off: GroupPublic
    interval: IntervalPublic | None


class SummaryPublic(ShapeOut):
    """How one measure was over all rated days, doses left out."""

    measure: str
    name: str
    n: int
    lowest: float
    highest: float
    lowest_on: list[date]
    highest_on: list[date]
    middle_low: float
    middle_high: float


class PredictionPublic(ShapeOut):
    """What was expected before day 1, and in words. Null until the end."""

    direction: str
    points: float | None
    signed: float | None
    text: str


class LogSideEffect(ShapeOut):
    name: str
    bother: int | None


class LogRowPublic(ShapeOut):
    """What the person wrote about one day apart from ratings. Theirs to see, never beside a rating.

    `worrying`: what they chose behind "something new or worrying", in words. The other words are as written.
    """

    date: date
    number: int
    logged: bool
    unreadable: bool
    late: bool
    hard_day: bool
    dose: str | None
    dose_reason: str | None
    side_effects: list[LogSideEffect]
    effects_words: str | None
    worrying: list[str]
    anything_else: str | None
    note: str | None


class DescriptionPublic(ShapeOut):
    """The fortnight without any contrast: every result has it."""

    length_days: int
    logged: int
    rated: int
    on: int | None
    off: int | None
    aside: dict[str, int] | None
    summaries: list[SummaryPublic]


class ComparisonPublic(ShapeOut):
    """A finished look at one fortnight."""

    result: str
    title: str
    sentences: list[Said]
    question: str
    medicine_label: str
    primary: str
    primary_name: str
    caps: list[str]
    description: DescriptionPublic
    numbers: NumbersPublic | None
    prediction: PredictionPublic | None
    hope: str | None
    starred_note: str | None
    stopped_early: bool
    looked_back: bool
    counted_from: int | None
    log: list[LogRowPublic]


class TablePublic(ShapeOut):
    columns: list[str]
    rows: list[list[str]]


class FigurePublic(ShapeOut):
    """One chart. `figure` is {data, layout, config} in Plotly's schema, if wanted; `svg` draws the same."""

    key: str
    title: str
    sentence: str
    figure: dict[str, Any] | None = None
    svg: str
    table: TablePublic


class FiguresPublic(ShapeOut):
    """The charts of a report, in the order of the page. `days`: one row a day with all of its answers (paper)."""

    days: TablePublic
    figures: list[FigurePublic]
