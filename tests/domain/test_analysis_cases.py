"""Agreement with independently computed answers: R, JAGS and a separate Python run, in ../shared/cases.

0.002 for intervals and exact p; 0.015 where the reference p was drawn. The folder is read in place; without
it these tests skip and say so.
"""

import pytest
from app.domain.exposure import changes
from app.domain.permutation import nap, permutation_p
from app.domain.posterior import posterior

from tests.domain.reference import FROM_R, HERE, NOT_HERE, TIERS, case, rows_of

pytestmark = pytest.mark.skipif(not HERE, reason=NOT_HERE)

CLOSE = 0.002
DRAWN = 0.015
SMALLEST_STEP = 1e-6
"""The references do not widen the interval for a coarse scale, so neither does the check."""


def _tier(n_on: int, n_off: int, switches: int) -> str | None:
    if n_on < 4 or n_off < 4 or n_on + n_off < 10:
        return "too_few_days"
    return "one_block" if switches < 3 else None


@pytest.mark.parametrize("key", sorted(TIERS))
def test_every_case_of_the_reference(key: str) -> None:
    wanted = TIERS[key]
    t, y, x = case(key)
    on = [a for a, b in zip(y, x, strict=True) if b]
    off = [a for a, b in zip(y, x, strict=True) if not b]
    assert (len(on), len(off), len(changes(x))) == (wanted["n_on"], wanted["n_off"], wanted["switches"])
    assert sum(on) / len(on) == pytest.approx(wanted["mean_on"])
    assert sum(off) / len(off) == pytest.approx(wanted["mean_off"])
    if "interval" not in wanted:
        assert _tier(len(on), len(off), len(changes(x))) == wanted["tier"]
        return
    for name, trend in (("interval", False), ("interval_trend", True)):
        found = posterior(t, y, x, step=SMALLEST_STEP, trend=trend)
        reference = wanted[name]
        assert found.estimate == pytest.approx(reference["est"], abs=CLOSE)
        assert found.lower == pytest.approx(reference["lower"], abs=CLOSE)
        assert found.upper == pytest.approx(reference["upper"], abs=CLOSE)
        assert found.phi == pytest.approx(reference["phi_mean"], abs=CLOSE)
    p, _ = permutation_p(y, x)
    assert p == pytest.approx(wanted["perm_p"], abs=CLOSE if wanted["perm_kind"] == "exact" else DRAWN)
    share, pairs = nap(y, x)
    assert share == pytest.approx(wanted["nap"])
    assert pairs == wanted["pairs"]


@pytest.mark.parametrize("key", sorted(TIERS.keys() & FROM_R.keys()))
def test_the_separate_computation_in_r(key: str) -> None:
    wanted = FROM_R[key]
    t, y, x = case(key)
    for name, trend in (("bayes_ar1_grid_R", False), ("bayes_ar1_trend_grid_R", True)):
        found = posterior(t, y, x, step=SMALLEST_STEP, trend=trend)
        assert found.estimate == pytest.approx(wanted[name]["est"], abs=CLOSE)
        assert found.lower == pytest.approx(wanted[name]["lower"], abs=CLOSE)
        assert found.upper == pytest.approx(wanted[name]["upper"], abs=CLOSE)
    if wanted.get("permutation_exact"):
        p, kind = permutation_p(y, x)
        assert kind == "exact"
        assert p == pytest.approx(wanted["permutation_exact"]["p_two_sided"], abs=1e-6)
    assert nap(y, x)[0] == pytest.approx(wanted["NAP_on_over_off"]["est"], abs=1e-6)


def test_published_nap() -> None:
    """Parker, Vannest and Davis 2011; What Works Clearinghouse Handbook 5.0, Appendix I."""
    rows = rows_of("parker_vannest_davis_2011.csv")
    for example, share in (("1", 38.5 / 42), ("2", 0.9)):
        own = [row for row in rows if row["example"] == example]
        found, _ = nap([float(row["y"]) for row in own], [int(row["phase"] == "B") for row in own])
        assert found == pytest.approx(share)
    baselines = [row for row in rows_of("wwc_handbook5_fig17_abab.csv") if row["phase"].startswith("baseline")]
    falls, _ = nap([-float(r["y"]) for r in baselines], [int(r["phase"] == "baseline2") for r in baselines])
    assert falls == pytest.approx(0.617, abs=0.001)
