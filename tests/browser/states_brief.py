"""The page for a prescriber: nothing yet, written, looked at, and made; also of what is noticed only."""

from playwright.sync_api import Page

from tests.briefs import VISIT, link_to, make, prepare, token_of
from tests.browser.states import Cast, heading, state, unfold

TITLE = "A page for my prescriber"
HERE = {"Sec-Fetch-Site": "same-origin"}


def prepared(cast: Cast, name: str, which: str = "") -> str:
    """Whoever it is has written everything. The id of their fortnight; `which`: of several, by its result."""
    person, fortnight = cast.people[name], {"id": cast.experiments[which or name]}
    if person.http.get(f"/api/experiments/{fortnight['id']}/visit").json()["revision"] == 0:
        prepare(person, fortnight).raise_for_status()
    return fortnight["id"]


@state("gus")
def brief_empty(page: Page, cast: Cast) -> None:
    heading(page, f"/brief/{cast.experiments['gus']}", TITLE)
    page.get_by_role("heading", name="What is on the page").wait_for()
    unfold(page)


@state("fay")
def brief_looked_at(page: Page, cast: Cast) -> None:
    heading(page, f"/brief/{prepared(cast, 'fay', 'no-variation')}", TITLE)
    page.get_by_role("button", name="See the page").click()
    page.get_by_role("heading", name="This is exactly what would be on it").wait_for()
    unfold(page)


@state("gus")
def visit_practise_empty(page: Page, cast: Cast) -> None:
    heading(page, f"/brief/{cast.experiments['gus']}?practise", "Practise saying it")
    page.get_by_text("What others have met").wait_for()
    unfold(page)


@state("fay")
def visit_practise(page: Page, cast: Cast) -> None:
    heading(page, f"/brief/{prepared(cast, 'fay', 'no-variation')}?practise", "Practise saying it")
    page.get_by_role("group", name="Answer 1").wait_for()
    unfold(page)


@state("gus")
def visit_options_empty(page: Page, cast: Cast) -> None:
    heading(page, f"/brief/{cast.experiments['gus']}?options", "Options beside each other")
    page.get_by_text("Nothing is on the list yet.").wait_for()


@state("fay")
def visit_options(page: Page, cast: Cast) -> None:
    heading(page, f"/brief/{prepared(cast, 'fay', 'no-variation')}?options", "Options beside each other")
    page.get_by_role("heading", name="Beside each other", exact=True).wait_for()


@state("fay")
def visit_afterwards(page: Page, cast: Cast) -> None:
    heading(page, f"/brief/{prepared(cast, 'fay', 'no-variation')}?after", "After the visit")
    page.get_by_label("What did we decide?").wait_for()


@state("cleo")
def brief_made(page: Page, cast: Cast) -> None:
    fortnight = prepared(cast, "cleo")
    if not cast.people["cleo"].http.get(f"/api/experiments/{fortnight}/briefs").json():
        make(cast.people["cleo"], {"id": fortnight})
    heading(page, f"/brief/{fortnight}", TITLE)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("button", name="Save as a PDF").wait_for()
    unfold(page)


def of_cleo(cast: Cast) -> tuple[dict[str, str], str]:
    """Her fortnight and a copy of its page."""
    person, fortnight = cast.people["cleo"], {"id": prepared(cast, "cleo")}
    made = person.http.get(f"/api/experiments/{fortnight['id']}/briefs").json()
    return fortnight, (made[0] if made else make(person, fortnight))["id"]


def fresh(cast: Cast, name: str) -> None:
    """What leaves asks for a password that was said lately, and this walk takes long."""
    person = cast.people[name]
    person.http.post("/api/session/confirm", json={"password": person.password}).raise_for_status()


@state("cleo")
def brief_links(page: Page, cast: Cast) -> None:
    """One that was just made, one with a code that somebody tried to guess, one that was opened."""
    person, (fortnight, brief) = cast.people["cleo"], of_cleo(cast)
    fresh(cast, "cleo")
    if not person.http.get(f"/api/experiments/{fortnight['id']}/briefs/{brief}/links").json():
        guessed = link_to(person, fortnight, brief, with_code=True)
        for _ in range(10):
            page.request.post("/api/links/open", data={"token": token_of(guessed), "code": "x"}, headers=HERE)
        seen = link_to(person, fortnight, brief, with_code=True, days=14)
        body = {"token": token_of(seen), "code": seen["link"]["code"]}
        page.request.post("/api/links/open", data=body, headers=HERE)
    heading(page, f"/brief/{fortnight['id']}", TITLE)
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("Opened once").wait_for()
    body = {"password": person.password}
    assert page.request.post("/api/session/confirm", data=body, headers=HERE).ok
    page.locator("summary", has_text="Make another link").click()
    page.get_by_role("button", name="Make it").click()
    page.get_by_text("Your link is ready.").wait_for()
    unfold(page)


@state("somebody with a link")
def link_landing(page: Page, cast: Cast) -> None:
    """A code is asked for, and the one that was typed is another."""
    fortnight, brief = of_cleo(cast)
    fresh(cast, "cleo")
    page.goto("about:blank")
    page.goto(link_to(cast.people["cleo"], fortnight, brief, with_code=True)["url"])
    page.get_by_role("button", name="Open the page").click()
    page.get_by_label("Code").fill("12")
    page.get_by_role("button", name="Open the page").click()
    page.get_by_text("That is not the code.").wait_for()


@state("somebody with a link")
def link_opened(page: Page, cast: Cast) -> None:
    fortnight, brief = of_cleo(cast)
    fresh(cast, "cleo")
    page.goto("about:blank")
    page.goto(link_to(cast.people["cleo"], fortnight, brief)["url"])
    page.get_by_role("button", name="Open the page").click()
    page.get_by_text(VISIT["words"]).wait_for()
    unfold(page)


@state("somebody with another link")
def link_closed(page: Page, _cast: Cast) -> None:
    page.goto("/s/page/1")
    page.get_by_role("heading", name="This page is not open").wait_for()
