"""The cards of the check-in: where somebody may be in danger, help comes first and stays in reach."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import NewPhone, Person, Server, large_text, sign_in, today, too_wide

BOTH = "Saved here and with your account"


@pytest.fixture
def page(phone: NewPhone, server: Server, ana: Person) -> Page:
    """Ana's phone, in Britain."""
    return phone_of(phone, server, ana)


def phone_of(phone: NewPhone, server: Server, person: Person, **context: Any) -> Page:
    made = phone(server.url, **{"locale": "en-GB", **context})
    sign_in(made, person)
    return made.new_page()


def mood(page: Page) -> Locator:
    return page.get_by_role("group", name=re.compile("^Mood"))


def first_this(page: Page) -> Locator:
    return page.get_by_role("heading", name="First, this")


def unfold(page: Page) -> None:
    mood(page).wait_for()
    if page.locator("details.fold:not([open])").count():
        page.locator("summary", has_text="More, if you like").click()


def say_yes(page: Page) -> None:
    unfold(page)
    page.get_by_role("group", name=re.compile("^Thoughts")).get_by_role("radio", name="Yes").check()


def days_ago(count: int) -> str:
    return (today() - timedelta(days=count)).isoformat()


def test_a_yes_brings_the_card_to_the_top_edge_with_plan_lines_and_number_on_one_screen(
    page: Page, ana: Person
) -> None:
    ana.experiment(started_days_ago=3)
    lines = {"notice_first": "I stop answering messages", "what_helps": "Kettle. Kitchen floor."}
    ana.http.put(
        "/api/safety-plan",
        json={**lines, "who_i_call": "Jo, 07700 900123", "country": "GB", "base_revision": 0},
    ).raise_for_status()
    with page.expect_response("**/api/safety-plan"):
        page.goto("/")
    say_yes(page)
    expect(first_this(page)).to_be_focused()
    top = first_this(page).bounding_box()
    assert top
    assert 0 <= top["y"] < 60
    bar = page.locator(".bar").bounding_box()
    assert bar
    for name in (
        "I stop answering messages",
        "07700 900123",
        "Call 116 123",
        "Call 111",
        "Text SHOUT to 85258",
        "Call 999",
    ):
        box = page.get_by_text(name, exact=name != "07700 900123").bounding_box()
        assert box, name
        assert box["y"] >= 0, name
        assert box["y"] + box["height"] <= bar["y"], name
    expect(page.get_by_role("link", name="07700 900123")).to_have_attribute("href", "tel:07700900123")
    assert "\n".join(axe(page)) == ""


def test_the_card_is_not_inside_the_fold_and_stays_when_the_fold_closes(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/")
    say_yes(page)
    expect(first_this(page)).to_be_visible()
    assert page.locator("details").filter(has=first_this(page)).count() == 0
    page.locator("summary", has_text="More, if you like").click()
    expect(first_this(page)).to_be_visible()


def test_a_new_phone_shows_the_card_as_soon_as_the_answers_arrive(page: Page, ana: Person) -> None:
    experiment = ana.experiment(started_days_ago=3)
    ana.put(experiment, today().isoformat(), thoughts="yes").raise_for_status()
    page.goto("/")
    expect(first_this(page)).to_be_visible()
    assert (first_this(page).bounding_box() or {"y": 9999})["y"] < (mood(page).bounding_box() or {"y": 0})["y"]


def test_the_card_comes_without_a_signal(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/")
    expect(mood(page)).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    expect(mood(page)).to_be_visible()
    page.context.set_offline(True)
    page.reload()
    say_yes(page)
    expect(first_this(page)).to_be_focused()
    expect(page.get_by_role("link", name="Call 999")).to_be_in_viewport()
    page.reload()
    expect(first_this(page)).to_be_visible()


def test_what_was_closed_stays_one_quiet_line_and_a_new_yes_shows_it_again(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/")
    say_yes(page)
    page.get_by_role("button", name="Close for now").click()
    line = page.get_by_role("button", name="Help is here")
    expect(line).to_be_focused()
    expect(first_this(page)).to_have_count(0)
    expect(page.locator(".bar")).to_contain_text(BOTH, timeout=8000)
    page.reload()
    expect(line).to_be_visible()
    expect(first_this(page)).to_have_count(0)
    line.click()
    expect(first_this(page)).to_be_focused()
    page.reload()
    expect(line).to_be_visible()
    thoughts = page.get_by_role("group", name=re.compile("^Thoughts"))
    thoughts.get_by_role("radio", name="No", exact=True).check()
    expect(line).to_have_count(0)
    say_yes(page)
    expect(first_this(page)).to_be_focused()


def test_a_second_yes_within_the_week_shows_the_card_too(page: Page, ana: Person) -> None:
    experiment = ana.experiment(started_days_ago=5)
    ana.put(experiment, days_ago(2), thoughts="yes").raise_for_status()
    page.goto("/")
    say_yes(page)
    expect(first_this(page)).to_be_focused()
    expect(page.get_by_text("Nobody watches this, and nobody is told.")).to_be_visible()


def test_a_line_says_still_only_after_a_card_of_its_own(page: Page, ana: Person) -> None:
    experiment = ana.experiment(started_days_ago=6)
    ana.put(experiment, days_ago(3), thoughts="yes").raise_for_status()
    ana.put(experiment, days_ago(1), mood=1).raise_for_status()
    page.goto("/")
    mood(page).get_by_role("radio", name="1 very bad").check()
    expect(page.get_by_text("You rated your mood very low on two days close together.")).to_be_visible()
    expect(page.get_by_text("Still hard days?")).to_have_count(0)
    page.get_by_role("button", name="Help is here").click()
    heading = page.get_by_role("heading", name="These look like hard days")
    expect(heading).to_be_focused()
    expect(page.get_by_text("If you are in danger now, call your local emergency number.")).to_be_visible()
    expect(page.get_by_text("If you might act on these thoughts")).to_have_count(0)


def test_low_days_again_ask_whether_it_is_still_so(page: Page, ana: Person) -> None:
    experiment = ana.experiment(started_days_ago=6)
    for count in (2, 1):
        ana.put(experiment, days_ago(count), mood=1).raise_for_status()
    page.goto("/")
    mood(page).get_by_role("radio", name="1 very bad").check()
    expect(page.get_by_text("Still hard days?")).to_be_visible()


def worry(page: Page, sign: str) -> Locator:
    unfold(page)
    page.get_by_role("checkbox", name="something new or worrying").check()
    page.get_by_role("checkbox", name=sign).check()
    return page.locator("section.well").filter(has=page.get_by_role("heading", name=sign))


def test_a_sign_of_the_body_leads_to_help_for_the_body(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/")
    said = worry(page, "seizure").inner_text()
    order = ["Call your local emergency number now.", "Call 999", "Call 111", "Call 116 123"]
    assert sorted(order, key=said.index) == order
    said = worry(page, "fainting").inner_text()
    order = ["the urgent line below", "The urgent line", "Call 111", "Call 116 123", "Call 999"]
    assert sorted(order, key=said.index) == order


def test_where_no_line_for_the_body_is_on_file_no_urgent_line_is_spoken_of(
    phone: NewPhone, server: Server, ana: Person
) -> None:
    ana.experiment()
    page = phone_of(phone, server, ana, locale="de-DE")
    page.goto("/")
    said = worry(page, "fainting").inner_text()
    assert "urgent line" not in said
    order = ["call your local emergency number", "Call 112", "Call 0800 1110111", "Call 0800 1110222"]
    assert sorted(order, key=said.index) == order


def test_little_sleep_names_the_urgent_line_it_speaks_of(page: Page, ana: Person) -> None:
    experiment = ana.experiment(started_days_ago=3)
    ana.put(experiment, days_ago(1), mood=9, sleep_hours=3).raise_for_status()
    ana.put(experiment, today().isoformat(), mood=9, sleep_hours=3).raise_for_status()
    page.goto("/")
    card = page.locator("section.well").filter(has=page.get_by_role("heading", name="Little sleep"))
    expect(card.get_by_role("heading", name="The urgent line")).to_be_visible()
    said = card.inner_text()
    assert said.index("The urgent line") < said.index("Call 111")


def test_a_guessed_country_is_called_a_guess(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/")
    say_yes(page)
    page.get_by_role("link", name="United Kingdom, guessed from this phone: change country").click()
    select = page.get_by_label("Your country")
    expect(select).to_have_value("GB")
    expect(page.get_by_text("Guessed from this phone.")).to_be_visible()
    expect(page.get_by_text("Find your country")).to_be_hidden()
    expect(page.get_by_text("not checked")).to_have_count(0)
    expect(page.get_by_text("The numbers come from public pages.")).to_be_visible()
    select.select_option("DE")
    expect(page.get_by_text("Guessed from this phone.")).to_be_hidden()
    page.get_by_role("link", name="Back to where I was").click()
    expect(page.get_by_role("link", name="Germany: change country")).to_be_visible()


def test_without_a_script_every_country_is_in_the_page(phone: NewPhone, server: Server) -> None:
    page = phone(server.url, java_script_enabled=False).new_page()
    page.goto("/help")
    expect(page.get_by_role("heading", name="Find your country")).to_be_visible()
    expect(page.get_by_label("Your country")).to_be_hidden()
    expect(page.get_by_role("link", name="Call 999")).to_be_visible()


def test_the_card_fits_320_pixels_at_200_per_cent_text(phone: NewPhone, server: Server, ana: Person) -> None:
    ana.experiment()
    page = phone_of(phone, server, ana, viewport={"width": 320, "height": 640})
    page.goto("/")
    say_yes(page)
    expect(first_this(page)).to_be_focused()
    large_text(page)
    assert too_wide(page) == []


def test_help_and_my_plan_name_the_same_country(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/plan")
    expect(
        page.get_by_text("Until you choose one, it shows United Kingdom: guessed from this phone.")
    ).to_be_visible()
    country = page.get_by_label("Country for help lines")
    country.select_option("DE")
    page.get_by_role("button", name="Keep my plan").click()
    expect(page.get_by_text("Kept. It is on this phone too")).to_be_visible()
    page.goto("/help")
    expect(page.get_by_label("Your country")).to_have_value("DE")
    page.get_by_label("Your country").select_option("AT")
    with page.expect_response("**/api/safety-plan"):
        page.goto("/plan")
    expect(country).to_have_value("AT")
    page.goto("/help")
    expect(page.get_by_label("Your country")).to_have_value("AT")


def test_the_own_line_for_low_mood_is_set_in_my_plan_and_outlives_a_change_of_the_plan(
    page: Page, ana: Person
) -> None:
    experiment = ana.experiment(started_days_ago=9)
    for count in range(9, 1, -1):
        ana.put(experiment, days_ago(count), mood=3).raise_for_status()
    ana.put(experiment, days_ago(1), mood=1).raise_for_status()
    page.goto("/plan")
    floor = page.get_by_label("When my mood is low on most days, show the card at")
    expect(floor).to_have_value("")
    floor.select_option("1, very bad")
    expect(page.get_by_text("Kept, for this fortnight.")).to_be_visible()
    page.goto(f"/new/{experiment['id']}")
    hope = page.get_by_label("What do you hope?")
    hope.wait_for(state="attached")
    page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
    hope.fill("To read again.")
    page.get_by_role("button", name="Keep the change").click()
    expect(page.get_by_text("Answers the question")).to_be_visible()
    kept = ana.http.get(f"/api/experiments/{experiment['id']}").json()
    assert (kept["hope"], kept["mood_floor"], kept["changes"]) == ("To read again.", 1, [])
    page.goto("/")
    mood(page).get_by_role("radio", name="1 very bad").check()
    expect(page.get_by_role("heading", name="These look like hard days")).to_be_visible()
