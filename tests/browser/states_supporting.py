"""Somebody close to a client: invited, saying yes, what they see; and what the client sees of them."""

import re

from playwright.sync_api import Page

from tests.browser.conftest import Person
from tests.browser.states import Cast, heading, state, unfold
from tests.browser.supporting import invited, said_yes, shared, supporter_of

CHOSEN = ["mood", "sleep", "doses", "starred_notes", "question"]


def joined(client: Person) -> dict[str, Person]:
    """Mia, who said yes to this client, and Ned, who has made an account and not said so far."""
    mia, ned = supporter_of(client), supporter_of(client, "ned")
    said_yes(mia)
    return {"mia": mia, "ned": ned}


def of_mia(cast: Cast) -> str:
    """Ana shares with Mia. The id of it."""
    [sharing] = [one for one in cast.people["ana"].http.get("/api/sharings").json() if one["name"] == "Mia"]
    if not sharing["consents"]:
        shared(cast.people["ana"], sharing["id"], cast.experiments["ana"], CHOSEN)
    return str(sharing["id"])


@state("dora")
def invite_somebody_close(page: Page, cast: Cast) -> None:
    heading(page, "/invite", "Invite somebody close to you")
    page.get_by_label("Your name, as they will see it").fill("R.")
    page.get_by_role("button", name="Make an invitation").click()
    page.get_by_role("region", name="For one person").wait_for()


@state("visitor")
def join_somebody_close(page: Page, cast: Cast) -> None:
    page.goto("about:blank")
    heading(page, f"/join#{invited(cast.people['ana'])['token']}", "Make an account")
    page.get_by_text("would like to show you something").wait_for()


@state("ned")
def support_asks(page: Page, cast: Cast) -> None:
    heading(page, "/support", "Somebody invites you")
    page.get_by_role("button", name="Yes, I would like to see it").click()
    page.get_by_text("Write the name they know you by.").wait_for()


@state("ned")
def shared_with_me_waits(page: Page, cast: Cast) -> None:
    heading(page, "/", "Shared with you")
    page.get_by_role("heading", name="R. invited you").wait_for()


@state("mia")
def support_asks_for_the_code(page: Page, cast: Cast) -> None:
    heading(page, "/support", "Somebody invites you")
    page.get_by_role("button", name="See who it is from").click()
    page.get_by_text("Write the code here.").wait_for()


@state("mia")
def shared_with_me(page: Page, cast: Cast) -> None:
    of_mia(cast)
    heading(page, "/", "Shared with you")
    page.get_by_role("link", name=re.compile("^R[.]")).wait_for()


@state("mia")
def shared_by_one(page: Page, cast: Cast) -> None:
    heading(page, f"/shared/{of_mia(cast)}", "R.")
    unfold(page)


@state("mia")
def shared_by_nobody(page: Page, cast: Cast) -> None:
    heading(page, "/shared/00000000-0000-4000-8000-000000000000", "Somebody close to you")
    page.get_by_text("Nothing to show now.").wait_for()


@state("mia")
def supporter_menu(page: Page, cast: Cast) -> None:
    heading(page, "/menu", "Menu")


@state("mia")
def supporter_settings(page: Page, cast: Cast) -> None:
    heading(page, "/settings", "Settings")


@state("ana")
def sharing_with_somebody_close(page: Page, cast: Cast) -> None:
    of_mia(cast)
    heading(page, "/sharing", "Sharing")
    page.get_by_role("button", name="Renew for 30 days").wait_for()
    unfold(page)


@state("ana")
def share_with_somebody_close(page: Page, cast: Cast) -> None:
    heading(page, f"/share/{of_mia(cast)}", "What Mia sees")
    page.get_by_role("button", name="See what they would see").click()
    page.get_by_role("heading", name=re.compile("This is exactly what")).wait_for()
