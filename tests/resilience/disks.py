"""A disk that is full."""

from pathlib import Path

import pytest


def fill(folder: Path) -> Path:
    """A file that takes all the room there is."""
    with (folder / "fill").open("wb", buffering=0) as file, pytest.raises(OSError, match="No space"):
        while True:
            file.write(b"\0" * 4096)
    return folder / "fill"
