"""A push from end to end: a real Firefox subscribes, the real server encrypts, signs and sends, a push service
passes it on, and Firefox decrypts it, wakes the service worker and shows the notification.

Nothing of Firefox is stood in for. Only its push service is one of this machine (`tests/autopush.py`), because the
real one is on the internet.
"""

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from app.core import clock
from app.models.base import instant_text
from cryptography.hazmat.primitives.asymmetric import ec

from tests import firefox as browsers
from tests.autopush import DELIVERED, Autopush, autopush
from tests.browser.conftest import Person, Server, sign_up, today
from tests.firefox import Firefox, firefox
from tests.push_rules import unpadded

T = TypeVar("T")
TITLE = "A quiet minute"
REMIND_ME = "//label[contains(., 'Remind me')]//input[@role='switch']"
ALLOW = "//button[normalize-space()='Allow notifications on this device']"
SEND_ONE = "//button[normalize-space()='Send one now']"

SIGN_IN = """
const body = JSON.stringify(arguments[0]);
const headers = { "Content-Type": "application/json" };
return fetch("/api/session", { method: "POST", headers, body }).then((answer) => answer.status);
"""
NOTIFICATIONS = "navigator.serviceWorker.ready.then((it) => it.getNotifications())"
SHOWN = f"""
const buttons = (one) => one.actions.map((action) => action.title);
const said = (one) => {{
  const {{ title, body, tag, data }} = one;
  return {{ title, body, tag, data, actions: buttons(one) }};
}};
return {NOTIFICATIONS}.then((all) => all.map(said));
"""
CLOSE = f"return {NOTIFICATIONS}.then((all) => all.forEach((one) => one.close()));"
ALERTS = """
const title = (alert) => alert.document.getElementById("alertTitleLabel")?.value;
return [...Services.wm.getEnumerator("alert:alert")].map(title);
"""
TAP = """
const [alert] = Services.wm.getEnumerator("alert:alert");
alert.document.getElementById("alertBox").click();
"""
ASKED = """
const { state, children } = PopupNotifications.panel;
return state === "open" ? [...children].filter((it) => it.id === "web-notifications-notification").length : 0;
"""


def until(look: Callable[[], T], true: Callable[[T], bool], *beside: Callable[[], object]) -> T:
    """What is seen, once it is as wanted; else what was seen last, and what else may explain it."""
    end = time.monotonic() + 30
    while not true(seen := look()):
        if time.monotonic() > end:
            raise AssertionError(f"still {seen!r}; {[each() for each in beside]}")
        time.sleep(0.1)
    return seen


@dataclass
class Way:
    """From our server to the screen."""

    server: Server
    service: Autopush
    browser: Firefox
    person: Person

    def device(self) -> dict[str, Any]:
        """The one there is, as the server tells it."""
        return until(self.devices, lambda found: len(found) == 1)[0]

    def devices(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.person.http.get("/api/push-subscriptions").json()
        return found

    def shown(self) -> list[dict[str, Any]]:
        """The notifications on the screen. Asked of any page of ours."""
        found: list[dict[str, Any]] = self.browser.run(SHOWN)
        return found

    def shows(self, title: str) -> dict[str, Any]:
        """The one notification there is, once it has this title, and Firefox's window for it too. That closes by
        itself after 20 s (`ALERT_DURATION_IMMEDIATE`), and then there is no notification any more."""
        found = until(self.shown, lambda found: [one["title"] for one in found] == [title], self.standing)
        until(self.alerts, lambda found: found == [title], self.standing)
        return found[0]

    def alerts(self) -> list[str]:
        """The titles in the windows in which Firefox shows notifications."""
        with self.browser.chrome():
            found: list[str] = self.browser.run(ALERTS)
        return found

    def tap(self) -> None:
        """A tap on the notification."""
        with self.browser.chrome():
            self.browser.run(TAP)

    def told_after(self, before: object) -> dict[str, Any]:
        """The device, once it has said of another one that it was shown."""
        return until(self.device, lambda found: found["shown_at"] not in {None, before}, self.standing)

    def standing(self) -> object:
        return {"posted": self.service.posted, "acks": self.service.acks, "devices": self.devices()}

    def ten_seconds_on(self) -> None:
        """As if the last try had been a while ago: one in ten seconds is let through."""
        with closing(sqlite3.connect(self.server.data / "fortnight.sqlite3", timeout=20)) as database, database:
            database.execute("UPDATE account SET push_test_at = NULL")

    def due(self) -> None:
        """As if the hour of the reminder had come now."""
        now = clock.now()
        at, stale = instant_text(now), instant_text(now + timedelta(hours=1))
        with closing(sqlite3.connect(self.server.data / "fortnight.sqlite3", timeout=20)) as database, database:
            moved = database.execute(
                "UPDATE reminder SET next_due_at = ?, next_day = ?, stale_at = ?", (at, today().isoformat(), stale)
            )
            assert moved.rowcount == 1


@pytest.fixture
def service() -> Iterator[Autopush]:
    with autopush() as double:
        yield double


@pytest.fixture
def browser(service: Autopush, tmp_path: Path) -> Iterator[Firefox]:
    program = browsers.installed()
    if program is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(browsers.MISSING)
    settings: dict[str, bool | int | str] = {
        "dom.push.serverURL": service.browser_url,
        "dom.push.testing.allowInsecureServerURL": True,
        "dom.push.connection.enabled": True,  # whoever drives Firefox gets it without, unless they say so
        "alerts.useSystemBackend": False,  # Firefox's own windows: there is no desktop here to show one
        "security.notification_enable_delay": 0,  # milliseconds in which a question takes no answer
    }
    with firefox(str(program), tmp_path / "firefox", settings) as running:
        yield running


@pytest.fixture
def way(own_server: Server, service: Autopush, browser: Firefox, tmp_path: Path) -> Way:
    """Somebody in her third day, signed in in Firefox; no reminders, no device, and nothing was asked yet."""
    (tmp_path / "ca.pem").write_bytes(service.ca)
    own_server.environment |= {
        "FORTNIGHT_PUSH": "web",
        "FORTNIGHT_PUSH_CONTACT": "mailto:operator@example.org",
        "FORTNIGHT_PUSH_HOSTS": service.host,
        "FORTNIGHT_PUSH_CA": str(tmp_path / "ca.pem"),
    }
    own_server.start()
    ana = sign_up(own_server.url)
    ana.experiment(started_days_ago=2)
    browser.go(own_server.url)
    status = browser.run(SIGN_IN, {"sign_in": ana.sign_in, "password": ana.password})
    assert status in {200, 201, 204}
    return Way(own_server, service, browser, ana)


def allow(way: Way) -> None:
    """Reminders on, the button, and then the yes to Firefox's own question."""
    way.browser.go(way.server.url + "/reminders")
    way.browser.click(REMIND_ME)
    way.browser.find(ALLOW)
    assert asked(way.browser) == 0, "nobody has tapped anything yet"
    way.browser.click(ALLOW)
    until(lambda: asked(way.browser), lambda questions: questions == 1)
    with way.browser.chrome():
        way.browser.run("PopupNotifications.panel.firstElementChild.button.click()")
    way.browser.find(SEND_ONE)


def asked(browser: Firefox) -> int:
    """How many questions about notifications Firefox asks just now."""
    with browser.chrome():
        found: int = browser.run(ASKED)
    return found


def test_a_push_is_shown_by_a_browser_that_subscribed(way: Way) -> None:
    allow(way)
    assert way.shown() == []
    way.browser.click(SEND_ONE)
    test = way.shows(TITLE)
    assert (test["body"], test["actions"]) == ("", [])
    way.told_after(None)
    # The device may say so before the worker has written down that it was sent.
    device = until(way.device, lambda found: found["sent_at"] is not None, way.standing)
    assert device["refused_at"] is None
    way.browser.find("//*[normalize-space()='It was shown on this device.']")
    way.browser.run(CLOSE)

    # A reminder that is due. Fired three times under one tag it is shown three times over, and stands there once.
    tags = set()
    for _ in range(3):
        before = device["shown_at"]
        way.due()
        device = way.told_after(before)
        reminder = way.shows(TITLE)
        assert (reminder["body"], reminder["actions"]) == ("", ["In an hour", "Not today"])
        assert reminder["data"]["reminder"]["day"] == today().isoformat()
        tags.add(reminder["tag"])
    way.tap()
    until(lambda: way.browser.run("return location.pathname"), lambda path: path == "/")
    assert (way.shown(), len(tags)) == ([], 1)
    assert way.service.refused == []
    until(lambda: way.service.acks, lambda acks: acks == [DELIVERED] * way.service.accepted, way.standing)


def test_a_server_with_another_key_is_refused_until_the_page_has_subscribed_anew(way: Way) -> None:
    allow(way)
    before = way.device()["id"]
    way.browser.go("about:blank")
    way.server.stop()
    another = ec.generate_private_key(ec.SECP256R1()).private_numbers().private_value.to_bytes(32, "big")
    way.server.environment["FORTNIGHT_VAPID_PRIVATE_KEY"] = unpadded(another)
    way.server.start()
    way.person.http.post(f"/api/push-subscriptions/{before}/test").raise_for_status()
    until(way.device, lambda found: found["refused_at"] is not None, way.standing)
    assert way.service.refused == [(403, "another key")]
    assert (way.service.accepted, way.service.acks, way.device()["id"]) == (0, [], before)

    way.browser.go(way.server.url + "/reminders")
    until(way.device, lambda found: found["id"] != before, way.standing)
    assert len(way.service.gone) == 1, "the old subscription was given back"
    way.ten_seconds_on()
    way.browser.click(SEND_ONE)
    way.shows(TITLE)
    way.told_after(None)
    assert len(way.service.refused) == 1
