"""The phone without a network, and what is never lost: reload, kill, a full phone, every refusal, two devices."""

import os
import re
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from benchmarks.chromium import FLAGS, PHONE
from playwright.sync_api import BrowserContext, Error, Locator, Page, Playwright, Route, expect

from tests.browser.conftest import (
    NewPhone,
    Person,
    Server,
    on_this_phone,
    sign_in,
    sign_up,
    today,
)
from tests.browser.reminding import until

ON_PHONE = re.compile("Saved on this phone|Kept here; will go out")
BOTH = "Saved here and with your account"


def state(page: Page) -> Locator:
    return page.locator(".bar")


def mood(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=re.compile("^Mood")).get_by_role("radio", name=name)


def open_with_worker(page: Page) -> None:
    """The first visit, until the phone can open the app by itself."""
    page.goto("/")
    expect(mood(page, "6 all right")).to_be_visible()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")


def write_note(page: Page, text: str) -> None:
    fold = page.get_by_text("More, if you like")
    note = page.get_by_label("A note", exact=True)
    if not note.is_visible():
        fold.click()
    note.fill(text)


def test_opens_and_keeps_offline_through_reload_and_sends_when_there_is_signal(
    page: Page, context: BrowserContext, ana: Person
) -> None:
    experiment = ana.experiment(started_days_ago=8)
    open_with_worker(page)
    context.set_offline(True)
    page.reload()
    mood(page, "3 low").check()
    expect(state(page)).to_contain_text(ON_PHONE)
    yesterday = today() - timedelta(days=1)
    page.goto(f"/day/{yesterday}")
    mood(page, "8 good").check()
    write_note(page, "written on a bus")
    expect(state(page)).to_contain_text("2 check-ins are only on this phone", timeout=8000)
    until(page, lambda: "written on a bus" in on_this_phone(page))  # the tap on mood alone says "2 check-ins"
    page.reload()
    expect(mood(page, "8 good")).to_be_checked()
    assert ana.days(experiment) == {}
    context.set_offline(False)
    expect(state(page)).to_contain_text(BOTH, timeout=15_000)
    days = ana.days(experiment)
    assert days[today().isoformat()]["answers"]["mood"] == 3
    assert days[yesterday.isoformat()]["answers"]["note"] == "written on a bus"


def test_help_opens_offline_and_signed_out_without_a_script(
    page: Page, context: BrowserContext, ana: Person, phone: NewPhone, server: Server
) -> None:
    ana.experiment()
    open_with_worker(page)
    context.set_offline(True)
    context.clear_cookies()
    page.get_by_role("link", name="I need help now").click()
    expect(page.get_by_role("heading", name="Help now")).to_be_visible()
    page.get_by_label("Your country").select_option("GB")
    expect(page.get_by_role("link", name="Call 999")).to_have_attribute("href", "tel:999")
    expect(page.get_by_role("link", name="Call 116 123")).to_have_attribute("href", "tel:116123")
    page.get_by_role("link", name="Back to where I was").click()
    expect(mood(page, "6 all right")).to_be_visible()

    bare = phone(server.url, java_script_enabled=False).new_page()
    bare.goto("/help")
    bare.get_by_role("link", name="United States").click()
    expect(bare.locator("#US a").first).to_have_text("Call 988")


def test_the_cache_holds_files_of_the_build_and_nothing_of_the_api(page: Page, ana: Person, dist: Path) -> None:
    ana.experiment()
    open_with_worker(page)
    mood(page, "6 all right").check()
    expect(state(page)).to_contain_text(BOTH)
    kept = page.evaluate(
        """async () => {
          const all = await Promise.all((await caches.keys()).map(async (k) => (await caches.open(k)).keys()));
          return all.flat().map((request) => new URL(request.url).pathname);
        }"""
    )
    files = {f"/{path.relative_to(dist).as_posix()}" for path in dist.rglob("*")}
    assert kept
    assert set(kept) <= files


@pytest.fixture
def refusing(phone: NewPhone, server: Server, ana: Person) -> Iterator[tuple[Page, dict[str, Any]]]:
    """A phone whose check-ins are answered with `says` while it is set (no service worker, so that it is seen)."""
    context = phone(server.url, service_workers="block")
    sign_in(context, ana)
    page = context.new_page()
    says: dict[str, Any] = {}

    def answer(route: Route) -> None:
        if route.request.method == "PUT" and says:
            route.fulfill(content_type="application/problem+json", **says)
        else:
            route.continue_()

    page.route("**/api/experiments/*/check-ins/*", answer)
    yield page, says


@pytest.mark.parametrize("status", [429, 503])
def test_busy_is_waited_out_and_then_sent(refusing: tuple[Page, dict[str, Any]], ana: Person, status: int) -> None:
    page, says = refusing
    experiment = ana.experiment()
    says.update(status=status, headers={"Retry-After": "1"}, body='{"code":"slow-down","detail":"Later."}')
    page.goto("/")
    mood(page, "4 a bit low").check()
    expect(state(page)).to_contain_text("Kept here; will go out when there is signal", timeout=8000)
    says.clear()
    expect(state(page)).to_contain_text(BOTH, timeout=20_000)
    assert ana.days(experiment)[today().isoformat()]["answers"]["mood"] == 4


def test_too_large_keeps_the_words_and_goes_out_when_shorter(
    refusing: tuple[Page, dict[str, Any]], ana: Person
) -> None:
    page, says = refusing
    experiment = ana.experiment()
    says.update(status=413, body='{"code":"too-large","detail":"Too large."}')
    page.goto("/")
    write_note(page, "a very long note")
    expect(page.get_by_role("heading", name="not yet with your account")).to_be_visible(timeout=8000)
    page.reload()
    expect(page.get_by_text("What you wrote is too long to send.")).to_be_visible()
    expect(page.get_by_label("A note", exact=True)).to_have_value("a very long note")
    says.clear()
    write_note(page, "a note")
    expect(state(page)).to_contain_text(BOTH, timeout=8000)
    assert ana.days(experiment)[today().isoformat()]["answers"]["note"] == "a note"


def test_a_clock_that_runs_ahead_is_refused_clearly_and_kept(page: Page, ana: Person) -> None:
    experiment = ana.experiment()
    ahead = today() + timedelta(days=2)
    page.clock.install(time=f"{ahead}T12:00:00Z")
    page.goto("/")
    mood(page, "6 all right").check()
    page.clock.run_for(3000)
    expect(page.get_by_text("The server says this day is still to come.")).to_be_visible(timeout=8000)
    expect(page.get_by_text("Your words are all still here.")).to_be_visible()
    expect(mood(page, "6 all right")).to_be_checked()
    assert ana.days(experiment) == {}


def test_signed_out_on_the_server_keeps_then_sends_after_signing_in(
    page: Page, context: BrowserContext, ana: Person
) -> None:
    experiment = ana.experiment()
    open_with_worker(page)
    context.clear_cookies()
    mood(page, "2 bad").check()
    expect(state(page)).to_contain_text("Kept here. Sign in to send it.", timeout=8000)
    page.reload()
    expect(mood(page, "2 bad")).to_be_checked()
    sign_in(context, ana)
    page.reload()
    expect(state(page)).to_contain_text(BOTH, timeout=8000)
    assert ana.days(experiment)[today().isoformat()]["answers"]["mood"] == 2


def test_two_devices_are_merged_answer_by_answer(page: Page, context: BrowserContext, ana: Person) -> None:
    experiment = ana.experiment()
    open_with_worker(page)
    context.set_offline(True)
    mood(page, "7 fairly good").check()
    expect(state(page)).to_contain_text(ON_PHONE)
    assert ana.put(experiment, today().isoformat(), dose="taken", sleep_hours=6.5).status_code == 200
    context.set_offline(False)
    expect(state(page)).to_contain_text(BOTH, timeout=15_000)
    answers = ana.days(experiment)[today().isoformat()]["answers"]
    assert (answers["mood"], answers["dose"], answers["sleep_hours"]) == (7, "taken", 6.5)
    expect(page.get_by_role("radio", name="Taken", exact=True)).to_be_checked()


def test_two_notes_are_both_shown_and_neither_is_lost(page: Page, context: BrowserContext, ana: Person) -> None:
    experiment = ana.experiment()
    open_with_worker(page)
    context.set_offline(True)
    write_note(page, "from the phone")
    expect(state(page)).to_contain_text(ON_PHONE)
    assert ana.put(experiment, today().isoformat(), note="from the laptop").status_code == 200
    context.set_offline(False)
    asked = page.get_by_role("region", name="You wrote this day on two devices")
    expect(asked).to_contain_text("from the laptop", timeout=15_000)
    expect(asked).to_contain_text("from the phone")
    expect(state(page)).to_contain_text("One entry needs you")
    asked.get_by_role("button", name="Keep both").click()
    expect(state(page)).to_contain_text(BOTH, timeout=8000)
    assert ana.days(experiment)[today().isoformat()]["answers"]["note"] == "from the phone\n\nfrom the laptop"


def test_another_person_on_this_phone_neither_sees_nor_sends_it(
    page: Page, context: BrowserContext, ana: Person, server: Server
) -> None:
    experiment = ana.experiment()
    open_with_worker(page)
    context.set_offline(True)
    mood(page, "1 very bad").check()
    expect(state(page)).to_contain_text(ON_PHONE)
    context.clear_cookies()
    sam = sign_up(server.url, "sam")
    theirs = sam.experiment()
    context.set_offline(False)
    sign_in(context, sam)
    page.reload()
    expect(mood(page, "6 all right")).to_be_visible()
    expect(page.get_by_role("group", name="Mood today").get_by_role("radio", checked=True)).to_have_count(0)
    mood(page, "9 very good").check()
    expect(state(page)).to_contain_text(BOTH, timeout=8000)
    assert ana.days(experiment) == {}
    assert sam.days(theirs)[today().isoformat()]["answers"]["mood"] == 9
    context.clear_cookies()
    sign_in(context, ana)
    page.reload()
    expect(mood(page, "1 very bad")).to_be_checked()  # until then the bar still speaks of Sam's day
    expect(state(page)).to_contain_text(BOTH, timeout=8000)
    assert ana.days(experiment)[today().isoformat()]["answers"]["mood"] == 1


def test_a_full_phone_is_told_before_anything_is_lost(phone: NewPhone, server: Server, ana: Person) -> None:
    experiment = ana.experiment()
    context = phone(server.url, service_workers="block")
    sign_in(context, ana)
    page = context.new_page()
    quota = context.new_cdp_session(page)
    # From the start: the browser remembers for half a minute how much room there was.
    quota.send("Storage.overrideQuotaForOrigin", {"origin": server.url, "quotaSize": 1})
    page.goto("/")
    words = "these words must not be lost " * 100
    write_note(page, words)
    expect(page.get_by_role("alert")).to_contain_text("Could not be kept on this phone. Copy it or try again")
    expect(page.get_by_label("A note", exact=True)).to_have_value(words)
    mood(page, "6 all right").check()
    page.wait_for_timeout(1000)  # the tap was tried too, and could not be kept either
    expect(page.get_by_role("alert")).to_contain_text("Could not be kept on this phone.")
    quota.send("Storage.overrideQuotaForOrigin", {"origin": server.url})
    page.get_by_role("button", name="Try again").click()
    expect(state(page)).to_contain_text(BOTH, timeout=8000)
    answers = ana.days(experiment)[today().isoformat()]["answers"]
    assert (answers["mood"], answers["note"]) == (6, words)


def test_a_killed_browser_keeps_what_was_tapped(
    playwright: Playwright, chromium: str, server: Server, tmp_path: Path, ana: Person
) -> None:
    experiment = ana.experiment()
    profile = tmp_path / "profile"

    def launch() -> BrowserContext:
        return playwright.chromium.launch_persistent_context(
            profile, executable_path=chromium, args=FLAGS, viewport=PHONE, base_url=server.url
        )

    context = launch()
    sign_in(context, ana)
    page = context.new_page()
    open_with_worker(page)
    context.set_offline(True)
    mood(page, "5 in between").check()
    expect(state(page)).to_contain_text(ON_PHONE)
    for process in _processes_of(profile):
        os.kill(process, signal.SIGKILL)
    with suppress(Error):  # the browser is gone already, or goes just now
        context.close()

    context = launch()
    context.set_offline(True)
    page = context.new_page()
    page.goto("/")
    expect(mood(page, "5 in between")).to_be_checked()
    # The browser forgot the newest cookie too, so this person signs in again, and then it goes out.
    sign_in(context, ana)
    context.set_offline(False)
    expect(state(page)).to_contain_text(BOTH, timeout=15_000)
    assert ana.days(experiment)[today().isoformat()]["answers"]["mood"] == 5
    context.close()


def _processes_of(profile: Path) -> list[int]:
    """The browser processes of one profile folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if str(profile).encode() in command and b"chrom" in command:
            found.append(int(entry.name))
    return found
