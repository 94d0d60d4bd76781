"""`Report`: the one value that screen, figures, CSV, PDF and FHIR draw, so that a number cannot differ.

What may be drawn depends on the result (ANALYSIS.md 11 and 12) and holds by construction: what may not be
drawn is not in the value. `Report.__post_init__` refuses a report that says more than its result allows:

| result                                   | rating marked by its dose | side by side, means | interval |
|------------------------------------------|---------------------------|---------------------|----------|
| stands_out, cannot_tell                  | yes                       | yes                 | yes      |
| no_variation                             | yes                       | yes                 | –        |
| carry_over, too_few_days, one_block      | yes (the daily line)      | –                   | –        |
| notice_only, set_aside, not_yet          | – (ink dots)              | –                   | –        |

`numbers` (p, NAP, phi, trend) is for the export and the command line, never for a screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from app.domain.words import Say

Result = Literal[
    "notice_only",
    "set_aside",
    "not_yet",
    "carry_over",
    "too_few_days",
    "one_block",
    "no_variation",
    "stands_out",
    "cannot_tell",
]
Mark = Literal["on", "off", "aside", "ink"]
Cap = Literal[
    "prescriber_first",
    "as_needed",
    "mood_swayed",
    "changed_after_start",
    "late_answers",
    "unreadable",
    "weekend",
]
Direction = Literal["lower", "same", "higher", "no_idea"]


@dataclass(frozen=True)
class Drawn:
    """What a result lets be drawn (ANALYSIS.md 12)."""

    marks: bool
    side_by_side: bool
    means: bool
    interval: bool
    prediction_range: bool


_INK = Drawn(marks=False, side_by_side=False, means=False, interval=False, prediction_range=False)
_LINE = Drawn(marks=True, side_by_side=False, means=False, interval=False, prediction_range=False)
_SIDES = Drawn(marks=True, side_by_side=True, means=True, interval=False, prediction_range=False)
_WHOLE = Drawn(marks=True, side_by_side=True, means=True, interval=True, prediction_range=True)

DRAWN: Mapping[Result, Drawn] = MappingProxyType(
    {
        "notice_only": _INK,
        "set_aside": _INK,
        "not_yet": _INK,
        "carry_over": _LINE,
        "too_few_days": _LINE,
        "one_block": _LINE,
        "no_variation": _SIDES,
        "stands_out": _WHOLE,
        "cannot_tell": _WHOLE,
    }
)


@dataclass(frozen=True)
class Measure:
    """One scale. Axes run from `minimum` to `maximum`, whatever was answered.

    `name`, `low`, `middle` and `high` are always `Say`: a client's own words come as
    `Say("result-own-words", {"words": …})`. An unnamed step is None.
    """

    key: str
    name: Say
    minimum: float
    maximum: float
    step: float
    unit: Literal["points", "hours"] = "points"
    low: Say | None = None
    middle: Say | None = None
    high: Say | None = None
    direction: Literal["higher_is_more", "lower_is_more"] = "higher_is_more"


@dataclass(frozen=True)
class Point:
    """One answer and how it may be drawn: `ink` wherever doses must not mark it, `aside` where the dose
    was a different amount, not due, not said or not logged."""

    value: float
    mark: Mark


@dataclass(frozen=True)
class Day:
    """One local calendar day, number 1 first. `points` by measure key; unanswered = absent.

    It holds no dose: doses are in `Report.log`, a row of their own.
    """

    date: date
    number: int
    points: Mapping[str, Point] = field(default_factory=dict)
    logged: bool = False
    late: bool = False

    @property
    def weekday(self) -> int:
        """0 is Monday."""
        return self.date.weekday()


@dataclass(frozen=True)
class SideEffect:
    name: str
    bother: int | None = None
    """0 to 3, or not said."""


@dataclass(frozen=True)
class LogRow:
    """What the person wrote about one day apart from ratings; what they wrote is theirs to see.

    Their words stand here as they wrote them and nowhere else: no sentence quotes them unasked. `anything_else`
    is of those that are shared with nobody unless they choose it.
    """

    date: date
    number: int
    logged: bool = False
    late: bool = False
    hard_day: bool = False
    dose: str | None = None
    dose_reason: str | None = None
    side_effects: tuple[SideEffect, ...] = ()
    effects_words: str | None = None
    worrying: tuple[Say, ...] = ()
    """What was chosen behind "something new or worrying"."""
    anything_else: str | None = None
    note: str | None = None
    unreadable: bool = False
    """It was written and does not open any more."""


@dataclass(frozen=True)
class Summary:
    """How one measure was over all rated days, doses left out: allowed in every result."""

    measure: str
    n: int
    lowest: float
    highest: float
    lowest_on: tuple[date, ...]
    highest_on: tuple[date, ...]
    middle_low: float
    middle_high: float
    """The middle half of the ratings, from the first to the third quarter, on the measure's own steps."""


@dataclass(frozen=True)
class Group:
    """The primary measure on one kind of day: every rating in date order, plain mean and median."""

    days: tuple[tuple[date, float], ...]
    mean: float
    median: float

    @property
    def n(self) -> int:
        return len(self.days)


@dataclass(frozen=True)
class Spread:
    """Another measure on one kind of day: a range with n, never a mean, a tier or an order by size."""

    n: int
    lowest: float | None
    highest: float | None


@dataclass(frozen=True)
class OtherMeasure:
    measure: str
    on: Spread
    off: Spread


@dataclass(frozen=True)
class Interval:
    """The model's estimate of on minus off and its 95 % range, in the measure's units; `shown_*` are the
    same rounded as sentences say them: draw the former, write the latter."""

    estimate: float
    lower: float
    upper: float
    shown_estimate: float
    shown_lower: float
    shown_upper: float


@dataclass(frozen=True)
class Comparison:
    """The days side by side. Exists only where `DRAWN[result].side_by_side`."""

    on: Group
    off: Group
    others: tuple[OtherMeasure, ...] = ()
    interval: Interval | None = None


@dataclass(frozen=True)
class Trend:
    estimate: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Numbers:
    """For the export and the command line only. None where the result stopped before it was computed."""

    n_on: int
    n_off: int
    switches: int
    mean_on: float | None = None
    mean_off: float | None = None
    median_on: float | None = None
    median_off: float | None = None
    difference: float | None = None
    estimate: float | None = None
    lower: float | None = None
    upper: float | None = None
    phi: float | None = None
    trend: Trend | None = None
    cor_on_time: float | None = None
    permutation_p: float | None = None
    permutation_kind: Literal["exact", "monte-carlo"] | None = None
    nap: float | None = None
    pairs: int | None = None
    recovery: float | None = None


@dataclass(frozen=True)
class Counts:
    """Days in words. `on`, `off` and `aside` are None wherever doses must not mark a rating."""

    length: int
    logged: int
    rated: int
    on: int | None = None
    off: int | None = None
    aside: Mapping[str, int] | None = None
    """Rated days set aside, by why: different_amount, not_due, rather_not_say, unlogged, after_switch,
    before_start."""


@dataclass(frozen=True)
class Prediction:
    """Sealed until the end: None in `not_yet`. `points` is unsigned, in the primary measure's units."""

    direction: Direction
    points: float | None = None

    @property
    def signed(self) -> float | None:
        """Where the triangle stands on the range line; None: nowhere."""
        if self.direction == "same":
            return 0.0
        if not self.points or self.direction == "no_idea":
            return None
        return self.points if self.direction == "higher" else -self.points


@dataclass(frozen=True)
class Report:
    """A finished look at one window of days. Everything that any output shows of it is in here."""

    result: Result
    title: Say
    sentences: tuple[Say, ...]
    question: str
    medicine_label: str
    measures: tuple[Measure, ...]
    """In fixed order, the primary measure first."""
    primary: str
    length_days: int
    days: tuple[Day, ...]
    """Every day of the window in order, gaps and days still to come included."""
    log: tuple[LogRow, ...]
    counts: Counts
    summaries: tuple[Summary, ...]
    comparison: Comparison | None = None
    numbers: Numbers | None = None
    caps: tuple[Cap, ...] = ()
    prediction: Prediction | None = None
    hope: str | None = None
    starred_note: str | None = None
    stopped_early: bool = False
    looked_back: bool = False
    to_come: int = 0
    """How many of the last days are still to come: nothing is said of them, and they are no gaps."""
    counted_from: int | None = None
    """The number of day 1 in a diary that counts its days: they have no dates, and weekdays mean nothing."""
    fixed: Mapping[str, str | int | float] = field(default_factory=dict)
    """What was fixed before day 1, printed in every export: primary, step, length_days, lag, skip."""

    def __post_init__(self) -> None:
        drawn = self.drawn
        marks = {point.mark for day in self.days for point in day.points.values()}
        if not drawn.marks and marks - {"ink"}:
            raise ValueError(f"{self.result}: no rating may be marked by its dose")
        if not drawn.marks and (self.numbers or self.caps or self.counts.on is not None):
            raise ValueError(f"{self.result}: no number may tell the two kinds of day apart")
        if not drawn.marks and (self.counts.off is not None or self.counts.aside is not None):
            raise ValueError(f"{self.result}: no number may tell the two kinds of day apart")
        if (self.comparison is not None) != drawn.side_by_side:
            raise ValueError(f"{self.result}: days side by side exactly where they may be drawn")
        if self.comparison and (self.comparison.interval is not None) != drawn.interval:
            raise ValueError(f"{self.result}: an interval exactly where it may be drawn")
        if self.result == "not_yet" and self.prediction is not None:
            raise ValueError("the prediction is sealed until the end")

    @property
    def drawn(self) -> Drawn:
        return DRAWN[self.result]

    @property
    def dated(self) -> bool:
        return self.counted_from is None

    @property
    def come(self) -> tuple[Day, ...]:
        """The days that are here already."""
        return self.days[: len(self.days) - self.to_come]

    def measure(self, key: str) -> Measure:
        return next(measure for measure in self.measures if measure.key == key)

    @property
    def primary_measure(self) -> Measure:
        return self.measure(self.primary)
