"""The people of the demo: invented, and drawn by a seeded simulation, so that every start shows the same days.

The simulation: mood on day t is `usual + effect·taken_t + e_t`, rounded to the scale, where e_t is AR(1) with
phi = 0.3 (what real diaries show, ANALYSIS.md) and the given spread. Whether the dose was taken is drawn day by
day with `taking`, sleep around 7 hours and a little less in the night after a dose, and some days stay empty.
The seeds were picked so that each result holds on all seven weekdays of starting; `tests/services/test_demo.py`
shows it.
"""

import random
from dataclasses import dataclass
from typing import Any

PHI = 0.3


@dataclass(frozen=True)
class Invented:
    """One client of the demo. `days` are written days counted from the first; `last` result as expected."""

    name: str
    expected: str
    days: int
    seed: int
    usual: float
    effect: float
    spread: float
    taking: float
    plan: dict[str, Any]
    notes: dict[int, str]
    missing: tuple[int, ...] = ()
    side_effect: str = "dry mouth"


_STIMULANT: dict[str, Any] = {
    "way_in": "some_days",
    "medicine": "methylphenidate",
    "medicine_label": "the morning one",
    "pattern": "daily",
    "fits": ["none"],
    "usual_time": "morning",
    "measures_offered": ["like_myself", "energy"],
}

PEOPLE: tuple[Invented, ...] = (
    Invented(
        name="robin",
        expected="stands_out",
        days=14,
        seed=16,
        usual=5.0,
        effect=2.4,
        spread=0.7,
        taking=0.55,
        plan={
            **_STIMULANT,
            "question": "Is my mood better on the days I take it?",
            "primary": "mood",
            "side_effects": ["dry mouth", "less hungry"],
            "own_measures": [{"key": "own1", "name": "fog", "low": "none", "middle": "some", "high": "thick"}],
            "prediction": {"direction": "higher", "points": 1},
            "hope": "To know what to say at the next visit.",
        },
        notes={3: "Long day, slow evening. Walked home.", 10: "Got the forms done before lunch."},
        missing=(6,),
    ),
    Invented(
        name="kim",
        expected="cannot_tell",
        days=14,
        seed=23,
        usual=5.4,
        effect=0.6,
        spread=1.3,
        taking=0.55,
        plan={
            **_STIMULANT,
            "question": "Am I flatter on the days I take it?",
            "primary": "mood",
            "side_effects": ["dry mouth"],
            "prediction": {"direction": "lower", "points": 2},
        },
        notes={5: "Laughed a lot with Jo.", 8: "Slept badly, quarrel about the rent."},
        missing=(4,),
    ),
    Invented(
        name="sascha",
        expected="too_few_days",
        days=14,
        seed=12,
        usual=5.8,
        effect=0.4,
        spread=1.1,
        taking=0.85,
        plan={
            **_STIMULANT,
            "question": "Do I sleep less when I take it?",
            "primary": "sleep_hours",
            "side_effects": ["headache"],
            "prediction": {"direction": "no_idea", "points": None},
        },
        notes={2: "First warm day."},
        missing=(3, 9),
        side_effect="headache",
    ),
    Invented(
        name="mika",
        expected="notice_only",
        days=8,
        seed=3,
        usual=4.8,
        effect=0.0,
        spread=1.2,
        taking=0.9,
        plan={
            "way_in": "every_day",
            "medicine": "sertraline",
            "medicine_label": "the small white one",
            "pattern": "daily",
            "fits": ["none"],
            "usual_time": "evening",
            "measures_offered": ["like_myself", "sleep_quality"],
            "question": "What is a usual week like for me at the moment?",
            "primary": "like_myself",
            "side_effects": ["dry mouth", "jittery"],
        },
        notes={1: "Quiet Sunday kind of day.", 5: "Told Theo about the dreams."},
        missing=(4,),
    ),
)


def simulate(person: Invented) -> list[dict[str, Any] | None]:
    """The answers of each day, None where nothing was written."""
    rng = random.Random(person.seed)
    days: list[dict[str, Any] | None] = []
    carried, before = rng.gauss(0, person.spread), False
    for number in range(person.days):
        carried = PHI * carried + rng.gauss(0, person.spread * (1 - PHI**2) ** 0.5)
        taken = rng.random() < person.taking
        sleep, before = round(2 * rng.gauss(7 - (0.4 if before else 0), 0.8)) / 2, taken
        level = person.usual + person.effect * taken + carried
        extra = {name: _step(level + rng.gauss(0, 1)) for name in ("like_myself", "energy")}
        answers: dict[str, Any] = {
            "mood": _step(level),
            "dose": "taken" if taken else "not_taken",
            "dose_reason": None if taken else rng.choice(["forgot", "ran_out", "chose_to", None]),
            "sleep_hours": min(10.0, max(5.0, sleep)),
            "side_effects": {person.side_effect: rng.choice([0, 1, 1, 2])} if rng.random() < taken * 0.7 else {},
            "note": person.notes.get(number),
            "note_starred": number in person.notes,
            **{name: value for name, value in extra.items() if name in person.plan["measures_offered"]},
        }
        if person.plan.get("own_measures"):
            answers["own"] = {"own1": _step(10 - level + rng.gauss(0, 1))}
        days.append(None if number in person.missing else answers)
    return days


def _step(level: float) -> int:
    """On the scale, and inside what needs no safety card: the demo is not about that."""
    return min(9, max(3, round(level)))
