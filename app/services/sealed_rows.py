"""A row that may not open any more: it hides itself and nothing else, and the operator hears of it."""

from typing import Any
from uuid import UUID

from app.core.logging import hashed_id, log
from app.core.vault import DataKey, SealBroken

UNREADABLE = b""
"""Of a row that comes back from a file and did not open when it was taken along: it opens nowhere, and is kept as
that, for its silence is no answer."""


def opened(key: DataKey, sealed: bytes | None, place: str, *, table: str, of: UUID) -> dict[str, Any] | None:
    """What is sealed, without its version number; None where it does not open. `of`: the id that the log names,
    hashed."""
    try:
        said: dict[str, Any] = key.open(sealed or b"", place)
    except SealBroken:
        log.error("unreadable", table=table, row=hashed_id(of.hex))
        return None
    said.pop("v")
    return said
