"""Who is asking. Who may see what grows here, as data, with each later sharing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from app.domain.errors import NotSignedIn

Role = Literal["client", "therapist"]


@dataclass(frozen=True)
class Person:
    """A signed-in account, as found by its session. The data key is still wrapped here."""

    id: UUID
    role: Role
    session_id: UUID
    seen_at: datetime
    kek_id: str
    wrapped_key: bytes


def check_believed(believed: str | None, account_id: str) -> None:
    """Raises `NotSignedIn` where the sender takes the session for another's. `account_id`: 32 hex digits.

    Two tabs of one browser have one cookie; the one that has not heard who signed in last must mix nothing.
    """
    if believed is not None and believed.replace("-", "") != account_id:
        raise NotSignedIn("other-account")
