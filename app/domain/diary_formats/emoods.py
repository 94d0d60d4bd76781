"""The entries of eMoods: one record per day, a column for each thing that is rated.

The header that was found is `ID,DATE (YYYY-MM-DD),IRRITABILITY,ANXIETY,DEPRESSED,ELEVATED,SLEEP,PSYCHOTIC
SYMPTOMS,NOTE,THERAPY,MENSTRUAL CYCLE,WEIGHT` (sources in docs/bringing-a-diary.md); other orders and further
columns are taken as they come. How medicines are written is not confirmed: a column is the dose only where the
person says so. A 0 seems to mean "nothing entered" (1 none to 4 severe), but no maker says it: the person does.
Two records of one day stay two, and the general reader names them.
"""

from collections.abc import Sequence
from dataclasses import replace

from app.domain.diary_formats.joining import (
    HOURS,
    Converted,
    DayKey,
    Record,
    Told,
    Wide,
    body_of,
    build,
    place_of,
)
from app.domain.diary_table import millionths

MOODS = frozenset({"depressed", "elevated", "irritability", "anxiety"})
SLEEP = frozenset({"sleep", "hours slept"})
_EMPTY_AS_ZERO = MOODS | SLEEP | {"weight"}
_HIGHEST = 4
UNCLEAR = "0?"
"""What stands for a 0 until somebody says what it means: no number."""


def recognise(header: Sequence[str]) -> bool:
    """Whether these are the columns of the entries of eMoods."""
    names = place_of(header)
    dated = any(name == "date" or name.startswith("date (") for name in names)
    return dated and {"depressed", "elevated"} <= names.keys() and bool({"irritability", "anxiety"} & names.keys())


def convert(rows: Sequence[Record], told: Told) -> Converted:
    """The general table of the entries, the header being its first row: its own columns without the number of the
    record, in which a 0 is what the person said. Raises `Otherwise`."""
    header, body = list(rows[0][1]) if rows else [], body_of(rows)
    names = [" ".join(name.casefold().split()) for name in header]
    day = next((place for place, name in enumerate(names) if name == "date" or name.startswith("date (")), 0)
    keys: list[DayKey] = [(cells[day], number) for number, cells in body]
    wide, zeros = [], 0
    for place, name in enumerate(names):
        if place == day or name == "id" or not name:
            continue
        cells = dict(zip(keys, (cells[place] for _, cells in body), strict=True))
        empty = [key for key, text in cells.items() if name in _EMPTY_AS_ZERO and millionths(text) == 0]
        zeros += len(empty)
        if told.zero != "number":
            cells |= dict.fromkeys(empty, "" if told.zero else UNCLEAR)
        unclear = {} if told.zero else dict.fromkeys(empty, "zero-unclear")
        wide.append(Wide(header[place], cells, _ends(name, list(cells.values()), told), unclear))
    converted = build(header[day], {key: key[1] for key in keys}, wide)
    return replace(converted, zeros=zeros)


def _ends(name: str, cells: Sequence[str], told: Told) -> tuple[float, float] | None:
    """Four steps, from none to severe: 1 to 4, or 0 to 3 where the 0 is one of them."""
    if name in SLEEP:
        return HOURS
    if name not in MOODS:
        return None
    highest = max((number for cell in cells if (number := millionths(cell)) is not None), default=0)
    if told.zero == "number":
        return (0, _HIGHEST if highest > (_HIGHEST - 1) * 1_000_000 else _HIGHEST - 1)
    return (1, _HIGHEST)
