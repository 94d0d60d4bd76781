"""What the clocks on the wall show, by watching them: the oracle for when a reminder is due.

A zone is asked one thing only: what it shows at an instant (the way that has one answer). Which instant a wall
time means is found by walking the instants. All numbers are seconds since 1970, of UTC for an instant, of the wall
clock (as if it were UTC) for a face.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import pairwise
from zoneinfo import ZoneInfo

SOME = (
    *("Europe/Berlin", "Europe/London", "Europe/Athens", "Europe/Chisinau", "Atlantic/Azores", "UTC"),
    *("Africa/Cairo", "Africa/Casablanca", "Asia/Beirut", "Asia/Gaza", "Asia/Jerusalem", "Asia/Kathmandu"),
    *("America/New_York", "America/St_Johns", "America/Havana", "America/Santiago", "America/Asuncion"),
    *("America/Nuuk", "America/Scoresbysund", "Antarctica/Troll", "Australia/Lord_Howe", "Pacific/Chatham"),
    *("Asia/Tokyo", "Pacific/Easter", "Pacific/Kiritimati"),
)
"""Twenty-five zones: all that are strange, and some that are not."""
MINUTE, HOUR, DAY = 60, 3600, 86_400
EPOCH = date(1970, 1, 1)
FURTHEST = 15 * HOUR
"""No zone is further from UTC than 14 hours."""


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def face(day: date, at: time) -> int:
    return (day - EPOCH).days * DAY + at.hour * HOUR + at.minute * MINUTE + at.second


def seconds(moment: datetime) -> int:
    return int(moment.timestamp())


def moment(instant: int) -> datetime:
    return datetime.fromtimestamp(instant, UTC)


def offset(name: str, instant: int) -> int:
    found = datetime.fromtimestamp(instant, _zone(name)).utcoffset()
    assert found is not None
    return found.days * DAY + found.seconds


def shown(name: str, instant: int) -> int:
    """The face of the clocks in the zone at an instant."""
    return instant + offset(name, instant)


def watched(name: str, wanted: int) -> int:
    """The first instant at which the clocks show `wanted`; if they never do, the first at which they show more.

    Minute by minute, and to the second at a jump. Slow, and plainly what is meant.
    """
    jump = None
    for instant in range(wanted - FURTHEST, wanted + FURTHEST + DAY, MINUTE):
        now = shown(name, instant)
        if now == wanted:
            return instant
        if now > wanted and jump is None:
            jump = instant
    assert jump is not None
    return next(each for each in range(jump - MINUTE, jump + 1) if shown(name, each) > wanted)


@lru_cache(maxsize=16_384)
def spans(name: str, year: int) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """The stretches of a year (and three days around it) with one offset: where they begin, where they end, the
    offset. Looked at hourly, then to the second."""
    begin = face(date(year, 1, 1), time()) - 3 * DAY
    end = face(date(year + 1, 1, 1), time()) + 3 * DAY
    starts, offsets = [begin], [offset(name, begin)]
    for hour in range(begin, end, HOUR):
        if offset(name, hour + HOUR) == offsets[-1]:
            continue
        low, high = hour, hour + HOUR
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(name, middle) == offsets[-1] else (low, middle)
        starts.append(high)
        offsets.append(offset(name, high))
    return tuple(starts), (*starts[1:], end), tuple(offsets)


def first(name: str, wanted: int) -> int:
    """The same as `watched`, by the stretches: a thousand times as fast."""
    starts, ends, offsets = spans(name, moment(wanted).year)
    for place in range(bisect_right(starts, wanted - FURTHEST) - 1, len(starts)):
        instant = wanted - offsets[place]
        if instant < starts[place]:
            return starts[place]  # the stretch opens with a face beyond the wanted one
        if instant < ends[place]:
            return instant
    raise AssertionError((name, wanted))


def changes(name: str, year: int) -> list[tuple[int, int, int]]:
    """Each change of the offset within a year: the instant, and the offsets before and after it."""
    starts, _, offsets = spans(name, year)
    found = zip(starts[1:], pairwise(offsets), strict=True)
    return [(start, before, after) for start, (before, after) in found if moment(start).year == year]


def days_of_change(names: Iterable[str], year: int) -> list[date]:
    """The local dates between which or on which some clock was changed."""
    faces = {
        start + shift for name in names for start, *both in changes(name, year) for shift in (both[0] - 1, both[1])
    }
    return sorted({EPOCH + timedelta(days=each // DAY) for each in faces})


def wanted_on(day: date, at: time, day_end: time) -> int:
    """The face meant by a time on a diary's day: before `day_end` it comes in the night after."""
    by_date = face(day, at)
    return by_date + DAY if by_date < face(day, day_end) else by_date


def comings(wanted: int, ends: Iterable[time]) -> Iterator[int]:
    """Of each time of day, the face of its next coming after the face `wanted`."""
    midnight = wanted - wanted % DAY
    for end in ends:
        today = midnight + face(EPOCH, end)
        yield today if today > wanted else today + DAY


NIGHTS = [
    ("Europe/Berlin", "2027-03-28 01:59", "2027-03-28 00:59"),
    ("Europe/Berlin", "2027-03-28 02:00", "2027-03-28 01:00"),  # the gap, and all of it
    ("Europe/Berlin", "2027-03-28 02:30", "2027-03-28 01:00"),
    ("Europe/Berlin", "2027-03-28 02:59:59", "2027-03-28 01:00"),
    ("Europe/Berlin", "2027-03-28 03:00", "2027-03-28 01:00"),
    ("Europe/Berlin", "2027-10-31 01:59", "2027-10-30 23:59"),
    ("Europe/Berlin", "2027-10-31 02:00", "2027-10-31 00:00"),  # twice: the first
    ("Europe/Berlin", "2027-10-31 02:59", "2027-10-31 00:59"),
    ("Europe/Berlin", "2027-10-31 03:00", "2027-10-31 02:00"),
    ("America/New_York", "2027-03-14 02:30", "2027-03-14 07:00"),
    ("America/New_York", "2027-11-07 01:30", "2027-11-07 05:30"),
    ("America/New_York", "2027-11-07 02:00", "2027-11-07 07:00"),
    ("Australia/Lord_Howe", "2027-10-03 02:15", "2027-10-02 15:30"),  # half an hour
    ("Australia/Lord_Howe", "2027-10-03 02:30", "2027-10-02 15:30"),
    ("Australia/Lord_Howe", "2027-04-04 01:45", "2027-04-03 14:45"),
    ("Australia/Lord_Howe", "2027-04-04 02:00", "2027-04-03 15:30"),
    ("Pacific/Chatham", "2027-09-26 03:00", "2027-09-25 14:00"),  # from 02:45 to 03:45
    ("Pacific/Apia", "2011-12-29 23:59", "2011-12-30 09:59"),
    ("Pacific/Apia", "2011-12-30 10:00", "2011-12-30 10:00"),  # a date that never was: 31st, 00:00
    ("Pacific/Apia", "2011-12-31 00:00", "2011-12-30 10:00"),
    ("America/Nuuk", "2023-03-25 22:30", "2023-03-26 01:00"),
    ("America/Nuuk", "2027-03-27 22:59", "2027-03-28 00:59"),
    ("America/Nuuk", "2027-03-27 23:00", "2027-03-28 01:00"),  # the first instant is on the next date
    ("America/Nuuk", "2027-10-30 23:30", "2027-10-31 00:30"),
    ("America/Nuuk", "2027-10-31 00:00", "2027-10-31 02:00"),
    (
        "America/Scoresbysund",
        "2024-03-31 00:30",
        "2024-03-31 01:30",
    ),  # zone and summer time changed: nothing moved
    ("America/Scoresbysund", "2027-03-27 23:15", "2027-03-28 01:00"),
    ("Africa/Cairo", "2027-04-30 00:00", "2027-04-29 22:00"),  # a day without its midnight
    ("Africa/Cairo", "2027-04-30 00:30", "2027-04-29 22:00"),
    ("Africa/Cairo", "2027-10-28 23:30", "2027-10-28 20:30"),
    ("Africa/Cairo", "2027-10-29 00:00", "2027-10-28 22:00"),
    ("Asia/Beirut", "2027-03-28 00:00", "2027-03-27 22:00"),
    ("America/Asuncion", "2024-10-06 00:30", "2024-10-06 04:00"),
    ("America/Asuncion", "2027-10-03 00:30", "2027-10-03 03:30"),  # no changes any more
    ("America/Santiago", "2027-09-05 00:30", "2027-09-05 04:00"),
    ("America/Santiago", "2027-04-03 23:30", "2027-04-04 02:30"),
    ("America/Havana", "2028-03-12 00:30", "2028-03-12 05:00"),
    ("America/Havana", "2028-11-05 00:30", "2028-11-05 04:30"),
    ("Atlantic/Azores", "2027-03-28 00:30", "2027-03-28 01:00"),
    ("Antarctica/Troll", "2027-03-28 01:30", "2027-03-28 01:00"),  # two hours
    ("Antarctica/Troll", "2027-03-28 02:30", "2027-03-28 01:00"),
    ("Antarctica/Troll", "2027-10-31 01:30", "2027-10-30 23:30"),
    ("Antarctica/Troll", "2027-10-31 03:00", "2027-10-31 03:00"),
    ("Africa/Casablanca", "2026-03-22 02:30", "2026-03-22 02:00"),
    ("America/Phoenix", "2027-03-14 02:30", "2027-03-14 09:30"),
    ("Asia/Kathmandu", "2027-06-01 08:00", "2027-06-01 02:15"),
]
"""A zone, a wall time, and the instant meant by it (UTC): found by hand."""
