"""Two people, two screens: what is new, three things worth asking, and looking at a result together."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import Person, Server, sign_up, today, too_wide
from tests.browser.reminding import until
from tests.browser.sharing import shared
from tests.sharing import choose

WORDS = "It was quieter than I thought. <b>Really</b>."


@pytest.fixture
def over(ana: Person) -> str:
    """A fortnight that is over, with days that can be set side by side."""
    begun = ana.experiment(
        started_days_ago=15,
        question="Am I calmer on the days I take it?",
        prediction={"direction": "lower", "points": 2},
        prescriber_told={"told_on": "2026-01-05", "name": None},
        own_measures=[],
    )
    for number in range(14):
        day = (today() - timedelta(days=15 - number)).isoformat()
        dose = "taken" if number % 3 else "not_taken"
        words: dict[str, Any] = {"note": "Slept by the window.", "note_starred": True} if number == 4 else {}
        answer = ana.put(begun, day, mood=4 + number % 4, sleep_hours=5 + number % 4, dose=dose, **words)
        assert answer.status_code == 200, answer.text
    return str(begun["id"])


WHOLE = ["mood", "sleep", "doses", "question", "prediction", "starred_notes", "conclusion"]


def test_one_client_is_one_page_without_scrolling_on_a_laptop(desk: Page, ana: Person, over: str) -> None:
    said = {"conclusion": WORDS, "base_revision": 0}
    assert ana.http.put(f"/api/experiments/{over}/review", json=said).status_code == 200
    shared(desk, ana, over, WHOLE)
    desk.goto("/clients")
    desk.get_by_role("link", name=re.compile("^R.")).click()
    for heading in (
        "The question",
        "What was expected",
        "What they made of it",
        "The fortnight at a glance",
        "Worth asking",
        "In their own words",
    ):
        expect(desk.get_by_role("heading", name=heading)).to_be_in_viewport()
    asks = desk.locator(".asks li")
    expect(asks).to_have_count(3)
    expect(asks.last).to_be_in_viewport()
    for row in desk.locator(".glance .measure").all():
        expect(row).to_be_in_viewport()
    expect(desk.locator(".glance [data-key=mood] svg svg")).to_have_count(14)
    expect(desk.locator(".glance .key li")).to_have_text(["days you took it", "days you did not", "set aside"])
    expect(desk.get_by_text("Nobody is watched live, and nobody is told when R. writes.")).to_be_in_viewport()
    expect(desk.locator(".bar")).to_be_hidden()
    assert axe(desk) == []
    assert too_wide(desk) == []


def test_a_step_that_is_shared_no_more_is_not_counted(desk: Page, ana: Person, over: str) -> None:
    sharing = shared(desk, ana, over, ["mood", "question"])
    desk.goto(f"/client/{sharing}/review")
    desk.get_by_text(re.compile(r"^1 of 4$")).wait_for()
    for number in (2, 3, 4):
        desk.get_by_role("button", name="Next").click()
        expect(desk.get_by_text(f"{number} of 4")).to_be_visible()
    choose(ana, sharing, over, ["mood"]).raise_for_status()
    expect(desk.get_by_text("3 of 3")).to_be_visible(timeout=15_000)
    desk.get_by_role("button", name="One back").click()
    expect(desk.get_by_text("2 of 3")).to_be_visible()


def test_the_list_is_sorted_by_the_next_session_and_the_page_says_what_is_new(
    desk: Page, ana: Person, over: str, server: Server
) -> None:
    first = shared(desk, ana, over, ["mood"])
    ben = sign_up(server.url)
    shared(desk, ben, str(ben.experiment()["id"]), ["mood"])
    desk.goto(f"/client/{first}")
    noted = desk.get_by_label("You meet next")
    noted.fill((today() - timedelta(days=8)).isoformat())
    noted.blur()
    expect(desk.get_by_role("heading", name=re.compile("^Since "))).to_be_visible()
    expect(
        desk.get_by_text("Mood was between 4 and 7 since you last met; before that between 4 and 7.")
    ).to_be_visible()
    expect(noted).to_have_value("")
    noted.fill((today() + timedelta(days=2)).isoformat())
    noted.blur()
    expect(desk.get_by_text("Saved", exact=True)).to_be_visible()
    desk.goto("/clients")
    expect(desk.locator("nav .row").first).to_contain_text("You meet on")
    expect(desk.get_by_role("heading", name=re.compile("^Since "))).to_have_count(0)


def test_covered_until_they_look_together_and_kept_afterwards(
    page: Page, desk: Page, ana: Person, over: str
) -> None:
    covered = ana.http.put(f"/api/experiments/{over}/comparison/cover", json={"covered": True})
    assert covered.status_code == 200
    sharing = shared(desk, ana, over, WHOLE)
    desk.goto(f"/client/{sharing}")
    expect(desk.get_by_text("The result is covered until it is looked at together.")).to_be_visible()
    desk.get_by_role("link", name="Look at it together").click()
    for _ in range(3):
        desk.get_by_role("button", name="Next").click()
    expect(desk.get_by_role("heading", name="What it can tell, and what it cannot")).to_be_focused()
    expect(desk.get_by_text("The result is covered. It was to be looked at together.")).to_be_visible()

    page.goto(f"/result/{over}")
    expect(page.get_by_role("heading", name="The result is covered")).to_be_visible()
    expect(page.get_by_role("heading", name="Side by side")).to_have_count(0)
    assert axe(page) == []
    page.get_by_role("link", name="Look at it together").click()
    page.get_by_role("switch", name=re.compile("^Show the doses here")).check()
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", name="The question")).to_be_focused()
    expect(page.get_by_text("Am I calmer on the days I take it?")).to_be_visible()
    thumb = page.get_by_role("button", name="Next").bounding_box()
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("You expected", exact=False)).to_be_visible()
    there = page.get_by_role("button", name="Next").bounding_box()
    assert thumb and there and thumb["x"] == there["x"], "a second tap goes on, and not back"
    page.get_by_role("button", name="Next").click()
    expect(page.get_by_text("You expected", exact=False)).to_be_visible()
    expect(page.get_by_text("Am I calmer on the days I take it?")).to_be_visible()
    expect(page.locator(".glance .ink")).to_have_count(28)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="Look at it now").click()
    told = page.locator(".step .card")
    expect(told).to_be_visible()
    expect(desk.locator(".step .card")).to_have_text(
        re.compile(re.escape(told.locator("h3").inner_text())), timeout=6000
    )
    page.get_by_role("button", name="Next").click()
    page.get_by_label("In your words").fill(WORDS)
    expect(page.get_by_text("Kept on this phone. Not yet with your account.")).to_be_visible()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("Kept with this fortnight.")).to_be_visible()
    page.get_by_role("button", name="Next").click()
    page.get_by_role("radio", name="Ask the prescriber").check()
    expect(page.get_by_text("Kept with this fortnight.")).to_be_visible()
    assert axe(page) == []
    assert too_wide(page) == []
    page.get_by_role("link", name="Done").click()
    expect(page.get_by_role("heading", name="What you made of it")).to_be_visible()
    expect(page.get_by_text(WORDS)).to_be_visible()
    desk.get_by_role("button", name="Next").click()
    expect(desk.get_by_text(WORDS)).to_be_visible(timeout=6000)
    expect(desk.get_by_text("Ask the prescriber")).to_be_visible()
    assert axe(desk) == []


def test_doses_stand_on_the_other_screen_for_this_session_only(
    page: Page, desk: Page, ana: Person, over: str
) -> None:
    sharing = shared(desk, ana, over, ["mood"])
    desk.goto(f"/client/{sharing}")
    expect(desk.get_by_role("heading", name="The fortnight at a glance")).to_be_visible()
    expect(desk.locator(".glance .ink")).to_have_count(14)
    page.goto(f"/review/{over}")
    there = page.get_by_role("switch", name=re.compile("^Show the doses on Dr. Brandt’s screen"))
    there.check()
    expect(page.get_by_text(re.compile("^On that screen until"))).to_be_visible()
    expect(desk.locator(".glance .ink")).to_have_count(0, timeout=6000)
    expect(desk.locator(".glance .on")).not_to_have_count(0)
    there.uncheck()
    expect(desk.locator(".glance .ink")).to_have_count(14, timeout=6000)
    page.get_by_role("button", name="Begin").click()
    while page.get_by_role("button", name="Next").count():
        assert page.locator(".glance .on, .glance .off").count() == 0, "nor here, unless they say so"
        page.get_by_role("button", name="Next").click()


def test_with_doses_and_no_measure_it_is_not_the_doses_that_are_missed(desk: Page, ana: Person, over: str) -> None:
    desk.goto(f"/client/{shared(desk, ana, over, ['doses'])}")
    desk.get_by_role("link", name="Look at it together").click()
    heading = desk.get_by_role("heading", name="What it can tell, and what it cannot")
    expect(desk.get_by_role("button", name="Next")).to_be_visible()
    while not heading.count():
        desk.get_by_role("button", name="Next").click()
    expect(desk.get_by_text("Nothing is shown here that could be set side by side.")).to_be_visible()
    expect(desk.get_by_text("Without the doses")).to_have_count(0)


def test_what_was_typed_outlives_a_lost_signal_a_reload_and_another_device(
    page: Page, ana: Person, over: str
) -> None:
    def at_conclusion() -> None:
        page.goto(f"/review/{over}")
        page.get_by_role("button", name="Begin").click()
        while not page.get_by_label("In your words").count():
            page.get_by_role("button", name="Next").click()

    at_conclusion()
    page.get_by_label("In your words").fill("written in a tunnel")
    page.route("**/review", lambda route: route.abort())
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"\w"))).to_be_visible()
    expect(page.get_by_label("In your words")).to_have_value("written in a tunnel")
    page.unroute("**/review")
    there = {"conclusion": "from the other phone", "base_revision": 0}
    assert ana.http.put(f"/api/experiments/{over}/review", json=there).status_code == 200
    at_conclusion()
    expect(page.get_by_label("In your words")).to_have_value("written in a tunnel")
    expect(page.get_by_text("This was written on another device, too.")).to_be_visible()
    expect(page.get_by_text("from the other phone")).to_be_visible()
    page.get_by_role("button", name="Keep what is here").click()
    until(
        page,
        lambda: ana.http.get(f"/api/experiments/{over}/review").json()["conclusion"] == "written in a tunnel",
    )


def test_the_cover_is_chosen_beforehand_on_the_page_of_the_fortnight(page: Page, ana: Person) -> None:
    running = ana.experiment(started_days_ago=3)
    page.goto(f"/experiment/{running['id']}")
    switch = page.get_by_role("switch", name=re.compile("^Keep the result covered"))
    switch.check()
    until(page, lambda: ana.http.get(f"/api/experiments/{running['id']}").json()["covered"])
    page.reload()
    expect(switch).to_be_checked()
    page.route("**/comparison/cover", lambda route: route.abort())
    switch.click()
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"\w"))).to_be_visible()
    expect(switch).to_be_checked()
