"""A link to a page, in two browsers: made, sent, opened without an account, watched, closed. SECURITY.md, T6."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.briefs import VISIT, link_to, make, prepare, token_of
from tests.browser.axe import axe
from tests.browser.conftest import PASSWORD, NewPhone, Person, Server, on_this_phone, today, too_wide

LONG_AGO = "2026-01-01T00:00:00.000000Z"


@pytest.fixture
def brief(ana: Person) -> dict[str, Any]:
    """Ana's fortnight, with a page made of it."""
    begun = ana.experiment(started_days_ago=15)
    for number in range(14):
        day = (today() - timedelta(days=15 - number)).isoformat()
        ana.put(begun, day, mood=4 + number % 4, dose="taken" if number % 2 else "not_taken")
    prepare(ana, begun).raise_for_status()
    return {"fortnight": begun, "id": make(ana, begun)["id"]}


def at_links(page: Page, brief: dict[str, Any]) -> None:
    page.goto(f"/brief/{brief['fortnight']['id']}")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="A link to this page")).to_be_visible()


def link_of(page: Page) -> str:
    return page.get_by_label("The link", exact=True).input_value()


def opened(reader: Page, url: str) -> None:
    reader.goto(url)
    reader.get_by_role("button", name="Open the page").click()
    expect(reader.get_by_text(VISIT["words"])).to_be_visible()


@pytest.fixture
def reader(phone: NewPhone, server: Server) -> Page:
    """Somebody with another phone and no account."""
    return phone(server.url).new_page()


def with_code(page: Page) -> tuple[str, str]:
    """A link that also asks for a code, made on the screen: the address and the code."""
    page.get_by_text("Make a link", exact=True).first.click()
    page.get_by_label("How long it opens").select_option("3 days")
    page.get_by_role("switch", name=re.compile("^Ask for a code as well")).check()
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("Your link is ready.")).to_be_visible()
    said = page.get_by_text(re.compile(r"^Code: \d{6}$")).first.text_content() or ""
    return link_of(page), said.removeprefix("Code: ")


def test_from_the_client_to_the_prescriber(page: Page, brief: dict[str, Any], reader: Page) -> None:
    at_links(page, brief)
    url, code = with_code(page)
    assert re.fullmatch(r"http://localhost:\d+/s#[\w-]{43}", url)
    expect(page.get_by_text("Not opened")).to_be_visible()
    assert axe(page) == [] and too_wide(page) == []

    asked: list[tuple[str, str, str]] = []
    reader.on("request", lambda it: asked.append((it.url, it.headers.get("referer", ""), it.post_data or "")))
    reader.goto(url)
    expect(reader.get_by_role("heading", name="A page for you")).to_be_visible()
    token = url.partition("#")[2]
    assert token not in reader.url, "taken out of the address at once"
    assert axe(reader) == [] and too_wide(reader) == []
    reader.get_by_role("button", name="Open the page").click()
    field = reader.get_by_label("Code")
    expect(field).to_be_focused()
    field.fill("1")
    reader.get_by_role("button", name="Open the page").click()
    expect(reader.get_by_role("alert")).to_contain_text("That is not the code.")
    expect(field).to_have_value("1")
    assert axe(reader) == [] and too_wide(reader) == []
    field.fill(f"{code[:3]} {code[3:]}")
    field.press("Enter")
    expect(reader.get_by_text(VISIT["words"])).to_be_visible()
    assert re.fullmatch(r"http://localhost:\d+/s/page/[0-9a-f]{32}", reader.url)
    at = reader.url
    assert axe(reader) == [] and too_wide(reader) == []
    assert not [url for url, referer, _ in asked if token in url or token in referer]
    assert [json.loads(sent)["token"] for _, _, sent in asked if token in sent] == [token] * 3
    assert token not in on_this_phone(reader, database=False)
    reader.go_back()
    assert token not in reader.url
    reader.goto(at)
    expect(reader.get_by_text(re.compile(r"This page is open until \d"))).to_be_visible()
    with reader.expect_download() as saved:
        reader.get_by_role("link", name="Save as a PDF").click()
    assert saved.value.path().read_bytes().startswith(b"%PDF")


def test_the_client_sees_the_opening_and_closes_the_page_that_is_open(
    page: Page, ana: Person, brief: dict[str, Any], reader: Page
) -> None:
    url = link_to(ana, brief["fortnight"], brief["id"])["url"]
    opened(reader, url)
    at_links(page, brief)
    expect(page.get_by_text("Opened once")).to_be_visible()
    expect(page.get_by_text(re.compile(", Chrom"))).to_be_visible()
    page.get_by_role("button", name=re.compile("^Close the link")).click()
    expect(page.get_by_text(re.compile("^Closed. It opens nothing any more."))).to_be_visible()
    expect(page.get_by_text(re.compile("^You closed it on"))).to_be_visible()
    expect(page.locator("[id^=link-]").filter(has_text=re.compile("^You closed it on"))).to_be_focused()
    expect(reader.get_by_role("heading", name="This page is not open")).to_be_visible(timeout=8000)
    expect(reader.get_by_text(VISIT["words"])).to_have_count(0)
    reader.goto(url)
    reader.get_by_role("button", name="Open the page").click()
    expect(reader.get_by_role("heading", name="This page is not open")).to_be_visible()
    expect(reader.locator("#closed")).to_be_focused()


def test_reading_needs_no_script(phone: NewPhone, server: Server, ana: Person, brief: dict[str, Any]) -> None:
    made = link_to(ana, brief["fortnight"], brief["id"])
    context = phone(server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(made["url"])
    expect(page.get_by_text("This page could not start.")).to_be_visible()
    expect(page.get_by_role("button")).to_have_count(0)
    answer = context.request.post(
        "/api/links/open", data={"token": token_of(made)}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    page.goto(answer.json()["page"])
    expect(page.get_by_text("This page is open for 15 minutes.")).to_be_visible()
    expect(page.get_by_text(VISIT["words"])).to_be_visible()
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("table").first).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")


def test_a_phone_with_the_app_opens_a_link_too(page: Page, ana: Person, brief: dict[str, Any]) -> None:
    """The service worker leaves both addresses to the server."""
    page.goto("/")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    url = link_to(ana, brief["fortnight"], brief["id"])["url"]
    opened(page, url.replace("/s#", "/s?utm=mail#"))  # as some mailers write it
    page.reload()
    expect(page.get_by_text(VISIT["words"])).to_be_visible()
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_link_that_is_used_up_can_be_closed_on_who_still_reads(
    page: Page, ana: Person, brief: dict[str, Any], reader: Page
) -> None:
    opened(reader, link_to(ana, brief["fortnight"], brief["id"], most_openings=1)["url"])
    page.goto(f"/brief/{brief['fortnight']['id']}")
    expect(page.get_by_text("Opened as often")).to_have_count(0)
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_text("Opened as often as you allowed")).to_be_visible()
    expect(page.get_by_text("Opened 1 of 1 time")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Close the link")).click()
    expect(reader.get_by_role("heading", name="This page is not open")).to_be_visible(timeout=8000)


def test_without_an_answer_nothing_is_lost(
    reader: Page, context: BrowserContext, ana: Person, brief: dict[str, Any]
) -> None:
    url = link_to(ana, brief["fortnight"], brief["id"])["url"]
    reader.goto(url)
    reader.context.set_offline(True)
    reader.get_by_role("button", name="Open the page").click()
    expect(reader.get_by_text("There is no answer at the moment.")).to_be_visible()
    reader.context.set_offline(False)
    reader.get_by_role("button", name="Open the page").click()
    expect(reader.get_by_text(VISIT["words"])).to_be_visible()


def test_an_address_without_its_secret_says_so(reader: Page) -> None:
    reader.goto("/s")
    expect(reader.get_by_text("This page needs the link from the message.")).to_be_visible()
    expect(reader.get_by_role("button")).to_have_count(0)
    assert axe(reader) == []
    reader.goto("/s/page/1")
    expect(reader.get_by_role("heading", name="This page is not open")).to_be_visible()
    assert axe(reader) == []


def test_the_client_sees_what_happened_meanwhile(
    page: Page, context: BrowserContext, ana: Person, brief: dict[str, Any]
) -> None:
    made = link_to(ana, brief["fortnight"], brief["id"])
    at_links(page, brief)
    expect(page.get_by_text("Not opened")).to_be_visible()
    answer = context.request.post(
        "/api/links/open", data={"token": token_of(made)}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.ok
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("Opened once")).to_be_visible()


def test_links_that_cannot_be_read_do_not_look_like_none(page: Page, ana: Person, brief: dict[str, Any]) -> None:
    link_to(ana, brief["fortnight"], brief["id"])
    page.route("**/links", lambda route: route.abort())
    at_links(page, brief)
    again = page.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    page.unroute("**/links")
    again.click()
    expect(page.get_by_text("Not opened")).to_be_visible()
    expect(again).to_have_count(0)


def test_a_page_taken_off_takes_its_links_along_and_says_so(
    page: Page, ana: Person, brief: dict[str, Any], reader: Page
) -> None:
    opened(reader, link_to(ana, brief["fortnight"], brief["id"])["url"])
    at_links(page, brief)
    page.get_by_role("button", name=re.compile("^Take it off this list")).click()
    said = page.get_by_text(re.compile("^Taken off the list. A link to it opens nothing any more."))
    expect(said).to_be_visible()
    expect(said).to_be_focused()
    expect(reader.get_by_role("heading", name="This page is not open")).to_be_visible(timeout=8000)


def test_the_password_is_asked_for_once_more(
    page: Page, brief: dict[str, Any], an_hour_ago: Callable[[], None]
) -> None:
    an_hour_ago()
    at_links(page, brief)
    page.get_by_text("Make a link", exact=True).first.click()
    page.get_by_label("How long it opens").select_option("30 days")
    page.get_by_role("button", name="Make it").click()
    field = page.get_by_label("Your password", exact=True)
    expect(field).to_be_focused()
    assert axe(page) == [] and too_wide(page) == []
    page.get_by_role("button", name="Not now").click()
    expect(field).to_have_count(0)
    expect(page.locator("summary", has_text="Make a link")).to_be_focused()
    expect(page.get_by_role("button", name="Make it")).to_be_visible()
    expect(page.get_by_label("How long it opens")).to_have_value("30")
    page.get_by_role("button", name="Make it").click()
    field.fill("not this one")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("That password does not fit.")).to_be_visible()
    expect(field).to_have_value("not this one")
    field.fill(PASSWORD)
    field.press("Enter")
    expect(page.get_by_text("Your link is ready.")).to_be_visible()
    at_links(page, brief)
    page.get_by_text("Make another link", exact=True).click()
    page.get_by_role("button", name="Make it").click()
    expect(page.get_by_text("Your link is ready.")).to_be_visible()
