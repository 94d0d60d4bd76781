"""What the columns of a diary hold, and which of them look like the day, the dose and the measure.

Suggestions only: the person confirms each. Where day and month could be swapped, both ways are given and
nothing is chosen.
"""

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from app.domain.diary_table import (
    MILLION,
    Column,
    DayFormat,
    Table,
    decimal_sign,
    formats_of,
    is_blank,
    is_blank_number,
    millionths,
)
from app.domain.exposure import Dose

Kind = Literal["day", "number", "choice", "text"]

FEW = 20
CHOICES = 12
LONGEST_VALUE = 40
STEPS = (1_000_000, 500_000, 250_000, 200_000, 100_000, 50_000, 10_000, 1_000, 100, 10, 1)
"""Usual rating steps in millionths, largest first."""

DOSE_WORDS: Mapping[str, Dose] = {
    **dict.fromkeys(("1", "yes", "y", "taken", "took", "took it", "true", "ja", "oui", "sí", "x", "on"), "taken"),
    **dict.fromkeys(("0", "no", "n", "not taken", "false", "nein", "non", "off"), "not_taken"),
    **dict.fromkeys(("different amount", "a different amount", "half", "partly"), "different_amount"),
    **dict.fromkeys(("not due",), "not_due"),
    **dict.fromkeys(("rather not say",), "rather_not_say"),
}
_DAY_NAMES = ("date", "day", "datum", "tag", "fecha", "jour", "t")
_DOSE_NAMES = ("dose", "taken", "took", "med", "pill", "tablet", "drug", "treatment", "einnahme", "on", "mg")
_MEASURE_NAMES = (
    *("mood", "stimmung", "rating", "score", "happy", "content", "cheerful", "feel", "energy", "sleep"),
    *("schlaf", "down", "y"),
)


@dataclass(frozen=True)
class Described:
    """One column. `minimum`, `maximum` and `step` only for numbers, as observed, not as the scale allows."""

    column: Column
    kind: Kind
    filled: int
    examples: tuple[str, ...]
    formats: tuple[DayFormat, ...] = ()
    """How its cells can be read as days; empty where they are none, two where it must be asked."""
    minimum: float | None = None
    maximum: float | None = None
    step: float | None = None
    distinct: tuple[tuple[str, int], ...] = ()
    """Each value as `value_key` writes it, with its count, commonest first; empty where there are many."""


@dataclass(frozen=True)
class Suggested:
    """Names of columns; `dose_values` holds only words that are beyond doubt, None for the rest."""

    day: str | None
    day_format: DayFormat | None
    dose: str | None
    measure: str | None
    others: tuple[str, ...]
    dose_values: Mapping[str, Dose | None]


def value_key(cell: str) -> str:
    """How a dose value is named: `1`, `1.0` and `1,0` are one value, and so are `Yes` and `yes`."""
    number = millionths(cell)
    if number is not None:
        return plain(number)
    return " ".join(cell.casefold().split())


def plain(number: int) -> str:
    """Millionths as a person writes them: 6, 6.5."""
    whole, rest = divmod(abs(number), MILLION)
    text = f"{whole}.{rest:06d}".rstrip("0").rstrip(".")
    return f"-{text}" if number < 0 else text


def describe(table: Table) -> tuple[Described, ...]:
    """Every column in its order."""
    return tuple(_describe(column, table.cells(column)) for column in table.columns)


def _describe(column: Column, cells: Sequence[str]) -> Described:
    filled = [cell for cell in cells if not is_blank(cell)]
    examples = tuple(cell[:LONGEST_VALUE] for cell in list(dict.fromkeys(filled))[:3])
    numeric = [cell for cell in filled if not is_blank_number(cell)]
    numbers = [millionths(cell) for cell in numeric]
    counts = Counter(value_key(cell) for cell in filled)
    few = len(counts) <= FEW and all(len(value) <= LONGEST_VALUE for value in counts)
    distinct = tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0]))) if few else ()
    known = [number for number in numbers if number is not None]
    if known and len(known) == len(numbers) and decimal_sign(numeric) is not None:
        formats = formats_of(filled)
        rising = all(a < b for a, b in pairwise(known)) and len(known) == len(cells) > 2
        kind: Kind = "day" if formats and rising else "choice" if set(known) <= {0, MILLION} else "number"
        return Described(
            column,
            kind,
            len(filled),
            examples,
            formats=formats,
            minimum=min(known) / MILLION,
            maximum=max(known) / MILLION,
            step=usual_step(known) / MILLION,
            distinct=distinct,
        )
    formats = formats_of(filled)
    if formats:
        return Described(column, "day", len(filled), examples, formats)
    repeats = len(counts) <= CHOICES and len(filled) > len(counts)
    kind = "choice" if few and counts and (repeats or counts.keys() <= DOSE_WORDS.keys()) else "text"
    return Described(column, kind, len(filled), examples, distinct=distinct if kind == "choice" else ())


def usual_step(numbers: Sequence[int]) -> int:
    """The largest usual step on which all these numbers (millionths) lie."""
    common = math.gcd(*numbers)
    return next(step for step in STEPS if common % step == 0)


def suggest(described: Sequence[Described]) -> Suggested:
    """The columns that look like the day, the dose and the measures."""
    days = [found for found in described if found.formats]
    day = _first(
        days, lambda found: (found.kind != "day", found.formats == ("number",), _named(found, _DAY_NAMES))
    )
    if day is not None and day.kind != "day" and not _named_exactly(day, _DAY_NAMES):
        day = None
    doses = [
        found
        for found in described
        if found is not day and found.distinct and found.kind != "day" and _dose_like(found)
    ]
    dose = _first(
        doses,
        lambda found: (
            len(found.distinct) < 2,
            not all(value in DOSE_WORDS for value, _ in found.distinct),
            _named(found, _DOSE_NAMES),
        ),
    )
    numbers = [found for found in described if found.kind == "number" and found is not dose and found is not day]
    measure = _first(numbers, lambda found: (_named(found, _MEASURE_NAMES), found.column.index))
    others = [found.column.name for found in numbers if found is not measure][:3]
    return Suggested(
        day=day.column.name if day else None,
        day_format=day.formats[0] if day and len(day.formats) == 1 else None,
        dose=dose.column.name if dose else None,
        measure=measure.column.name if measure else None,
        others=tuple(others),
        dose_values={value: DOSE_WORDS.get(value) for value, _ in dose.distinct} if dose else {},
    )


def _dose_like(found: Described) -> bool:
    known = all(value in DOSE_WORDS for value, _ in found.distinct)
    return known or _named(found, _DOSE_NAMES) < len(_DOSE_NAMES)


def _first(found: Sequence[Described], order: Callable[[Described], tuple[int, ...]]) -> Described | None:
    return min(found, key=order, default=None)


def _named_exactly(found: Described, names: Sequence[str]) -> bool:
    return found.column.name.casefold() in names


def _named(found: Described, names: Sequence[str]) -> int:
    """The place of the first known word in the column's name; short words must be the whole of it."""
    name = found.column.name.casefold()
    for place, word in enumerate(names):
        if name == word or (len(word) > 2 and word in name):
            return place
    return len(names)
