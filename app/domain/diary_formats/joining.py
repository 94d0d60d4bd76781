"""What the exports of other apps have in common: several entries of a day become one row of the general table.

Nothing is guessed. A cell that only the person can settle (a mood without a place, a 0 that may mean "nothing",
entries without an order) keeps a text that is no number, and its code stands in `Converted.unsettled`.
Columns are called as the app calls them: no word of ours enters the table.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from app.domain.diary import Scale
from app.domain.diary_columns import usual_step
from app.domain.diary_table import LONGEST_NAME, MILLION, MOST_COLUMNS, MOST_ROWS, Column, Row, Table, millionths

App = Literal["daylio", "emoods", "bearable"]
Zero = Literal["nothing", "number"]
Record = tuple[int, Sequence[str]]
"""The number of a record as `diary_table.records` counts, and its trimmed cells."""
DayKey = tuple[str, int]
"""A day as the file writes it; where it writes none, the number of the record, so that each stays a row."""

Order = tuple[str, int]
"""When in its day an entry was made, and of which kind that is; two kinds cannot be compared."""
Entries = dict[DayKey, list[tuple[Order | None, str]]]
"""The values of each day with their order."""

HOURS: tuple[float, float] = (0, 24)
"""The ends of a column of hours; its step is that of `sleep_hours`, half an hour, or finer."""

MOST_CELLS = 1_000_000
"""With the empty ones. Ten years of an app that writes ten entries a day in twenty columns have fewer."""

_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?\s*(?:([ap])\.?\s?m\.?)?", re.IGNORECASE)
_JOINED = " / "


class Otherwise(Exception):
    """The columns are those of an app, the rows are not: the general table takes over."""


@dataclass(frozen=True)
class Told:
    """What the person said about an export. `moods`: each name (`mood_key`) and its place, 1 lowest to 5 highest;
    None leaves it out. `zero`: what a 0 means; None: not said yet."""

    moods: Mapping[str, int | None] = field(default_factory=dict)
    zero: Zero | None = None


@dataclass(frozen=True)
class Mood:
    """A mood that a file names, on `count` entries. `level` 1 to 5; without one it is left out where `placed`,
    else it waits for its place."""

    name: str
    count: int
    level: int | None
    placed: bool


@dataclass(frozen=True)
class Converted:
    """The general table, one row per day, and what is known beside it.

    `scales` by column name. `measure`: the column that is a mood. `zeros`: cells with a 0 whose meaning the
    person says. `left_out`: columns for which there was no room. `unsettled`: (row, letter of the column) → code.
    """

    table: Table
    scales: Mapping[str, Scale]
    measure: str | None = None
    moods: tuple[Mood, ...] = ()
    zeros: int = 0
    left_out: int = 0
    unsettled: Mapping[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Wide:
    """One column of the table on its way: cells by day; `unsettled` names the days with a code."""

    name: str
    cells: Mapping[DayKey, str]
    ends: tuple[float, float] | None = None
    """The app's own lowest and highest answer, where its maker says them; hours run from 0 to 24."""
    unsettled: Mapping[DayKey, str] = field(default_factory=dict)


def place_of(header: Sequence[str]) -> dict[str, int]:
    """Where each column stands, by its name without case; the first of two alike."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        found.setdefault(" ".join(name.casefold().split()), index)
    return found


def body_of(rows: Sequence[Record]) -> list[tuple[int, list[str]]]:
    """The records below the header, as wide as it is. Raises `Otherwise`: none, one that is wider, or more cells
    than an export has: a short text can have a hundred thousand columns and as many rows."""
    width = len(rows[0][1]) if rows else 0
    if len(rows) < 2 or any(any(cells[width:]) for _, cells in rows[1:]):
        raise Otherwise()
    if width * len(rows) > MOST_CELLS:
        raise Otherwise()
    return [(number, [*cells[:width], *[""] * (width - len(cells))]) for number, cells in rows[1:]]


def clock(text: str) -> Order | None:
    """The order of `22:10`, `10:10 pm` or `22.10`, in minutes since midnight; None where it is no such time."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2]), (match[3] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return ("clock", hour * 60 + minute) if hour < 24 and minute < 60 else None


def last_of(entries: Sequence[tuple[Order | None, str]]) -> tuple[str, bool]:
    """The last of a day's values by their order, and whether it could be told.

    Blank values are nothing. Where the order is not known and the values differ, all of them are given.
    """
    filled = [(order, value) for order, value in entries if value]
    values = list(dict.fromkeys(value for _, value in filled))
    if len(values) < 2:
        return (values[0] if values else ""), True
    orders = [order for order, _ in filled if order is not None]
    if len(orders) == len(filled) and len({kind for kind, _ in orders}) == 1:
        newest = max(orders)
        latest = {value for order, value in filled if order == newest}
        if len(latest) == 1:
            return latest.pop(), True
    return _JOINED.join(values), False


def last_each_day(name: str, entries: Entries, ends: tuple[float, float] | None = None) -> Wide:
    """A column with the last value of each day (`last_of`)."""
    cells, unsettled = {}, {}
    for key, found in entries.items():
        cells[key], told = last_of(found)
        if not told:
            unsettled[key] = "entries-unordered"
    return Wide(name, cells, ends, unsettled)


def together(texts: Iterable[str]) -> str:
    """Words of one day, each once, in their order."""
    return _JOINED.join(dict.fromkeys(text for text in texts if text))


def commonest(names: Iterable[str]) -> list[str]:
    """Each name once, the commonest first; those equally common as they come."""
    return [name for name, _ in Counter(names).most_common()]


def build(
    day_name: str,
    days: Mapping[DayKey, int],
    wide: Sequence[Wide],
    *,
    last: Sequence[Wide] = (),
    measure: str | None = None,
) -> Converted:
    """The table: the day, then `wide` as far as there is room, then `last`. `days`: each day and its row's number.

    Raises `Otherwise` where no record has a day, where nothing stands beside the days, or where there are too
    many of them.
    """
    wide = [each for each in wide if any(each.cells.values())]
    last = [each for each in last if any(each.cells.values())]
    if not any(day for day, _ in days) or not wide or len(days) > MOST_ROWS:
        raise Otherwise()
    room = MOST_COLUMNS - 1 - len(last)
    chosen = [*wide[:room], *last]
    names = _unique([day_name, *(each.name for each in chosen)])
    columns = tuple(Column(index, name) for index, name in enumerate(names))
    rows = tuple(
        Row(number, (key[0], *(each.cells.get(key, "") for each in chosen))) for key, number in days.items()
    )
    scales, unsettled = {}, {}
    for column, each in zip(columns[1:], chosen, strict=True):
        if each.ends is not None:
            most = 0.5 if each.ends == HOURS else 1
            scales[column.name] = Scale(*each.ends, _step(each.cells.values(), most))
        for key, code in each.unsettled.items():
            unsettled[days[key], column.letter] = code
    known = next((column.name for column in columns[1:] if column.name == measure), None)
    return Converted(
        Table(columns, rows), scales, known, left_out=len(wide) - len(chosen) + len(last), unsettled=unsettled
    )


def _step(cells: Iterable[str], most: float) -> float:
    """The largest usual step on which the numbers lie, `most` at most."""
    numbers = [number for cell in cells if (number := millionths(cell)) is not None]
    return min(usual_step(numbers) / MILLION, most) if any(numbers) else most


def _unique(names: Sequence[str]) -> list[str]:
    taken: list[str] = []
    for name in names:
        short = name[:LONGEST_NAME]
        unique, copy = short, 1
        while unique in taken:
            copy += 1
            unique = f"{short} ({copy})"
        taken.append(unique)
    return taken
