"""What a push is and what became of it: the words that the worker and every way of sending share."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

Outcome = Literal["sent", "gone", "retry", "refused", "too_large"]
"""`gone`: forget the subscription. `retry`: later, until it is stale. `refused`: keep it and tell the operator.
`too_large`: a mistake of ours."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """As a browser gave it: the address to send to, and two keys in base64url (RFC 8291 §3.1)."""

    endpoint: str
    p256dh: str
    auth: str

    def __repr__(self) -> str:
        return "Subscription(…)"  # the endpoint is a person's, and whoever has it may write to them


@dataclass(frozen=True, slots=True)
class Message:
    """`body`: plain bytes, padded. `topic` replaces an older one that still waits. `ttl`: seconds it may wait."""

    body: bytes
    topic: str
    ttl: int

    def __repr__(self) -> str:
        return "Message(…)"


@dataclass(frozen=True, slots=True)
class Answer:
    """`why`: a short word for counts and logs, such as 201 or timeout. `retry_after`: seconds, if it was said."""

    outcome: Outcome
    why: str
    retry_after: float | None = None


class Push(Protocol):
    """A way to send."""

    async def send(self, subscription: Subscription, message: Message, *, now: datetime) -> Answer:
        """Send once. Never raises, whatever the subscription or the push service."""
        ...

    async def close(self) -> None:
        """Let go of the connections."""
        ...
