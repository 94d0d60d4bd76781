"""Reminders: each change is saved by itself, and nothing that was typed is ever lost."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Person
from tests.browser.reminding import at_reminders, of, said, saved, until
from tests.browser.states_reminders import set_reminders


@pytest.fixture
def experiment(ana: Person) -> str:
    return str(ana.experiment(started_days_ago=2)["id"])


def test_each_change_is_saved_by_itself(page: Page, ana: Person, experiment: str) -> None:
    at_reminders(page)
    expect(page.get_by_text("Nothing comes while this is off.")).to_be_visible()
    page.get_by_role("switch", name="Remind me").check()
    expect(page.get_by_text(re.compile("^The next one: (today|tomorrow) at 20:30"))).to_be_visible()
    page.get_by_role("button", name="Add a time").click()
    expect(page.get_by_label("Time 2")).to_be_focused()
    page.get_by_label("Time 2").fill("07:45")
    until(page, lambda: of(ana, experiment)["times"] == ["07:45", "20:30"])
    expect(page.get_by_label("Time 2")).to_have_value("07:45")  # it stays where it was typed
    page.get_by_role("radio", name="Days I choose").check()
    page.get_by_role("checkbox", name="Sunday").uncheck()
    page.get_by_text("More", exact=True).click()
    page.get_by_role("switch", name=re.compile("Quiet hours")).check()
    page.get_by_label("From", exact=True).fill("21:30")
    page.get_by_role("radio", name="Nothing to read at all").check()
    saved(page)
    page.get_by_label("Pause until").fill("2031-03-03")
    expect(said(page)).to_have_text(re.compile(r"^\s*Saved. Paused until Monday 3 March.\s*$"))
    stored = of(ana, experiment)
    assert (stored["on"], stored["weekdays"], stored["words"]) == (True, [1, 2, 3, 4, 5, 6], "blank")
    assert (stored["quiet_from"], stored["quiet_until"]) == ("21:30", "07:00")
    page.get_by_role("button", name="End the pause").click()
    expect(said(page)).to_have_text(re.compile("Saved. The pause is over. The next one: "))
    page.get_by_role("button", name=re.compile(r"^Take away\s07:45")).click()
    until(page, lambda: of(ana, experiment)["times"] == ["20:30"])
    page.reload()
    expect(page.get_by_label("Time 1")).to_have_value("20:30")
    expect(page.get_by_role("checkbox", name="Sunday")).not_to_be_checked()


def test_what_is_not_right_is_said_under_its_field_and_stays(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment, quiet_from="22:00", quiet_until="07:00")
    at_reminders(page)
    page.get_by_role("button", name="Add a time").click()
    page.get_by_label("Time 2").fill("23:30")
    two = page.get_by_label("Time 2")
    expect(two).to_have_attribute("aria-invalid", "true")
    expect(two).to_have_accessible_description(
        "This lies in your quiet hours (22:00 to 07:00). Move one of the two."
    )
    expect(page.get_by_text("Not saved yet. Look at the line that is marked.")).to_be_visible()
    assert of(ana, experiment)["times"] == ["20:30"]
    page.reload()
    expect(two).to_have_value("23:30")
    two.fill("21:30")
    until(page, lambda: of(ana, experiment)["times"] == ["20:30", "21:30"])
    expect(two).not_to_have_attribute("aria-invalid", "true")


def test_quiet_hours_that_hold_a_time_say_so_where_they_are_set(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment, times=["08:00", "23:30"])
    at_reminders(page)
    page.get_by_text("More", exact=True).click()
    page.get_by_role("switch", name=re.compile("Quiet hours")).check()
    begin, end = page.get_by_label("From", exact=True), page.get_by_label("Until", exact=True)
    expect(begin).to_be_focused()
    expect(begin).to_have_attribute("aria-invalid", "true")
    one = "Your reminder at 23:30 lies in these hours. Move one of the two."
    expect(begin).to_have_accessible_description(one)
    end.fill("09:00")  # said where it was changed last, with what was typed still there
    both = "Your reminders at 08:00, 23:30 lie in these hours. Move one or the other."
    expect(end).to_have_accessible_description(both)
    expect(end).to_be_focused()
    expect(begin).not_to_have_attribute("aria-invalid", "true")
    expect(begin).to_have_value("22:00")
    end.fill("07:00")
    begin.fill("22:45")
    expect(begin).to_have_accessible_description(one)
    assert of(ana, experiment)["quiet_from"] is None
    page.get_by_label("Time 2").fill("22:30")
    until(page, lambda: of(ana, experiment)["quiet_from"] == "22:45")
    expect(page.locator("[aria-invalid]")).to_have_count(0)


def test_what_is_marked_in_the_fold_is_seen_when_one_comes_back(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment)
    at_reminders(page)
    page.get_by_text("More", exact=True).click()
    page.get_by_label("Pause until").fill("2020-01-01")
    expect(page.get_by_text("Pick a day that is still to come.")).to_be_visible()
    page.reload()
    expect(page.get_by_text("Pick a day that is still to come.")).to_be_visible()


def test_the_servers_own_word_stands_under_the_field(page: Page, ana: Person, experiment: str) -> None:
    """Where this app would not have known."""
    at_reminders(page)
    body = {
        "type": "about:blank", "title": "", "status": 422, "code": "invalid-input", "detail": "",
        "errors": [{"field": "times.0", "code": "in-quiet-hours"}],
    }  # fmt: skip
    page.route(
        re.compile("/reminders$"),
        lambda route: route.fulfill(status=422, json=body) if route.request.method == "PUT" else route.fallback(),
    )
    page.get_by_label("Time 1").fill("20:45")
    expect(page.get_by_label("Time 1")).to_have_accessible_description(re.compile("quiet hours"))
    expect(page.get_by_label("Time 1")).to_have_value("20:45")


def test_what_was_typed_with_no_signal_is_still_there_and_goes_later(
    page: Page, context: BrowserContext, ana: Person, experiment: str
) -> None:
    at_reminders(page)
    context.set_offline(True)
    page.get_by_label("Time 1").fill("19:15")
    page.get_by_role("radio", name="Every other day").check()
    expect(page.get_by_text("No signal, so this is not saved yet. What you set is still here.")).to_be_visible()
    expect(page.get_by_label("Time 1")).to_have_value("19:15")
    context.set_offline(False)
    page.goto("/settings")
    at_reminders(page)
    expect(page.get_by_label("Time 1")).to_have_value("19:15")
    until(page, lambda: of(ana, experiment)["times"] == ["19:15"])
    assert of(ana, experiment)["every_other"] is True
    # It may have gone out before the first page was left: then the second one has nothing to say.
    expect(page.get_by_text(re.compile("not saved yet", re.IGNORECASE))).to_have_count(0)


def test_what_waited_goes_out_when_there_is_a_signal_again(
    page: Page, context: BrowserContext, ana: Person, experiment: str
) -> None:
    at_reminders(page)
    context.set_offline(True)
    page.get_by_role("switch", name="Remind me").check()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    context.set_offline(False)
    saved(page)
    assert of(ana, experiment)["on"] is True


@pytest.mark.parametrize("mine", [True, False])
def test_two_devices(page: Page, ana: Person, experiment: str, mine: bool) -> None:
    """What the other one saved is shown beside, and the person says which one stands."""
    at_reminders(page)
    set_reminders(ana, experiment, times=["07:15"])
    page.get_by_label("Time 1").fill("19:45")
    beside = page.get_by_role("region", name="Changed on another device")
    expect(beside).to_contain_text("07:15")
    expect(beside).to_contain_text("19:45")
    page.reload()
    expect(beside).to_contain_text("19:45")
    assert of(ana, experiment)["times"] == ["07:15"]
    beside.get_by_role("button", name="Save what is set here" if mine else "Take what is set there").click()
    saved(page)
    expect(beside).to_have_count(0)
    expect(page.get_by_label("Time 1")).to_have_value("19:45" if mine else "07:15")
    assert of(ana, experiment)["times"] == (["19:45"] if mine else ["07:15"])


def test_not_today(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment)
    at_reminders(page)
    page.get_by_role("button", name="Not today").click()
    # Heard as well as seen: "saved" alone says nothing of what was done.
    expect(said(page)).to_have_text(re.compile(r"^\s*Saved. No more reminders today. The next one: "))
    expect(page.get_by_text("No more reminders today.").first).to_be_visible()
    assert of(ana, experiment)["not_today"] is True
    page.get_by_label("Time 1").fill("19:00")  # another change does not take it back
    until(page, lambda: of(ana, experiment)["times"] == ["19:00"])
    assert of(ana, experiment)["not_today"] is True
    page.get_by_role("button", name="Today after all").click()
    until(page, lambda: of(ana, experiment)["not_today"] is False)
    expect(said(page)).to_have_text(re.compile(r"^\s*Saved. The next one: "))
    page.get_by_label("Time 1").fill("19:30")
    saved(page)  # and no more of what was done before


def test_not_today_on_the_notification_is_no_conflict(page: Page, ana: Person, experiment: str) -> None:
    """It was said on this very phone, while the screen was open."""
    set_reminders(ana, experiment)
    at_reminders(page)
    set_reminders(ana, experiment, not_today=True)
    page.get_by_label("Time 1").fill("19:00")
    until(page, lambda: of(ana, experiment)["times"] == ["19:00"])
    assert of(ana, experiment)["not_today"] is True
    expect(page.get_by_role("region", name="Changed on another device")).to_have_count(0)


def test_without_a_fortnight_it_says_so(page: Page, ana: Person) -> None:
    page.goto("/menu")
    page.get_by_role("link", name=re.compile("^Reminders")).click()
    expect(page.get_by_text("Reminders belong to a fortnight.")).to_be_visible()
    page.get_by_role("link", name="A new fortnight").click()
    expect(page).to_have_url(re.compile("/new$"))


def test_while_it_is_paused_and_from_its_own_page(page: Page, ana: Person, experiment: str) -> None:
    set_reminders(ana, experiment)
    ana.http.post(f"/api/experiments/{experiment}/pause").raise_for_status()
    page.goto(f"/experiment/{experiment}")
    page.get_by_role("link", name="Reminders").click()
    expect(page.get_by_text("Nothing comes while the fortnight is paused.")).to_be_visible()
    expect(page.get_by_role("button", name="Not today")).to_have_count(0)
