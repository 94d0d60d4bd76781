"""Push endpoints: only push services, in one exact shape, and no address of our own network behind a name."""

from ipaddress import ip_address

import pytest
from app.domain.errors import Invalid
from app.domain.push_endpoints import LONGEST, Endpoint, Hosts, check, check_keys, is_public
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from tests.push_rules import unpadded

OURS = Hosts.parse("push.lan:8443, ntfy.example.org, *.push.example.net")

GOOD = [
    "https://fcm.googleapis.com/fcm/send/dXz:APA91bH_x-y",
    "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABk",
    "https://web.push.apple.com/QGuQyavXutnMH",
    "https://wns2-par02p.notify.windows.com/w/?token=BQYAAAB%2bx%3d%3d",
    "https://ntfy.example.org/up?a=1",
    "https://a.b.push.example.net/x",
    "https://push.lan:8443/x",
]

EVIL = [
    "",
    "https://",
    "https:///x",
    "https://fcm.googleapis.com",
    "http://fcm.googleapis.com/x",
    "HTTPS://fcm.googleapis.com/x",
    "//fcm.googleapis.com/x",
    "file:///etc/passwd",
    "gopher://fcm.googleapis.com/x",
    "javascript:alert(1)",
    "https://169.254.169.254/latest/meta-data/",
    "https://127.0.0.1/x",
    "https://127.1/x",
    "https://2130706433/x",
    "https://0x7f.0.0.1/x",
    "https://0177.0.0.1/x",
    "https://[::1]/x",
    "https://[::ffff:127.0.0.1]/x",
    "https://localhost/x",
    "https://localhost:8000/x",
    "https://metadata.google.internal/x",
    "https://evil.example/x",
    "https://fcm.googleapis.com.evil.example/x",
    "https://evilfcm.googleapis.com/x",
    "https://x.fcm.googleapis.com/x",
    "https://push.apple.com/x",
    "https://evilpush.apple.com/x",
    "https://web.push.apple.com.evil.example/x",
    "https://.push.apple.com/x",
    "https://-.push.apple.com/x",
    "https://xn--80ak6aa92e.push.apple.com/x",
    "https://fcm.googleapis.com:22/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com:0443/x",
    "https://fcm.googleapis.com:/x",
    "https://fcm.googleapis.com:99999/x",
    "https://fcm.googleapis.com./x",
    "https://fcm.googleapis.com@evil.example/x",
    "https://user:word@fcm.googleapis.com/x",
    "https://evil.example\\@fcm.googleapis.com/x",
    "https://fcm.googleapis.com\\.evil.example/x",
    "https://fcm.googleapis.com/x\\y",
    "https://fcm.googleapis.com/x#y",
    "https://evil.example#@fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://fcm.googleapis.com/x\x00",
    "https://fcm.googleapis.com/\x7f",
    " https://fcm.googleapis.com/x",
    "https://fcm.googleapis.com/x\n",
    "https://fcm.googleapis.com/é",
    "https://fcm。googleapis.com/x",
    "https://ｆcm.googleapis.com/x",
    "https://fcm.googleapis.com/%zz",
    "https://fcm.googleapis.com?x",
    "https://fcm.googleapis.com/" + "x" * LONGEST,
    "https://push.lan/x",
    "https://push.lan:8444/x",
    "https://push.example.net/x",
    "https://a.push.example.net:8443/x",
]


@pytest.mark.parametrize("endpoint", GOOD)
def test_a_push_services_endpoint_passes_as_it_is(endpoint: str) -> None:
    assert check(endpoint, OURS).url == endpoint


@pytest.mark.parametrize("endpoint", EVIL)
def test_everything_else_is_refused(endpoint: str) -> None:
    with pytest.raises(Invalid) as refused:
        check(endpoint, OURS)
    assert refused.value.code == "push-endpoint-refused"
    assert not endpoint or endpoint not in str(refused.value)


def test_a_host_in_capitals_and_the_usual_port_are_the_same_host() -> None:
    found = check("https://FCM.GoogleApis.com:443/Xy", Hosts())
    host = "fcm.googleapis.com"
    assert found == Endpoint(f"https://{host}/Xy", host, 443, f"https://{host}", may_be_private=False)


def test_the_longest_endpoint_is_1024_characters() -> None:
    start = "https://fcm.googleapis.com/"
    assert check(start + "x" * (LONGEST - len(start)), Hosts())
    with pytest.raises(Invalid):
        check(start + "x" * (LONGEST - len(start) + 1), Hosts())


def test_only_the_operators_own_host_may_be_private() -> None:
    own = Hosts.parse("push.lan:8443, ntfy.example.org, *.push.example.net, fcm.googleapis.com, *.push.apple.com")
    private = {url for url in GOOD if check(url, own).may_be_private}
    assert private == {"https://ntfy.example.org/up?a=1", "https://push.lan:8443/x"}
    assert check("https://push.lan:8443/x", own).origin == "https://push.lan:8443"


@given(st.text(max_size=80).map(lambda text: f"https://{text}/x"))
def test_whatever_passes_has_a_host_of_the_list(endpoint: str) -> None:
    try:
        host = check(endpoint, Hosts()).host
    except Invalid:
        return
    assert host.endswith((".push.apple.com", ".notify.windows.com", "fcm.googleapis.com", ".mozilla.com"))


@pytest.mark.parametrize(
    "said",
    [
        "https://push.example.org",
        "push.example.org/x",
        "10.0.0.1",
        "10.0.0.1:8443",
        "[::1]:8443",
        "push.example.org:0",
        "push.example.org:70000",
        "push.example.org:",
        "*",
        "*.org",
        "*.push.example.org:8443",
        "a.*.example.org",
        "push..example.org",
        "-push.example.org",
        "push.example.org.",
        "münchen.example.org",
        "push example.org",
        "a" * 64 + ".org",
    ],
)
def test_nonsense_of_an_operator_is_said(said: str) -> None:
    with pytest.raises(ValueError, match=r"push service|begins with") as wrong:
        Hosts.parse(said)
    assert said not in str(wrong.value) or said == "*"


def test_hosts_of_an_operator() -> None:
    assert Hosts.parse("") == Hosts() == Hosts.parse(" , ")
    assert Hosts.parse(" Push.LAN:8443,*.Example.org ") == Hosts(
        frozenset({("push.lan", 8443)}), frozenset({"example.org"})
    )


NOT_PUBLIC = [
    "0.0.0.0",  # noqa: S104 - nothing is bound here
    "0.1.2.3",
    "10.0.0.1",
    "10.255.255.255",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.255",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::7f00:1",
    "::8.8.8.8",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::7f00:1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:2::1",
    "2001:10::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "3fff::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%1",
    "febf::1",
    "fec0::1",
    "ff02::1",
    "5f00::1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "192.167.255.255",
    "198.17.255.255",
    "198.20.0.1",
    "223.255.255.255",
    "2a00:1450:4001:800::200a",
    "2606:4700::1111",
    "2001:4860:4860::8888",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
]


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_addresses_that_are_not_the_internets(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_of_the_internet(address: str) -> None:
    assert is_public(ip_address(address))


@given(st.ip_addresses())
def test_nothing_is_public_that_python_does_not_call_global(address: object) -> None:
    found = ip_address(str(address))
    assert found.is_global or not is_public(found) or str(found).startswith("64:ff9b::")


POINT = ec.generate_private_key(ec.SECP256R1()).public_key().public_bytes(
    Encoding.X962, PublicFormat.UncompressedPoint
)  # fmt: skip
AUTH = bytes(range(16))


@pytest.mark.parametrize("padding", [("", ""), ("=", "==")])
def test_a_browsers_keys_pass(padding: tuple[str, str]) -> None:
    check_keys(unpadded(POINT) + padding[0], unpadded(AUTH) + padding[1])


def other_curve() -> bytes:
    public = ec.generate_private_key(ec.SECP256K1()).public_key()
    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@pytest.mark.parametrize(
    ("point", "auth"),
    [
        (b"", AUTH),
        (POINT, b""),
        (POINT[:-1], AUTH),
        (POINT + b"\0", AUTH),
        (POINT, AUTH[:-1]),
        (POINT, AUTH + b"\0"),
        (b"\x02" + POINT[1:], AUTH),
        (b"\x04" + bytes(64), AUTH),
        (b"\x04" + b"\xff" * 64, AUTH),
        (POINT[:-1] + bytes([POINT[-1] ^ 1]), AUTH),
        (other_curve(), AUTH),
    ],
    ids=range(11),  # not the bytes: they are drawn anew in each process
)
def test_other_keys_are_refused(point: bytes, auth: bytes) -> None:
    with pytest.raises(Invalid) as refused:
        check_keys(unpadded(point), unpadded(auth))
    assert refused.value.code == "push-keys-refused"


@pytest.mark.parametrize("text", ["+" * 87, " " * 87, "é" * 87, "A" * 86 + "\n", "A" * 88])
def test_only_base64url_is_a_key(text: str) -> None:
    with pytest.raises(Invalid):
        check_keys(text, unpadded(AUTH))
