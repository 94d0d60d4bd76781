"""What opens by a tap is on the phone before the tap: the network may die, and nothing waits or is missing."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPhone, Person, Server, sign_in

# The last that state/beforehand.ts brings for the check-in and for its form, and that only a tap draws.
BROUGHT = """['/NeedsYou-', '/AfterNotTaken-'].every((part) =>
  performance.getEntriesByType('resource').some((one) => one.name.includes(part) && one.name.endsWith('.js')))"""


@pytest.mark.parametrize("workers", ["allow", "block"])
def test_a_first_visit_needs_no_network_for_what_a_tap_opens(
    phone: NewPhone, server: Server, ana: Person, workers: Literal["allow", "block"]
) -> None:
    """With a service worker, and where there is none (a private window)."""
    ana.experiment(started_days_ago=3)
    context = phone(server.url, service_workers=workers)
    sign_in(context, ana)
    page = context.new_page()
    page.goto("/")
    expect(page.get_by_role("group", name="Mood today")).to_be_visible()
    _until(page, BROUGHT)
    context.set_offline(True)
    asked: list[str] = []
    # What a service worker that is still installing brings for later is not what a tap asks for.
    context.on("request", lambda request: None if request.service_worker else asked.append(request.url))
    page.get_by_role("radio", name="Not taken").check()
    page.get_by_text("About a dose not taken").click()
    expect(page.locator("details .well")).to_be_visible()
    page.get_by_text("More, if you like").click()
    page.get_by_role("group", name="Thoughts that you").get_by_role("radio", name="Yes", exact=True).check()
    expect(page.get_by_role("heading", name="First, this")).to_be_visible()
    page.get_by_role("checkbox", name="something new or worrying").check()
    expect(page.get_by_role("group", name="What is it?")).to_be_visible()
    assert [url for url in asked if "/assets/" in url] == []


def _until(page: Page, expression: str) -> None:
    for _ in range(600):  # a busy machine brings it late
        if page.evaluate(expression):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never: {expression}")
