"""Two people, two browsers: an invitation, a yes field by field, the therapist's page, and the end, seen live."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from app.domain.sharing import FIELDS
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import axe
from tests.browser.conftest import NewPhone, Person, Server, today, too_wide
from tests.browser.places import invitation, join
from tests.browser.sharing import shared
from tests.sharing import choose

NOTE = "I slept by the window <b>and</b> it was cold."
DESK = {"width": 1280, "height": 800}


@pytest.fixture
def fortnight(ana: Person) -> str:
    begun = ana.experiment(started_days_ago=5, question="Am I calmer on the days I take it?")
    for number in range(1, 5):
        day = (today() - timedelta(days=number)).isoformat()
        words: dict[str, Any] = {"note": f"{NOTE} ({number})", "note_starred": number == 2}
        answer = ana.put(begun, day, mood=4 + number, sleep_hours=6 + number / 2, dose="taken", **words)
        assert answer.status_code == 200, answer.text
    return str(begun["id"])


@pytest.fixture
def desk(phone: NewPhone, server: Server) -> Iterator[Page]:
    """A therapist's desk, signed in."""
    page = phone(server.url, viewport=DESK).new_page()
    join(page, "theo", at=invitation(server, "therapist"))
    yield page


def invite(desk: Page) -> tuple[str, str]:
    """The code and the link of a fresh invitation."""
    desk.goto("/invite")
    desk.get_by_label("Your name, as your client will see it").fill("Dr. Brandt")
    desk.get_by_role("button", name="Make an invitation").click()
    expect(desk.get_by_role("img", name="The link as a square to scan")).to_be_visible()
    code = desk.locator(".code").inner_text()
    assert re.fullmatch(r"[2-9a-z]{4}-[2-9a-z]{4}", code), code
    return code, desk.locator(".link").inner_text()


def say_yes(page: Page, fields: list[str]) -> None:
    page.get_by_label("What Dr. Brandt calls you").fill("R.")
    for field in fields:
        page.get_by_role("switch", name=re.compile(f"^{field}")).check()
    page.get_by_role("button", name="See what they would see").click()
    expect(page.get_by_role("heading", name="This is exactly what Dr. Brandt would see today")).to_be_visible()
    page.get_by_role("button", name="Share this with Dr. Brandt").click()
    expect(page.get_by_text("Done. Dr. Brandt can see what you chose.")).to_be_visible()


def test_by_code_field_by_field_and_the_end_is_seen_live(
    page: Page, desk: Page, ana: Person, fortnight: str
) -> None:
    code, _ = invite(desk)
    page.goto("/menu")
    page.get_by_role("link", name=re.compile("^Sharing")).click()
    expect(page.get_by_text("Nobody can see anything of yours.")).to_be_visible()
    page.get_by_role("link", name="Share with somebody").click()
    expect(page.get_by_text("You can say no. If a court,")).to_be_visible()
    page.get_by_label("The code you were given").fill(code.upper())
    page.get_by_role("button", name="See who it is from").click()
    expect(page.get_by_role("heading", name="Dr. Brandt invites you")).to_be_focused()
    switches = page.get_by_role("switch")
    assert switches.count() == len(FIELDS)
    assert not any(one.is_checked() for one in switches.all()), "everything is off until chosen"
    assert axe(page) == []
    say_yes(page, ["Mood", "Notes with a star"])
    expect(page.get_by_text("Sees now: Mood, Notes with a star.")).to_be_visible()
    assert axe(page) == []
    assert too_wide(page) == []

    desk.goto("/")
    expect(desk.get_by_text(re.compile("Day 6 of 14"))).to_be_visible()
    desk.get_by_role("link", name=re.compile("^R.")).click()
    expect(desk.get_by_role("heading", name="R.")).to_be_visible()
    expect(desk.get_by_text("R. chose what is here.")).to_be_visible()
    expect(desk.get_by_text(f"{NOTE} (2)").first).to_be_visible()
    expect(desk.get_by_text(f"{NOTE} (3)")).to_have_count(0)
    expect(desk.get_by_text("Am I calmer")).to_have_count(0)
    expect(desk.get_by_text("Taken")).to_have_count(0)
    expect(desk.locator(".key")).to_have_count(0)
    assert axe(desk) == []

    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_text("Done. Dr. Brandt sees nothing of yours any more.")).to_be_visible()
    expect(desk.get_by_text("Nothing to show now.")).to_be_visible(timeout=5000)
    expect(desk.get_by_text("I slept by the window")).to_have_count(0)
    kept = desk.evaluate(
        """async () => {
            const found = [];
            for (const name of await caches.keys())
                for (const request of await (await caches.open(name)).keys()) found.push(request.url);
            return found.filter((url) => new URL(url).pathname.startsWith("/api"));
        }"""
    )
    assert kept == []
    desk.get_by_role("link", name="Your clients").click()
    expect(desk.get_by_text("Nothing to show now")).to_be_visible()
    page.get_by_text("When it was opened").click()
    expect(page.get_by_text(str(today().year)).first).to_be_visible()


def test_what_is_tapped_keeps_the_place_and_says_what_comes_back(
    page: Page, desk: Page, ana: Person, fortnight: str
) -> None:
    code, _ = invite(desk)
    fields = {"fields": ["mood", "starred_notes"], "text_version": 2}
    yes = {"code": code, "experiment_id": fortnight, "called": "R.", **fields}
    made = ana.http.post("/api/sharings", json=yes).json()
    page.goto("/sharing")
    page.get_by_text("When it was opened").click()
    expect(page.get_by_text("Not opened yet.")).to_be_visible()
    desk.goto(f"/client/{made['id']}")
    expect(desk.get_by_text("R. chose what is here.")).to_be_visible()
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # back to this app
    expect(page.get_by_text("Not opened yet.")).to_have_count(0)

    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Going on shows again: Mood, Notes with a star.")).to_be_visible()
    expect(page.get_by_role("button", name="Go on sharing")).to_be_focused()
    page.get_by_role("button", name="Go on sharing").press("Enter")
    expect(page.get_by_role("button", name="Pause")).to_be_focused()
    page.get_by_role("link", name="Change what they see").click()
    expect(page.get_by_role("heading", name="What Dr. Brandt sees", exact=True)).to_be_visible()
    page.get_by_role("link", name="Back").click()
    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_role("heading", name="Dr. Brandt")).to_be_focused()


def test_a_choice_from_before_an_end_shares_nothing_until_it_is_made_again(
    page: Page, desk: Page, ana: Person, fortnight: str
) -> None:
    sharing = shared(desk, ana, fortnight, ["mood"])
    page.goto("/sharing")
    page.get_by_role("link", name="Change what they see").click()
    page.get_by_role("switch", name=re.compile("^Sleep")).check()
    page.get_by_role("button", name="See what they would see").click()
    yes = page.get_by_role("button", name="Share this from now on")
    expect(yes).to_be_visible()
    ana.http.delete(f"/api/sharings/{sharing}").raise_for_status()  # on another device
    yes.click()
    expect(page.get_by_text("What this person sees was changed meanwhile.")).to_be_visible()
    expect(page.get_by_role("switch", name=re.compile("^Sleep"))).to_be_checked()
    assert desk.request.get(f"/api/clients/{sharing}").status == 404
    yes.click()
    expect(page.get_by_text("Dr. Brandt sees this from now on.")).to_be_visible()
    assert desk.request.get(f"/api/clients/{sharing}").status == 200

    page.get_by_role("button", name="Pause").click()
    page.get_by_role("link", name="Change what they see").click()
    page.get_by_role("switch", name=re.compile("^Sleep")).uncheck()
    page.get_by_role("button", name="See what they would see").click()
    page.get_by_role("button", name="Keep this for when you go on").click()
    expect(page.get_by_text("Dr. Brandt sees this once you go on sharing.")).to_be_visible()
    ana.http.post(f"/api/sharings/{sharing}/pause").raise_for_status()  # a step that this screen has not seen
    page.get_by_role("button", name="Go on sharing").click()
    expect(page.get_by_text("What this person sees was changed meanwhile.")).to_be_visible()
    page.get_by_role("button", name="Go on sharing").click()
    expect(page.get_by_text("Dr. Brandt sees again what you chose.")).to_be_visible()


def test_by_the_link_and_only_what_was_previewed(page: Page, desk: Page, ana: Person, fortnight: str) -> None:
    _, link = invite(desk)

    def late(route: Route) -> None:  # this phone does not know yet who is here
        page.wait_for_timeout(700)
        route.continue_()

    page.route("**/api/session", late)
    page.goto(link)
    expect(page).to_have_url(re.compile("/share$"))
    page.get_by_role("button", name="Turn on what is often shared").click()
    page.get_by_role("button", name="See what they would see").click()
    expect(page.get_by_text("Am I calmer on the days I take it?").last).to_be_visible()
    page.get_by_role("switch", name=re.compile("^Your question")).uncheck()
    expect(page.get_by_role("button", name="Share this with Dr. Brandt")).to_have_count(0)


def test_an_earlier_fortnight_is_read_when_it_is_opened(desk: Page, ana: Person) -> None:
    earlier = ana.experiment(started_days_ago=30, question="Do I sleep better?")
    day = (today() - timedelta(days=29)).isoformat()
    assert ana.put(earlier, day, mood=4, note=NOTE, note_starred=True).status_code == 200
    newest = ana.experiment(started_days_ago=3, question="And now?")
    code, _ = invite(desk)
    fields = ["mood", "question", "starred_notes"]
    asked = {"fields": fields, "text_version": 2}
    yes = {"code": code, "experiment_id": newest["id"], "called": "R.", **asked}
    made = ana.http.post("/api/sharings", json=yes).json()
    at = f"/api/sharings/{made['id']}/experiments/{earlier['id']}"
    choose(ana, made["id"], earlier["id"], fields).raise_for_status()

    desk.goto(f"/client/{made['id']}")
    expect(desk.get_by_text("And now?")).to_be_visible()
    expect(desk.get_by_text("R. sees that you did.")).to_be_visible()
    expect(desk.get_by_text("Do I sleep better?")).to_have_count(0)
    fold = desk.locator("details.fold").filter(has_text=str(today().year)).last
    fold.locator("summary").click()
    expect(desk.get_by_text("Do I sleep better?").first).to_be_visible()
    expect(desk.get_by_text(NOTE, exact=True)).to_be_visible()
    assert axe(desk) == []
    [sharing] = ana.http.get("/api/sharings").json()
    assert [len(consent["readings"]) for consent in sharing["consents"]] == [1, 1]

    ana.http.delete(at).raise_for_status()  # the open page follows
    expect(desk.get_by_text(NOTE)).to_have_count(0, timeout=8000)
    expect(desk.get_by_text("And now?")).to_be_visible()


def test_an_answer_that_comes_after_a_later_one_shows_nothing_again(
    desk: Page, ana: Person, fortnight: str
) -> None:
    sharing = shared(desk, ana, fortnight, ["mood"])
    desk.goto(f"/client/{sharing}")
    expect(desk.get_by_text("R. chose what is here.")).to_be_visible()
    held: list[Route] = []

    def overtaken(route: Route) -> None:
        if held:
            route.continue_()
            return
        held.append(route)
        answer = route.fetch()
        assert "Am I calmer" in answer.text()
        choose(ana, sharing, fortnight, ["mood", "sleep"]).raise_for_status()
        expect(desk.locator(".glance .measure")).to_have_count(2)  # the later one is there
        desk.evaluate(
            """() => { window.seen = false; new MutationObserver(() => {
            window.seen ||= document.body.innerText.includes("Am I calmer"); }).observe(document.body,
            { subtree: true, childList: true, characterData: true }); }"""
        )
        route.fulfill(response=answer)

    desk.route(f"**/api/clients/{sharing}", overtaken)
    choose(ana, sharing, fortnight, ["mood", "question"]).raise_for_status()
    expect(desk.locator(".glance .measure")).to_have_count(2, timeout=15_000)
    desk.wait_for_timeout(1500)
    assert held
    assert desk.evaluate("window.seen") is False


def test_an_invitation_that_is_none_keeps_what_was_typed(page: Page, ana: Person) -> None:
    page.goto("/share")
    page.get_by_label("The code you were given").fill("aaaa-bbbb")
    page.get_by_role("button", name="See who it is from").click()
    expect(page.get_by_text("No invitation was found for this.")).to_be_visible()
    expect(page.get_by_label("The code you were given")).to_have_value("aaaa-bbbb")
    expect(page.get_by_label("The code you were given")).to_be_focused()
