"""The visit to the prescriber on a phone: practised, said aloud, written down afterwards, looked at by two."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.briefs import VISIT, prepare
from tests.browser.axe import axe
from tests.browser.conftest import NewPhone, Person, Server, on_this_phone, sign_in, today, too_wide
from tests.browser.sharing import shared

SAID = "I was afraid of how it would go. I am telling you now."


@pytest.fixture
def fortnight(ana: Person) -> dict[str, Any]:
    return ana.experiment(started_days_ago=5)


def kept(ana: Person, fortnight: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = ana.http.get(f"/api/experiments/{fortnight['id']}/visit").json()
    return found


def test_practised_and_written_down(page: Page, ana: Person, fortnight: dict[str, Any]) -> None:
    page.goto(f"/brief/{fortnight['id']}")
    page.get_by_label("What do I want them to know?").fill("Calm, but behind glass.")
    page.get_by_role("link", name="Practise", exact=True).click()
    title = page.get_by_role("heading", name="Practise saying it", level=1)
    expect(title).to_be_focused()
    aloud = page.get_by_role("region", name="Say it out loud")
    expect(aloud.get_by_text("Calm, but behind glass.")).to_be_visible()  # nothing was sent yet
    page.get_by_role("button", name="Why didn’t you tell me?").click()
    first = page.get_by_role("group", name="Answer 1")
    expect(first.get_by_label("I can say")).to_have_value(SAID)
    page.get_by_role("button", name="Another one").click()
    second = page.get_by_role("group", name="Answer 2")
    expect(second.get_by_label("If they say")).to_be_focused()
    page.keyboard.type("It is in your head.")
    second.get_by_label("I can say").fill("It is what I saw on fourteen days.")
    page.get_by_label("What have I not told them?").fill("In May I left it out.")
    page.get_by_label("What gets in the way of the visit?").fill("The bus.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    stored = kept(ana, fortnight)
    assert stored["words"] == "Calm, but behind glass."
    assert [pair["they"] for pair in stored["answers"]] == ["Why didn’t you tell me?", "It is in your head."]
    assert (stored["not_told"], stored["in_the_way"]) == ("In May I left it out.", "The bus.")
    assert stored["on_page"] == []
    first.get_by_role("button", name=re.compile("^Take this one out")).click()
    expect(page.get_by_role("group", name="Answer 2")).to_have_count(0)
    expect(page.get_by_role("group", name="Answer 1").get_by_label("If they say")).to_have_value(
        "It is in your head."
    )

    page.get_by_role("link", name="After", exact=True).click()
    expect(page.get_by_role("heading", name="After the visit", level=1)).to_be_focused()
    page.get_by_label("What did we decide?").fill("We wait two weeks.")
    page.get_by_label("One step").fill("Call on Monday.")
    page.get_by_label("When do we look at it again?").fill((today() + timedelta(days=14)).isoformat())
    listened = page.get_by_role("group", name=re.compile("^How much effort was made to listen"))
    listened.get_by_role("radio", name="Some effort was made").check()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    stored = kept(ana, fortnight)
    assert (stored["decided"], stored["step"]) == ("We wait two weeks.", "Call on Monday.")
    assert (stored["effort_listen"], stored["effort_understand"]) == (2, None)
    assert len(stored["answers"]) == 1
    page.reload()
    expect(page.get_by_label("What did we decide?")).to_have_value("We wait two weeks.")
    expect(listened.get_by_role("radio", name="Some effort was made")).to_be_checked()
    assert axe(page) == [] and too_wide(page) == []
    page.go_back()
    expect(page.get_by_role("heading", name="Practise saying it", level=1)).to_be_visible()


def test_options_stand_beside_each_other(page: Page, ana: Person, fortnight: dict[str, Any]) -> None:
    page.goto(f"/brief/{fortnight['id']}?options")
    page.get_by_role("button", name="Stay as it is now").click()
    stay = page.get_by_role("group", name="Stay as it is now")
    expect(stay.get_by_label("What is good about it")).to_be_focused()
    page.keyboard.type("I know it.")
    page.get_by_role("button", name="Something else").click()
    own = page.get_by_role("group", name="Something else")
    own.get_by_label("What is it?").fill("See a dietitian")
    own = page.get_by_role("group", name="See a dietitian")
    own.get_by_label("What it costs").fill("A long wait.")
    table = page.get_by_role("table", name="Beside each other")
    expect(table.get_by_role("row", name=re.compile("^See a dietitian.*A long wait"))).to_be_visible()
    expect(table.get_by_role("row", name=re.compile("^Stay as it is now I know it"))).to_be_visible()
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    assert [one["kind"] for one in kept(ana, fortnight)["options"]] == ["stay", "own"]
    stay.get_by_role("button", name=re.compile("^Take it off the list")).click()
    expect(table).to_have_count(0)
    expect(page.get_by_role("button", name="Stay as it is now")).to_be_visible()
    page.reload()
    expect(page.get_by_role("group")).to_have_count(1)  # kept on the phone as it was typed


def test_without_a_signal_what_is_typed_stays(page: Page, ana: Person, fortnight: dict[str, Any]) -> None:
    page.goto(f"/brief/{fortnight['id']}?after")
    decided = page.get_by_label("What did we decide?")
    expect(decided).to_be_visible()
    page.context.set_offline(True)
    decided.fill("We wait.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("."))).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(decided).to_have_value("We wait.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    assert kept(ana, fortnight)["decided"] == "We wait."


def test_the_questions_that_others_ask_are_of_where_somebody_is(
    page: Page, ana: Person, fortnight: dict[str, Any]
) -> None:
    asks_about_staying = page.get_by_role("button", name="What might staying on it look like?")
    page.goto(f"/brief/{fortnight['id']}")
    page.get_by_text("Questions others ask").click()
    expect(asks_about_staying).to_be_visible()
    ana.http.post(f"/api/experiments/{fortnight['id']}/stop").raise_for_status()
    stopped = ana.experiment(
        way_in="stopped", stopped_on=(today() - timedelta(days=20)).isoformat(), question="And without it?"
    )
    page.goto(f"/brief/{stopped['id']}")
    page.get_by_text("Questions others ask").click()
    expect(page.get_by_role("button", name="What might taking it again look like?")).to_be_visible()
    expect(page.get_by_role("button", name="What might staying without it look like?")).to_be_visible()
    expect(asks_about_staying).to_have_count(0)


def test_what_is_known_of_the_medicine_stands_beside_on_request(page: Page, fortnight: dict[str, Any]) -> None:
    page.goto(f"/brief/{fortnight['id']}?practise")
    page.get_by_text("What is known about this medicine").click()
    expect(page.get_by_text("Read on", exact=False).first).to_be_visible()
    expect(page.get_by_text("Not yet reviewed by a clinician.")).to_be_visible()
    expect(page.get_by_text(re.compile("medicine-|experiment-"))).to_have_count(0)


@pytest.fixture
def with_microphone(phone: NewPhone, server: Server, ana: Person) -> Iterator[BrowserContext]:
    context = phone(server.url, permissions=["microphone"])
    sign_in(context, ana)
    yield context


def test_saying_it_aloud_with_a_clock_and_a_recording_that_never_leaves(
    with_microphone: BrowserContext, ana: Person, fortnight: dict[str, Any]
) -> None:
    prepare(ana, fortnight).raise_for_status()
    page = with_microphone.new_page()
    page.goto(f"/brief/{fortnight['id']}?practise")
    aloud = page.get_by_role("region", name="Say it out loud")
    expect(aloud.get_by_text(VISIT["words"])).to_be_visible()
    sent: list[str] = []
    page.on("request", lambda it: sent.append(f"{it.method} {it.url}") if it.post_data_buffer else None)
    aloud.get_by_role("button", name="Start the clock").click()
    expect(aloud.get_by_text("The clock runs.")).to_be_visible()
    expect(aloud.get_by_role("timer")).not_to_have_text("0:00")
    aloud.get_by_role("button", name="Stop").click()
    expect(aloud.get_by_text(re.compile(r"^That took \d+ seconds\.$"))).to_be_visible()

    aloud.get_by_role("button", name="Record myself").click()
    expect(aloud.get_by_text("Recording.")).to_be_visible()
    expect(aloud.get_by_role("timer")).not_to_have_text("0:00")
    aloud.get_by_role("button", name="Stop").click()
    heard = page.locator("audio")
    expect(heard).to_be_visible()
    assert str(heard.get_attribute("src")).startswith("blob:")
    page.wait_for_function("() => document.querySelector('audio').readyState > 0")
    assert axe(page) == [] and too_wide(page) == []
    whole = on_this_phone(page)
    assert "audio/" not in whole and "blob:" not in whole
    aloud.get_by_role("button", name="Throw it away").click()
    expect(heard).to_have_count(0)
    expect(aloud.get_by_text("It is gone.")).to_be_visible()
    assert sent == []


def test_a_microphone_that_is_not_given_is_no_obstacle(
    phone: NewPhone, server: Server, ana: Person, fortnight: dict[str, Any]
) -> None:
    context = phone(server.url)
    sign_in(context, ana)
    page = context.new_page()
    page.add_init_script(
        "navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotAllowedError'))"
    )
    page.goto(f"/brief/{fortnight['id']}?practise")
    page.get_by_role("button", name="Record myself").click()
    expect(page.get_by_text("This device gave no microphone.")).to_be_visible()
    page.get_by_role("button", name="Start the clock").click()
    expect(page.get_by_text("The clock runs.")).to_be_visible()


def to_the_end(screen: Page) -> None:
    onward = screen.get_by_role("button", name="Next", exact=True)
    expect(onward).to_be_visible()
    while onward.count():
        onward.click()


def test_two_practise_it_on_either_screen(page: Page, desk: Page, ana: Person, fortnight: dict[str, Any]) -> None:
    prepare(ana, fortnight, on_page=["words"]).raise_for_status()
    sharing = shared(desk, ana, fortnight["id"], ["mood", "question", "visit"])
    desk.goto(f"/client/{sharing}")
    their = desk.get_by_role("heading", name="The visit to the prescriber").locator("xpath=..")
    expect(their.get_by_text(VISIT["words"])).to_be_visible()
    expect(their.get_by_text(VISIT["decided"])).to_be_visible()
    expect(desk.get_by_text(VISIT["not_told"])).to_have_count(0)
    assert axe(desk) == []
    for screen, begin in ((desk, f"/client/{sharing}/review"), (page, f"/review/{fortnight['id']}")):
        screen.goto(begin)
        if screen is page:
            screen.get_by_role("button", name="Begin").click()
        to_the_end(screen)
        expect(screen.get_by_role("heading", name="Practise it together")).to_be_focused()
        expect(screen.get_by_text(VISIT["answers"][0]["me"])).to_be_visible()
        expect(screen.get_by_text(VISIT["decided"])).to_have_count(0)
        assert axe(screen) == []


def test_a_next_step_to_ask_leads_to_practising(page: Page, fortnight: dict[str, Any]) -> None:
    page.goto(f"/review/{fortnight['id']}")
    page.get_by_role("button", name="Begin").click()
    to_the_end(page)
    page.get_by_role("radio", name=re.compile("prescriber")).check()
    page.get_by_role("link", name="Practise saying it").click()
    expect(page.get_by_role("heading", name="Practise saying it", level=1)).to_be_visible()
