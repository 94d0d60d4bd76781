"""The days of a fortnight as a table: a row for each, columns that keep their names (docs/taking-along.md).

What was measured keeps its key; what the client named stands behind `own1: ` or `side_effect: `, so that no name
of theirs can be taken for one of ours. An answer that was not given is an empty cell.
"""

from collections.abc import Iterator

from app.core.catalogue import text
from app.domain import measures
from app.domain.report import Measure
from app.rendering.along.told import DayTold, Told
from app.rendering.table_csv import Cell

BEFORE = ("day", "day_number", "state", "dose", "dose_reason", "dose_time", "hard_day", *measures.STANDARD)
"""`dose_time`: when it is usually taken, as the plan says; no hour of a dose is ever asked."""
AFTER = (
    "side_effects_words",
    "worrying",
    "thoughts",
    "anything_else",
    "note",
    "note_starred",
    "written_at",
)
BETWEEN_SIGNS = "; "


def header(told: Told) -> list[str]:
    own = [f"{each.key}: {text(each.name)}" for each in _own(told)]
    return [*BEFORE, *own, *(f"side_effect: {name}" for name in told.effects), *AFTER]


def rows(told: Told) -> Iterator[list[Cell]]:
    keys = [each.key for each in _own(told)]
    for day in told.days:
        yield [
            day.day.isoformat() if told.dated else None,
            day.number,
            day.state,
            day.dose,
            day.dose_reason,
            told.usual_time if day.dose else None,
            _yes(day.hard_day),
            *(day.ratings.get(key) for key in (*measures.STANDARD, *keys)),
            *(day.effects.get(name) for name in told.effects),
            *_after(day),
        ]


def _after(day: DayTold) -> list[Cell]:
    return [
        day.effects_words,
        BETWEEN_SIGNS.join(day.worrying) or None,
        day.thoughts,
        day.anything_else,
        day.note,
        _yes(day.note_starred),
        day.written_at.isoformat(timespec="seconds") if day.written_at else None,
    ]


def _own(told: Told) -> list[Measure]:
    return [each for each in told.measures if each.key in measures.OWN]


def _yes(said: bool | None) -> str | None:
    return "yes" if said else None
