"""Lies below HTTP, to a real server: whatever a sender says about lengths, the next one is served."""

import socket
from collections.abc import Iterator

import pytest

from tests.bad_inputs import CANARY
from tests.cast import Cast
from tests.served import said, served

HEAD = "POST /api/session HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\n"
JSON = "Content-Type: application/json\r\n"
BODY = '{"sign_in": "ana-0000", "password": "%s"}' % CANARY  # noqa: UP031 - braces
ALIVE = b"GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
CHUNKED = "Transfer-Encoding: chunked\r\n\r\n"

LIES: dict[str, bytes] = {
    "chunk longer than said": f"{HEAD}{JSON}{CHUNKED}5\r\n{BODY}\r\n0\r\n\r\n".encode(),
    "chunk shorter than said": f"{HEAD}{JSON}{CHUNKED}fff\r\n{BODY}\r\n0\r\n\r\n".encode(),
    "chunk size no number": f"{HEAD}{JSON}{CHUNKED}zz\r\n{BODY}\r\n0\r\n\r\n".encode(),
    "chunk size negative": f"{HEAD}{JSON}{CHUNKED}-5\r\n{BODY}\r\n0\r\n\r\n".encode(),
    "chunk size endless": f"{HEAD}{JSON}{CHUNKED}{'f' * 400}\r\n{BODY}".encode(),
    "chunks and a length": f"{HEAD}{JSON}Content-Length: 5\r\n{CHUNKED}3\r\n{{}}\n\r\n0\r\n\r\n".encode(),
    "two lengths": f"{HEAD}{JSON}Content-Length: 2\r\nContent-Length: 99\r\n\r\n{BODY}".encode(),
    "length too short": f"{HEAD}{JSON}Content-Length: 10\r\n\r\n{BODY}".encode(),
    "length too long": f"{HEAD}{JSON}Content-Length: 5000\r\n\r\n{BODY}".encode(),
    "length negative": f"{HEAD}{JSON}Content-Length: -1\r\n\r\n{BODY}".encode(),
    "length no number": f"{HEAD}{JSON}Content-Length: 1e3\r\n\r\n{BODY}".encode(),
    "length endless": f"{HEAD}{JSON}Content-Length: {'9' * 4000}\r\n\r\n{BODY}".encode(),
    "trailers": f"{HEAD}{JSON}Trailer: X\r\n{CHUNKED}2\r\n{{}}\r\n0\r\nX: {CANARY}\r\n\r\n".encode(),
    "no host": f"POST /api/session HTTP/1.1\r\n{JSON}Content-Length: 2\r\n\r\n{{}}".encode(),
    "two hosts": f"{HEAD}Host: {CANARY}\r\n{JSON}Content-Length: 2\r\n\r\n{{}}".encode(),
    "a header of 8 kB": f"{HEAD}X: {'a' * 8000}\r\n{JSON}Content-Length: 2\r\n\r\n{{}}".encode(),
    "a header of 100 kB": f"{HEAD}X: {'a' * 100_000}\r\n{JSON}Content-Length: 2\r\n\r\n{{}}".encode(),
    "a header with NUL": HEAD.encode() + b"X: a\x00b\r\n\r\n",
    "a folded header": f"{HEAD}X: a\r\n b\r\n\r\n".encode(),
    "a path with spaces": f"GET /{CANARY} x HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(),
    "an absolute address": f"GET http://{CANARY}/api/session HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(),
    "a long path": f"GET /{'a' * 60_000} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode(),
    "an old version": b"GET / HTTP/0.9\r\n\r\n",
    "a version to come": b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "an upgrade": HEAD.encode().replace(b"POST", b"GET") + b"Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n",
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(300),
    "nothing": b"",
}


@pytest.fixture
def port(cast: Cast) -> Iterator[int]:
    """The whole app as it is really served."""
    with served(cast.app, cast.house.settings) as found:
        yield found


def alive(port: int) -> bool:
    return b'{"status":"live"}' in said(port, ALIVE)


def test_no_lie_is_a_fault_an_echo_or_the_end_of_the_server(port: int) -> None:
    assert alive(port)
    for name, lie in LIES.items():
        answer = said(port, lie, until_silent=0.3)
        lines = [line for line in answer.split(b"\r\n") if line.startswith(b"HTTP/1.1 ")]
        assert all(line.split()[1] < b"500" for line in lines), (name, lines)
        assert CANARY.encode() not in answer, name
        assert alive(port), name


def test_a_slow_body_holds_nobody_up(port: int) -> None:
    """A body that comes byte by byte waits alone; and one that never comes is no request at all."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as slow:
        slow.sendall(f"{HEAD}{JSON}Content-Length: {len(BODY)}\r\n\r\n".encode())
        for letter in BODY[:10].encode():
            slow.sendall(bytes([letter]))
            assert alive(port)
        slow.sendall(BODY[10:].encode())
        assert slow.recv(65_536).startswith(b"HTTP/1.1 401")
