"""Help by country: emergency number and lines, graded by how they are known. Facts, no rules but one order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

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
