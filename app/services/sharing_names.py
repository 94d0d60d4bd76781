"""What the two of a sharing are called. Each has it sealed under a key of their own, without need of the other."""

from typing import Any

from app.core.catalogue import text
from app.core.vault import DataKey
from app.models.sharings import Sharing
from app.services import sealed_rows


def reader_place(sharing: Sharing) -> str:
    """What a reader's copy is bound to."""
    return f"sharing-reader|{sharing.id.hex}"


def about(sharing: Sharing, key: DataKey) -> dict[str, Any]:
    """What the reader has of this client, opened with the reader's key: the name, and when they meet."""
    said: dict[str, Any] = key.open(sharing.reader_sealed, reader_place(sharing))
    return said


def about_or_unnamed(sharing: Sharing, key: DataKey) -> dict[str, Any]:
    """The same for a list, where one that does not open is there without its name."""
    return _opened(sharing, key, sharing.reader_sealed, reader_place(sharing)) or {
        "called": text("sharing-unreadable-name")
    }


def called(sharing: Sharing, key: DataKey) -> str:
    """What the client is called there."""
    said: str = about(sharing, key)["called"]
    return said


def name(sharing: Sharing, key: DataKey) -> str:
    """What the reader is called here, opened with the client's key."""
    said: str = names(sharing, key)["name"]
    return said


def names(sharing: Sharing, key: DataKey) -> dict[str, Any]:
    """Where they do not open, whoever reads is still on the client's list, to be ended."""
    return _opened(sharing, key, sharing.sealed, own_place(sharing)) or {
        "name": text("sharing-unreadable-name"),
        "called": "",
    }


def _opened(sharing: Sharing, key: DataKey, sealed: bytes, place: str) -> dict[str, Any] | None:
    return sealed_rows.opened(key, sealed, place, table="sharing", of=sharing.id)


def own_place(sharing: Sharing) -> str:
    return f"sharing|{sharing.id.hex}"
