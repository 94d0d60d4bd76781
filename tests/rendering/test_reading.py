"""The page as plain HTML: what a person wrote stands there as they wrote it, and is never markup."""

from datetime import UTC, datetime
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

import pytest
from app.rendering import reading

from tests.hostile_words import PAYLOADS

OURS = {
    *("html", "head", "meta", "title", "link", "script", "body", "main", "article", "header", "footer", "section"),
    *(
        "h1",
        "h2",
        "p",
        "dl",
        "dt",
        "dd",
        "div",
        "ol",
        "li",
        "details",
        "summary",
        "span",
        "button",
        "a",
        "svg",
        "text",
    ),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
CLOSES = datetime(2027, 3, 2, 19, 15, tzinfo=UTC)
HEADS = ("question", "words", "not_told", "questions", "decided", "without", "limits")
TABLE = {"columns": ["Day", "Mood"], "rows": [["Mon", "4"]]}


class Read(HTMLParser):
    """Every element with its attributes, and the text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.said: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def said_by(words: Any) -> dict[str, Any]:
    """A page with something of a person in every place that has room for it."""
    return {
        "title": next(words),
        "made_by": next(words),
        "period": "16 to 29 November",
        "about": [{"label": "Medicine", "text": next(words)}, {"label": "Since", "text": next(words)}],
        "question": next(words),
        "words": next(words),
        "not_told": next(words),
        "questions": [next(words), next(words)],
        "result_title": next(words),
        "result": [next(words), next(words)],
        "chart": {
            "title": next(words),
            "sentence": next(words),
            "svg": "<svg><text>drawn by us</text></svg>",
            "paper": "<svg><text>drawn by us</text></svg>",
            "table": {"columns": [next(words), next(words)], "rows": [[next(words), next(words)]]},
        },
        "sides": {"title": next(words), "table": TABLE, "note": next(words)},
        "ranges": {"title": next(words), "table": {"columns": [], "rows": []}, "note": next(words)},
        "effects": {"title": next(words), "table": {"columns": ["What"], "rows": [[next(words)]]}, "note": ""},
        "without": next(words),
        "not_logged": next(words),
        "limits": [next(words)],
        "heads": {key: key for key in HEADS},
        "foot": next(words),
        "at": "/s/page/1",
    }


@pytest.mark.parametrize("first", range(0, len(PAYLOADS), 20))
def test_words_are_never_markup(first: int) -> None:
    used: list[str] = []

    def words() -> Any:
        for payload in cycle(PAYLOADS[first:] + PAYLOADS[:first]):
            used.append(payload)
            yield payload

    found = Read(reading.page(said_by(words()), ["assets/s.css", "assets/s.js"], CLOSES, None))
    assert {tag for tag, _ in found.elements} <= OURS
    scripts = [given["src"] for tag, given in found.elements if tag == "script"]
    assert scripts == ["/assets/s.js"], "nothing runs that is not of the build"
    assert not [name for _, given in found.elements for name in given if name.startswith("on") or name == "style"]
    links = {given.get("href") for tag, given in found.elements if tag in {"a", "link"}}
    assert links == {"/icon.svg", "/assets/s.css", "/s/page/1/pdf"}
    whole = "".join(found.said)
    assert [payload for payload in used if payload not in whole] == []


def test_what_is_not_on_the_page_leaves_no_empty_place() -> None:
    full = said_by(cycle("x"))
    nothing = {key: None if isinstance(value, dict) else type(value)() for key, value in full.items()}
    nothing |= {"at": full["at"], "heads": full["heads"], "limits": ["What this cannot show."]}
    found = Read(reading.page(nothing, [], CLOSES, CLOSES))
    assert [tag for tag, _ in found.elements].count("h2") == 1
    assert "".join(found.said).count("question") == 0


def test_what_is_not_open_says_so_and_nothing_else() -> None:
    found = Read(reading.closed(["assets/s.css"]))
    assert "This page is not open" in "".join(found.said)
    assert "x-robots" not in found.said
    assert ("meta", {"name": "robots", "content": "noindex, nofollow"}) in found.elements
