"""`app/data/crisis_lines.toml` as typed values, so that tests can ask what it says.

The page of help is made of the same file at build (`frontend/plugins/help-page.ts`); nothing that runs reads it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

Confidence = Literal["A", "B", "C"]


@dataclass(frozen=True)
class CrisisLine:
    """`call`, `text` and `chat` are shown as written; `dial` and `sms` are the digits for links.

    `checked_on` None: no date, nobody has called. `notes`: the grade in full, or "". `kind` "health": a line of
    the health service, first for signs of the body.
    """

    name: str
    confidence: Confidence
    kind: Literal["talk", "health"] = "talk"
    call: str = ""
    dial: tuple[str, ...] = ()
    text: str = ""
    sms: str = ""
    chat: str = ""
    notes: str = ""
    checked_on: date | None = None


@dataclass(frozen=True)
class Country:
    """`emergency` is "" where no number is on file: none is invented, the fallback sentence stands alone."""

    code: str
    name: str
    emergency: str
    dial: tuple[str, ...]
    lines: tuple[CrisisLine, ...]


@dataclass(frozen=True)
class CrisisDirectory:
    """Countries by name. `fallback_text` and `directories` are for a country that is not here, and beside all."""

    countries: tuple[Country, ...]
    fallback_text: str
    directories: tuple[str, ...]
    confidence: Mapping[str, str]

    def country(self, code: str | None) -> Country | None:
        return next((country for country in self.countries if country.code == code), None)


CRISIS_LINES = Path(__file__).parents[1] / "app" / "data" / "crisis_lines.toml"


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
