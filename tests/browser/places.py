"""What several browser tests ask of every screen, and how they make an account."""

import re
from typing import Literal

from app.core import clock, config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.services import invitations
from app.services.house import open_house
from playwright.sync_api import Page, expect

from tests.browser.conftest import Server

PASSWORD = "seven quiet lamps"

START = re.compile(r"^Start on ")
HOPE = re.compile("hope, if you like")
QUESTION = "What would you like to find out?"
MEDICINE = "Which medicine is it about?"

# Browser tests share a machine with others: what takes longer than a moment is still right.
expect.set_options(timeout=15_000)


def invitation(server: Server, role: Literal["client", "therapist"]) -> str:
    """A link for one account, as `fortnight invite` prints it."""
    house = open_house(config.load(data=server.data, public_url=server.url))
    try:
        with unit_of_work(house.engine, by=HOUSE) as session:
            return invitations.create(session, server.url, role, now=clock.now()).link
    finally:
        house.close()


def join(page: Page, name: str = "ana", at: str = "/join") -> str:
    """Makes an account on the screen and goes on. The completed sign-in name."""
    page.goto(at)
    page.get_by_label("A name to sign in with").fill(name)
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Your account is ready")).to_be_focused()
    completed = page.get_by_text(re.compile(rf"^{name}-\d{{4}}$")).inner_text()
    page.get_by_role("button", name="I have kept them").click()
    return completed


def again(page: Page, question: str) -> None:
    """Opens a question that became a row when it was answered and left."""
    row = page.get_by_role("button", name=re.compile("^change" + r"\s+" + re.escape(question)))
    if row.count():
        row.click()


def fits_the_screen(page: Page) -> None:
    """Nothing sticks out to the side."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def large_text(page: Page) -> None:
    """200 % text, as a browser's own setting does it: rem grows, pixels stay."""
    page.evaluate("document.documentElement.style.setProperty('font-size', '200%')")


def ask(page: Page, medicine: str, way: str = "I take it every day", fits: str | None = "none") -> None:
    """Answers the set-up form as far as the gate."""
    page.get_by_role("radio", name=way).check()
    page.get_by_label(QUESTION).fill("Am I foggier on the days I take it?")
    if fits:
        page.get_by_role("checkbox", name=fits, exact=True).check()
    page.get_by_label(MEDICINE).fill(medicine)
    page.get_by_label("What do you call it?").focus()
