"""Whether reminders arrive on this device: said truly, set up by a tap, mended at each start, ended by leaving."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import NewPhone, Person, Server, sign_in, sign_up
from tests.browser.push_stand_in import IPHONE, stand_in
from tests.browser.reminding import ALLOW, at_reminders, devices, set_up, until
from tests.browser.states_reminders import set_reminders


@pytest.fixture
def experiment(ana: Person) -> str:
    return str(ana.experiment(started_days_ago=2)["id"])


def test_it_is_asked_only_from_the_tap_and_only_once_reminders_are_on(
    page: Page, ana: Person, experiment: str
) -> None:
    stand_in(page, "default")
    at_reminders(page)
    expect(page.get_by_text("Switch on “Remind me” first.")).to_be_visible()
    expect(page.get_by_role("button", name=ALLOW)).to_have_count(0)
    page.get_by_role("switch", name="Remind me").check()
    expect(page.get_by_role("link", name=re.compile("No device gets it yet"))).to_be_visible()
    allow = page.get_by_role("button", name=ALLOW)
    expect(allow).to_be_visible()
    assert page.evaluate("window.wasAsked") is None
    allow.click()
    expect(page.get_by_text("This device is set up for reminders.")).to_be_visible()
    assert page.evaluate("window.wasAsked") is True
    assert len(devices(ana)) == 1
    expect(page.get_by_role("link", name=re.compile("No device gets it yet"))).to_have_count(0)
    page.get_by_role("button", name="Stop on this device").click()
    expect(page.get_by_text("Stopped on this device.")).to_be_visible()
    assert devices(ana) == []
    assert page.evaluate("localStorage.getItem('stand-in-push')") is None


@pytest.mark.parametrize(
    ("answer", "said"), [("denied", "does not let Fortnight show"), ("default", "was not given an answer")]
)
def test_a_no_is_taken_as_one(page: Page, ana: Person, experiment: str, answer: str, said: str) -> None:
    set_reminders(ana, experiment)
    stand_in(page, "default", answer)
    at_reminders(page)
    page.get_by_role("button", name=ALLOW).click()
    expect(page.get_by_text(re.compile(said))).to_be_visible()
    assert devices(ana) == []


def test_a_permission_that_was_taken_back_takes_the_device_off(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment)
    set_up(page)
    assert len(devices(ana)) == 1
    stand_in(page, "denied")
    page.goto("/")  # any start of the app
    until(page, lambda: devices(ana) == [])
    at_reminders(page)
    expect(page.get_by_text("does not let Fortnight show anything")).to_be_visible()


def test_an_iphone_is_told_the_way(page: Page, ana: Person, experiment: str) -> None:
    stand_in(page, user_agent=IPHONE)
    at_reminders(page)
    expect(page.get_by_text("Choose “Add to Home Screen”.")).to_be_visible()
    expect(page.get_by_text("It gets a secret address for that.")).to_be_visible()


def test_a_server_that_cannot_send_says_so(page: Page, ana: Person, experiment: str) -> None:
    page.route("**/api/push", lambda route: route.fulfill(json={"key": None, "sending": False}))
    stand_in(page, "default")
    at_reminders(page)
    expect(page.get_by_text("This server cannot send reminders.")).to_be_visible()


def test_one_where_nothing_sends_says_so(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment)
    key = page.request.get("/api/push").json()["key"]
    page.route("**/api/push", lambda route: route.fulfill(json={"key": key, "sending": False}))
    stand_in(page, "default")
    at_reminders(page)
    expect(page.get_by_text("At the moment nothing is sent from this server.")).to_be_visible()


KEPT = "JSON.parse(localStorage.getItem('stand-in-push'))"


@pytest.mark.parametrize("what", ["gone", "another key"])
def test_each_start_mends_what_the_browser_lost(page: Page, ana: Person, experiment: str, what: str) -> None:
    set_reminders(ana, experiment)
    set_up(page)
    before = page.evaluate(KEPT)
    if what == "gone":
        page.evaluate("localStorage.removeItem('stand-in-push')")
    else:
        page.evaluate(f"localStorage.setItem('stand-in-push', JSON.stringify({{...{KEPT}, key: 'BP8='}}))")
    with page.expect_response(lambda one: one.request.method == "PUT" and "/push-sub" in one.url) as told:
        page.goto("/")
    assert told.value.ok
    after = page.evaluate(KEPT)
    assert after["endpoint"] != before["endpoint"]
    assert after["key"] == before["key"]
    assert [one["this_one"] for one in page.request.get("/api/push-subscriptions").json()] == [True]


def test_a_start_without_reminders_asks_nothing_of_push(page: Page, ana: Person, experiment: str) -> None:
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.url) if "push" in one.url else None)
    page.goto("/")
    expect(page.get_by_role("group", name=re.compile("^Mood"))).to_be_visible()
    page.wait_for_timeout(2500)
    assert [url for url in asked if "/api/" in url or "/push-C" in url] == []


def test_a_new_password_tells_the_server_again(page: Page, ana: Person, experiment: str) -> None:
    """It ends every sign-in, and what hangs on it."""
    set_reminders(ana, experiment)
    set_up(page)
    page.goto("/settings")
    page.get_by_text("Change the password", exact=True).first.click()
    page.get_by_label("Password now").fill(ana.password)
    page.get_by_label("New password").fill("another quiet lamp")
    with page.expect_response(lambda one: one.request.method == "PUT" and "/push-sub" in one.url):
        page.get_by_role("button", name="Change the password").click()
    until(page, lambda: len(page.request.get("/api/push-subscriptions").json()) == 1)


def test_signing_out_ends_it_in_this_browser(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment)
    set_up(page)
    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    until(page, lambda: page.evaluate("localStorage.getItem('stand-in-push')") is None)
    assert page.evaluate("localStorage.getItem('fortnight-push')") is None
    until(page, lambda: devices(ana) == [])


def test_what_somebody_left_here_is_not_taken_over(
    page: Page, context: BrowserContext, server: Server, ana: Person, experiment: str
) -> None:
    """Ana's session ended and she never signed out; Sam did not ask for reminders here."""
    set_reminders(ana, experiment)
    set_up(page)
    sam = sign_up(server.url, "sam")
    set_reminders(sam, str(sam.experiment()["id"]))
    sign_in(context, sam)
    page.goto("/")
    until(page, lambda: page.evaluate("localStorage.getItem('stand-in-push')") is None)
    at_reminders(page)
    expect(page.get_by_role("button", name=ALLOW)).to_be_visible()
    assert devices(sam) == []


def test_other_devices_can_be_taken_off(
    page: Page, phone: NewPhone, server: Server, ana: Person, experiment: str
) -> None:
    set_reminders(ana, experiment)
    set_up(page)
    other = phone(server.url)
    sign_in(other, ana)
    stand_in(other, "default")
    elsewhere = other.new_page()
    at_reminders(elsewhere)
    elsewhere.get_by_role("button", name=ALLOW).click()
    expect(elsewhere.get_by_text("This device is set up for reminders.")).to_be_visible()
    elsewhere.get_by_role("button", name=re.compile("^Take off the list")).click()
    expect(elsewhere.get_by_text("Taken off the list.")).to_be_visible()
    assert len(devices(ana)) == 1


def test_an_address_for_a_calendar_is_shown_once_and_taken_back(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment)
    stand_in(page, "default")
    at_reminders(page)
    page.get_by_text("A calendar instead").click()
    page.get_by_role("button", name="Make an address").click()
    url = page.get_by_label("Your address").input_value()
    link = page.get_by_role("link", name="Open it in a calendar").get_attribute("href")
    assert link == url.replace("http:", "webcal:")
    assert "BEGIN:VEVENT" in page.request.get(url).text()
    page.reload()
    page.get_by_text("A calendar instead").click()
    expect(page.get_by_text("There is an address since")).to_be_visible()
    expect(page.get_by_label("Your address")).to_have_count(0)
    page.get_by_role("button", name="Take it back").click()
    page.get_by_role("button", name="Yes, go on").click()
    expect(page.get_by_text("The address leads nowhere now.")).to_be_visible()
    assert page.request.get(url).status == 404
