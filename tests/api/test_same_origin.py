"""Nothing is changed from another site: every unsafe route, every way of asking; the database stays as it was."""

import hashlib
from typing import Any

import pytest
from app.core import config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.base import metadata
from app.services.house import House
from fastapi.routing import iter_route_contexts
from sqlalchemy import select
from starlette.testclient import TestClient

from tests.cast import Cast

PUBLIC = "http://localhost:8321"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
FOREIGN: list[dict[str, str]] = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", "Origin": PUBLIC},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "SAME-ORIGIN, cross-site"},
    {"Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost:8322"},
    {"Origin": "https://localhost:8321"},
    {"Origin": "http://localhost"},
    {"Origin": f"{PUBLIC}.evil.example"},
    {"Origin": f"{PUBLIC}/"},
    {"Origin": ""},
    {"Referer": f"{PUBLIC}/"},
    {},
]


def fingerprint(house: House) -> str:
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        rows = [sorted(map(repr, session.execute(select(table)))) for table in metadata.sorted_tables]
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def unsafe_routes(cast: Cast) -> list[tuple[str, str]]:
    return [
        (method, (context.path or "").replace("{day}", "2026-01-01"))
        for context in iter_route_contexts(cast.app.routes)
        for method in sorted((context.methods or set()) & set(UNSAFE))
    ]


def test_every_unsafe_route_refuses_every_foreign_request(cast: Cast) -> None:
    routes = unsafe_routes(cast)
    assert len(routes) >= 15
    mine = {"fortnight": cast.ana.http.cookies["fortnight"]}
    browser = TestClient(cast.app, base_url=PUBLIC, cookies=mine)
    before = fingerprint(cast.house)
    for method, path in routes:
        for headers in FOREIGN:
            answer = browser.request(method, path, headers=headers, json={})
            assert (answer.status_code, answer.json()["code"]) == (403, "cross-site"), (method, path, headers)
    assert fingerprint(cast.house) == before


def test_a_form_or_plain_text_changes_nothing(cast: Cast) -> None:
    http = cast.ana.http
    before = fingerprint(cast.house)
    for method, path in unsafe_routes(cast):
        for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
            answer = http.request(method, path, content=b'{"a": 1}', headers={"Content-Type": kind})
            assert (answer.status_code, answer.json()["code"]) == (415, "not-json"), (method, path, kind)
    assert fingerprint(cast.house) == before


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": PUBLIC},
        {"Origin": PUBLIC},
        {"Origin": "http://127.0.0.1:8321"},
        {"Origin": "http://[::1]:8321"},
    ],
)
def test_our_own_pages_are_let_in(cast: Cast, headers: dict[str, str]) -> None:
    browser = TestClient(cast.app, base_url=PUBLIC)
    answer = browser.post("/api/session", headers=headers, json={"sign_in": "nobody", "password": "x"})
    assert answer.json()["code"] == "wrong-sign-in"


def test_on_a_public_address_loopback_is_foreign(house: House) -> None:
    settings = config.load({}, data=house.settings.data, public_url="https://fortnight.example.org")
    cast = Cast(House(**{**vars(house), "settings": settings}))
    browser = TestClient(cast.app, base_url="https://fortnight.example.org")
    body: dict[str, Any] = {"sign_in": "nobody", "password": "x"}

    def code(origin: str) -> str:
        answer = browser.post("/api/session", headers={"Origin": origin}, json=body)
        return str(answer.json()["code"])

    assert code("https://fortnight.example.org") == "wrong-sign-in"
    for foreign in ("http://localhost", "https://localhost", "http://fortnight.example.org", "http://127.0.0.1"):
        assert code(foreign) == "cross-site"


def test_no_answer_allows_another_origin(cast: Cast) -> None:
    origin = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    for method in ("GET", "OPTIONS", "POST"):
        answer = cast.ana.http.request(method, "/api/session", headers=origin)
        assert not [name for name in answer.headers if name.startswith("access-control")]


def test_reading_is_not_writing(cast: Cast) -> None:
    people = (cast.ana.http, cast.theo.http, cast.nobody)
    before = fingerprint(cast.house)
    for path in ("/api/session", "/api/sessions", "/api/invitations", "/api/sign-up", "/api/experiments"):
        for http in people:
            http.get(path)
            http.head(path)
    assert fingerprint(cast.house) == before
