"""The estimate of on minus off when today resembles yesterday: a regression with AR(1) errors.

ANALYSIS.md steps 4 and 5. y = mu + beta·x (+ gamma·time) + e with e an AR(1) process on calendar days, so
days without a rating need no filling. Flat priors on mu and beta, p(sigma²) ∝ 1/sigma²; phi is summed over
a grid, so nothing is drawn at random and the same days always give the same interval.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PHI = tuple(place / 20 for place in range(-8, 20))
"""-.40, -.35, …, .95."""
PRIOR_MEAN, PRIOR_SD = 0.30, 0.25
TAIL = 0.025
LEAST_RSS = 1e-12


@dataclass(frozen=True)
class Posterior:
    """beta, in the rating's units: mean, .025 and .975 quantile; the posterior mean of phi."""

    estimate: float
    lower: float
    upper: float
    phi: float


def posterior(
    t: Sequence[int], y: Sequence[float], x: Sequence[int], *, step: float, trend: bool = False
) -> Posterior:
    """beta's posterior from n rated days: `t` increasing calendar days, `y` ratings, `x` 0 or 1.

    `step` is the rating's step: ratings are known no better than that. `trend` adds standardised time.
    Needs both kinds of day and n above the number of columns.
    """
    import numpy as np  # noqa: PLC0415  (a quarter of a second that only a comparison pays)
    from scipy.special import stdtr, stdtrit  # type: ignore[import-untyped]  # noqa: PLC0415

    phi = np.array(PHI)
    # Only differences matter: measured from the first rating, shifting every rating shifts nothing.
    ratings = np.array(y, dtype=float) - y[0]
    days = np.array(t, dtype=float)
    columns = [np.ones(len(days)), np.array(x, dtype=float)]
    if trend:
        columns.append((days - days.mean()) / days.std())

    white, log_det_r = _whiten(np.stack([*columns, ratings], axis=1), np.diff(np.array(t)), phi)
    big_x, white_y = white[:, :, :-1], white[:, :, -1]
    a = np.einsum("gni,gnj->gij", big_x, big_x)
    a_inverse = np.linalg.inv(a)
    b = np.einsum("gij,gnj,gn->gi", a_inverse, big_x, white_y)
    rss = np.square(white_y - np.einsum("gni,gi->gn", big_x, b)).sum(axis=1)
    nu = len(days) - len(columns)
    s = np.sqrt(np.maximum(rss / nu, step**2 / 12) * a_inverse[:, 1, 1])

    log_w = (
        -0.5 * np.square((phi - PRIOR_MEAN) / PRIOR_SD)
        - 0.5 * log_det_r
        - 0.5 * np.linalg.slogdet(a).logabsdet
        - 0.5 * nu * np.log(np.maximum(rss, LEAST_RSS))
    )
    w = np.exp(log_w - log_w.max())
    w /= w.sum()

    beta = b[:, 1]
    t_quantile = float(-stdtrit(nu, TAIL))

    def below(values: Floats) -> Floats:
        return np.asarray(stdtr(nu, (values[:, None] - beta) / s) @ w, dtype=float)

    # A quantile of the mixture lies between the smallest and the largest of its parts' quantiles.
    ends = np.stack([beta - t_quantile * s, beta + t_quantile * s])
    low, high = ends.min(axis=1), ends.max(axis=1)
    wanted = np.array([TAIL, 1 - TAIL])
    for _ in range(_halvings(float((high - low).max()), float(s.min()))):
        middle = (low + high) / 2
        under = below(middle) < wanted
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    lower, upper = (low + high) / 2
    return Posterior(float(w @ beta), float(lower), float(upper), float(w @ phi))


def _whiten(columns: Floats, gaps: NDArray[np.int_], phi: Floats) -> tuple[Floats, Floats]:
    """L⁻¹ times each column, (grid, n, columns), and log|R|, (grid,), for R = LL'.

    R_ij = sign(phi)^lag·|phi|^lag = phi^lag is a Markov correlation, so L⁻¹ has two diagonals: each day
    less what the last rated day foretells of it, over what is left unforetold. Same numbers as a Cholesky
    factor of every R (a test compares them), without building one.
    """
    import numpy as np  # noqa: PLC0415

    foretold = phi[:, None] ** gaps[None, :]
    left = 1 - np.square(foretold)
    first = np.broadcast_to(columns[0], (len(phi), 1, columns.shape[1]))
    later = (columns[1:] - foretold[:, :, None] * columns[:-1]) / np.sqrt(left)[:, :, None]
    return np.concatenate([first, later], axis=1), np.log(left).sum(axis=1)


def _halvings(width: float, scale: float) -> int:
    """How often to halve a bracket until it is a ten-millionth of the narrowest part's spread."""
    return max(1, math.ceil(math.log2(max(width / (scale * 1e-7), 2))))
