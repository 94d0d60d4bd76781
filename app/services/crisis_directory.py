"""Reads `app/data/crisis_lines.toml` once. No database, no clock, no network."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.domain.crisis import Country, CrisisDirectory, CrisisLine

CRISIS_LINES = Path(__file__).parents[1] / "data" / "crisis_lines.toml"


@lru_cache(maxsize=1)
def crisis_directory() -> CrisisDirectory:
    """The shipped directory, countries sorted by their English names."""
    data = tomllib.loads(CRISIS_LINES.read_text(encoding="utf-8"))
    countries = (_country(code, entry) for code, entry in data["country"].items())
    return CrisisDirectory(
        countries=tuple(sorted(countries, key=lambda country: country.name)),
        fallback_text=data["fallback"]["text"],
        directories=tuple(data["fallback"]["directories"]),
        confidence=data["confidence"],
    )


def _country(code: str, entry: Mapping[str, Any]) -> Country:
    return Country(
        code=code,
        name=entry["name"],
        emergency=entry["emergency"],
        dial=tuple(entry["dial"]),
        lines=tuple(_line(row) for row in entry["lines"]),
    )


def _line(row: Mapping[str, Any]) -> CrisisLine:
    checked_on = row["checked_on"]
    return CrisisLine(
        **{
            **row,
            "dial": tuple(row.get("dial", ())),
            "checked_on": date.fromisoformat(checked_on) if checked_on else None,
        }
    )
