"""The reminders: on, off, not here, and what another device did meanwhile."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Person, sign_in
from tests.browser.push_stand_in import IPHONE, stand_in
from tests.browser.states import Cast, heading, state, unfold

OFFERED: dict[str, Any] = {
    "zone": "UTC",
    "on": True,
    "times": ["20:30"],
    "weekdays": [1, 2, 3, 4, 5, 6, 7],
    "every_other": False,
    "quiet_from": None,
    "quiet_until": None,
    "paused_until": None,
    "not_today": False,
    "words": "minute",
}


def set_reminders(person: Person, experiment: str, **changes: Any) -> dict[str, Any]:
    """As another device of this person would."""
    address = f"/api/experiments/{experiment}/reminders"
    revision = person.http.get(address).json()["revision"]
    answer = person.http.put(address, json={**OFFERED, "base_revision": revision, **changes})
    assert answer.status_code == 200, answer.text
    stored: dict[str, Any] = answer.json()
    return stored


def reminders(page: Page, cast: Cast, permission: str | None = "default", **changes: Any) -> None:
    set_reminders(cast.people["ivy"], cast.experiments["ivy"], **changes)
    page.goto("/menu")
    page.evaluate(
        "for (const key of Object.keys(localStorage)) if (/draft|push/.test(key)) localStorage.removeItem(key)"
    )
    stand_in(page, permission)
    heading(page, "/reminders", "Reminders")
    page.get_by_role("switch", name="Remind me").wait_for()
    expect(page.get_by_text("Looking…")).to_have_count(0)


@state("dora")
def reminders_without_a_fortnight(page: Page, cast: Cast) -> None:
    heading(page, "/reminders", "Reminders")
    page.get_by_text("There is none open").wait_for()


@state("ivy")
def reminders_off(page: Page, cast: Cast) -> None:
    reminders(page, cast, on=False)
    page.get_by_text("Switch on “Remind me” first.").wait_for()


@state("ivy")
def reminders_on(page: Page, cast: Cast) -> None:
    reminders(page, cast, times=["08:00", "20:30"], weekdays=[1, 2, 5])
    page.get_by_role("button", name="Allow notifications on this device").wait_for()
    unfold(page)


@state("ivy")
def reminders_on_but_not_here(page: Page, cast: Cast) -> None:
    reminders(page, cast, permission="granted")
    page.get_by_role("button", name="Set up on this device").wait_for()


@state("ivy")
def reminders_not_right(page: Page, cast: Cast) -> None:
    reminders(page, cast, quiet_from="22:00", quiet_until="07:00")
    unfold(page)
    page.get_by_role("button", name="Add a time").click()
    page.get_by_label("Time 2").fill("23:30")
    page.get_by_text("This lies in your quiet hours (").wait_for()
    page.get_by_role("button", name="Add a time").click()
    page.get_by_label("Time 3").fill("20:30")
    page.get_by_role("radio", name="Days I choose").check()
    for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        page.get_by_role("checkbox", name=day).uncheck()
    page.get_by_label("Pause until").fill("2020-01-01")
    page.get_by_text("Pick a day that is still to come.").wait_for()


@state("ivy")
def reminders_conflict(page: Page, cast: Cast) -> None:
    reminders(page, cast)
    set_reminders(
        cast.people["ivy"],
        cast.experiments["ivy"],
        times=["07:15", "21:00"],
        quiet_from="22:00",
        quiet_until="06:30",
    )
    page.get_by_label("Time 1").fill("19:45")
    page.get_by_role("heading", name="Changed on another device").wait_for()


@state("ivy")
def reminders_no_signal(page: Page, cast: Cast) -> None:
    reminders(page, cast)
    page.context.set_offline(True)
    page.get_by_role("radio", name="Every other day").check()
    page.get_by_role("button", name="Try again").wait_for()
    page.context.set_offline(False)


@state("ivy")
def reminders_denied(page: Page, cast: Cast) -> None:
    reminders(page, cast, permission="denied")
    page.get_by_text("does not let Fortnight show anything").wait_for()


@state("ivy")
def reminders_without_a_key(page: Page, cast: Cast) -> None:
    page.route("**/api/push", lambda route: route.fulfill(json={"key": None, "sending": False}))
    try:
        reminders(page, cast)
        page.get_by_text("This server cannot send reminders.").wait_for()
    finally:
        page.unroute("**/api/push")


@state("ivy")
def reminders_arrive(page: Page, cast: Cast) -> None:
    """This device and another, both of which have shown one; and an address for a calendar."""
    ivy = cast.people["ivy"]
    reminders(page, cast, words="hello")
    page.get_by_role("button", name="Allow notifications on this device").click()
    page.get_by_role("button", name="Send one now").wait_for()
    stand_in(page, "granted")
    for one in ivy.http.get("/api/push-subscriptions").json():
        ivy.http.post(f"/api/push-subscriptions/{one['id']}/shown", json={}).raise_for_status()
    devices = page.request.get("/api/push-subscriptions").json()
    elsewhere = {**devices[0], "id": "0" * 32, "this_one": False, "device": "Firefox on Android"}
    page.route(
        re.compile("/api/push-subscriptions$"),
        lambda route: (
            route.fulfill(json=[devices[0], elsewhere]) if route.request.method == "GET" else route.fallback()
        ),
    )
    try:
        heading(page, "/reminders", "Reminders")
        page.get_by_role("heading", name="Other devices").wait_for()
        page.get_by_text("Reminders arrive on this device.").wait_for()
        unfold(page)
        page.get_by_role("button", name="Make an address").click()
        page.get_by_text("This address is shown once.").wait_for()
    finally:
        page.unroute(re.compile("/api/push-subscriptions$"))


@state("iphone")
def reminders_on_an_iphone(page: Page, cast: Cast) -> None:
    sign_in(page.context, cast.people["ivy"])
    stand_in(page, None, user_agent=IPHONE)
    set_reminders(cast.people["ivy"], cast.experiments["ivy"])
    heading(page, "/reminders", "Reminders")
    page.get_by_text("Choose “Add to Home Screen”.").wait_for()
