"""Sharing: nobody yet, somebody, the choice and its preview; and a therapist's list and page."""

import re

from playwright.sync_api import Page

from tests.browser.states import Cast, heading, state, unfold
from tests.sharing import by_hand

YES = {"fields": ["mood", "sleep", "doses", "starred_notes", "question"], "text_version": 1}


def code(cast: Cast) -> str:
    """A fresh invitation by Theo."""
    answer = cast.people["theo"].http.post("/api/invitations", json={"name": "Dr. Brandt"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def shared(cast: Cast) -> str:
    """Ivy shares with Theo, if she does not yet. The id of it."""
    for sharing in cast.people["ivy"].http.get("/api/sharings").json():
        if any(consent["withdrawn_at"] is None for consent in sharing["consents"]):
            return str(sharing["id"])
    body = {**YES, "code": code(cast), "experiment_id": cast.experiments["ivy"], "called": "I."}
    ivy = cast.people["ivy"]
    answer = by_hand(ivy, lambda: ivy.http.post("/api/sharings", json=body))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


@state("dora")
def sharing_with_nobody(page: Page, cast: Cast) -> None:
    heading(page, "/sharing", "Sharing")
    page.get_by_text("Nobody can see anything of yours.").wait_for()


@state("dora")
def share_asks_for_the_code(page: Page, cast: Cast) -> None:
    heading(page, "/share", "Share with somebody")
    page.get_by_role("button", name="See who it is from").click()
    page.get_by_text("Write the code here.").wait_for()


@state("ivy")
def share_chooses(page: Page, cast: Cast) -> None:
    page.goto("about:blank")
    heading(page, f"/share#{code(cast)}", "Share with somebody")
    page.get_by_role("button", name="Turn on what is often shared").click()
    page.get_by_role("button", name="See what they would see").click()
    page.get_by_role("heading", name=re.compile("This is exactly what")).wait_for()


@state("ivy")
def sharing_with_somebody(page: Page, cast: Cast) -> None:
    shared(cast)
    heading(page, "/sharing", "Sharing")
    page.get_by_role("heading", name="Dr. Brandt").wait_for()
    unfold(page)


@state("theo")
def clients(page: Page, cast: Cast) -> None:
    shared(cast)
    heading(page, "/", "Your clients")
    page.get_by_role("link", name=re.compile("^I[.]")).wait_for()


@state("theo")
def client_page(page: Page, cast: Cast) -> None:
    heading(page, f"/client/{shared(cast)}", "I.")


@state("theo")
def client_page_of_nobody(page: Page, cast: Cast) -> None:
    heading(page, "/client/00000000-0000-4000-8000-000000000000", "A client")
    page.get_by_text("Nothing to show now.").wait_for()


@state("ivy")
def look_together_begins(page: Page, cast: Cast) -> None:
    shared(cast)
    heading(page, f"/review/{cast.experiments['ivy']}", "Look at it together")
    page.get_by_role("switch", name=re.compile("^Show the doses here")).wait_for()


@state("ivy")
def look_together_concludes(page: Page, cast: Cast) -> None:
    heading(page, f"/review/{cast.experiments['ivy']}", "Look at it together")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Next").wait_for()
    while not page.get_by_label("In your words").count():
        page.get_by_role("button", name="Next").click()


@state("theo")
def client_review(page: Page, cast: Cast) -> None:
    heading(page, f"/client/{shared(cast)}/review", "Look together")
    page.get_by_role("button", name="Next").click()
