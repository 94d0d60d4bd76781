"""Settings: what an address says about how browsers reach us."""

from pathlib import Path

import pytest
from app.api.middleware.same_origin import _origins
from app.core import config


def settings(tmp_path: Path, **said: object) -> config.Settings:
    return config.load({}, data=tmp_path, **said)


def test_an_http_address_elsewhere_needs_a_proxy(tmp_path: Path) -> None:
    with pytest.raises(config.WrongSettings, match="not https"):
        settings(tmp_path, public_url="http://fortnight.example.org")


def test_behind_a_proxy_that_speaks_https_the_cookie_is_as_safe_as_with_an_https_address(tmp_path: Path) -> None:
    """`--behind-proxy` with an http address: browsers still come over https, so nothing may be sent without it."""
    behind = settings(tmp_path, public_url="http://fortnight.example.org", behind_proxy=True)
    assert behind.secure
    assert _origins(behind) >= {"https://fortnight.example.org"}
    assert "http://fortnight.example.org" not in _origins(behind)


def test_this_machine_has_no_https(tmp_path: Path) -> None:
    assert not settings(tmp_path, public_url="http://localhost:8000").secure
    assert not settings(tmp_path, public_url="http://localhost:8000", behind_proxy=True).secure
    assert settings(tmp_path, public_url="https://fortnight.example.org").secure
