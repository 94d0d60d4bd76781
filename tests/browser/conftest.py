"""A real Chromium against the real server: its own process, its own data folder, the built frontend.

`page` is a phone (360 x 740), signed out. `ana` is a client with an account made through the API, signed in on
that phone; `ana.experiment(...)` starts a fortnight for her. `server` is shared by a file; `own_server` can be
stopped, started again and given another build. Every request of a page to another origin fails the test.

The browser: `FORTNIGHT_CHROMIUM`, else the system's Chromium, else npm's `@sparticuz/chromium`, unpacked where
`FORTNIGHT_CHROMIUM` points. Without one the tests are skipped with the reason, and with CI=true they fail.
"""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from app.core import clock
from app.domain import schedule
from benchmarks import chromium as installed
from benchmarks.chromium import FLAGS, PHONE
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright

ROOT = Path(__file__).parents[2]
FRONTEND = ROOT / "frontend"
PASSWORD = "a lamp and a paper diary"
# Where a machine has none: a tone, through the browser's own way of asking.
MICROPHONE = "--use-fake-device-for-media-stream"
LAPTOP = {"width": 1366, "height": 768}


def _missing(reason: str) -> None:
    """Skip with the reason; with CI=true that is a failure."""
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks these tests, and puts them last: Playwright's open event loop leaves no room for another."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.browser)
    items.sort(key=lambda item: item.path.is_relative_to(here))


def build(into: Path, source: Path = FRONTEND, **environment: str) -> Path:
    """A build of the frontend, or of a changed copy of it, in a folder of its own (half a minute)."""
    npm = shutil.which("npm")
    if npm is None:
        _missing("no npm to build the frontend with")
    if not (FRONTEND / "node_modules").is_dir():
        _missing("frontend/node_modules is missing: run `npm ci` in frontend/")
    done = subprocess.run(
        [str(npm), "run", "build"],
        cwd=source,
        env={**os.environ, **environment, "FORTNIGHT_DIST": str(into)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return into


@pytest.fixture(scope="session")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The frontend as `./fortnight test` has just built it, else built from the working tree once per session."""
    built = os.environ.get("FORTNIGHT_TEST_DIST")
    return Path(built) if built else build(tmp_path_factory.mktemp("frontend") / "dist")


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


START = """
import sys
from pathlib import Path
from app.cli import serving
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.accounts import AccountCreate
from app.services import accounts, invitations
port = int(sys.argv[1])
listening = serving.listen("127.0.0.1", port)
house = serving.prepare({"public_url": f"http://localhost:{port}", "signup": "open"})
with unit_of_work(house.engine, by=HOUSE) as session:
    token = invitations.ensure_setup_link(session, now=clock.now())
if token:  # an open house is open once there is somebody in it
    first = AccountCreate(token=token, role="therapist", name="first", password="a lamp and a paper diary")
    accounts.create(house, first, accounts.Visitor("127.0.0.1", ""), now=clock.now())
sys.exit(serving.serve(house, listening, lambda: None, dist=Path(sys.argv[2])))
"""


@dataclass
class Server:
    """The server as its own process. It can be stopped, and started again on the same port with the same data."""

    data: Path
    dist: Path
    port: int = field(default_factory=free_port)
    process: "subprocess.Popen[bytes] | None" = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def start(self) -> None:
        self.data.mkdir(parents=True, exist_ok=True)
        log = (self.data.parent / f"server-{self.port}.log").open("ab")
        with log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", START, str(self.port), str(self.dist)],
                cwd=ROOT,
                env={**os.environ, "FORTNIGHT_DATA": str(self.data), **self.environment},
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + 90  # a busy machine imports slowly
        while time.monotonic() < until:
            assert self.process.poll() is None, Path(log.name).read_text()
            try:
                if httpx.get(f"{self.url}/health/ready", timeout=2).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        raise AssertionError("the server did not become ready: " + Path(log.name).read_text())

    def stop(self) -> None:
        if self.process is None:
            return
        self.process.terminate()
        self.process.wait(timeout=20)
        self.process = None


@pytest.fixture(scope="module")
def server(dist: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for the tests of a file (new accounts are counted by the hour). Every test makes its own."""
    served = Server(tmp_path_factory.mktemp("served") / "data", dist, environment={"FORTNIGHT_PUSH": "console"})
    served.start()
    yield served
    served.stop()


@pytest.fixture
def own_server(dist: Path, tmp_path: Path) -> Iterator[Server]:
    """A server of one's own, not yet started."""
    served = Server(tmp_path / "data", dist)
    yield served
    served.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where the browser is."""
    found = installed.chromium()
    if not found:
        _missing(installed.MISSING)
    return str(found)


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chromium: str) -> Iterator[Browser]:
    launched = playwright.chromium.launch(executable_path=chromium, args=[*FLAGS, MICROPHONE])
    yield launched
    launched.close()


NewPhone = Callable[..., BrowserContext]


@pytest.fixture
def phone(browser: Browser) -> Iterator[NewPhone]:
    """Makes phones: contexts of 360 x 740 (`**context` over that). A request to another origin fails the test."""
    made: list[BrowserContext] = []
    foreign: list[str] = []

    def new(base_url: str, **context: Any) -> BrowserContext:
        made.append(browser.new_context(base_url=base_url, **{"viewport": PHONE, **context}))
        made[-1].set_default_timeout(10_000)
        own = (base_url, "data:", "blob:")
        made[-1].on("request", lambda r: None if r.url.startswith(own) else foreign.append(r.url))
        return made[-1]

    yield new
    for context in made:
        context.close()
    assert foreign == []


@pytest.fixture
def context(phone: NewPhone, server: Server) -> BrowserContext:
    return phone(server.url)


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A phone, signed out. An error in the page fails the test."""
    wrong: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if "Content Security" in said.text else None)
    yield opened
    assert wrong == []


@pytest.fixture
def desk(phone: NewPhone, server: Server) -> Page:
    """A therapist's laptop, signed in."""
    from tests.browser.places import invitation, join

    opened = phone(server.url, viewport=LAPTOP).new_page()
    join(opened, "theo", at=invitation(server, "therapist"))
    opened.get_by_role("heading", name="Your clients").wait_for()
    return opened


@dataclass
class Person:
    """Someone with an account, and the API in their name, as another device of theirs would use it."""

    id: str
    sign_in: str
    password: str
    recovery_codes: list[str]
    url: str
    http: httpx.Client

    def experiment(self, *, started_days_ago: int = 0, **plan: Any) -> dict[str, Any]:
        """A started fortnight; day 1 was `started_days_ago` days ago by the local day in UTC."""
        start = today() - timedelta(days=started_days_ago)
        answer = self.http.post("/api/experiments", json={**PLAN, "start_on": start.isoformat(), **plan})
        assert answer.status_code == 201, answer.text
        answer = self.http.post(f"/api/experiments/{answer.json()['id']}/start")
        assert answer.status_code == 200, answer.text
        begun: dict[str, Any] = answer.json()
        return begun

    def put(self, experiment: dict[str, Any], day: str, *, base: int = 0, **answers: Any) -> httpx.Response:
        """One day, as another device of this person would send it."""
        body = {"base_revision": base, "written_at": clock.now().isoformat(), "zone": "UTC", **answers}
        return self.http.put(f"/api/experiments/{experiment['id']}/check-ins/{day}", json=body)

    def days(self, experiment: dict[str, Any]) -> dict[str, dict[str, Any]]:
        """What the server has: day → row."""
        answer = self.http.get(f"/api/experiments/{experiment['id']}/check-ins", params={"since": 0})
        assert answer.status_code == 200, answer.text
        return {row["day"]: row for row in answer.json()["check_ins"]}


PLAN: dict[str, Any] = {
    "question": "Am I foggier on the days I take it?",
    "way_in": "some_days",
    "medicine": "sertraline",
    "medicine_label": "the white one",
    "pattern": "daily",
    "fits": ["none"],
    "usual_time": "morning",
    "primary": "mood",
    "own_measures": [{"key": "own1", "name": "Fog", "low": "none", "middle": "medium", "high": "most I know"}],
    "side_effects": ["dry mouth", "headache"],
    "length_days": 14,
    "zone": "UTC",
}


def today() -> date:
    """The local day now, in UTC, where the tests' phones are."""
    return schedule.local_day(clock.now(), "UTC", "04:00")


def device(url: str) -> httpx.Client:
    """The API as a device of somebody uses it. Each request takes a connection of its own: however a test ends, it
    leaves none open, and none is taken up again that the server is just giving up."""
    none_kept = httpx.Limits(max_keepalive_connections=0)
    return httpx.Client(base_url=url, headers={"Sec-Fetch-Site": "same-origin"}, timeout=30, limits=none_kept)


def sign_up(url: str, name: str = "ana", role: str = "client", token: str | None = None) -> Person:
    """An account through the API, signed in on a device of its own."""
    http = device(url)
    body = {"token": token, "role": role, "name": name, "password": PASSWORD}
    answer = http.post("/api/accounts", json=body)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    account = made["account"]
    return Person(account["id"], account["sign_in"], PASSWORD, made["recovery_codes"], url, http)


def sign_in(context: BrowserContext, person: Person) -> None:
    """Signs a phone in, without the screen for it."""
    answer = context.request.post(
        "/api/session",
        data={"sign_in": person.sign_in, "password": person.password},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.ok, answer.text()


@pytest.fixture
def ana(context: BrowserContext, server: Server) -> Person:
    """A client, signed in on the phone that `page` shows."""
    person = sign_up(server.url)
    sign_in(context, person)
    return person


def on_this_phone(page: Page, *, database: bool = True) -> str:
    """Everything that a script finds kept here: every row of every database, and both storages. As JSON.

    `database=False` where this phone may hold none: a therapist's does only once it has time for it.
    """
    found = page.evaluate(
        """async () => {
          const asked = (request) => new Promise((done, failed) => {
            request.onsuccess = () => done(request.result);
            request.onerror = () => failed(request.error);
          });
          const databases = {};
          for (const { name } of await indexedDB.databases()) {
            const db = await asked(indexedDB.open(name));
            for (const store of db.objectStoreNames) {
              const rows = db.transaction(store).objectStore(store);
              const [keys, values] = await Promise.all([asked(rows.getAllKeys()), asked(rows.getAll())]);
              databases[`${name}.${store}`] = { keys, values };
            }
            db.close();
          }
          return JSON.stringify({ databases, local: { ...localStorage }, session: { ...sessionStorage } });
        }"""
    )
    assert not database or '"fortnight.outbox"' in found, "the phone's own database was not looked into"
    return str(found)


def too_wide(page: Page) -> list[str]:
    """What stands out of the window sideways, at the text size that is set."""
    found = page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
        [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
          .map((e) => e.outerHTML.slice(0, 120))"""
    )
    return [str(one) for one in found]


def large_text(page: Page) -> None:
    """Text at 200 % with the spacing of WCAG 1.4.12."""
    page.evaluate(
        """() => {
          const own = new CSSStyleSheet();
          own.replaceSync(`:root { font-size: 200% } * { letter-spacing: 0.12em !important;
            word-spacing: 0.16em !important; line-height: 1.5 !important } p { margin-bottom: 2em !important }`);
          document.adoptedStyleSheets = [own];
        }"""
    )


@pytest.fixture
def an_hour_ago(server: Server) -> Callable[[], None]:
    """Every sign-in on the server was an hour ago."""

    def back() -> None:
        with sqlite3.connect(server.data / "fortnight.sqlite3", timeout=10) as database:
            database.execute(
                "UPDATE login_session SET created_at = '2026-01-01T00:00:00.000000Z', confirmed_at = NULL"
            )

    return back
