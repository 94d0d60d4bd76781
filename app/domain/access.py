"""Who is asking. Who may see what grows here, as data, with each later sharing."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID

from app.domain.errors import NotSignedIn, Refused

Role = Literal["client", "therapist", "supporter"]
"""A supporter is somebody close to a client: reads what is shared with them, and writes nothing."""

FRESH_FOR = timedelta(minutes=5)


@dataclass(frozen=True)
class Person:
    """A signed-in account, as found by its session. The data key is still wrapped here."""

    id: UUID
    role: Role
    session_id: UUID
    seen_at: datetime
    kek_id: str
    wrapped_key: bytes
    confirmed_at: datetime | None = None
    """When they last said their password here."""

    def check_fresh(self, now: datetime) -> None:
        """Raises `Refused` (confirm-first) where that is longer ago than `FRESH_FOR`: what leaves Fortnight leaves
        by the hand of whoever it belongs to, not of whoever holds the phone."""
        if self.confirmed_at is None or now - self.confirmed_at > FRESH_FOR:
            raise Refused("confirm-first")


def role_of(stored: str) -> Role:
    """The role of an account as it is stored. Raises `ValueError` for a word that is none."""
    roles: tuple[Role, ...] = get_args(Role)
    return roles[roles.index(stored)]


def check_believed(believed: str | None, account_id: str) -> None:
    """Raises `NotSignedIn` where the sender takes the session for another's. `account_id`: 32 hex digits.

    Two tabs of one browser have one cookie; the one that has not heard who signed in last must mix nothing.
    """
    if believed is not None and believed.replace("-", "") != account_id:
        raise NotSignedIn("other-account")
