"""Step 6: counting, listing and drawing relabelings must agree, and NAP with its definition."""

import math
from itertools import combinations

import pytest
from app.domain import permutation
from app.domain.permutation import nap, on_grid, permutation_p
from hypothesis import given, settings
from hypothesis import strategies as st


@st.composite
def labelled(draw: st.DrawFn, most: int = 11) -> tuple[list[float], list[int]]:
    n = draw(st.integers(4, most))
    y = draw(st.lists(st.integers(0, 40).map(lambda q: q / 4), min_size=n, max_size=n))
    n_on = draw(st.integers(1, n - 1))
    return y, list(draw(st.permutations([1] * n_on + [0] * (n - n_on))))


def slowly(y: list[float], x: list[int]) -> float:
    """All relabelings one by one, in exact quarters."""
    quarters, n, n_on = [round(4 * rating) for rating in y], len(y), sum(x)

    def apart(chosen: tuple[int, ...]) -> int:
        return abs(n * sum(quarters[day] for day in chosen) - n_on * sum(quarters))

    observed = apart(tuple(day for day, on in enumerate(x) if on))
    all_of_them = [apart(chosen) for chosen in combinations(range(n), n_on)]
    return sum(one >= observed for one in all_of_them) / len(all_of_them)


@given(labelled())
def test_counting_is_exact(days: tuple[list[float], list[int]]) -> None:
    p, kind = permutation_p(*days)
    assert kind == "exact"
    assert p == pytest.approx(slowly(*days), abs=1e-12)


@given(labelled())
@settings(deadline=None)  # the first to ask imports numpy
def test_counting_and_listing_agree(days: tuple[list[float], list[int]]) -> None:
    assert permutation_p(*days)[0] == pytest.approx(permutation._by_listing(*days), abs=1e-12)


@given(labelled(16))
@settings(deadline=None)  # the first to ask imports numpy
def test_counting_in_halves_agrees(days: tuple[list[float], list[int]]) -> None:
    y, x = days
    scores = on_grid(y)
    assert scores is not None
    assert permutation._by_halves(scores, x) == permutation._by_counting(scores, x)


def test_every_window_of_the_app_is_exact_however_fine_its_grid() -> None:
    """28 days of daily means with six decimals: 40 million relabelings, none of them drawn."""
    y = [round((day * 7919 % 1009) / 101, 6) for day in range(28)]
    x = [day * 5 % 7 % 2 for day in range(28)]
    p, kind = permutation_p(y, x)
    assert kind == "exact"
    assert p == pytest.approx(permutation._by_drawing(y, x), abs=0.015)
    assert permutation_p(y, [1 - on for on in x])[0] == p


@given(labelled(), st.integers(-40, 40).map(lambda q: q / 4))
def test_swapping_and_shifting_change_nothing(days: tuple[list[float], list[int]], shift: float) -> None:
    y, x = days
    p = permutation_p(y, x)
    assert permutation_p(y, [1 - on for on in x]) == p
    assert permutation_p([rating + shift for rating in y], x) == p


def test_without_a_grid_fifty_thousand_are_listed_and_more_are_drawn() -> None:
    y = [math.sqrt(day + 2) for day in range(40)]
    assert on_grid(y) is None
    x = [day % 2 for day in range(14)]
    assert permutation_p(y[:14], x)[1] == "exact"
    many = [day % 2 for day in range(40)]
    p, kind = permutation_p(y, many)
    assert kind == "monte-carlo"
    assert p == permutation_p(y, many)[0], "seeded: the same days always give the same p"
    assert round(p * 20_001) == pytest.approx(p * 20_001)


def test_drawing_comes_close_to_counting() -> None:
    y = [6.0, 8, 5, 5, 7, 6, 7, 7, 5, 4, 4, 6, 8, 9]
    x = [1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 1, 0]
    assert permutation._by_drawing(y, x) == pytest.approx(permutation_p(y, x)[0], abs=0.015)


def test_a_long_diary_is_still_counted() -> None:
    y = [float(day * 7 % 11) for day in range(90)]
    assert permutation_p(y, [day % 2 for day in range(90)])[1] == "exact"


def test_all_equal_is_never_rare() -> None:
    assert permutation_p([5.0] * 10, [1, 0] * 5) == (1.0, "exact")


def test_grids() -> None:
    assert on_grid([5, 7, 9]) == [0, 1, 2]
    assert on_grid([5.25, 5.5, 6]) == [0, 1, 3]
    assert on_grid([60.0, 212 / 3, 244 / 3]) == [0, 1, 2]
    assert on_grid([0.05, 0.35]) == [0, 1]
    assert on_grid([-1.0, -0.5]) == [0, 1]
    assert on_grid([0.000001, 0.000003, 2.5]) == [0, 2, 2_499_999]
    assert on_grid([1000 * math.sqrt(2), 1000 * math.sqrt(3), 1000 * math.sqrt(5)]) is None


def test_nap_is_the_share_of_pairs_with_ties_half() -> None:
    assert nap([3, 2, 2, 1], [1, 1, 0, 0]) == (3.5 / 4, 4)
    assert nap([1, 1, 2, 2], [1, 1, 0, 0]) == (0.0, 4)
