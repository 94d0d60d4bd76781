"""A table as CSV that any program reads and no spreadsheet takes for a formula.

RFC 4180: CRLF after each row, a cell in quotes where it holds a comma, a quote or a line break, a quote inside
doubled. UTF-8 with a byte order mark, by which Excel knows that it is UTF-8.

OWASP, CSV Injection, and ASVS 5.0, 1.2.10: a spreadsheet works out what begins with = + - @ (full-width too), and
lets a tab, a line break or a NUL before it go. A text that begins so gets an apostrophe before it; numbers are
left as they are, since -1 is a number.

The way back is exact: where a cell begins with one or more apostrophes and then such a sign, take one apostrophe
away (`original`). So a text that had apostrophes of its own there gets one more.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeAlias

BOM = "\ufeff"
SIGNS = "=+-@\t\r\n\0＝＋－＠"
_GUARDED = re.compile(f"'*[{re.escape(SIGNS)}]")

Cell: TypeAlias = str | int | float | None


def safe(text: str) -> str:
    """A text that a spreadsheet shows and does not work out."""
    return f"'{text}" if _GUARDED.match(text) else text


def original(cell: str) -> str:
    """What `safe` was given."""
    return cell[1:] if cell.startswith("'") and _GUARDED.match(cell) else cell


def written(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """The file, a row at a time. None is an empty cell. Whole numbers are written without a point."""
    yield BOM.encode()
    for row in (header, *rows):
        line = io.StringIO(newline="")
        csv.writer(line, lineterminator="\r\n").writerow([_cell(cell) for cell in row])
        yield line.getvalue().encode()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return safe(cell)
    return repr(cell) if isinstance(cell, float) and not cell.is_integer() else str(int(cell))
