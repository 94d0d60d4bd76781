"""What a notification says and does, in the real service worker.

The browser itself delivers the push (CDP `ServiceWorker.deliverPushMessage`); only `PushManager` is stood in for
(push_stand_in.py), and the server prints instead of sending.
"""

import json
import re
import sqlite3
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Person, Server, today
from tests.browser.push_stand_in import stand_in
from tests.browser.reminding import SET_UP, Stored, at_reminders, devices, of, until
from tests.browser.states_reminders import set_reminders


@pytest.fixture
def experiment(ana: Person) -> str:
    return str(ana.experiment(started_days_ago=2)["id"])


@pytest.fixture
def pushed(context: BrowserContext, page: Page, server: Server) -> Callable[[str], list[Stored]]:
    """Delivers a push to the service worker of `page`, and gives back what stands on the phone then."""
    context.grant_permissions(["notifications"], origin=server.url)
    registrations: list[str] = []
    cdp = context.new_cdp_session(page)
    cdp.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda said: registrations.extend(one["registrationId"] for one in said["registrations"]),
    )

    def deliver(data: str) -> list[Stored]:
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        cdp.send("ServiceWorker.enable")
        until(page, lambda: registrations != [])
        cdp.send(
            "ServiceWorker.deliverPushMessage",
            {"origin": server.url, "registrationId": registrations[-1], "data": data},
        )
        page.wait_for_timeout(600)
        return on_the_phone(page)

    return deliver


def on_the_phone(page: Page) -> list[Stored]:
    found: list[Stored] = page.evaluate(
        """() => navigator.serviceWorker.ready.then((one) => one.getNotifications()).then((all) => all.map((one) =>
          ({ title: one.title, body: one.body, tag: one.tag, icon: one.icon, image: one.image ?? "",
             actions: (one.actions ?? []).map(({ title }) => title), data: one.data })))"""
    )
    return found


def message(tag: str = "t1", **reminder: str) -> str:
    """As `deliveries.message_body` writes it."""
    told: Stored = {
        "web_push": 8030,
        "notification": {"title": "A quiet minute", "navigate": "http://localhost/", "tag": tag},
        "device": "0" * 32,
    }
    if reminder:
        told["reminder"] = {"later": "In an hour", "not_today": "Not today", **reminder}
    return json.dumps(told).ljust(1024)


def click(page: Page, action: str = "") -> None:
    """A tap on the notification that is shown, as the browser tells the worker of it."""
    page.context.service_workers[0].evaluate(
        """async (action) => {
          const [notification] = await self.registration.getNotifications();
          self.dispatchEvent(new NotificationEvent("notificationclick", { notification, action }));
        }""",
        action,
    )


def test_a_notification_has_its_title_and_no_other_words(
    page: Page, ana: Person, experiment: str, pushed: Callable[[str], list[Stored]]
) -> None:
    page.goto("/")
    (shown,) = pushed(message(id="1" * 32, day=today().isoformat()))
    assert (shown["title"], shown["body"], shown["image"]) == ("A quiet minute", "", "")
    assert shown["actions"] == ["In an hour", "Not today"]
    assert shown["icon"].endswith("/icon-192.png")
    said = json.dumps(shown)
    assert not re.search("sertraline|white one|foggier|mood|dose|medicine", said, re.IGNORECASE)


def test_three_with_one_tag_are_one(page: Page, ana: Person, pushed: Callable[[str], list[Stored]]) -> None:
    page.goto("/")
    for _ in range(3):
        shown = pushed(message())
    assert len(shown) == 1
    assert len(pushed(message("t2"))) == 2


@pytest.mark.parametrize("data", ["", "{", "not ours", "[]"])
def test_one_that_cannot_be_read_is_shown_all_the_same(
    page: Page, ana: Person, pushed: Callable[[str], list[Stored]], data: str
) -> None:
    page.goto("/")
    (shown,) = pushed(data)
    assert (shown["title"], shown["body"]) == ("A quiet minute", "")


def test_a_tap_brings_the_open_window_to_the_check_in(
    page: Page, ana: Person, experiment: str, pushed: Callable[[str], list[Stored]]
) -> None:
    page.goto("/settings")
    pushed(message())
    click(page)
    expect(page).to_have_url(re.compile("/$"))
    expect(page.get_by_role("group", name=re.compile("^Mood"))).to_be_visible()
    assert on_the_phone(page) == []


def test_a_tap_leaves_what_is_kept_nowhere_in_view(
    page: Page, ana: Person, pushed: Callable[[str], list[Stored]]
) -> None:
    page.goto("/settings")
    page.get_by_text("New recovery codes").click()
    page.get_by_label("Password", exact=True).fill(ana.password)
    page.get_by_role("button", name="Make ten new codes").click()
    expect(page.get_by_role("button", name="Done")).to_be_visible()
    pushed(message())
    click(page)
    page.wait_for_timeout(1500)
    expect(page.get_by_role("button", name="Done")).to_be_visible()


def test_its_buttons_ask_the_server(
    page: Page, server: Server, ana: Person, experiment: str, pushed: Callable[[str], list[Stored]]
) -> None:
    set_reminders(ana, experiment)
    page.goto("/settings")
    row = reminder_id(server, experiment)
    pushed(message(id=row, day=today().isoformat()))
    click(page, "not_today")
    until(page, lambda: of(ana, experiment)["not_today"] is True)
    assert page.url.endswith("/settings")
    # It does not come again on a day that is over: that is said where reminders are.
    pushed(message(id=row, day="2020-01-01"))
    click(page, "later")
    expect(page).to_have_url(re.compile("/reminders$"))


def reminder_id(server: Server, experiment: str) -> str:
    """What a notification would carry: only the server's own file says it."""
    with sqlite3.connect(server.data / "fortnight.sqlite3") as file:
        rows = file.execute("SELECT id, experiment_id FROM reminder").fetchall()
    wanted = experiment.replace("-", "")
    return next(hex_of(row) for row, owner in rows if hex_of(owner) == wanted)


def hex_of(raw: bytes | str) -> str:
    return raw.hex() if isinstance(raw, bytes) else raw.replace("-", "")


def test_what_was_shown_is_told_and_the_try_out_says_so(
    page: Page, ana: Person, experiment: str, pushed: Callable[[str], list[Stored]]
) -> None:
    set_reminders(ana, experiment)
    stand_in(page)
    at_reminders(page)
    page.get_by_role("button", name=SET_UP).click()
    expect(page.get_by_text("This device is set up for reminders.")).to_be_visible()
    (mine,) = devices(ana)
    page.get_by_role("button", name="Send one now").click()
    expect(page.get_by_role("button", name="Sending one…")).to_be_visible()
    pushed(message().replace("0" * 32, mine["id"].replace("-", "")))
    expect(page.get_by_text("It was shown on this device.")).to_be_visible()
    expect(page.get_by_text("Reminders arrive on this device.")).to_be_visible()
    expect(page.get_by_text(re.compile("^Last one shown: today at"))).to_be_visible()
    page.get_by_role("button", name="Send one now").click()
    expect(page.get_by_text("One was sent a moment ago.")).to_be_visible()
