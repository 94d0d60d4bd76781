"""Reminders as iCalendar (RFC 5545), for phones that push cannot reach.

Times are floating (3.3.5, form 1): an hour is an hour wherever the phone is. Each day is an entry of its own, so
that "every other day", pauses and the last day need no rule that calendars read differently. The title is one of
the neutral texts; nothing else is said.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.core.catalogue import text
from app.domain.recurrence import Rule
from app.domain.schedule import clock_time

LASTS = timedelta(minutes=5)


@dataclass(frozen=True)
class Entry:
    """One time of day: `key` makes its entries the same ones each time they are fetched."""

    key: str
    at: str
    words: str


def calendar(entries: Sequence[Entry], rule: Rule | None, now: datetime) -> bytes:
    """The calendar as bytes; without entries an empty one, which takes away what was there."""
    from icalendar import Alarm, Calendar, Event  # noqa: PLC0415 - heavy

    whole = Calendar()
    whole.add("prodid", "-//Fortnight//EN")
    whole.add("version", "2.0")
    whole.add("x-wr-calname", text("reminder-calendar-name"))
    whole.add("refresh-interval", timedelta(hours=4), parameters={"value": "DURATION"})
    whole.add("x-published-ttl", "PT4H")
    for entry in entries:
        title = text(f"reminder-words-{'minute' if entry.words == 'blank' else entry.words}")
        for day, start in _days(entry, rule):
            event = Event()
            event.add("uid", f"{hashlib.sha256(f'{entry.key}|{day}'.encode()).hexdigest()[:32]}@fortnight")
            event.add("dtstamp", now)
            event.add("dtstart", start)
            event.add("duration", LASTS)
            event.add("summary", title)
            event.add("transp", "TRANSPARENT")
            event.add("class", "PRIVATE")
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title)
            alarm.add("trigger", timedelta(0))
            event.add_component(alarm)
            whole.add_component(event)
    ical: bytes = whole.to_ical()
    return ical


def _days(entry: Entry, rule: Rule | None) -> Iterator[tuple[date, datetime]]:
    if rule is None:
        return
    at = clock_time(entry.at)
    day = rule.first_on
    while day <= rule.last_on:
        if rule.takes_place(day):
            on = day if at >= rule.day_end else day + timedelta(days=1)
            yield day, datetime.combine(on, at)
        day += timedelta(days=1)
