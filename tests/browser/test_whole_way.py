"""The whole way, once: from the link that the real command prints to a comparison, a diary, and out again.

One phone of 360 x 740, one server started as people start it. Nine days pass on both clocks in the middle.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from app.core import clock
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import ROOT, NewPhone, free_port, on_this_phone, today
from tests.browser.places import PASSWORD
from tests.browser.states_set_up import asked, give_file

DAYS = 9
QUESTION = "Am I foggier on the days I take it?"
DOSES = ["Not taken", "Taken", "Taken", "Not taken", "Taken", "Not taken", "Taken", "Not taken"]
MOODS = ["5 in between", "7 fairly good", "6 all right", "4 a bit low", "8 good", "5 in between", "7 fairly good"]
# The server's clock, put forward by as many days as the file says: nothing else about the command is changed.
LATER = """
from datetime import timedelta
from pathlib import Path
from app.core import clock
now = clock.now
clock.now = lambda: now() + timedelta(days=int(Path(__file__).with_name("days").read_text()))
"""


@pytest.fixture
def command(dist: Path, tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """`python -m app.cli run` in a copy of the app with this build: the link it prints, and the file of days."""
    for name in ("app", "migrations"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "frontend").mkdir()
    (tmp_path / "frontend" / "dist").symlink_to(dist)
    (tmp_path / "days").write_text("0")
    (tmp_path / "sitecustomize.py").write_text(LATER)
    run = [sys.executable, "-m", "app.cli", "run", "--port", str(free_port())]
    own = {**os.environ, "PYTHONPATH": str(tmp_path), "FORTNIGHT_DATA": str(tmp_path / "data")}
    with subprocess.Popen(run, cwd=tmp_path, env=own, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            said = ""
            for line in process.stdout:
                said += line
                if link := re.search(r"http://localhost:\d+/join#\S+", line):
                    break
            else:
                raise AssertionError(f"no link: {said}")
            yield link.group(), tmp_path / "days"
        finally:
            process.terminate()


class Thumb:
    """One thumb on one phone, counting what it does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.did: list[str] = []

    def tap(self, what: Locator) -> None:
        if what.get_attribute("type") in {"radio", "checkbox"}:
            self.did.append(f"tap {what.get_attribute('value')}")
            what.check()
        else:
            self.did.append(f"tap {what.inner_text()}")
            what.click()

    def write(self, label: str, words: str) -> None:
        self.did.append(f"write {label}")
        self.page.get_by_label(label, exact=True).fill(words)

    def choose(self, name: str | re.Pattern[str]) -> None:
        exact = isinstance(name, str)
        self.tap(self.page.get_by_role("radio", name=name, exact=exact))

    def press(self, name: str | re.Pattern[str]) -> None:
        self.tap(self.page.get_by_role("button", name=name))

    def follow(self, name: str | re.Pattern[str]) -> None:
        self.tap(self.page.get_by_role("link", name=name).first)


@pytest.fixture
def watched(phone: NewPhone, command: tuple[str, Path]) -> Iterator[BrowserContext]:
    """A phone on which nothing may go wrong unseen: no error, no refused content. (Other origins: `phone`.)"""
    context = phone(command[0].split("/join")[0], accept_downloads=True)
    context.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error('refused', e.blockedURI))"
    )
    wrong: list[str] = []
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    # A request without a network, or signed out, is told to the console by the browser itself.
    context.on(
        "console",
        lambda said: (
            wrong.append(said.text)
            if said.type == "error" and not said.text.startswith("Failed to load resource")
            else None
        ),
    )
    yield context
    assert wrong == []


def bar(page: Page, says: str | re.Pattern[str]) -> None:
    expect(page.locator(".bar")).to_contain_text(says, timeout=20_000)


def joins(thumb: Thumb, page: Page, link: str) -> None:
    page.goto(link)
    thumb.choose(re.compile("^For me"))
    thumb.write("A name to sign in with", "ana")
    thumb.write("A password", PASSWORD)
    thumb.press("Make my account")
    expect(page.get_by_role("heading", name="Your account is ready")).to_be_visible()
    assert page.locator("code").count() == 10
    thumb.press("I have kept them")


def sets_up(thumb: Thumb, page: Page) -> None:
    """A fortnight with a medicine whose days can be compared once the prescriber knows."""
    thumb.choose("I take it on some days")
    thumb.write("What would you like to find out?", QUESTION)
    thumb.tap(page.get_by_role("checkbox", name="none", exact=True))
    thumb.write("Which medicine is it about?", "methylphenidate")
    thumb.write("What do you call it?", "the morning one")
    thumb.choose(re.compile("^My prescriber knows"))
    thumb.write("Told on", (today() - timedelta(days=20)).isoformat())
    thumb.choose("Morning")
    thumb.choose(re.compile("^Mood"))
    thumb.tap(page.locator("summary", has_text="What you expect and hope"))
    thumb.choose("Lower")
    thumb.press(re.compile("^Start on "))


def checks_in_without_a_network(thumb: Thumb, page: Page, phone: BrowserContext) -> str:
    """The first check-in is there after a reload, and goes out when there is a network. The experiment's id."""
    mood = page.get_by_role("group", name=re.compile("^Mood"))
    mood.wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    phone.set_offline(True)
    thumb.choose("6 all right")
    thumb.choose("Taken")
    # A write that takes longer than 300 ms is said to be under way: after that, "saved" is said of this tap.
    page.wait_for_timeout(400)
    bar(page, re.compile("Saved on this phone|Kept here"))
    assert len(thumb.did) <= 19, "From the link to the first answers kept: " + ", ".join(thumb.did)
    page.reload()
    expect(mood.get_by_role("radio", name="6 all right")).to_be_checked()
    expect(page.get_by_role("radio", name="Taken", exact=True)).to_be_checked()
    phone.set_offline(False)
    bar(page, "Saved here and with your account")
    [begun] = phone.request.get("/api/experiments").json()
    assert (begun["gate"]["mode"], begun["status"]) == ("compare", "running")
    [row] = phone.request.get(f"/api/experiments/{begun['id']}/check-ins?since=0").json()["check_ins"]
    assert (row["answers"]["mood"], row["answers"]["dose"]) == (6, "taken")
    return str(begun["id"])


def fills_in_the_days_between(page: Page, phone: BrowserContext, here: str) -> set[str]:
    """From the list of days, nine days later. The days that the server then has."""
    phone.clock.set_system_time(clock.now() + timedelta(days=DAYS))
    page.goto("/")
    expect(page.get_by_role("link", name=re.compile(f"^Day {DAYS + 1} of 14"))).to_be_visible()
    for number, (name, dose) in enumerate(zip(MOODS, DOSES, strict=False), start=1):
        page.goto("/days")
        page.get_by_role("listitem").nth(number).get_by_role("link").click()
        page.get_by_role("radio", name=name).check()
        page.get_by_role("radio", name=dose, exact=True).check()
        bar(page, "Saved here and with your account")
    written = {one["day"] for one in phone.request.get(f"{here}/check-ins?since=0").json()["check_ins"]}
    assert written == {(today() + timedelta(days=n)).isoformat() for n in range(len(MOODS) + 1)}
    return written


def stops_and_looks(thumb: Thumb, page: Page) -> None:
    """Stopped; what the days show, and a closer look at a chart."""
    page.goto("/menu")
    thumb.follow(re.compile("The fortnight now"))
    thumb.press("Stop this fortnight")
    thumb.press("Stop it now")
    thumb.follow("See what the fortnight shows")
    expect(page.get_by_role("heading", name="What your fortnight shows")).to_be_visible()
    expect(page.get_by_text(QUESTION)).to_be_visible()
    expect(page.get_by_text("You stopped after")).to_be_visible()
    plate = page.locator('.chart[data-key="in-order"] .plate')
    expect(plate.locator("> svg")).to_be_visible()
    plate.click(position={"x": 4, "y": 4})
    expect(plate.locator(".main-svg").first).to_be_visible(timeout=20_000)


def takes_it_along(page: Page, written: set[str]) -> None:
    """Two weeks after signing in the password is asked for once more."""
    page.get_by_role("button", name="Take everything along").click()
    page.get_by_label("Your password", exact=True).fill(PASSWORD)
    with page.expect_download() as saved:
        page.get_by_role("button", name="Go on", exact=True).click()
    with ZipFile(saved.value.path()) as archive:
        assert {"README.txt", "fortnight.json", "check-ins.csv", "fhir.json"} <= set(archive.namelist())
        exported = json.dumps(json.loads(archive.read("fortnight.json")))
        table = archive.read("check-ins.csv").decode("utf-8-sig")
    assert QUESTION in exported
    assert all(day in exported and day in table for day in written)


def brings_a_diary(thumb: Thumb, page: Page, phone: BrowserContext) -> None:
    asked(page)
    give_file(page)
    page.get_by_label(re.compile("^“white one”")).select_option("taken")
    page.get_by_label(re.compile("^“none”")).select_option("not_taken")
    page.get_by_label(re.compile("^“forgot[?]”")).select_option("nothing")
    thumb.press("Bring these days")
    expect(page.get_by_text("Looked back, not planned")).to_be_visible(timeout=20_000)
    expect(page.locator(".plate > svg").first).to_be_visible()
    assert len(phone.request.get("/api/experiments").json()) == 2


def leaves(page: Page, phone: BrowserContext) -> None:
    """Nothing stays on the phone, and help opens signed out with no network."""
    page.goto("/settings")
    assert QUESTION in on_this_phone(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    assert phone.request.get("/api/session").status == 401
    assert QUESTION not in on_this_phone(page)
    phone.set_offline(True)
    page.get_by_role("link", name="I need help now").click()
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    expect(page.get_by_text("Nobody is watching this")).to_be_visible()


def test_from_the_link_to_the_result_and_out_again(watched: BrowserContext, command: tuple[str, Path]) -> None:
    link, days = command
    page = watched.new_page()
    thumb = Thumb(page)
    joins(thumb, page, link)
    sets_up(thumb, page)
    experiment = checks_in_without_a_network(thumb, page, watched)
    days.write_text(str(DAYS))
    written = fills_in_the_days_between(page, watched, f"/api/experiments/{experiment}")
    stops_and_looks(thumb, page)
    takes_it_along(page, written)
    brings_a_diary(thumb, page, watched)
    leaves(page, watched)
