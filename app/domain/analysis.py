"""The comparison of one fortnight, step by step as ANALYSIS.md numbers them.

Steps 1 and 2 are in `exposure`, 4 and 5 in `posterior`, 6 in `permutation`; this file keeps their order,
the minimum (3), the caps (7) and the result (8). What is drawn and said of it: `compare` and `sentences`.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from statistics import median
from typing import Literal

from app.domain import measures
from app.domain.exposure import Dose, Exposure, after_switch, changes, exposures, recovery
from app.domain.permutation import nap, permutation_p
from app.domain.posterior import Posterior, posterior
from app.domain.report import Cap, Direction, Measure, Numbers, Result, SideEffect, Trend
from app.domain.words import Say

LEAST_ON = LEAST_OFF = 4
LEAST_DAYS = 10
LEAST_CHANGES = 3
LEAST_RECOVERY = 0.5
FULL_RECOVERY = 0.8
TREND_MATTERS = 0.5
LARGEST_P = 0.05
SWAYED = frozenset({"felt_bad", "felt_fine", "side_effects"})
LEAST_SWAYED = 2


@dataclass(frozen=True)
class Entry:
    """What was written about one local day. Ratings by measure key; unanswered = absent.

    `written_at` is when the last answer that enters the comparison was written (the primary rating, the dose, the
    reason), `changed_at` when the last of all was; None where it does not matter. After the comparison was opened
    either marks the day, and only the former holds the result: a note put right later changes no number in it.
    """

    date: date
    dose: Dose | None = None
    dose_reason: str | None = None
    ratings: Mapping[str, float] = field(default_factory=dict)
    side_effects: tuple[SideEffect, ...] = ()
    effects_words: str | None = None
    worrying: tuple[Say, ...] = ()
    anything_else: str | None = None
    hard_day: bool = False
    note: str | None = None
    note_starred: bool = False
    logged: bool = True
    """False for a day that was opened, or cleared again, and answers nothing."""
    unreadable: bool = False
    """It was written and does not open any more: it counts as not logged, and nothing stands out beside it."""
    written_at: datetime | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True)
class Plan:
    """What was fixed before day 1, and what the medicine-fit gate made of it."""

    start: date
    length_days: int
    measures: tuple[Measure, ...]
    primary: str
    mode: Literal["compare", "notice_only"] = "notice_only"
    action: Literal["O", "P", "N", "C"] = "O"
    pattern: Literal["daily", "as_needed"] | None = None
    way_in: str | None = None
    usual_time: str | None = None
    half_life_hours: float | None = None
    """The longest of the range, active metabolite included; None: not known, carry-over unchecked."""
    kept_elsewhere: bool = False
    """A diary that was brought: nobody asked for the dose before the rating, each row has its own."""
    told_lag: Literal[0, 1] | None = None
    """Only the command line and the import say it: 1 where a row's dose comes after its rating. None: not told,
    and then it follows from the usual time."""
    skip: Literal[0, 1, 2] = 0
    stimulant: bool = False
    gap_effect: bool = False
    """SSRI, SNRI, TCA and the like: a gap has effects of its own."""
    works_over_weeks: bool = False
    standing_first: bool = False
    """Antipsychotics: the sentence about weeks and months stands first."""
    question: str = ""
    medicine_label: str = ""
    prescriber_told_on: date | None = None
    prediction: tuple[Direction, float | None] | None = None
    hope: str | None = None
    changed_after_start: bool = False
    held: bool = False
    """Nothing stands in the way of a comparison but that something once did: `mode` is "notice_only"."""
    looked_back: bool = False
    brought_back: bool = False
    """It came from a file: its times are what the file says."""
    empty_cells: tuple[int, Dose] | None = None
    """Days whose dose is what the client said that an empty cell of their diary means, and that dose."""
    counted_from: int | None = None
    """The number of day 1 in a diary that counts its days: they have no dates, and weekdays mean nothing."""

    @property
    def dated(self) -> bool:
        return self.counted_from is None

    @property
    def compares(self) -> bool:
        return self.mode == "compare" and self.action != "O"

    @property
    def preceded(self) -> bool:
        return self.way_in in {"every_day", "some_days"}

    def lag(self, measure: str) -> int:
        """How many days before a rating the dose was written that came before it (decision 0012).

        Sleep belongs to the night before its entry. In the app only a bedtime dose is asked about as "last
        night"; any other is asked about as today's, so the sleep that follows it stands in the next entry. In a
        diary from elsewhere a bedtime dose stands in the row of the day that it ends, after all of its ratings.
        What was told about a row holds for every measure, with one exception: a dose that comes before the
        rating asked about, and is not a bedtime one, still comes after last night's sleep beside it.
        """
        asleep, at_bedtime = measure in measures.SLEEP, self.usual_time == "bedtime"
        if self.told_lag is not None:
            after_sleep = asleep and self.primary not in measures.SLEEP and not at_bedtime
            return 1 if after_sleep else self.told_lag
        if self.kept_elsewhere:
            return 1 if asleep or at_bedtime else 0
        return 1 if asleep and not at_bedtime else 0


@dataclass(frozen=True)
class Compared:
    """The days that enter the comparison: places in the window, ratings, exposures, all of length n."""

    days: tuple[int, ...]
    y: tuple[float, ...]
    x: tuple[Exposure, ...]

    def ratings(self, kind: Exposure) -> list[float]:
        return [rating for rating, taken in zip(self.y, self.x, strict=True) if taken == kind]


@dataclass(frozen=True)
class Analysis:
    """The result with everything that led to it."""

    result: Result
    compared: Compared
    numbers: Numbers
    caps: tuple[Cap, ...] = ()
    """Empty where the result stopped before step 4: a cap holds nothing back there."""
    weekend_on: int = 0
    weekend_off: int = 0
    checks_agree: bool = True
    """Steps 5 and 6 say the same as the interval of step 4."""


def analyse(
    plan: Plan,
    entries: Mapping[date, Entry],
    *,
    days: int,
    comparison_opened_at: datetime | None = None,
) -> Analysis:
    """Steps 1 to 8 over the first `days` days of the plan, for somebody who may see them compared."""
    doses = doses_of(plan, entries, days)
    # 1. Exposure.
    x = exposures(doses, plan.lag(plan.primary))
    compared = compared_days(plan, entries, x, plan.primary)
    # 2. Carry-over.
    f = (
        recovery(
            doses,
            x,
            compared.days,
            half_life_hours=plan.half_life_hours,
            preceded=plan.preceded,
            lag=plan.lag(plan.primary),
        )
        if plan.half_life_hours
        else None
    )
    numbers = _plain_numbers(compared, f)
    # 3. Minimum data, in step 8's order.
    short = _short_of_minimum(compared, f)
    if short:
        return Analysis(short, compared, numbers)
    # 4 to 6. Estimate, trend check, permutation brake.
    step = next(measure.step for measure in plan.measures if measure.key == plan.primary)
    numbers, main, trend = _modelled(compared, numbers, step)
    excludes_zero, checks_agree = _checks(main, trend, numbers)
    # 7. Caps.
    caps, weekend_on, weekend_off = _caps(plan, entries, compared, days, comparison_opened_at)
    # 8. Result.
    stands_out = excludes_zero and checks_agree and not caps
    return Analysis(
        "stands_out" if stands_out else "cannot_tell",
        compared,
        numbers,
        caps,
        weekend_on,
        weekend_off,
        checks_agree or not excludes_zero,
    )


def doses_of(plan: Plan, entries: Mapping[date, Entry], days: int) -> list[Dose | None]:
    """The dose of each day of the window; None where nothing was logged or the question left open."""
    window = (entries.get(plan.start + timedelta(days=day)) for day in range(days))
    return [entry.dose if entry else None for entry in window]


def compared_days(
    plan: Plan, entries: Mapping[date, Entry], x: Sequence[Exposure | None], measure: str
) -> Compared:
    """The days with a rating of `measure` and a known exposure, less those set aside after a switch."""
    dropped = after_switch(x, plan.skip)
    days, y, known = [], [], []
    for day, exposure in enumerate(x):
        entry = entries.get(plan.start + timedelta(days=day))
        rating = entry.ratings.get(measure) if entry else None
        if exposure is not None and rating is not None and day not in dropped:
            days.append(day)
            y.append(float(rating))
            known.append(exposure)
    return Compared(tuple(days), tuple(y), tuple(known))


def _plain_numbers(compared: Compared, f: float | None) -> Numbers:
    on, off = compared.ratings(1), compared.ratings(0)
    mean_on = math.fsum(on) / len(on) if on else None
    mean_off = math.fsum(off) / len(off) if off else None
    return Numbers(
        n_on=len(on),
        n_off=len(off),
        switches=len(changes(compared.x)),
        mean_on=mean_on,
        mean_off=mean_off,
        median_on=median(on) if on else None,
        median_off=median(off) if off else None,
        difference=mean_on - mean_off if mean_on is not None and mean_off is not None else None,
        recovery=f,
    )


def _short_of_minimum(compared: Compared, f: float | None) -> Result | None:
    """Step 8's order of what stands before an estimate: carry-over, too few, one block, no variation."""
    n_on, n_off = len(compared.ratings(1)), len(compared.ratings(0))
    if f is not None and f < LEAST_RECOVERY:
        return "carry_over"
    if n_on < LEAST_ON or n_off < LEAST_OFF or n_on + n_off < LEAST_DAYS:
        return "too_few_days"
    if len(changes(compared.x)) < LEAST_CHANGES:
        return "one_block"
    if len(set(compared.y)) == 1:
        return "no_variation"
    return None


def _modelled(compared: Compared, plain: Numbers, step: float) -> tuple[Numbers, Posterior, Posterior]:
    # 4. Estimate.
    main = posterior(compared.days, compared.y, compared.x, step=step)
    # 5. Trend check.
    trend = posterior(compared.days, compared.y, compared.x, step=step, trend=True)
    # 6. Permutation brake.
    p, kind = permutation_p(compared.y, compared.x)
    share, pairs = nap(compared.y, compared.x)
    numbers = Numbers(
        **{
            **vars(plain),
            "estimate": main.estimate,
            "lower": main.lower,
            "upper": main.upper,
            "phi": main.phi,
            "trend": Trend(trend.estimate, trend.lower, trend.upper),
            "cor_on_time": _correlation(compared.x, compared.days),
            "permutation_p": p,
            "permutation_kind": kind,
            "nap": share,
            "pairs": pairs,
        }
    )
    return numbers, main, trend


def _checks(main: Posterior, trend: Posterior, numbers: Numbers) -> tuple[bool, bool]:
    """Whether the interval leaves out 0, and whether steps 5 and 6 say the same."""
    same_sign = (main.estimate > 0) == (trend.estimate > 0)
    drifts = abs(numbers.cor_on_time or 0) >= TREND_MATTERS
    holds_with_time = not drifts or _leaves_out_zero(trend)
    rare = numbers.permutation_p is not None and numbers.permutation_p <= LARGEST_P
    return _leaves_out_zero(main), same_sign and holds_with_time and rare


def _leaves_out_zero(beta: Posterior) -> bool:
    return beta.lower > 0 or beta.upper < 0


def _correlation(x: Sequence[int], t: Sequence[int]) -> float:
    mean_x, mean_t = sum(x) / len(x), sum(t) / len(t)
    both = math.fsum((a - mean_x) * (b - mean_t) for a, b in zip(x, t, strict=True))
    apart = math.fsum((a - mean_x) ** 2 for a in x) * math.fsum((b - mean_t) ** 2 for b in t)
    return both / math.sqrt(apart)


def _caps(
    plan: Plan,
    entries: Mapping[date, Entry],
    compared: Compared,
    days: int,
    opened_at: datetime | None,
) -> tuple[tuple[Cap, ...], int, int]:
    """Step 7: what holds the result at cannot_tell, and the weekend days among on and off."""
    window = [plan.start + timedelta(days=day) for day in range(days)]
    written = [entries[day] for day in window if day in entries]
    swayed = sum(entry.dose == "not_taken" and entry.dose_reason in SWAYED for entry in written)
    weekends = [(plan.start + timedelta(days=day)).weekday() >= 5 for day in compared.days]
    weekend_on = sum(at and taken == 1 for at, taken in zip(weekends, compared.x, strict=True))
    weekend_off = sum(weekends) - weekend_on
    n_on, n_off = sum(compared.x), len(compared.x) - sum(compared.x)
    # A difference of shares of at least .4, in whole numbers.
    lopsided = n_on and n_off and 5 * abs(weekend_on * n_off - weekend_off * n_on) >= 2 * n_on * n_off
    holds: dict[Cap, bool] = {
        "prescriber_first": plan.action == "P",
        "as_needed": plan.pattern == "as_needed",
        "mood_swayed": swayed >= LEAST_SWAYED,
        "changed_after_start": plan.changed_after_start,
        "late_answers": any(is_after(entry.written_at, opened_at) for entry in written),
        "unreadable": any(entry.unreadable for entry in written),
        "weekend": bool(plan.dated and lopsided),
    }
    return tuple(cap for cap, capped in holds.items() if capped), weekend_on, weekend_off


def is_after(written_at: datetime | None, opened_at: datetime | None) -> bool:
    """Written, by the phone's clock, after the comparison was first opened (ANALYSIS.md 11)."""
    return opened_at is not None and written_at is not None and written_at > opened_at
