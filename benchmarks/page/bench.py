"""`./fortnight bench page`: what the first screens cost a phone, and how soon a tap is kept with the network off.

Chromium against the real server with the built frontend. The check-in is that of a fortnight that is running, the
result that of the demo whose days differ. Lighthouse (mobile: slow 4G, four times slower CPU) looks at each page
three times; the medians count.
"""

import json
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

import httpx
from app.core import clock, config
from app.services.demo import SignIn, fill
from app.services.house import open_house
from playwright.sync_api import sync_playwright

from benchmarks.check_in.bench import ROOT, seed, served
from benchmarks.chromium import FLAGS, MISSING, PHONE, chromium
from benchmarks.page import lighthouse, visits
from benchmarks.report import progress, show

DIST = ROOT / "frontend" / "dist"
ROUNDS = 3


def main(as_json: bool = False) -> None:
    """Measure and print."""
    if not (DIST / "index.html").exists():
        raise SystemExit("The frontend is not built. ./fortnight bench page builds it.")
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        client = seed(data, "", 1, days_back=8)[0].token
        robin = _demo(data)
        with served("pages", data, "") as port:
            url = f"http://localhost:{port}"
            weights, taps = _in_the_browser(url, client)
            measured = _lighthouse(url, client, robin, Path(folder))
    show("page", _rows(weights, taps, measured), _ratios(weights, taps, measured), as_json=as_json)


def _demo(data: Path) -> SignIn:
    """The people of `./fortnight demo` beside; the client whose days stand out."""
    house = open_house(config.load({}, data=data, database_url=""))
    people = fill(house, now=clock.now())
    house.close()
    return next(person for person in people if person.sign_in.startswith("robin"))


def _chromium() -> str:
    found = chromium()
    if not found:
        raise SystemExit(MISSING)
    return found


def _in_the_browser(url: str, token: str) -> tuple[dict[str, visits.Weight], list[float]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        weights = {}
        stranger = browser.new_context(viewport=PHONE)
        progress("sign-in, first visit")
        weights["sign-in"] = visits.visit(stranger.new_page(), url, 'input[type="password"]', DIST)
        stranger.close()
        context = browser.new_context(viewport=PHONE)
        context.add_cookies([{"name": "fortnight", "value": token, "url": url}])
        # The phone of somebody who signed in knows her; of the app itself it has nothing yet.
        known = json.dumps(json.dumps(context.request.get(f"{url}/api/session").json()["account"]))
        context.add_init_script(f"localStorage.setItem('fortnight-account', {known})")
        page = context.new_page()
        progress("check-in, first visit")
        weights["check-in"] = visits.visit(page, url, 'input[type="radio"]', DIST)
        page.evaluate("navigator.serviceWorker.ready")
        page.wait_for_timeout(2000)
        progress("check-in, second visit")
        weights["again"] = visits.visit(page, url, 'input[type="radio"]', DIST)
        progress("taps with the network off")
        taps = visits.taps(context, page)
        browser.close()
    return weights, taps


def _lighthouse(url: str, client: str, robin: SignIn, folder: Path) -> dict[str, lighthouse.Measured]:
    """Each page in turn, `ROUNDS` times: what else the machine does falls on all of them. Empty without npm."""
    if not lighthouse.ready():
        return {}
    with _phone(url, {"fortnight": client}) as http:
        http.get("/api/session").raise_for_status()
        checking_in = lighthouse.cookies(http.cookies)
    with _phone(url, {}) as http:
        http.post("/api/session", json={"sign_in": robin.sign_in, "password": robin.password}).raise_for_status()
        result = http.get("/api/experiments").json()[0]["id"]
        looking = lighthouse.cookies(http.cookies)
    pages = {"check-in": ("/", checking_in), "result": (f"/result/{result}", looking), "sign-in": ("/sign-in", "")}
    rounds: dict[str, list[lighthouse.Measured]] = {name: [] for name in pages}
    for number in range(ROUNDS):
        for name, (path, cookies) in pages.items():
            progress(f"lighthouse: {name}, {number + 1} of {ROUNDS}")
            found = lighthouse.look(url + path, cookies, _chromium(), folder)
            if found:
                rounds[name].append(found)
    return {name: lighthouse.middle(found) for name, found in rounds.items() if found}


def _phone(url: str, cookies: dict[str, str]) -> httpx.Client:
    return httpx.Client(base_url=url, headers={"Origin": url}, cookies=cookies)


def _rows(
    weights: dict[str, visits.Weight], taps: list[float], measured: dict[str, lighthouse.Measured]
) -> list[dict[str, Any]]:
    first, sign_in = weights["check-in"], weights["sign-in"]
    return [
        {"path": "check-in, first visit: script and style, gzip", "kb": first.gz_kb},
        {"path": "sign-in, first visit: script and style, gzip", "kb": sign_in.gz_kb},
        {"path": "check-in, first visit: the same as sent (brotli)", "kb": first.sent_kb("Script", "Stylesheet")},
        {"path": "sign-in, first visit: the same as sent (brotli)", "kb": sign_in.sent_kb("Script", "Stylesheet")},
        {"path": "check-in, first visit: everything, as sent", "kb": first.sent_kb()},
        {"path": "check-in, second visit: everything but the API", "kb": weights["again"].sent_kb()},
        {"path": "tap to saved, offline: median", "ms": median(taps)},
        {"path": "tap to saved, offline: slowest", "ms": max(taps)},
        *(
            {
                "path": f"lighthouse: {name}",
                "ms": found.interactive_ms,
                "score": found.score,
                "blocking_ms": found.blocking_ms,
                "largest_paint_ms": found.largest_paint_ms,
                "shift": found.shift,
                "machine": found.machine,
            }
            for name, found in measured.items()
        ),
    ]


def _ratios(
    weights: dict[str, visits.Weight], taps: list[float], measured: dict[str, lighthouse.Measured]
) -> dict[str, Any]:
    """The check-in's figures carry no name of a page: it is the first screen (PERFORMANCE.md)."""
    ratios: dict[str, Any] = {
        "first_screen_gz_kb": round(weights["check-in"].gz_kb, 1),
        "sign_in_gz_kb": round(weights["sign-in"].gz_kb, 1),
        "repeat_visit_network_bytes": weights["again"].sent_bytes(),
        "tap_to_saved_offline_ms": round(median(taps), 1),
    }
    for name, prefix in (("check-in", ""), ("result", "result_"), ("sign-in", "sign_in_")):
        found = measured.get(name)
        ratios[f"{prefix}lighthouse_score"] = found and round(found.score)
        ratios[f"{prefix}interactive_ms"] = found and round(found.interactive_ms)
        ratios[f"{prefix}blocking_ms"] = found and round(found.blocking_ms)
    return ratios
