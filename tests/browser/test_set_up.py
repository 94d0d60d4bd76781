"""The set-up form: what the gate says in place, what it asks and whom, and answers that become rows."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Person
from tests.browser.places import HOPE, MEDICINE, QUESTION, START, again, ask, join


@pytest.fixture
def set_up(page: Page, ana: Person) -> Page:
    """The set-up screen of somebody signed in."""
    page.goto("/new")
    expect(page.get_by_role("group", name="Where are you with it?")).to_be_visible()
    return page


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
