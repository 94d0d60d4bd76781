"""The CSV export of Daylio: one record per entry, moods by their names, activities in one cell.

The header is `full_date,date,weekday,time,mood,activities,scales,note_title,note`; older versions have no
`scales`, still older ones no `note_title` (sources in docs/bringing-a-diary.md). Of a day with several entries
the last mood counts: it is what a check-in at the end of that day would have been, it lies on the five steps,
and it comes after the day's dose. An entry keeps the date that the app gave it. An activity that is not there
is not logged: its cell stays empty.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.diary_formats.joining import (
    Converted,
    DayKey,
    Entries,
    Mood,
    Otherwise,
    Record,
    Told,
    Wide,
    body_of,
    build,
    clock,
    commonest,
    last_each_day,
    place_of,
    together,
)
from app.domain.diary_table import is_blank, millionths

STANDARD: Mapping[str, int] = {"awful": 1, "bad": 2, "meh": 3, "good": 4, "rad": 5}
"""The five moods that Daylio brings along, in its own order. Of a person's own names only they know the order."""
LOWEST, HIGHEST = 1, 5
MOST_MOODS, LONGEST_MOOD = 100, 80


def recognise(header: Sequence[str]) -> bool:
    """Whether these are the columns of a Daylio export."""
    names = place_of(header)
    return {"full_date", "mood"} <= names.keys() and bool({"time", "activities"} & names.keys())


def mood_key(name: str) -> str:
    """How a mood is named: `Rad` and ` rad` are one."""
    return " ".join(name.casefold().split())


def convert(rows: Sequence[Record], told: Told) -> Converted:
    """The general table of an export, the header being its first row.

    Columns: `full_date`, `mood` (1 to 5), each scale, each activity (its own name where it was ticked), `note`.
    Raises `Otherwise`.
    """
    names, body = place_of(rows[0][1]) if rows else {}, body_of(rows)

    def cell(cells: Sequence[str], name: str) -> str:
        found = cells[names[name]] if name in names else ""
        return "" if is_blank(found) else found

    days: dict[DayKey, int] = {}
    moods: Entries = {}
    activities: dict[str, dict[DayKey, str]] = {}
    scales: dict[str, Entries] = {}
    notes: dict[DayKey, list[str]] = {}
    ticked: list[str] = []
    for number, cells in body:
        day = cell(cells, "full_date")
        key = (day, 0 if day else number)
        days.setdefault(key, number)
        order = clock(cell(cells, "time"))
        moods.setdefault(key, []).append((order, cell(cells, "mood")))
        for name in _parts(cell(cells, "activities")):
            activities.setdefault(name, {})[key] = name
            ticked.append(name)
        for name, value in _scales(cell(cells, "scales")):
            scales.setdefault(name, {}).setdefault(key, []).append((order, value))
        notes.setdefault(key, []).extend((cell(cells, "note_title"), cell(cells, "note")))
    placed = _placed(moods, told)
    wide = [
        _mood_column(moods, placed),
        *(last_each_day(name, found) for name, found in scales.items()),
        *(Wide(name, activities[name]) for name in commonest(ticked)),
    ]
    note = Wide("note", {key: together(texts) for key, texts in notes.items()})
    converted = build("full_date", days, wide, last=[note], measure="mood")
    return replace(converted, moods=tuple(placed.values()))


def _placed(entries: Entries, told: Told) -> dict[str, Mood]:
    """Every mood of the file, commonest first, with the place that was said, else that of a standard name."""
    names = [name for found in entries.values() for _, name in found if name]
    counts = Counter(map(mood_key, names))
    if len(counts) > MOST_MOODS or any(len(name) > LONGEST_MOOD for name in names):
        raise Otherwise()
    first: dict[str, str] = {}
    for name in names:
        first.setdefault(mood_key(name), name)
    return {
        key: Mood(first[key], count, told.moods.get(key, STANDARD.get(key)), key in told.moods or key in STANDARD)
        for key, count in counts.most_common()
    }


def _mood_column(entries: Entries, placed: Mapping[str, Mood]) -> Wide:
    """The place of each day's last mood; its name where it has none yet, so that nobody takes it for a number."""

    def value(name: str) -> str:
        mood = placed.get(mood_key(name))
        if mood is None or (mood.placed and mood.level is None):
            return ""
        return name if mood.level is None else str(mood.level)

    valued = {key: [(order, value(name)) for order, name in found] for key, found in entries.items()}
    column = last_each_day("mood", valued, (LOWEST, HIGHEST))
    unplaced = {key: "mood-unplaced" for key, text in column.cells.items() if text and millionths(text) is None}
    return Wide("mood", column.cells, column.ends, {**unplaced, **column.unsettled})


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split("|") if part.strip()))


def _scales(text: str) -> list[tuple[str, str]]:
    """`name: value | name: value`; a part that is not so is nothing."""
    found = []
    for part in _parts(text):
        name, colon, value = part.rpartition(":")
        if colon and name.strip() and millionths(value.strip()) is not None:
            found.append((name.strip(), value.strip()))
    return found
