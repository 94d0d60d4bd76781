"""Who is asking. Who may see what grows here, as data, with each later sharing."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

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
