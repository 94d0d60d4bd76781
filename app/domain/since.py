"""What is new in a fortnight since two people last met, in two sentences at most.

The first tells between which numbers the first shared measure was rated since then, and before. The second tells
the one thing that is new, in this order: the fortnight has ended, a side effect is named for the first time, notes
have a star. Ranges only: no mean, no direction, and no word on days that were not written.
"""

from datetime import date

from app.domain.report import Report
from app.domain.rounding import spoken
from app.domain.sentences import at_start, rated
from app.domain.words import Say


def since(report: Report, met_on: date, *, ended_on: date | None) -> tuple[Say, ...]:
    """For a report as it is shared. Empty where its days have no dates, or none of them came since `met_on`.

    `ended_on`: its last day once it is over.
    """
    if not report.dated or not report.come:
        return ()
    return (*_rated(report, met_on), *_new(report, met_on, ended_on))


def _rated(report: Report, met_on: date) -> tuple[Say, ...]:
    if not report.measures:
        return ()
    measure = report.primary_measure
    ratings = [(day.date, day.points[measure.key].value) for day in report.come if measure.key in day.points]
    after = [value for day, value in ratings if day >= met_on]
    before = [value for day, value in ratings if day < met_on]
    if not after:
        return ()
    args: dict[str, str | int | float | Say] = {"measure": at_start(measure), **_from_to("", after, report)}
    if not before:
        return (Say("since-rated-first", args),)
    return (Say("since-rated", {**args, **_from_to("before_", before, report)}),)


def _from_to(prefix: str, values: list[float], report: Report) -> dict[str, str | int | float | Say]:
    measure = report.primary_measure
    return {
        f"{prefix}spread": "one" if min(values) == max(values) else "range",
        f"{prefix}low": spoken(min(values)),
        f"{prefix}high": rated(max(values), measure),
    }


def _new(report: Report, met_on: date, ended_on: date | None) -> tuple[Say, ...]:
    if ended_on is not None and ended_on >= met_on:
        return (Say("since-ended"),)
    known = {effect.name for row in report.log if row.date < met_on for effect in row.side_effects}
    for row in report.log:
        for effect in row.side_effects:
            if row.date >= met_on and effect.name not in known:
                return (Say("since-side-effect", {"name": effect.name}),)
    notes = sum(row.note is not None for row in report.log if row.date >= met_on)
    return (Say("since-notes", {"n": notes}),) if notes else ()
