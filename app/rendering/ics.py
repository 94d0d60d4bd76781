"""Reminders as iCalendar (RFC 5545), for phones that push cannot reach; and a fortnight as one entry.

Times are floating (3.3.5, form 1): an hour is an hour wherever the phone is. Each day is an entry of its own, so
that "every other day", pauses and the last day need no rule that calendars read differently. The title is one of
the neutral texts; nothing else is said.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from app.core.catalogue import text
from app.domain.recurrence import Rule, wall_of
from app.domain.schedule import clock_time

if TYPE_CHECKING:
    from icalendar import Calendar

LASTS = timedelta(minutes=5)
FORM = "1"
"""Another one whenever `calendar` makes something else of the same entries: what was fetched is old then."""


@dataclass(frozen=True)
class Entry:
    """One time of day under its rule: `key` makes what comes of it the same ones each time they are fetched."""

    key: str
    at: str
    words: str
    rule: Rule

    @property
    def title(self) -> str:
        return text(f"reminder-words-{'minute' if self.words == 'blank' else self.words}")


def mark(entries: Sequence[Entry]) -> str:
    """What tells two calendars apart without making them: everything that goes into one but the time of asking."""
    made = hashlib.sha256(repr((FORM, text("reminder-calendar-name"))).encode())
    for entry in entries:
        days = [day.isoformat() for day in entry.rule.days()]
        made.update(repr((entry.key, entry.at, entry.title, entry.rule.day_end.isoformat(), days)).encode())
    return made.hexdigest()[:32]


def calendar(entries: Sequence[Entry], now: datetime) -> bytes:
    """The calendar as bytes; without entries an empty one, which takes away what was there."""
    from icalendar import Alarm, Event  # noqa: PLC0415 - heavy

    whole = _begun()
    whole.add("x-wr-calname", text("reminder-calendar-name"))
    whole.add("refresh-interval", timedelta(hours=4), parameters={"value": "DURATION"})
    whole.add("x-published-ttl", "PT4H")
    for entry in entries:
        for day in entry.rule.days():
            event = Event()
            event.add("uid", _uid(f"{entry.key}|{day}"))
            event.add("dtstamp", now)
            event.add("dtstart", wall_of(day, clock_time(entry.at), entry.rule.day_end))
            event.add("duration", LASTS)
            event.add("summary", entry.title)
            event.add("transp", "TRANSPARENT")
            event.add("class", "PRIVATE")
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", entry.title)
            alarm.add("trigger", timedelta(0))
            event.add_component(alarm)
            whole.add_component(event)
    ical: bytes = whole.to_ical()
    return ical


def over_days(key: str, first_on: date, last_on: date, now: datetime) -> bytes:
    """One entry for whole days, from the first to the last one (3.6.1: DTEND is the day after). It takes nobody's
    time and says as little as a reminder does. `key`: makes it the same entry each time it is read in."""
    from icalendar import Event  # noqa: PLC0415 - heavy

    whole = _begun()
    event = Event()
    event.add("uid", _uid(key))
    event.add("dtstamp", now)
    event.add("dtstart", first_on)
    event.add("dtend", last_on + timedelta(days=1))
    event.add("summary", text("reminder-calendar-name"))
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    whole.add_component(event)
    ical: bytes = whole.to_ical()
    return ical


def _begun() -> "Calendar":
    from icalendar import Calendar  # noqa: PLC0415 - heavy

    whole = Calendar()
    whole.add("prodid", "-//Fortnight//EN")
    whole.add("version", "2.0")
    return whole


def _uid(key: str) -> str:
    return f"{hashlib.sha256(key.encode()).hexdigest()[:32]}@fortnight"
