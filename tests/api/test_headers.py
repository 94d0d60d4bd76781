"""Security headers on every answer there is; names of ours only; bodies that are small, flat JSON."""

import asyncio
import json
import re
import socket
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from app.api.middleware import body_limit, guarded
from app.api.middleware.security_headers import ALWAYS, NO_PAGE_POLICY, PAGE_POLICY
from app.core import config
from app.main import create_app
from app.services.house import House
from fastapi.routing import iter_route_contexts
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from tests.asgi import JSON, ask
from tests.cast import SAME_ORIGIN, Cast
from tests.served import served

PUBLIC = "http://localhost:8321"
DIARY = "/api/diaries/preview"
SETTINGS = config.load({}, public_url=PUBLIC)


def check(answer: Any) -> None:
    path = answer.request.url.path
    api = path.startswith("/api")
    policy = NO_PAGE_POLICY if path.startswith(("/api", "/assets/", "/calendar/")) else PAGE_POLICY
    for name, value in {**ALWAYS, "content-security-policy": policy}.items():
        assert answer.headers.get_list(name) == [value], (name, answer.request.url, answer.status_code)
    stored = answer.headers.get_list("cache-control")
    if api:
        assert stored == ["no-store"], answer.request.url
    assert not {"server", "x-powered-by"} & set(answer.headers)


@pytest.fixture
def browser(house: House, tmp_path: Path) -> TestClient:
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    for name in ("index.html", "help.html", "sw.js", "assets/app-1.js"):
        (dist / name).write_text("x")
    app = create_app(house, dist=dist)

    @app.get("/api/broken")
    def broken() -> None:
        raise RuntimeError("secret inside")

    # Before the page route, which takes every path.
    app.router.routes.insert(0, app.router.routes.pop())
    return TestClient(app, base_url=PUBLIC, headers=SAME_ORIGIN, raise_server_exceptions=False)


def test_every_kind_of_answer_has_them(browser: TestClient) -> None:
    big = b'"' + b"x" * (body_limit.ORDINARY + 1) + b'"'
    jsonish = {"Content-Type": "application/json"}
    expected: list[tuple[int, str, str, dict[str, Any]]] = [
        (200, "GET", "/", {}),
        (200, "GET", "/sw.js", {}),
        (200, "GET", "/assets/app-1.js", {}),
        (200, "GET", "/help", {}),
        (200, "GET", "/health/live", {}),
        (200, "GET", "/api/sign-up", {}),
        (307, "GET", "/", {"headers": {"Host": "127.0.0.1:8321"}, "follow_redirects": False}),
        (400, "GET", "/", {"headers": {"Host": "evil.example"}}),
        (401, "GET", "/api/session", {}),
        (403, "POST", "/api/session", {"headers": {"Sec-Fetch-Site": "cross-site"}}),
        (404, "GET", "/assets/none.js", {}),
        (404, "GET", "/api/none", {}),
        (405, "PUT", "/api/session", {"json": {}}),
        (405, "OPTIONS", "/api/session", {}),
        (413, "POST", "/api/session", {"content": big, "headers": jsonish}),
        (415, "POST", "/api/session", {"content": b"x=1", "headers": {"Content-Type": "text/plain"}}),
        (422, "POST", "/api/session", {"json": {}}),
        (422, "POST", "/api/session", {"content": b"{", "headers": jsonish}),
        (500, "GET", "/api/broken", {}),
    ]
    for status, method, path, more in expected:
        answer = browser.request(method, path, **more)
        assert answer.status_code == status, (method, path, answer.text)
        check(answer)
    broken = browser.get("/api/broken")
    assert "secret inside" not in broken.text
    assert broken.headers["connection"] == "close", "the server ends it, and says so"


def test_every_route_has_them(cast: Cast) -> None:
    seen = 0
    for context in iter_route_contexts(cast.app.routes):
        for method in context.methods or ():
            path = (context.path or "/").replace("{day}", "2026-01-01")
            check(cast.nobody.request(method, path))
            seen += 1
    assert seen >= 30


def test_the_policy_lets_nothing_in_that_is_not_ours() -> None:
    rules = dict(rule.split(" ", 1) for rule in PAGE_POLICY.split("; "))
    strict = dict(rule.split(" ", 1) for rule in NO_PAGE_POLICY.split("; "))
    for name in ("default-src", "base-uri", "object-src", "frame-ancestors"):
        assert rules[name] == strict[name] == "'none'"
    assert set(strict.values()) == {"'none'"}
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert rules["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in PAGE_POLICY
    assert "*" not in PAGE_POLICY
    assert "http" not in PAGE_POLICY


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """The app behind the guards: says how many bytes it was given."""
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": [(b"strict-transport-security", b"0")]})
    await send({"type": "http.response.body", "body": str(len(body)).encode()})


def test_https_is_asked_for_only_where_there_is_https() -> None:
    def sts(public_url: str) -> list[str]:
        app = guarded(echo, config.load({}, public_url=public_url), anybody)
        return TestClient(app, base_url=public_url).get("/").headers.get_list("strict-transport-security")

    assert sts("https://fortnight.example.org") == ["max-age=63072000; includeSubDomains"]
    assert sts("http://localhost:8321") == ["0"]


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8321", 200),
        ("LOCALHOST", 200),
        ("localhost:1", 200),
        ("127.0.0.1:8321", 307),
        ("[::1]:8321", 307),
        ("evil.example", 400),
        ("localhost.evil.example", 400),
        ("evil.example:8321", 400),
        ("127.0.0.1.evil.example", 400),
        ("localhost@evil.example", 400),
        ("", 400),
        ("[::1", 307),
        ("169.254.169.254", 400),
    ],
)
def test_only_names_of_ours_are_answered(host: str, status: int) -> None:
    http = TestClient(guarded(echo, SETTINGS, anybody), base_url=PUBLIC)
    answer = http.get("/today?x=%2F%2Fy", headers={"Host": host}, follow_redirects=False)
    assert answer.status_code == status
    if status == 307:
        assert answer.headers["location"] == f"{PUBLIC}/today?x=%2F%2Fy"


def test_the_move_to_localhost_leads_nowhere_else_and_leaves_the_api_alone() -> None:
    http = TestClient(guarded(echo, SETTINGS, anybody), base_url="http://127.0.0.1:8321")
    for path in ("//evil.example", "/\\evil.example", "/%0d%0aSet-Cookie:x", "/é"):
        answer = http.get(path, follow_redirects=False)
        assert answer.headers["location"].startswith(f"{PUBLIC}/")
        assert "set-cookie" not in answer.headers
    assert http.get("/api/session").status_code == 200
    assert http.get("/health/live").status_code == 200
    assert http.post("/", headers=SAME_ORIGIN).status_code == 200


def test_on_a_public_address_only_that_name_and_localhost() -> None:
    app = guarded(echo, config.load({}, public_url="https://fortnight.example.org"), anybody)
    http = TestClient(app, base_url="https://fortnight.example.org")
    for host, status in [
        ("fortnight.example.org", 200),
        ("localhost", 200),
        ("127.0.0.1", 400),
        ("example.org", 400),
    ]:
        assert http.get("/", headers={"Host": host}, follow_redirects=False).status_code == status


async def anybody(_scope: Scope) -> bool:
    """These tests are about guards that do not ask who it is."""
    return True


def asked(path: str, parts: list[bytes], *headers: tuple[bytes, bytes]) -> tuple[int, int, Any]:
    return asyncio.run(ask(guarded(echo, SETTINGS, anybody), path, parts, *headers))


@pytest.mark.parametrize(("path", "most"), [("/api/session", 64 * 1024), (DIARY, 2 * 1024 * 1024)])
def test_a_body_may_have_so_many_bytes_and_not_one_more(path: str, most: int) -> None:
    fits = b'"' + b"x" * (most - 2) + b'"'
    assert asked(path, [fits], JSON) == (200, 1, most)
    assert asked(path, [fits + b" "], JSON)[0] == 413


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/api/experiments/x/diary", 2 * 1024 * 1024),
        ("/api/diaries/preview", 2 * 1024 * 1024),
        ("/api/experiments/x/check-ins/2026-01-01", 64 * 1024),
        ("/api/diary", 64 * 1024),
        ("/x/diary", 64 * 1024),
    ],
)
def test_only_diaries_may_be_long(path: str, most: int) -> None:
    assert body_limit.limit(path) == most


def test_what_is_too_large_is_not_read() -> None:
    parts = [b"x" * 16 * 1024] * 1000
    announced = (b"content-length", str(16 * 1024 * 1000).encode())
    assert asked("/api/session", parts, JSON, announced)[:2] == (413, 0)
    for lie in (b"10", b"0", b"65536"):
        assert asked("/api/session", parts, JSON, (b"content-length", lie))[:2] == (413, 5)
    assert asked("/api/session", parts, JSON)[:2] == (413, 5)
    for odd in (b"-1", b"1e3", b"9" * 5000, "٣".encode(), b""):
        assert asked("/api/session", parts, JSON, (b"content-length", odd))[:2] == (413, 0)


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (b"application/json", 200),
        (b"application/json; charset=utf-8", 200),
        (b'Application/JSON; Charset="UTF-8"', 200),
        (b"application/json; charset=utf-16", 415),
        (b"text/plain", 415),
        (b"application/jsonx", 415),
        (b"text/plain; application/json", 415),
        (b"", 415),
    ],
)
def test_a_body_is_json(kind: bytes, status: int) -> None:
    assert asked("/api/session", [b"{}"], (b"content-type", kind))[0] == status
    assert asked("/api/session", [b""], (b"content-type", kind))[0] == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"[" * 16 + b"]" * 16, 200),
        (b"[" * 17 + b"]" * 17, 422),
        (b'{"a":' * 17, 422),
        (b"[" * 60_000, 422),
        (b'"' + b"[" * 1000 + b'"', 200),
        (b'"\\"' + b"[" * 1000 + b'"', 200),
        (b'"\\\\"' + b"[" * 1000, 422),
        (b'"' + b'\\"' * 30_000, 200),
        (b"[]" * 1000, 200),
        (b"[]" * 10_000, 200),
        (b"[]" * 10_001, 422),
        (b'"",' * 20_001, 422),
        (b"\xff\xfe" + b"[" * 17, 422),
        (b'{"a": "\0"}', 422),
        # Read byte by byte, the middle of this letter opens a string, in which brackets are not counted.
        (('["\u2200",' + "[" * 1000).encode("utf-16-le"), 422),
    ],
)
def test_a_body_is_flat(body: bytes, status: int) -> None:
    assert asked("/api/session", [body], JSON)[0] == status


@given(
    st.recursive(
        st.text() | st.integers(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=30,
    )
)
def test_depth_is_counted_as_the_parser_sees_it(value: Any) -> None:
    def depth(part: Any) -> int:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else None
        return 0 if inner is None else 1 + max(map(depth, inner), default=0)

    for ascii_only in (True, False):
        assert body_limit._depth(json.dumps(value, ensure_ascii=ascii_only).encode("utf-8", "replace")) == min(
            depth(value), 17
        )


@pytest.mark.parametrize("hostile", [b'"', b'\\"', b'"\\', b"[", b"[]", b'"",', b'"a\\', b'"\\\\', b'{"a":'])
def test_no_body_makes_counting_long(monkeypatch: pytest.MonkeyPatch, hostile: bytes) -> None:
    """Given up after so many tokens, and no byte looked at for two of them: the event loop waits meanwhile."""
    seen: list[tuple[int, int]] = []
    real = body_limit.TOKEN

    class Counting:
        def finditer(self, body: bytes) -> Iterator[re.Match[bytes]]:
            for found in real.finditer(body):
                seen.append(found.span())
                yield found

    monkeypatch.setattr(body_limit, "TOKEN", Counting())
    body_limit._depth((hostile * body_limit.FILE)[: body_limit.FILE])
    assert 0 < len(seen) <= body_limit.MOST_TOKENS + 1
    assert all(end <= start for (_, end), (start, _) in pairwise(seen))


def test_a_string_is_read_once_however_it_ends() -> None:
    """Every repetition in the pattern is possessive: what it has taken it never gives back to try again."""
    assert (
        re.findall(rb"[*+?]+", body_limit.TOKEN.pattern.replace(b"(?:", b"(").replace(b"\\\\?", b""))
        == [b"*+"] * 3
    )


@pytest.fixture
def port() -> Iterator[int]:
    """The guards behind a real server."""
    with served(guarded(echo, SETTINGS, anybody), SETTINGS) as found:
        yield found


def talk(port: int, head: str, chunks: Iterator[bytes]) -> tuple[bytes, int]:
    """Send until the server has had enough: its answer, and the bytes it could be brought to take."""
    start = (
        f"POST /api/session HTTP/1.1\r\nHost: localhost:{port}\r\n"
        "Sec-Fetch-Site: same-origin\r\nContent-Type: application/json\r\n"
    )
    taken = 0
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall((start + head + "\r\n").encode())
        wire.settimeout(0.01)
        answer = b""
        try:
            for chunk in chunks:
                wire.sendall(chunk)
                taken += len(chunk)
                try:
                    answer += wire.recv(4096)
                    break
                except TimeoutError:
                    continue
            wire.settimeout(10)
            while more := wire.recv(4096):
                answer += more
        except (BrokenPipeError, ConnectionResetError):
            pass
    return answer, taken


def test_a_real_server_stops_listening(port: int) -> None:
    announced, taken = talk(port, "Content-Length: 100000000\r\n", iter([b"x"]))
    assert announced.startswith(b"HTTP/1.1 413")
    assert b"connection: close" in announced.lower()
    assert taken == 1
    chunk = b"4000\r\n" + b"x" * 0x4000 + b"\r\n"
    endless, taken = talk(port, "Transfer-Encoding: chunked\r\n", (chunk for _ in range(1000)))
    assert endless.startswith(b"HTTP/1.1 413")
    assert taken < 1_000_000


def test_a_method_that_is_not_there_is_told_which_are(cast: Cast) -> None:
    """RFC 9110, 15.5.6: all of them, not those of the route that was found first."""

    def allowed(method: str, path: str) -> set[str]:
        answer = cast.nobody.request(method, path)
        assert answer.status_code == 405, (method, path)
        assert method == "HEAD" or answer.json()["code"] == "method-not-allowed"
        return set(answer.headers["allow"].split(", "))

    assert allowed("PATCH", "/api/session") == allowed("HEAD", "/api/session") == {"GET", "POST", "DELETE"}
    assert allowed("PUT", "/api/experiments") == {"GET", "POST"}
    assert allowed("POST", f"/api/experiments/{UUID(int=1)}/check-ins/2026-01-01") == {"PUT"}
    assert allowed("TRACE", "/api/sign-up") == {"GET"}
    for method in ("GET", "HEAD", "PATCH", "DELETE"):
        assert cast.nobody.request(method, "/api/nothing-here").status_code == 404, method
