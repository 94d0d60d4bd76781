"""How often the comparison is wrong, by simulation: what ANALYSIS.md publishes beside what is measured here.

Two tables. *stands_out*: 1,600 fortnights per row that pass the minimum, ratings whole numbers from 0 to 10,
0 to 25 % of days without a rating, doses on random days, today's rating resembling yesterday's (AR(1)); the
whole rule of steps 1 to 8 without the weekend cap. *covered*: 2,000 series of 14 ratings per cell, seven days
on and seven off in four designs, no difference: how often the 95 % interval of step 4 holds 0.

The published simulation does not say how often its people took the dose or how wide their ratings ran; here
each person takes it with a chance of their own between .3 and .95, which lets about half of the fortnights pass
the minimum (published: about 4 in 10).

Every fortnight is drawn from its own seed, so the figures are the same on any number of processes.
"""

import math
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from itertools import count
from statistics import median
from typing import Any

import numpy as np
from app.domain.analysis import Entry, Plan, analyse
from app.domain.compare import compare
from app.domain.measures import standard
from app.domain.posterior import posterior

from benchmarks.report import progress, show

FORTNIGHTS = 1_600
SERIES = 2_000
DAYS = 14
MIDDLE, SPREAD = 5.0, 1.7
"""Ratings lie around the middle of the scale with this standard deviation, in points."""
WARM_UP = 30
START = date(2026, 3, 2)
PLAN = Plan(START, DAYS, (standard("mood"),), "mood", mode="compare", action="C", counted_from=1)


@dataclass(frozen=True)
class World:
    """How one row's fortnights come about; differences and drift in standard deviations."""

    name: str
    published: float
    difference: float = 0.0
    phi: float = 0.3
    drift: float = 0.0
    sway: float = 0.0
    """Log odds of taking it per standard deviation of that day's mood."""


WORLDS = (
    World("no difference", 2.2),
    World("no difference, phi .6", 2.6, phi=0.6),
    World("no difference, drift of 3 SD", 2.0, drift=3.0),
    World("mood sways taking, not capped", 18, sway=math.log(2.7)),
    World("difference of .5 SD", 8, difference=0.5),
    World("difference of 1 SD", 27, difference=1.0),
    World("difference of 1.5 SD", 51, difference=1.5),
    World("difference of 2 SD", 80, difference=2.0),
)
DESIGNS: dict[str, tuple[str | None, tuple[int, int, int]]] = {
    "one block each (AB)": ("11111110000000", (99, 96, 91)),
    "ABAB": ("11110001111000", (97, 95, 93)),
    "alternate days": ("10101010101010", (92, 96, 97)),
    "scattered": (None, (95, 94, 96)),
}
PHIS = (0.0, 0.3, 0.6)


def ar1(random: np.random.Generator, days: int, phi: float) -> np.ndarray[Any, np.dtype[np.float64]]:
    """A stationary AR(1) series of standard deviation 1."""
    shocks = random.standard_normal(days + WARM_UP)
    value, series = shocks[0], []
    for shock in shocks:
        value = phi * value + math.sqrt(1 - phi**2) * shock
        series.append(value)
    return np.array(series[WARM_UP:])


def fortnight(world: World, seed: int) -> list[Entry]:
    """What one simulated person wrote."""
    random = np.random.default_rng([seed, *map(ord, world.name)])
    mood = ar1(random, DAYS, world.phi)
    usual = random.uniform(0.3, 0.95)
    odds = math.log(usual / (1 - usual)) + world.sway * mood
    taken = random.random(DAYS) < 1 / (1 + np.exp(-odds))
    felt = mood + world.difference * taken + world.drift * np.linspace(-0.5, 0.5, DAYS)
    ratings = np.clip(np.rint(MIDDLE + SPREAD * felt), 0, 10)
    rated = random.random(DAYS) >= random.uniform(0, 0.25)
    return [
        Entry(
            START + timedelta(days=day),
            "taken" if taken[day] else "not_taken",
            None,
            {"mood": float(ratings[day])} if rated[day] else {},
        )
        for day in range(DAYS)
    ]


def stands_out(world: World, fortnights: int = FORTNIGHTS) -> dict[str, Any]:
    """The share of eligible fortnights that stand out, in percent, and what else is published of them."""
    results: list[bool] = []
    half_widths: list[float] = []
    for drawn in count(1):
        written = {entry.date: entry for entry in fortnight(world, drawn)}
        found = analyse(PLAN, written, days=DAYS)
        if found.numbers.lower is None or found.numbers.upper is None:
            continue
        results.append(found.result == "stands_out")
        half_widths.append((found.numbers.upper - found.numbers.lower) / 2 / SPREAD)
        if len(results) == fortnights:
            break
    return {
        "path": world.name,
        "measured_%": round(100 * sum(results) / fortnights, 1),
        "published_%": world.published,
        "half_width_sd": round(sum(half_widths) / fortnights, 2),
        "eligible_%": round(100 * fortnights / drawn),
    }


def covered(cell: tuple[str, int], series: int = SERIES) -> dict[str, Any]:
    """How often the interval holds the true difference, 0, in percent."""
    design, place = cell
    letters, published = DESIGNS[design]
    held = 0
    for seed in range(series):
        random = np.random.default_rng([seed, place, *map(ord, design)])
        x = [int(letter) for letter in letters or random.permutation(list("1" * 7 + "0" * 7))]
        y = ar1(random, DAYS, PHIS[place]).tolist()
        found = posterior(range(DAYS), y, x, step=1e-6)
        held += found.lower <= 0 <= found.upper
    return {
        "path": f"covered: {design}, phi {PHIS[place]:g}",
        "measured_%": round(100 * held / series, 1),
        "published_%": published[place],
    }


def one_comparison() -> float:
    """Milliseconds of one whole 14-day comparison, report and sentences included (median of 200)."""
    drawn = (fortnight(WORLDS[5], seed) for seed in count(1))
    written = next(entries for entries in drawn if compare(PLAN, entries, ended=True).comparison)
    plan = replace(PLAN, counted_from=None)
    took = []
    for _ in range(200):
        start = time.perf_counter()
        compare(plan, written, ended=True)
        took.append(time.perf_counter() - start)
    return 1000 * median(took)


def measured(fortnights: int = FORTNIGHTS, series: int = SERIES) -> Iterable[dict[str, Any]]:
    cells = [(design, place) for design in DESIGNS for place in range(len(PHIS))]
    with ProcessPoolExecutor() as pool:
        for row in pool.map(partial(stands_out, fortnights=fortnights), WORLDS):
            progress(f"{row['path']}: {row['measured_%']} % (published {row['published_%']})")
            yield row
        for row in pool.map(partial(covered, series=series), cells):
            progress(f"{row['path']}: {row['measured_%']} % (published {row['published_%']})")
            yield row


def main(json: bool = False, fortnights: int = FORTNIGHTS, series: int = SERIES) -> None:
    """`./fortnight bench analysis [--json]`."""
    rows = list(measured(fortnights, series))
    outs, covers = rows[: len(WORLDS)], rows[len(WORLDS) :]
    ratios = {
        "false_alarms_largest_%": max(row["measured_%"] for row in outs[:3]),
        "half_width_sd": outs[0]["half_width_sd"],
        "furthest_from_published_stands_out": _furthest(outs),
        "furthest_from_published_covered": _furthest(covers),
        "ms_14_days": round(one_comparison(), 2),
    }
    show("analysis", rows, ratios, as_json=json)


def _furthest(rows: Iterable[dict[str, Any]]) -> float:
    return float(max(round(abs(row["measured_%"] - row["published_%"]), 1) for row in rows))
