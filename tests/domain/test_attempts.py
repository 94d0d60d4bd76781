"""The brake: growing, capped, never for good."""

from datetime import UTC, datetime, timedelta

import pytest
from app.domain.attempts import (
    ANY_NAME,
    CALENDAR,
    FORGET_AFTER,
    FROM_ANYWHERE,
    FROM_ONE_ADDRESS,
    NEW_ACCOUNTS,
    Allowance,
    Count,
    counted,
    wait,
)

NOW = datetime(2026, 3, 1, 22, 10, tzinfo=UTC)
EVERY = [FROM_ONE_ADDRESS, FROM_ANYWHERE, ANY_NAME, NEW_ACCOUNTS]


@pytest.mark.parametrize("allowance", EVERY)
def test_the_pause_grows_and_is_capped(allowance: Allowance) -> None:
    pauses = [allowance.pause_after(number) for number in range(1, 200)]
    assert pauses == sorted(pauses)
    assert not any(pauses[: allowance.free - 1])
    assert pauses[allowance.free - 1] == allowance.first
    assert pauses[-1] == allowance.longest <= timedelta(minutes=15)
    assert allowance.pause_after(10**9) == allowance.longest


@pytest.mark.parametrize("allowance", EVERY)
def test_a_day_of_guessing_is_a_few_hundred_guesses(allowance: Allowance) -> None:
    """Somebody who tries again the moment it is allowed."""
    count, now, looked_at = Count(0, NOW, NOW), NOW, 0
    while now < NOW + timedelta(days=1):
        count = counted(count, allowance, now)
        looked_at += 1
        now += timedelta(seconds=wait(count, now)) or timedelta(milliseconds=1)
    assert looked_at < 320


def test_after_a_day_without_an_attempt_it_starts_again() -> None:
    count = Count(1000, NOW, NOW)
    assert counted(count, FROM_ONE_ADDRESS, NOW + FORGET_AFTER).failures == 1
    assert counted(count, FROM_ONE_ADDRESS, NOW + FORGET_AFTER - timedelta(seconds=1)).failures == 1001


def test_two_that_come_almost_at_once_do_not_block_each_other() -> None:
    """The one whose clock was read first can be counted last."""
    first = counted(Count(0, NOW, NOW - FORGET_AFTER), FROM_ONE_ADDRESS, NOW + timedelta(milliseconds=3))
    assert wait(first, NOW) == 0
    assert counted(first, FROM_ONE_ADDRESS, NOW).failures == 2


def test_the_wait_is_told_in_whole_seconds_and_never_too_short() -> None:
    count = Count(9, NOW, NOW + timedelta(seconds=2))
    assert wait(count, NOW) == 2
    assert wait(count, NOW + timedelta(milliseconds=500)) == 2
    assert wait(count, NOW + timedelta(seconds=1.999)) == 1
    assert wait(count, NOW + timedelta(seconds=2)) == 0
    assert wait(count, NOW + timedelta(days=2)) == 0


def test_a_calendar_that_was_not_asked_for_a_while_begins_anew() -> None:
    count = Count(0, NOW, NOW)
    for _ in range(CALENDAR.free + 2):
        count = counted(count, CALENDAR, NOW)
    assert wait(count, NOW) == 20
    a_little_later, later = NOW + timedelta(seconds=59), NOW + timedelta(seconds=60)
    assert counted(count, CALENDAR, a_little_later).failures == CALENDAR.free + 3
    assert counted(count, CALENDAR, later).failures == 1
    assert CALENDAR.pause_after(10**9) == CALENDAR.longest
