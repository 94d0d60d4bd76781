"""A sentence before it has a language: the key of a catalogue message and what fills its places."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Say:
    """The domain says it; `app/core/catalogue.py` words it from `app/data/locales`."""

    key: str
    args: Mapping[str, str | int | float] = field(default_factory=dict)
