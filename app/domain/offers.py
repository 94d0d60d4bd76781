"""Whether a page to write on is offered now: one at most, seldom, and not again once it was turned down.

At most one a week, whichever fortnight it is for; after the end of a fortnight one altogether. What was offered
stands for its week, until it was written or turned down, so that a page opened twice says the same.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from app.domain.reflections import Kind, Part

APART = timedelta(days=7)
_ORDER: Mapping[Part, tuple[Kind, ...]] = MappingProxyType(
    {
        "before": ("words", "balance", "rulers"),
        "middle": ("rulers", "balance"),
        "after": ("balance", "rulers", "words"),
    }
)


@dataclass(frozen=True)
class Offered:
    """`here`: for the fortnight that is asked about, in the part that it is in now."""

    kind: Kind
    at: datetime
    here: bool
    declined: bool = False


@dataclass(frozen=True)
class Known:
    """`written`: the kinds that have a page of this part. `quiet`: turned off."""

    part: Part
    past_half: bool
    written: frozenset[Kind]
    offered: Sequence[Offered]
    quiet: bool = False


def choose(known: Known, *, now: datetime) -> Kind | None:
    """The one page that may be offered now, or none. Whoever shows it notes that it was offered."""
    if known.quiet:
        return None
    last = standing(known.offered, now=now)
    if last is not None:
        return last.kind if last.here and not last.declined and last.kind not in known.written else None
    made = {each.kind for each in known.offered if each.here}
    if (known.part == "after" and made) or (known.part == "middle" and not known.past_half):
        return None
    return next((kind for kind in _ORDER[known.part] if kind not in known.written | made), None)


def standing(offered: Sequence[Offered], *, now: datetime) -> Offered | None:
    """The offer whose week is not over yet."""
    lately = [each for each in offered if now - each.at < APART]
    return max(lately, key=lambda each: each.at, default=None)
