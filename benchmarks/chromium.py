"""The Chromium that benchmarks and browser tests drive: where it is, how it is started, which phone it plays."""

import os
import shutil

from playwright.sync_api import ViewportSize

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MISSING = "No Chromium here. Install one, or name it in FORTNIGHT_CHROMIUM."
PHONE: ViewportSize = {"width": 360, "height": 740}


def chromium() -> str | None:
    """The one in FORTNIGHT_CHROMIUM, else the system's."""
    return os.environ.get("FORTNIGHT_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
