"""Browsers with which somebody has signed in before: guesses made elsewhere do not keep them waiting.

A mark is a random number, the second it ends and a keyed hash that binds both to one sign-in name. Only the
browser keeps it: no row says who signed in where, and no address is remembered. It lets nobody in; it only moves
who has it to a count of their own (OWASP, "Slow Down Online Guessing Attacks with Device Cookies").
"""

import hmac
import re
import secrets
from datetime import datetime, timedelta

from app.core.vault import Vault
from app.domain import names

LASTS = timedelta(days=90)
RENEWED_AFTER = timedelta(days=30)
# A clinic's tablet is known to several people; the longest unused of them falls out.
MOST = 4
LONGEST = 1000
SHAPE = re.compile(r"[0-9]{10}\.[A-Za-z0-9_-]{22}\.[0-9a-f]{64}")


def find(vault: Vault, cookie: str, sign_in: str, *, now: datetime) -> str | None:
    """The random number of the mark that this browser has for this name (as typed), or None."""
    found = _find(vault, cookie, sign_in, now)
    return found.split(".")[1] if found else None


def is_due(vault: Vault, cookie: str, sign_in: str, *, now: datetime) -> bool:
    """True where somebody who is signed in here has no mark, or an old one."""
    return _find(vault, cookie, sign_in, now + LASTS - RENEWED_AFTER) is None


def marked(vault: Vault, cookie: str, sign_in: str, *, now: datetime) -> str:
    """What the browser is to keep from now on: a fresh mark for this name, and those for others as they are."""
    number, ends = secrets.token_urlsafe(16), int((now + LASTS).timestamp())
    fresh = f"{ends}.{number}.{_proof(vault, ends, number, sign_in)}"
    others = [mark for mark in _marks(cookie) if not _is_for(vault, mark, sign_in)]
    return "~".join([fresh, *others][:MOST])


def _find(vault: Vault, cookie: str, sign_in: str, now: datetime) -> str | None:
    living = (mark for mark in _marks(cookie) if int(mark.split(".")[0]) > now.timestamp())
    return next((mark for mark in living if _is_for(vault, mark, sign_in)), None)


def _marks(cookie: str) -> list[str]:
    """Whatever in the cookie has the shape of a mark."""
    parts = cookie[:LONGEST].split("~")[:MOST]
    return [part for part in parts if SHAPE.fullmatch(part)]


def _is_for(vault: Vault, mark: str, sign_in: str) -> bool:
    ends, number, proof = mark.split(".")
    return hmac.compare_digest(proof, _proof(vault, int(ends), number, sign_in))


def _proof(vault: Vault, ends: int, number: str, sign_in: str) -> str:
    return vault.blind_index("known_device", f"{ends}|{number}|{names.lookup(sign_in)}")
