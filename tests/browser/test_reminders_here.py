"""Whether reminders arrive on this device: said truly, set up by a tap, mended at each start, ended by leaving."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import NewPhone, Person, Server, sign_in, sign_up
from tests.browser.push_stand_in import IPHONE, stand_in
from tests.browser.reminding import ALLOW, SET_UP, at_reminders, devices, set_up, until
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


def test_a_look_that_is_under_way_is_no_answer_to_a_new_password(page: Page, ana: Person, experiment: str) -> None:
    """The look at the start told the server before the password was changed: it is told again after."""
    set_reminders(ana, experiment)
    set_up(page)
    held: list[Route] = []

    def hold(it: Route) -> None:
        if it.request.method == "GET" and not held:
            held.append(it)
        else:
            it.continue_()

    page.route("**/api/push-subscriptions", hold)
    with page.expect_response(lambda one: one.request.method == "PUT" and "/push-sub" in one.url):
        page.goto("/settings")
    until(page, lambda: len(held) == 1)
    page.get_by_text("Change the password", exact=True).first.click()
    page.get_by_label("Password now").fill(ana.password)
    page.get_by_label("New password").fill("another quiet lamp")
    with page.expect_response(lambda one: one.request.method == "PUT" and "password" in one.url):
        page.get_by_role("button", name="Change the password").click()
    page.wait_for_timeout(300)  # the screen asks for a look now
    held[0].continue_()
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
    expect(page.get_by_role("button", name=SET_UP)).to_be_visible()
    assert devices(sam) == []


def comes_before(page: Page, one: str, other: str) -> bool:
    """Whether one text stands above another, as they are seen."""
    boxes = [page.get_by_text(text, exact=True).bounding_box() for text in (one, other)]
    assert boxes[0] is not None
    assert boxes[1] is not None
    return boxes[0]["y"] < boxes[1]["y"]


def test_signed_in_again_it_is_said_first_that_they_do_not_come_here(
    page: Page, context: BrowserContext, ana: Person, experiment: str
) -> None:
    set_reminders(ana, experiment)
    set_up(page)
    page.reload()
    expect(page.get_by_text("They are set up on this device.")).to_be_visible()
    assert comes_before(page, "They are set up on this device.", "Remind me")
    assert comes_before(page, "Remind me", "This device")
    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    until(page, lambda: devices(ana) == [])
    sign_in(context, ana)
    at_reminders(page)
    gone = "Reminders do not come to this device. They end when you sign out, and one tap sets them up."
    expect(page.get_by_text(gone)).to_be_visible()
    assert comes_before(page, "This device", "Remind me")
    # Said once, and nothing points to where it does not stand.
    expect(page.get_by_role("link", name=re.compile("See “This device” below"))).to_have_count(0)
    page.get_by_role("button", name=SET_UP).click()
    expect(page.get_by_text("This device is set up for reminders.")).to_be_visible()
    expect(page.get_by_role("heading", name="This device")).to_be_focused()
    assert comes_before(page, "This device", "Remind me"), "nothing moves under the thumb"
    assert len(devices(ana)) == 1


def test_a_stop_here_is_said_at_the_top_though_another_device_has_them(
    page: Page, ana: Person, experiment: str
) -> None:
    set_reminders(ana, experiment)
    others(page, {})
    set_up(page)
    page.reload()
    page.get_by_role("button", name="Stop on this device").click()
    expect(page.get_by_role("link", name="Not on this device. See “This device” below.")).to_be_visible()
    expect(page.get_by_text("They are set up on this device.")).to_have_count(0)


def others(page: Page, *each: dict[str, str | None]) -> None:
    """More devices of this person, as the server would list them."""
    told = {
        "device": "Chrome on Android", "this_one": False, "shown_at": None, "refused_at": None, "sent_at": None,
        "created_at": "2026-03-03T09:00:00Z", "seen_at": "2026-03-05T09:00:00Z",
    }  # fmt: skip
    listed = [{**told, "id": str(n) * 32, **one} for n, one in enumerate(each)]

    def answer(route: Route) -> None:
        if route.request.method == "GET":
            route.fulfill(json=[*route.fetch().json(), *listed])
        else:
            route.fallback()

    page.route(re.compile("/api/push-subscriptions$"), answer)


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
    expect(elsewhere.get_by_text(re.compile(r"^since today at .*, last opened today at "))).to_be_visible()
    back = elsewhere.get_by_text("A device that was taken off comes back when Fortnight is opened there.")
    expect(back).to_be_visible()
    elsewhere.get_by_role("button", name=re.compile("^Take off the list")).click()
    expect(elsewhere.get_by_text("Taken off the list.")).to_be_visible()
    expect(back).to_be_visible()
    assert len(devices(ana)) == 1


def test_two_devices_of_one_kind_are_told_apart(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment)
    others(page, {}, {"created_at": "2026-02-01T09:00:00Z", "sent_at": "2026-03-04T09:00:00Z"})
    at_reminders(page)
    rows = page.get_by_role("region", name="Other devices").get_by_role("listitem")
    expect(rows).to_have_count(2)
    newer, older = (rows.filter(has_text=text) for text in ("since 3 March 2026", "since 1 February 2026"))
    expect(newer).to_contain_text(re.compile("last opened Thursday 5 March at .*none sent so far"))
    expect(older).to_contain_text("last one sent: Wednesday 4 March at ")
    expect(older.get_by_role("button")).to_have_accessible_name(
        re.compile(r"^Take off the list\s+Chrome on Android, since 1 February 2026, last opened ")
    )


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
