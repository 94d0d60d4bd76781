"""The page for a prescriber on a phone: written, chosen, looked at, made, saved and printed."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.briefs import prepare
from tests.browser.axe import axe
from tests.browser.conftest import NewPhone, Person, Server, sign_in, today, too_wide

WORDS = "I feel calm, but behind glass.\nIs that the medicine?"


@pytest.fixture
def over(ana: Person) -> dict[str, Any]:
    begun = ana.experiment(
        started_days_ago=15,
        question="Am I calmer on the days I take it?",
        prescriber_told={"told_on": "2026-01-05", "name": None},
        medicine="methylphenidate",
    )
    for number in range(14):
        day = (today() - timedelta(days=15 - number)).isoformat()
        dose: dict[str, Any] = {"dose": "taken"} if number % 2 else {"dose": "not_taken", "dose_reason": "forgot"}
        answer = ana.put(begun, day, mood=4 + number % 4, sleep_hours=5 + number % 4, **dose)
        assert answer.status_code == 200, answer.text
    return begun


def test_from_the_result_to_the_paper(page: Page, ana: Person, over: dict[str, Any]) -> None:
    page.goto(f"/experiment/{over['id']}")
    link = page.get_by_role("link", name="A page for my prescriber")
    expect(link).to_have_attribute("href", f"/brief/{over['id']}")
    page.get_by_role("link", name="See what the fortnight shows").click()
    link.click()
    page.get_by_label("What do I want them to know?").fill(WORDS)
    page.get_by_text("Questions others ask").click()
    page.get_by_role("button", name="What might staying on it look like?").click()
    page.get_by_role("button", name="What would another time of day change?").click()
    expect(page.get_by_label("Question 2")).to_have_value("What would another time of day change?")
    page.get_by_role("button", name=re.compile("^up")).click()
    expect(page.get_by_label("Question 1")).to_have_value("What would another time of day change?")
    expect(page.get_by_label("Question 1")).to_be_focused()
    page.get_by_label("Whom do I see?").fill("Dr Lind")

    see = page.get_by_role("button", name="See the page")
    see.click()
    expect(page.get_by_text("Turn something on first.")).to_be_visible()
    page.get_by_role("button", name="Turn on what is often on it").click()
    see.click()
    shown = page.get_by_role("region", name="This is exactly what would be on it")
    expect(shown).to_be_focused()
    expect(shown.get_by_text(re.compile("behind glass"))).to_be_visible()
    expect(shown.get_by_role("heading", name=re.compile("^Mood on days taken and days not taken"))).to_be_visible()
    expect(shown.get_by_role("listitem")).to_have_text(
        ["What would another time of day change?", "What might staying on it look like?"]
    )
    expect(shown.get_by_text("forgot")).to_have_count(0)  # reasons are chosen by themselves
    assert axe(page) == [] and too_wide(page) == []

    page.get_by_role("switch", name=re.compile("^Why not, on days without it")).check()
    expect(shown).to_have_count(0)
    expect(page.get_by_text("You changed something.")).to_be_visible()
    see.click()
    expect(shown.get_by_text("7 days without it: forgot 7.")).to_be_visible()
    page.get_by_role("button", name="Make this page").click()
    expect(page.get_by_text(re.compile("^Made: page [0-9A-F]{4}-[0-9A-F]{4}"))).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a PDF").click()
    [sheet] = PdfReader(io.BytesIO(saved.value.path().read_bytes())).pages
    assert "behind glass" in sheet.extract_text()
    expect(page.get_by_text("Saved on this device.")).to_be_visible()

    [printed, *more] = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert more == [], "one sheet of paper"
    said = " ".join(printed.extract_text().split())
    assert "7 days without it: forgot 7." in said and "Made by the patient for a visit with Dr Lind" in said
    assert not any(words in said for words in ("What do I want them to know?", "Turn all off", "I need help now"))

    page.reload()
    expect(page.get_by_label("Whom do I see?")).to_have_value("Dr Lind")
    page.get_by_role("button", name="Take it off this list").click()
    expect(page.get_by_role("heading", name="Pages you made")).to_have_count(0)
    assert ana.http.get(f"/api/experiments/{over['id']}/briefs").json() == []


def test_what_is_typed_outlives_a_dead_network_and_another_device(
    page: Page, ana: Person, over: dict[str, Any]
) -> None:
    page.goto(f"/brief/{over['id']}")
    page.get_by_label("What do I want them to know?").fill(WORDS)
    page.context.set_offline(True)
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile("signal"))).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("What do I want them to know?")).to_have_value(WORDS)
    prepare(ana, over, words="From another phone.").raise_for_status()
    page.get_by_role("button", name="Keep this").click()
    expect(page.get_by_text("From another phone.")).to_be_visible()
    expect(page.get_by_label("What do I want them to know?")).to_have_value(WORDS)
    page.get_by_role("button", name="Keep what is here").click()
    expect(page.get_by_role("button", name="Keep this")).to_be_visible()
    kept = ana.http.get(f"/api/experiments/{over['id']}/visit").json()
    assert (kept["words"], kept["revision"]) == (WORDS, 2)


def test_a_page_that_became_another_one_is_shown_before_it_is_made(
    page: Page, ana: Person, over: dict[str, Any]
) -> None:
    prepare(ana, over).raise_for_status()
    page.goto(f"/brief/{over['id']}")
    page.get_by_role("button", name="See the page").click()
    expect(page.get_by_text("Nothing was written on")).to_have_count(0)
    answer = ana.put(over, (today() - timedelta(days=3)).isoformat(), base_revision=1, note="cleared")
    assert answer.status_code == 200, answer.text
    page.get_by_role("button", name="Make this page").click()
    expect(page.get_by_text("Something on this page is another now.")).to_be_visible()
    assert ana.http.get(f"/api/experiments/{over['id']}/briefs").json() == []
    page.get_by_role("button", name="Make this page").click()
    expect(page.get_by_text(re.compile("^Made: page"))).to_be_visible()


def test_paper_is_letter_where_people_print_on_letter(
    phone: NewPhone, server: Server, ana: Person, over: dict[str, Any]
) -> None:
    prepare(ana, over).raise_for_status()
    context = phone(server.url, locale="en-US")
    sign_in(context, ana)
    page = context.new_page()
    page.goto(f"/brief/{over['id']}")
    page.get_by_role("button", name="See the page").click()
    page.get_by_role("button", name="Make this page").click()
    expect(page.get_by_text(re.compile("^Made: page"))).to_be_visible()
    [listed] = ana.http.get(f"/api/experiments/{over['id']}/briefs").json()
    made = ana.http.get(f"/api/experiments/{over['id']}/briefs/{listed['id']}").json()
    assert made["paper"] == "us-letter"
