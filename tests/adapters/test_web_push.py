"""Web push against a service as strict as the real ones: what arrives, who can read it, and what answers mean."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from app.adapters import push_answers
from app.adapters.console_push import ConsolePush
from app.adapters.guarded_client import Deadlines
from app.adapters.push import Answer, Message, Subscription
from app.adapters.vapid_tokens import KEPT, VapidTokens
from app.adapters.web_push import LARGEST, OVERHEAD, WebPush
from app.core.vapid import VapidKey
from app.domain.push_endpoints import Hosts
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fakes import PushService, push_service, sink
from tests.push_rules import claims_of

NOW = datetime(2026, 3, 1, 20, 0, tzinfo=UTC)
KEY = VapidKey(ec.generate_private_key(ec.SECP256R1()))
CONTACT = "mailto:push@example.org"
SHOWN = {"web_push": 8030, "notification": {"title": "Time", "navigate": "https://example.org/", "tag": "t"}}
MESSAGE = Message(json.dumps(SHOWN).encode().ljust(900), "a" * 32, 3600)


@pytest.fixture(scope="module")
def service() -> Iterator[PushService]:
    with push_service(lambda: NOW) as running:
        yield running


async def here(host: str, port: int) -> Sequence[str]:
    return ["127.0.0.1"]


def pusher(service: PushService, hosts: str = "localhost:{0}, a.example.test:{0}, b.example.test:{0}") -> WebPush:
    return WebPush(KEY, CONTACT, Hosts.parse(hosts.format(service.port)), ca=service.ca, resolve=here)


def do(push: WebPush, work: Callable[[], Awaitable[None]]) -> None:
    async def and_close() -> None:
        try:
            await work()
        finally:
            await push.close()

    asyncio.run(and_close())


def sent(push: WebPush, *subscriptions: Subscription, message: Message = MESSAGE) -> list[Answer]:
    answers: list[Answer] = []

    async def work() -> None:
        answers.extend([await push.send(subscription, message, now=NOW) for subscription in subscriptions])

    do(push, work)
    return answers


def test_what_arrives_is_what_was_said_and_only_the_device_can_read_it(service: PushService) -> None:
    device, other = service.subscribe(), service.subscribe()
    assert sent(pusher(service), device.subscription) == [Answer("sent", "201")]
    got = next(one for one in service.received if one.path == device.path)
    assert not got.refused
    assert device.read(got.body) == MESSAGE.body
    with pytest.raises(Exception, match="Decryption error"):
        other.read(got.body)
    assert {name: value for name, value in got.headers.items() if name != "authorization"} == {
        "ttl": "3600",
        "urgency": "high",
        "topic": "a" * 32,
        "content-type": "application/octet-stream",
        "content-encoding": "aes128gcm",
        "accept": "*/*",
        "user-agent": "web-push",
        "host": f"localhost:{service.port}",
        "content-length": str(len(MESSAGE.body) + OVERHEAD),
    }


def test_bodies_of_one_size_stay_of_one_size_and_never_look_alike(service: PushService) -> None:
    devices = [service.subscribe() for _ in range(20)]
    sent(pusher(service), *(device.subscription for device in devices))
    bodies = [one.body for one in service.received if one.path in {device.path for device in devices}]
    assert {len(body) for body in bodies} == {len(MESSAGE.body) + OVERHEAD}
    assert len({body[:40] for body in bodies}) == len(bodies) == 20


def claims(service: PushService, path: str) -> tuple[str, int, str]:
    header = next(one for one in service.received if one.path == path).headers["authorization"]
    token, public = header.removeprefix("vapid t=").split(",k=")
    assert public == KEY.public
    found = claims_of(token, public)
    return found["aud"], found["exp"], found["sub"]


def test_two_services_in_turn_each_get_their_own_name(service: PushService) -> None:
    devices = [service.subscribe(host) for host in ("a.example.test", "b.example.test") * 3]
    answers = sent(pusher(service), *(device.subscription for device in devices))
    assert {answer.outcome for answer in answers} == {"sent"}
    until = int((NOW + timedelta(hours=12)).timestamp())
    for device in devices:
        origin = device.subscription.endpoint.removesuffix(device.path)
        assert claims(service, device.path) == (origin, until, CONTACT)


def test_a_token_is_signed_once_per_service_and_renewed_before_it_ends() -> None:
    tokens = VapidTokens(KEY, "https://fortnight.example.org:8443")
    first = tokens.authorization("https://a", NOW)
    other = tokens.authorization("https://b", NOW)
    assert first != other
    for hours in (0, 5, 10.9):
        assert tokens.authorization("https://a", NOW + timedelta(hours=hours)) == first
    renewed = tokens.authorization("https://a", NOW + timedelta(hours=11))
    assert renewed != first
    assert tokens.authorization("https://a", NOW + timedelta(hours=12)) == renewed
    # The clock was a day ahead, and somebody set it right.
    back = tokens.authorization("https://a", NOW - timedelta(hours=24))
    assert back not in {first, renewed}
    token, public = back.removeprefix("vapid t=").split(",k=")
    assert claims_of(token, public)["exp"] == int((NOW - timedelta(hours=12)).timestamp())


def test_tokens_of_many_services_do_not_fill_the_memory() -> None:
    tokens = VapidTokens(KEY, CONTACT)
    for number in range(KEPT + 10):
        tokens.authorization(f"https://h{number}", NOW)
    assert len(tokens._kept) == KEPT


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        *((status, "sent") for status in (200, 201, 202, 204)),
        *((status, "gone") for status in (404, 410)),
        *((status, "refused") for status in (400, 401, 402, 403, 405, 406, 415, 422)),
        (413, "too_large"),
        *((status, "retry") for status in (301, 302, 307, 308, 408, 425, 429, 500, 502, 503, 504, 507)),
    ],
)
def test_every_status(service: PushService, status: int, outcome: str) -> None:
    device = service.subscribe()
    service.answers(device.path, status)
    assert sent(pusher(service), device.subscription) == [Answer(outcome, str(status))]  # type: ignore[arg-type]


def test_the_service_itself_refuses_what_real_ones_refuse(service: PushService) -> None:
    device = service.subscribe()
    unknown = replace(device.subscription, endpoint=device.subscription.endpoint + "x")
    wrong = [replace(MESSAGE, topic="ä"), replace(MESSAGE, topic="x" * 33), replace(MESSAGE, ttl=-1)]
    assert [sent(pusher(service), device.subscription, message=message)[0].why for message in wrong[1:]] == [
        "400",
        "400",
    ]
    assert sent(pusher(service), unknown) == [Answer("gone", "404")]
    late = WebPush(KEY, CONTACT, Hosts.parse(f"localhost:{service.port}"), ca=service.ca, resolve=here)

    async def work() -> None:
        for off in (timedelta(hours=13), timedelta(hours=-13)):
            answer = await late.send(device.subscription, MESSAGE, now=NOW + off)
            assert answer == Answer("refused", "403")

    do(late, work)
    reasons = [one.refused for one in service.received if one.path == device.path]
    assert reasons == ["topic", "no TTL", "exp", "exp"]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        ("0", 0.0),
        ("7", 7.0),
        (" 120 ", 120.0),
        ("86400", 3600.0),
        ("9" * 400, 3600.0),
        (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90.0),
        (format_datetime(NOW - timedelta(seconds=90), usegmt=True), 0.0),
        (format_datetime(NOW + timedelta(days=9), usegmt=True), 3600.0),
        ("Sun, 01 Mar 2026 21:00:30 +0100", 30.0),
        ("Sun, 01 Mar 2026 20:00:30 -0000", 30.0),
        ("-1", None),
        ("1.5", None),
        ("٣", None),
        ("soon", None),
        ("", None),
        ("Mon, 99 Foo 2026 20:00:30 GMT", None),
        ("Sun, 01 Mar 99999 20:00:30 GMT", None),
    ],
)
def test_retry_after_in_both_forms(said: str, seconds: float | None) -> None:
    assert push_answers.seconds(said, NOW) == seconds


@given(st.text(max_size=40))
def test_no_retry_after_breaks_anything(said: str) -> None:
    found = push_answers.seconds(said, NOW)
    assert found is None or 0 <= found <= push_answers.LONGEST_WAIT


@pytest.mark.parametrize("status", [429, 503])
def test_how_long_a_service_asks_to_wait(service: PushService, status: int) -> None:
    device = service.subscribe()
    service.answers(device.path, status, {"Retry-After": "120"})
    service.answers(device.path, status, {"Retry-After": format_datetime(NOW + timedelta(seconds=5), usegmt=True)})
    service.answers(device.path, 410, {"Retry-After": "120"})
    assert sent(pusher(service), *[device.subscription] * 3) == [
        Answer("retry", str(status), 120.0),
        Answer("retry", str(status), 5.0),
        Answer("gone", "410"),
    ]


def test_no_answer_at_all(service: PushService) -> None:
    broken, hanging = service.subscribe(), service.subscribe()
    service.breaks(broken.path)
    service.hangs(hanging.path)
    hosts = Hosts.parse(f"localhost:{service.port}")
    soon = Deadlines(connect=0.3, total=0.3)
    push = WebPush(KEY, CONTACT, hosts, ca=service.ca, resolve=here, deadlines=soon)
    assert sent(push, broken.subscription, hanging.subscription) == [
        Answer("retry", "network"),
        Answer("retry", "timeout"),
    ]


def test_what_cannot_be_sent_is_not(service: PushService) -> None:
    device = service.subscribe().subscription
    push = pusher(service)
    bad = [
        replace(device, p256dh=""),
        replace(device, p256dh="BA" + device.p256dh[2:86] + "A"),
        replace(device, auth=device.auth[:-2]),
        replace(device, p256dh="é" * 87),
        replace(device, auth="\ud800"),
    ]
    assert sent(push, *bad) == [Answer("refused", "bad-keys")] * len(bad)
    elsewhere = replace(device, endpoint=f"https://elsewhere.example.test:{service.port}/x")
    assert sent(push, elsewhere) == [Answer("refused", "host-not-allowed")]
    private = replace(device, endpoint="https://fcm.googleapis.com/x")
    assert sent(push, private) == [Answer("refused", "private-address")]


def test_the_largest_body_goes_through_and_one_byte_more_is_not_sent(service: PushService) -> None:
    device = service.subscribe()
    body = b"x" * (LARGEST - OVERHEAD)
    assert sent(pusher(service), device.subscription, message=replace(MESSAGE, body=body))[0].outcome == "sent"
    too_much = replace(MESSAGE, body=body + b"x")
    assert sent(pusher(service), device.subscription, message=too_much) == [Answer("too_large", "body")]
    assert [len(one.body) for one in service.received if one.path == device.path] == [LARGEST]


def test_a_mistake_of_ours_ends_one_push_and_says_nothing_private(
    service: PushService, caplog: pytest.LogCaptureFixture
) -> None:
    device = service.subscribe()
    with caplog.at_level(logging.DEBUG):
        answer = sent(pusher(service), device.subscription, message=replace(MESSAGE, topic="\r\nX: y"))[0]
        sent(pusher(service), device.subscription)
        service.answers(device.path, 503)
        sent(pusher(service), device.subscription)
    assert answer.outcome == "retry"
    assert answer.why.isalnum()
    said = caplog.text + repr(device.subscription) + repr(MESSAGE) + repr(answer)
    private = (device.path, device.subscription.p256dh, device.subscription.auth, "navigate", "vapid t=")
    assert not [word for word in private if word in said]


def test_a_thousand_get_out_while_a_hundred_hang(service: PushService) -> None:
    """Counted, not timed: when the last of the thousand has arrived, not one of the hundred has its answer."""
    good = [service.subscribe("a.example.test") for _ in range(1000)]
    tarpits = [service.subscribe("b.example.test") for _ in range(100)]
    for tarpit in tarpits:
        service.hangs(tarpit.path)
    slow, hosts = (
        Deadlines(total=300),
        Hosts.parse(f"a.example.test:{service.port}, b.example.test:{service.port}"),
    )
    push = WebPush(KEY, CONTACT, hosts, ca=service.ca, resolve=here, deadlines=slow)

    async def work() -> None:
        hanging = [asyncio.create_task(push.send(device.subscription, MESSAGE, now=NOW)) for device in tarpits]
        while sum(service.count(device.path) for device in tarpits) < 32:
            await asyncio.sleep(0.005)
        answers = await asyncio.gather(*(push.send(device.subscription, MESSAGE, now=NOW) for device in good))
        assert answers == [Answer("sent", "201")] * 1000
        assert not any(task.done() for task in hanging)
        for task in hanging:
            task.cancel()
        await asyncio.gather(*hanging, return_exceptions=True)

    do(push, work)
    assert {service.count(device.path) for device in good} == {1}


LISTED = (
    "fcm.googleapis.com",
    "updates.push.services.mozilla.com",
    "web.push.apple.com",
    "db5.notify.windows.com",
)
INNER = (
    "127.0.0.1",
    "127.1",
    "[::1]",
    "localhost",
    "169.254.169.254",
    "10.0.0.1",
    "0",
    "evil.example",
    "2130706433",
)
GLUE = ("", "@", "\\@", "#@", "?@", ".", "%2e", ":443@", "/", "\\", "\t", "。", ":x@", "%00")


def test_two_thousand_made_up_endpoints_knock_at_no_door() -> None:
    """All names lead to this machine, and the door listens on the port that most of the endpoints name."""
    asked: set[str] = set()

    async def tell(host: str, port: int) -> Sequence[str]:
        asked.add(host)
        return ["127.0.0.1"]

    with ExitStack() as stack:
        door = stack.enter_context(sink())
        service = stack.enter_context(push_service(lambda: NOW))
        device = service.subscribe().subscription
        runner = stack.enter_context(asyncio.Runner())
        push = WebPush(KEY, CONTACT, Hosts(), resolve=tell, deadlines=Deadlines(0.2, 0.2))
        host = st.one_of(
            st.sampled_from(LISTED),
            st.sampled_from(INNER),
            st.builds(
                "{}{}{}".format, st.sampled_from(LISTED + INNER), st.sampled_from(GLUE), st.sampled_from(INNER)
            ),
            st.text(max_size=30),
        )
        port = st.sampled_from([f":{door.port}", f":{door.port}", f":{service.port}", "", ":443"])
        scheme = st.sampled_from(
            ["https://", "https://", "https://", "http://", "https:/", "HTTPS://", "wss://", ""]
        )
        endpoints = st.builds("{}{}{}/{}".format, scheme, host, port, st.text(max_size=10))
        outcomes: dict[str, int] = {}

        @settings(max_examples=2000, deadline=None, database=None)
        @given(endpoints)
        def knock(endpoint: str) -> None:
            answer = runner.run(push.send(replace(device, endpoint=endpoint), MESSAGE, now=NOW))
            assert answer in {Answer("refused", "host-not-allowed"), Answer("refused", "private-address")}
            outcomes[answer.why] = outcomes.get(answer.why, 0) + 1

        knock()
        runner.run(push.close())
        assert sum(outcomes.values()) >= 1900
        assert len(outcomes) == 2
        assert asked <= set(LISTED)
        assert door.connections == service.connections == 0


def test_the_console_shows_the_host_and_what_a_lock_screen_would(capsys: pytest.CaptureFixture[str]) -> None:
    subscription = Subscription("https://fcm.googleapis.com/fcm/send/secret", "key", "auth")
    title = {"notification": {"title": "Time\x1b[2J", "tag": "t"}}
    bodies = [MESSAGE.body, json.dumps(title).encode(), b"nonsense", b"[]", b'{"notification": 1}', b"\xff"]

    async def work() -> None:
        push = ConsolePush()
        for body in bodies:
            assert (await push.send(subscription, replace(MESSAGE, body=body), now=NOW)).outcome == "sent"
        await push.send(replace(subscription, endpoint="https://["), MESSAGE, now=NOW)
        await push.close()

    asyncio.run(work())
    said = capsys.readouterr().err
    lines = said.splitlines()
    assert len(lines) == len(bodies) + 1
    assert lines[0] == 'push to "fcm.googleapis.com": "Time", tag "t"'
    assert "\x1b" not in said
    assert "secret" not in said
