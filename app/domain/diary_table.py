"""A diary as text becomes rows and columns; a cell becomes a day or a number. Nothing is guessed.

What is found wrong is a `Trouble`: a code, and where in the words of a spreadsheet (row 1 is the header,
columns are letters), so that a person can look it up and no word of the file is repeated. Codes have their
sentences in the catalogue as `diary-error-<code>`.

Numbers keep six decimals: enough for a daily mean, and exact on a grid of millionths.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

MOST_CHARACTERS = 500_000
MOST_ROWS = 5_000
MOST_COLUMNS = 60
MOST_TROUBLES = 50
LONGEST_NAME = 60
MILLION = 1_000_000
LARGEST = 1_000_000
EARLIEST = date(1900, 1, 1)

DayFormat = Literal["iso", "dmy", "mdy", "number"]
WAYS: tuple[DayFormat, ...] = ("iso", "dmy", "mdy", "number")
Decimal = Literal[".", ","]

_DELIMITERS = (";", "\t", ",")
_BLANK = frozenset({"", "na", "n/a", "#n/a", "nan", "null"})
_DASHES = frozenset({"-", "–", "—", "."})
_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,12}(?:[.,][0-9]{1,20})?|[.,][0-9]{1,20})(?:[eE][+-]?[0-9]{1,2})?")
_WHOLE = re.compile(r"-?[0-9]{1,6}(?:\.0+)?")
_ISO = re.compile(r"([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})")
_OTHER = re.compile(r"([0-9]{1,2})([./-])\s?([0-9]{1,2})\2\s?([0-9]{4}|[0-9]{2})")
_MIDNIGHT = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$")


@dataclass(frozen=True, order=True)
class Trouble:
    """Something that cannot be read, and where. `row` 0: the file as a whole; `column` "": the whole row."""

    row: int
    column: str
    code: str


@dataclass(frozen=True)
class Column:
    """`name` is unique in its table; `letter` is what a spreadsheet calls the column."""

    index: int
    name: str

    @property
    def letter(self) -> str:
        return letter(self.index)


@dataclass(frozen=True)
class Row:
    """`number` as a spreadsheet counts: the header is row 1. As many cells as the table has columns."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Table:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, name: str) -> Column | None:
        return next((column for column in self.columns if column.name == name), None)

    def cells(self, column: Column) -> tuple[str, ...]:
        return tuple(row.cells[column.index] for row in self.rows)


class Unreadable(Exception):
    """The diary cannot be taken as it is; `troubles` say where, in reading order, never empty."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__(f"{len(troubles)} things cannot be read")
        self.troubles = tuple(sorted(set(troubles)))


def letter(index: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def read(text: str) -> Table:
    """The table in a CSV text: comma, semicolon or tab, quotes, byte-order mark, any line ends.

    Raises `Unreadable`.
    """
    return table_of(bounded(text))


def bounded(text: str) -> list[tuple[int, list[str]]]:
    """The `records` of a text that is no longer than one may be. Raises `Unreadable`."""
    if len(text) > MOST_CHARACTERS:
        raise Unreadable([Trouble(0, "", "too-large")])
    return records(text)


def table_of(filled: list[tuple[int, list[str]]]) -> Table:
    """The first record names the columns. Raises `Unreadable`."""
    if not filled:
        raise Unreadable([Trouble(0, "", "empty")])
    header, body = filled[0], filled[1:]
    columns = _columns(header[0], header[1])
    if not body:
        raise Unreadable([Trouble(0, "", "no-rows")])
    if len(body) > MOST_ROWS:
        raise Unreadable([Trouble(0, "", "too-many-rows")])
    width = len(columns)
    ragged = [Trouble(number, letter(width), "too-many-cells") for number, cells in body if any(cells[width:])]
    if ragged:
        raise Unreadable(ragged[:MOST_TROUBLES])
    rows = tuple(Row(number, (*cells[:width], *[""] * (width - len(cells)))) for number, cells in body)
    return Table(columns, rows)


def records(text: str) -> list[tuple[int, list[str]]]:
    """The records that are not blank, each with its number and its trimmed cells; no limit on how many.

    Raises `Unreadable`.
    """
    delimiter, text = _delimiter(text.lstrip("\ufeff"))
    return [(number, cells) for number, cells in _records(text, delimiter) if any(cells)]


def _delimiter(text: str) -> tuple[str, str]:
    """The delimiter, and the text without the `sep=;` line that some spreadsheets write."""
    said = re.match(r"sep=([;,\t])(?:\r\n|\r|\n)", text)
    if said:
        return said[1], text[said.end() :]
    best, best_score = ",", (0, 0)
    for candidate in _DELIMITERS:
        widths = [len(cells) for cells in _first_lines(text, candidate)]
        if widths and widths[0] > 1:
            score = (sum(width == widths[0] for width in widths), widths[0])
            if score > best_score:
                best, best_score = candidate, score
    return best, text


def _first_lines(text: str, delimiter: str) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if any(cells):
                found.append(cells)
            if len(found) == 20:
                break
    except csv.Error:
        pass
    return found


def _records(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    found: list[tuple[int, list[str]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True, skipinitialspace=True)
    try:
        for number, cells in enumerate(reader, start=1):
            found.append((number, [cell.strip() for cell in cells]))
    except csv.Error as error:
        raise Unreadable([Trouble(len(found) + 1, "", "quotes-unclear")]) from error
    return found


def _columns(number: int, header: list[str]) -> tuple[Column, ...]:
    header = header[: max((place for place, name in enumerate(header, 1) if name), default=0)]
    if len(header) > MOST_COLUMNS:
        raise Unreadable([Trouble(number, "", "too-many-columns")])
    if len(header) < 2:
        raise Unreadable([Trouble(number, "", "one-column")])
    if all(is_number(name) or formats_of([name]) for name in header if name):
        raise Unreadable([Trouble(number, "", "no-header")])
    long = [letter(place) for place, name in enumerate(header) if len(name) > LONGEST_NAME]
    if long:
        raise Unreadable([Trouble(number, place, "name-too-long") for place in long])
    columns: list[Column] = []
    taken: set[str] = set()
    for index, name in enumerate(header):
        unique, copy = name or letter(index), 1
        while unique in taken:
            copy += 1
            unique = f"{name or letter(index)} ({copy})"
        taken.add(unique)
        columns.append(Column(index, unique))
    return tuple(columns)


def is_blank(cell: str) -> bool:
    """Unlogged: an empty cell, or what programs write for one."""
    return cell.casefold() in _BLANK


def is_blank_number(cell: str) -> bool:
    """Among numbers a lone dash or dot is no answer either; among words it may mean something."""
    return is_blank(cell) or cell in _DASHES


def is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell.replace("−", "-")) is not None


def decimal_sign(cells: Sequence[str]) -> Decimal | None:
    """The decimal sign of a column of numbers; None where both occur, which nobody can read for sure."""
    numbers = [cell for cell in cells if is_number(cell)]
    comma, dot = any("," in cell for cell in numbers), any("." in cell for cell in numbers)
    if comma and dot:
        return None
    return "," if comma else "."


def millionths(cell: str) -> int | None:
    """A number in millionths, rounded; None where it is none or beyond a million either way."""
    cell = cell.replace("−", "-")
    if _NUMBER.fullmatch(cell) is None:
        return None
    value = float(cell.replace(",", "."))
    return round(value * MILLION) if abs(value) <= LARGEST else None


def formats_of(cells: Sequence[str]) -> tuple[DayFormat, ...]:
    """Every way in which all these cells are days; two of them where day and month could be swapped."""
    found = [kind for kind in WAYS if cells and all(day(cell, kind) is not None for cell in cells)]
    if found == ["dmy", "mdy"] and all(day(cell, "dmy") == day(cell, "mdy") for cell in cells):
        return ("dmy",)
    return tuple(found)


def day(cell: str, kind: DayFormat) -> date | int | None:
    """The day in a cell: a date, or an integer for `number`; None where it is none.

    A time of day other than midnight is none: past midnight it may belong to the evening before.
    """
    if kind == "number":
        return int(float(cell)) if _WHOLE.fullmatch(cell) else None
    cell = _MIDNIGHT.sub("", cell)
    if kind == "iso":
        match = _ISO.fullmatch(cell)
        return _date(match[1], match[3], match[4]) if match else None
    match = _OTHER.fullmatch(cell)
    if match is None or (kind == "mdy" and match[2] == "."):
        return None
    year = match[4] if len(match[4]) == 4 else f"20{match[4]}"
    return _date(year, match[3], match[1]) if kind == "dmy" else _date(year, match[1], match[3])


def _date(year: str, month: str, of_month: str) -> date | None:
    try:
        found = date(int(year), int(month), int(of_month))
    except ValueError:
        return None
    return found if found >= EARLIEST else None
