"""The ways to send that are measured: each sends all it is given and returns the seconds that took."""

import asyncio
import json
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from app import worker
from app.adapters.push import Message, Subscription
from app.adapters.web_push import WebPush, encrypted
from app.core.vapid import VapidKey, load
from app.domain.push_endpoints import Hosts

CONTACT = "mailto:push@example.org"
BODY = json.dumps({"web_push": 8030, "notification": {"title": "Time"}}).ljust(900)
NPM = Path(__file__).with_name("npm.mjs")


@dataclass(frozen=True)
class Bench:
    """Where to send, and with what. `names`: hosts that all lead to the one service."""

    folder: Path
    port: int
    names: tuple[str, ...]
    subscriptions: tuple[Subscription, ...]

    @property
    def ca(self) -> bytes:
        return (self.folder / "ca.pem").read_bytes()

    @property
    def key(self) -> VapidKey:
        return load(self.folder / "keys", None)

    def infos(self) -> list[dict[str, Any]]:
        return [
            {"endpoint": one.endpoint, "keys": {"p256dh": one.p256dh, "auth": one.auth}}
            for one in self.subscriptions
        ]


async def _here(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def ours(bench: Bench) -> float:
    """As the worker does: all at once, and the client's own limit per host."""
    hosts = Hosts.parse(",".join(f"{name}:{bench.port}" for name in bench.names))
    message = Message(BODY.encode(), "a" * 32, 3600)
    now = datetime.fromtimestamp(time.time(), UTC)

    async def send() -> float:
        push = WebPush(bench.key, CONTACT, hosts, ca=bench.ca, resolve=_here)
        await push.send(bench.subscriptions[0], message, now=now)
        begun = time.perf_counter()
        answers = await asyncio.gather(*(push.send(one, message, now=now) for one in bench.subscriptions))
        took = time.perf_counter() - begun
        await push.close()
        if {answer.outcome for answer in answers} != {"sent"}:
            raise SystemExit(f"not all were sent: { ({answer.why for answer in answers}) }")
        return took

    return worker.run(send())


def encryption(bench: Bench) -> float:
    """Nothing but encrypting, in a tight loop."""
    body = BODY.encode()
    begun = time.perf_counter()
    for one in bench.subscriptions:
        encrypted(one, body)
    return time.perf_counter() - begun


def readme(bench: Bench) -> float:
    """pywebpush as its README shows. The CA bundle is in REQUESTS_CA_BUNDLE."""
    from pywebpush import webpush  # type: ignore[import-untyped]

    private = _raw(bench.key)
    begun = time.perf_counter()
    for info in bench.infos():
        webpush(info, BODY, vapid_private_key=private, vapid_claims={"sub": CONTACT})
    return time.perf_counter() - begun


def stock_async(bench: Bench) -> float:
    """The best of pywebpush: `webpush_async`, one session for all, the key read beforehand."""
    import aiohttp
    from py_vapid import Vapid02  # type: ignore[import-untyped]
    from pywebpush import webpush_async

    vapid, infos = Vapid02(bench.key.private), bench.infos()

    async def send() -> float:
        import ssl

        context = ssl.create_default_context(cadata=bench.ca.decode())
        turns = asyncio.Semaphore(64)
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(ssl=context, limit=64)) as session:

            async def one(info: dict[str, Any]) -> None:
                async with turns:
                    await webpush_async(
                        info,
                        BODY,
                        vapid_private_key=vapid,
                        vapid_claims={"sub": CONTACT},
                        aiohttp_session=session,
                        ttl=3600,
                    )

            begun = time.perf_counter()
            await asyncio.gather(*map(one, infos))
            return time.perf_counter() - begun

    return asyncio.run(send())


def npm(bench: Bench, where: Path) -> float:
    """npm web-push, in a Node of its own."""
    said = {
        "ca": bench.ca.decode(),
        "subscriptions": bench.infos(),
        "body": BODY,
        "publicKey": bench.key.public,
        "privateKey": _raw(bench.key),
        "contact": CONTACT,
    }
    command = ["node", str(NPM), str(where)]
    done = subprocess.run(command, input=json.dumps(said), capture_output=True, text=True, check=True)
    return float(done.stdout)


def in_processes(bench: Bench, number: int) -> float:
    """`ours` in so many processes at once, each with all the messages: seconds until the last has sent them."""
    context = get_context("spawn")
    with context.Pool(number) as pool:
        return max(pool.map(ours, [bench] * number, chunksize=1))


def _raw(key: VapidKey) -> str:
    from tests.push_rules import unpadded

    return unpadded(key.private.private_numbers().private_value.to_bytes(32))
