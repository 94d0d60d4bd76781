"""Lighthouse, from npm when it is first needed, pinned in `tools/`: no part of the product, nor of any test."""

import hashlib
import json
import os
import shutil
import subprocess
from dataclasses import astuple, dataclass
from pathlib import Path
from statistics import median

import httpx

from benchmarks.check_in.bench import ROOT
from benchmarks.chromium import FLAGS
from benchmarks.report import progress

PINNED = Path(__file__).parent / "tools"
WHERE = ROOT / ".fortnight" / "lighthouse"


@dataclass(frozen=True)
class Measured:
    """One look at one page. `score` is 0 to 100; times in milliseconds; `shift` is what moved while it loaded."""

    score: float
    interactive_ms: float
    blocking_ms: float
    largest_paint_ms: float
    shift: float
    machine: float
    """Lighthouse's own measure of how fast this machine was meanwhile: with it low, times say little."""


def ready() -> bool:
    """Whether the pinned Lighthouse stands in `.fortnight/lighthouse`, bringing it if npm can."""
    lock = hashlib.sha256((PINNED / "package-lock.json").read_bytes()).hexdigest()
    stamp = WHERE / "stamp"
    if stamp.is_file() and stamp.read_text() == lock:
        return True
    npm = shutil.which("npm")
    if npm is None:
        progress("lighthouse needs npm, and there is none here")
        return False
    progress("fetching lighthouse")
    shutil.rmtree(WHERE, ignore_errors=True)
    shutil.copytree(PINNED, WHERE)
    done = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=WHERE,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        progress("lighthouse could not be fetched: " + done.stderr[-300:])
        return False
    stamp.write_text(lock)
    return True


def cookies(kept: httpx.Cookies) -> str:
    """All the cookies that a phone has after signing in, as a header.

    All of them: one that an answer sets on the way would take the place of the whole header, the session with it.
    """
    return "; ".join(f"{name}={value}" for name, value in kept.items())


def look(address: str, cookie: str, browser: str, folder: Path) -> Measured | None:
    """One cold look, with these cookies where there are any; None when it did not come to its end.

    A look of somebody signed in at a page that was refused anything is no measurement, and stops the bench.
    """
    written = folder / "lighthouse.json"
    command = [
        str(WHERE / "node_modules" / ".bin" / "lighthouse"),
        address,
        "--quiet",
        "--no-enable-error-reporting",
        "--only-categories=performance",
        "--output=json",
        f"--output-path={written}",
        f"--chrome-flags={' '.join(FLAGS)}",
    ]
    if cookie:
        command.append(f"--extra-headers={json.dumps({'Cookie': cookie})}")
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": browser}, capture_output=True, check=False)
    if done.returncode != 0:
        progress("lighthouse did not finish: " + done.stderr.decode(errors="replace")[-300:])
        return None
    found = json.loads(written.read_text())
    asked = found["audits"]["network-requests"].get("details", {}).get("items", [])
    refused = [one["url"] for one in asked if cookie and one.get("statusCode", 0) >= 400]
    if refused:
        raise SystemExit(f"The page was refused {refused[0]}: what it showed is not what was to be measured.")
    value = {name: audit.get("numericValue") for name, audit in found["audits"].items()}
    return Measured(
        round(100 * (found["categories"]["performance"]["score"] or 0)),
        value["interactive"],
        value["total-blocking-time"],
        value["largest-contentful-paint"],
        value["cumulative-layout-shift"],
        found["environment"]["benchmarkIndex"],
    )


def middle(looks: list[Measured]) -> Measured:
    """The median of each figure."""
    return Measured(*(median(values) for values in zip(*map(astuple, looks), strict=True)))
