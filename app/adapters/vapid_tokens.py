"""The `Authorization` header of a push (RFC 8292 §3), signed once per push service and half a day.

Signing costs as much as encrypting. Each token is made from claims of its own: py_vapid and pywebpush write into
what they are given, and a reused dict would carry one service's `aud` to the next.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from app.core.vapid import VapidKey

if TYPE_CHECKING:
    from py_vapid import Vapid02  # type: ignore[import-untyped]

VALID = timedelta(hours=12)
"""A service refuses more than 24 hours; half of that leaves room for a clock that is wrong."""
RENEWED = timedelta(hours=1)
KEPT = 64
"""Origins. There are four that matter; a wildcard must not let somebody fill the memory with others."""


class VapidTokens:
    """Tokens by origin."""

    def __init__(self, key: VapidKey, contact: str) -> None:
        self._key = key
        self._contact = contact
        self._signer: Vapid02 | None = None
        self._kept: dict[str, tuple[datetime, str]] = {}

    def authorization(self, origin: str, now: datetime) -> str:
        """`vapid t=…,k=…` for one push service."""
        until, header = self._kept.get(origin, (now, ""))
        # Also when the clock was set back: what was valid for half a day may by now be valid for too long.
        if not RENEWED < until - now <= VALID:
            until = now + VALID
            header = self._signed(origin, until)
            while len(self._kept) >= KEPT:
                del self._kept[next(iter(self._kept))]
            self._kept[origin] = (until, header)
        return header

    def _signed(self, origin: str, until: datetime) -> str:
        if self._signer is None:
            from py_vapid import Vapid02  # noqa: PLC0415 - with push only

            # Its own check of `sub` refuses a port; `app.core.vapid.contact` has looked at it before.
            self._signer = Vapid02(self._key.private, conf={"no-strict": True})
        claims = {"aud": origin, "exp": int(until.timestamp()), "sub": self._contact}
        return str(self._signer.sign(claims)["Authorization"])
