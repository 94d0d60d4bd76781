"""What is said of a result: the sentences of ANALYSIS.md in their order, as keys of `result.ftl`."""

from collections.abc import Sequence
from datetime import date

from app.domain.analysis import FULL_RECOVERY, Analysis, Plan
from app.domain.report import Interval, Measure, Numbers, Prediction, Report, Result
from app.domain.rounding import one_decimal, reaches_zero, resolution, shown, spoken
from app.domain.words import Say

HALF_LIVES_IN_BODY = 5
"""After five half-lives about 3 % of a dose is left: the usual meaning of "out of the body"."""
DAYS_NAMED = 2
"""So many lowest or highest days are named; more are counted."""
OUR_OWN_CAPS = frozenset({"prescriber_first", "late_answers", "unreadable"})
"""Caps whose sentence is ours; those of the others stand in the analysis plan."""


def title(result: Result, *, running: bool = False, begun: bool = True) -> Say:
    if not begun:
        return Say("result-title-stopped-before-start")
    if running and result == "notice_only":
        return Say("result-title-notice-only-so-far")
    return Say(f"result-title-{result.replace('_', '-')}")


def of(plan: Plan, report: Report, analysis: Analysis | None) -> tuple[Say, ...]:
    """All sentences of a report: the result's own first, then what holds for every result like it."""
    if not report.days:
        return (Say("result-stopped-before-start"),)
    unreadable = sum(row.unreadable for row in report.log)
    match report.result:
        case "notice_only":
            said = _notice(plan, report)
        case "set_aside" if unreadable:  # whether things were hard is then not known
            said = [Say("result-unreadable-aside", {"n": unreadable})]
        case "set_aside" | "not_yet":
            said = [Say(f"safety-{report.result.replace('_', '-')}")]
        case _ if analysis:
            said = _about_days(plan, report, analysis)
        case _:
            raise ValueError(f"{report.result} comes from an analysis")
    days = len(report.come)  # while it runs two weeks have not seen anything yet
    said += _about_medicine(plan, days)
    said += _about_counts(report)
    # "Always, unless as-needed or a stimulant"; for antipsychotics it stands first.
    if plan.pattern != "as_needed" and not plan.stimulant:
        standing = Say("safety-standing", {"days": days})
        said = [standing, *said] if plan.standing_first else [*said, standing]
    if report.stopped_early:
        said.append(Say("result-stopped-early", {"days": days, "length": plan.length_days}))
    if unreadable and report.result != "set_aside" and "unreadable" not in report.caps:
        said.append(Say("result-unreadable", {"n": unreadable}))
    said += _about_keeping(plan, report)
    if told := plan.prescriber_told_on:
        on = Say("result-date", {"day": told.day, "month": told.month, "year": str(told.year)})
        said.append(Say("result-prescriber-told", {"date": on}))
    return tuple(said)


def _about_keeping(plan: Plan, report: Report) -> list[Say]:
    """What else decides how far these days can be taken."""
    held = [Say("result-held")] if plan.held else []
    looked_back = [Say("result-looked-back")] if report.looked_back else []
    brought_back = [Say("result-brought-back")] if plan.brought_back else []
    said = held + looked_back + brought_back
    if plan.empty_cells:
        days, dose = plan.empty_cells
        said.append(Say("result-empty-cells", {"n": days, "dose": dose}))
    return said


def expected(prediction: Prediction, measure: Measure) -> Say:
    """What was expected before day 1, with how much where that was said."""
    if prediction.signed and prediction.points:
        amount = _amount(prediction.points, measure)
        said = {"direction": prediction.direction, "unit": measure.unit, "amount": amount}
        return Say("result-expected-by", said)
    return Say("result-expected", {"direction": prediction.direction, "unit": measure.unit})


def _about_days(plan: Plan, report: Report, analysis: Analysis) -> list[Say]:
    interval = report.comparison.interval if report.comparison else None
    said = [*_own(plan, report, analysis, interval), *_caps(analysis)]
    f = analysis.numbers.recovery
    if interval and f is not None and f < FULL_RECOVERY:
        said.append(Say("safety-dilution", {"tenths": int(f * 10 + 0.5)}))
    if interval and analysis.result == "cannot_tell":
        said.append(_could_have_shown(plan, interval, len(report.days)))
    return said


def _notice(plan: Plan, report: Report) -> list[Say]:
    """`notice_only`: what the fortnight was like, without any contrast."""
    if not report.counts.logged:
        return [Say("result-notice-nothing", {"running": "yes" if report.to_come else "no"})]
    said = [_ratings(plan, report)]
    names = [effect.name for row in report.log for effect in row.side_effects]
    if names:
        commonest = max(dict.fromkeys(names), key=names.count)
        name = commonest[:1].upper() + commonest[1:]
        said.append(Say("safety-notice-side-effect", {"name": name, "n": names.count(commonest)}))
    if report.starred_note:
        ends = "closed" if report.starred_note.rstrip()[-1:] in {".", "!", "?", "…"} else "open"
        said.append(Say("safety-notice-note", {"note": report.starred_note, "ends": ends}))
    return [*said, Say("safety-notice-ask")]


def _about_counts(report: Report) -> list[Say]:
    counts, said = report.counts, []
    if counts.on and counts.off:
        days = {"rated": counts.rated, "length": counts.length, "on": counts.on, "off": counts.off}
        said.append(Say("safety-days-not-chosen", days))
    for reason, n in (counts.aside or {}).items():
        said.append(Say("result-aside", {"reason": reason, "n": n}))
    return said


def _about_medicine(plan: Plan, days: int) -> list[Say]:
    """What holds for this kind of medicine whatever the days were."""
    said = []
    if plan.gap_effect:
        said.append(Say("safety-gap-effect"))
    if plan.works_over_weeks:
        said.append(Say("safety-onset", {"days": days}))
    if plan.pattern == "as_needed":
        said.append(Say("safety-as-needed"))
    return said


def _own(plan: Plan, report: Report, analysis: Analysis, interval: Interval | None) -> list[Say]:
    line = [Say("safety-daily-line")] if report.counts.rated else []  # without a rating none is drawn
    match analysis.result:
        case "carry_over":
            days = max(1, round((plan.half_life_hours or 0) * HALF_LIVES_IN_BODY / 24))
            return [Say("safety-carry-over", {"days": days})]
        case "too_few_days":
            return [Say("safety-no-comparison"), *line]
        case "one_block":
            return [Say("safety-no-comparison"), *line, Say("safety-one-block")]
        case "no_variation":
            return [Say("safety-no-variation")]
        case "stands_out" if interval:
            return [_stands_out(_primary(plan), analysis.numbers, interval)]
        case "cannot_tell" if interval:
            own = [_cannot_tell(_primary(plan), analysis.numbers, interval)]
            return own if analysis.checks_agree else [*own, Say("safety-checks-disagree")]
    raise ValueError(f"{analysis.result} has no sentence here")


def _stands_out(measure: Measure, numbers: Numbers, interval: Interval) -> Say:
    near, far = sorted((abs(interval.shown_lower), abs(interval.shown_upper)))
    return Say(
        "safety-stands-out",
        {
            "on": numbers.n_on,
            "measure": inside(measure),
            "amount": _amount(interval.shown_estimate, measure),
            "side": _side(interval.estimate),
            "unit": measure.unit,
            "near": spoken(near),
            "far": spoken(far),
        },
    )


def _cannot_tell(measure: Measure, numbers: Numbers, interval: Interval) -> Say:
    args: dict[str, str | int | float | Say] = {
        "means": _means(measure, numbers, interval),
        "lower": _bound(interval.shown_lower, measure),
        "upper": _bound(interval.shown_upper, measure),
    }
    if reaches_zero(interval.estimate, measure):
        return Say("safety-cannot-tell-same", {"measure": at_start(measure), **args})
    args |= {
        "on": numbers.n_on,
        "measure": inside(measure),
        "amount": _amount(interval.shown_estimate, measure),
        "side": _side(interval.estimate),
        "unit": measure.unit,
    }
    return Say("safety-cannot-tell", args)


def _means(measure: Measure, numbers: Numbers, interval: Interval) -> Say | str:
    """Both plain means in brackets, or nothing where they would read against the estimate that they stand beside.

    The estimate knows that today resembles yesterday and plain means do not: on few days they can point to
    different sides, or one finds a point where the other finds none. The means then stand in the table only.
    """
    on, off = one_decimal(numbers.mean_on or 0), one_decimal(numbers.mean_off or 0)
    if reaches_zero(interval.estimate, measure):
        agree = abs(one_decimal(on - off)) < 2 * resolution(measure)
    else:
        agree = (on - off) * interval.estimate > 0
    if not agree:
        return ""
    return Say("result-means", {"on": Say("result-mean", {"mean": on}), "off": Say("result-mean", {"mean": off})})


def _could_have_shown(plan: Plan, interval: Interval, days: int) -> Say:
    """W, half of the interval's width."""
    measure = _primary(plan)
    half_width = shown((interval.upper - interval.lower) / 2, measure)
    return Say("safety-could-have-shown", {"amount": _amount(half_width, measure), "days": days})


def _caps(analysis: Analysis) -> list[Say]:
    """Each cap that holds the result is said, whatever the range was; as-needed use has its own sentence."""
    said = []
    for cap in analysis.caps:
        if cap == "weekend":
            said.append(_weekend(analysis))
        elif cap != "as_needed":
            whose = "result" if cap in OUR_OWN_CAPS else "safety"
            said.append(Say(f"{whose}-cap-{cap.replace('_', '-')}"))
    return said


def _weekend(analysis: Analysis) -> Say:
    n_on, n_off = analysis.numbers.n_on, analysis.numbers.n_off
    if analysis.weekend_on * n_off > analysis.weekend_off * n_on:
        return Say("safety-cap-weekend", {"weekend": analysis.weekend_on, "n": n_on, "kind": "on"})
    return Say("safety-cap-weekend", {"weekend": analysis.weekend_off, "n": n_off, "kind": "off"})


def _ratings(plan: Plan, report: Report) -> Say:
    """Of the primary measure, or of the first that was rated at all."""
    days = len(report.come)
    if not report.summaries:
        return Say("result-notice-unrated", {"length": days})
    summary = report.summaries[0]
    measure = next(measure for measure in plan.measures if measure.key == summary.measure)
    about: dict[str, str | int | float | Say] = {"length": days, "measure": inside(measure)}
    if summary.lowest == summary.highest:
        rating = rated(summary.lowest, measure)
        return Say("safety-notice-same", {**about, "rating": rating, "n": summary.n})
    about |= {
        "spread": "one" if summary.middle_low == summary.middle_high else "range",
        "low": spoken(summary.middle_low),
        "high": rated(summary.middle_high, measure),
        "lowest": _days(plan, summary.lowest_on),
        "highest": _days(plan, summary.highest_on),
    }
    return Say("safety-notice-ratings", about)


def _days(plan: Plan, days: Sequence[date]) -> Say:
    if len(days) > DAYS_NAMED:
        return Say("result-some-days", {"n": len(days)})
    named = [_day(plan, day) for day in days]
    return named[0] if len(named) == 1 else Say("result-two-days", {"first": named[0], "second": named[1]})


def _day(plan: Plan, day: date) -> Say:
    if plan.counted_from is not None:
        return Say("result-day-number", {"number": plan.counted_from + (day - plan.start).days})
    return Say("result-day", {"weekday": day.weekday(), "day": day.day, "month": day.month})


def inside(measure: Measure) -> Say:
    """The measure's name inside a sentence."""
    return Say("result-measure-inside", _named(measure))


def at_start(measure: Measure) -> Say:
    """The measure's name as a sentence's first words."""
    return Say("result-measure-at-start", _named(measure))


def rated(value: float, measure: Measure) -> Say:
    return Say("result-rating", {"rating": spoken(value), "unit": measure.unit})


def _named(measure: Measure) -> dict[str, str | int | float | Say]:
    """A client's own word is spelled as they spelled it; several words are quoted, to show where they end."""
    own = measure.name.args.get("words")
    if own is None:
        return {"measure": measure.key, "words": ""}
    return {"measure": "own" if len(str(own).split()) == 1 else "own_words", "words": own}


def _amount(value: float, measure: Measure) -> Say:
    return Say("result-amount", {"size": spoken(abs(value)), "unit": measure.unit})


def _bound(value: float, measure: Measure) -> Say:
    side = _side(value) if value else "same"
    return Say("result-bound", {"side": side, "size": spoken(abs(value)), "unit": measure.unit})


def _side(value: float) -> str:
    return "higher" if value > 0 else "lower"


def _primary(plan: Plan) -> Measure:
    return next(measure for measure in plan.measures if measure.key == plan.primary)
