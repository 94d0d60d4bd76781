"""Files as one ZIP, made while it is sent: no more of it is in memory than what is packed right now, and nothing
of it lies on a disk in clear.

Each entry has the oldest time that a ZIP knows (PKWARE APPNOTE 4.4.6), not when somebody took their file.
"""

import zipfile
from collections.abc import Generator, Iterable
from dataclasses import dataclass

MODE = 0o600 << 16
UNIX = 3


@dataclass(frozen=True)
class Entry:
    """`name`: ours, never a word that a person wrote. `parts` are asked for once, when it is its turn."""

    name: str
    parts: Iterable[bytes]


class _Sent:
    """What a `ZipFile` writes to that is handed on: it can be written to, and never gone back in."""

    def __init__(self) -> None:
        self._made: list[bytes] = []

    def write(self, part: bytes) -> int:
        self._made.append(bytes(part))
        return len(part)

    def flush(self) -> None:
        pass

    def taken(self) -> bytes:
        """What was written since it was last asked."""
        made, self._made = b"".join(self._made), []
        return made


def packed(entries: Iterable[Entry]) -> Generator[bytes, None, None]:
    """The archive, in the order of `entries`."""
    sent = _Sent()
    with zipfile.ZipFile(sent, "w", zipfile.ZIP_DEFLATED) as whole:  # type: ignore[call-overload]
        for entry in entries:
            told = zipfile.ZipInfo(entry.name)
            told.compress_type = zipfile.ZIP_DEFLATED
            told.create_system, told.external_attr = UNIX, MODE
            with whole.open(told, "w") as file:
                for part in entry.parts:
                    file.write(part)
                    if made := sent.taken():
                        yield made
            yield sent.taken()
    yield sent.taken()
