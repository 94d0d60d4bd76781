"""Which part of a fortnight a page belongs to, and which pages stand side by side."""

from datetime import date, timedelta

import pytest
from app.domain.reflections import beside, part, past_half
from app.domain.schedule import Window
from hypothesis import given
from hypothesis import strategies as st

START = date(2026, 3, 2)
FORTNIGHT = Window(START, 14)


def on(number: int) -> date:
    """Day `number`; day 1 is the first."""
    return START + timedelta(days=number - 1)


@pytest.mark.parametrize(
    ("number", "expected"),
    [(-30, "before"), (0, "before"), (1, "before"), (2, "middle"), (14, "middle"), (15, "after"), (90, "after")],
)
def test_before_until_the_end_of_day_1_and_after_past_the_last_day(number: int, expected: str) -> None:
    assert part(on(number), FORTNIGHT) == expected


def test_without_a_first_day_everything_is_before() -> None:
    assert part(on(400), None) == "before"
    assert not past_half(on(400), None)


@pytest.mark.parametrize(("number", "expected"), [(1, "before"), (4, "middle"), (5, "after"), (6, "after")])
def test_the_day_of_the_stop_is_after(number: int, expected: str) -> None:
    assert part(on(number), Window(START, 14, stopped_on=on(5))) == expected


def test_stopped_on_day_1_or_before_it_is_after_too() -> None:
    assert part(on(1), Window(START, 14, stopped_on=on(1))) == "after"
    assert part(on(-2), Window(START, 14, stopped_on=on(-3))) == "after"


def test_the_middle_is_asked_for_in_the_second_half() -> None:
    assert [past_half(on(number), FORTNIGHT) for number in (7, 8)] == [False, True]
    assert [past_half(on(number), Window(START, 7)) for number in (3, 4)] == [False, True]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ([], []),
        ([1], [1]),
        ([-3, 1], [-3, 1]),
        ([-3, 1, 8], [-3, 8]),
        ([1, 5, 9, 15], [1, 9, 15]),
        ([1, 5, 9, 15, 20], [1, 9, 20]),
        ([5, 9], [5, 9]),
        ([5, 7, 9], [5, 9]),
        ([16, 18, 20], [16, 20]),
    ],
)
def test_the_first_the_latest_of_the_middle_and_the_last(written: list[int], expected: list[int]) -> None:
    assert beside([on(number) for number in written], FORTNIGHT) == {on(number) for number in expected}


@given(
    st.sets(st.integers(-40, 60), max_size=12),
    st.integers(7, 28),
    st.none() | st.integers(-5, 28),
)
def test_at_most_three_with_the_first_and_the_last(numbers: set[int], length: int, stopped: int | None) -> None:
    window = Window(START, length, stopped_on=None if stopped is None else on(stopped))
    days = [on(number) for number in numbers]
    chosen = beside(days, window)
    assert chosen <= set(days)
    assert len(chosen) <= 3
    assert not days or {min(days), max(days)} <= chosen
    order = ["before", "middle", "after"]
    parts = [order.index(part(day, window)) for day in sorted(days)]
    assert parts == sorted(parts), "time does not go back"
