"""What can be measured of how a page looks: nothing cut, nothing over the edge, targets, the ring of the focus."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("looks.js").read_text("utf-8")


def _ask(page: Page, what: str, *given: float) -> Any:
    """The answer of one function of looks.js, which goes into the page when it is not there."""
    if not page.evaluate("'looks' in window"):
        page.evaluate(SCRIPT)
    return page.evaluate(f"given => looks.{what}(...given)", list(given))


def at(page: Page, width: int, height: int, *, text: int = 0) -> None:
    """A window of that size; with `text` in per cent, text that large with the spacing of WCAG 1.4.12.

    Charts are asked for anew when their room changes: it is looked at when they have come.
    """
    page.set_viewport_size({"width": width, "height": height})
    _ask(page, "large", text)
    _ask(page, "drawn")


def out_of_place(page: Page) -> list[str]:
    """Scrolling sideways, text cut or over other text, what moves though motion is reduced."""
    found = list(_ask(page, "fits"))
    if found:  # plotly's own drawing follows its room a moment later
        page.wait_for_timeout(400)
        found = list(_ask(page, "fits"))
    return found


def too_small(page: Page, width: float, height: float) -> list[str]:
    """Targets smaller than that, in px. A link inside a sentence is as large as its line."""
    return list(_ask(page, "targets", width, height))


def by_keyboard(page: Page) -> list[str]:
    """Tab from the top to the end: everything is reached, seen, not behind the bar, and ringed."""
    page.evaluate("scrollTo(0, 0); document.activeElement?.blur()")
    many = _ask(page, "watch")
    wrong: list[str] = []
    # A date has several stops of its own, and the way may begin in the middle: go round until all is seen. Keys
    # come faster than a busy machine draws: what was not right is looked at once more, with the time an eye takes.
    for patient in (False, True, True):
        if patient:
            _ask(page, "again")
        for _ in range(many + 4):
            page.keyboard.press("Tab")
            if patient:
                settled(page)
        wrong = list(_ask(page, "reached"))
        if not wrong:
            break
    return wrong


def settled(page: Page) -> None:
    """Two frames later: what follows a layout, as an observer of sizes does, has been told."""
    page.evaluate("new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")


def named(page: Page) -> bool:
    """The window's title says which screen this is."""
    return bool(re.fullmatch(r"Help now|\S.* · Fortnight", page.title()))
