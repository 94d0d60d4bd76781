"""Pages to write on: the balance, the rulers, own words; empty, written, refused, side by side; offered."""

from playwright.sync_api import Page

from tests.browser.reflecting import three_days, write
from tests.browser.states import Cast, heading, state, unfold

CELL = "Good things about not taking it"


def three(cast: Cast) -> str:
    """Lou's fortnight with three pages of each kind."""
    if "lou" not in cast.experiments:
        cast.experiments["lou"] = three_days(cast.people["lou"])
    return cast.experiments["lou"]


@state("ivy")
def balance_empty(page: Page, cast: Cast) -> None:
    heading(page, f"/experiment/{cast.experiments['ivy']}/balance", "Good and less good things")
    page.get_by_role("button", name="Keep this page").click()
    page.get_by_text("There is nothing on this page yet.").wait_for()


@state("lou")
def balance_side_by_side(page: Page, cast: Cast) -> None:
    heading(page, f"/experiment/{three(cast)}/balance", "Good and less good things")
    page.get_by_role("heading", name="Side by side").wait_for()
    unfold(page)
    page.get_by_role("button", name="Change or weigh “clear head”").click()
    page.get_by_role("button", name="Notice this “clear head”").click()
    page.get_by_text("This fortnight is over, so no word").wait_for()


@state("gus")
def balance_line_too_long(page: Page, cast: Cast) -> None:
    heading(page, f"/experiment/{cast.experiments['gus']}/balance", "Good and less good things")
    page.get_by_label("A good thing about not taking it", exact=True).fill(
        "a morning without the fog that lasts until noon"
    )
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Notice this “a morning").click()
    page.get_by_label("A shorter name").wait_for()


@state("ivy")
def rulers(page: Page, cast: Cast) -> None:
    heading(page, f"/experiment/{cast.experiments['ivy']}/rulers", "Two rulers")
    page.get_by_role("radio", name="7").first.wait_for()


@state("lou")
def rulers_side_by_side(page: Page, cast: Cast) -> None:
    heading(page, f"/experiment/{three(cast)}/rulers", "Two rulers")
    page.get_by_role("heading", name="Side by side").wait_for()
    unfold(page)


@state("lou")
def own_words(page: Page, cast: Cast) -> None:
    heading(page, f"/experiment/{three(cast)}/words", "In your own words")
    page.get_by_role("heading", name="Side by side").wait_for()
    unfold(page)


@state("lou")
def a_page_is_offered(page: Page, cast: Cast) -> None:
    if "lou, draft" not in cast.experiments:
        made = cast.people["lou"].http.post("/api/experiments", json={"question": "What is it like?"})
        cast.experiments["lou, draft"] = made.json()["id"]
    heading(page, f"/experiment/{cast.experiments['lou, draft']}")
    page.get_by_role("link", name="Write it").wait_for()


@state("lou")
def result_with_own_words(page: Page, cast: Cast) -> None:
    write(cast.people["lou"], three(cast), "words", meaning="To be myself again.", miss="")
    heading(page, f"/result/{three(cast)}")
    page.get_by_text("What does stopping, or taking, mean for you?").wait_for()
