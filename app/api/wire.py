"""HTTP at the wire: what uvicorn's protocol leaves open is bounded here, before there is a request.

A request that does not end, or not in time, a connection too many, bytes that are no HTTP: each is answered as
every other problem is, with the security headers, and the connection ends. uvicorn's own limit on the size of a
head is for its other parser; its own 400 and 503 are bare text.
"""

import asyncio
from itertools import chain
from typing import Any

from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from app.api.errors import problem
from app.api.middleware.security_headers import answer_headers
from app.core.config import Settings

# A long cookie and every header a proxy adds are 4 kB.
LONGEST_HEAD = 32 * 1024
# From its first byte to its last, a request has so long to arrive; and a new connection so long to say anything.
SECONDS = 30
# A practice has a few dozen of each; beyond it the answer is "busy", and phones come back.
MOST_CONNECTIONS = 1000
MOST_AT_ONCE = 500


class Wire(HttpToolsProtocol):
    """uvicorn's protocol over httptools, bounded. Made for one app's settings by `wire`."""

    headers_of_ours: tuple[tuple[bytes, bytes], ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Bytes since something was last finished: a head not yet whole, or what follows a body (RFC 9112, 7.1.2).
        self._loose = 0
        self._arriving = False
        self._too_late: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > MOST_CONNECTIONS:
            self._refuse(503, "busy", {"Retry-After": "2"})
        else:
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        self._is_here()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.transport.is_closing():
            return
        self._loose += len(data)
        if self._loose > LONGEST_HEAD and self._loose > len(data):
            self._refuse(431, "head-too-long")
            return
        super().data_received(data)
        if self._arriving and self._too_late is None:
            self._wait()

    def on_message_begin(self) -> None:
        self._arriving = True
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        if self._loose > LONGEST_HEAD and len(self.url) + sum(map(len, chain(*self.headers))) > LONGEST_HEAD:
            raise ValueError  # the parser stops, and asks for the answer below
        self._loose = 0
        self.app = self._busy if len(self.tasks) >= MOST_AT_ONCE else self.config.loaded_app
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._loose = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._arriving = False
        self._is_here()
        super().on_message_complete()

    async def _busy(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stands in for the app, guards and all."""
        answer = problem(503, "busy", headers={"Retry-After": "2", "Connection": "close"})
        answer.raw_headers.extend(self.headers_of_ours)
        await answer(scope, receive, send)

    def send_400_response(self, msg: str) -> None:
        """What the parser does not take."""
        if self._loose > LONGEST_HEAD:
            self._refuse(431, "head-too-long")
        else:
            self._refuse(400, "not-http")

    def _unsupported_upgrade_warning(self) -> None:
        """Whoever asks for a websocket is answered as if they had not; that is no event."""

    def _wait(self) -> None:
        self._too_late = self.loop.call_later(SECONDS, self._is_late)

    def _is_late(self) -> None:
        if self._arriving:
            self._refuse(408, "too-slow")
        else:  # a browser that connected in advance: it would take a word for the answer to its next question
            self.transport.close()

    def _is_here(self) -> None:
        if self._too_late is not None:
            self._too_late.cancel()
            self._too_late = None

    def _refuse(self, status: int, code: str, headers: dict[str, str] | None = None) -> None:
        self._is_here()
        if self.transport.is_closing():
            return
        # Where an answer is under way already, another one in its middle would be taken for a part of it.
        under_way = self.cycle is not None and self.cycle.response_started and not self.cycle.response_complete
        if not under_way and not self.pipeline:
            answer = problem(status, code, headers={**(headers or {}), "Connection": "close"})
            head = [f"HTTP/1.1 {status} {STATUS[status]}\r\n".encode()]
            headers_of_all = (*answer.raw_headers, *self.headers_of_ours)
            head += [name + b": " + value + b"\r\n" for name, value in headers_of_all]
            self.transport.write(b"".join([*head, b"\r\n", bytes(answer.body)]))
        self.transport.close()


STATUS = {
    400: "Bad Request",
    408: "Request Timeout",
    431: "Request Header Fields Too Large",
    503: "Service Unavailable",
}


def wire(settings: Settings) -> type[Wire]:
    """The protocol for an app with these settings, for `uvicorn.Config(http=…)`."""
    ours = tuple(answer_headers(settings, api=True))
    return type("WireOfOurs", (Wire,), {"headers_of_ours": ours})
