"""Local days: which day an instant belongs to, and which days of an experiment may be written.

A day ends at `day_end` local time (04:00 unless moved): what is written at 02:30 belongs to the evening before.
Zones are IANA names; the rules come from the tzdata package.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones, reset_tzpath

import tzdata  # type: ignore[import-untyped]

from app.domain.errors import Invalid

SKEW = timedelta(minutes=10)
MIDNIGHT = "00:00"
"""The day end of what belongs to no fortnight: a session, a note."""
reset_tzpath(to=())  # the machine's own copy of the rules may be years behind


@dataclass(frozen=True)
class Window:
    """The days of one experiment: `start_on` is day 1, `stopped_on` the local day on which it was stopped."""

    start_on: date
    length_days: int
    stopped_on: date | None = None

    @property
    def end_on(self) -> date:
        """The last day as planned: stopping does not move it."""
        return self.start_on + timedelta(days=self.length_days - 1)

    @property
    def last_on(self) -> date:
        """The last day that counts and can be written. Before `start_on` where it was stopped before day 1."""
        return self.end_on if self.stopped_on is None else min(self.end_on, self.stopped_on)

    def holds(self, day: date) -> bool:
        """Whether `day` can be written, shown and counted."""
        return self.start_on <= day <= self.last_on

    def number(self, day: date) -> int:
        """Day 1 is the first; days outside give numbers outside 1 to `length_days`."""
        return (day - self.start_on).days + 1

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.start_on + timedelta(days=number) for number in range(self.length_days))


@lru_cache(maxsize=1)
def _known_zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone by its IANA name. Raises `Invalid` (zone-unknown)."""
    if name not in _known_zones():
        raise Invalid(errors=({"field": "zone", "code": "zone-unknown"},))
    return ZoneInfo(name)


def edition() -> str:
    """Which rules these are: the release of the package that they are read from."""
    release: str = tzdata.__version__
    return release


@lru_cache(maxsize=256)
def clock_time(text: str) -> time:
    """`"04:00"` as a time."""
    return time.fromisoformat(text)


def local_day(now: datetime, zone_name: str, day_end: str) -> date:
    """The local day that `now` belongs to: the wall clock decides, so a night with 23 or 25 hours is one day."""
    local = now.astimezone(zone(zone_name))
    ended = local.time() >= clock_time(day_end)
    return local.date() if ended else local.date() - timedelta(days=1)


def check_day(day: date, window: Window, now: datetime, zone_name: str, day_end: str) -> None:
    """Raises `Invalid` where a check-in for `day` cannot be: before the start, after the end or
    the day of the stop, in the future.

    The future is judged in the zone the phone sent, so that a traveller's evening is never refused.
    """
    if day < window.start_on:
        raise Invalid("day-before-start")
    if day > window.last_on:
        raise Invalid("day-after-end")
    if day > local_day(now, zone_name, day_end):
        raise Invalid("day-in-future")


def is_skewed(written_at: datetime, received_at: datetime, day: date, zone_name: str, day_end: str) -> bool:
    """True where the phone's clock cannot be right: ahead of ours by ten minutes, or before the day it is about.

    Being merely behind is no sign: what was written offline arrives days later.
    """
    return written_at - received_at > SKEW or local_day(written_at + SKEW, zone_name, day_end) < day
