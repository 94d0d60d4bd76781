"""Exports of other apps, recognised by their columns and turned into the general table of a diary.

What happens to the table then is the general import: the same preview, and every choice is the person's.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.diary_formats import bearable, daylio, emoods
from app.domain.diary_formats.joining import App, Converted, Otherwise, Record, Told
from app.domain.diary_table import Table, Trouble, bounded, table_of

_KNOWN: Mapping[App, tuple[Callable[[Sequence[str]], bool], Callable[[Sequence[Record], Told], Converted]]] = {
    "daylio": (daylio.recognise, daylio.convert),
    "emoods": (emoods.recognise, emoods.convert),
    "bearable": (bearable.recognise, bearable.convert),
}


@dataclass(frozen=True)
class Read:
    """A text as a table. `app`: whose columns it has. `converted`: None where it is read as it stands, because it
    is no export, because that was asked for, or because its rows turned out otherwise (`otherwise`)."""

    table: Table
    app: App | None = None
    converted: Converted | None = None
    otherwise: bool = False


def recognise(text: str) -> App | None:
    """The app whose export has these columns. Raises `Unreadable` where the text is no table at all."""
    return _whose(bounded(text))


def _whose(rows: Sequence[Record]) -> App | None:
    return next((app for app, (known, _) in _KNOWN.items() if rows and known(rows[0][1])), None)


def read_as(text: str, told: Told, *, ordinary: bool = False) -> Read:
    """The table in a text; that of a known export has one row per day, unless `ordinary`. Raises `Unreadable`."""
    rows = bounded(text)
    app = _whose(rows)
    if app is None or ordinary:
        return Read(table_of(rows), app)
    try:
        converted = _KNOWN[app][1](rows, told)
    except Otherwise:
        return Read(table_of(rows), app, otherwise=True)
    return Read(converted.table, app, converted)


def coded(converted: Converted | None, troubles: Iterable[Trouble]) -> list[Trouble]:
    """The same troubles; where the cell waits for a word of the person, with the code that says which."""
    unsettled = converted.unsettled if converted else {}
    return [
        replace(each, code=unsettled.get((each.row, each.column), each.code))
        if each.code == "number-unreadable"
        else each
        for each in troubles
    ]
