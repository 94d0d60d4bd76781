"""A small HTTP/1.1 load client: N connections, each waiting for its answer before it sends again.

Each connection is one person writing her own fortnight: request k goes to day k mod 14 with the revision it
has reached, so that every request changes something and none conflicts.
"""

import asyncio
import json
import time
from dataclasses import dataclass, field
from datetime import date, timedelta

DAYS = 14


@dataclass(frozen=True)
class Writer:
    """Whose fortnight a connection writes."""

    token: str
    experiment: str
    start_on: date


@dataclass
class Load:
    """What came of one round: latencies in seconds of every good answer, and how many were not good."""

    seconds: float
    latencies: list[float] = field(default_factory=list)
    errors: int = 0

    @property
    def per_second(self) -> float:
        return len(self.latencies) / self.seconds

    def quantile(self, share: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


class _Connection(asyncio.Protocol):
    def __init__(self, writer: Writer, host: str, load: Load, ends_at: float, sent: int) -> None:
        self.writer, self.host, self.load, self.ends_at = writer, host, load, ends_at
        self.sent = sent
        self.done: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - asyncio types it loosely
        self.transport = transport
        self._send()

    def _send(self) -> None:
        if time.perf_counter() >= self.ends_at:
            self.transport.close()
            return
        day = self.writer.start_on + timedelta(days=self.sent % DAYS)
        body = json.dumps(
            {
                "base_revision": self.sent // DAYS,
                "written_at": "2026-01-01T22:10:00Z",
                "zone": "UTC",
                "mood": self.sent // DAYS % 11,
                "dose": "taken",
                "sleep_hours": 7.5,
                "note": "walked home, slept badly, tea with Jo",
            }
        ).encode()
        head = (
            f"PUT /api/experiments/{self.writer.experiment}/check-ins/{day} HTTP/1.1\r\nHost: {self.host}\r\n"
            f"Cookie: fortnight={self.writer.token}\r\nSec-Fetch-Site: same-origin\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        self.started = time.perf_counter()
        self.transport.write(head.encode() + body)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, found, body = self.buffer.partition(b"\r\n\r\n")
        if not found:
            return
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        if len(body) < length:
            return
        self.buffer = b""
        if head.startswith(b"HTTP/1.1 200"):
            self.load.latencies.append(time.perf_counter() - self.started)
        else:
            self.load.errors += 1
        self.sent += 1
        self._send()

    def connection_lost(self, exc: Exception | None) -> None:
        if time.perf_counter() < self.ends_at:
            self.load.errors += 1
        if not self.done.done():
            self.done.set_result(self.sent)


async def run(writers: list[Writer], port: int, seconds: float, sent: dict[str, int]) -> Load:
    """Load for `seconds`, one connection per writer. `sent` remembers how far each fortnight has come."""
    load = Load(seconds)
    host = f"localhost:{port}"
    ends_at = time.perf_counter() + seconds
    loop = asyncio.get_running_loop()
    connections = []
    for writer in writers:
        begun = sent.get(writer.experiment, 0)
        _, connection = await loop.create_connection(
            lambda writer=writer, begun=begun: _Connection(writer, host, load, ends_at, begun),  # type: ignore[misc]
            "127.0.0.1",
            port,
        )
        connections.append(connection)
    for writer, connection in zip(writers, connections, strict=True):
        sent[writer.experiment] = await asyncio.wait_for(connection.done, seconds + 30)
    return load
