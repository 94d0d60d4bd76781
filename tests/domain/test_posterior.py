"""Step 4 and 5 against the formulas written out slowly, and what must hold of any interval."""

import math

import numpy as np
import pytest
from app.domain.posterior import PHI, posterior
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import stdtr  # type: ignore[import-untyped]

T = [0, 1, 2, 4, 5, 7, 8, 9, 10, 11, 12, 13]
Y = [6, 8, 5, 5, 7, 6, 7, 7, 5, 4, 4, 6]
X = [1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1]


def by_the_letter(
    t: list[int], y: list[float], x: list[int], *, step: float, trend: bool
) -> tuple[float, float, float]:
    """ANALYSIS.md step 4 line by line: a Cholesky factor for every phi, and a plain search for quantiles."""
    days, ratings = np.array(t, dtype=float), np.array(y, dtype=float)
    columns = [np.ones(len(t)), np.array(x, dtype=float)]
    if trend:
        columns.append((days - days.mean()) / days.std())
    big_x = np.stack(columns, axis=1)
    nu = len(t) - len(columns)
    parts = []
    for phi in PHI:
        lag = np.abs(days[:, None] - days[None, :])
        r = np.where(lag == 0, 1.0, np.sign(phi) ** lag * np.abs(phi) ** lag)
        low_r = np.linalg.cholesky(r)
        white_x, white_y = np.linalg.solve(low_r, big_x), np.linalg.solve(low_r, ratings)
        a = white_x.T @ white_x
        b = np.linalg.solve(a, white_x.T @ white_y)
        rss = float(((white_y - white_x @ b) ** 2).sum())
        s = math.sqrt(max(rss / nu, (step / math.sqrt(12)) ** 2) * np.linalg.inv(a)[1, 1])
        log_w = (
            -0.5 * ((phi - 0.30) / 0.25) ** 2
            - np.log(np.diag(low_r)).sum()
            - 0.5 * np.log(np.linalg.det(a))
            - 0.5 * nu * math.log(max(rss, 1e-12))
        )
        parts.append((log_w, b[1], s))
    log_ws, betas, spreads = map(np.array, zip(*parts, strict=True))
    w = np.exp(log_ws - log_ws.max())
    w /= w.sum()

    def quantile(p: float) -> float:
        low, high = -100.0, 100.0
        for _ in range(100):
            middle = (low + high) / 2
            below = float((w * stdtr(nu, (middle - betas) / spreads)).sum())
            low, high = (middle, high) if below < p else (low, middle)
        return low

    return float(w @ betas), quantile(0.025), quantile(0.975)


def test_the_grid() -> None:
    assert PHI[0] == -0.40
    assert PHI[-1] == 0.95
    assert len(PHI) == 28
    assert 0.0 in PHI


@pytest.mark.parametrize("trend", [False, True])
@pytest.mark.parametrize("step", [0.001, 1, 8])
def test_the_same_numbers_as_the_formulas_written_out(step: float, trend: bool) -> None:
    found = posterior(T, Y, X, step=step, trend=trend)
    wanted = by_the_letter(T, [float(y) for y in Y], X, step=step, trend=trend)
    assert (found.estimate, found.lower, found.upper) == pytest.approx(wanted, abs=1e-6)


def test_a_coarse_scale_widens_the_interval() -> None:
    nearly = [5, 5, 6, 5, 5, 5, 5, 5, 5, 5, 5, 5]
    fine, coarse = (posterior(T, nearly, X, step=step) for step in (0.01, 2))
    assert coarse.upper - coarse.lower > 1.5 * (fine.upper - fine.lower)


@st.composite
def fortnights(draw: st.DrawFn) -> tuple[list[int], list[float], list[int]]:
    """Any legal input: 10 to 28 rated days with gaps, at least four of each kind, quarter steps."""
    n = draw(st.integers(10, 28))
    gaps = draw(st.lists(st.integers(1, 3), min_size=n - 1, max_size=n - 1))
    t = [0, *np.cumsum(gaps).tolist()]
    n_on = draw(st.integers(4, n - 4))
    x = draw(st.permutations([1] * n_on + [0] * (n - n_on)))
    nearly_constant = st.sampled_from([5.0, 5.0, 5.0, 5.25])
    quarters = st.integers(0, 40).map(lambda q: q / 4)
    y = draw(st.lists(draw(st.sampled_from([quarters, nearly_constant])), min_size=n, max_size=n))
    return t, y, list(x)


@given(fortnights(), st.booleans(), st.sampled_from([0.25, 0.5, 1.0]))
def test_never_nan_and_always_in_order(
    days: tuple[list[int], list[float], list[int]], trend: bool, step: float
) -> None:
    found = posterior(*days, step=step, trend=trend)
    assert all(map(math.isfinite, (found.estimate, found.lower, found.upper, found.phi)))
    assert found.lower < found.estimate < found.upper
    assert PHI[0] <= found.phi <= PHI[-1]


@given(fortnights(), st.booleans())
def test_swapping_on_and_off_mirrors_the_interval(
    days: tuple[list[int], list[float], list[int]], trend: bool
) -> None:
    t, y, x = days
    found = posterior(t, y, x, step=1, trend=trend)
    swapped = posterior(t, y, [1 - on for on in x], step=1, trend=trend)
    mirrored = (-swapped.estimate, -swapped.upper, -swapped.lower)
    assert (found.estimate, found.lower, found.upper) == pytest.approx(mirrored, abs=1e-5)


@given(fortnights(), st.booleans(), st.integers(-1000, 1000).map(lambda q: q / 4))
def test_shifting_every_rating_shifts_nothing(
    days: tuple[list[int], list[float], list[int]], trend: bool, shift: float
) -> None:
    t, y, x = days
    moved = posterior(t, [rating + shift for rating in y], x, step=1, trend=trend)
    assert moved == posterior(t, y, x, step=1, trend=trend)
