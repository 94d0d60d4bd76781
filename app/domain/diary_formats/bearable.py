"""The CSV export of Bearable: one record per thing noted, in a long table.

The header is `date,weekday,time of day,category,rating/amount,detail,notes`; newer versions have `date formatted`
after `date` (sources in docs/bringing-a-diary.md). Of a rating that was given several times on a day the last
one counts, as with Daylio; amounts of one medicine on one day are added up. What is not there is not logged.
"""

import re
from collections.abc import Sequence

from app.domain.diary_columns import plain
from app.domain.diary_formats.joining import (
    HOURS,
    Converted,
    DayKey,
    Entries,
    Order,
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
from app.domain.diary_table import MILLION, is_blank, millionths

MEDICINES = "meds/supplements"
SYMPTOM = "symptom"
SLEEP = "sleep"
ENDS: dict[str, tuple[float, float]] = {
    "mood": (1, 10),
    "energy": (1, 10),
    "sleep quality": (1, 5),
    SLEEP: HOURS,
    SYMPTOM: (0, 4),
}
"""The scales that the maker names. Sleep is in hours."""
PARTS = ("pre", "am", "mid", "pm")
"""The parts of a day in the app's order."""
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN_DAY = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?\s+([A-Za-z]{3})[a-z]*\.?,?\s+([0-9]{4})")
_SEVERITY = re.compile(r"\((?:none|mild|moderate|severe|unbearable|extreme)\)$", re.IGNORECASE)
_HOURS = re.compile(r"([0-9]{1,2}):([0-5][0-9])")


def recognise(header: Sequence[str]) -> bool:
    """Whether these are the columns of a Bearable export."""
    names = place_of(header)
    return {"category", "rating/amount", "detail"} <= names.keys() and bool(
        {"date", "date formatted"} & names.keys()
    )


def convert(rows: Sequence[Record], told: Told) -> Converted:
    """The general table of an export, the header being its first row.

    Columns: the day, Mood, Energy, Sleep (hours), Sleep quality, each medicine (the day's amount), each further
    rating, each symptom, each factor (its own name where it was ticked), `notes`. Raises `Otherwise`. `told` is
    not asked: nothing in it is for this app.
    """
    found = _Found(place_of(rows[0][1]) if rows else {})
    for number, cells in body_of(rows):
        found.take(number, cells)
    ratings = sorted(found.ratings, key=lambda name: list(ENDS).index(name) if name in ENDS else len(ENDS))
    known = [name for name in ratings if name in ENDS]
    others = [name for name in ratings if name not in ENDS]
    wide = [
        *(last_each_day(found.title[name], found.ratings[name], ENDS[name]) for name in known),
        *(Wide(name, {key: _amount(texts) for key, texts in days.items()}) for name, days in found.doses.items()),
        *(column for name in others for column in _others(found.title[name], found, name)),
        *(last_each_day(name, days, ENDS[SYMPTOM]) for name, days in found.symptoms.items()),
        *(Wide(name, found.factors[name]) for name in commonest(found.ticked)),
    ]
    notes = Wide("notes", {key: together(texts) for key, texts in found.notes.items()})
    return build(found.day_name, found.days, wide, last=[notes], measure=found.title.get("mood"))


class _Found:
    """The records, sorted by what they are."""

    def __init__(self, names: dict[str, int]) -> None:
        self.names = names
        self.day_name = "date formatted" if "date formatted" in names else "date"
        self.days: dict[DayKey, int] = {}
        self.title: dict[str, str] = {}
        self.ratings: dict[str, Entries] = {}
        self.details: dict[str, dict[str, Entries]] = {}
        self.symptoms: dict[str, Entries] = {}
        self.doses: dict[str, dict[DayKey, list[str]]] = {}
        self.factors: dict[str, dict[DayKey, str]] = {}
        self.ticked: list[str] = []
        self.notes: dict[DayKey, list[str]] = {}

    def cell(self, cells: Sequence[str], name: str) -> str:
        text = cells[self.names[name]] if name in self.names else ""
        return "" if is_blank(text) else text

    def take(self, number: int, cells: Sequence[str]) -> None:
        """Sort one record in."""
        day = self.cell(cells, "date formatted") or day_of(self.cell(cells, "date"))
        key = (day, 0 if day else number)
        self.days.setdefault(key, number)
        title, detail = self.cell(cells, "category"), self.cell(cells, "detail")
        category, rating = title.casefold(), self.cell(cells, "rating/amount")
        entry = (order_of(self.cell(cells, "time of day")), rating)
        self.notes.setdefault(key, []).append(self.cell(cells, "notes"))
        if category == MEDICINES and detail:
            self.doses.setdefault(detail, {}).setdefault(key, []).append(rating or detail)
        elif category == SYMPTOM and detail:
            name = _SEVERITY.sub("", detail).rstrip() or detail
            self.symptoms.setdefault(name, {}).setdefault(key, []).append(entry)
        elif "factor" in category:
            for part in filter(None, map(str.strip, detail.split("|"))):
                self.factors.setdefault(part, {})[key] = part
                self.ticked.append(part)
        elif category and rating:
            self.title.setdefault(category, title)
            if category == SLEEP:
                entry = (entry[0], hours_of(rating))
            self.ratings.setdefault(category, {}).setdefault(key, []).append(entry)
            self.details.setdefault(category, {}).setdefault(detail, {}).setdefault(key, []).append(entry)


def _others(title: str, found: _Found, category: str) -> list[Wide]:
    """A further rating has its own name as its category. Where its records have different details, they may be
    different things: each has a column."""
    details = found.details[category]
    if len(details) < 2:
        return [last_each_day(title, found.ratings[category])]
    return [last_each_day(f"{title}: {detail}" if detail else title, days) for detail, days in details.items()]


def day_of(text: str) -> str:
    """`22nd Sep 2020` as `2020-09-22`; anything else as it is, for the general reader."""
    match = _WRITTEN_DAY.fullmatch(text)
    if match is None or match[2].casefold() not in _MONTHS:
        return text
    return f"{match[3]}-{_MONTHS.index(match[2].casefold()) + 1:02d}-{int(match[1]):02d}"


def order_of(text: str) -> Order | None:
    """Where in its day an entry stands: a time, or a part of the day. Between the two, and for a whole day, nobody
    can tell."""
    part = text.casefold()
    return ("part", PARTS.index(part)) if part in PARTS else clock(text)


def hours_of(text: str) -> str:
    """`7:30` as 7.5 hours; anything else as it is."""
    match = _HOURS.fullmatch(text)
    if match is None:
        return text
    return plain(round((int(match[1]) + int(match[2]) / 60) * MILLION))


def _amount(texts: Sequence[str]) -> str:
    """The amounts of one day added up; where one is no number, all of them as they are."""
    numbers = [millionths(text) for text in texts]
    known = [number for number in numbers if number is not None]
    return plain(sum(known)) if len(known) == len(texts) else together(texts)
