"""Devices are told apart coarsely, and nothing of the sender's own words is kept."""

import pytest
from app.domain.devices import Device, device

PIXEL = "Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36"
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile Safari/604.1"
)


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        (PIXEL, Device("Chrome", "Android")),
        (IPHONE, Device("Safari", "iPhone")),
        ("Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0", Device("Firefox", "Android")),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/156.0 Safari/537.36 Edg/156.0", Device("Edge", "Windows")),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0", Device("Firefox", "Linux")),
        ("curl/8", Device()),
        ("", Device()),
        ("<script>alert(1)</script>", Device()),
    ],
)
def test_a_device(user_agent: str, expected: Device) -> None:
    assert device(user_agent) == expected
