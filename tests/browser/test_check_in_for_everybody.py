"""The check-in, its days and help: for thumbs, keyboards, screen readers, large text, small phones, the dark."""

import re
from datetime import timedelta
from typing import Any, Literal

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import NewPhone, Person, Server, large_text, sign_in, today, too_wide

BOTH = "Saved here and with your account"


def mood(page: Page) -> Locator:
    return page.get_by_role("group", name=re.compile("^Mood"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(phone: NewPhone, server: Server, ana: Person, scheme: Literal["light", "dark"]) -> None:
    experiment = ana.experiment(started_days_ago=8)
    yesterday = (today() - timedelta(days=1)).isoformat()
    ana.put(experiment, yesterday, mood=1, thoughts="yes")
    context = phone(server.url, color_scheme=scheme)
    sign_in(context, ana)
    page = context.new_page()
    page.goto("/")
    mood(page).get_by_role("radio", name="1 very bad").check()
    page.get_by_role("radio", name="Not taken").check()
    page.get_by_role("button", name="Half an hour less").click()
    page.get_by_text("About a dose not taken").click()
    expect(page.get_by_text("It happens.")).to_be_visible()
    page.get_by_text("More, if you like").click()
    page.get_by_role("checkbox", name="dry mouth").check()
    page.get_by_role("checkbox", name="something new or worrying").check()
    page.get_by_role("checkbox", name="fainting").check()
    expect(page.get_by_role("heading", name="fainting")).to_be_visible()
    assert "\n".join(axe(page)) == ""
    page.goto(f"/day/{yesterday}")
    expect(page.get_by_role("heading", name="First, this")).to_be_visible()
    assert "\n".join(axe(page)) == ""
    for address, heading in (("/days", "Your days"), ("/help", "Help now")):
        page.goto(address)
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        assert "\n".join(axe(page)) == ""


def test_it_fits_320_pixels_at_200_per_cent_text(phone: NewPhone, server: Server, ana: Person) -> None:
    ana.experiment(started_days_ago=8, primary="own1")
    context = phone(server.url, viewport={"width": 320, "height": 640})
    sign_in(context, ana)
    page = context.new_page()
    for address in ("/", "/days", "/help"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        if address == "/":
            page.get_by_role("radio", name="Not taken").check()
            page.get_by_text("More, if you like").click()
            expect(page.get_by_label("A note", exact=True)).to_be_visible()
        assert too_wide(page) == []
        large_text(page)
        assert too_wide(page) == []


def test_with_little_room_only_help_stays_in_view(phone: NewPhone, server: Server, ana: Person) -> None:
    ana.experiment()
    context = phone(server.url, viewport={"width": 320, "height": 640})
    sign_in(context, ana)
    page = context.new_page()
    page.goto("/")
    mood(page).get_by_role("radio", name="6 all right").check()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_have_text(BOTH)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("scrollTo(0, 0)")
    place = page.locator(".help-place").bounding_box()
    assert place
    assert place["y"] + place["height"] == 640
    assert place["height"] <= 100
    state = page.get_by_role("status").filter(has_text="Saved")
    expect(state).not_to_be_in_viewport()
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    expect(state).to_be_in_viewport()
    box = state.bounding_box()
    place = page.locator(".help-place").bounding_box()
    assert box
    assert place
    assert box["y"] + box["height"] <= place["y"] + 1


def test_what_could_not_be_kept_stays_in_view_with_little_room(
    phone: NewPhone, server: Server, ana: Person
) -> None:
    experiment = ana.experiment()
    context = phone(server.url, viewport={"width": 320, "height": 640})
    sign_in(context, ana)
    page = context.new_page()
    page.route(
        "**/check-ins/*", lambda route: route.fulfill(status=422, json={"code": "invalid", "detail": "No."})
    )
    page.goto("/")
    mood(page).get_by_role("radio", name="6 all right").check()
    needs = page.get_by_role("status").filter(has_text="One entry needs you")
    expect(needs).to_be_visible(timeout=8000)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    page.evaluate("scrollTo(0, 0)")
    expect(needs).to_be_in_viewport()
    assert experiment


def test_on_a_desk_help_is_the_first_link_top_right(phone: NewPhone, server: Server, ana: Person) -> None:
    ana.experiment()
    context = phone(server.url, viewport={"width": 1280, "height": 800})
    sign_in(context, ana)
    page = context.new_page()
    for address in ("/", "/menu", "/settings"):
        page.goto(address)
        page.get_by_role("heading", level=1).wait_for()
        help_now = page.get_by_role("link", name="I need help now")
        expect(help_now).to_have_count(1)
        box = help_now.bounding_box()
        assert box
        assert box["x"] + box["width"] > 1200
        assert box["y"] < 20
        page.keyboard.press("Tab")
        expect(help_now).to_be_focused()


def test_mood_dose_sleep_and_a_hard_day_stand_on_the_first_screen(page: Page, ana: Person) -> None:
    ana.experiment(started_days_ago=8)
    page.goto("/")
    chip = page.get_by_role("checkbox", name="Just a hard day")
    expect(chip).to_be_visible()
    bar = page.locator(".bar").bounding_box()
    box = chip.locator("..").bounding_box()
    assert bar and box and box["y"] + box["height"] <= bar["y"]
    for target in page.locator("main .cell, main .chip, main button, .bar a").all():
        size = target.bounding_box()
        if size:
            assert size["height"] >= 48, target.inner_text()
            assert size["width"] >= 48, target.inner_text()


def test_the_primary_measure_leaves_room_for_sleep_on_the_first_screen(page: Page, ana: Person) -> None:
    """With the longest line there is under the strip, and a name of two lines on the own scale."""
    experiment = ana.experiment(started_days_ago=8, primary="own1")
    for ago in (8, 7, 6, 5):
        ana.put(experiment, (today() - timedelta(days=ago)).isoformat(), mood=5).raise_for_status()
    page.goto("/")
    expect(page.get_by_role("paragraph").filter(has_text="Gaps are fine.")).to_be_visible()
    bar = page.locator(".bar").bounding_box()
    assert bar
    for name in ("Mood today", "The white one, today", "Fog", "Sleep last night"):
        box = page.get_by_role("group", name=name).bounding_box()
        assert box, name
        assert box["y"] + box["height"] <= bar["y"], name
    label = page.get_by_text("Sleep last night", exact=True).bounding_box()
    less = page.get_by_role("button", name="Half an hour less").bounding_box()
    assert label
    assert less
    assert less["x"] > label["x"] + label["width"] - 1
    assert less["y"] < label["y"] + label["height"]


def test_one_tap_is_a_check_in(page: Page, ana: Person) -> None:
    experiment = ana.experiment()
    page.goto("/")
    page.get_by_role("checkbox", name="Just a hard day").check()
    expect(page.locator(".bar")).to_contain_text(BOTH, timeout=8000)
    answers = ana.days(experiment)[today().isoformat()]["answers"]
    assert answers["hard_day"] is True
    assert answers["mood"] is None


def test_the_keyboard_does_it_all(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/")
    first = mood(page).get_by_role("radio").first
    first.focus()
    page.keyboard.press("7")
    expect(mood(page).get_by_role("radio", name="7 fairly good")).to_be_checked()
    page.keyboard.press("ArrowRight")
    expect(mood(page).get_by_role("radio", name="8 good")).to_be_checked()
    page.keyboard.press("Delete")
    expect(mood(page).get_by_role("radio", checked=True)).to_have_count(0)
    expect(first).to_be_focused()
    page.get_by_label("Hours slept").fill("6,5")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Hours slept")).to_have_value("6½")


def test_a_bedtime_dose_is_asked_for_last_night(page: Page, ana: Person) -> None:
    ana.experiment(usual_time="bedtime", started_days_ago=3)
    page.goto("/")
    expect(page.get_by_role("group", name="The white one, last night")).to_be_visible()
    before = today() - timedelta(days=1)
    page.goto(f"/day/{before}")
    night = (before - timedelta(days=1)).strftime("%A")
    expect(page.get_by_role("group", name=f"The white one, on {night} night")).to_be_visible()


def test_low_mood_twice_brings_the_card_below_the_tap_and_sets_nothing_else_aside(page: Page, ana: Person) -> None:
    experiment = ana.experiment(started_days_ago=5)
    ana.put(experiment, (today() - timedelta(days=1)).isoformat(), mood=2)
    page.goto("/")
    cell = mood(page).get_by_role("radio", name="2 bad")
    before = cell.bounding_box()
    cell.check()
    card = page.get_by_role("heading", name="These look like hard days")
    expect(card).to_be_visible()
    assert cell.bounding_box() == before
    expect(page.get_by_text("Nobody watches this, and nobody is told.")).to_be_visible()
    expect(page.get_by_role("group", name="The white one, today")).to_be_visible()
    page.reload()
    expect(card).to_be_visible()
    assert (card.bounding_box() or {"y": 9999})["y"] < (mood(page).bounding_box() or {"y": 0})["y"]


def test_a_day_to_come_or_outside_is_said_plainly(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto(f"/day/{today() + timedelta(days=2)}")
    expect(page.get_by_text("This day is still to come.")).to_be_visible()
    page.goto(f"/day/{today() - timedelta(days=2)}")
    expect(page.get_by_text("This day is not part of your fortnight.")).to_be_visible()
    page.goto("/day/never")
    expect(page.get_by_text("This day is not part of your fortnight.")).to_be_visible()


def test_only_a_name_that_was_chosen_stands_on_today(page: Page, ana: Person) -> None:
    ana.experiment(medicine_label=None)
    page.goto("/")
    expect(page.get_by_role("group", name="Your medicine, today")).to_be_visible()
    expect(page.get_by_text("ertraline")).to_have_count(0)


@pytest.mark.parametrize("way_in", ["stopped", "never_started"])
def test_who_does_not_take_it_is_asked_for_a_dose_only_if_they_want(page: Page, ana: Person, way_in: str) -> None:
    ana.experiment(way_in=way_in)
    page.goto("/")
    expect(mood(page)).to_be_visible()
    expect(page.get_by_role("radio", name="Not taken")).to_have_count(0)
    page.goto("/settings")
    asked = page.get_by_role("switch", name=re.compile("dose", re.IGNORECASE))
    page.locator("summary", has_text="What is asked each day").click()
    expect(asked).not_to_be_checked()
    asked.check()
    page.goto("/")
    expect(page.get_by_role("radio", name="Not taken")).to_be_visible()
    page.goto("/settings")
    page.locator("summary", has_text="What is asked each day").click()
    asked.uncheck()
    page.goto("/")
    expect(mood(page)).to_be_visible()
    expect(page.get_by_role("radio", name="Not taken")).to_have_count(0)


def test_what_two_devices_wrote_does_not_push_the_answers_down(page: Page, ana: Person) -> None:
    experiment = ana.experiment()
    page.goto("/")
    expect(mood(page)).to_be_visible()
    page.get_by_text("More, if you like").click()
    note = page.get_by_label("A note", exact=True)
    note.wait_for()
    page.get_by_role("checkbox", name="something new or worrying").wait_for()
    page.context.set_offline(True)
    note.fill("Walked to the lake on this phone.")
    expect(page.locator(".bar")).to_contain_text("Saved on this phone")
    ana.put(experiment, today().isoformat(), note="Walked to the lake, said the tablet.").raise_for_status()
    page.evaluate("scrollTo(0, 0)")
    before = mood(page).bounding_box()
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="You wrote this day on two devices")).to_be_visible(timeout=20_000)
    page.evaluate("scrollTo(0, 0)")
    assert mood(page).bounding_box() == before


def test_the_days_have_one_form_and_the_strip_divides_where_a_week_begins(page: Page, ana: Person) -> None:
    ana.experiment(started_days_ago=9)
    page.goto("/")
    expect(mood(page)).to_be_visible()
    begins = page.locator("ol li.week").all_inner_texts()
    assert [text.strip() for text in begins] == ["M"] * len(begins)
    assert len(begins) in (1, 2)
    page.goto("/days")
    rows = page.locator("ol.rows .row > span:first-child")
    expect(rows).to_have_count(14)
    form = re.compile(r"[A-Z][a-z]+day \d{1,2} [A-Z][a-z]{2}")
    assert [row for row in rows.all_inner_texts() if not form.fullmatch(row)] == []


def test_a_day_of_another_fortnight_opens_where_the_address_says(page: Page, ana: Person) -> None:
    """One that is over and one that runs may hold the same day, and a link changes only which of them is meant."""
    over = ana.experiment(started_days_ago=20, question="Which came first?")
    runs = ana.experiment(started_days_ago=8, question="Which came then?")
    day = (today() - timedelta(days=7)).isoformat()
    assert ana.put(over, day, mood=1).status_code == 200
    assert ana.put(runs, day, mood=9).status_code == 200
    for experiment, value in ((runs, 9), (over, 1)):  # both are here before one of them needs somebody
        page.goto(f"/day/{day}?in={experiment['id']}")
        expect(page.locator(f'input[name="mood"][value="{value}"]')).to_be_checked()
    needs_you(page, ana, runs, day)
    page.reload()
    page.get_by_role("link", name=re.compile("One entry needs you")).click()
    expect(page).to_have_url(re.compile(f"in={runs['id']}$"))
    expect(page.locator('input[name="mood"][value="9"]')).to_be_checked()
    page.go_back()
    expect(page.locator('input[name="mood"][value="1"]')).to_be_checked()


NEEDS_YOU = """async ([account, experiment, day]) => {
  const asked = indexedDB.open("fortnight");
  const db = await new Promise((done) => (asked.onsuccess = () => done(asked.result)));
  const tx = db.transaction("outbox", "readwrite");
  const reason = { status: 409, code: "check-in-conflict", detail: "" };
  const entry = { account, experiment, day, tap: "1", queued_at: new Date().toISOString(), status: "needs-you" };
  tx.objectStore("outbox").put({ ...entry, reason, theirs: { note: "from another phone" } });
  await new Promise((done) => (tx.oncomplete = done));
  db.close();
}"""


def needs_you(page: Page, person: Person, experiment: dict[str, Any], day: str) -> None:
    """As if this phone and another had both written words that day."""
    page.evaluate(NEEDS_YOU, [person.id, experiment["id"], day])
