"""The page that a client carries to their prescriber: what may stand on it, and in which words.

It is about a `Report` that was made of what the client ticked and of nothing else (`domain.sharing`), so a number
that is not on the page cannot come about. Sentences are those of ANALYSIS.md; read by somebody else they may say
"taken" for "you took it" (design/DESIGN.md, Brief), and nothing else in them changes.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, cast, get_args

from app.domain.report import LogRow, Report
from app.domain.sharing import Field, Scope
from app.domain.words import Say

Part = Literal[
    "medicine",
    "question",
    "words",
    "not_told",
    "questions",
    "mood",
    "sleep",
    "doses",
    "reasons",
    "like_myself",
    "own_measures",
    "side_effects",
]
PARTS: tuple[Part, ...] = get_args(Part)
"""In the order in which they are always given."""

_FIELDS: frozenset[str] = frozenset(get_args(Field))
# What holds of the medicine or of any fortnight like this one; the rest is about these days.
_LIMITS = frozenset(
    {
        "safety-days-not-chosen",
        "safety-standing",
        "safety-gap-effect",
        "safety-onset",
        "safety-as-needed",
        "result-aside",
        "result-held",
        "result-looked-back",
        "result-brought-back",
        "result-empty-cells",
    }
)
# Said to the client alone, or said elsewhere on the page.
NOT_HERE = frozenset(
    {"safety-notice-ask", "safety-notice-note", "safety-notice-side-effect", "result-prescriber-told"}
)

OF_REASONS = frozenset({"safety-cap-mood-swayed"})
"""They tell why there were days without it."""

Dose = Literal["on", "off", "aside"]


def in_order(parts: Iterable[Part]) -> list[Part]:
    """Each once, in the order in which they are always given."""
    chosen = frozenset(parts)
    return [part for part in PARTS if part in chosen]


def scope(parts: Iterable[Part]) -> Scope:
    """What of the fortnight these parts need."""
    return frozenset(cast(Field, part) for part in parts if part in _FIELDS)


@dataclass(frozen=True)
class Without:
    """The days without it, and how often which reason was given; "unsaid" where none was."""

    rows: tuple[LogRow, ...]
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Effect:
    """One side effect: on how many days, how much it bothered at its worst (0 to 3, or not said), when first."""

    name: str
    days: int
    worst: int | None
    first: LogRow


def without(report: Report) -> Without:
    """The commonest reason first; of those that were given as often, the first that was given."""
    rows = tuple(row for row in report.log if row.dose == "not_taken")
    reasons = Counter(row.dose_reason or "unsaid" for row in rows)
    said = sorted(reasons.items(), key=lambda one: (one[0] == "unsaid", -one[1]))
    return Without(rows, tuple(said))


def effects(report: Report) -> tuple[Effect, ...]:
    """In the order in which they were first noted."""
    names = dict.fromkeys(effect.name for row in report.log for effect in row.side_effects)
    return tuple(_effect(report, name) for name in names)


def _effect(report: Report, name: str) -> Effect:
    noted = [(row, one.bother) for row in report.log for one in row.side_effects if one.name == name]
    told = [bother for _, bother in noted if bother is not None]
    return Effect(name, len({row.number for row, _ in noted}), max(told, default=None), noted[0][0])


def dose_marks(report: Report) -> tuple[tuple[int, Dose], ...]:
    """What was said of the dose, day by day. None where no figure may tell the days apart (ANALYSIS.md, 12)."""
    if not report.drawn.marks:
        return ()
    kinds: dict[str, Dose] = {"taken": "on", "not_taken": "off"}
    return tuple((row.number, kinds.get(row.dose, "aside")) for row in report.log if row.dose)


def about_days(report: Report) -> tuple[Say, ...]:
    """The comparison's own sentences, each cap and each limit that comes from these days."""
    return _chosen(report, lambda key: key not in _LIMITS)


def limits(report: Report) -> tuple[Say, ...]:
    """What two weeks cannot show, whatever the days were."""
    return _chosen(report, lambda key: key in _LIMITS)


def _chosen(report: Report, wanted: Callable[[str], bool]) -> tuple[Say, ...]:
    return tuple(say for say in report.sentences if wanted(say.key) and say.key not in NOT_HERE)


def empty_days(report: Report) -> tuple[date, ...]:
    """The days that are over and on which nothing of this was written."""
    return tuple(day.date for day in report.come if not day.logged)
