"""From a link to day 1: an account, the question, the gate in place, the start. Also with no signal."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import NewPhone, Person, Server
from tests.browser.places import (
    HOPE,
    MEDICINE,
    QUESTION,
    START,
    again,
    ask,
    fits_the_screen,
    invitation,
    join,
    large_text,
)


def test_a_newcomer_joins_asks_and_starts(page: Page) -> None:
    join(page)
    expect(page).to_have_url(re.compile("/new$"))
    expect(page.get_by_role("group", name="Where are you with it?")).to_be_in_viewport()
    expect(page.get_by_label(QUESTION)).to_have_count(0)
    ask(page, "sertraline")
    expect(page.get_by_role("heading", name="Prescriber first")).to_be_visible()
    page.get_by_role("radio", name=re.compile("^Mood")).check()
    page.get_by_role("button", name=START).click()
    expect(page).to_have_url(re.compile(r":\d+/$"))
    expect(page.get_by_role("group", name="Mood today")).to_be_visible()


def test_the_first_sight_says_what_it_is_and_the_menu_is_there(page: Page) -> None:
    join(page, "fee")
    expect(page.get_by_text("For two weeks you note a few seconds a day.")).to_be_in_viewport()
    expect(page.get_by_text("Nobody watches, and nobody tells you what to do.")).to_be_in_viewport()
    expect(page.get_by_text("With the medicine you wonder about.")).to_be_visible()
    page.get_by_role("link", name="Menu").click()
    expect(page.get_by_role("heading", name="Menu")).to_be_visible()


def test_a_second_fortnight_is_a_draft_from_the_first_line_on(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/menu")
    expect(page.get_by_role("link", name=re.compile("^A new fortnight"))).to_contain_text("one is open")
    page.get_by_role("link", name=re.compile("^A new fortnight")).click()
    expect(page.get_by_role("heading", name="One is open")).to_be_in_viewport()
    expect(page.get_by_text("Nobody tells")).to_have_count(0)
    ask(page, "lithium")
    expect(page.get_by_role("button", name=START)).to_have_count(0)
    keep = page.get_by_role("button", name="Keep as a draft")
    expect(keep).to_have_class(re.compile(r"\bmain\b"))
    keep.click()
    expect(page.get_by_role("heading", name="Your fortnights")).to_be_visible()
    assert [one["status"] for one in ana.http.get("/api/experiments").json()].count("draft") == 1


def test_the_secret_of_a_link_leaves_the_address_and_opens_once(page: Page, server: Server) -> None:
    link = invitation(server, "client")
    page.goto(link)
    expect(page.get_by_label("A name to sign in with")).to_be_visible()
    assert "#" not in page.url
    assert link.split("#")[1] not in page.evaluate("JSON.stringify([history.state, localStorage, sessionStorage])")
    join(page, at=link)
    page.goto(link)
    expect(page.get_by_text("This link is no longer good.")).to_be_visible()


def test_what_a_password_needs_is_said_once(page: Page) -> None:
    page.goto("/join")
    expect(page.get_by_text("At least 8 characters")).to_have_count(1)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_text("Pick any name.")).to_be_visible()
    expect(page.get_by_text("At least 8 characters")).to_have_count(1)


def test_a_refused_password_keeps_what_was_typed(page: Page) -> None:
    page.goto("/join")
    page.get_by_label("A name to sign in with").fill("bo")
    page.get_by_label("A password").fill("password1")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_text("Many people use this password")).to_be_visible()
    expect(page.get_by_label("A password")).to_be_focused()
    expect(page.get_by_label("A password")).to_have_value("password1")
    expect(page.get_by_label("A name to sign in with")).to_have_value("bo")


def test_what_is_typed_survives_a_reload_and_a_start_without_signal(context: BrowserContext, page: Page) -> None:
    join(page, "cleo")
    ask(page, "lithium")
    page.get_by_role("radio", name="A word of your own").check()
    page.get_by_label("Your word", exact=True).fill("flat")
    page.locator("summary", has_text=HOPE).click()
    page.get_by_label("What do you hope?").fill("To read again.")
    page.reload()
    expect(page.get_by_text("This is the draft you began before.")).to_be_visible()
    expect(page.locator("summary", has_text=HOPE)).to_contain_text("To read again.")
    page.locator("summary", has_text=HOPE).click()
    again(page, "Which one would answer your question?")
    expect(page.get_by_label("Your word", exact=True)).to_have_value("flat")
    expect(page.get_by_label("What do you hope?")).to_have_value("To read again.")
    context.set_offline(True)
    page.get_by_role("button", name=START).click()
    expect(page.get_by_text("No signal. Everything is kept here on this phone.")).to_be_visible()
    expect(page.get_by_label("What do you hope?")).to_have_value("To read again.")
    context.set_offline(False)
    page.get_by_role("button", name=START).click()
    expect(page).to_have_url(re.compile(r":\d+/$"))
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('plan-new'))") == []


def test_a_draft_is_kept_found_changed_started_and_its_change_is_told(page: Page) -> None:
    join(page, "dee")
    ask(page, "melatonin")
    page.get_by_role("button", name="Keep as a draft").click()
    page.get_by_role("link", name=re.compile("Am I foggier")).click()
    expect(page.get_by_text("A draft. Nothing has begun.")).to_be_visible()
    page.get_by_role("link", name="Go on with it").click()
    expect(page.get_by_label(MEDICINE)).to_have_value("melatonin")
    page.get_by_role("button", name=START).click()
    expect(page.get_by_text("Choose the one that would answer your question.")).to_be_visible()
    page.get_by_role("radio", name=re.compile("^Energy")).check()
    page.get_by_role("button", name=START).click()
    expect(page).to_have_url(re.compile(r":\d+/$"))
    page.get_by_role("link", name="Menu").click()
    page.get_by_role("link", name=re.compile("The fortnight now")).click()
    expect(page.get_by_text("Day 1 of 14", exact=True)).to_be_visible()
    page.get_by_role("link", name="Change something").click()
    expect(page.get_by_text("What a change does")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^change"))).to_have_count(5)
    expect(page.get_by_role("main").get_by_role("textbox")).to_have_count(1)
    again(page, "Which medicine is it about?")
    expect(page.get_by_label(MEDICINE)).to_be_focused()
    expect(page.get_by_label(MEDICINE)).to_have_value("melatonin")
    again(page, "Which one would answer your question?")
    expect(page.get_by_role("radio", name=re.compile("^Energy"))).to_be_focused()
    page.get_by_role("radio", name=re.compile("^Mood")).check()
    expect(page.get_by_text("You changed something that was fixed.")).to_be_visible()
    page.get_by_role("button", name="Keep the change").click()
    expect(page.get_by_text("Answers the question")).to_be_visible()
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused. Day 1 of 14")).to_be_focused()
    page.get_by_role("button", name="Go on again").click()
    page.get_by_role("button", name="Stop this fortnight").click()
    expect(page.get_by_text("It is final")).to_be_visible()
    page.get_by_role("button", name="Stop it now").click()
    expect(page.get_by_text("You stopped it on")).to_be_visible()
    page.get_by_role("button", name="Delete this fortnight").click()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("You stopped it on")).to_be_visible()
    page.get_by_role("button", name="Delete this fortnight").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("Here is where your fortnights are kept")).to_be_visible()


def test_what_the_server_refuses_is_marked_behind_its_fold(page: Page, ana: Person) -> None:
    experiment = ana.experiment()
    said = "In that time zone, or with that end of the day, your fortnight would be over at once."
    problem = {"code": "would-be-over", "title": "refused", "status": 409, "detail": said}
    page.route(
        "**/api/experiments/*",
        lambda route: (
            route.fulfill(status=409, json=problem) if route.request.method == "PUT" else route.fallback()
        ),
    )
    page.goto(f"/new/{experiment['id']}")
    page.locator("summary", has_text="More, if you like").click()
    page.get_by_label("When does your day end?").fill("09:00")
    page.locator("summary", has_text="More, if you like").click()
    page.get_by_role("button", name="Keep the change").click()
    expect(page.get_by_text("With this end of the day, your fortnight would be over at once.")).to_be_visible()
    expect(page.get_by_label("When does your day end?")).to_be_focused()
    expect(page.get_by_label("When does your day end?")).to_have_value("09:00")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_320_pixels_and_200_per_cent_text(
    phone: NewPhone, server: Server, scheme: str, ana: Person
) -> None:
    page = phone(server.url, viewport={"width": 320, "height": 640}, color_scheme=scheme).new_page()
    for path in ("/join", "/sign-in", "/recover"):
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        fits_the_screen(page)
        large_text(page)
        fits_the_screen(page)
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").fill(ana.sign_in)
    page.get_by_label("Password", exact=True).fill(ana.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)
    page.goto("/new")
    ask(page, "sertraline")
    page.get_by_role("radio", name="A word of your own").check()
    page.locator("summary", has_text="More, if you like").click()
    fits_the_screen(page)
    large_text(page)
    fits_the_screen(page)
    for path in ("/menu", "/settings", "/plan", "/experiments", "/diary"):
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        large_text(page)
        fits_the_screen(page)
