"""A diary kept elsewhere becomes the days of one fortnight: all of them, or none and a list of what is wrong.

The table comes from `diary_table`; what each column means is said by the person (`Mapping`), never guessed.
Rows outside the window are left out and not judged. A day written as a mere number has no weekday: the window
then ends yesterday and the diary is not `dated` (ANALYSIS.md: the weekend rule needs dates).

Each rating keeps the scale it was given on: minimum, maximum and step travel with the measure, so that 1 to 7
or 0 to 100 stay what they were and the rating step of ANALYSIS.md 4 is the diary's own.
"""

import collections
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from app.domain.diary_columns import value_key
from app.domain.diary_table import (
    LARGEST,
    MILLION,
    MOST_TROUBLES,
    WAYS,
    Column,
    DayFormat,
    Row,
    Table,
    Trouble,
    Unreadable,
    day,
    decimal_sign,
    formats_of,
    is_blank,
    is_blank_number,
    millionths,
)
from app.domain.exposure import Dose

SHORTEST, LONGEST = 7, 28


@dataclass(frozen=True)
class Scale:
    """What the answers to one measure could have been."""

    minimum: float
    maximum: float
    step: float

    @property
    def possible(self) -> bool:
        """Room for two steps or more, and ends within a million."""
        low, high, step = (round(value * MILLION) for value in (self.minimum, self.maximum, self.step))
        return max(-low, high) <= LARGEST * MILLION and 0 < step <= high - low

    def holds(self, number: int) -> bool:
        """Whether a number (millionths) lies between the ends."""
        return round(self.minimum * MILLION) <= number <= round(self.maximum * MILLION)

    def steps(self, number: int) -> bool:
        """Whether a number (millionths) lies on a step."""
        return (number - round(self.minimum * MILLION)) % round(self.step * MILLION) == 0


@dataclass(frozen=True)
class DiaryMapping:
    """Which column holds what, by name. `dose_values`: each value (`value_key`) and the dose that it means;
    None is "not logged". `dose_empty`: the same for an empty cell on a day that was rated; on any other day
    nothing is logged. A diary without doses has no `dose` column."""

    day: str
    measures: Mapping[str, tuple[str, Scale]]
    """Measure key → column name and scale."""
    day_format: DayFormat | None = None
    dose: str | None = None
    dose_values: Mapping[str, Dose | None] = field(default_factory=dict)
    dose_empty: Dose | None = None


@dataclass(frozen=True)
class ImportedDay:
    """One day on which something was written."""

    date: date
    dose: Dose | None
    ratings: Mapping[str, float]
    dose_from_empty: bool = False
    """Whether the dose is what an empty cell was said to mean."""


@dataclass(frozen=True)
class Imported:
    """The window's days in order; unlogged days are absent."""

    start_on: date
    length_days: int
    dated: bool
    days: tuple[ImportedDay, ...]


@dataclass(frozen=True)
class _Dated:
    row: Row
    place: date | int


def fortnight(
    table: Table, mapping: DiaryMapping, *, start: date | int, length_days: int, yesterday: date
) -> Imported:
    """The days of the window that begins with `start`, read as `mapping` says.

    `yesterday` is the last local day that is over. Raises `Unreadable` with everything that is wrong, up to
    `MOST_TROUBLES`; then nothing is taken.
    """
    day_column, dose_column, measures = _columns(table, mapping)
    kind = day_format(table, day_column, mapping.day_format)
    dated = _dated(table, day_column, kind)
    if isinstance(start, int) != (kind == "number"):
        raise Unreadable([Trouble(0, day_column.letter, "window-other-kind")])
    if isinstance(start, date) and (yesterday - start).days < length_days - 1:
        raise Unreadable([Trouble(0, day_column.letter, "window-not-over")])
    chosen = [item for item in dated if 0 <= _apart(item.place, start) < length_days]
    if not chosen:
        raise Unreadable([Trouble(0, day_column.letter, "window-empty")])
    troubles = _twice(chosen, day_column)
    cells = [item.row for item in chosen]
    ratings = {key: _ratings(cells, column, scale, troubles) for key, (column, scale) in sorted(measures.items())}
    rated = [any(values[place] is not None for values in ratings.values()) for place in range(len(cells))]
    doses = _doses(cells, dose_column, mapping, rated, troubles)
    if troubles:
        raise Unreadable(sorted(set(troubles))[:MOST_TROUBLES])
    start_on = start if isinstance(start, date) else yesterday - timedelta(days=length_days - 1)
    days = []
    for place, item in enumerate(chosen):
        answers = {key: values[place] for key, values in ratings.items()}
        known = {key: value / MILLION for key, value in answers.items() if value is not None}
        dose, from_empty = doses[place]
        if known or dose is not None:
            on = start_on + timedelta(days=_apart(item.place, start))
            days.append(ImportedDay(on, dose, known, from_empty))
    if not days:
        raise Unreadable([Trouble(0, day_column.letter, "window-empty")])
    days.sort(key=lambda found: found.date)
    return Imported(start_on, length_days, kind != "number", tuple(days))


def span(table: Table, column: Column, kind: DayFormat) -> tuple[date | int, date | int] | None:
    """The first and the last day that can be read in a column."""
    places = [place for cell in table.cells(column) if (place := day(cell, kind)) is not None]
    return (min(places, key=_order), max(places, key=_order)) if places else None


def doses_in(
    table: Table, day_column: Column, dose_column: Column, kind: DayFormat, *, start: date | int, length_days: int
) -> tuple[tuple[str, int], ...]:
    """Each value of the dose column in the window with its count, commonest first: no other needs a meaning."""
    counts: collections.Counter[str] = collections.Counter()
    for row in table.rows:
        place, cell = day(row.cells[day_column.index], kind), row.cells[dose_column.index]
        if place is None or is_blank(cell) or isinstance(place, int) != isinstance(start, int):
            continue
        if 0 <= _apart(place, start) < length_days:
            counts[value_key(cell)] += 1
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def day_troubles(table: Table, column: Column, kind: DayFormat) -> tuple[Trouble, ...]:
    """Rows whose day cannot be read or comes twice, for a preview."""
    try:
        dated = _dated(table, column, kind)
    except Unreadable as error:
        return error.troubles
    return tuple(sorted(_twice(dated, column))[:MOST_TROUBLES])


def _order(place: date | int) -> int:
    return place if isinstance(place, int) else place.toordinal()


def _apart(place: date | int, start: date | int) -> int:
    return _order(place) - _order(start)


def _columns(table: Table, mapping: DiaryMapping) -> tuple[Column, Column | None, dict[str, tuple[Column, Scale]]]:
    """The columns by name; a column that does not exist, has two uses, an impossible scale or no answer at
    all is refused. Columns that do not exist have no letter."""

    def found(name: str) -> Column:
        column = table.column(name)
        if column is None:
            raise Unreadable([Trouble(0, "", "column-unknown")])
        return column

    day_column = found(mapping.day)
    dose_column = found(mapping.dose) if mapping.dose is not None else None
    measures = {key: (found(name), scale) for key, (name, scale) in mapping.measures.items()}
    used = [day_column, *([dose_column] if dose_column else []), *(column for column, _ in measures.values())]
    troubles = [
        Trouble(0, column.letter, "column-twice")
        for column, count in collections.Counter(used).items()
        if count > 1
    ]
    for column, scale in measures.values():
        if not scale.possible:
            troubles.append(Trouble(0, column.letter, "scale-impossible"))
    troubles += [
        Trouble(0, column.letter, "column-empty")
        for column in used
        if all(is_blank_number(cell) for cell in table.cells(column))
    ]
    if troubles:
        raise Unreadable(troubles)
    return day_column, dose_column, measures


def day_format(table: Table, column: Column, said: DayFormat | None) -> DayFormat:
    """How the days of a column are written. Raises `Unreadable` (day-order-unclear) rather than guess."""
    if said is not None:
        return said
    formats = formats_of([cell for cell in table.cells(column) if not is_blank(cell)])
    if len(formats) > 1:
        raise Unreadable([Trouble(0, column.letter, "day-order-unclear")])
    return formats[0] if formats else closest(table.cells(column))


def closest(cells: Sequence[str]) -> DayFormat:
    """The way in which most of these cells are days, so that the others can be named."""
    return max(WAYS, key=lambda kind: sum(day(cell, kind) is not None for cell in cells))


def _dated(table: Table, column: Column, kind: DayFormat) -> list[_Dated]:
    """Every row with its day. A row without one is refused wherever it is: it could be of the window."""
    dated, troubles = [], []
    for row in table.rows:
        cell = row.cells[column.index]
        place = day(cell, kind)
        if place is None:
            troubles.append(
                Trouble(row.number, column.letter, "day-missing" if is_blank(cell) else "day-unreadable")
            )
        else:
            dated.append(_Dated(row, place))
    if troubles:
        raise Unreadable(troubles[:MOST_TROUBLES])
    return dated


def _twice(dated: Sequence[_Dated], column: Column) -> list[Trouble]:
    seen: set[date | int] = set()
    troubles = []
    for item in dated:
        if item.place in seen:
            troubles.append(Trouble(item.row.number, column.letter, "day-twice"))
        seen.add(item.place)
    return troubles


def _doses(
    rows: Sequence[Row],
    column: Column | None,
    mapping: DiaryMapping,
    rated: Sequence[bool],
    troubles: list[Trouble],
) -> list[tuple[Dose | None, bool]]:
    """What each cell means, and whether that is what an empty one was said to mean."""
    if column is None:
        return [(None, False)] * len(rows)
    doses: list[tuple[Dose | None, bool]] = []
    for row, is_rated in zip(rows, rated, strict=True):
        cell = row.cells[column.index]
        if is_blank(cell):
            dose = mapping.dose_empty if is_rated else None
            doses.append((dose, dose is not None))
            continue
        if value_key(cell) not in mapping.dose_values:
            troubles.append(Trouble(row.number, column.letter, "dose-unclear"))
        doses.append((mapping.dose_values.get(value_key(cell)), False))
    return doses


def _ratings(rows: Sequence[Row], column: Column, scale: Scale, troubles: list[Trouble]) -> list[int | None]:
    """Millionths, or None where unanswered."""
    cells = [row.cells[column.index] for row in rows]
    sign = decimal_sign(cells)
    ratings: list[int | None] = []
    for row, cell in zip(rows, cells, strict=True):
        number = None if is_blank_number(cell) else millionths(cell)
        code = None
        if number is None:
            code = None if is_blank_number(cell) else "number-unreadable"
        elif sign is None and ("," in cell or "." in cell):
            code = "decimals-mixed"
        elif not scale.holds(number):
            code = "number-outside"
        elif not scale.steps(number):
            code = "number-off-step"
        if code:
            troubles.append(Trouble(row.number, column.letter, code))
        ratings.append(number)
    return ratings
