"""Reads `app/data/medicines.toml` once into the frozen table that the gate asks. No database, no clock."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.domain.medicines import (
    HalfLife,
    Medicine,
    MedicineClass,
    MedicineTable,
    Source,
    Step,
    Symptom,
    plain,
)

MEDICINES = Path(__file__).parents[1] / "data" / "medicines.toml"


@lru_cache(maxsize=1)
def medicine_table() -> MedicineTable:
    """The shipped table."""
    return parse(tomllib.loads(MEDICINES.read_text(encoding="utf-8")))


def parse(data: Mapping[str, Any]) -> MedicineTable:
    """The table from its TOML. Raises ValueError for a name twice, KeyError for an unknown source or list."""
    sources = {key: Source(**entry) for key, entry in data["source"].items()}
    worrying = {key: _symptoms(rows) for key, rows in data["worrying"].items()}
    by_name: dict[str, Medicine] = {}
    for key, entry in data["class"].items():
        for name, medicine in _medicines(key, entry, sources):
            if by_name.setdefault(name, medicine) is not medicine:
                raise ValueError(f"{name!r} is in two places of medicines.toml")
    return MedicineTable(
        classes={key: _class(key, entry, sources, worrying) for key, entry in data["class"].items()},
        by_name=by_name,
        always_worrying=worrying["any"],
        reviewed_by_clinician=data["reviewed_by_clinician"],
    )


def suggestions(table: MedicineTable) -> tuple[Medicine, ...]:
    """Every medicine once, by its own name, in alphabetical order."""
    return tuple(sorted(set(table.by_name.values()), key=lambda medicine: medicine.name))


def _class(
    key: str,
    entry: Mapping[str, Any],
    sources: Mapping[str, Source],
    worrying: Mapping[str, tuple[Symptom, ...]],
) -> MedicineClass:
    return MedicineClass(
        key=key,
        action=entry["action"],
        action_as_needed=entry.get("action_as_needed"),
        asks_pattern=entry.get("asks_pattern", False),
        knows_first=entry.get("knows_first", False),
        own_line=entry.get("own_line"),
        steps=tuple(Step(**step) for step in entry.get("steps", ())),
        worrying=tuple(symptom for name in entry.get("worrying", ()) for symptom in worrying[name]),
        kinds=frozenset(entry.get("kinds", ())),
        sources=tuple(sources[name] for name in entry.get("source", ())),
        facts=tuple(entry.get("facts", ())),
    )


def _medicines(
    key: str, entry: Mapping[str, Any], sources: Mapping[str, Source]
) -> Iterable[tuple[str, Medicine]]:
    for row in entry.get("medicines", ()):
        low, high = row["half_life_h"]
        medicine = Medicine(
            name=row["name"],
            class_key=key,
            half_life=HalfLife(low, max(high, row.get("metabolite_h", 0))),
            source=sources[row["source"]] if "source" in row else None,
        )
        for name in (row["name"], *row.get("also", ())):
            yield plain(name), medicine
    for name in entry.get("others", ()):
        yield plain(name), Medicine(name=name, class_key=key)


def _symptoms(rows: Iterable[tuple[str, Any]]) -> tuple[Symptom, ...]:
    return tuple(Symptom(id=name, grade=grade) for name, grade in rows)
