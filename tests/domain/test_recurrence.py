"""When reminders are due: by name, and against clocks watched minute by minute (`clocks.py` beside it)."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import available_timezones

import pytest
from app.domain import recurrence
from app.domain.recurrence import Due, Quiet, Rule, Zones
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.domain import clocks
from tests.domain.clocks import DAY, HOUR, MINUTE, SOME

ZONES = sorted(available_timezones())
FOUR, MONDAY = time(4), date(2027, 3, 1)


def rule(
    *times: str,
    zone: str | Zones = "Europe/Berlin",
    first_on: date = MONDAY,
    days: int = 14,
    day_end: time = FOUR,
    weekdays: Iterable[int] = range(1, 8),
    every_other: bool = False,
    quiet: tuple[str, str] | None = None,
    paused_until: date | None = None,
    not_on: Iterable[date] = (),
) -> Rule:
    return Rule(
        tuple(map(time.fromisoformat, times)),
        first_on,
        first_on + timedelta(days=days - 1),
        Zones(zone) if isinstance(zone, str) else zone,
        day_end,
        frozenset(weekdays),
        every_other,
        Quiet(time.fromisoformat(quiet[0]), time.fromisoformat(quiet[1])) if quiet else None,
        paused_until,
        frozenset(not_on),
    )


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def walk(of: Rule, at: time, after: datetime) -> list[Due]:
    found: list[Due] = []
    while due := recurrence.next_due(of, at, after):
        assert due.at > after
        found.append(due)
        after = due.at
    return found


def days_of(of: Rule) -> list[int]:
    """The days of March on which the rule's first reminder comes."""
    found = [due.day for due in walk(of, of.times[0], utc("2027-01-01"))]
    assert {day.month for day in found} <= {3}
    return [day.day for day in found]


@pytest.mark.parametrize(("zone", "wall", "instant"), clocks.NIGHTS)
def test_named_nights(zone: str, wall: str, instant: str) -> None:
    naive = datetime.fromisoformat(wall)
    assert recurrence.instant(naive, zone) == utc(instant)
    if not naive.second:
        assert clocks.watched(zone, clocks.face(naive.date(), naive.time())) == clocks.seconds(utc(instant))


def test_after_midnight_belongs_to_the_day_before() -> None:
    of = rule("01:00", "04:00", "23:00", days=2)
    assert [(due.day, due.at) for due in walk(of, time(1), utc("2027-01-01"))] == [
        (date(2027, 3, 1), utc("2027-03-02 00:00")),
        (date(2027, 3, 2), utc("2027-03-03 00:00")),  # on the date after the last day, and still its reminder
    ]
    assert recurrence.due_on(of, MONDAY, time(4)).at == utc("2027-03-01 03:00")
    assert recurrence.due_on(of, MONDAY, time(3, 59)).at == utc("2027-03-02 02:59")
    midnight = rule("00:00", day_end=time(0))
    assert recurrence.due_on(midnight, MONDAY, time(0)).at == utc("2027-02-28 23:00")


def test_days_on_which_there_are_reminders() -> None:
    assert days_of(rule("20:00")) == list(range(1, 15))
    assert days_of(rule("20:00", weekdays=(1, 7))) == [1, 7, 8, 14]
    assert days_of(rule("20:00", every_other=True)) == [1, 3, 5, 7, 9, 11, 13]
    assert days_of(rule("20:00", every_other=True, first_on=date(2027, 3, 2))) == [2, 4, 6, 8, 10, 12, 14]
    assert days_of(rule("20:00", every_other=True, weekdays=(1, 2, 3, 4, 5))) == [1, 3, 5, 9, 11]
    assert days_of(rule("20:00", paused_until=date(2027, 3, 10))) == [10, 11, 12, 13, 14]
    assert days_of(rule("20:00", paused_until=date(2027, 3, 15))) == []
    assert days_of(rule("20:00", paused_until=date(2027, 1, 1))) == list(range(1, 15))
    assert days_of(rule("20:00", not_on=(date(2027, 3, 2), date(2027, 3, 14)))) == [1, *range(3, 14)]
    # The weekday is the diary's, not the calendar's: Monday's 01:00 comes on a Tuesday.
    monday = walk(rule("01:00", weekdays=(1,)), time(1), utc("2027-01-01"))
    assert [due.at for due in monday] == [utc("2027-03-02 00:00"), utc("2027-03-09 00:00")]


def test_the_next_one_is_strictly_later() -> None:
    of = rule("20:00")
    due = utc("2027-03-05 19:00")
    for after, day in ((due - timedelta(seconds=1), 5), (due, 6), (due + timedelta(seconds=1), 6)):
        found = recurrence.next_due(of, time(20), after)
        assert found is not None
        assert found.day.day == day
    assert recurrence.next_due(of, time(20), utc("2027-03-14 18:59:59")) is not None
    assert recurrence.next_due(of, time(20), utc("2027-03-14 19:00")) is None
    first = recurrence.next_due(of, time(20), utc("2000-01-01"))
    assert first == recurrence.due_on(of, MONDAY, time(20))
    night = rule("01:00", zone="America/New_York")  # Wednesday's comes on Thursday, at six by UTC
    found = recurrence.next_due(night, time(1), utc("2027-03-04 05:59"))
    assert found == recurrence.due_on(night, date(2027, 3, 3), time(1))


def test_quiet_hours() -> None:
    night, noon = Quiet(time(22), time(7)), Quiet(time(12), time(14))
    hours = ("21:59", "22:00", "00:00", "06:59", "07:00", "11:59", "12:00", "13:59", "14:00")
    assert [at for at in hours if night.holds(time.fromisoformat(at))] == ["22:00", "00:00", "06:59"]
    assert [at for at in hours if noon.holds(time.fromisoformat(at))] == ["12:00", "13:59"]


STALE = [
    (rule("20:00"), "20:00", 120),
    (rule("20:00", "21:00"), "20:00", 60),  # the next reminder
    (rule("20:00", "20:05"), "20:00", 15),  # but fifteen minutes at the least
    (rule("20:00", "20:16"), "20:00", 16),
    (rule("20:00", quiet=("21:30", "07:00")), "20:00", 90),
    (rule("20:00", quiet=("20:01", "07:00")), "20:00", 15),
    (rule("20:00", "20:40", quiet=("20:30", "07:00")), "20:00", 30),
    (rule("03:00"), "03:00", 60),  # the end of the day
    (rule("04:00"), "04:00", 120),
    (rule("23:30", "00:30"), "23:30", 60),  # over midnight
    (rule("23:30", day_end=time(0)), "23:30", 30),
]


@pytest.mark.parametrize(("of", "at", "minutes"), STALE)
def test_when_a_reminder_is_stale(of: Rule, at: str, minutes: int) -> None:
    due = recurrence.due_on(of, MONDAY, time.fromisoformat(at))
    assert due.stale_at - due.at == timedelta(minutes=minutes)


def test_stale_in_the_nights_of_change() -> None:
    """By the hours that pass, not by those the clock shows."""
    spring, autumn = date(2027, 3, 27), date(2027, 10, 30)
    of = rule("01:30", "03:15", first_on=spring, days=300)
    assert recurrence.due_on(of, spring, time(1, 30)).stale_at == utc("2027-03-28 01:15")
    assert recurrence.due_on(of, autumn, time(1, 30)).stale_at == utc("2027-10-31 01:30")
    due = recurrence.due_on(rule("02:30", "02:45", first_on=spring), spring, time(2, 30))
    assert due == Due(spring, utc("2027-03-28 01:00"), utc("2027-03-28 01:15"))


LATER = [
    (rule("20:00"), "20:10", "21:10", "23:10"),
    (rule("20:00", "21:00"), "20:30", "20:45", "21:00"),
    (rule("20:00", "21:00"), "20:31", None, None),
    (rule("20:00", quiet=("22:00", "07:00")), "20:30", "21:30", "22:00"),
    (rule("20:00", quiet=("22:00", "07:00")), "21:30", "21:45", "22:00"),
    (rule("20:00", quiet=("22:00", "07:00")), "21:31", None, None),
    (rule("20:00", quiet=("22:00", "07:00")), "22:00", None, None),
    (rule("20:00", quiet=("18:00", "21:00")), "20:10", None, None),
    (rule("20:00", quiet=("18:00", "21:00")), "21:00", "22:00", "24:00"),
    (rule("20:00", day_end=time(0)), "23:20", "23:45", "24:00"),
    (rule("20:00", day_end=time(0)), "23:31", None, None),
]


@pytest.mark.parametrize(("of", "now", "at", "stale"), LATER)
def test_later(of: Rule, now: str, at: str | None, stale: str | None) -> None:
    def berlin(hour: str) -> datetime:
        return utc("2027-02-28 23:00") + timedelta(hours=int(hour[:2]), minutes=int(hour[3:]))

    expected = None if at is None or stale is None else Due(MONDAY, berlin(at), berlin(stale))
    assert recurrence.later(of, MONDAY, berlin(now)) == expected


def test_later_is_not_carried_into_the_next_day() -> None:
    assert recurrence.later(rule("20:00"), MONDAY, utc("2027-03-02 10:00")) is None


def test_later_when_an_hour_comes_twice() -> None:
    """02:10 for the second time: the reminder of 02:45 came half an hour ago."""
    day = date(2027, 10, 30)
    found = recurrence.later(rule("01:30", "02:45", first_on=day), day, utc("2027-10-31 01:10"))
    assert found == Due(day, utc("2027-10-31 02:10"), utc("2027-10-31 03:00"))


def test_later_when_quiet_hours_begin_twice() -> None:
    """Greenland, 23:10 for the second time: quiet hours begin in twenty minutes."""
    day = date(2027, 10, 30)
    of = rule("20:00", zone="America/Nuuk", first_on=day, quiet=("23:30", "07:00"))
    found = recurrence.later(of, day, utc("2027-10-31 01:10"))
    assert found is None or found.stale_at <= utc("2027-10-31 01:30")


@pytest.mark.parametrize(
    ("before", "name", "tonight", "tomorrow"),
    [
        ("America/New_York", "Europe/Berlin", "2027-03-05 01:00", "2027-03-05 19:00"),  # east: 18 hours
        ("Europe/Berlin", "America/New_York", "2027-03-04 19:00", "2027-03-06 01:00"),  # west: 30 hours
        ("Europe/Berlin", "Asia/Kathmandu", "2027-03-04 19:00", "2027-03-05 14:15"),
    ],
)
def test_another_zone_from_the_next_day_on(before: str, name: str, tonight: str, tomorrow: str) -> None:
    zones = recurrence.turns_to(Zones(before), name, date(2027, 3, 4))
    assert zones == Zones(name, before, date(2027, 3, 5))
    of = rule("20:00", zone=zones)
    found = walk(of, time(20), utc("2027-01-01"))
    assert [due.day.day for due in found] == list(range(1, 15))
    assert [due.at for due in found[3:5]] == [utc(tonight), utc(tomorrow)]
    # The night after the last day in the old zone is still the old zone's.
    assert recurrence.due_on(of, date(2027, 3, 4), time(1)).at - found[3].at == timedelta(hours=5)


def test_turning_back_and_on() -> None:
    today = date(2027, 3, 4)
    berlin = Zones("Europe/Berlin")
    assert recurrence.turns_to(berlin, "Europe/Berlin", today) is berlin
    away = recurrence.turns_to(berlin, "Asia/Tokyo", today)
    assert recurrence.turns_to(away, "Asia/Tokyo", today) is away
    back = recurrence.turns_to(away, "Europe/Berlin", today)  # before it ever held
    assert {back.on(today + timedelta(days=number)) for number in range(-3, 4)} == {"Europe/Berlin"}
    on = recurrence.turns_to(away, "America/Lima", today + timedelta(days=3))
    assert [on.on(date(2027, 3, day)) for day in (7, 8)] == ["Asia/Tokyo", "America/Lima"]
    onward = recurrence.turns_to(away, "America/Lima", today)
    assert [onward.on(date(2027, 3, day)) for day in (4, 5)] == ["Europe/Berlin", "America/Lima"]


@pytest.mark.parametrize("name", ["Pacific/Apia", "Pacific/Kiritimati"])
def test_over_the_date_line(name: str) -> None:
    """24 and 25 hours east: two days are due at one instant, or the later day first. One of them comes."""
    of = rule("09:00", zone=Zones(name, "Pacific/Pago_Pago", date(2027, 3, 5)))
    assert days_of(of) == [*range(1, 5), *range(6, 15)]


def test_stale_when_the_next_days_first_comes_sooner_for_the_journey() -> None:
    of = rule("06:00", "23:00", zone=Zones("Europe/Berlin", "America/New_York", date(2027, 3, 5)))
    morning = recurrence.due_on(of, date(2027, 3, 5), time(6))
    assert recurrence.due_on(of, date(2027, 3, 4), time(23)).stale_at <= morning.at


def expected(of: Rule, day: date, at: time) -> tuple[int, int]:
    """When the reminder of a day is due and when stale, by the oracle."""
    name = of.zones.on(day)
    wanted = clocks.wanted_on(day, at, of.day_end)
    due = clocks.first(name, wanted)
    ends = {of.day_end, *of.times, *([of.quiet.start] if of.quiet else [])}
    closed = min(clocks.first(name, each) for each in clocks.comings(wanted, ends))
    return due, max(due + 15 * MINUTE, min(due + 2 * HOUR, closed))


def same(of: Rule, at: time, found: list[Due], days: list[date]) -> None:
    assert [due.day for due in found] == days
    for due in found:
        instant, stale = expected(of, due.day, at)
        assert clocks.seconds(due.at) == instant, (of, due)
        # On the last day in a zone the next reminder comes by another clock: see above.
        if of.zones.on(due.day) == of.zones.on(due.day + timedelta(days=1)):
            assert clocks.seconds(due.stale_at) == stale, (of, due)


def compare(names: Sequence[str], days: Iterable[date], step: int, *, slowly: bool = False) -> int:
    """`instant` against the oracle at every `step` minutes of the days; how often."""
    oracle = clocks.watched if slowly else clocks.first
    dates = [datetime.combine(day, time()) for day in days]
    walls = [each + timedelta(minutes=m) for each in dates for m in range(0, 1440, step)]
    for name in names:
        for wall in walls:
            found = recurrence.instant(wall, name)
            assert clocks.seconds(found) == oracle(name, clocks.face(wall.date(), wall.time())), (name, wall)
    return len(names) * len(walls)


def test_the_transition_days_of_2027() -> None:
    """Each zone's own, every half hour by the clock that is watched; and, by the quick one, every five minutes."""
    own = {name: clocks.days_of_change([name], 2027) for name in SOME}
    assert compare(SOME, [date(2027, 3, 28)], 120, slowly=True) == 300
    for name, days in own.items():
        compare([name], days, 30, slowly=True)
        compare([name], [day + timedelta(days=shift) for day in days for shift in (-1, 0, 1)], 5)
    assert sum(map(len, own.values())) > 40


MINUTES = st.builds(time, st.integers(0, 23), st.integers(0, 59))


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    first_on = draw(st.dates(date(2026, 1, 1), date(2035, 12, 1)))
    some_day = st.dates(first_on - timedelta(days=3), first_on + timedelta(days=30))
    zone = st.sampled_from(ZONES) | st.sampled_from(SOME)
    return Rule(
        tuple(draw(st.lists(MINUTES, min_size=1, max_size=3, unique=True))),
        first_on,
        first_on + timedelta(days=draw(st.integers(0, 27))),
        Zones(draw(zone), *draw(st.just((None, None)) | st.tuples(zone, some_day))),
        draw(st.sampled_from((time(0), time(2, 30), FOUR, FOUR, time(12)))),
        draw(st.just(recurrence.EVERY_DAY) | st.frozensets(st.integers(1, 7), min_size=1)),
        draw(st.booleans()),
        draw(st.none() | st.builds(Quiet, MINUTES, MINUTES).filter(lambda quiet: quiet.start != quiet.end)),
        draw(st.none() | some_day),
        draw(st.frozensets(some_day, max_size=3)),
    )


def days_that_take_place(of: Rule) -> list[date]:
    found = []
    for number in range(1, (of.last_on - of.first_on).days + 2):
        day = of.first_on + timedelta(days=number - 1)
        wrong_turn = of.every_other and number % 2 == 0
        paused = of.paused_until is not None and day < of.paused_until
        if day.weekday() + 1 in of.weekdays and not (wrong_turn or paused or day in of.not_on):
            found.append(day)
    return found


@settings(max_examples=150, deadline=None)
@given(rules(), st.integers(0, 40 * DAY))
def test_each_day_that_takes_place_comes_once(of: Rule, late: int) -> None:
    days = days_that_take_place(of)
    start = clocks.face(of.first_on, time()) - 2 * DAY
    for at in of.times:
        instants = [expected(of, day, at)[0] for day in days]
        assume(instants == sorted(set(instants)))  # the date line: see above
        same(of, at, walk(of, at, clocks.moment(start)), days)
        found = recurrence.next_due(of, at, clocks.moment(start + late))
        following = [day for day, instant in zip(days, instants, strict=True) if instant > start + late]
        assert (found and found.day) == (following[0] if following else None)


def expected_later(of: Rule, day: date, now: int) -> tuple[int, int] | None:
    """Walk on from now, minute by minute, until quiet hours, another reminder or another day."""
    name = of.zones.on(day)
    comes = {
        clocks.first(name, clocks.face(day + timedelta(days=shift), at))
        for shift in (-1, 0, 1, 2)
        for at in of.times
    }

    def is_shut(instant: int) -> bool:
        shown = clocks.shown(name, instant)
        hour = clocks.moment(shown).time()
        other_day = (shown - clocks.face(clocks.EPOCH, of.day_end)) // DAY != (day - clocks.EPOCH).days
        return (
            other_day or (of.quiet is not None and of.quiet.holds(hour)) or (instant != now and instant in comes)
        )

    if is_shut(now):
        return None
    shut = next((each for each in range(now, now + 3 * HOUR + MINUTE, MINUTE) if is_shut(each)), now + 4 * HOUR)
    at = min(now + HOUR, shut - 15 * MINUTE)
    return None if at < now + 15 * MINUTE else (at, min(at + 2 * HOUR, shut))


@settings(max_examples=150, deadline=None)
@given(rules(), st.integers(0, 27), st.integers(0, 23 * 60))
def test_later_leaves_everything_else_alone(of: Rule, number: int, minutes: int) -> None:
    day = of.first_on + timedelta(days=number)
    name = of.zones.on(day)
    now = clocks.first(name, clocks.wanted_on(day, of.day_end, of.day_end)) + minutes * MINUTE
    if of.quiet:  # no hour twice: see above
        assume(clocks.offset(name, now - 4 * HOUR) <= clocks.offset(name, now + 4 * HOUR))
    found = recurrence.later(of, day, clocks.moment(now))
    if minutes < 22 * 60:  # a day may have only 22 hours
        assert (found and (clocks.seconds(found.at), clocks.seconds(found.stale_at))) == expected_later(
            of, day, now
        )


@pytest.mark.nightly
def test_every_zone_on_the_transition_days_of_2027() -> None:
    """All days on which any clock changes, every ten minutes; a zone's own and their neighbours every minute."""
    assert len(ZONES) > 590
    assert compare(ZONES, clocks.days_of_change(ZONES, 2027), 10) > 1_000_000
    for name in ZONES:
        own = clocks.days_of_change([name], 2027)
        compare([name], sorted({day + timedelta(days=shift) for day in own for shift in (-1, 0, 1)}), 1)


@pytest.mark.nightly
def test_every_zone_through_all_days_of_a_decade() -> None:
    """2026 to 2036, one reminder a zone: each day once, at its instant. The hours take turns, the night's most."""
    hours = [time(hour, minute) for hour in (0, 1, 2, 3, 23, 8, 20) for minute in (0, 30)]
    for number, name in enumerate(ZONES):
        at = hours[number % len(hours)]
        of = Rule((at, time(21)), date(2026, 1, 1), date(2036, 12, 31), Zones(name), (time(0), FOUR)[number % 2])
        found = walk(of, at, datetime(2025, 12, 1, tzinfo=UTC))
        assert len(found) == 4018
        same(of, at, found, days_that_take_place(of))
