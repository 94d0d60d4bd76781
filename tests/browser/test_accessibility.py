"""Every state of every screen: axe in light and dark, room at every size, the keyboard.

WCAG 2.2 AA and best practice, nothing open. `FORTNIGHT_PICTURES=FOLDER` keeps a picture of each.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import axe
from tests.browser.looks import at, by_keyboard, named, out_of_place, too_small
from tests.browser.walk import STATES, Walk, picture, walking


@pytest.fixture(scope="module")
def walk(browser: Browser, dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with walking(browser, dist, tmp_path_factory.mktemp("axe")) as begun:
        yield begun


def test_it_finds_what_is_wrong(walk: Walk) -> None:
    """The proof proves something: a nameless button in faint ink is found."""
    page = walk.show("sign-in-screen")
    page.evaluate(
        """() => { const one = document.createElement("button"), words = document.createElement("p");
        words.textContent = "faint";
        document.querySelector("main").append(one, words); words.style.color = "#bbb"; }"""
    )
    rules = {line.split(":")[0] for line in axe(page)}
    assert {"button-name", "color-contrast"} <= rules


FILL = "(e) => getComputedStyle(e).backgroundColor"


def test_the_chosen_answer_is_seen_in_forced_colours(walk: Walk) -> None:
    page = walk.show("today-answered")
    page.emulate_media(forced_colors="active")
    picture(page, "forced-today")
    chosen = page.locator(".cell:has(:checked)").first.evaluate(FILL)
    assert chosen == page.locator(".chip:has(:checked)").first.evaluate(FILL)
    assert chosen != page.locator(".cell:not(:has(:checked)) >> visible=true").first.evaluate(FILL)
    page = walk.show("settings")
    page.get_by_role("switch", name="Energy").uncheck()
    page.emulate_media(forced_colors="active")
    picture(page, "forced-settings")
    on, off = (page.get_by_role("switch", name=name, exact=False) for name in ("The dose", "Energy"))
    assert on.evaluate(FILL) != off.evaluate(FILL)
    page.get_by_role("switch", name="Energy").check()


def test_nothing_filled_is_left_light_on_paper(walk: Walk) -> None:
    """Printers leave backgrounds out: a filled button's words would be white on white."""
    page = walk.show("help-chosen")
    page.emulate_media(media="print", color_scheme="dark")
    call = page.get_by_role("link", name="Call 999")
    assert call.evaluate("e => getComputedStyle(e).color") == "rgb(0, 0, 0)"
    assert call.evaluate(FILL) == "rgba(0, 0, 0, 0)"
    page.emulate_media(media="screen", color_scheme="light")


@pytest.fixture(scope="module", params=STATES)
def shown(walk: Walk, request: pytest.FixtureRequest) -> tuple[str, Page]:
    """Each state in turn, opened once for all that is asked of it."""
    return request.param, walk.show(request.param)


def test_axe_finds_nothing(walk: Walk, shown: tuple[str, Page]) -> None:
    name, page = shown
    picture(page, f"{name}-light")
    light = axe(page)
    page.emulate_media(color_scheme="dark")
    picture(page, f"{name}-dark")
    dark = axe(page)
    page.emulate_media(color_scheme="light")
    assert not light, "\n".join(light)
    assert not dark, "\n".join(dark)
    assert walk.wrong == []
    assert named(page), page.title()


def test_every_size_has_room(shown: tuple[str, Page]) -> None:
    """A desk, a phone, the smallest phone; there also at 200 % text with wide spacing."""
    name, page = shown
    wrong: list[str] = []

    def note(where: str, found: list[str]) -> None:
        wrong.extend(f"{where}: {what}" for what in found)

    for width, height, text in ((1280, 800, 0), (360, 740, 0), (320, 640, 0), (320, 640, 200)):
        at(page, width, height, text=text)
        note(f"{width} px, {text or 100} %", out_of_place(page))
        if text == 0:
            # At 320 px six joined cells have 48 px with the hairlines between, the seven of a week 44.
            note(f"target at {width} px", too_small(page, 44 if width == 320 else 48, 48))
        if width == 320:
            picture(page, f"{name}-320-{text or 100}", width)
    at(page, 360, 740)
    assert not wrong, "\n".join(wrong)


def test_the_keyboard_reaches_everything_and_is_seen(shown: tuple[str, Page]) -> None:
    wrong = by_keyboard(shown[1])
    assert not wrong, "\n".join(wrong)
