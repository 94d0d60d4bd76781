"""A therapist's laptop and a client's phone: from a drawn square to the page that shows what was chosen.

The steps are counted: each is one tap, one word typed or one look at the other screen, as two people would do it.
How long they take depends on the machine, so that is measured by the long runs only.
"""

import re
import time
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Person, today
from tests.browser.square import scanned

STEPS, SECONDS = 13, 30


@dataclass
class Steps:
    """What two people did, one after the other."""

    taken: int = 0

    def tap(self, what: Locator) -> None:
        what.click()
        self.taken += 1

    def type(self, where: Locator, words: str) -> None:
        where.fill(words)
        self.taken += 1

    def scan(self, browser: Browser, desk: Page, phone: Page) -> None:
        """The phone's camera opens what the square says, and nothing else leads there."""
        phone.goto(scanned(browser, desk.get_by_role("img", name="The link as a square to scan")))
        self.taken += 1


@pytest.fixture
def client(page: Page, ana: Person) -> Page:
    """Her phone, with a fortnight that has begun."""
    begun = ana.experiment(started_days_ago=3, question="Am I calmer on the days I take it?")
    for ago in (1, 2):
        day = (today() - timedelta(days=ago)).isoformat()
        assert ana.put(begun, day, mood=4 + ago, dose="taken").status_code == 200
    page.goto("/")
    expect(page.get_by_role("group", name="Mood today")).to_be_visible()
    return page


def pair(browser: Browser, desk: Page, client: Page) -> int:
    """How many steps it took."""
    steps = Steps()
    steps.tap(desk.get_by_role("link", name="Invite a client"))
    steps.type(desk.get_by_label("Your name, as your client will see it"), "Dr. Brandt")
    steps.tap(desk.get_by_role("button", name="Make an invitation"))
    steps.scan(browser, desk, client)
    expect(client.get_by_role("heading", name="Dr. Brandt invites you")).to_be_visible()
    steps.type(client.get_by_label("What Dr. Brandt calls you"), "R.")
    for field in ("Mood", "Doses", "Your question"):
        steps.tap(client.get_by_role("switch", name=re.compile(f"^{field}")))
    steps.tap(client.get_by_role("button", name="See what they would see"))
    expect(client.get_by_text("This is exactly what Dr. Brandt would see today")).to_be_visible()
    steps.tap(client.get_by_role("button", name="Share this with Dr. Brandt"))
    expect(client.get_by_text("Done. Dr. Brandt can see what you chose.")).to_be_visible()
    steps.tap(desk.get_by_role("link", name="Menu"))
    steps.tap(desk.get_by_role("link", name=re.compile("^Your clients")))
    steps.tap(desk.get_by_role("link", name=re.compile("^R[.]")))
    expect(desk.get_by_text("Am I calmer on the days I take it?")).to_be_visible()
    expect(desk.get_by_text("R. chose what is here.")).to_be_visible()
    return steps.taken


def test_a_square_that_is_scanned_leads_to_the_shared_page(browser: Browser, desk: Page, client: Page) -> None:
    assert pair(browser, desk, client) == STEPS


def test_the_square_is_black_on_white_in_the_dark_too(browser: Browser, desk: Page) -> None:
    desk.emulate_media(color_scheme="dark")
    desk.goto("/invite")
    desk.get_by_label("Your name, as your client will see it").fill("Dr. Brandt")
    desk.get_by_role("button", name="Make an invitation").click()
    square = desk.get_by_role("img", name="The link as a square to scan")
    assert scanned(browser, square) == desk.locator(".link").inner_text()


@pytest.mark.nightly
def test_thirty_seconds_are_enough(
    browser: Browser, desk: Page, client: Page, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = time.monotonic()
    steps = pair(browser, desk, client)
    took = time.monotonic() - begun
    with capsys.disabled():
        print(f"\nPaired by the square in {steps} steps and {took:.1f} seconds.")
    assert took < SECONDS
