"""The permutation brake and NAP: what the same ratings would have shown under other labels.

ANALYSIS.md step 6. Nobody randomised these days, so this is a brake, not a randomisation test.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Kind = Literal["exact", "monte-carlo"]

PARTS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 20, 25, 50, 100, 1000, 1_000_000)
"""A rating grid is looked for among whole numbers and these parts of one; a diary can hold no finer number."""
QUICKLY_COUNTED = 100_000_000
"""Bytes that counting may move in some 50 ms. 28 days on 0–10 move 170 thousand, in half a millisecond."""
MOST_HALVED = 40
"""Days that are counted in two halves whatever their grid: 28 in some 10 ms, 40 in 0.9 s."""
MOST_COUNTED = 6_000_000_000
"""Bytes that counting may move at all: a year on 0–10 takes 1.9 s. What is beyond (a year on 0–100: 16 s, and ten
years need more memory than there is) is drawn, in 0.4 s, within .003 of the exact p at .05 (two standard errors).
Only the command line reads so long a diary; in the app every fortnight on a grid is exact."""
MOST_RELABELINGS = 50_000
DRAWS = 20_000
SEED = 14
AT_ONCE = 1_000
"""Draws held in memory together."""


def permutation_p(y: Sequence[float], x: Sequence[int]) -> tuple[float, Kind]:
    """The share of all C(n, n_on) relabelings with |mean_on - mean_off| at least as large as observed.

    Exact by counting where the ratings lie on a grid (but see `MOST_COUNTED`), else exact by listing up to 50,000
    relabelings, else 20,000 seeded draws with the add-one rule.
    """
    scores = on_grid(y)
    if scores is not None:
        cost = _counting_cost(scores, sum(x))
        if cost > QUICKLY_COUNTED and len(x) <= MOST_HALVED:
            return _by_halves(scores, x), "exact"
        if cost <= MOST_COUNTED:
            return _by_counting(scores, x), "exact"
    if math.comb(len(x), sum(x)) <= MOST_RELABELINGS:
        return _by_listing(y, x), "exact"
    return _by_drawing(y, x), "monte-carlo"


def on_grid(y: Sequence[float]) -> list[int] | None:
    """The ratings as whole steps above the lowest, or None where they share no grid."""
    for parts in PARTS:
        steps = [round(value * parts) for value in y]
        misses = (abs(value * parts - step) for value, step in zip(y, steps, strict=True))
        if max(misses) < min(1e-3, 1e-9 * max(1, *(abs(step) for step in steps))):
            lowest = min(steps)
            apart = math.gcd(*(step - lowest for step in steps)) or 1
            return [(step - lowest) // apart for step in steps]
    return None


def _counting_cost(scores: Sequence[int], n_on: int) -> float:
    n = len(scores)
    return n * min(n_on, n - n_on) * sum(scores) * (n / 8)


def _by_counting(scores: Sequence[int], x: Sequence[int]) -> float:
    """Counts the subsets of each sum by multiplying out prod(1 + u·v^score).

    `subsets[k]` is the polynomial in v of all subsets of k days, held in one whole number: its coefficient
    of v^s stands in the s-th field of `width` bytes, wide enough for C(n, k) < 2^n.
    """
    n, total = len(scores), sum(scores)
    n_on = sum(x)
    on_sum = sum(score for score, on in zip(scores, x, strict=True) if on)
    # |mean_on - mean_off| = |n·sum_on - n_on·total| / (n_on·n_off): compared as whole numbers.
    observed = abs(n * on_sum - n_on * total)

    width = n // 8 + 1
    subsets = [1] + [0] * n_on
    for seen, score in enumerate(scores):
        for size in range(min(seen + 1, n_on), 0, -1):
            subsets[size] += subsets[size - 1] << (8 * width * score)
    fields = subsets[n_on].to_bytes(width * (total + 1), "little")
    extreme = sum(
        int.from_bytes(fields[width * s : width * (s + 1)], "little")
        for s in range(total + 1)
        if abs(n * s - n_on * total) >= observed
    )
    return extreme / math.comb(n, n_on)


def _by_halves(scores: Sequence[int], x: Sequence[int]) -> float:
    """Counts the subsets that are as far apart, however fine their grid: each half of the days has at most 2^20
    subsets, and a subset of the whole is one of either."""
    import numpy as np  # noqa: PLC0415

    n, n_on, total = len(scores), sum(x), sum(scores)
    on_sum = sum(score for score, on in zip(scores, x, strict=True) if on)
    observed = abs(n * on_sum - n_on * total)
    if observed == 0:
        return 1.0
    # |n·sum - n_on·total| >= observed: the sum is at least `high` or at most `low`.
    high, low = -((-observed - n_on * total) // n), (n_on * total - observed) // n
    left, right = _sums(scores[: n // 2]), _sums(scores[n // 2 :])
    extreme = 0
    for size in range(max(0, n_on - len(right) + 1), min(n_on, len(left) - 1) + 1):
        ones, others = left[size], np.sort(right[n_on - size])
        extreme += int(np.sum(len(others) - np.searchsorted(others, high - ones, side="left")))
        extreme += int(np.sum(np.searchsorted(others, low - ones, side="right")))
    return extreme / math.comb(n, n_on)


def _sums(scores: Sequence[int]) -> list[NDArray[np.int64]]:
    """The sums of all subsets, by how many days are in them."""
    import numpy as np  # noqa: PLC0415

    sums = [np.zeros(1, dtype=np.int64), *(np.empty(0, dtype=np.int64) for _ in scores)]
    for seen, score in enumerate(scores):
        for size in range(seen + 1, 0, -1):
            sums[size] = np.concatenate([sums[size], sums[size - 1] + score])
    return sums


def _by_listing(y: Sequence[float], x: Sequence[int]) -> float:
    import numpy as np  # noqa: PLC0415

    centred = np.array(y, dtype=float) - np.mean(y)
    chosen = np.array(list(combinations(range(len(x)), sum(x))))
    return float(np.mean(_at_least(np.abs(centred[chosen].sum(axis=1)), centred, x)))


def _by_drawing(y: Sequence[float], x: Sequence[int]) -> float:
    import numpy as np  # noqa: PLC0415

    centred = np.array(y, dtype=float) - np.mean(y)
    random, extreme = np.random.default_rng(SEED), 0
    for _ in range(DRAWS // AT_ONCE):
        draws = random.permuted(np.tile(centred, (AT_ONCE, 1)), axis=1)
        extreme += int(np.sum(_at_least(np.abs(draws[:, : sum(x)].sum(axis=1)), centred, x)))
    return (extreme + 1) / (DRAWS + 1)


def _at_least(sums: NDArray[np.float64], centred: NDArray[np.float64], x: Sequence[int]) -> NDArray[np.bool_]:
    """For centred ratings |mean_on - mean_off| grows with |sum_on|; a hair's breadth counts as equal."""
    observed = abs(float(centred[[on == 1 for on in x]].sum()))
    enough: NDArray[np.bool_] = sums >= observed - 1e-9 * max(1.0, float(abs(centred).sum()))
    return enough


def nap(y: Sequence[float], x: Sequence[int]) -> tuple[float, int]:
    """Non-overlap of all pairs: the share of (on, off) pairs where on is higher, ties half; the pairs."""
    on = [rating for rating, taken in zip(y, x, strict=True) if taken]
    off = [rating for rating, taken in zip(y, x, strict=True) if not taken]
    pairs = len(on) * len(off)
    higher = sum((a > b) + (a == b) / 2 for a in on for b in off)
    return higher / pairs, pairs
