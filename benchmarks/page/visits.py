"""A phone of Chromium's that visits: what each visit brings over the network, and how soon a tap is kept."""

import gzip
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page

TAPS = 20
# From the press of the thumb to the words in the bar; both on the page's own clock. The words change with every
# tap, because before each one they say that the entry before still waits for a signal.
WATCH = """
() => {
  const bar = document.querySelector('footer [role="status"]');
  window.__kept = null; window.__pressed = null;
  addEventListener('pointerdown', (e) => { window.__pressed = e.timeStamp; window.__kept = null; }, true);
  new MutationObserver(() => {
    if (window.__pressed !== null && window.__kept === null && bar.textContent.includes('Saved on this phone'))
      window.__kept = performance.now();
  }).observe(bar, { childList: true, subtree: true, characterData: true });
}
"""
WAITS = """document.querySelector('footer [role="status"]').textContent.includes("will go out")"""


@dataclass
class Weight:
    """What came over the network to the page: not from its service worker, its cache or the API."""

    dist: Path
    files: list[tuple[str, str, int]] = field(default_factory=list)
    """Kind of resource, path, bytes on the wire with their headers."""

    @cached_property
    def gz_kb(self) -> float:
        """Script and style, each file gzipped: the measure that does not change with how the server compresses."""
        paths = [path for kind, path, _ in self.files if kind in {"Script", "Stylesheet"}]
        return sum(len(gzip.compress((self.dist / path.lstrip("/")).read_bytes(), 9)) for path in paths) / 1000

    def sent_bytes(self, *kinds: str) -> int:
        return sum(size for kind, _, size in self.files if not kinds or kind in kinds)

    def sent_kb(self, *kinds: str) -> float:
        return self.sent_bytes(*kinds) / 1000


def visit(page: Page, url: str, until: str, dist: Path) -> Weight:
    """Open the address, wait until what matches `until` is there, and then as long as a person would look."""
    kinds: dict[str, tuple[str, str, bool]] = {}
    weight = Weight(dist)
    session = page.context.new_cdp_session(page)

    def answered(event: dict[str, Any]) -> None:
        answer = event["response"]
        own = bool(answer.get("fromServiceWorker") or answer.get("fromDiskCache"))
        kinds[event["requestId"]] = (event["type"], urlsplit(answer["url"]).path, own)

    def finished(event: dict[str, Any]) -> None:
        kind, path, own = kinds.get(event["requestId"], ("Other", "", True))
        if not own and not path.startswith("/api/"):
            weight.files.append((kind, path, int(event["encodedDataLength"])))

    session.on("Network.responseReceived", answered)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    page.goto(url)
    page.locator(until).first.wait_for(state="attached")
    page.wait_for_timeout(500)
    session.detach()
    return weight


def taps(context: BrowserContext, page: Page) -> list[float]:
    """Milliseconds from the press to the words that say it is kept on this phone, network off."""
    context.set_offline(True)
    page.evaluate(WATCH)
    times = []
    for number in range(TAPS):
        page.locator(f'input[name="mood"][value="{number % 11}"]').locator("..").click()
        took = _soon(page, "window.__kept === null ? null : window.__kept - window.__pressed")
        if took is not None:
            times.append(float(took))
        # What waits is tried at once, and there is no signal.
        page.evaluate("dispatchEvent(new Event('online'))")
        _soon(page, f"{WAITS} || null")
    context.set_offline(False)
    if len(times) < TAPS:
        raise SystemExit(f"Only {len(times)} of {TAPS} taps were seen to be kept.")
    return times


def _soon(page: Page, expression: str) -> Any:
    """The value, once it is not null; None after five seconds. (The page's policy forbids playwright's wait.)"""
    for _ in range(100):
        value = page.evaluate(expression)
        if value is not None:
            return value
        page.wait_for_timeout(50)
    return None
