"""The way from the check-in to reminders: offered once, quietly, after the first one of a fortnight."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import Person, today, too_wide
from tests.browser.push_stand_in import stand_in
from tests.browser.reminding import until
from tests.browser.states_reminders import set_reminders

OFFER = "Would a reminder help?"


@pytest.fixture
def experiment(ana: Person) -> str:
    return str(ana.experiment(started_days_ago=2)["id"])


def check_in(page: Page) -> None:
    page.goto("/")
    page.get_by_role("radio", name=re.compile("^6")).first.check(force=True)
    expect(page.get_by_role("status").filter(has_text="Saved here and with your account")).to_be_visible()


def stays_away(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("group", name=re.compile("^Mood"))).to_be_visible()
    page.wait_for_timeout(1500)
    expect(page.get_by_text(OFFER)).to_have_count(0)


def test_the_first_check_in_offers_one_and_moves_nothing(page: Page, ana: Person, experiment: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    stand_in(page, "default")
    stays_away(page)
    check_in(page)
    expect(page.get_by_text(OFFER)).to_be_visible()
    last = page.get_by_text("Leave out whatever you like").bounding_box()
    offer = page.get_by_text(OFFER).bounding_box()
    assert last is not None
    assert offer is not None
    assert offer["y"] > last["y"], "below everything that a thumb may be on"
    assert axe(page) == []
    assert too_wide(page) == []
    assert page.evaluate("window.wasAsked") is None
    page.reload()  # while it is unanswered it stays for this day
    page.get_by_role("link", name="Choose an hour").click()
    expect(page).to_have_url(re.compile("/reminders$"))
    expect(page.get_by_role("switch", name="Remind me")).not_to_be_checked()
    assert page.evaluate("window.wasAsked") is None
    stays_away(page)


def test_a_no_is_for_good(page: Page, ana: Person, experiment: str) -> None:
    check_in(page)
    page.get_by_role("button", name="No, thank you").click()
    expect(page.get_by_text("It is not asked again. Reminders are in the menu.")).to_be_focused()
    stays_away(page)
    ana.http.post(f"/api/experiments/{experiment}/stop").raise_for_status()
    ana.experiment(question="And now?")
    page.goto("/")
    expect(page.get_by_role("link", name="Day 1 of 14")).to_be_visible()  # the phone has heard of it
    check_in(page)
    stays_away(page)


def test_it_is_there_on_one_day_only(page: Page, ana: Person, experiment: str) -> None:
    check_in(page)
    expect(page.get_by_text(OFFER)).to_be_visible()
    key = page.evaluate("Object.keys(localStorage).find((key) => key.endsWith('reminders-offered'))")
    assert page.evaluate("(key) => JSON.parse(localStorage.getItem(key))", key) == today().isoformat()
    page.evaluate("(key) => localStorage.setItem(key, '\"2026-01-01\"')", key)
    stays_away(page)


def test_who_has_chosen_is_not_asked(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment, on=False)  # chosen, and left off
    check_in(page)
    stays_away(page)


def test_nor_who_has_written_on_more_days(page: Page, ana: Person) -> None:
    one = ana.experiment(started_days_ago=2)
    ana.put(one, (today() - timedelta(days=1)).isoformat(), mood=4).raise_for_status()
    check_in(page)
    page.wait_for_timeout(1500)
    expect(page.get_by_text(OFFER)).to_have_count(0)


def test_signing_out_takes_along_that_it_was_asked(page: Page, ana: Person, experiment: str) -> None:
    """As with everything of an account on a phone."""
    check_in(page)
    page.get_by_role("button", name="No, thank you").click()
    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    until(page, lambda: page.evaluate("Object.keys(localStorage).every((key) => !/offered/.test(key))"))
