"""A sentence before it has a language: the key of a catalogue message and what fills its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Say:
    """The domain says it; `app/core/catalogue.py` words it from `app/data/locales`.

    An argument may be a `Say` itself: a weekday or a measure's name inside a sentence.
    """

    key: str
    args: Mapping[str, str | int | float | Say] = field(default_factory=dict)
