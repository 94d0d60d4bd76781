"""The client that goes only where it may: no other address, no redirect, no proxy, and no waiting for a tarpit."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import replace
from ipaddress import ip_address

import pytest
import trustme
from app.adapters import guarded_client
from app.adapters.guarded_client import Deadlines, GuardedClient, Response, Unanswered
from app.adapters.resting import IN_A_ROW, REST
from app.domain.push_endpoints import Endpoint

from tests.fakes import PushService, Sink, push_service, sink

SOON = Deadlines(connect=0.2, total=0.3)


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    with push_service() as running:
        yield running


@pytest.fixture
def door() -> Iterator[Sink]:
    with sink() as listening:
        yield listening


def endpoint(port: int, path: str = "/x", host: str = "a.example.test", *, private: bool = True) -> Endpoint:
    origin = f"https://{host}:{port}"
    return Endpoint(origin + path, host, port, origin, may_be_private=private)


class Names:
    """A resolver that says one thing after the other, and at last the same for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self._answers = list(answers)
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]


HERE = ["127.0.0.1"]


def do(client: GuardedClient, work: Callable[[], Awaitable[None]]) -> None:
    async def and_close() -> None:
        try:
            await work()
        finally:
            await client.close()

    asyncio.run(and_close())


async def why(client: GuardedClient, to: Endpoint) -> str:
    """The status, or why there is none."""
    try:
        return str((await client.post(to, {"TTL": "1"}, lambda: b"x")).status)
    except Unanswered as unanswered:
        return unanswered.why


def test_a_name_that_only_we_know_is_reached_under_its_own_name(service: PushService) -> None:
    names = Names(HERE)
    client = GuardedClient(ca=service.ca, resolve=names)
    service.answers("/named", 201)
    before = service.connections

    async def work() -> None:
        for _ in range(3):
            assert await why(client, endpoint(service.port, "/named")) == "201"

    do(client, work)
    hosts = {one.headers["host"] for one in service.received if one.path == "/named"}
    assert hosts == {f"a.example.test:{service.port}"}
    assert names.asked == ["a.example.test"]
    assert service.connections == before + 1


def test_the_systems_names_are_never_asked(door: Sink) -> None:
    """`localhost` leads to the door for everybody else; here it is what our resolver says, where nobody is."""
    client = GuardedClient(resolve=Names(["127.0.0.9"]), deadlines=SOON)

    async def work() -> None:
        assert await why(client, endpoint(door.port, host="localhost")) in {"connect", "timeout"}

    do(client, work)
    assert door.connections == 0


REBOUND = [
    ["127.0.0.1"],
    ["10.0.0.1"],
    ["169.254.169.254"],
    ["192.168.1.1"],
    ["100.64.0.1"],
    ["0.0.0.0"],  # noqa: S104 - nothing is bound here
    ["::1"],
    ["::"],
    ["::ffff:127.0.0.1"],
    ["64:ff9b::7f00:1"],
    ["2002:7f00:1::"],
    ["fd00:ec2::254"],
    ["fe80::1%1"],
    ["8.8.8.8", "127.0.0.1"],
    ["127.0.0.1", "8.8.8.8"],
    ["2606:4700::1111", "::ffff:10.0.0.1"],
    ["nonsense"],
]


@pytest.mark.parametrize("addresses", REBOUND)
def test_one_address_of_our_own_network_condemns_a_name(door: Sink, addresses: list[str]) -> None:
    client = GuardedClient(resolve=Names(addresses), deadlines=SOON)
    host = endpoint(door.port, host="fcm.googleapis.com", private=False)

    async def work() -> None:
        for _ in range(2):
            with pytest.raises(Unanswered) as refused:
                await client.post(host, {}, lambda: b"x")
            assert (refused.value.why, refused.value.for_good) == ("private-address", True)

    do(client, work)
    assert door.connections == 0


def test_a_name_that_is_bound_anew(service: PushService, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was checked is what is connected to, for a minute; then all is looked at again, the old connection
    notwithstanding."""
    monkeypatch.setattr(guarded_client, "is_public", lambda address: address == ip_address("127.0.0.1"))
    names, clock = Names(HERE, ["10.0.0.1"]), [0.0]
    client = GuardedClient(ca=service.ca, resolve=names, ticks=lambda: clock[0])
    service.answers("/anew", 201)
    to = endpoint(service.port, "/anew", private=False)

    async def work() -> None:
        for clock[0] in (0.0, 30.0, 59.9):
            assert await why(client, to) == "201"
        assert len(names.asked) == 1
        for clock[0] in (60.0, 61.0):
            assert await why(client, to) == "private-address"

    do(client, work)
    assert len(names.asked) == 2
    assert service.count("/anew") == 3


@pytest.mark.parametrize("error", [OSError("no such name"), UnicodeError("label too long"), TimeoutError()])
def test_a_name_without_addresses_is_asked_once_a_minute(error: Exception) -> None:
    asked: list[str] = []

    async def nothing(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        raise error

    client = GuardedClient(resolve=nothing)

    async def work() -> None:
        assert {await why(client, endpoint(1)) for _ in range(3)} == {"unresolved"}

    do(client, work)
    assert len(asked) == 1


def test_many_who_ask_at_once_resolve_once(service: PushService) -> None:
    names = Names(HERE)
    client = GuardedClient(ca=service.ca, resolve=names)
    service.answers("/many", 201)

    async def work() -> None:
        got = await asyncio.gather(*(why(client, endpoint(service.port, "/many")) for _ in range(100)))
        assert set(got) == {"201"}

    do(client, work)
    assert len(names.asked) == 1


def test_the_next_address_is_tried_where_nobody_answers(service: PushService) -> None:
    client = GuardedClient(ca=service.ca, resolve=Names(["127.0.0.9", "127.0.0.1"]))
    service.answers("/second", 201)

    async def work() -> None:
        assert {await why(client, endpoint(service.port, "/second")) for _ in range(2)} == {"201"}

    do(client, work)
    assert service.count("/second") == 2


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(service: PushService, door: Sink, status: int) -> None:
    path, target = f"/from-{status}", f"/to-{status}"
    service.redirects(path, f"https://a.example.test:{service.port}{target}", status)
    service.redirects(path, f"https://127.0.0.1:{door.port}/", status)
    client = GuardedClient(ca=service.ca, resolve=Names(HERE))

    async def work() -> None:
        assert {await why(client, endpoint(service.port, path)) for _ in range(2)} == {str(status)}

    do(client, work)
    assert service.count(target) == door.connections == 0


def test_a_proxy_of_the_environment_is_ignored(
    service: PushService, door: Sink, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{door.port}")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    service.answers("/direct", 201)
    client = GuardedClient(ca=service.ca, resolve=Names(HERE))

    async def work() -> None:
        assert await why(client, endpoint(service.port, "/direct")) == "201"

    do(client, work)
    assert door.connections == 0


def test_who_cannot_prove_the_name_gets_nothing(service: PushService) -> None:
    service.answers("/secret", 201)
    others = trustme.CA().cert_pem.bytes()

    for ca, host in ((None, "a.example.test"), (others, "a.example.test"), (service.ca, "another.test")):
        client = GuardedClient(ca=ca, resolve=Names(HERE))

        async def work(client: GuardedClient = client, host: str = host) -> None:
            assert await why(client, endpoint(service.port, "/secret", host)) == "connect"

        do(client, work)
    assert service.count("/secret") == 0


def test_only_https(service: PushService) -> None:
    client = GuardedClient(resolve=Names(HERE))
    plain = replace(endpoint(service.port), url=f"http://a.example.test:{service.port}/x")

    async def work() -> None:
        with pytest.raises(Exception, match="builder error"):
            await client.post(plain, {}, lambda: b"x")

    do(client, work)


@pytest.mark.parametrize("kind", ["floods", "drips"])
def test_a_body_without_end_is_not_waited_for(service: PushService, kind: str) -> None:
    path = f"/{kind}"
    getattr(service, kind)(path, 201)
    client = GuardedClient(ca=service.ca, resolve=Names(HERE))

    async def work() -> None:
        assert {await why(client, endpoint(service.port, path)) for _ in range(3)} == {"201"}

    do(client, work)


def test_retry_after_comes_along(service: PushService) -> None:
    service.answers("/wait", 429, {"Retry-After": "7"})
    client = GuardedClient(ca=service.ca, resolve=Names(HERE))

    async def work() -> None:
        got = await client.post(endpoint(service.port, "/wait"), {}, lambda: b"x")
        assert got == Response(429, "7")

    do(client, work)


@pytest.mark.parametrize(("kind", "said"), [("hangs", "timeout"), ("breaks", "network")])
def test_a_host_that_does_not_answer_rests(service: PushService, kind: str, said: str) -> None:
    path = f"/rest-{kind}"
    getattr(service, kind)(path)
    service.answers("/awake", 201)
    clock = [100.0]
    # Long enough for a busy machine to answer, where one answers.
    enough = Deadlines(connect=0.8, total=1.0)
    client = GuardedClient(ca=service.ca, resolve=Names(HERE), deadlines=enough, ticks=lambda: clock[0])
    host, other = endpoint(service.port, path), endpoint(service.port, "/awake", "b.example.test")

    async def work() -> None:
        assert [await why(client, host) for _ in range(IN_A_ROW)] == [said] * IN_A_ROW
        assert [await why(client, host) for _ in range(3)] == ["host-resting"] * 3
        assert await why(client, other) == "201"
        clock[0] += REST
        assert [await why(client, host) for _ in range(2)] == [said, "host-resting"]
        assert service.count(path) == IN_A_ROW + 1
        clock[0] += REST
        assert await why(client, replace(host, url=f"{host.origin}/awake")) == "201"
        assert await why(client, host) == said

    do(client, work)


def test_an_answer_in_between_starts_the_count_anew(service: PushService) -> None:
    for _ in range(IN_A_ROW - 1):
        service.breaks("/in-between")
    service.answers("/in-between", 500)
    service.breaks("/in-between")
    client = GuardedClient(ca=service.ca, resolve=Names(HERE))

    async def work() -> None:
        said = [await why(client, endpoint(service.port, "/in-between")) for _ in range(2 * IN_A_ROW)]
        assert said == ["network"] * (IN_A_ROW - 1) + ["500"] + ["network"] * IN_A_ROW

    do(client, work)


def test_after_a_rest_one_tries_for_all(service: PushService) -> None:
    service.breaks("/one-tries")
    clock = [0.0]
    client = GuardedClient(ca=service.ca, resolve=Names(HERE), ticks=lambda: clock[0])
    host = endpoint(service.port, "/one-tries")

    async def work() -> None:
        for _ in range(IN_A_ROW):
            await why(client, host)
        clock[0] += REST
        said = await asyncio.gather(*(why(client, host) for _ in range(20)))
        assert sorted(said) == ["host-resting"] * 19 + ["network"]

    do(client, work)


def test_who_waits_for_a_turn_is_told_that_the_host_rests(service: PushService) -> None:
    service.breaks("/turns")
    client = GuardedClient(ca=service.ca, resolve=Names(HERE), per_host=1)

    async def work() -> None:
        said = await asyncio.gather(*(why(client, endpoint(service.port, "/turns")) for _ in range(20)))
        assert sorted(said) == ["host-resting"] * (20 - IN_A_ROW) + ["network"] * IN_A_ROW

    do(client, work)
    assert service.count("/turns") == IN_A_ROW


def test_no_more_than_so_many_at_once(service: PushService) -> None:
    service.hangs("/crowd")
    client = GuardedClient(ca=service.ca, resolve=Names(HERE), deadlines=Deadlines(total=60), per_host=3)

    async def work() -> None:
        waiting = [asyncio.create_task(why(client, endpoint(service.port, "/crowd"))) for _ in range(10)]
        while service.count("/crowd") < 3:
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.05)
        assert service.count("/crowd") == 3
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)

    do(client, work)


def test_a_door_that_says_nothing_is_a_time_out(door: Sink) -> None:
    client = GuardedClient(resolve=Names(HERE), deadlines=SOON)

    async def work() -> None:
        assert await why(client, endpoint(door.port)) == "timeout"

    do(client, work)


def test_many_names_do_not_fill_the_memory() -> None:
    client = GuardedClient(resolve=Names([]))

    async def work() -> None:
        for number in range(guarded_client.HOSTS_KEPT + 50):
            assert await why(client, endpoint(1, host=f"h{number}.example.test")) == "unresolved"
        assert len(client._hosts) == guarded_client.HOSTS_KEPT

    do(client, work)


def test_http_2_where_it_is_offered() -> None:
    authority, heard = trustme.CA(), []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("a.example.test").configure_cert(context)
    context.set_alpn_protocols(["h2"])
    client = GuardedClient(ca=authority.cert_pem.bytes(), resolve=Names(HERE))

    async def hear(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append(await reader.readexactly(24))
        writer.transport.abort()

    async def work() -> None:
        server = await asyncio.start_server(hear, "127.0.0.1", 0, ssl=context)
        async with server:
            assert await why(client, endpoint(server.sockets[0].getsockname()[1])) == "network"

    do(client, work)
    assert heard == [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"]  # RFC 9113 §3.4
