"""axe-core over every state of every screen, in light and in dark: WCAG 2.2 AA and best practice, nothing open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import axe
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


@pytest.mark.parametrize("name", STATES)
def test_nothing_stands_in_the_way(walk: Walk, name: str) -> None:
    page = walk.show(name)
    picture(page, f"{name}-light")
    light = axe(page)
    page.emulate_media(color_scheme="dark")
    picture(page, f"{name}-dark")
    dark = axe(page)
    assert light == []
    assert dark == []
    assert walk.wrong == []
