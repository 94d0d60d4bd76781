"""What one person writes runs on nobody else's screen: 120 scripts through every text that another one opens."""

from datetime import timedelta
from itertools import cycle
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone, Person, Server, sign_in, sign_up, today
from tests.browser.places import invitation
from tests.hostile_words import PAYLOADS
from tests.sharing import by_hand

AT_ONCE = 12
EVERYTHING = ["mood", "sleep", "doses", "own_measures", "side_effects", "starred_notes", "balance", "question"]
BEYOND = ["prediction", "conclusion", "visit"]


def write(ana: Person, words: tuple[str, ...]) -> str:
    """Each of `words` in each text of a fortnight that is long enough, and one or the other in the short ones."""
    each = cycle(words)
    short = iter(lambda: next(each)[:24], None)
    begun = ana.experiment(
        started_days_ago=14,
        question="".join(words)[:500],
        medicine="methylphenidate",
        medicine_label=next(each)[:60],
        hope=next(each),
        own_measures=[
            {"key": "own1", "name": next(each)[:40], **{at: next(short) for at in ("low", "middle", "high")}}
        ],
        side_effects=[next(each)[:60]],
        primary="own1",
        measures_offered=["own1", "mood"],
    )
    effect = begun["side_effects"][0]
    for number in range(1, 4):
        answer = ana.put(
            begun,
            (today() - timedelta(days=number)).isoformat(),
            own={"own1": 4 + number},
            dose="taken" if number % 2 else "not_taken",
            side_effects={effect: 2},
            side_effects_words="".join(words)[:500],
            note="\n".join(words),
            note_starred=True,
        )
        assert answer.status_code == 200, answer.text
    here = f"/api/experiments/{begun['id']}"
    lines = [{"cell": "not_good", "words": word} for word in words]
    page = {"lines": lines, "base_revision": 0}
    assert ana.http.put(f"{here}/reflections/balance/{today()}", json=page).status_code == 200
    made = {"conclusion": "\n".join(words)[:2000], "next_step": "go_on", "base_revision": 0}
    assert ana.http.put(f"{here}/review", json=made).status_code == 200
    assert ana.http.put(f"{here}/visit", json=visit(words)).status_code == 200
    return str(begun["id"])


def visit(words: tuple[str, ...]) -> dict[str, Any]:
    """Two of them in each pair, three in each option, all of them in what is longer."""
    all_of_them = "\n".join(words)
    pairs = [{"they": one[:160], "me": other[:240]} for one, other in zip(words[::2], words[1::2], strict=True)]
    options = [
        {"kind": "own", "name": one[:80], "good": two[:200], "less_good": three[:200], "effort": one[:200]}
        for one, two, three in zip(words[::3], words[1::3], words[2::3], strict=True)
    ]
    return {
        "words": all_of_them[:400],
        "questions": [word[:160] for word in words[:6]],
        "not_told": all_of_them[-300:],
        "in_the_way": all_of_them[-400:],
        "answers": pairs,
        "options": options,
        "decided": all_of_them[:600],
        "step": words[0][:160],
        "on_page": ["not_told"],
        "base_revision": 0,
    }


def share(ana: Person, theo: Person, fortnight: str, words: tuple[str, ...], number: int) -> str:
    """Theo's name and what he calls her are words too."""
    made = theo.http.post("/api/invitations", json={"name": words[number % len(words)][:40]})
    assert made.status_code == 201, made.text
    called = words[(number + 1) % len(words)][:40]
    yes: dict[str, Any] = {"experiment_id": fortnight, "called": called, "text_version": 1}
    body = {**yes, "code": made.json()["code"], "fields": [*EVERYTHING, *BEYOND]}
    answer = by_hand(ana, lambda: ana.http.post("/api/sharings", json=body))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def for_sessions(ana: Person, sharing: str, words: tuple[str, ...]) -> None:
    """Lists of five lines each, and a check, all shown; the last list is of no day."""
    at = f"/api/sharings/{sharing}/session-pages"
    lists = [[word[:120] for word in words[begin : begin + 5]] for begin in range(0, len(words), 5)]
    pages: dict[str, dict[str, Any]] = {
        f"agenda/{number}": {"lines": lines, "zone": "UTC"} for number, lines in enumerate(lists, 1)
    }
    pages["check/1"] = {"session_on": str(today()), "heard": 3, "words": "\n".join(words)[:1000]}
    for page, said in pages.items():
        assert ana.http.put(f"{at}/{page}", json={**said, "base_revision": 0}).status_code == 200
        shown = {"shown": True, "base_revision": 1}
        assert ana.http.put(f"{at}/{page}/shown", json=shown).status_code == 200


def note(theo: Person, sharing: str, words: tuple[str, ...]) -> str:
    said = [
        {"words": word, "situation": word, "affect": word[:80], "theme": word[:60], "intensity": 5}
        for word in words
    ]
    body = {"session_on": str(today()), "moments": said, "reflection": "\n".join(words)[:2000], "base_revision": 0}
    answer = theo.http.put(f"/api/clients/{sharing}/notes/{uuid4()}", json=body)
    assert answer.status_code == 200, answer.text
    return sharing


def look(page: Page, path: str, words: tuple[str, ...]) -> int:
    """Opens it with every fold, and says how many of the words stand there as words."""
    page.goto(path)
    page.get_by_role("heading", level=1).wait_for()
    page.wait_for_load_state("networkidle")
    page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    alive = "img, iframe, object, embed, base, meta, [onerror], [onload], [srcdoc]"
    expect(page.locator(f"main :is({alive})")).to_have_count(0)
    expect(page.locator("main [href^='javascript']")).to_have_count(0)
    assert page.locator("script:not([src])").count() == 0, path
    assert page.evaluate("window.hurt") is None
    shown = page.locator("main").inner_text()
    return sum(word.strip() in shown for word in words)


@pytest.mark.parametrize("number", range(len(PAYLOADS) // AT_ONCE))
def test_what_one_writes_runs_on_nobody_elses_screen(phone: NewPhone, server: Server, number: int) -> None:
    words = PAYLOADS[number * AT_ONCE : (number + 1) * AT_ONCE]
    theo = sign_up(server.url, "theo", role="therapist", token=invitation(server, "therapist").split("#")[1])
    ana = sign_up(server.url)
    ran: list[str] = []

    def opened(by: Person, **context: Any) -> Page:
        own = phone(server.url, **context)
        sign_in(own, by)
        page = own.new_page()
        page.on("dialog", lambda dialog: ran.append(dialog.message))
        page.on("pageerror", lambda error: ran.append(str(error)))
        return page

    desk, page = opened(theo, viewport={"width": 1280, "height": 800}), opened(ana)
    fortnight = write(ana, words)
    sharing = note(theo, share(ana, theo, fortnight, words, number), words)
    for_sessions(ana, sharing, words)
    assert look(desk, f"/client/{sharing}", words) == AT_ONCE
    look(desk, "/clients", words)
    assert look(desk, f"/client/{sharing}/notes", words) == AT_ONCE
    look(desk, f"/client/{sharing}/supervision", words)
    look(page, "/sharing", words)
    look(page, f"/sharing/{sharing}/session", words)
    look(page, f"/experiment/{fortnight}/balance", words)
    look(page, f"/experiment/{fortnight}", words)
    assert look(page, f"/brief/{fortnight}?practise", words) >= AT_ONCE // 2
    assert look(page, f"/brief/{fortnight}?options", words) == AT_ONCE
    assert ran == []
    assert theo.http.get("/api/clients").status_code == 200, "nobody's account was deleted"


def test_every_one_has_its_turn() -> None:
    assert len(PAYLOADS) == 120
    assert len(PAYLOADS) % AT_ONCE == 0
