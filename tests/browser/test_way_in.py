"""From a link to day 1: an account, the question, the gate in place, the start. Also with no signal."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import PASSWORD, NewPhone, Person, Server, sign_up
from tests.browser.places import again, fits_the_screen, invitation, join, large_text, serving

START = re.compile(r"^Start on ")
QUESTION = "What would you like to find out?"
MEDICINE = "Which medicine is it about?"
HOPE = re.compile("hope, if you like")


@pytest.fixture(scope="module")
def server(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(dist, tmp_path_factory.mktemp("way-in")) as served:
        yield served


@pytest.fixture(scope="module")
def way_in_client(server: Server) -> str:
    """The sign-in name of an account that only looks at the gate."""
    person = sign_up(server.url, "gate")
    person.http.close()
    return person.sign_in


@pytest.fixture
def set_up(context: BrowserContext, page: Page, way_in_client: str) -> Page:
    """The set-up screen of somebody signed in."""
    answer = context.request.post(
        "/api/session",
        data={"sign_in": way_in_client, "password": PASSWORD},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.ok, answer.text()
    page.goto("/new")
    expect(page.get_by_role("group", name="Where are you with it?")).to_be_visible()
    return page


def ask(page: Page, medicine: str, way: str = "I take it every day", fits: str | None = "none") -> None:
    page.get_by_role("radio", name=way).check()
    page.get_by_label(QUESTION).fill("Am I foggier on the days I take it?")
    if fits:
        page.get_by_role("checkbox", name=fits, exact=True).check()
    page.get_by_label(MEDICINE).fill(medicine)
    page.get_by_label("What do you call it?").focus()


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


@pytest.mark.parametrize(
    ("medicine", "pattern", "title"),
    [
        ("sertraline", None, "Prescriber first"),
        ("lithium", None, "Notice only"),
        ("fluoxetine", None, "Notice only"),
        ("methylphenidate", None, "Prescriber first"),
        ("melatonin", "now and then", "Days can be compared"),
        ("the white ones from Dr Lind", None, "Notice only"),
    ],
)
def test_the_gate_answers_in_place(set_up: Page, medicine: str, pattern: str | None, title: str) -> None:
    ask(set_up, medicine)
    if pattern:
        expect(set_up.get_by_role("group", name="Do you take it daily, or now and then?")).to_be_visible()
        set_up.get_by_role("radio", name=pattern).check()
    well = set_up.get_by_role("region", name=title)
    expect(well).to_be_visible()
    expect(well.get_by_text("Not yet reviewed by a clinician.")).to_be_visible()


def test_that_the_prescriber_knows_is_an_equal_way_and_no_price(set_up: Page) -> None:
    ask(set_up, "sertraline")
    expect(set_up.get_by_role("radio", name=re.compile("^Notice only"))).to_be_checked()
    set_up.get_by_role("radio", name=re.compile("^My prescriber knows")).check()
    set_up.get_by_role("radio", name=re.compile("^Mood")).check()
    set_up.get_by_role("button", name=START).click()
    expect(set_up.get_by_text("About which day was it?")).to_be_visible()
    expect(set_up.get_by_label("Told on")).to_be_focused()
    set_up.get_by_label("Told on").fill("2026-01-15")
    expect(set_up.get_by_role("region", name="Days side by side")).to_contain_text("the effect of a gap")
    set_up.get_by_role("radio", name=re.compile("^Notice only")).check()
    expect(set_up.get_by_role("region", name="Prescriber first")).to_be_visible()


def test_what_the_prescriber_knows_stays_with_the_medicine_it_was_said_of(set_up: Page) -> None:
    ask(set_up, "sertraline", way="I take it on some days")
    set_up.get_by_role("radio", name=re.compile("^My prescriber knows")).check()
    set_up.get_by_label("Told on").fill("2026-01-15")
    expect(set_up.get_by_role("region", name="Days side by side")).to_be_visible()
    set_up.get_by_label(MEDICINE).fill("methylphenidate")
    set_up.get_by_label("What do you call it?").focus()
    expect(set_up.get_by_role("region", name="Prescriber first")).to_be_visible()
    expect(set_up.get_by_role("radio", name=re.compile("^Notice only"))).to_be_checked()
    set_up.reload()
    expect(set_up.get_by_role("region", name="Prescriber first")).to_be_visible()
    set_up.get_by_role("radio", name=re.compile("^My prescriber knows")).check()
    expect(set_up.get_by_label("Told on")).to_have_value("")


def test_a_tick_that_is_no_longer_asked_for_holds_nobody_up(page: Page) -> None:
    join(page, "gil")
    ask(page, "sertraline", way="I take it on some days")
    page.get_by_role("radio", name=re.compile("^My prescriber knows")).check()
    expect(page.get_by_label("Told on")).to_have_value("")
    page.get_by_label(MEDICINE).fill("lithium")
    page.get_by_label("What do you call it?").focus()
    expect(page.get_by_role("region", name="Notice only")).to_be_visible()
    expect(page.get_by_text("On days I take it")).to_have_count(0)
    page.get_by_role("radio", name=re.compile("^Mood")).check()
    page.get_by_role("button", name=START).click()
    expect(page).to_have_url(re.compile(r":\d+/$"))


def test_a_source_says_first_what_it_is_about_and_nothing_follows_from_nothing(set_up: Page) -> None:
    ask(set_up, "sertraline", fits=None)
    well = set_up.get_by_role("region", name="Notice only")
    expect(well.get_by_text("is still open, so days are only noticed.")).to_be_visible()
    expect(well.get_by_text("With what you told us")).to_have_count(0)
    expect(well.get_by_text("Not yet reviewed by a clinician.")).to_be_visible()
    expect(well.get_by_text("half is gone after")).to_be_hidden()
    well.locator("summary", has_text="where this is from").click()
    expect(well.get_by_text("half is gone after")).to_be_visible()
    expect(well.get_by_text("On this kind of medicine (antidepressant): All classes of")).to_be_visible()
    set_up.get_by_role("checkbox", name="pregnant").check()
    expect(well.get_by_text("With what you told us")).to_be_visible()


def test_what_fits_decides_and_none_stands_alone(set_up: Page) -> None:
    ask(set_up, "melatonin", fits="pregnant")
    expect(set_up.get_by_role("region", name="Notice only")).to_be_visible()
    again(set_up, "Do any of these fit you?")
    expect(set_up.get_by_role("checkbox", name="pregnant")).to_be_focused()
    set_up.get_by_role("checkbox", name="none", exact=True).check()
    expect(set_up.get_by_role("checkbox", name="pregnant")).not_to_be_checked()


def test_an_answer_becomes_one_row_and_nothing_moves_under_the_thumb(set_up: Page) -> None:
    """Every control stays where it is while it is tapped, whatever becomes smaller above it."""

    def tap(control: Locator, by: str = "") -> None:
        control.scroll_into_view_if_needed()
        set_up.wait_for_timeout(300)  # what was scrolled past becomes a row first
        before = control.bounding_box()
        assert before
        if by:
            control.fill(by)
        else:
            control.click()
        set_up.wait_for_timeout(300)
        after = control.bounding_box()
        assert after
        assert abs(after["y"] - before["y"]) < 2, control

    tap(set_up.get_by_role("radio", name="I take it on some days"))
    tap(set_up.get_by_role("button", name="Am I foggier on the days I take it?"))
    expect(set_up.get_by_label(QUESTION)).to_have_value("Am I foggier on the days I take it?")
    expect(set_up.get_by_label(QUESTION)).to_be_focused()
    tap(set_up.get_by_role("checkbox", name="pregnant"))
    tap(set_up.get_by_role("checkbox", name="none", exact=True))
    tap(set_up.get_by_label(MEDICINE), by="lithium")
    tap(set_up.get_by_label("What do you call it?"), by="the white one")
    expect(set_up.get_by_role("region", name="Notice only")).to_be_visible()
    tap(set_up.get_by_role("radio", name="Morning"))
    tap(set_up.get_by_role("radio", name="A word of your own"))
    tap(set_up.get_by_label("Your word", exact=True), by="flat")
    tap(set_up.locator("summary", has_text=HOPE))
    tap(set_up.locator("summary", has_text=HOPE))
    rows = set_up.get_by_role("button", name=re.compile("^change"))
    expect(rows).to_have_count(4)
    for question in ("Where are you with it?", "Do any of these", "When do you usually", "Which one would answer"):
        expect(rows.filter(has_text=question)).to_be_visible()
    assert set_up.evaluate("document.documentElement.scrollHeight") <= 3.1 * 740
    tap(rows.filter(has_text="Which one would answer").locator("xpath=.."))
    rows.filter(has_text="Which one would answer").click()
    expect(set_up.get_by_role("radio", name="A word of your own")).to_be_focused()
    expect(set_up.get_by_label("Your word", exact=True)).to_have_value("flat")
    expect(set_up.get_by_label(QUESTION)).to_have_value("Am I foggier on the days I take it?")


def test_stopped_is_a_full_way_in_with_words_for_the_prescriber(set_up: Page) -> None:
    ask(set_up, "sertraline", way="I stopped")
    again(set_up, "Where are you with it?")
    set_up.get_by_label("When did you stop?").fill("2026-02-03")
    well = set_up.get_by_role("region", name="Notice only")
    expect(well).to_be_visible()
    well.get_by_text("What is known, and where this is from").click()
    expect(well.get_by_text("electric-shock feelings")).to_be_visible()
    expect(well.get_by_text(re.compile("^Read on "))).to_be_visible()
    well.get_by_text("Words for my prescriber").click()
    expect(well.get_by_label("Your words")).to_have_value(
        "I stopped taking sertraline on 3 February 2026. I would like to talk with you about it."
    )
    set_up.locator("summary", has_text="What you hope, if you like").click()
    expect(set_up.get_by_role("heading", name="What do you expect?")).to_have_count(0)
    expect(set_up.get_by_role("button", name=START)).to_be_visible()


def test_half_a_name_is_not_looked_up_and_a_name_can_be_tapped(set_up: Page) -> None:
    set_up.get_by_role("radio", name="I take it every day").check()
    asked: list[str] = []
    set_up.on("request", lambda request: asked.append(request.url) if "medicine-fit" in request.url else None)
    set_up.get_by_label(MEDICINE).fill("sertr")
    set_up.get_by_role("button", name="sertraline").click()
    expect(set_up.get_by_label(MEDICINE)).to_have_value("sertraline")
    expect(set_up.get_by_role("region", name="Notice only")).to_be_visible()
    assert len(asked) == 1


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
    phone: NewPhone, server: Server, scheme: str, way_in_client: str
) -> None:
    page = phone(server.url, viewport={"width": 320, "height": 640}, color_scheme=scheme).new_page()
    for path in ("/join", "/sign-in", "/recover"):
        page.goto(path)
        page.get_by_role("heading", level=1).wait_for()
        fits_the_screen(page)
        large_text(page)
        fits_the_screen(page)
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").fill(way_in_client)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
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


def test_the_whole_form_can_be_filled_by_keyboard(set_up: Page) -> None:
    set_up.get_by_role("radio", name="I take it every day").focus()
    set_up.keyboard.press("Space")
    set_up.keyboard.press("ArrowDown")
    expect(set_up.get_by_role("radio", name="I take it on some days")).to_be_focused()
    set_up.keyboard.press("Tab")
    set_up.keyboard.press("Tab")
    expect(set_up.get_by_label(QUESTION)).to_be_focused()
    set_up.keyboard.type("Am I calmer?")
    set_up.get_by_role("checkbox", name="none", exact=True).focus()
    set_up.keyboard.press("Space")
    set_up.get_by_label(MEDICINE).focus()
    set_up.keyboard.type("sertr")
    set_up.keyboard.press("Tab")
    expect(set_up.get_by_role("button", name="sertraline")).to_be_focused()
    set_up.keyboard.press("Enter")
    expect(set_up.get_by_label(MEDICINE)).to_have_value("sertraline")
    set_up.keyboard.press("Shift+Tab")
    row = set_up.get_by_role("button", name=re.compile("^change.*Do any of these fit you"))
    expect(row).to_be_focused()
    set_up.keyboard.press("Enter")
    expect(set_up.get_by_role("checkbox", name="none", exact=True)).to_be_focused()
