"""axe-core over every state of every screen, in light and in dark: WCAG 2.2 AA and best practice, nothing open."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import FRONTEND
from tests.browser.walk import STATES, Walk, picture, walking

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def walk(browser: Browser, dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Walk]:
    with walking(browser, dist, tmp_path_factory.mktemp("axe")) as begun:
        yield begun


def violations(page: Page) -> list[str]:
    """What axe finds: the rule, and where. Its source goes in from outside: the page's policy allows no eval."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8") + "\n;0")
    options = json.dumps({"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]})
    found: list[dict[str, Any]] = page.evaluate(f"axe.run(document, {options}).then(r => r.violations)")
    return [
        f"{rule['id']}: {node['html'][:160]} {node['failureSummary']}" for rule in found for node in rule["nodes"]
    ]


def test_it_finds_what_is_wrong(walk: Walk) -> None:
    """The proof proves something: a nameless button in faint ink is found."""
    page = walk.show("sign-in-screen")
    page.evaluate(
        """() => { const one = document.createElement("button"), words = document.createElement("p");
        words.textContent = "faint"; words.className = "faint"; words.setAttribute("style", "color: #bbb");
        document.querySelector("main").append(one, words); words.style.color = "#bbb"; }"""
    )
    rules = {finding.split(":")[0] for finding in violations(page)}
    assert {"button-name", "color-contrast"} <= rules


@pytest.mark.parametrize("name", STATES)
def test_nothing_stands_in_the_way(walk: Walk, name: str) -> None:
    page = walk.show(name)
    picture(page, f"{name}-light")
    light = violations(page)
    page.emulate_media(color_scheme="dark")
    picture(page, f"{name}-dark")
    dark = violations(page)
    assert light == []
    assert dark == []
    assert walk.wrong == []
