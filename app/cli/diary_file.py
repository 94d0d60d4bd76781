"""A diary kept anywhere, as a CSV file: three of its columns read into entries.

Every row that cannot be read is told by its number (the header is row 1, as a spreadsheet counts) and a
sentence; nothing half read is returned.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from app.domain import diary_table
from app.domain.analysis import Entry
from app.domain.exposure import Dose

MEASURE = "own1"
LONGEST = 3_660
"""Days from the first to the last: ten years."""
NUMBERED_FROM = date(2001, 1, 1)
"""Where day numbers are placed on a calendar that nobody is shown."""
WORDS: dict[str, Dose] = {
    **dict.fromkeys(("1", "yes", "y", "true", "taken", "on"), "taken"),
    **dict.fromkeys(("0", "no", "n", "false", "not taken", "off"), "not_taken"),
    **dict.fromkeys(("a different amount", "different amount"), "different_amount"),
    "not due": "not_due",
    "rather not say": "rather_not_say",
}


class UnreadableDiary(Exception):
    """What is wrong with the file, one sentence each."""

    def __init__(self, *sentences: str) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True)
class Diary:
    """Entries in date order; `counted_from` is the first day's number where the days were numbers."""

    start: date
    length_days: int
    entries: tuple[Entry, ...]
    counted_from: int | None


@dataclass(frozen=True)
class DoseWords:
    """Which values of the dose column mean what. One side told alone: every other value is the other."""

    taken: frozenset[str]
    not_taken: frozenset[str]

    @classmethod
    def told(cls, taken: Iterable[str], not_taken: Iterable[str]) -> "DoseWords":
        on, off = (frozenset(map(_plain, _split(values))) for values in (taken, not_taken))
        if on & off:
            both = ", ".join(sorted(on & off))
            raise UnreadableDiary(f"“{both}” cannot mean both taken and not taken.")
        return cls(on, off)

    def read(self, value: str) -> Dose | None:
        """None for a blank; ValueError for a value that means nothing."""
        plain = _plain(value)
        if diary_table.is_blank(plain):
            return None
        if plain in self.taken:
            return "taken"
        if plain in self.not_taken:
            return "not_taken"
        if (self.taken or self.not_taken) and WORDS.get(plain) in {None, "taken", "not_taken"}:
            if self.taken and self.not_taken:
                raise ValueError(value)
            return "not_taken" if self.taken else "taken"
        if plain in WORDS:
            return WORDS[plain]
        raise ValueError(value)


def read(path: Path, *, day: str, dose: str, measure: str, words: DoseWords) -> Diary:
    """The diary in `path`; raises `UnreadableDiary`."""
    rows = _rows(path, (day, dose, measure))
    wrong: list[str] = []
    found: dict[date | int, Entry] = {}
    for number, row in rows:
        try:
            when = _day(row[day])
            if when in found:
                raise ValueError(f"the day “{row[day].strip()}” is there twice.")
            ratings = {} if (rating := _rating(row[measure])) is None else {MEASURE: rating}
            found[when] = Entry(NUMBERED_FROM, _dose(row[dose], words), None, ratings)
        except ValueError as error:
            wrong.append(f"Row {number}: {error}")
    if len({type(when) for when in found}) > 1:
        wrong.append(f"The column “{day}” has dates on some rows and numbers on others.")
    if wrong:
        raise UnreadableDiary(*wrong)
    if not found:
        raise UnreadableDiary("There is no day in this file.")
    return _diary(found)


def _diary(found: dict[date | int, Entry]) -> Diary:
    dated = isinstance(next(iter(found)), date)
    lowest = min(when for when in found if isinstance(when, int)) if not dated else 0
    entries = []
    for when, entry in found.items():
        if isinstance(when, int) and when - lowest > LONGEST:
            raise UnreadableDiary(f"The days run over more than {LONGEST} days.")
        on = when if isinstance(when, date) else NUMBERED_FROM + timedelta(days=when - lowest)
        entries.append(Entry(on, entry.dose, None, entry.ratings))
    entries.sort(key=lambda entry: entry.date)
    length = (entries[-1].date - entries[0].date).days + 1
    if length > LONGEST:
        raise UnreadableDiary(f"The days run over more than {LONGEST} days.")
    return Diary(entries[0].date, length, tuple(entries), None if dated else lowest)


def _rows(path: Path, wanted: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Each row with its number. The table is read as in the app, without the app's limits on its size."""
    try:
        found = diary_table.records(path.read_text(encoding="utf-8"))
    except UnicodeDecodeError:
        raise UnreadableDiary("This file is not text in UTF-8.") from None
    except OSError as error:
        raise UnreadableDiary(f"This file cannot be opened: {error.strerror}.") from None
    except diary_table.Unreadable as error:
        why = f"the quotes in row {error.troubles[0].row} are not clear"
        raise UnreadableDiary(f"This file cannot be read as a table: {why}.") from None
    if not found:
        raise UnreadableDiary("This file is empty.")
    (_, names), *body = found
    missing = [name for name in dict.fromkeys(wanted) if name not in names]
    if missing:
        there = ", ".join(f"“{name}”" for name in names)
        raise UnreadableDiary(*(f"There is no column “{name}”. The columns are: {there}." for name in missing))
    twice = [name for name in dict.fromkeys(wanted) if names.count(name) > 1]
    if twice:
        raise UnreadableDiary(*(f"There are two columns “{name}”." for name in twice))
    blank = [""] * len(names)
    return [(number, dict(zip(names, [*cells, *blank], strict=False))) for number, cells in body]


def _day(value: str) -> date | int:
    plain = value.strip()
    if not plain:
        raise ValueError("the day is blank.")
    try:
        return date.fromisoformat(plain[:10] if plain[10:11] in {"T", " "} else plain)
    except ValueError:
        pass
    try:
        number = float(plain)
    except ValueError:
        number = math.nan
    if not number.is_integer():
        raise ValueError(f"“{plain}” is neither a date like 2026-03-01 nor a whole number.")
    return int(number)


def _dose(value: str, words: DoseWords) -> Dose | None:
    try:
        return words.read(value)
    except ValueError:
        raise ValueError(
            f"“{value.strip()}” is not known as a dose. Say what values mean with --taken and --not-taken."
        ) from None


def _rating(value: str) -> float | None:
    plain = value.strip()
    if diary_table.is_blank(plain):
        return None
    try:
        rating = float(plain)
    except ValueError:
        rating = math.nan
    if not math.isfinite(rating) or abs(rating) > 1e9:
        raise ValueError(f"“{plain}” is not a number that can be a rating.")
    return rating


def _split(values: Iterable[str]) -> list[str]:
    return [part for value in values for part in value.split(",") if part.strip()]


def _plain(value: str) -> str:
    """One spelling for what means the same: 1 and 1.0, Taken and taken, not_taken and not taken."""
    plain = " ".join(value.replace("_", " ").split()).casefold()
    try:
        number = float(plain)
    except ValueError:
        return plain
    return f"{number:g}" if math.isfinite(number) else plain
