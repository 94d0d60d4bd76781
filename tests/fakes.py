"""Stand-ins for what is outside: a strict push service on this machine, and a door that nobody should knock at.

The push service speaks TLS with a certificate from its own authority, for `localhost` and `*.example.test`. What a
real one refuses, it refuses (`tests/push_rules.py`); each path may be told to answer otherwise.
"""

import asyncio
import contextlib
import secrets
import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

import trustme

from tests.push_rules import Device, new_device, refusal

NAMES = ("localhost", "*.example.test", "fcm.googleapis.com", "updates.push.services.mozilla.com")


@dataclass(frozen=True)
class Received:
    """One request. `headers` by lower-case name; `status` is what it was answered, 0 where it was not."""

    path: str
    headers: dict[str, str]
    body: bytes
    status: int
    refused: str = ""


@dataclass(frozen=True)
class _Script:
    kind: str
    status: int = 201
    headers: Mapping[str, str] = field(default_factory=dict)


class PushService:
    """What a test says and asks. Everything may be called from any thread."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.port = 0
        self.ca = b""
        self.connections = 0
        self.received: list[Received] = []
        self._paths: set[str] = set()
        self._scripts: dict[str, list[_Script]] = {}

    @property
    def url(self) -> str:
        return self.at("localhost")

    def at(self, host: str) -> str:
        """The origin under one of its names."""
        return f"https://{host}:{self.port}"

    def subscribe(self, host: str = "localhost") -> Device:
        """A new device of this service."""
        path = "/push/" + secrets.token_urlsafe(24)
        self._paths.add(path)
        return new_device(self.at(host), path, secrets.token_bytes(16))

    def answers(self, path: str, status: int, headers: Mapping[str, str] | None = None) -> None:
        """Answer with this, whatever was sent. Said several times: one after the other, and the last one stays."""
        self._say(path, _Script("answer", status, headers or {}))

    def hangs(self, path: str) -> None:
        """Take the request and never answer."""
        self._say(path, _Script("hang"))

    def breaks(self, path: str) -> None:
        """Cut the connection instead of answering."""
        self._say(path, _Script("break"))

    def redirects(self, path: str, to: str, status: int = 307) -> None:
        """Send whoever asks elsewhere."""
        self._say(path, _Script("answer", status, {"Location": to}))

    def floods(self, path: str, status: int = 201) -> None:
        """Answer with a body that does not end."""
        self._say(path, _Script("flood", status))

    def drips(self, path: str, status: int = 201) -> None:
        """Answer, and then never send the body that was promised."""
        self._say(path, _Script("drip", status))

    def count(self, path: str) -> int:
        return sum(received.path == path for received in self.received)

    def _say(self, path: str, script: _Script) -> None:
        self._scripts.setdefault(path, []).append(script)

    def _next(self, path: str) -> _Script | None:
        scripts = self._scripts.get(path)
        if not scripts:
            return None
        return scripts.pop(0) if len(scripts) > 1 else scripts[0]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        self.connections += 1
        try:
            while await self._answer(reader, writer):
                pass
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            pass
        finally:
            writer.transport.abort()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether the connection goes on."""
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = [line.partition(":") for line in lines[1:] if line]
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        path = lines[0].split(" ")[1]
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        refused = refusal(headers, body, self.now()) or ((404, "unknown") if path not in self._paths else None)
        script = self._next(path) or _Script("answer", refused[0] if refused else 201)
        quiet = script.kind in {"hang", "break"}
        why = refused[1] if refused else ""
        self.received.append(Received(path, headers, body, 0 if quiet else script.status, why))
        if script.kind == "hang":
            await asyncio.Event().wait()
        if script.kind == "break":
            return False
        said = "".join(f"{name}: {value}\r\n" for name, value in script.headers.items())
        length = 0 if script.kind == "answer" else 1 << 40
        writer.write(f"HTTP/1.1 {script.status} Said\r\n{said}Content-Length: {length}\r\n\r\n".encode())
        if script.kind == "drip":
            writer.write(b"x")
            await asyncio.Event().wait()
        while script.kind == "flood":
            writer.write(b"x" * 65536)
            await writer.drain()
            await asyncio.sleep(0.001)  # drain alone never lets the loop see that the other end has gone
        return True


@contextmanager
def push_service(now: Callable[[], datetime] | None = None) -> Iterator[PushService]:
    """A push service on a free port of 127.0.0.1, in a thread of its own. `now`: the clock by which it judges."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*NAMES).configure_cert(context)
    context.set_alpn_protocols(["http/1.1"])
    service = PushService(now or (lambda: datetime.fromtimestamp(_seconds(), UTC)))
    service.ca = authority.cert_pem.bytes()
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    service.port = listening.getsockname()[1]
    loop = asyncio.new_event_loop()
    loop.set_exception_handler(lambda *_: None)  # clients that hang up in the middle are what it is here for
    stop = asyncio.Event()

    async def live() -> None:
        server = await asyncio.start_server(service.serve, sock=listening, ssl=context)
        await stop.wait()
        server.close()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await asyncio.sleep(0)

    thread = threading.Thread(target=loop.run_until_complete, args=(live(),), name="push service")
    thread.start()
    try:
        yield service
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()


def _seconds() -> float:
    import time

    return time.time()


class Sink:
    """A listener on 127.0.0.1 that takes connections and never says anything."""

    def __init__(self, listening: socket.socket) -> None:
        self.port: int = listening.getsockname()[1]
        self.connections = 0
        self._listening = listening
        self._taken: list[socket.socket] = []

    def take(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self._taken.append(self._listening.accept()[0])
                self.connections += 1

    def close(self) -> None:
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        for taken in self._taken:
            taken.close()


@contextmanager
def sink() -> Iterator[Sink]:
    """Counts who knocks."""
    door = Sink(socket.create_server(("127.0.0.1", 0)))
    thread = threading.Thread(target=door.take, name="sink")
    thread.start()
    try:
        yield door
    finally:
        door.close()
        thread.join()
