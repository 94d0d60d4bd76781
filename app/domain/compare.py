"""From a plan and what was written to the `Report`: the result, and only what that result lets be drawn."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import takewhile

from app.domain import sentences
from app.domain.analysis import Analysis, Entry, Plan, analyse, compared_days, doses_of, is_after
from app.domain.exposure import Exposure, after_switch, exposures
from app.domain.report import (
    DRAWN,
    Comparison,
    Counts,
    Day,
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
    Spread,
    Summary,
)
from app.domain.rounding import shown, shown_range


def compare(
    plan: Plan,
    entries: Iterable[Entry],
    *,
    ended: bool,
    ended_on: date | None = None,
    today: date | None = None,
    set_aside: bool = False,
    comparison_opened_at: datetime | None = None,
) -> Report:
    """The report of one window of days; the order of `entries` does not matter.

    `ended`: the fortnight is over, by date or because the client stopped it (final, ANALYSIS.md 11).
    `ended_on`: the last day, where it was stopped early. `today`: while it runs, the local day; the days after
    the last written one are still to come from today on (None: none are). `set_aside`: a safety card set
    the comparison aside and the client has not resumed it. `comparison_opened_at`: when it was first looked at.
    Entries outside the window are left out.
    """
    days = plan.length_days
    if ended and ended_on is not None:
        days = min(days, max(0, (ended_on - plan.start).days + 1))
    look = _Window.of(plan, entries, days, comparison_opened_at)
    to_come = 0 if ended or today is None else look.to_come(today)

    early = _before_the_days_are_asked(plan, ended=ended, set_aside=set_aside)
    # Without an analysis nothing below knows of a dose, except the log's own row.
    analysis = None if early else analyse(plan, look.written, days=days, comparison_opened_at=comparison_opened_at)
    result = analysis.result if analysis else early or "notice_only"
    drawn = DRAWN[result]
    interval = _interval(plan, analysis) if analysis and drawn.interval else None
    report = Report(
        result=result,
        title=sentences.title(result, running=to_come > 0, begun=bool(look.days)),
        sentences=(),
        question=plan.question,
        medicine_label=plan.medicine_label,
        measures=_in_order(plan),
        primary=plan.primary,
        length_days=plan.length_days,
        days=_days(look, marked=drawn.marks),
        log=_log(look)[: days - to_come],
        counts=_counts(look, analysis),
        summaries=_summaries(look),
        comparison=_side_by_side(look, analysis, interval) if analysis and drawn.side_by_side else None,
        numbers=analysis.numbers if analysis else None,
        caps=analysis.caps if analysis else (),
        prediction=_prediction(plan) if ended and result != "set_aside" else None,
        hope=plan.hope,
        starred_note=_starred(look),
        stopped_early=ended and days < plan.length_days,
        looked_back=plan.looked_back,
        to_come=to_come,
        counted_from=plan.counted_from,
        fixed=_fixed(plan),
    )
    return replace(report, sentences=sentences.of(plan, report, analysis))


def _before_the_days_are_asked(plan: Plan, *, ended: bool, set_aside: bool) -> Result | None:
    """Step 8, first half: the gate, a safety card, and no looking before the end."""
    if not plan.compares:
        return "notice_only"
    if set_aside:
        return "set_aside"
    return None if ended else "not_yet"


@dataclass(frozen=True)
class _Window:
    plan: Plan
    days: tuple[date, ...]
    written: Mapping[date, Entry]
    opened_at: datetime | None

    @classmethod
    def of(cls, plan: Plan, entries: Iterable[Entry], days: int, opened_at: datetime | None) -> "_Window":
        window = tuple(plan.start + timedelta(days=day) for day in range(days))
        by_day = {entry.date: entry for entry in entries}
        return cls(plan, window, {day: by_day[day] for day in window if day in by_day}, opened_at)

    def exposures(self, measure: str) -> list[Exposure | None]:
        return exposures(doses_of(self.plan, self.written, len(self.days)), self.plan.lag(measure))

    def rating(self, day: date, measure: str) -> float | None:
        entry = self.written.get(day)
        return entry.ratings.get(measure) if entry else None

    def logged(self, day: date) -> bool:
        entry = self.written.get(day)
        return entry is not None and entry.logged

    def to_come(self, today: date) -> int:
        """How many of the last days are still to come: later ones, and today, until something is written.

        `today` is the experiment's own; a phone that is a day ahead may have written a later one, and then that
        day and all before it are here.
        """
        return sum(1 for _ in takewhile(lambda day: day >= today and day not in self.written, reversed(self.days)))

    def late(self, day: date) -> bool:
        entry = self.written.get(day)
        times = (entry.written_at, entry.changed_at) if entry else ()
        return any(is_after(written, self.opened_at) for written in times)


def _in_order(plan: Plan) -> tuple[Measure, ...]:
    """The primary measure first, the others in the order in which they are always given."""
    return tuple(sorted(plan.measures, key=lambda measure: measure.key != plan.primary))


def _days(look: _Window, *, marked: bool) -> tuple[Day, ...]:
    marks = {measure.key: _marks(look, measure.key, marked=marked) for measure in look.plan.measures}
    days = []
    for place, day in enumerate(look.days):
        points = {
            key: Point(float(rating), marks[key][place])
            for key in marks
            if (rating := look.rating(day, key)) is not None
        }
        days.append(Day(day, place + 1, points, look.logged(day), look.late(day)))
    return tuple(days)


def _marks(look: _Window, measure: str, *, marked: bool) -> list[Mark]:
    if not marked:
        return ["ink"] * len(look.days)
    x = look.exposures(measure)
    dropped = after_switch(x, look.plan.skip)
    kind: dict[Exposure | None, Mark] = {1: "on", 0: "off", None: "aside"}
    return ["aside" if place in dropped else kind[known] for place, known in enumerate(x)]


def _log(look: _Window) -> tuple[LogRow, ...]:
    rows = []
    for number, day in enumerate(look.days, start=1):
        entry = look.written.get(day)
        if entry is None:
            rows.append(LogRow(day, number))
            continue
        rows.append(
            LogRow(
                day,
                number,
                logged=entry.logged,
                unreadable=entry.unreadable,
                late=look.late(day),
                hard_day=entry.hard_day,
                dose=entry.dose,
                dose_reason=entry.dose_reason,
                side_effects=entry.side_effects,
                effects_words=entry.effects_words,
                worrying=entry.worrying,
                anything_else=entry.anything_else,
                note=entry.note,
            )
        )
    return tuple(rows)


def _counts(look: _Window, analysis: Analysis | None) -> Counts:
    primary = look.plan.primary
    rated = [place for place, day in enumerate(look.days) if look.rating(day, primary) is not None]
    counts = Counts(
        length=len(look.days), logged=sum(entry.logged for entry in look.written.values()), rated=len(rated)
    )
    if analysis is None:
        return counts
    lag, x = look.plan.lag(primary), look.exposures(primary)
    doses = doses_of(look.plan, look.written, len(look.days))
    aside: Counter[str] = Counter()
    for place in sorted(set(rated) - set(analysis.compared.days)):
        if x[place] is not None:
            aside["after_switch"] += 1
        elif place < lag:
            aside["before_start"] += 1
        else:
            aside[doses[place - lag] or "unlogged"] += 1
    return replace(counts, on=analysis.numbers.n_on, off=analysis.numbers.n_off, aside=dict(aside))


def _summaries(look: _Window) -> tuple[Summary, ...]:
    found = []
    for measure in _in_order(look.plan):
        rated = [(day, float(r)) for day in look.days if (r := look.rating(day, measure.key)) is not None]
        if not rated:
            continue
        ratings = sorted(rating for _, rating in rated)
        quarter = len(ratings) // 4
        lowest, highest = ratings[0], ratings[-1]
        found.append(
            Summary(
                measure=measure.key,
                n=len(ratings),
                lowest=lowest,
                highest=highest,
                lowest_on=tuple(day for day, rating in rated if rating == lowest),
                highest_on=tuple(day for day, rating in rated if rating == highest),
                middle_low=ratings[quarter],
                middle_high=ratings[-1 - quarter],
            )
        )
    return tuple(found)


def _interval(plan: Plan, analysis: Analysis) -> Interval:
    measure = next(measure for measure in plan.measures if measure.key == plan.primary)
    numbers = analysis.numbers
    estimate, lower, upper = (value or 0.0 for value in (numbers.estimate, numbers.lower, numbers.upper))
    return Interval(estimate, lower, upper, shown(estimate, measure), *shown_range(lower, upper, measure))


def _side_by_side(look: _Window, analysis: Analysis, interval: Interval | None) -> Comparison:
    compared, numbers = analysis.compared, analysis.numbers

    def group(kind: Exposure, mean: float | None, middle: float | None) -> Group:
        rated = zip(compared.days, compared.y, compared.x, strict=True)
        days = tuple((look.days[place], rating) for place, rating, taken in rated if taken == kind)
        return Group(days, mean or 0.0, middle or 0.0)

    others = []
    for measure in _in_order(look.plan)[1:]:
        own = compared_days(look.plan, look.written, look.exposures(measure.key), measure.key)
        others.append(OtherMeasure(measure.key, _spread(own.ratings(1)), _spread(own.ratings(0))))
    return Comparison(
        on=group(1, numbers.mean_on, numbers.median_on),
        off=group(0, numbers.mean_off, numbers.median_off),
        others=tuple(others),
        interval=interval,
    )


def _spread(ratings: list[float]) -> Spread:
    return Spread(len(ratings), min(ratings, default=None), max(ratings, default=None))


def _prediction(plan: Plan) -> Prediction | None:
    return Prediction(*plan.prediction) if plan.prediction else None


def _starred(look: _Window) -> str | None:
    """The whole of the latest note that the client starred; no note is quoted unasked."""
    starred = [entry.note for entry in look.written.values() if entry.note and entry.note_starred]
    return starred[-1] if starred else None


def _fixed(plan: Plan) -> dict[str, str | int | float]:
    return {
        "primary": plan.primary,
        "step": next(measure.step for measure in plan.measures if measure.key == plan.primary),
        "length_days": plan.length_days,
        "lag": plan.lag(plan.primary),
        "skip": plan.skip,
    }
