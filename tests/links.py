"""How tests make a link to a page, and open it without an account."""

from typing import Any

from starlette.testclient import TestClient

from tests.briefs import ALL_PARTS, link_to, make, prepare, token_of
from tests.cast import Cast, Player, days_ago


class Made:
    """Ana's page and the links to it."""

    def __init__(self, cast: Cast, *, of: Player | None = None) -> None:
        self.cast, self.who = cast, of or cast.ana
        self.fortnight = self.who.started(start_on=days_ago(15))
        self.who.put(self.fortnight, days_ago(10), mood=4, dose="taken")
        assert prepare(self.who, self.fortnight, on_page=ALL_PARTS).status_code == 200
        self.brief = make(self.who, self.fortnight)["id"]
        self.at = f"/api/experiments/{self.fortnight['id']}/briefs/{self.brief}/links"

    def link(self, **body: Any) -> tuple[str, dict[str, Any]]:
        """The token, and the link as the client sees it."""
        made = link_to(self.who, self.fortnight, self.brief, **body)
        return token_of(made), made["link"]

    def seen(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.who.http.get(self.at).json()
        return found


def opened(
    cast: Cast,
    token: str,
    code: str | None = None,
    *,
    by: TestClient | None = None,
    headers: dict[str, str] | None = None,
) -> tuple[TestClient, Any]:
    """Somebody with no account taps "Open": their browser, and the raw answer."""
    browser = by or cast.visitor()
    body = {"token": token} | ({"code": code} if code else {})
    return browser, browser.post("/api/links/open", json=body, headers=headers or {})


def at(answer: Any) -> str:
    """Where the page stands that was opened."""
    found: str = answer.json()["page"]
    return found
