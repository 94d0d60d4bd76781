"""A therapist's notes: none, some with their timeline, one being written, and what would leave for supervision."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from playwright.sync_api import Page

from tests.browser.conftest import today
from tests.browser.states import Cast, heading, state, unfold
from tests.browser.states_sharing import shared

SAID: tuple[tuple[int, list[tuple[str, str, str, str, int | None]]], ...] = (
    (
        28,
        [
            ("On Sunday I was two people and both of them were tired.", "at home", "torn", "two people", 7),
            ("My sister says I laugh less.", "with family", "sad", "what others see", 4),
        ],
    ),
    (14, [("I lie there and count.", "at night", "tense", "sleep", 6), ("", "", "", "two people", None)]),
    (1, [("It is one person again, mostly.", "", "calmer", "Two people", 3)]),
)


def noted(cast: Cast) -> str:
    """Theo has written of three sessions with Ivy. The id of their sharing."""
    sharing = shared(cast)
    for number, (days_ago, moments) in enumerate(SAID):
        body: dict[str, Any] = {
            "session_on": str(today() - timedelta(days=days_ago)),
            "moments": [
                {"words": words, "situation": situation, "affect": affect, "theme": theme, "intensity": intensity}
                for words, situation, affect, theme, intensity in moments
            ],
            "reflection": "I., and Dr. Brandt on 12.3.2026: ask for more silence." if number == 0 else "",
            "base_revision": 0,
        }
        note = UUID(int=UUID(sharing).int ^ (number + 1))
        answer = cast.people["theo"].http.put(f"/api/clients/{sharing}/notes/{note}", json=body)
        assert answer.status_code == 200, answer.text
    return sharing


@state("theo")
def notes(page: Page, cast: Cast) -> None:
    heading(page, f"/client/{noted(cast)}/notes", "Your notes on I.")
    throw_away(page)
    unfold(page)


@state("theo")
def notes_writing(page: Page, cast: Cast) -> None:
    heading(page, f"/client/{noted(cast)}/notes", "Your notes on I.")
    throw_away(page)
    page.get_by_role("button", name="Write a note").click()
    page.get_by_role("button", name="Add a moment").click()
    page.get_by_role("button", name="Save the note").click()
    page.get_by_text("Write something first.").wait_for()


@state("theo")
def notes_deleting(page: Page, cast: Cast) -> None:
    heading(page, f"/client/{noted(cast)}/notes", "Your notes on I.")
    throw_away(page)
    page.get_by_role("button", name=re.compile("^Delete")).first.click()
    page.get_by_role("button", name="Keep it").wait_for()


@state("theo")
def notes_of_nobody(page: Page, cast: Cast) -> None:
    heading(page, "/client/00000000-0000-4000-8000-000000000000/notes", "Your notes")
    page.get_by_text("There are no notes here.").wait_for()


@state("theo")
def supervision(page: Page, cast: Cast) -> None:
    heading(page, f"/client/{noted(cast)}/supervision", "For supervision")
    page.get_by_role("button", name="Show what would leave").wait_for()


@state("theo")
def supervision_looked_at(page: Page, cast: Cast) -> None:
    supervision(page, cast)
    page.get_by_label("Remove these words too").fill("my sister")
    page.get_by_role("button", name="Show what would leave").click()
    page.get_by_label("I have read it through").check()
    page.get_by_role("button", name="Save as PDF").wait_for()


def throw_away(page: Page) -> None:
    """What an earlier state began to write."""
    if page.get_by_role("button", name="Save the note").count():
        page.get_by_role("button", name="Throw away").click()
        page.get_by_role("button", name="Throw away").click()
