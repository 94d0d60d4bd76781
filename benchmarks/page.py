"""`./fortnight bench page`: what the first screen costs a phone, and how soon a tap is kept with the network off.

Chromium against the real server with the built frontend, signed in, a fortnight running. Lighthouse (mobile: slow
4G, four times slower CPU) comes from npm into `.fortnight/lighthouse` the first time; without it its rows say so.
"""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from benchmarks.check_in.bench import seed, served
from benchmarks.report import progress, show

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = ROOT / ".fortnight" / "lighthouse"
LIGHTHOUSE_VERSION = "lighthouse@12"
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
TAPS = 20
# From the press of the thumb to the words in the bar; both on the page's own clock.
WATCH = """
() => {
  const bar = document.querySelector('[role="status"]');
  window.__kept = null; window.__pressed = null;
  addEventListener('pointerdown', (e) => { window.__pressed = e.timeStamp; window.__kept = null; }, true);
  new MutationObserver(() => {
    if (window.__pressed !== null && window.__kept === null && /saved|kept here/i.test(bar.textContent))
      window.__kept = performance.now();
  }).observe(bar, { childList: true, subtree: true, characterData: true });
}
"""


def chromium() -> str:
    """The browser, as the tests find it."""
    named = os.environ.get("FORTNIGHT_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        raise SystemExit("No Chromium here. Install one, or name it in FORTNIGHT_CHROMIUM.")
    return found


def main(as_json: bool = False) -> None:
    """Measure and print."""
    if not (ROOT / "frontend" / "dist" / "index.html").exists():
        raise SystemExit("The frontend is not built. ./fortnight bench page builds it.")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        writer = seed(data, "", 1, days_back=8)[0]
        with served("pages", data, "") as port:
            url = f"http://localhost:{port}"
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
                context = browser.new_context(viewport={"width": 360, "height": 740})
                context.add_cookies([{"name": "fortnight", "value": writer.token, "url": url}])
                progress("first visit")
                page = context.new_page()
                first = _visit(page, url)
                page.evaluate("navigator.serviceWorker.ready")
                page.wait_for_timeout(2000)
                progress("repeat visit")
                repeat = _visit(page, url)
                progress("taps with the network off")
                taps = _taps(context, page)
                browser.close()
            progress("lighthouse (about a minute)")
            lighthouse = _lighthouse(url, writer.token, Path(folder))
    code_and_style = first["Script"] + first["Stylesheet"]
    rows = [
        {"path": "first visit: script and style", "kb": code_and_style / 1000},
        {"path": "first visit: everything", "kb": sum(first.values()) / 1000},
        {"path": "repeat visit: everything but the API", "kb": sum(repeat.values()) / 1000},
        {"path": "tap to saved, offline: median", "ms": median(taps)},
        {"path": "tap to saved, offline: slowest", "ms": max(taps)},
    ]
    ratios = {
        "first_screen_gz_kb": round(code_and_style / 1000, 1),
        "repeat_visit_network_bytes": sum(repeat.values()),
        "tap_to_saved_offline_ms": round(median(taps), 1),
        **lighthouse,
    }
    show("page", rows, ratios, as_json=as_json)


def _visit(page: Page, url: str) -> dict[str, int]:
    """Bytes on the wire by kind of resource, up to the check-in being there; what the API answers is left out."""
    kinds: dict[str, tuple[str, str, bool]] = {}
    sizes: dict[str, int] = dict.fromkeys(("Document", "Script", "Stylesheet", "Font", "Other"), 0)
    session = page.context.new_cdp_session(page)

    def answered(event: dict[str, Any]) -> None:
        answer = event["response"]
        own = bool(answer.get("fromServiceWorker") or answer.get("fromDiskCache"))
        kinds[event["requestId"]] = (event["type"], answer["url"], own)

    def finished(event: dict[str, Any]) -> None:
        kind, address, own = kinds.get(event["requestId"], ("Other", "", True))
        if not own and "/api/" not in address:
            sizes[kind if kind in sizes else "Other"] += int(event["encodedDataLength"])

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    page.goto(url)
    page.get_by_role("radio").first.wait_for(state="attached")
    page.wait_for_timeout(500)
    session.detach()
    return sizes


def _taps(context: BrowserContext, page: Page) -> list[float]:
    """Milliseconds from the press to the words that say it is kept on this phone, network off."""
    context.set_offline(True)
    page.evaluate(WATCH)
    times = []
    for number in range(TAPS):
        page.locator(f'input[name="mood"][value="{number % 11}"]').locator("..").click()
        for _ in range(100):  # the content policy forbids the page functions that playwright would wait with
            page.wait_for_timeout(50)
            took = page.evaluate("window.__kept === null ? null : window.__kept - window.__pressed")
            if took is not None:
                times.append(float(took))
                break
    context.set_offline(False)
    if len(times) < TAPS:
        raise SystemExit(f"Only {len(times)} of {TAPS} taps were seen to be kept.")
    return times


def _lighthouse(url: str, token: str, folder: Path) -> dict[str, Any]:
    """Performance score (0 to 100) and time to interactive (ms); empty values where npm cannot bring it."""
    missing: dict[str, Any] = {"lighthouse_score": None, "interactive_ms": None, "blocking_ms": None}
    if not (LIGHTHOUSE / "node_modules").is_dir():
        LIGHTHOUSE.mkdir(parents=True, exist_ok=True)
        npm = ["npm", "install", "--no-save", "--silent", "--prefix", str(LIGHTHOUSE), LIGHTHOUSE_VERSION]
        if subprocess.run(npm, check=False).returncode != 0:
            progress("lighthouse could not be fetched")
            return missing
    written = folder / "lighthouse.json"
    command = [
        str(LIGHTHOUSE / "node_modules" / ".bin" / "lighthouse"),
        url,
        "--quiet",
        "--only-categories=performance",
        "--output=json",
        f"--output-path={written}",
        f"--chrome-flags={' '.join(FLAGS)}",
        f"--extra-headers={json.dumps({'Cookie': f'fortnight={token}'})}",
    ]
    done = subprocess.run(command, env={**os.environ, "CHROME_PATH": chromium()}, capture_output=True, check=False)
    if done.returncode != 0:
        progress("lighthouse did not finish: " + done.stderr.decode(errors="replace")[-300:])
        return missing
    found = json.loads(written.read_text())
    return {
        "lighthouse_score": round(100 * found["categories"]["performance"]["score"]),
        "interactive_ms": round(found["audits"]["interactive"]["numericValue"]),
        "blocking_ms": round(found["audits"]["total-blocking-time"]["numericValue"]),
    }
