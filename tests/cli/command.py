"""The command line as a person starts it: a process of its own, and no setting but those that are given."""

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]


def environment(**settings: str) -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("FORTNIGHT_")}
    return {**clean, "PYTHONPATH": str(ROOT), **settings}


def finished(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command, once it has ended."""
    command = [sys.executable, "-P", "-m", "app.cli", *arguments]
    around = environment(**settings)
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=around, check=False, timeout=120)


@dataclass
class Started:
    """A command that goes on. `said` waits for the next line on standard output."""

    process: "subprocess.Popen[str]"
    errors: list[str] = field(default_factory=list)

    def said(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, "it ended: " + "".join(self.errors)
        return line.rstrip("\n")


@contextmanager
def started(*arguments: str, **settings: str) -> Iterator[Started]:
    """The command while the block runs; it is asked to stop, and has to do so by itself."""
    command = [sys.executable, "-P", "-m", "app.cli", *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment(**settings), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    running = Started(process)
    assert process.stderr is not None
    reader = threading.Thread(target=running.errors.extend, args=(process.stderr,))
    reader.start()
    try:
        yield running
        process.terminate()
        assert process.wait(60) in {0, -15}, running.errors
    finally:
        process.kill()
        process.wait(20)
        reader.join(20)
        assert process.stdout is not None
        process.stdout.close()
        process.stderr.close()
