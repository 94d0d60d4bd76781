"""What is long, slow or much is bounded before anybody is known: bodies, heads, connections."""

import asyncio
import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from app.api import wire
from app.api.middleware import body_limit
from app.api.middleware.security_headers import ALWAYS
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.services import login_sessions
from fastapi.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from tests.asgi import JSON, ask, post
from tests.cast import Cast
from tests.served import said, served

DIARY = "/api/diaries/preview"
AS_JSON = {"Content-Type": "application/json"}
LONG = b'{"csv": "' + b"x" * body_limit.ORDINARY + b'"}'


def test_only_somebody_who_is_signed_in_sends_a_long_body(cast: Cast) -> None:
    ended = cast.visitor(cast.sam.http.cookies["fortnight"])
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        login_sessions.end_all(session, cast.sam.id)
    for http in (cast.nobody, cast.visitor("no token of ours"), ended):
        answer = http.post(DIARY, content=LONG, headers=AS_JSON)
        assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
        assert answer.headers["connection"] == "close"
    # Also where the length is not announced.
    answer = cast.nobody.post(DIARY, content=iter([LONG[:1000], LONG[1000:]]), headers=AS_JSON)
    assert answer.status_code == 401
    assert cast.ana.http.post(DIARY, content=LONG, headers=AS_JSON).status_code == 200


def test_what_is_refused_is_not_read() -> None:
    parts = [b"x" * 16 * 1024] * 100
    announced = (b"content-length", str(16 * 1024 * 100).encode())
    assert asyncio.run(ask(guard(), DIARY, parts, JSON, announced))[:2] == (401, 0)
    assert asyncio.run(ask(guard(), DIARY, parts, JSON))[:2] == (401, 5)


def guard() -> body_limit.BodyLimit:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"{}"})

    async def nobody(_scope: Scope) -> bool:
        return False

    return body_limit.BodyLimit(app, nobody)


def test_all_bodies_together_hold_so_much_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where that is full a short one, such as a check-in, is taken all the same; and what has gone makes room."""
    monkeypatch.setattr(body_limit, "MOST_HELD", 81 * 1024)

    async def crowd() -> tuple[list[int], int, int]:
        guarded = guard()
        go_on = asyncio.Event()

        async def one(size: int, statuses: list[int], *, waits: bool) -> None:
            first = True

            async def receive() -> Message:
                nonlocal first
                if first:
                    first = False
                    return {"type": "http.request", "body": b'"' + b"x" * (size - 2) + b'"', "more_body": waits}
                await go_on.wait()
                return {"type": "http.request", "body": b"", "more_body": False}

            async def send(message: Message) -> None:
                if message["type"] == "http.response.start":
                    statuses.append(message["status"])

            await guarded(post("/api/session", JSON), receive, send)

        many: list[int] = []
        tasks = [asyncio.create_task(one(40 * 1024, many, waits=True)) for _ in range(5)]
        while len(many) < 3:
            await asyncio.sleep(0)
        short: list[int] = []
        await one(2048, short, waits=False)
        go_on.set()
        await asyncio.gather(*tasks)
        later: list[int] = []
        await one(60 * 1024, later, waits=False)
        return many, short[0], later[0]

    many, short, later = asyncio.run(crowd())
    assert sorted(many) == [200, 200, 503, 503, 503]
    assert (short, later) == (200, 200)


@pytest.fixture
def port(cast: Cast) -> Iterator[int]:
    """The app as it is really served."""
    with served(cast.app, cast.house.settings) as found:
        yield found


def check(answer: bytes, status: int, code: str) -> None:
    head, _, body = answer.partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert lines[0].split(" ")[1] == str(status), answer[:200]
    headers = dict(line.split(": ", 1) for line in lines[1:])
    assert headers["content-type"] == "application/problem+json"
    assert headers["connection"] == "close"
    for name, value in ALWAYS.items():
        assert headers[name] == value
    assert json.loads(body)["code"] == code


def check_cut(answer: bytes) -> None:
    """431, where it arrives: whoever is still sending when the connection ends may find it reset instead."""
    if answer:
        check(answer, 431, "head-too-long")


GET = b"GET /api/sign-up HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"


def test_a_head_has_an_end(port: int) -> None:
    assert said(port, GET, b"X-Long: ", b"x" * 20_000, b"\r\n\r\n").startswith(b"HTTP/1.1 200")
    check_cut(said(port, GET + b"X-Long: " + b"x" * 40_000 + b"\r\n\r\n"))
    taken = 0

    def endless(line: bytes) -> Iterator[bytes]:
        nonlocal taken
        for _ in range(1000):
            taken += len(line)
            yield line

    for line in (b"x" * 65_536, b"X-More: " + b"x" * 8000 + b"\r\n"):
        taken = 0
        head = GET + (b"X-Long: " if line.startswith(b"x") else b"")
        with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
            connection.sendall(head)
            with pytest.raises((BrokenPipeError, ConnectionResetError)):
                for part in endless(line):
                    connection.sendall(part)
                    time.sleep(0.001)
        assert taken < 8_000_000


def test_what_follows_a_body_has_an_end_too(port: int) -> None:
    head = (
        b"POST /api/session HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
        b"Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n"
    )
    check_cut(said(port, head, *[b"X-After: " + b"x" * 8000 + b"\r\n"] * 200))


def test_what_does_not_arrive_is_given_up(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "SECONDS", 0.2)
    check(said(port, GET), 408, "too-slow")
    assert said(port) == b"", "whoever connected in advance and said nothing is told nothing"
    second = GET.replace(b"Connection: close\r\n", b"")
    answers = said(port, second + b"\r\n", second)
    assert answers.startswith(b"HTTP/1.1 200")
    check(b"HTTP/1.1 408" + answers.partition(b"HTTP/1.1 408")[2], 408, "too-slow")
    body = (
        b"POST /api/session HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
        b"Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"
    )
    check(said(port, body), 408, "too-slow")
    check(said(port, body + b"{", b'"a"'), 408, "too-slow")


def test_only_what_is_not_yet_whole_counts_as_too_long(port: int, cast: Cast) -> None:
    """Not a body, which has its own limit, and not the heads of requests that came before on this connection."""
    body = b'{"csv": "' + b"x" * 100_000 + b'"}'
    head = (
        f"POST {DIARY} HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n"
        f"Content-Type: application/json\r\nCookie: fortnight={cast.ana.http.cookies['fortnight']}\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(head.encode())
        for at in range(0, len(body), 8000):
            connection.sendall(body[at : at + 8000])
            time.sleep(0.01)  # each by itself
        assert connection.recv(65_536).startswith(b"HTTP/1.1 200")
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        for _ in range(3):
            connection.sendall(GET.replace(b"Connection: close\r\n", b"") + b"X: " + b"x" * 20_000 + b"\r\n\r\n")
            assert connection.recv(65_536).startswith(b"HTTP/1.1 200")


def test_a_request_that_has_arrived_may_take_its_time(
    port: int, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "SECONDS", 0.2)

    @cast.app.get("/api/long-work")
    async def long_work() -> str:
        await asyncio.sleep(1)
        return "done"

    cast.app.router.routes.insert(0, cast.app.router.routes.pop())
    assert said(port, GET.replace(b"sign-up", b"long-work") + b"\r\n").endswith(b'"done"')


def test_no_refusal_stands_in_the_middle_of_an_answer(port: int, cast: Cast) -> None:
    """It would be taken for a part of it. The connection ends instead."""
    go_on = threading.Event()

    def parts() -> Iterator[bytes]:
        yield b"first"
        go_on.wait(20)
        yield b"last"

    @cast.app.get("/api/in-parts")
    def in_parts() -> StreamingResponse:
        return StreamingResponse(parts())

    cast.app.router.routes.insert(0, cast.app.router.routes.pop())
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        connection.sendall(GET.replace(b"sign-up", b"in-parts").replace(b"Connection: close\r\n", b"") + b"\r\n")
        answer = b""
        while b"first" not in answer:
            answer += connection.recv(65_536)
        connection.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        with suppress(ConnectionResetError):
            while more := connection.recv(65_536):
                answer += more
        go_on.set()
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.count(b"HTTP/1.1") == 1


def test_what_is_no_http_is_answered_as_every_problem(port: int) -> None:
    check(said(port, b"\x16\x03\x01 hello\r\n\r\n"), 400, "not-http")


def test_a_websocket_is_a_request_like_others(port: int, caplog: pytest.LogCaptureFixture) -> None:
    upgrade = b"Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    head = GET.replace(b"sign-up", b"session").replace(b"Connection: close", b"Connection: Upgrade, close")
    check(said(port, head + upgrade + b"\r\n"), 401, "not-signed-in")
    assert [each for each in caplog.records if each.name.startswith("uvicorn")] == [], "and no event"


def test_too_many_at_once_are_told_to_come_back(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "MOST_AT_ONCE", 0)
    answer = said(port, GET + b"\r\n")
    check(answer, 503, "busy")
    assert b"retry-after: 2" in answer.lower()
    monkeypatch.setattr(wire, "MOST_CONNECTIONS", 0)
    check(said(port), 503, "busy")
