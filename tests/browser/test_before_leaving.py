"""Leaving a phone: what exists only here is offered first, and then nothing of what was written is left."""

import json
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import NewPhone, Person, Server, on_this_phone, sign_in, today
from tests.browser.test_offline import BOTH, ON_PHONE, open_with_worker, state, write_note

CANARY = "a canary in a note"
QUESTION = "Am I foggier"


def leaves(page: Page, button: str = "Sign out") -> None:
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_what_was_written_is_gone_after_signing_out(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/")
    write_note(page, CANARY)
    expect(state(page)).to_contain_text(BOTH)
    kept = on_this_phone(page)
    assert CANARY in kept and QUESTION in kept
    page.goto("/settings")
    leaves(page)
    kept = on_this_phone(page)
    assert CANARY not in kept and QUESTION not in kept


def test_what_was_never_sent_can_be_taken_along_as_a_file(
    page: Page, context: BrowserContext, ana: Person
) -> None:
    experiment = ana.experiment()
    open_with_worker(page)
    context.set_offline(True)
    write_note(page, CANARY)
    expect(state(page)).to_contain_text(ON_PHONE)
    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("button", name="Sign out and remove it")).to_be_visible()
    region = page.get_by_role("region", name="Sign out")
    with page.expect_download() as saved:
        region.get_by_role("button", name="Save as a file").click()
    [day] = json.loads(Path(saved.value.path()).read_text(encoding="utf-8"))["days"]
    assert (day["experiment"], day["day"]) == (experiment["id"], today().isoformat())
    assert day["answers"]["note"] == CANARY
    assert CANARY in on_this_phone(page)
    leaves(page, "Sign out and remove it")
    kept = on_this_phone(page)
    assert CANARY not in kept and QUESTION not in kept
    assert ana.days(experiment) == {}


def test_what_was_not_yet_sent_can_be_sent_first(phone: NewPhone, server: Server, ana: Person) -> None:
    experiment = ana.experiment()
    context = phone(server.url, service_workers="block")
    sign_in(context, ana)
    page = context.new_page()
    away = True

    def answer(route: Route) -> None:
        if route.request.method == "PUT" and away:
            route.abort()
        else:
            route.continue_()

    page.route("**/api/experiments/*/check-ins/*", answer)
    page.goto("/")
    write_note(page, CANARY)
    expect(state(page)).to_contain_text(ON_PHONE, timeout=8000)
    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    region = page.get_by_role("region", name="Sign out")
    send = region.get_by_role("button", name="Send now")
    send.click()
    expect(region.get_by_role("status")).not_to_be_empty()
    assert ana.days(experiment) == {}
    away = False
    send.click()
    expect(region.get_by_text("Sent. Everything you wrote is with your account.")).to_be_visible()
    assert ana.days(experiment)[today().isoformat()]["answers"]["note"] == CANARY
    assert CANARY in on_this_phone(page)
    leaves(page)
    assert CANARY not in on_this_phone(page)


def test_the_account_is_deleted_with_what_is_on_the_phone(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/")
    write_note(page, CANARY)
    expect(state(page)).to_contain_text(BOTH)
    page.goto("/settings")
    page.locator("summary", has_text="Delete my account").click()
    page.get_by_label("Your password, to be sure").fill("not this one")
    page.get_by_role("button", name="Delete my account and everything in it").click()
    expect(page.get_by_text("This is not your password now.")).to_be_visible()
    kept = on_this_phone(page)
    assert CANARY in kept and QUESTION in kept
    page.get_by_label("Your password, to be sure").fill(ana.password)
    page.get_by_role("button", name="Delete my account and everything in it").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert ana.http.get("/api/session").status_code == 401
    kept = on_this_phone(page)
    assert CANARY not in kept and QUESTION not in kept


def test_signing_out_offers_a_draft_first_and_then_leaves_nothing(page: Page, ana: Person) -> None:
    page.goto("/new")
    page.get_by_role("radio", name="I take it every day").check()
    page.get_by_label("What would you like to find out?").fill(CANARY)
    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_text("Something you began to write is only on this phone.")).to_be_visible()
    page.get_by_role("button", name="Stay signed in").click()
    assert CANARY in on_this_phone(page)
    page.get_by_role("button", name="Sign out", exact=True).click()
    leaves(page, "Sign out and remove it")
    assert CANARY not in on_this_phone(page)
    assert ana.http.get("/api/session").status_code == 200
