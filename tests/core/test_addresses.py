"""The sender's address: whatever they claim, only a trusted proxy is believed."""

import pytest
from app.core.addresses import networks, sender

TRUSTED = networks("10.0.0.0/8, 2001:db8::1")


@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", "", "203.0.113.9"),
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),
        ("203.0.113.9", "127.0.0.1, 10.0.0.1", "203.0.113.9"),
        ("10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1, 198.51.100.1, 10.0.0.2", "198.51.100.1"),
        ("10.0.0.1", "10.0.0.7", "10.0.0.7"),
        ("10.0.0.1", "198.51.100.1:5678", "198.51.100.1"),
        ("10.0.0.1", "1.1.1.1:1, 198.51.100.1:5678, 10.0.0.2:443", "198.51.100.1"),
        ("10.0.0.1", "[2001:db8:5:6:7::8]:443", "2001:db8:5:6::/64"),
        ("10.0.0.1", "[2001:db8:5:6:7::8]", "2001:db8:5:6::/64"),
        ("10.0.0.1", "nonsense:80", "10.0.0.1"),
        ("10.0.0.1", "nonsense", "10.0.0.1"),
        ("10.0.0.1", "198.51.100.1, nonsense", "10.0.0.1"),
        ("10.0.0.1", "", "10.0.0.1"),
        ("::ffff:10.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("2001:db8::1", "2001:db8:5:6:7::8", "2001:db8:5:6::/64"),
        ("2001:db8:5:6::99", "", "2001:db8:5:6::/64"),
        ("testclient", "198.51.100.1", "testclient"),
    ],
)
def test_the_address_that_counts(peer: str, forwarded: str, expected: str) -> None:
    assert sender(peer, forwarded, TRUSTED) == expected


def test_twenty_spoofs_change_nothing() -> None:
    spoofs = [f"198.51.100.{number}" for number in range(20)]
    assert {sender("203.0.113.9", spoof, ()) for spoof in spoofs} == {"203.0.113.9"}
    assert {sender("10.0.0.1", f"{spoof}, 203.0.113.9", TRUSTED) for spoof in spoofs} == {"203.0.113.9"}


def test_a_wrong_setting_is_an_error() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        networks("nonsense")
