"""Room kept aside for a disk that is full: SQLite needs some even to write that somebody signed in."""

import os
from pathlib import Path

NAME = "ballast"
SIZE = 512 * 1024


def keep(folder: Path) -> None:
    """Put the file there, where there is room for it; half of one is of no use and is taken away."""
    path = folder / NAME
    if path.exists() and path.stat().st_size == SIZE:
        return
    try:
        with path.open("wb") as file:
            file.write(b"\0" * SIZE)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        path.unlink(missing_ok=True)


def give_up(folder: Path) -> bool:
    """Take it away. False where it was gone before: then there is nothing to be gained by trying again."""
    try:
        (folder / NAME).unlink()
    except FileNotFoundError:
        return False
    return True
