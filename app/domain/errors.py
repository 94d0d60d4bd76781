"""What can go wrong, by name. The API turns each into problem+json (RFC 9457); nothing else knows status codes.

Problem
├── NotFound          not there, or not yours: the same answer for both
├── NotSignedIn       no session, or one that has ended
├── Refused           understood and not possible now; `code` says why (409)
├── Conflict          written from another revision than the stored one; carries both (409)
├── Invalid           a field says something that cannot be; `field` and `code` (422)
├── SlowDown          tried too often; `retry_after` seconds (429)
└── Busy              the store cannot take it this moment; `retry_after` seconds (503)

Each `code` has a sentence `error-<code>` in the catalogue.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Problem(Exception):
    """Parent of all. `code` is stable and part of the API."""

    code: str = "problem"


@dataclass
class NotFound(Problem):
    code: str = "not-found"


@dataclass
class NotSignedIn(Problem):
    code: str = "not-signed-in"


@dataclass
class Refused(Problem):
    code: str = "not-allowed-now"


@dataclass
class Conflict(Problem):
    """`details` are added to the answer: what the writer started from, what is stored, what was sent."""

    code: str = "conflict"
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass
class Invalid(Problem):
    """`errors`: `{"field", "code"}` per field, or `{"row", "column", …}` per cell. Never the value itself."""

    code: str = "invalid-input"
    errors: tuple[Mapping[str, str | int], ...] = ()


@dataclass
class SlowDown(Problem):
    code: str = "slow-down"
    retry_after: int = 60


@dataclass
class Busy(Problem):
    code: str = "busy"
    retry_after: int = 2
