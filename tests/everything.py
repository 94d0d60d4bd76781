"""Everything the build checks, in one go. `./fortnight test` sets up and then becomes this.

First what reads the code, one line each; then the test suite, whose own summary stands just above the last line.
The exit status says whether all of it held.
"""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.chromium import MISSING, chromium

from tests import firefox

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
RED = ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed"
TESTS_FAILED = 1  # pytest's exit status, when nothing worse happened
MOST_LOOKED_AT_AGAIN = 4
CHECKS: list[tuple[str, list[str], Path]] = [
    ("ruff check", ["ruff", "check", "--quiet"], ROOT),
    ("ruff format", ["ruff", "format", "--check", "--quiet"], ROOT),
    ("mypy", ["mypy"], ROOT),
    ("import contracts", ["lint-imports"], ROOT),
    ("prettier", ["npm", "run", "format:check"], ROOT / "frontend"),
    ("types of the API", ["npm", "run", "api:check"], ROOT / "frontend"),
    ("svelte-check", ["npm", "run", "check"], ROOT / "frontend"),
    ("vitest", ["npm", "run", "test"], ROOT / "frontend"),
    ("size of the first screens", ["npm", "run", "size"], ROOT / "frontend"),
]
AT_ONCE = 2
NIGHTLY = ["-m", "nightly", "--timeout", "0"]  # they take as long as they take
# A file's tests share what it sets up (people, a server, a screen), and spread out both workers would make all of
# it. In the order in which they were found: the browser comes last.
BY_FILE = ["--dist", "loadscope", "--no-loadscope-reorder"]


def main(arguments: list[str]) -> int:
    """Run all, or with arguments pytest alone. `--nightly` adds the long runs of the same code."""
    nightly = "--nightly" in arguments
    chosen = [argument for argument in arguments if argument != "--nightly"]
    if not chromium():
        say(f"The browser tests cannot run. {MISSING}")
    if not firefox.installed():
        say(f"Real pushes cannot be shown. {firefox.MISSING}")
    if chosen:
        return subprocess.call([*PYTEST, *(NIGHTLY if nightly else []), *chosen], cwd=ROOT)
    with ThreadPoolExecutor(AT_ONCE) as readers:
        held = readers.map(lambda check: holds(*check), CHECKS)
        failed = [name for (name, _, _), ok in zip(CHECKS, held, strict=True) if not ok]
    suites = {"tests": ["-n", "2", *BY_FILE]}
    if nightly:
        suites["nightly tests"] = NIGHTLY
    for name, options in suites.items():
        status = subprocess.call([*PYTEST, "--cache-clear", *options], cwd=ROOT)
        if status != 0 and not (status == TESTS_FAILED and hold_alone()):
            failed.append(name)
    say("These did not hold: " + ", ".join(failed) + "." if failed else "Everything held.")
    return 1 if failed else 0


def hold_alone() -> bool:
    """Look once more at a few browser tests that were red beside others, alone: docs/decisions/0028."""
    red = sorted(json.loads(RED.read_text("utf-8"))) if RED.exists() else []
    if not 0 < len(red) <= MOST_LOOKED_AT_AGAIN or not all(name.startswith("tests/browser/") for name in red):
        return False
    say("Once more, alone:")
    if subprocess.call([*PYTEST, *red], cwd=ROOT) != 0:
        return False
    say("RED BESIDE OTHERS, GREEN ALONE. A race of the test or of the app, to be found: " + ", ".join(red))
    return True


def holds(name: str, command: list[str], folder: Path) -> bool:
    """Run one check. What it said is shown only when it found something."""
    start = time.monotonic()
    try:
        done = subprocess.run(
            command, check=False, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
    except OSError as error:
        say(f"{name}: could not be run ({error})")
        return False
    took = time.monotonic() - start
    if done.returncode == 0:
        say(f"{name}: ok ({took:.1f} s)")
        return True
    say(f"{name}: FAILED ({took:.1f} s)\n{(done.stdout + done.stderr).rstrip()}")
    return False


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
