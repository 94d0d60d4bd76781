"""A fortnight as a file: the least that comes back, and the export of one with everything in it."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

from app.core import clock

from tests.api.test_comparison import logged_fortnight
from tests.briefs import make, prepare
from tests.cast import Cast, Player, days_ago
from tests.sharing import shared

BEFORE = {"paused_at": None, "stopped_at": None, "comparison_opened_at": None, "started_at": None}


def draft(question: str = "Am I foggier?") -> str:
    """The text of a file with nothing but a question."""
    stamp = (clock.now() - timedelta(days=1)).isoformat()
    experiment: dict[str, Any] = {
        "id": str(uuid4()),
        "unreadable": False,
        "revision": 1,
        "created_at": stamp,
        **BEFORE,
    }
    experiment |= {"covered": False, "changes": [], "question": question, "zone": "UTC"}
    return json.dumps(
        {"format": "fortnight", "version": 1, "made_at": stamp, "experiment": experiment, "check_ins": []}
    )


def export(who: Player, experiment: dict[str, Any]) -> dict[str, Any]:
    answer = who.http.get(f"/api/experiments/{experiment['id']}/export")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def everything(cast: Cast) -> dict[str, Any]:
    """A fortnight of Ana's that is over, looked at, written on, shared, and changed after the look."""
    over = logged_fortnight(
        cast,
        own_measures=[{"key": "own1", "name": "fog", "low": "none", "high": "most"}],
        side_effects=["dry mouth"],
        prediction={"direction": "lower", "points": 2},
        hope="To read a whole page.",
        mood_floor=2,
    )
    path = f"/api/experiments/{over['id']}"
    export(cast.ana, over)  # the first look is stamped
    more = {"own": {"own1": 4}, "side_effects": {"dry mouth": 2}, "sleep_hours": 6.5, "note": "a 😀 line\nand one"}
    cast.ana.put(
        over, days_ago(14), base=1, mood=7, dose="not_taken", dose_reason="forgot", note_starred=True, **more
    )
    today = days_ago(0)
    lines = [{"cell": "not_good", "words": "clear head", "weight": 3, "measure": {"key": "own1", "name": "fog"}}]
    pages: list[tuple[str, dict[str, Any]]] = [
        ("reflections/balance", {"lines": lines}),
        ("reflections/rulers", {"importance": 6}),
        ("reflections/words", {"meaning": "rest", "miss": ""}),
    ]
    for what, said in pages:
        answer = cast.ana.http.put(f"{path}/{what}/{today}", json={**said, "base_revision": 0})
        assert answer.status_code == 200, answer.text
    for base in (0, 1):
        review = {"conclusion": f"I slept. {base}", "next_step": "ask_prescriber", "base_revision": base}
        assert cast.ana.http.put(f"{path}/review", json=review).status_code == 200
    assert prepare(cast.ana, over).status_code == 200
    make(cast.ana, over)
    shared(cast.ana, cast.theo, over, ["mood"])
    return over
