"""Where a push may go: the push services we know, and the operator's own. Everything else is refused.

An endpoint (RFC 8030 §4) comes from whoever is signed in, and the server later sends a request there: without
these rules anybody could have it knock at doors of the network that it stands in. Nothing here touches the
network: `check` looks at what was said, `is_public` at what a name resolved to.
"""

import re
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

from app.domain.errors import Invalid

BUILT_IN = frozenset(
    {"fcm.googleapis.com", "updates.push.services.mozilla.com", "*.push.apple.com", "*.notify.windows.com"}
)
LONGEST = 1024
HTTPS = 443

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# A last label that begins with a digit is an IP address to a browser's parser: 127.1, 0x7f.1, 2130706433.
_HOST = re.compile(rf"(?:{_LABEL}\.)*(?![0-9]){_LABEL}", re.ASCII)
_PORT = r"[1-9][0-9]{0,4}"
_PLAIN, _ESCAPED = r"[A-Za-z0-9._~!$&'()*+,;=:@/-]", "%[0-9A-Fa-f]{2}"
# Runs of plain characters between the escaped ones: character by character it would take ten times as long.
_PATH = rf"{_PLAIN}*(?:{_ESCAPED}{_PLAIN}*)*"
_QUERY = _PATH.replace("@/", "@/?")
_SHAPE = re.compile(
    rf"https://(?P<host>[A-Za-z0-9.-]{{1,253}})(?::(?P<port>{_PORT}))?(?P<rest>/{_PATH}(?:\?{_QUERY})?)",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One that may be asked. `origin` is the `aud` of RFC 8292; `may_be_private`: it may stand in our network."""

    url: str
    host: str
    port: int
    origin: str
    may_be_private: bool


@dataclass(frozen=True, slots=True)
class Hosts:
    """What an operator allows beside `BUILT_IN`."""

    exact: frozenset[tuple[str, int]] = frozenset()
    wildcards: frozenset[str] = frozenset()

    @classmethod
    def parse(cls, said: str) -> "Hosts":
        """`push.example.org, *.example.net, push.lan:8443`. Raises `ValueError` with a sentence."""
        exact, wildcards = set(), set()
        for part in (part.strip().lower() for part in said.split(",") if part.strip()):
            name, colon, port = part.removeprefix("*.").partition(":")
            wrong = not _HOST.fullmatch(name) or len(name) > 253
            if wrong or (colon and (not re.fullmatch(_PORT, port, re.ASCII) or int(port) > 65535)):
                raise ValueError(
                    "must be names of push services, such as push.example.org, *.example.net, push.lan:8443"
                )
            if not part.startswith("*."):
                exact.add((name, int(port or HTTPS)))
            elif colon or "." not in name:
                raise ValueError("a name that begins with *. needs two more parts and takes no port")
            else:
                wildcards.add(name)
        return cls(frozenset(exact), frozenset(wildcards))


def check(endpoint: str, hosts: Hosts) -> Endpoint:
    """The endpoint, its host in lower case. Raises `Invalid` where it is no push service's address."""
    shape = _SHAPE.fullmatch(endpoint) if len(endpoint) <= LONGEST else None
    if shape is None:
        raise Invalid(code="push-endpoint-refused")
    host, port = shape["host"].lower(), int(shape["port"] or HTTPS)
    known = _is_one_of(host, BUILT_IN)
    own = (host, port) in hosts.exact
    wild = not known and _is_one_of(host, (f"*.{name}" for name in hosts.wildcards))
    if not _HOST.fullmatch(host) or not (own or (port == HTTPS and (known or wild))):
        raise Invalid(code="push-endpoint-refused")
    origin = f"https://{host}" if port == HTTPS else f"https://{host}:{port}"
    return Endpoint(origin + shape["rest"], host, port, origin, may_be_private=own and not known)


def service(host: str) -> str:
    """The push service that a host belongs to, as it is counted: a name below it is anybody's to make up."""
    for name in BUILT_IN:
        if name.startswith("*.") and host.endswith(name[1:]):
            return name
    return host if host in BUILT_IN else "other"


def _is_one_of(host: str, names: Iterable[str]) -> bool:
    """A wildcard stands for one label or more, never for none, and never for one that may look like others."""
    return any(
        (host.endswith(name[1:]) and "xn--" not in host) if name.startswith("*.") else host == name
        for name in names
    )


# IANA's special-purpose registries (RFC 6890 and after), and one address that a cloud keeps for itself.
_DENIED_4 = tuple(
    map(
        IPv4Network,
        (
            "0.0.0.0/8",  # this network
            "10.0.0.0/8",
            "100.64.0.0/10",  # carrier-grade NAT
            "127.0.0.0/8",
            "168.63.129.16/32",  # Azure's host, which answers for metadata
            "169.254.0.0/16",  # link-local; metadata of most clouds
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",  # documentation
            "192.31.196.0/24",
            "192.52.193.0/24",
            "192.88.99.0/24",  # 6to4 relays
            "192.168.0.0/16",
            "192.175.48.0/24",
            "198.18.0.0/15",  # benchmarking
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",  # multicast
            "240.0.0.0/4",  # reserved, and broadcast
        ),
    )
)
_GLOBAL_6 = IPv6Network("2000::/3")  # all else is loopback, ULA, link-local, site-local, multicast or nobody's
_DENIED_6 = tuple(
    map(
        IPv6Network,
        (
            "2001::/23",  # protocols: Teredo, ORCHID, benchmarking
            "2001:db8::/32",  # documentation
            "2002::/16",  # 6to4
            "2620:4f:8000::/48",
            "3fff::/20",  # documentation
        ),
    )
)
_NAT64 = IPv6Network("64:ff9b::/96")  # RFC 6052: how a network without IPv4 reaches it


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """True where the address belongs to the public internet, and so does an IPv4 address inside it."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if address in _NAT64:
            return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
        return address in _GLOBAL_6 and not any(address in network for network in _DENIED_6)
    return not any(address in network for network in _DENIED_4)


# The curve P-256: y² = x³ - 3x + b, all modulo p (FIPS 186-5, SP 800-186 §3.2.1.3).
_P = 2**256 - 2**224 + 2**192 + 2**96 - 1
_B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B


def check_keys(p256dh: str, auth: str) -> None:
    """The two keys of a subscription (RFC 8291 §3.1), base64url: a point of P-256, 65 bytes, and 16 bytes.

    Raises `Invalid`. A point beside the curve would fail only in the night, when the reminder is due.
    """
    if not re.fullmatch(r"[A-Za-z0-9_-]{87}=?", p256dh, re.ASCII):
        raise Invalid(code="push-keys-refused")
    if not re.fullmatch(r"[A-Za-z0-9_-]{22}(?:==)?", auth, re.ASCII):
        raise Invalid(code="push-keys-refused")
    point = urlsafe_b64decode(p256dh[:87] + "=")
    x, y = int.from_bytes(point[1:33]), int.from_bytes(point[33:])
    if point[0] != 4 or max(x, y) >= _P or (y * y - (x * x * x - 3 * x + _B)) % _P:
        raise Invalid(code="push-keys-refused")
