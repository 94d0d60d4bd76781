"""A push service that a real Firefox uses: Mozilla's autopush in small, on this machine.

Firefox holds a WebSocket and asks on it for addresses; whoever knows one posts there (RFC 8030, over TLS, with a
certificate of an authority of its own), and the body goes on to Firefox as it came. What a real one refuses, it
refuses (`tests/push_rules.py`), and with it whoever signs with another key than the one that was subscribed with
(RFC 8292, 4.2). The protocol of the WebSocket is Firefox's `dom/push/PushServiceWebSocket.sys.mjs`:

    hello → uaid      register (channelID, key) → pushEndpoint      unregister      {} as a ping
    notification (channelID, version, data, headers) → ack (100 delivered, 101 not decrypted, 102 not delivered)
"""

import asyncio
import json
import re
import secrets
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import trustme
from app.core import clock
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from tests.push_rules import refusal, unpadded

DELIVERED = 100


@dataclass
class Channel:
    """One subscription. `key`: the server's, which alone may send to it."""

    id: str
    uaid: str
    key: str


@dataclass(frozen=True)
class Posted:
    """What a server sent, and what it was answered."""

    channel: str
    status: int
    why: str
    size: int


@dataclass
class Autopush:
    """What a test asks. `acks`: what Firefox said of each that it was given; `waiting`: what it was not yet."""

    ca: bytes = b""
    port: int = 0
    browser_port: int = 0
    posted: list[Posted] = field(default_factory=list)
    acks: list[int] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    _channels: dict[str, Channel] = field(default_factory=dict)
    _browsers: dict[str, ServerConnection] = field(default_factory=dict)
    _waiting: dict[str, list[str]] = field(default_factory=dict)

    @property
    def browser_url(self) -> str:
        """For `dom.push.serverURL`."""
        return f"ws://127.0.0.1:{self.browser_port}/"

    @property
    def host(self) -> str:
        """For FORTNIGHT_PUSH_HOSTS."""
        return f"localhost:{self.port}"

    @property
    def accepted(self) -> int:
        return sum(posted.status == 201 for posted in self.posted)

    @property
    def refused(self) -> list[tuple[int, str]]:
        return [(posted.status, posted.why) for posted in self.posted if posted.status != 201]

    # Towards Firefox

    async def browser(self, connection: ServerConnection) -> None:
        uaid = ""
        try:
            async for text in connection:
                said = json.loads(text)
                if said.get("messageType") == "hello":
                    uaid = said.get("uaid") or uuid4().hex
                    await connection.send(json.dumps(_hello(uaid)))
                    self._browsers[uaid] = connection
                    for waiting in self._waiting.pop(uaid, []):
                        await connection.send(waiting)
                elif (answer := self._answer(uaid, said)) is not None:
                    await connection.send(json.dumps(answer))
        except ConnectionClosed:
            pass
        finally:
            if self._browsers.get(uaid) is connection:
                del self._browsers[uaid]

    def _answer(self, uaid: str, said: dict[str, Any]) -> dict[str, Any] | None:
        channel_id = said.get("channelID", "")
        match said.get("messageType"):
            case "register":
                path = "/wpush/v2/" + secrets.token_urlsafe(48)
                self._channels[path] = Channel(channel_id, uaid, said.get("key", "").rstrip("="))
                return {**said, "status": 200, "pushEndpoint": f"https://{self.host}{path}"}
            case "unregister":
                self._channels = {path: it for path, it in self._channels.items() if it.id != channel_id}
                self.gone.append(channel_id)
                return {"messageType": "unregister", "channelID": channel_id, "status": 200}
            case "ack":
                self.acks += [update["code"] for update in said["updates"]]
                return None
            case None | "ping":
                return {}
        return None  # broadcasts and the like, which nobody here has

    # Towards the server

    async def server(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                await self._post(reader, writer)
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError):
            pass  # whoever sent has gone, or we are being stopped
        finally:
            writer.transport.abort()

    async def _post(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = [line.partition(":") for line in lines if line]
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        channel = self._channels.get(first.split(" ")[1])
        status, why = _judged(channel, headers, body) or (201, "")
        if channel is not None and status == 201:
            await self._forward(channel, headers, body)
        self.posted.append(Posted(channel.id if channel else "", status, why, len(body)))
        said = "TTL: 0\r\n" if status == 201 else ""
        writer.write(f"HTTP/1.1 {status} Said\r\n{said}Content-Length: 0\r\n\r\n".encode())
        await writer.drain()

    async def _forward(self, channel: Channel, headers: dict[str, str], body: bytes) -> None:
        told = json.dumps(
            {
                "messageType": "notification",
                "channelID": channel.id,
                "version": uuid4().hex,
                "data": unpadded(body),
                "headers": {"encoding": headers["content-encoding"]},
            }
        )
        try:
            await self._browsers[channel.uaid].send(told)
        except (KeyError, ConnectionClosed):
            self._waiting.setdefault(channel.uaid, []).append(told)


def _hello(uaid: str) -> dict[str, Any]:
    return {"messageType": "hello", "status": 200, "uaid": uaid, "use_webpush": True, "broadcasts": {}}


def _judged(channel: Channel | None, headers: dict[str, str], body: bytes) -> tuple[int, str] | None:
    """Status and reason, where this is not passed on."""
    refused = refusal(headers, body, clock.now())
    if refused is not None:
        return refused
    if channel is None:
        return 410, "gone"
    key = re.search(r"\bk=([\w-]+)", headers["authorization"], re.ASCII)
    return None if key and key[1] == channel.key else (403, "another key")


@contextmanager
def autopush() -> Iterator[Autopush]:
    """Both ends on free ports of 127.0.0.1, in a thread of their own."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    context.set_alpn_protocols(["http/1.1"])
    tls, plain = socket.create_server(("127.0.0.1", 0)), socket.create_server(("127.0.0.1", 0))
    double = Autopush(authority.cert_pem.bytes(), tls.getsockname()[1], plain.getsockname()[1])
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def live() -> None:
        async with serve(double.browser, sock=plain):
            posts = await asyncio.start_server(double.server, sock=tls, ssl=context)
            await stop.wait()
            posts.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(live(),), name="autopush")
    thread.start()
    try:
        yield double
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
