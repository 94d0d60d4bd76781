"""Pages for a session: nothing yet, a list and the answers over time, one changed; and what a therapist sees."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page

from tests.browser.conftest import today
from tests.browser.states import Cast, heading, state, unfold
from tests.browser.states_sharing import code, shared
from tests.sharing import by_hand

TITLE = "For your sessions with Dr. Brandt"
LINES = [
    "I sleep by the window now, and it helps more than I thought it would.",
    "My sister",
    "What I say on Monday",
]
CHECKS: tuple[tuple[int, dict[str, Any]], ...] = (
    (28, {"heard": 6, "matters": 4, "fit": 5}),
    (
        21,
        {"heard": 7, "matters": None, "fit": 5, "words": "We talked about work.\nNot about nights."},
    ),
    (14, {"heard": 0, "matters": 3, "fit": None}),
    (7, {"heard": 9, "matters": 8, "fit": 7, "words": "This was it."}),
)


def written(cast: Cast) -> str:
    """Ivy has written for her sessions with Theo, and shows him all of it. The id of their sharing."""
    sharing = shared(cast)
    ivy, at = cast.people["ivy"].http, f"/api/sharings/{sharing}/session-pages"
    if ivy.get(at).json()["checks"]:
        return sharing
    a_week_ago = str(today() - timedelta(days=7))
    pages: list[tuple[str, dict[str, Any]]] = [
        ("agenda/1", {"lines": ["The first night"], "session_on": a_week_ago, "zone": "UTC"}),
        ("agenda/2", {"lines": LINES, "zone": "UTC"}),
    ]
    for number, (days_ago, said) in enumerate(CHECKS, 1):
        pages.append((f"check/{number}", {"session_on": str(today() - timedelta(days=days_ago)), **said}))
    for page, words in pages:
        ivy.put(f"{at}/{page}", json={**words, "base_revision": 0}).raise_for_status()
        ivy.put(f"{at}/{page}/shown", json={"shown": True, "base_revision": 1}).raise_for_status()
    return sharing


@state("gus")
def session_pages_empty(page: Page, cast: Cast) -> None:
    gus = cast.people["gus"]
    sharings = gus.http.get("/api/sharings").json()
    if not sharings:
        yes = {"code": code(cast), "experiment_id": cast.experiments["gus"], "called": "G."}
        body = {**yes, "fields": ["mood"], "text_version": 1}
        sharings = [by_hand(gus, lambda: gus.http.post("/api/sharings", json=body)).json()]
    heading(page, f"/sharing/{sharings[0]['id']}/session", TITLE)
    unfold(page)


@state("ivy")
def session_pages(page: Page, cast: Cast) -> None:
    heading(page, f"/sharing/{written(cast)}/session", TITLE)
    page.get_by_role("heading", name="Answers over time").wait_for()
    unfold(page)


@state("ivy")
def session_pages_changing(page: Page, cast: Cast) -> None:
    heading(page, f"/sharing/{written(cast)}/session", TITLE)
    page.get_by_text("Earlier lists", exact=True).click()
    page.get_by_role("button", name="Change it List for").click()
    page.get_by_text("You are changing an earlier list.").wait_for()
    page.get_by_text("Earlier lists", exact=True).click()
    page.get_by_role("button", name="Take it away").first.click()
    page.get_by_text("It is gone then, from everywhere.").wait_for()


@state("ivy")
def session_pages_of_nobody(page: Page, cast: Cast) -> None:
    heading(page, "/sharing/00000000-0000-4000-8000-000000000000/session", "For your sessions")
    page.get_by_text("There is nothing here, or it is not yours.").wait_for()


@state("theo")
def client_page_with_a_list(page: Page, cast: Cast) -> None:
    heading(page, f"/client/{written(cast)}", "I.")
    page.get_by_role("heading", name="I. wants to talk about").wait_for()
    page.get_by_role("heading", name="How sessions were for I.").wait_for()
    unfold(page)
