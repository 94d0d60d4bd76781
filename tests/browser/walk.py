"""Leads a test through every state of every screen: one server, one signed-in phone for each person."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from app.core import clock, config
from app.services import demo
from app.services.house import open_house
from benchmarks.chromium import PHONE
from playwright.sync_api import Browser, Page

from tests.browser import (
    states_brief,
    states_more,
    states_notes,
    states_reflections,
    states_reminders,
    states_session,
    states_set_up,
    states_sharing,
    states_supporting,
)
from tests.browser.conftest import Person, Server, device, free_port, sign_in, sign_up, today
from tests.browser.states import COMPARE, STATES, TAKEN, Cast

__all__ = [
    "STATES",
    "Walk",
    "states_brief",
    "states_more",
    "states_notes",
    "states_reflections",
    "states_reminders",
    "states_session",
    "states_set_up",
    "states_sharing",
    "states_supporting",
    "walking",
]


@dataclass
class Walk:
    """`show` brings a state onto the phone of the person whom it belongs to."""

    browser: Browser
    cast: Cast
    pages: dict[str, Page] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def show(self, name: str) -> Page:
        who, how = STATES[name]
        page = self.pages.get(who) or self._phone(who)
        page.emulate_media(color_scheme="light", reduced_motion="reduce", forced_colors="none")
        page.set_viewport_size(PHONE)
        self.wrong.clear()
        how(page, self.cast)
        page.evaluate("document.fonts.ready.then(() => true)")
        return page

    def _phone(self, who: str) -> Page:
        url = self.cast.server.url
        context = self.browser.new_context(base_url=url, viewport=PHONE)
        context.set_default_timeout(15_000)
        own = (url, "data:", "blob:")
        context.on("request", lambda r: None if r.url.startswith(own) else self.wrong.append(f"asked {r.url}"))
        if who in self.cast.people:
            sign_in(context, self.cast.people[who])
        page = self.pages[who] = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("console", lambda said: self.wrong.append(said.text) if "Content Sec" in said.text else None)
        return page


@contextmanager
def walking(browser: Browser, dist: Path, folder: Path) -> Iterator[Walk]:
    """The people of the demo, and more for what the demo does not show."""
    own = shutil.copytree(dist, folder / "dist")  # one state puts a newer build in its place
    server = Server(folder / "data", own, free_port(), environment={"FORTNIGHT_PUSH": "console"})
    server.data.mkdir(parents=True)
    house = open_house(config.load(data=server.data, public_url=server.url))
    try:
        filled = demo.fill(house, now=clock.now())
    finally:
        house.close()
    server.start()
    people = {one.sign_in.split("-")[0]: known(server.url, one) for one in filled}
    people |= {
        name: sign_up(server.url, name)
        for name in ("ana", "bea", "cleo", "dora", "fay", "gus", "hal", "ivy", "lou")
    }
    walk = Walk(browser, Cast(server, people, {}))
    try:
        for name, person in people.items():
            had = person.http.get("/api/experiments")
            mine = had.json() if had.status_code == 200 else []
            started = mine[0]["id"] if mine else begin(name, person)
            if started:
                walk.cast.experiments[name] = started
        walk.cast.experiments |= states_more.finished(people["fay"])
        people |= states_supporting.joined(people["ana"])
        yield walk
    finally:
        for page in walk.pages.values():
            page.context.close()
        server.stop()


def known(url: str, one: demo.SignIn) -> Person:
    """Somebody of the demo, signed in on a device of their own."""
    http = device(url)
    answer = http.post("/api/session", json={"sign_in": one.sign_in, "password": one.password})
    assert answer.status_code == 200, answer.text
    return Person(answer.json()["account"]["id"], one.sign_in, one.password, [], url, http)


def begin(name: str, person: Person) -> str | None:
    """ana is on day 9 of a comparison; bea's is set aside; cleo's Notice only is over; dora has none."""
    plans = {"ana": (8, COMPARE), "bea": (8, COMPARE), "cleo": (14, {"medicine": "lithium"})}
    plans |= {"gus": (4, {}), "hal": (4, {}), "ivy": (4, {})}
    if name not in plans:
        return None
    days_ago, plan = plans[name]
    experiment = person.experiment(started_days_ago=days_ago, **plan)
    for number in range(days_ago):
        if number in (3, days_ago - 4):
            continue
        answers: dict[str, Any] = {
            "mood": (2 if number in (0, 1, 7) else 7) if name == "bea" else 4 + number * 3 % 5,
            "dose": "taken" if TAKEN[number] else "not_taken",
            "sleep_hours": 6 + number % 5 / 2,
            "own": {"own1": 3 + number % 4},
            "side_effects": {"dry mouth": number % 3} if number % 2 else {},
            "note": "Laughed with Jo.\nSlept late." if number == 4 else None,
            "note_starred": number == 4,
        }
        day = (today() - timedelta(days=days_ago - number)).isoformat()
        answer = person.put(experiment, day, **answers)
        assert answer.status_code == 200, answer.text
    lines = {
        "notice_first": "I stop answering.",
        "what_helps": "Tea.\nThe kitchen floor.",
        "who_i_call": "Jo",
    }
    person.http.put("/api/safety-plan", json={**lines, "country": "GB", "base_revision": 0}).raise_for_status()
    return str(experiment["id"])


def picture(page: Page, name: str, width: int = PHONE["width"]) -> None:
    """A picture of the whole page, where FORTNIGHT_PICTURES names a folder: to look at, not to compare."""
    folder = os.environ.get("FORTNIGHT_PICTURES")
    if folder:
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": width, "height": max(tall, PHONE["height"])})
        page.screenshot(path=Path(folder) / f"{name}.png")
        page.set_viewport_size(PHONE)
