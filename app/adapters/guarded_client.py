"""An HTTP client that goes only where it was told to: to a checked address of a checked host, and no further.

A name is resolved here, every address it has is looked at, and the connection is pinned to one of them: between
the look and the connection nobody can change the answer (DNS rebinding). TLS still asks for the name, so the
address must prove that it is that host. No redirects, no proxy from the environment, no cookies, and of the body
of an answer nothing is read.

pyreqwest does the sending (Rust's reqwest and rustls; HTTP/2 where it is offered): 2 to 3 times what aiohttp
manages per core, and its `resolve` takes the place of its DNS.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from time import monotonic
from typing import TYPE_CHECKING

from app.adapters.resting import Resting
from app.domain.push_endpoints import Endpoint, is_public

if TYPE_CHECKING:
    from pyreqwest.client import Client
    from pyreqwest.exceptions import RequestError

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
RESOLVED_AGAIN = 60.0
"""Seconds for which a name's addresses are believed, the lack of any too."""
HOSTS_KEPT = 256
ADDRESSES_TRIED = 3


@dataclass(frozen=True, slots=True)
class Deadlines:
    """Seconds: to find a host and to connect to it, and for one request with everything."""

    connect: float = 3.0
    total: float = 10.0


@dataclass(frozen=True, slots=True)
class Response:
    """What a push service says. Its body is never read: nothing in it is ours to keep."""

    status: int
    retry_after: str | None


class Unanswered(Exception):
    """Nobody answered, or nobody was asked. `why` is one word; no address is ever in it."""

    def __init__(self, why: str, *, for_good: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.for_good = for_good


@dataclass
class _Host:
    """One host and port. `refused`: why none of its addresses may be used."""

    slots: asyncio.Semaphore
    resting: Resting
    resolving: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0
    addresses: tuple[str, ...] = ()
    refused: Unanswered | None = None
    resolved_at: float | None = None
    client: "Client | None" = None
    client_address: str = ""


async def system_resolve(host: str, port: int) -> Sequence[str]:
    """Every address of a name, the machine's best first. Raises `OSError`."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(entry[4][0]) for entry in found]


class GuardedClient:
    """POST to endpoints that `app.domain.push_endpoints.check` has passed."""

    def __init__(
        self,
        *,
        ca: bytes | None = None,
        resolve: Resolve = system_resolve,
        deadlines: Deadlines = Deadlines(),
        per_host: int = 64,
        ticks: Callable[[], float] = monotonic,
    ) -> None:
        """`ca`: certificates to trust beside the system's, PEM. `per_host`: requests at once to one host."""
        self._ca = ca
        self._resolve = resolve
        self._deadlines = deadlines
        self._per_host = per_host
        self._ticks = ticks
        self._hosts: dict[tuple[str, int], _Host] = {}

    async def post(self, endpoint: Endpoint, headers: Mapping[str, str], body: Callable[[], bytes]) -> Response:
        """One request, sent at most once; `body` is asked for when its turn has come. Raises `Unanswered`,
        while the host rests also for those who wait by then."""
        host = self._host(endpoint)
        if host.resting.now:
            raise Unanswered("host-resting")
        host.users += 1
        try:
            async with host.slots:
                if not host.resting.may_send():
                    raise Unanswered("host-resting")
                async with asyncio.timeout(self._deadlines.total):
                    return await self._post(host, endpoint, headers, body())
        except TimeoutError:
            self._failed(host)
            raise Unanswered("timeout") from None
        finally:
            host.users -= 1

    async def close(self) -> None:
        """Close every connection. Whatever is still under way ends as `Unanswered`."""
        clients = [host.client for host in self._hosts.values() if host.client is not None]
        self._hosts.clear()
        for client in clients:
            await client.close()

    def _host(self, endpoint: Endpoint) -> _Host:
        key = (endpoint.host, endpoint.port)
        host = self._hosts.get(key)
        if host is None:
            if len(self._hosts) >= HOSTS_KEPT:
                idle = next((key for key, host in self._hosts.items() if not host.users), None)
                if idle is None:
                    raise Unanswered("too-many-hosts")
                del self._hosts[idle]
            host = self._hosts[key] = _Host(asyncio.Semaphore(self._per_host), Resting(self._ticks))
        return host

    async def _post(self, host: _Host, endpoint: Endpoint, headers: Mapping[str, str], body: bytes) -> Response:
        from pyreqwest.exceptions import RequestError, RequestTimeoutError  # noqa: PLC0415 - heavy

        for address in await self._addresses(host, endpoint):
            client = self._client(host, endpoint, address)
            request = client.post(endpoint.url).headers(headers).body_bytes(body)
            try:
                # One byte of room: the status counts as soon as it is there, however long the body drips.
                async with request.streamed_read_buffer_limit(1).build_streamed() as got:
                    host.resting.answered()
                    return Response(got.status, got.get_header("retry-after"))
            except RequestTimeoutError:
                self._failed(host)
                raise Unanswered("timeout") from None
            except RequestError as error:
                if not _never_connected(error):
                    self._failed(host)
                    raise Unanswered("network") from None
                host.client = None  # nothing was sent, so the next address may do
        self._failed(host)
        raise Unanswered("connect")

    def _client(self, host: _Host, endpoint: Endpoint, address: str) -> "Client":
        """The client whose connections go to this address: the one there is, or a new one.

        An older one is let go of, never closed: others may still be waiting for its answers.
        """
        if host.client is None or host.client_address != address:
            from pyreqwest.client import ClientBuilder  # noqa: PLC0415 - heavy

            builder = ClientBuilder().https_only(True).http2(True).follow_redirects(False).referer(False)
            builder = builder.no_proxy().gzip(False).brotli(False).zstd(False).deflate(False)
            builder = builder.user_agent("web-push").connect_timeout(timedelta(seconds=self._deadlines.connect))
            builder = builder.resolve(endpoint.host, address, endpoint.port)
            if self._ca is not None:
                builder = builder.add_root_certificate_pem(self._ca)
            host.client, host.client_address = builder.build(), address
        return host.client

    async def _addresses(self, host: _Host, endpoint: Endpoint) -> tuple[str, ...]:
        """The checked addresses, the one in use first. Raises `Unanswered`."""
        if not self._is_resolved(host):
            async with host.resolving:
                if not self._is_resolved(host):  # one of those who waited may have done it
                    await self._resolve_host(host, endpoint)
        if host.refused is not None:
            raise Unanswered(host.refused.why, for_good=host.refused.for_good)
        known = host.client is not None and host.client_address in host.addresses
        first = (host.client_address,) if known else ()
        return (*first, *(address for address in host.addresses if address not in first))[:ADDRESSES_TRIED]

    def _is_resolved(self, host: _Host) -> bool:
        return host.resolved_at is not None and self._ticks() - host.resolved_at < RESOLVED_AGAIN

    async def _resolve_host(self, host: _Host, endpoint: Endpoint) -> None:
        host.resolved_at, host.addresses, host.refused = None, (), None
        try:
            host.addresses = await self._checked(endpoint)
        except Unanswered as refused:
            host.refused, host.client = refused, None
        host.resolved_at = self._ticks()

    async def _checked(self, endpoint: Endpoint) -> tuple[str, ...]:
        """One address that is not public condemns them all: which one is taken must not be a matter of luck."""
        try:
            async with asyncio.timeout(self._deadlines.connect):
                found = tuple(dict.fromkeys(await self._resolve(endpoint.host, endpoint.port)))
        except (OSError, UnicodeError):  # a time-out is an OSError too
            found = ()
        if not found:
            raise Unanswered("unresolved")
        if not endpoint.may_be_private:
            try:
                public = all(is_public(ip_address(address)) for address in found)
            except ValueError:
                public = False
            if not public:
                raise Unanswered("private-address", for_good=True)
        return found

    def _failed(self, host: _Host) -> None:
        """A connection on which nothing comes back is not used again, and another address gets its chance."""
        host.resting.failed()
        if len(host.addresses) > 1:
            host.addresses = (*host.addresses[1:], host.addresses[0])
        host.client = None


def _never_connected(error: "RequestError") -> bool:
    """Whether this can be tried elsewhere without sending twice. pyreqwest says `ConnectError` of a
    connection too that breaks while it waits for the answer; only hyper, below it, says which it was."""
    return any(cause["message"] == "client error (Connect)" for cause in error.details["causes"] or ())
