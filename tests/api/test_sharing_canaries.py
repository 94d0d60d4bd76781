"""Whatever is chosen, changed, taken back in whatever order: no byte of a field outside the scope reaches anybody.

Every field of the fortnight holds a word, or a number that nothing else has, by which it is known again.
"""

import random
from typing import Any

import pytest

from tests.briefs import prepare
from tests.cast import Cast, Player, days_ago
from tests.sharing import EVERYTHING, choose, resume, shared, show_doses, supported

ROUNDS, ROUNDS_NIGHTLY = 30, 1000
# By which each field is known again in an answer. Numbers stand in tables and charts as they were answered.
MARKS: dict[str, tuple[str, ...]] = {
    "doses": ("CANARY-doses", "not_taken", "ran_out"),
    "own_measures": ("CANARY-own",),
    "side_effects": ("CANARY-effect",),
    "starred_notes": ("CANARY-starred",),
    "question": ("CANARY-question",),
    "prediction": ("CANARY-prediction", "expected by", '"points":'),
    "sleep": ("11.5",),
    "conclusion": ("CANARY-conclusion", "ask_prescriber"),
    "balance": ("CANARY-balance", "not_less"),
    "visit": ("CANARY-visit", '"effort_listen":2'),
}
NEVER = (
    *("CANARY-note", "CANARY-hope", "CANARY-anything", "CANARY-meaning", "CANARY-miss", "CANARY-noticed"),
    *("importance", "confidence", "CANARY-untold", "CANARY-page"),
)


OF_A_VISIT: dict[str, Any] = {
    **dict.fromkeys(("words", "in_the_way", "decided", "step"), "CANARY-visit"),
    **dict.fromkeys(("called", "prescriber", "strength", "since", "changed"), "CANARY-page"),
    "questions": ["CANARY-visit"],
    "answers": [{"they": "CANARY-visit", "me": "CANARY-visit"}],
    "options": [{"kind": "stay", "good": "CANARY-visit", "less_good": "CANARY-visit", "effort": "CANARY-visit"}],
    "effort_listen": 2,
    "not_told": "CANARY-untold",
    "on_page": ["words", "not_told"],
}


def a_fortnight(client: Player, *, start: int) -> dict[str, Any]:
    fortnight = client.started(
        start_on=days_ago(start),
        question="CANARY-question",
        medicine_label="CANARY-doses",
        own_measures=[{"key": "own1", "name": "CANARY-own", "low": "", "middle": "", "high": ""}],
        side_effects=["CANARY-effect"],
        hope="CANARY-hope",
        prediction={"direction": "lower", "points": 3},
    )
    for number in range(7):
        answer = client.put(
            fortnight,
            days_ago(start - number),
            mood=4 + number % 3,
            dose="not_taken" if number % 2 else "taken",
            dose_reason="ran_out" if number % 2 else None,
            sleep_hours=11.5,
            like_myself=6,
            own={"own1": 7},
            side_effects={"CANARY-effect": 2},
            side_effects_words="CANARY-effect",
            anything_else="CANARY-anything",
            note="CANARY-starred" if number == 2 else "CANARY-note",
            note_starred=number == 2,
        )
        assert answer.status_code == 200, answer.text
    made_of_it = {"conclusion": "CANARY-conclusion", "next_step": "ask_prescriber", "base_revision": 0}
    assert client.http.put(f"/api/experiments/{fortnight['id']}/review", json=made_of_it).status_code == 200
    reflect(client, fortnight)
    prepare(client, fortnight, **OF_A_VISIT).raise_for_status()
    return fortnight


def reflect(client: Player, fortnight: dict[str, Any]) -> None:
    """A page of each kind; a line of the balance became the measure whose name only its owner sees with it."""
    measure = {"key": "own1", "name": "CANARY-noticed"}
    line = {"cell": "not_less", "words": "CANARY-balance", "weight": 3, "measure": measure}
    pages: dict[str, dict[str, Any]] = {
        "balance": {"lines": [line]},
        "rulers": {"importance": 8, "confidence": 1},
        "words": {"meaning": "CANARY-meaning", "miss": "CANARY-miss"},
    }
    for kind, said in pages.items():
        url = f"/api/experiments/{fortnight['id']}/reflections/{kind}/{days_ago(0)}"
        answer = client.http.put(url, json={**said, "base_revision": 0})
        assert answer.status_code == 200, answer.text


def leaks(text: str, fields: list[str], *, ended: bool, close: bool = False) -> list[str]:
    """`close`: read by a supporter, who sees no dose while it runs."""
    shown = set(fields) - (set() if ended else {"prediction", "doses"} if close else {"prediction"})
    hidden = [mark for field, marks in MARKS.items() if field not in shown for mark in marks]
    return [mark for mark in (*hidden, *NEVER) if mark in text]


def rounds(cast: Cast, number: int) -> None:
    dice = random.Random(number)
    fortnights = [(a_fortnight(cast.ana, start=15), True), (a_fortnight(cast.ana, start=6), False)]
    for fortnight, ended in fortnights:
        sharing = shared(cast.ana, cast.theo, fortnight, EVERYTHING)
        consent = f"/api/sharings/{sharing['id']}/experiments/{fortnight['id']}"
        seen = 0
        for _ in range(number // 2):
            fields = [field for field in EVERYTHING if dice.random() < 0.5] or ["mood"]
            changed = choose(cast.ana, sharing["id"], fortnight["id"], fields)
            assert changed.status_code == 200, changed.text
            preview = cast.ana.http.post(
                f"/api/experiments/{fortnight['id']}/shared-view", json={"fields": fields}
            )
            page = cast.theo.http.get(f"/api/clients/{sharing['id']}")
            one = cast.theo.http.get(f"/api/clients/{sharing['id']}/fortnights/{fortnight['id']}")
            assert page.json()["newest"] == preview.json() == one.json()
            for answer in (page, one, preview, cast.theo.http.get("/api/clients")):
                assert leaks(answer.text, fields, ended=ended) == [], fields
            seen += sum(mark in page.text for marks in MARKS.values() for mark in marks)
            if dice.random() < 0.3:
                assert show_doses(cast.ana, sharing["id"], fortnight["id"]).status_code == 200
                during = cast.theo.http.get(f"/api/clients/{sharing['id']}")
                assert "doses" in during.json()["newest"]["fields"]
                assert leaks(during.text, [*fields, "doses"], ended=ended) == [], fields
                assert cast.ana.http.delete(f"{consent}/doses").status_code == 200
                after = cast.theo.http.get(f"/api/clients/{sharing['id']}")
                assert after.json()["newest"] == page.json()["newest"]
            if dice.random() < 0.3:
                assert cast.ana.http.delete(consent).status_code == 204
                gone = cast.theo.http.get(f"/api/clients/{sharing['id']}")
                assert gone.status_code == 404
                assert leaks(gone.text + cast.theo.http.get("/api/clients").text, [], ended=ended) == []
        assert seen > number, "the marks are there where they are shared, or this shows nothing"
        assert cast.ana.http.delete(f"/api/sharings/{sharing['id']}").status_code == 204


def test_nothing_outside_the_scope_reaches_anybody(cast: Cast) -> None:
    rounds(cast, ROUNDS)


@pytest.mark.nightly
def test_nothing_outside_the_scope_reaches_anybody_however_often(cast: Cast) -> None:
    rounds(cast, ROUNDS_NIGHTLY)


def rounds_close(cast: Cast, number: int) -> None:
    """The same for a supporter: chosen anew, renewed, paused, and the fortnight itself paused."""
    dice = random.Random(number)
    fortnights = [(a_fortnight(cast.ana, start=15), True), (a_fortnight(cast.ana, start=6), False)]
    for fortnight, ended in fortnights:
        here = f"/api/experiments/{fortnight['id']}"
        sharing = supported(cast.ana, cast.mia, fortnight, EVERYTHING)
        consent = f"/api/sharings/{sharing['id']}/experiments/{fortnight['id']}"
        seen = 0
        for _ in range(number // 2):
            fields = [field for field in EVERYTHING if dice.random() < 0.5] or ["doses"]
            changed = choose(cast.ana, sharing["id"], fortnight["id"], fields)
            assert changed.status_code == 200, changed.text
            if not ended and dice.random() < 0.3:
                assert cast.ana.http.post(f"{here}/{dice.choice(['pause', 'resume'])}").status_code in {200, 409}
            preview = cast.ana.http.post(f"{here}/shared-view", json={"fields": fields, "reader": "supporter"})
            page = cast.mia.http.get(f"/api/clients/{sharing['id']}")
            one = cast.mia.http.get(f"/api/clients/{sharing['id']}/fortnights/{fortnight['id']}")
            assert page.json()["newest"] == preview.json() == one.json()
            for answer in (page, one, preview, cast.mia.http.get("/api/clients")):
                assert leaks(answer.text, fields, ended=ended, close=True) == [], fields
            assert ("doses" in page.json()["newest"]["fields"]) is (ended and "doses" in fields)
            seen += sum(mark in page.text for marks in MARKS.values() for mark in marks)
            assert show_doses(cast.ana, sharing["id"], fortnight["id"]).status_code == 404
            if dice.random() < 0.3:
                at, by_pausing = f"/api/sharings/{sharing['id']}", dice.random() < 0.5
                away = cast.ana.http.post(f"{at}/pause") if by_pausing else cast.ana.http.delete(consent)
                assert away.status_code == 204
                gone = cast.mia.http.get(f"/api/clients/{sharing['id']}")
                assert gone.status_code == 404
                assert leaks(gone.text + cast.mia.http.get("/api/clients").text, [], ended=ended, close=True) == []
                assert resume(cast.ana, sharing["id"]).status_code == 204
        assert seen > number // 2, "the marks are there where they are shared, or this shows nothing"
        assert cast.ana.http.delete(f"/api/sharings/{sharing['id']}").status_code == 204


def test_nothing_outside_the_scope_and_no_dose_while_it_runs_reaches_a_supporter(cast: Cast) -> None:
    rounds_close(cast, ROUNDS)


@pytest.mark.nightly
def test_nothing_outside_the_scope_reaches_a_supporter_however_often(cast: Cast) -> None:
    rounds_close(cast, ROUNDS_NIGHTLY)
