"""Numbers, days and names as a chart writes them: short, plain, one way everywhere."""

from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from html import escape
from unicodedata import east_asian_width

from app.core.catalogue import text
from app.domain.report import Day, Measure
from app.domain.rounding import one_decimal, spoken

LINE = 1.3
"""The height of a line of text in its own size; Plotly's own value."""

JOINERS = "\u200c\u200d\u00ad"
"""Unseen, but part of how some words and emoji are written."""


@lru_cache(maxsize=2048)
def fixed(key: str, locale: str, **ours: int | float | str) -> str:
    """Words that hold nothing a client wrote, remembered: wording takes most of the time a chart takes."""
    return text(key, locale, **ours)


def value(number: float, measure: Measure) -> str:
    """An answer: 6, and for hours 6½."""
    whole = int(number)
    if measure.unit == "hours" and number - whole == 0.5:
        return f"{whole or ''}½"
    return f"{number:g}"


def average(number: float) -> str:
    """A mean or median: always one decimal."""
    return f"{one_decimal(number):.1f}"


def span(low: float, high: float, measure: Measure, locale: str) -> str:
    if low == high:
        return value(low, measure)
    return text("figures-from-to", locale, low=value(low, measure), high=value(high, measure))


def days(n: int, locale: str) -> str:
    return fixed("figures-days", locale, n=n)


def difference(by: float, measure: Measure, locale: str) -> str:
    """A difference in words, as rounded as it comes: "2 points lower", "0.5 hours longer", "no difference"."""
    if by == 0:
        return text("figures-difference-none", locale)
    side = "higher" if by > 0 else "lower"
    return text("figures-difference", locale, side=side, size=spoken(abs(by)), unit=measure.unit)


@lru_cache(maxsize=2048)
def day_name(day: date, number: int, locale: str, *, counted_from: int | None) -> str:
    """ "Mon 2 Mar", or "Day 3" in a diary that counts its days, as it counts them."""
    if counted_from is not None:
        return text("figures-day-number", locale, n=counted_from + number - 1)
    weekday, month = (
        fixed(key, locale) for key in (f"figures-weekday-{day.weekday()}", f"figures-month-short-{day.month}")
    )
    return text("figures-day", locale, weekday=weekday, day=day.day, month=month)


def day_cell(day: Day, locale: str, *, counted_from: int | None) -> str:
    """The first cell of a day's row; an answer written after the comparison was opened says so."""
    name = day_name(day.date, day.number, locale, counted_from=counted_from)
    return text("figures-day-late", locale, day=name) if day.late else name


def long_date(day: date, locale: str) -> str:
    """ "2 March 2026"."""
    return fixed("result-date", locale, day=day.day, month=day.month, year=str(day.year))


def short_date(day: date, locale: str) -> str:
    """ "2 Mar": a tick where fourteen initials have no room."""
    month = fixed(f"figures-month-short-{day.month}", locale)
    return text("figures-day-short", locale, day=day.day, month=month)


def name(measure: Measure, locale: str) -> str:
    return plain(text(measure.name, locale))


def heading(words: str) -> str:
    """The same words with a first capital, for a label that stands alone."""
    return words[:1].upper() + words[1:]


def plain(words: str) -> str:
    """One line, whatever a person wrote: no line breaks, soft hyphens, tabs, control or direction marks."""
    words = words.replace("\u00ad", "")
    return " ".join("".join(c if c.isprintable() or c in JOINERS else " " for c in words).split())


def for_plotly(words: str) -> str:
    """Plotly reads a little HTML in every text, so what people wrote goes in escaped, `<br>` between lines."""
    return "<br>".join(escape(line, quote=False) for line in words.split("\n"))


def width(words: str, size: float, *, bold: bool = False) -> float:
    """A careful guess of the width in pixels, in a face as wide as Atkinson Hyperlegible."""
    em = 0.57 if bold else 0.54
    return size * sum(1.0 if east_asian_width(c) in "WF" else em for c in words)


def wrap(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    """The words on as many lines as they need in `room` pixels; a longer word is broken, nothing is cut."""
    return list(_lines(words, room, size, bold)) or [""]


def _lines(words: str, room: float, size: float, bold: bool) -> Iterator[str]:
    line = ""
    for word in words.split():
        fits = f"{line} {word}" if line else word
        if width(fits, size, bold=bold) <= room:
            line = fits
            continue
        if line:
            yield line
        line = word
        while width(line, size, bold=bold) > room and len(line) > 1:
            cut = next(n for n in range(len(line), 0, -1) if n == 1 or width(line[:n], size, bold=bold) <= room)
            yield line[:cut]
            line = line[cut:]
    if line:
        yield line
