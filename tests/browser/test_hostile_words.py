"""Whatever a person writes stays words, on every screen; and the plan that help shows is nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Person, Server, sign_in, sign_up, today
from tests.browser.reflecting import line, write

WORDS = (
    '"><img src=x onerror=alert(1)>',
    "<script>alert(2)</script>",
    "</title></textarea></svg><svg onload=alert(3)>",
    "javascript:alert(4)//<a href=javascript:alert(4)>x</a>",
    "{{7*7}}${7*7}{ $note }<iframe srcdoc='<script>alert(5)</script>'>\u202e\u2028",
)


def write_everywhere(ana: Person, words: str) -> dict[str, Any]:
    """`words` in every text field there is, in a running fortnight with three days written."""
    plan = {"notice_first": words, "what_helps": words, "who_i_call": words, "country": None, "base_revision": 0}
    assert ana.http.put("/api/safety-plan", json=plan).status_code == 200
    short = words[:24]
    experiment = ana.experiment(
        started_days_ago=3,
        question=words,
        medicine="methylphenidate",
        medicine_label=words[:60],
        prescriber_told={"told_on": "2026-01-05", "name": words},
        hope=words,
        own_measures=[{"key": "own1", "name": words[:40], "low": short, "middle": short, "high": short}],
        side_effects=[words[:60]],
        primary="own1",
        measures_offered=["own1", "mood"],
    )
    for number in range(3):
        answer = ana.put(
            experiment,
            (today() - timedelta(days=number)).isoformat(),
            own={"own1": 4 + number},
            dose="taken" if number % 2 else "not_taken",
            side_effects={words[:60]: 2},
            side_effects_words=words,
            anything_else=words,
            note=words,
            note_starred=True,
        )
        assert answer.status_code == 200, answer.text
    write(ana, experiment["id"], "balance", lines=[line(words, weight=3), line(words, "taking_less")])
    write(ana, experiment["id"], "rulers", importance=4, confidence=None)
    write(ana, experiment["id"], "words", meaning=words, miss=words)
    made = {"conclusion": words, "next_step": "go_on", "base_revision": 0}
    answer = ana.http.put(f"/api/experiments/{experiment['id']}/review", json=made)
    assert answer.status_code == 200, answer.text
    return experiment


def reads_as_words(page: Page, words: str) -> bool:
    """Whether they stand there, in text or in a field; that nothing of them came alive is checked with every fold
    open."""
    page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    expect(page.locator("body :is(img, iframe, [onerror], [onload], [srcdoc])")).to_have_count(0)
    expect(page.locator("a[href^='javascript']")).to_have_count(0)
    assert page.locator("script:not([src])").count() == 0, page.url
    return words[:20] in page.locator("body").inner_text() + str(
        page.evaluate("[...document.querySelectorAll('input, textarea')].map(field => field.value).join()")
    )


@pytest.mark.parametrize("words", WORDS)
def test_words_stay_words_on_every_screen(page: Page, ana: Person, words: str) -> None:
    experiment = write_everywhere(ana, words)
    opened: list[str] = []
    page.on("dialog", lambda dialog: opened.append(dialog.message))
    paths = ("/", "/days", "/experiments", "/plan", "/settings", "/menu", "/new", "/diary", "/help")
    here = f"/experiment/{experiment['id']}"
    own = (here, f"/result/{experiment['id']}", f"/day/{today() - timedelta(days=1)}")
    written = (f"{here}/balance", f"{here}/words")
    seen = 0
    for path in (*paths, *own, *written, f"{here}/rulers"):
        page.goto(path)
        page.wait_for_load_state("networkidle")
        found = reads_as_words(page, words)
        assert found or path not in written, path
        seen += found
    page.goto(f"/review/{experiment['id']}")
    page.get_by_role("button", name="Begin").click()
    conclusion = page.get_by_label("In your words")
    while not conclusion.count():
        reads_as_words(page, words)
        page.get_by_role("button", name="Next").click()
    expect(conclusion).to_have_value(words)
    assert reads_as_words(page, words)
    assert opened == []
    assert seen >= 6  # it was really there to be misread


def test_help_shows_no_plan_of_somebody_who_was_here_before(
    page: Page, context: BrowserContext, ana: Person, server: Server
) -> None:
    lines = {"notice_first": "Anas own line", "what_helps": "", "who_i_call": "", "country": None}
    ana.http.put("/api/safety-plan", json={**lines, "base_revision": 0})
    ana.experiment()
    page.goto("/")
    page.wait_for_load_state("networkidle")
    page.goto("/help")
    expect(page.get_by_text("Anas own line")).to_be_visible()
    context.clear_cookies()
    theo = sign_up(server.url, "theo")
    page.route("**/api/safety-plan", lambda route: route.abort())
    sign_in(context, theo)
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert theo.id in page.evaluate("localStorage.getItem('fortnight-account')")
    page.goto("/help")
    expect(page.get_by_text("Anas own line")).to_have_count(0)
