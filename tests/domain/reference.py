"""The reference cases of ../shared/cases, read in place: real series with independently computed answers."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases"
HERE = CASES.is_dir()
NOT_HERE = "the reference cases (../shared/cases) are not here"

Series = tuple[list[int], list[float], list[int]]


def _json(name: str) -> dict[str, Any]:
    return dict(json.loads((CASES / name).read_text())) if HERE else {}


TIERS, FROM_R = _json("tiers_reference.json"), _json("expected_R.json")


def rows_of(file: str) -> list[dict[str, str]]:
    with (CASES / file).open(newline="") as lines:
        return list(csv.DictReader(lines))


def _series(rows: list[dict[str, str]], measure: str) -> Series:
    rated = [row for row in rows if row["on"] != "" and row[measure] != ""]
    return [int(r["t"]) for r in rated], [float(r[measure]) for r in rated], [int(r["on"]) for r in rated]


def _melatonin(days: str) -> Series:
    """`full_70d`, or `days15_28` counted from 1."""
    first, last = (1, 70) if days == "full_70d" else map(int, days.removeprefix("days").split("_"))
    rows = rows_of("melatonin_meng2026_daily.csv")
    return _series([row for row in rows if first <= int(row["t"]) + 1 <= last], "y")


def _niplav(substance: str, measure: str, days: str) -> Series:
    rows = rows_of(f"niplav_{substance}_daily.csv")
    if days == "first14days":
        start = date.fromisoformat(rows[0]["date"])
        rows = [row for row in rows if (date.fromisoformat(row["date"]) - start).days < 14]
    return _series(rows, measure)


def _kossakowski(before: str) -> Series:
    """Seven days on either side of the change from `before` mg: the higher dose against the lower."""
    rows = [row for row in rows_of("kossakowski_venlafaxine_daily.csv") if row["down"] != ""]
    last = max(place for place, row in enumerate(rows) if row["mg"] == before)
    window = rows[last - 6 : last + 8]
    return (
        [int(row["t"]) for row in window],
        [float(row["down"]) for row in window],
        [int(row["mg"] == before) for row in window],
    )


def case(key: str) -> Series:
    """Days, ratings and exposures of one reference case by its name."""
    first, *rest = key.split("_")
    match first:
        case "melatonin":
            return _melatonin("_".join(rest))
        case "niplav":
            return _niplav(*rest)
        case "kossakowski":
            return _kossakowski(rest[-3])
        case "onghena2020":
            return _series(rows_of("onghena2020_sleeping_pills_14d.csv"), "y")
        case "wwc":
            return _series(rows_of("wwc_handbook5_fig17_abab.csv"), "y")
    raise KeyError(key)
