"""Which day an instant belongs to, in every zone of the tz database, against an oracle of another kind.

The oracle knows no `date()` and no comparison of wall clocks: it lays the zone's offsets out as a table of spans
(where the offset changes, found by bisection), turns an instant into seconds of the wall clock by adding the
offset, takes the day end off, and divides by 86,400.
"""

import zoneinfo
from bisect import bisect_right
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from app.domain import schedule
from app.domain.errors import Invalid
from hypothesis import given, settings
from hypothesis import strategies as st

ZONES = sorted(available_timezones())
DAY_ENDS = ("00:00", "02:00", "02:30", "03:00", "04:00", "05:59", "12:00", "23:59")
STEP = 6 * 3600
EPOCH = date(1970, 1, 1)


def instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def at(year: int) -> int:
    return int(datetime(year, 1, 1, tzinfo=UTC).timestamp())


@lru_cache(maxsize=4096)
def offset(name: str, seconds: int) -> int:
    found = instant(seconds).astimezone(ZoneInfo(name)).utcoffset()
    assert found is not None
    return int(found.total_seconds())


@lru_cache(maxsize=2048)
def spans(name: str, first: int, last: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """When the offset changes between two years (seconds since 1970), and the offset from then on."""
    starts, offsets = [at(first)], [offset(name, at(first))]
    for begin in range(at(first), at(last), STEP):
        low, high = begin, begin + STEP
        if offset(name, high) == offsets[-1]:
            continue
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(name, middle) == offsets[-1] else (low, middle)
        starts.append(high)
        offsets.append(offset(name, high))
    return tuple(starts), tuple(offsets)


def expected(name: str, seconds: int, day_end: str, years: tuple[int, int]) -> date:
    starts, offsets = spans(name, *years)
    hours, minutes = (int(part) for part in day_end.split(":"))
    wall = seconds + offsets[bisect_right(starts, seconds) - 1]
    return EPOCH + timedelta(days=(wall - hours * 3600 - minutes * 60) // 86_400)


def around(name: str, years: tuple[int, int]) -> Iterator[int]:
    """Instants of every transition day: to the second at the jump, and every half hour a day and a half around."""
    for start in spans(name, *years)[0][1:]:
        yield from (start - 1, start, start + 1)
        yield from range(start - 36 * 3600, start + 36 * 3600, 1800)


def check(zones: list[str], years: tuple[int, int], day_ends: tuple[str, ...] = DAY_ENDS) -> int:
    """Compare on every transition day; days never run backwards further than the clock itself does."""
    checked = 0
    for name in zones:
        for seconds in around(name, years):
            now = instant(seconds)
            for day_end in day_ends:
                assert schedule.local_day(now, name, day_end) == expected(name, seconds, day_end, years), (
                    name,
                    now,
                    day_end,
                )
                checked += 1
    return checked


def each_rule_once(years: tuple[int, int]) -> list[str]:
    """One name for each set of spans that has a jump in these years."""
    by_rules = {spans(name, *years): name for name in ZONES}
    return [name for (starts, _), name in by_rules.items() if len(starts) > 1]


def test_every_zone_on_every_transition_day() -> None:
    """2026 and 2027. Names that share their rules share their hours; one instant a month is asked of each name."""
    moving = each_rule_once((2026, 2028))
    assert len(ZONES) > 590
    assert len(moving) > 20
    assert check(moving, (2026, 2028)) > 50_000
    for name in ZONES:
        for month in range(1, 13):
            seconds = int(datetime(2027, month, 14, 3, 59, 59, tzinfo=UTC).timestamp())
            assert schedule.local_day(instant(seconds), name, "04:00") == expected(
                name, seconds, "04:00", (2026, 2028)
            )


@pytest.mark.nightly
def test_every_zone_on_every_transition_day_since_1970() -> None:
    assert check(each_rule_once((1970, 2038)), (1970, 2038), ("04:00",)) > 1_000_000


HISTORY = [
    ("Pacific/Apia", (2011, 2013)),  # 2011-12-30 never was
    ("Pacific/Kwajalein", (1993, 1994)),  # 1993-08-21 never was
    ("America/Nuuk", (2023, 2025)),  # the jump falls on the evening of the day before
    ("America/Scoresbysund", (2024, 2025)),
    ("Asia/Gaza", (2023, 2026)),
    ("Africa/Casablanca", (2024, 2027)),  # an hour back for Ramadan
    ("Australia/Lord_Howe", (2026, 2028)),  # half an hour
    ("Antarctica/Troll", (2026, 2028)),  # two hours
    ("Antarctica/Casey", (2010, 2024)),  # three hours, in the night
    ("Africa/Juba", (2021, 2022)),
    ("Asia/Pyongyang", (2015, 2019)),  # half an hour at half past eleven
    ("America/Caracas", (2007, 2017)),
]


@pytest.mark.parametrize(("name", "years"), HISTORY)
def test_strange_days(name: str, years: tuple[int, int]) -> None:
    assert check([name], years) > 500


def test_a_day_that_never_was_belongs_to_nobody() -> None:
    seconds = range(at(2011) + 360 * 86_400, at(2012) + 5 * 86_400, 900)
    days = {schedule.local_day(instant(each), "Pacific/Apia", "00:00") for each in seconds}
    assert date(2011, 12, 30) not in days
    assert {date(2011, 12, 29), date(2011, 12, 31)} <= days
    window = schedule.Window(date(2011, 12, 28), 7)
    late_on_the_29th = datetime(2011, 12, 30, 9, 59, tzinfo=UTC)
    schedule.check_day(date(2011, 12, 29), window, late_on_the_29th, "Pacific/Apia", "04:00")
    a_day_later = late_on_the_29th + timedelta(hours=19)
    schedule.check_day(date(2011, 12, 31), window, a_day_later, "Pacific/Apia", "04:00")


def test_a_stop_closes_the_days_after_it_and_no_other() -> None:
    start = date(2026, 3, 9)
    for stopped_on, last in (
        (None, date(2026, 3, 22)),
        (date(2026, 3, 12), date(2026, 3, 12)),
        (date(2026, 3, 22), date(2026, 3, 22)),
        (date(2026, 3, 8), date(2026, 3, 8)),  # before day 1: no day is left
    ):
        window = schedule.Window(start, 14, stopped_on)
        assert (window.end_on, window.last_on) == (date(2026, 3, 22), last)
        for offset in range(-2, 16):
            day = start + timedelta(days=offset)
            assert window.holds(day) == (start <= day <= last)
            try:
                schedule.check_day(day, window, instant(at(2027)), "UTC", "04:00")
                found = None
            except Invalid as refused:
                found = refused.code
            assert found == (None if window.holds(day) else "day-before-start" if day < start else "day-after-end")


INSTANTS = st.integers(at(2020), at(2037))
NAMES = st.sampled_from(ZONES)
ENDS = st.builds("{:02d}:{:02d}".format, st.integers(0, 23), st.integers(0, 59))


@settings(max_examples=300, deadline=None)
@given(INSTANTS, NAMES, ENDS, st.integers(0, 7 * 86_400))
def test_days_never_run_backwards_but_for_the_clock_itself(
    seconds: int, name: str, day_end: str, later: int
) -> None:
    """Every instant has one day, and a later one never an earlier day (where a clock set back crosses the day end
    itself, the evening is the same day twice: never more than one day back, and never for over three hours)."""
    first = schedule.local_day(instant(seconds), name, day_end)
    second = schedule.local_day(instant(seconds + later), name, day_end)
    if later >= 3 * 3600:
        assert second >= first
    assert second >= first - timedelta(days=1)
    assert second - first <= timedelta(seconds=later) + timedelta(days=2)


@settings(max_examples=300, deadline=None)
@given(INSTANTS, NAMES, ENDS, st.integers(0, 27), st.integers(7, 28))
def test_the_phones_own_today_is_taken_wherever_it_is(
    seconds: int, name: str, day_end: str, number: int, length: int
) -> None:
    """A traveller's evening is never refused: the phone's own today is writable, and so is every day before."""
    now = instant(seconds)
    today = schedule.local_day(now, name, day_end)
    window = schedule.Window(today - timedelta(days=min(number, length - 1)), length)
    for day in window.days:
        if day <= today:
            schedule.check_day(day, window, now, name, day_end)
        else:
            with pytest.raises(Invalid) as refused:
                schedule.check_day(day, window, now, name, day_end)
            assert refused.value.code == "day-in-future"
    for day, code in (
        (window.start_on - timedelta(days=1), "day-before-start"),
        (window.end_on + timedelta(days=1), "day-after-end"),
    ):
        with pytest.raises(Invalid) as refused:
            schedule.check_day(day, window, now, name, day_end)
        assert refused.value.code == code


@settings(max_examples=200, deadline=None)
@given(INSTANTS, NAMES, NAMES, ENDS)
def test_two_zones_are_never_more_than_two_days_apart(seconds: int, one: str, other: str, day_end: str) -> None:
    days = [schedule.local_day(instant(seconds), name, day_end) for name in (one, other)]
    assert abs(days[0] - days[1]) <= timedelta(days=2)


@settings(max_examples=200, deadline=None)
@given(INSTANTS, NAMES, ENDS, st.integers(0, 40 * 86_400))
def test_what_was_written_offline_is_never_called_skewed(seconds: int, name: str, day_end: str, late: int) -> None:
    written = instant(seconds)
    day = schedule.local_day(written, name, day_end)
    assert not schedule.is_skewed(written, written + timedelta(seconds=late), day, name, day_end)
    assert schedule.is_skewed(written, written - timedelta(minutes=11), day, name, day_end)


@pytest.mark.parametrize("name", ["Mars/Base", "", "../etc/passwd", "europe/berlin", "Europe/Berlin "])
def test_an_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(Invalid):
        schedule.zone(name)


def test_the_rules_come_from_the_package_and_not_from_the_machine() -> None:
    assert zoneinfo.TZPATH == ()
    assert sorted(available_timezones()) == ZONES
