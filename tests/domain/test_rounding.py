"""How numbers are rounded before a sentence says them, edge by edge."""

from dataclasses import replace

import pytest
from app.core.catalogue import text
from app.domain.measures import standard
from app.domain.report import Measure
from app.domain.rounding import one_decimal, reaches_zero, resolution, shown, spoken, to_nearest
from app.domain.words import Say
from hypothesis import given
from hypothesis import strategies as st

MOOD, HOURS, FINE = standard("mood"), standard("sleep_hours"), replace(standard("mood"), step=0.1)


def test_resolution() -> None:
    assert (resolution(MOOD), resolution(HOURS), resolution(standard("sleep_quality"))) == (0.5, 0.5, 0.5)
    assert resolution(FINE) == 0.05


@pytest.mark.parametrize(
    ("value", "measure", "said"),
    [
        (0.74, MOOD, 0.5),
        (0.75, MOOD, 1.0),
        (-0.75, MOOD, -1.0),
        (0.25, MOOD, 0.5),
        (0.2499, MOOD, 0.2),
        (0.05, MOOD, 0.1),
        (0.049, MOOD, 0.1),
        (-0.004, MOOD, -0.1),
        (0.0, MOOD, 0.0),
        (-0.0, MOOD, 0.0),
        (1.3, HOURS, 1.5),
        (0.174, FINE, 0.15),
        (0.02, FINE, 0.05),
        (1e-12, MOOD, 0.0),
    ],
)
def test_shown(value: float, measure: Measure, said: float) -> None:
    assert shown(value, measure) == said


@given(st.floats(-10, 10), st.sampled_from([MOOD, HOURS, FINE]))
def test_rounding_mirrors_and_never_crosses_zero(value: float, measure: Measure) -> None:
    assert shown(-value, measure) == -shown(value, measure)
    assert shown(value, measure) * value >= 0
    if abs(value) >= 1e-6:
        assert shown(value, measure) != 0
    assert abs(shown(value, measure) - value) < resolution(measure)


@given(st.floats(-10, 10))
def test_a_bound_is_said_in_halves_or_with_one_decimal(value: float) -> None:
    assert round(shown(value, MOOD), 1) == shown(value, MOOD)


def test_about_the_same_is_less_than_a_quarter_of_a_step() -> None:
    assert reaches_zero(0.2499, MOOD)
    assert not reaches_zero(0.25, MOOD)
    assert not reaches_zero(-0.25, MOOD)


def test_one_decimal_rounds_halves_up() -> None:
    assert one_decimal(5.25) == 5.3
    assert one_decimal(6.142857) == 6.1
    assert to_nearest(0.30000000000000004, 0.1) == 0.3
    assert text("result-mean", mean=one_decimal(6)) == "6.0"


def test_plurals() -> None:
    assert text(Say("result-amount", {"size": 1.0, "unit": "points"})) == "1 point"
    assert text(Say("result-amount", {"size": 0.5, "unit": "points"})) == "0.5 points"
    assert text(Say("result-amount", {"size": 1.0, "unit": "hours"})) == "1 hour"
    assert text(Say("result-amount", {"size": spoken(0.0004), "unit": "points"})) == "0.0004 points"
    assert text(Say("result-bound", {"side": "same", "size": 0.0, "unit": "points"})) == "no difference"
