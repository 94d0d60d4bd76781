"""What leaves asks for the password once more, where that was over five minutes ago; nothing typed is lost."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser import places
from tests.browser.axe import axe
from tests.browser.conftest import PASSWORD, NewPhone, Person, Server, sign_up, today, too_wide
from tests.browser.looks import by_keyboard, out_of_place
from tests.browser.places import invitation, join
from tests.browser.sharing import shared
from tests.browser.walk import picture

Back = Callable[[], None]


@pytest.fixture
def fortnight(ana: Person) -> dict[str, Any]:
    begun = ana.experiment(started_days_ago=5)
    assert ana.put(begun, (today() - timedelta(days=2)).isoformat(), mood=6, dose="taken").status_code == 200
    return begun


def say_it(page: Page, password: str = PASSWORD) -> None:
    field = page.get_by_label("Your password", exact=True)
    expect(field).to_be_focused()
    field.fill(password)
    page.get_by_role("button", name="Go on", exact=True).click()
    expect(field).to_have_count(0)


def test_a_file(page: Page, fortnight: dict[str, Any], an_hour_ago: Back) -> None:
    an_hour_ago()
    page.goto(f"/experiment/{fortnight['id']}")
    take = page.get_by_role("button", name="Take it along as a file")
    take.click()
    field = page.get_by_label("Your password", exact=True)
    expect(field).to_be_focused()
    expect(page.get_by_text("A file can be read by anybody who has it.")).to_be_visible()
    picture(page, "password-once-file")
    assert axe(page) == [] and too_wide(page) == [] and out_of_place(page) == []
    assert by_keyboard(page) == []
    page.get_by_role("button", name="Not now").click()
    expect(take).to_be_focused()
    expect(field).to_have_count(0)
    take.click()
    with page.expect_download() as saved:
        say_it(page)
    assert saved.value.suggested_filename.endswith(".zip")
    expect(take).to_be_focused()
    expect(page.get_by_text("Saved on this device.")).to_be_visible()
    with page.expect_download():
        take.click()


def test_a_file_without_a_signal_says_so(page: Page, fortnight: dict[str, Any]) -> None:
    page.goto(f"/experiment/{fortnight['id']}")
    take = page.get_by_role("button", name="Take it along as a file")
    expect(take).to_be_visible()
    page.context.set_offline(True)
    take.click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("."))).to_be_visible()
    page.context.set_offline(False)
    with page.expect_download():
        take.click()


def test_a_choice_of_what_is_shared(
    page: Page, phone: NewPhone, server: Server, ana: Person, fortnight: dict[str, Any], an_hour_ago: Back
) -> None:
    desk = phone(server.url).new_page()
    join(desk, "theo", at=invitation(server, "therapist"))
    sharing = shared(desk, ana, fortnight["id"], ["mood"])
    page.goto(f"/share/{sharing}")
    page.get_by_role("switch", name=re.compile("^Sleep")).check()
    page.get_by_role("button", name="See what they would see").click()
    an_hour_ago()
    page.get_by_role("button", name="Share this from now on").click()
    expect(page.get_by_text("Somebody else can read more of you then.")).to_be_visible()
    picture(page, "password-once-share")
    assert axe(page) == [] and too_wide(page) == []
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("switch", name=re.compile("^Sleep"))).to_be_checked()
    page.get_by_role("button", name="Share this from now on").click()
    say_it(page)
    expect(page.get_by_text("Saved. Dr. Brandt sees this from now on.")).to_be_visible()
    expect(page.get_by_text(re.compile("^Sees now: Mood, Sleep"))).to_be_visible()


def test_somebody_who_rests_and_reads_again(
    page: Page, phone: NewPhone, server: Server, ana: Person, fortnight: dict[str, Any], an_hour_ago: Back
) -> None:
    desk = phone(server.url).new_page()
    join(desk, "theo", at=invitation(server, "therapist"))
    shared(desk, ana, fortnight["id"], ["mood"])
    an_hour_ago()
    page.goto("/sharing")
    page.get_by_role("button", name="Pause").click()
    expect(page.get_by_text("Paused. Sees nothing until you go on.")).to_be_visible()
    page.get_by_role("button", name="Go on sharing").click()
    picture(page, "password-once-resume")
    assert axe(page) == [] and too_wide(page) == []
    say_it(page)
    expect(page.get_by_text("Dr. Brandt sees again what you chose.")).to_be_visible()
    expect(page.get_by_role("button", name="Pause")).to_be_focused()


def test_what_is_taken_to_supervision(page: Page, server: Server, an_hour_ago: Back) -> None:
    join(page, "theo", at=invitation(server, "therapist"))
    page.goto("/clients")
    ana = sign_up(server.url)
    client = shared(page, ana, ana.experiment()["id"], ["mood"])
    note = {"session_on": today().isoformat(), "moments": [], "reflection": "A lot to hold.", "base_revision": 0}
    at = f"/api/clients/{client}/notes/{uuid4()}"
    assert page.request.put(at, data=note, headers={"Sec-Fetch-Site": "same-origin"}).ok
    page.goto(f"/client/{client}/supervision")
    page.get_by_role("button", name="Show what would leave").click()
    page.get_by_label("I have read it through").check()
    an_hour_ago()
    page.get_by_role("button", name="Save as text").click()
    with page.expect_download() as saved:
        say_it(page, places.PASSWORD)
    assert "A lot to hold." in saved.value.path().read_text()
