"""What the tests of reminders ask of the screen and of the server."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Person
from tests.browser.push_stand_in import stand_in

ALLOW = "Allow notifications on this device"
SET_UP = "Set up on this device"
Stored = dict[str, Any]


def at_reminders(page: Page) -> None:
    page.goto("/reminders")
    expect(page.get_by_role("switch", name="Remind me")).to_be_visible()


def of(person: Person, experiment: str) -> Stored:
    answer: Stored = person.http.get(f"/api/experiments/{experiment}/reminders").json()
    return answer


def devices(person: Person) -> list[Stored]:
    found: list[Stored] = person.http.get("/api/push-subscriptions").json()
    return found


def until(page: Page, true: Callable[[], bool]) -> None:
    for _ in range(100):
        if true():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never was")


def said(page: Page) -> Locator:
    """What became of the last change, once it is with the server."""
    return page.locator(".said").get_by_role("status").filter(has_text="Saved")


def saved(page: Page) -> None:
    expect(page.get_by_role("status").filter(has_text=re.compile(r"^\s*Saved\s*$"))).to_be_visible()


def set_up(page: Page) -> None:
    """This phone gets reminders, and its permission holds."""
    stand_in(page, "default")
    at_reminders(page)
    page.get_by_role("button", name=ALLOW).click()
    expect(page.get_by_text("This device is set up for reminders.")).to_be_visible()
    stand_in(page, "granted")
