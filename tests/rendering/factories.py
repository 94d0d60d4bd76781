"""Reports made by hand and at random, within what each result allows, and drawn without the analysis."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random
from statistics import fmean, median
from typing import Any, get_args
from xml.etree import ElementTree as ET

from app.domain import measures
from app.domain.report import (
    DRAWN,
    Comparison,
    Counts,
    Day,
    Direction,
    Group,
    Interval,
    LogRow,
    Mark,
    Measure,
    OtherMeasure,
    Point,
    Prediction,
    Report,
    Result,
    SideEffect,
    Spread,
    Summary,
)
from app.domain.rounding import shown
from app.domain.words import Say

SVG = "{http://www.w3.org/2000/svg}"

MONDAY = date(2026, 3, 2)
RESULTS: tuple[Result, ...] = get_args(Result)
INK: tuple[Result, ...] = ("notice_only", "set_aside", "not_yet")

# The fortnight of the design: 7 days with it, 5 without, one set aside, one not logged.
MOOD: list[float | None] = [6, 8, 5, 5, 5, 6, 6, 7, 7, 5, None, 4, 4, 6]
MARKS: list[Mark] = ["on", "on", "off", "on", "aside", "off", "on", "on", "off", "on", "ink", "off", "off", "on"]
SLEEP: list[float | None] = [7, 7.5, 6, 7, 6.5, 8, 8, 6.5, 6, 7, None, 5.5, 6, 6.5]
MYSELF: list[float | None] = [6, 6, 7, 5, 5, 6, 7, 6, 7, 5, None, 6, 6, 5]
FOG: list[float | None] = [4, 4, 1, 5, 3, 1, 3, 4, 2, 4, None, 1, 2, 3]
DRY = {1: 1, 3: 2, 6: 1, 7: None, 9: 3}


def parse(drawn: str) -> ET.Element:
    """Our own drawing, read as strict XML."""
    return ET.fromstring(drawn)  # noqa: S314


def build(
    result: Result,
    answers: Mapping[str, Sequence[float | None]],
    marks: Sequence[Mark],
    *,
    chosen: Sequence[Measure] | None = None,
    side_effects: Mapping[str, Mapping[int, int | None]] | None = None,
    start: date = MONDAY,
    interval: tuple[float, float, float] = (1.0, -0.6, 2.2),
    **more: Any,
) -> Report:
    """A report of these answers by measure key (the first is primary), with the marks that its result allows."""
    chosen = chosen or [measures.standard(key) for key in answers]
    primary, drawn = chosen[0], DRAWN[result]
    length = len(marks)
    days, log = [], []
    for i in range(length):
        mark: Mark = marks[i] if drawn.marks else "ink"
        points = {}
        for measure in chosen:
            value = answers[measure.key][i]
            if value is not None:
                points[measure.key] = Point(value, "aside" if mark == "ink" and drawn.marks else mark)
        noted = [SideEffect(name, by[i]) for name, by in (side_effects or {}).items() if i in by]
        logged = bool(points or noted)
        day = start + timedelta(days=i)
        days.append(Day(day, i + 1, points, logged=logged, late=logged and i == 3))
        dose = {"on": "taken", "off": "not_taken", "aside": "different_amount"}.get(marks[i])
        log.append(LogRow(day, i + 1, logged, False, False, dose, None, tuple(noted)))
    rated = [day for day in days if primary.key in day.points]
    return Report(
        result=result,
        title=Say(f"result-title-{result.replace('_', '-')}"),
        sentences=(),
        question="Do I feel flatter on the days I take it?",
        medicine_label="the white one",
        measures=tuple(chosen),
        primary=primary.key,
        length_days=length,
        days=tuple(days),
        log=tuple(log),
        counts=Counts(length, sum(day.logged for day in days), len(rated)),
        summaries=tuple(s for m in chosen if (s := _summary(days, m))),
        comparison=_comparison(result, days, chosen, interval),
        **more,
    )


def _summary(days: Sequence[Day], measure: Measure) -> Summary | None:
    values = {day.date: day.points[measure.key].value for day in days if measure.key in day.points}
    if not values:
        return None
    low, high = min(values.values()), max(values.values())
    lowest, highest = (tuple(day for day, v in values.items() if v == end) for end in (low, high))
    return Summary(measure.key, len(values), low, high, lowest, highest, low, high)


def _comparison(
    result: Result, days: Sequence[Day], chosen: Sequence[Measure], interval: tuple[float, float, float]
) -> Comparison | None:
    drawn = DRAWN[result]
    if not drawn.side_by_side:
        return None
    primary = chosen[0]

    def group(mark: Mark) -> Group:
        points = [
            (day.date, day.points[primary.key].value)
            for day in days
            if primary.key in day.points and day.points[primary.key].mark == mark
        ]
        values = [value for _, value in points]
        return Group(tuple(points), fmean(values), float(median(values)))

    def spread(measure: Measure, mark: Mark) -> Spread:
        values = [p.value for d in days if (p := d.points.get(measure.key)) and p.mark == mark]
        return Spread(len(values), min(values, default=None), max(values, default=None))

    others = tuple(OtherMeasure(m.key, spread(m, "on"), spread(m, "off")) for m in chosen[1:])
    fits = Interval(*interval, *(shown(value, primary) for value in interval)) if drawn.interval else None
    return Comparison(group("on"), group("off"), others, fits)


def fortnight(result: Result, **more: Any) -> Report:
    """The fortnight of the design under any result."""
    chosen = [
        measures.standard("mood"),
        measures.standard("sleep_hours"),
        measures.standard("like_myself"),
        measures.own("own1", "fog", "none", "some", "thick"),
    ]
    answers = {"mood": MOOD, "sleep_hours": SLEEP, "like_myself": MYSELF, "own1": FOG}
    if result == "no_variation":
        answers["mood"] = [None if value is None else 6 for value in MOOD]
    if result != "not_yet":
        more = {"prediction": Prediction("lower", 2), **more}
    return build(
        result, answers, MARKS, chosen=chosen, side_effects={"dry mouth": DRY, "less hungry": {2: 1, 5: 2}}, **more
    )


def random_report(seed: int, result: Result) -> Report:
    """Any report that the result allows: 7 to 28 days, gaps, any of the measures, any weekday of starting."""
    random = Random(seed)
    length = random.randint(10, 28)
    keys = random.sample(["mood", "sleep_hours", "sleep_quality", "like_myself", "energy", "own1", "own2"], 4)
    chosen = [measures.own(k, f"own words {k}") if k[:3] == "own" else measures.standard(k) for k in keys]
    marks: list[Mark] = [random.choice(("on", "off", "on", "off", "aside")) for _ in range(length)]
    marks[:2] = ["on", "off"]
    answers: dict[str, list[float | None]] = {}
    for measure in chosen:
        steps = int((measure.maximum - measure.minimum) / measure.step)
        values: list[float | None] = [
            None if random.random() < 0.2 else measure.minimum + measure.step * random.randint(0, steps)
            for _ in range(length)
        ]
        answers[measure.key] = values
    primary = answers[keys[0]]
    primary[0] = primary[0] if primary[0] is not None else chosen[0].minimum
    primary[1] = primary[1] if primary[1] is not None else chosen[0].maximum
    low, middle, high = sorted(random.uniform(-12, 12) for _ in range(3))
    noted = {
        name: {i: random.choice((None, 0, 1, 2, 3)) for i in range(length) if random.random() < 0.3}
        for name in ("dry mouth", "shaky hands")
    }
    more: dict[str, Any] = {}
    if result != "not_yet" and random.random() < 0.7:
        way: Direction = random.choice(get_args(Direction))
        more["prediction"] = Prediction(way, random.choice((None, 1, 2, 0.5)))
    return build(
        result,
        answers,
        marks,
        chosen=chosen,
        side_effects=noted,
        start=MONDAY + timedelta(days=random.randint(0, 6)),
        interval=(middle, low, high),
        counted_from=None if random.random() < 0.8 else random.randint(0, 120),
        **more,
    )
