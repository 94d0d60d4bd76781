"""How numbers are rounded before a sentence says them (ANALYSIS.md, Sentences)."""

import math

from app.domain.report import Measure

HAIR = 1e-9
NOTHING = 1e-6
"""What is smaller comes from counting in binary."""


def resolution(measure: Measure) -> float:
    """Half the measure's step; half an hour for hours.

    A diary from elsewhere can have a far finer step (a daily mean has six decimals): nothing is said more finely
    than about one part in 200 of its scale, in ones or fives of a decimal.
    """
    if measure.unit == "hours":
        return 0.5
    least = (measure.maximum - measure.minimum) / 200
    if measure.step / 2 >= least * (1 - HAIR):
        return measure.step / 2
    ones = 10.0 ** math.floor(math.log10(least) + HAIR)
    return next(ones * parts for parts in (1, 5, 10) if ones * parts >= least * (1 - HAIR))


def to_nearest(value: float, step: float) -> float:
    """Halves go away from zero, so that swapping on and off mirrors what is said."""
    steps = math.floor(abs(value) / step + 0.5 + HAIR)
    return math.copysign(round(steps * step, 9), value) if steps else 0.0


def shown(value: float, measure: Measure) -> float:
    """To half the measure's step; where that would reach 0 but the value is not 0, one decimal instead.

    What even one decimal would round to 0 is said as the smallest one, on its own side: a range that leaves out 0
    is never said to begin at it, and "0.003 lower" says nothing that "0.1 lower" does not. On a scale finer than
    one decimal its own resolution is the smallest.
    """
    if abs(value) < NOTHING:
        return 0.0
    fine = min(resolution(measure), 0.1)
    return to_nearest(value, resolution(measure)) or to_nearest(value, fine) or math.copysign(fine, value)


def shown_range(lower: float, upper: float, measure: Measure) -> tuple[float, float]:
    """Both ends of a range as `shown`; where they would be the same number, one decimal more until they differ."""
    ends = shown(lower, measure), shown(upper, measure)
    fine = 0.1
    while ends[0] == ends[1] and upper - lower > NOTHING:
        ends = to_nearest(lower, fine), to_nearest(upper, fine)
        fine /= 10
    return ends


def reaches_zero(value: float, measure: Measure) -> bool:
    """Whether an estimate, rounded to half the measure's step, is "about the same"."""
    return to_nearest(value, resolution(measure)) == 0


def one_decimal(value: float) -> float:
    return to_nearest(value, 0.1)


def spoken(value: float) -> float | str:
    """A number as a catalogue argument: plural forms need numbers, more than three decimals need text."""
    return value if round(value, 3) == value else f"{value:.6f}".rstrip("0")
