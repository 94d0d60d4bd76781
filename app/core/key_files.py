"""Files that hold one key each: written whole or not at all, and readable to nobody else on the machine."""

import os
import secrets
from contextlib import suppress
from pathlib import Path


def make_folder(folder: Path) -> None:
    """The folder of the keys, 0700."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)


def write_once(path: Path, text: str) -> None:
    """A new key, whole or not at all: of several that start at once the first one's key is everybody's."""
    draft = path.with_name(f".{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)  # a key that a power cut takes back would take everything sealed with it
    os.close(folder)


def read(path: Path) -> str:
    """The text of a key file. Raises `PermissionError` where others may read it, `ValueError` if it is no text."""
    if path.stat().st_mode & 0o077:
        raise PermissionError(f"{path.name} can be read by others on this machine; run chmod 600 on it")
    return path.read_text(encoding="ascii")
