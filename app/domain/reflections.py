"""Pages to write on beside the days: which part of a fortnight one belongs to, and which stand side by side.

Kept by date: what was written on an earlier day is never changed, so that the first and the last can be read
beside each other. Nothing here is counted, weighed or scored.
"""

from collections.abc import Iterable
from datetime import date
from typing import Literal, get_args

from app.domain.schedule import Window

Kind = Literal["balance", "rulers", "words"]
Part = Literal["before", "middle", "after"]
Cell = Literal["not_good", "not_less", "taking_good", "taking_less"]

KINDS: tuple[Kind, ...] = get_args(Kind)
CELLS: tuple[Cell, ...] = get_args(Cell)
"""In the order in which they are always given: what is good about not taking it comes first."""


def part(day: date, window: Window | None) -> Part:
    """Before: until the end of day 1 (who starts at once writes then), and while nothing was started. After: past
    the last day, or on the day of the stop and later."""
    if window is None:
        return "before"
    if day > window.end_on or (window.stopped_on is not None and day >= window.stopped_on):
        return "after"
    return "before" if day <= window.start_on else "middle"


def past_half(day: date, window: Window | None) -> bool:
    """Whether the first half of the days is over: the middle is asked for from then on."""
    return window is not None and window.number(day) * 2 > window.length_days


def beside(days: Iterable[date], window: Window | None) -> frozenset[date]:
    """Which of the days that were written on stand side by side: the first, the latest of the middle, the last."""
    written = sorted(days)
    if not written:
        return frozenset()
    middle = [day for day in written if part(day, window) == "middle"]
    return frozenset({written[0], *middle[-1:], written[-1]})
