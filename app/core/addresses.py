"""From which address a request came: the connection's, and a proxy's word only where that proxy is trusted."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Networks = tuple[IPv4Network | IPv6Network, ...]


@lru_cache(maxsize=8)
def networks(setting: str) -> Networks:
    """`FORTNIGHT_TRUSTED_PROXIES`: addresses or networks, separated by commas. Raises `ValueError`."""
    return tuple(ip_network(part.strip(), strict=False) for part in setting.split(",") if part.strip())


def sender(peer: str, forwarded_for: str, trusted: Networks) -> str:
    """The nearest address that is not a trusted proxy's; IPv6 by its /64, of which one household has one.

    `forwarded_for`: X-Forwarded-For as it came. It is read from the right, and only as far as trusted proxies
    wrote it: whatever a sender put there themselves stands further left.
    """
    current = peer
    claimed = [part.strip() for part in forwarded_for.split(",") if part.strip()]
    while claimed and _is_trusted(current, trusted):
        claim = _without_port(claimed[-1])
        if not _is_address(claim):
            break
        current = claim
        claimed.pop()
    return _grouped(current)


def _without_port(text: str) -> str:
    """Some proxies add the port: `192.0.2.1:5678`, `[2001:db8::1]:5678`."""
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_trusted(text: str, trusted: Networks) -> bool:
    return _is_address(text) and any(_plain(text) in network for network in trusted)


def _plain(text: str) -> IPv4Address | IPv6Address:
    address = ip_address(text)
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        return address.ipv4_mapped
    return address


def _grouped(text: str) -> str:
    if not _is_address(text):
        return text
    address = _plain(text)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return str(address)
