"""Leaving a phone: what is on it goes at once, whatever the network does; the server hears of it later."""

import json
import re
from contextlib import suppress
from datetime import timedelta
from typing import Any

from playwright.sync_api import BrowserContext, Error, Page, Route, expect

from tests.browser.conftest import NewPhone, Person, Server, on_this_phone, sign_in, sign_up, today
from tests.browser.test_offline import mood, state


def on_phone(page: Page) -> dict[str, Any]:
    kept = json.loads(on_this_phone(page))
    stores = ("check_ins", "outbox", "experiments", "meta")
    rows = {name: kept["databases"][f"fortnight.{name}"]["values"] for name in stores}
    return {**rows, "local": kept["local"]}


def written(page: Page, person: Person) -> None:
    """A note that is here and with the server, and something half written."""
    person.experiment(started_days_ago=3)
    page.goto("/")
    mood(page, "6 all right").check()
    page.get_by_text("More, if you like").click()
    page.get_by_label("A note", exact=True).fill("Canary note")
    sent(page, "Canary note")
    page.goto("/plan")
    page.get_by_label("What I notice first").fill("Canary line")
    expect(page.get_by_text("It is not with your account yet.")).to_be_visible()
    assert "Canary note" in json.dumps(on_phone(page))


def sent(page: Page, words: str) -> None:
    """Wait until words are kept here and nothing waits: "saved" may still be said of the answer before them."""
    for _ in range(100):
        kept = on_phone(page)
        if words in json.dumps(kept["check_ins"]) and kept["outbox"] == []:
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not arrive")


def sign_out(page: Page) -> None:
    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign out and remove it").click()


def stall(page: Page) -> None:
    page.route("**/api/session", lambda route: None if route.request.method == "DELETE" else route.fallback())


def told(page: Page) -> None:
    """Wait until the server has heard of it."""
    for _ in range(100):
        if page.evaluate("localStorage.getItem('fortnight-leaving')") is None:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the server was not told")


def gone(page: Page) -> None:
    """Wait until nothing of Ana's is here that the server has too."""
    for _ in range(100):
        if "Canary" not in on_this_phone(page):
            return
        page.wait_for_timeout(100)
    raise AssertionError("it is still here")


def nothing_left(page: Page) -> None:
    kept = on_phone(page)
    assert "Canary" not in json.dumps(kept)
    assert (kept["check_ins"], kept["outbox"], kept["experiments"]) == ([], [], [])
    assert "fortnight-account" not in kept["local"]


def test_on_a_network_that_stalls_the_phone_is_empty_at_once(
    page: Page, context: BrowserContext, ana: Person
) -> None:
    written(page, ana)
    stall(page)
    sign_out(page)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    nothing_left(page)
    assert context.request.get("/api/session").status == 200, "the server has not heard of it"
    page.close()
    # The next page tells it, before it asks who is here.
    later = context.new_page()
    later.goto("/")
    expect(later.get_by_role("heading", name="Sign in")).to_be_visible()
    nothing_left(later)
    told(later)
    assert context.request.get("/api/session").status == 401


def test_without_a_worker_nothing_that_was_asked_for_before_the_goodbye_is_taken_after_it(
    phone: NewPhone, server: Server
) -> None:
    """What a browser brought along with the page is from before."""
    context = phone(server.url, service_workers="block")
    ana = sign_up(server.url)
    sign_in(context, ana)
    page = context.new_page()
    written(page, ana)
    page.route(
        "**/api/session", lambda route: route.abort() if route.request.method == "DELETE" else route.fallback()
    )
    sign_out(page)
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.unroute_all()
    page.goto("about:blank")
    page.close()
    assert context.request.get("/api/session").status == 200, "the server has not heard of it"
    later = context.new_page()
    later.goto("/")
    expect(later.get_by_role("heading", name="Sign in")).to_be_visible()
    told(later)
    later.wait_for_timeout(500)
    expect(later.get_by_role("heading", name="Sign in")).to_be_visible()
    nothing_left(later)


def test_a_page_that_is_closed_while_it_empties_the_phone_is_finished_by_the_next(
    page: Page, context: BrowserContext, ana: Person
) -> None:
    written(page, ana)
    page.evaluate(
        """(id) => {
            localStorage.setItem("fortnight-leaving", id);
            localStorage.removeItem("fortnight-account");
        }""",
        ana.id,
    )
    page.close()
    later = context.new_page()
    stall(later)
    later.goto("/")
    expect(later.get_by_role("heading", name="Sign in")).to_be_visible()
    gone(later)
    nothing_left(later)


def test_an_answer_that_comes_late_does_not_sign_the_next_person_out(
    page: Page, context: BrowserContext, ana: Person, server: Server
) -> None:
    sam = sign_up(server.url, "sam")
    held: list[Route] = []
    page.route(
        "**/api/session",
        lambda route: held.append(route) if route.request.method == "DELETE" else route.fallback(),
    )
    written(page, ana)
    sign_out(page)
    page.get_by_label("Sign-in name").fill(sam.sign_in)
    page.get_by_label("Password", exact=True).fill(sam.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name=re.compile("Begin|Start|New"))).to_have_count(1)
    for route in held:
        with suppress(Error):  # the page no longer waits for it: that is the point
            route.continue_()
    page.wait_for_timeout(500)
    page.reload()
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)
    assert context.request.get("/api/session").json()["account"]["id"] == sam.id


def test_a_phone_with_no_signal_tells_the_server_as_soon_as_there_is_one(
    page: Page, context: BrowserContext, ana: Person
) -> None:
    page.goto("/settings")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    page.get_by_role("button", name=re.compile("^Sign out there")).wait_for()
    context.set_offline(True)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    context.set_offline(False)
    told(page)
    assert context.request.get("/api/session").status == 401
    assert ana.http.get("/api/session").status_code == 200, "this phone, and no other"


def test_the_next_person_takes_away_what_the_last_one_left_but_for_what_was_not_sent(
    page: Page, context: BrowserContext, ana: Person, server: Server
) -> None:
    """Ana's session ends, and she never signs out."""
    written(page, ana)
    sam = sign_up(server.url, "sam")
    context.clear_cookies()
    page.goto(f"/day/{today() - timedelta(days=1)}")
    mood(page, "3 low").check()
    expect(state(page)).to_contain_text("Kept here. Sign in to send it.", timeout=10_000)
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").fill(sam.sign_in)
    page.get_by_label("Password", exact=True).fill(sam.password)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)
    page.goto("/settings")
    expect(page.get_by_text("One check-in of somebody else waits on this phone.")).to_be_visible()
    gone(page)
    kept = on_phone(page)
    assert [row["answers"]["mood"] for row in kept["check_ins"]] == [3]
    assert ana.sign_in not in json.dumps(kept)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("One check-in waits on this phone.")).to_be_visible()
    expect(page.get_by_text(ana.sign_in)).to_have_count(0)
    page.get_by_label("Sign-in name").fill(ana.sign_in)
    page.get_by_label("Password", exact=True).fill(ana.password)
    page.get_by_role("button", name="Sign in").click()
    expect(state(page)).to_contain_text("Saved here and with your account", timeout=15_000)
    assert on_phone(page)["outbox"] == []


def test_a_page_that_is_closed_while_somebody_arrives_is_finished_by_the_next(
    page: Page, context: BrowserContext, ana: Person, server: Server
) -> None:
    """Sam's page had just remembered who he is, and had taken away nothing yet."""
    written(page, ana)
    sam = sign_up(server.url, "sam")
    sign_in(context, sam)
    page.evaluate(
        """(account) => {
            localStorage.setItem("fortnight-arriving", account.id);
            localStorage.setItem("fortnight-account", JSON.stringify(account));
        }""",
        {"id": sam.id, "role": "client", "sign_in": sam.sign_in},
    )
    page.close()
    later = context.new_page()
    later.goto("/")
    gone(later)
    for _ in range(100):
        if "fortnight-arriving" not in on_phone(later)["local"]:
            break
        later.wait_for_timeout(100)
    assert "fortnight-arriving" not in on_phone(later)["local"]


def test_a_tab_that_has_not_heard_who_signed_in_mixes_nothing(
    page: Page, context: BrowserContext, ana: Person, server: Server
) -> None:
    """Sam signs in elsewhere in the same browser; this tab still shows Ana."""
    sam = sign_up(server.url, "sam")
    mine, theirs = ana.experiment(), sam.experiment()
    page.goto("/")
    expect(mood(page, "6 all right")).to_be_visible()
    sign_in(context, sam)
    mood(page, "6 all right").check()
    expect(state(page)).to_contain_text("Kept here. Sign in to send it.", timeout=10_000)
    assert (ana.days(mine), sam.days(theirs)) == ({}, {})
    kept = on_phone(page)
    assert {row["account"] for store in ("check_ins", "outbox", "experiments") for row in kept[store]} == {ana.id}
    sign_in(context, ana)
    page.reload()
    expect(state(page)).to_contain_text("Saved here and with your account", timeout=15_000)
    assert ana.days(mine)[today().isoformat()]["answers"]["mood"] == 6
