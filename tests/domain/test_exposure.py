"""Steps 1 and 2: which dose comes before a rating, and how far a day without it is one without the drug."""

import pytest
from app.domain.exposure import Dose, after_switch, changes, exposures, recovery
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.diaries import ALTERNATE, LETTERS


def doses(letters: str) -> list[Dose | None]:
    return [LETTERS[letter] for letter in letters]


def f(letters: str, hours: float, *, preceded: bool = True, lag: int = 0, skip: int = 0) -> float | None:
    written = doses(letters)
    x = exposures(written, lag)
    kept = [day for day, on in enumerate(x) if on is not None and day not in after_switch(x, skip)]
    return recovery(written, x, kept, half_life_hours=hours, preceded=preceded, lag=lag)


def test_only_taken_and_not_taken_are_compared() -> None:
    assert exposures(doses("10hdr?"), 0) == [1, 0, None, None, None, None]


def test_with_a_lag_of_one_a_dose_counts_for_the_next_day() -> None:
    assert exposures(doses("100"), 1) == [None, 1, 0]


def test_a_change_is_between_consecutive_known_days() -> None:
    assert changes([1, None, 0, 0, None, None, 1]) == [2, 6]
    assert changes([1, None, 1]) == []
    assert changes([]) == []


def test_skip_sets_aside_calendar_days_from_the_change_on() -> None:
    assert after_switch([1, 1, 0, 0, 0, 1], 2) == {2, 3, 5, 6}
    assert after_switch([1, 1, 0, 0, 0, 1], 0) == set()


@pytest.mark.parametrize(
    ("hours", "alternate", "in_blocks"),
    [(6, 0.89, 0.99), (12, 0.62, 0.95), (26, 0.34, 0.84), (66, 0.16, 0.59), (9 * 24, 0.06, 0.26)],
)
def test_the_orientation_of_the_plan(hours: float, alternate: float, in_blocks: float) -> None:
    assert f(ALTERNATE, hours) == pytest.approx(alternate, abs=0.005)
    assert f("11111110000000", hours) == pytest.approx(in_blocks, abs=0.006)


def test_unknown_days_count_as_whichever_shows_less() -> None:
    blank, as_none, as_all = "11?00?11?00?11", "11000011000011", "11100111100111"
    written = doses(blank)
    x = exposures(written, 0)
    kept = [day for day, on in enumerate(x) if on is not None]
    both = [recovery(doses(letters), x, kept, half_life_hours=30, preceded=True) for letters in (as_none, as_all)]
    assert f(blank, 30) == min(both)  # type: ignore[type-var]
    assert both[0] != both[1]


def test_half_a_dose_is_half_a_dose_and_a_dose_not_due_is_none() -> None:
    none, half = f("1100d000111", 24), f("1100h000111", 24)
    assert none is not None and half is not None
    assert none > half + 0.01


def test_a_history_of_doses_matters() -> None:
    assert f("00000001111111", 66, preceded=True) != f("00000001111111", 66, preceded=False)


def test_skipping_days_after_a_switch_raises_what_can_be_shown() -> None:
    blocks = "11110000111100"
    assert f(blocks, 26, skip=1) > f(blocks, 26)  # type: ignore[operator]


def test_nothing_to_recover_where_only_one_kind_of_day_occurs() -> None:
    assert f("1111111", 26) is None
    assert f("", 26) is None


@given(st.text("10hdr?", min_size=1, max_size=28), st.floats(0.5, 2000), st.booleans(), st.integers(0, 1))
def test_any_days_give_a_share(letters: str, hours: float, preceded: bool, lag: int) -> None:
    share = f(letters, hours, preceded=preceded, lag=lag)
    assert share is None or -1.0000001 <= share <= 1.0000001
