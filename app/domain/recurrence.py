"""When a reminder is due: wall-clock times in the client's zone, as instants.

A reminder belongs to a *day* (see `schedule`: it ends at `day_end`), so one at 01:00 where days end at
04:00 comes in the night after its day. Where clocks are turned back and a time comes twice, the first is meant;
where they are turned forward and it never comes, the first instant that exists after it, even if that is
on the next date. (RFC 5545, 3.3.5, would keep the offset from before the gap and come an hour late.)
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from app.domain import schedule

WINDOW = timedelta(hours=2)
"""Later than this a reminder is no help any more."""
LEAST = timedelta(minutes=15)
"""A reminder is worth sending for at least so long, however soon the next one or quiet hours come."""
LATER = timedelta(hours=1)
EVERY_DAY = frozenset(range(1, 8))


@dataclass(frozen=True)
class Zones:
    """`name` from the day `since` on; on days before it `before`, where there was another one."""

    name: str
    before: str | None = None
    since: date | None = None

    def on(self, day: date) -> str:
        if self.before is not None and self.since is not None and day < self.since:
            return self.before
        return self.name


@dataclass(frozen=True)
class Quiet:
    """From one wall-clock time until another, over midnight where the second is the earlier."""

    start: time
    end: time

    def holds(self, at: time) -> bool:
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True)
class Rule:
    """All reminders of one fortnight.

    `first_on` to `last_on` are its days; `weekdays` by ISO number (1 is Monday). `every_other` counts from
    `first_on`, which is then day 1. `paused_until` is the first day on which there are reminders again.
    """

    times: tuple[time, ...]
    first_on: date
    last_on: date
    zones: Zones
    day_end: time
    weekdays: frozenset[int] = EVERY_DAY
    every_other: bool = False
    quiet: Quiet | None = None
    paused_until: date | None = None
    not_on: frozenset[date] = field(default_factory=frozenset)

    def is_quiet(self, at: datetime, day: date) -> bool:
        """Whether an instant lies in quiet hours, by the clock that holds on `day`."""
        if self.quiet is None:
            return False
        return self.quiet.holds(at.astimezone(schedule.zone(self.zones.on(day))).time())

    def days(self) -> Iterator[date]:
        """The days on which there are reminders, in order."""
        for number in range((self.last_on - self.first_on).days + 1):
            day = self.first_on + timedelta(days=number)
            if self.takes_place(day):
                yield day

    def takes_place(self, day: date) -> bool:
        """Whether there are reminders on this day."""
        return (
            self.first_on <= day <= self.last_on
            and day.isoweekday() in self.weekdays
            and (not self.every_other or (day - self.first_on).days % 2 == 0)
            and (self.paused_until is None or day >= self.paused_until)
            and day not in self.not_on
        )


@dataclass(frozen=True)
class Due:
    """One reminder: the day it belongs to, the instant it is due, and the instant after which it is stale. UTC."""

    day: date
    at: datetime
    stale_at: datetime


def instant(wall: datetime, zone_name: str) -> datetime:
    """The instant (UTC) at which clocks in the zone show `wall` (naive): the first of two, or, where they never
    do, the first instant after the gap."""
    zone = schedule.zone(zone_name)
    found = wall.replace(tzinfo=zone).astimezone(UTC)
    if found.astimezone(zone).replace(tzinfo=None) == wall:
        return found
    # In a gap: the clocks jump somewhere between these two, at a whole second.
    before, after = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), found
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after


def due_on(rule: Rule, day: date, at: time) -> Due:
    """The reminder of `day` at the wall-clock time `at`, whether or not it takes place."""
    zone = rule.zones.on(day)
    wall = wall_of(day, at, rule.day_end)
    due = instant(wall, zone)
    ends = [due + WINDOW, _closing(rule, wall, zone, at), *_after_a_journey(rule, day, due)]
    return Due(day, due, max(due + LEAST, min(ends)))


def next_due(rule: Rule, at: time, after: datetime, done: date | None = None) -> Due | None:
    """The first reminder at `at` that is due later than `after`, of a day later than `done`; None where the
    fortnight has no more of them.

    Over the date line eastwards a day can be due with the one before it, or sooner: that one is left out.
    """
    day = _day_before(rule, after)
    if done is not None:
        day = max(day, done + timedelta(days=1))
    while day <= rule.last_on:
        if rule.takes_place(day) and instant(wall_of(day, at, rule.day_end), rule.zones.on(day)) > after:
            return due_on(rule, day, at)
        day += timedelta(days=1)
    return None


def later(rule: Rule, day: date, now: datetime) -> Due | None:
    """The reminder of `day` once more, an hour from now; sooner where quiet hours would come before. None where
    there is no room for it before they, the next reminder, or the end of its day come."""
    zone = rule.zones.on(day)
    here = now.astimezone(schedule.zone(zone))
    if rule.is_quiet(now, day):
        return None
    ends = [instant(wall_of(day + timedelta(days=1), rule.day_end, rule.day_end), zone)]
    for end in (*rule.times, *([rule.quiet.start] if rule.quiet else [])):
        for on in (here.date(), here.date() + timedelta(days=1)):
            coming = instant(datetime.combine(on, end), zone)
            if coming > now:
                ends.append(coming)
    at = min(now + LATER, min(ends) - LEAST)
    if at < now + LEAST or rule.is_quiet(at, day):
        return None
    return Due(day, at, min(at + WINDOW, *ends))


def turns_to(zones: Zones, name: str, today: date) -> Zones:
    """The phone is in the zone `name` while it is the day `today` where it was: it holds from the next day on."""
    if zones.name == name:
        return zones
    return Zones(name, before=zones.on(today), since=today + timedelta(days=1))


def wall_of(day: date, at: time, day_end: time) -> datetime:
    """What the clocks show (naive) when the time `at` of this day comes: before `day_end` it is the next date."""
    return datetime.combine(day if at >= day_end else day + timedelta(days=1), at)


def _day_before(rule: Rule, after: datetime) -> date:
    """A day that is certainly not later than the next one due, and not much earlier: a reminder may come on the
    date after its day, and the zone before may still hold."""
    if after.date() < rule.first_on - timedelta(days=3):
        return rule.first_on
    local = after.astimezone(schedule.zone(rule.zones.name)).date()
    return max(rule.first_on, local - timedelta(days=1 if rule.zones.before is None else 3))


def _after_a_journey(rule: Rule, day: date, due: datetime) -> list[datetime]:
    """When the next day's reminders come, where it goes by another zone's clock."""
    following = day + timedelta(days=1)
    zone = rule.zones.on(following)
    if zone == rule.zones.on(day):
        return []
    comings = [instant(wall_of(following, at, rule.day_end), zone) for at in rule.times]
    return [coming for coming in comings if coming > due]


def _closing(rule: Rule, wall: datetime, zone: str, own: time | None) -> datetime:
    """What ends a reminder's window after `wall`: the next reminder, quiet hours, or the end of its day."""
    ends = [rule.day_end, *(at for at in rule.times if at != own)]
    if rule.quiet is not None:
        ends.append(rule.quiet.start)
    today, tomorrow = wall.date(), wall.date() + timedelta(days=1)
    now = wall.time()
    return instant(min(datetime.combine(today if end > now else tomorrow, end) for end in ends), zone)
