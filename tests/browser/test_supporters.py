"""A client and somebody close to them, two phones: invited, a yes that shares nothing, a choice, and the end, seen
live. And what an invitation was for is offered to whoever made an account by it, once a fortnight has begun."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import NewPhone, Person, Server, on_this_phone, sign_in, sign_up, today, too_wide
from tests.browser.places import invitation, join
from tests.browser.supporting import invited, said_yes, shared, supporter_of

NOTE = "I slept by the window <b>and</b> it was cold."
NEVER = "Doses are never shown to somebody close to you while a fortnight runs."


@pytest.fixture
def fortnight(ana: Person) -> str:
    begun = ana.experiment(started_days_ago=5, question="Am I calmer on the days I take it?")
    for number in range(1, 5):
        day = (today() - timedelta(days=number)).isoformat()
        words: dict[str, Any] = {"note": f"{NOTE} ({number})", "note_starred": number == 2}
        assert ana.put(begun, day, mood=4 + number, dose="not_taken", **words).status_code == 200
    return str(begun["id"])


@pytest.fixture
def other(phone: NewPhone, server: Server) -> Iterator[Page]:
    """Another phone, signed out."""
    yield phone(server.url).new_page()


def invite(page: Page) -> tuple[str, str]:
    """By the way a client goes: the code and the link."""
    page.goto("/sharing")
    page.get_by_role("link", name="Invite somebody close to you").click()
    page.get_by_label("Your name, as they will see it").fill("   ")
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_text("Write a name or a letter.")).to_be_visible()
    page.get_by_label("Your name, as they will see it").fill("R.")
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_role("img", name="The link as a square to scan")).to_be_visible()
    return page.locator(".code").inner_text(), page.locator(".link").inner_text()


def say_yes(other: Page) -> None:
    expect(other.get_by_role("heading", name="R. invites you")).to_be_visible()
    other.get_by_role("button", name="Yes, I would like to see it").click()
    expect(other.get_by_text("Write the name they know you by.")).to_be_visible()
    other.get_by_label("Your name, as R. will see it").fill("Mia")
    other.get_by_role("button", name="Yes, I would like to see it").click()
    expect(other.get_by_text("Done. R. sees that you said yes")).to_be_visible()


def test_from_the_invitation_to_the_end(page: Page, other: Page, ana: Person, fortnight: str) -> None:
    _, link = invite(page)
    assert axe(page) == []
    join(other, "mia", at=link)
    say_yes(other)
    expect(other.get_by_text("Nothing to see now")).to_be_visible()
    expect(other.get_by_role("link", name=re.compile("^R[.]"))).to_have_count(0)

    page.goto("/sharing")
    expect(page.get_by_role("heading", name="Mia")).to_be_visible()
    expect(page.get_by_text("Mia said yes to your invitation. Nothing is shared yet")).to_be_visible()
    expect(page.get_by_text("Nobody can see anything of yours.")).to_be_visible()
    page.get_by_role("link", name="Choose what they see").click()
    expect(page.get_by_text(NEVER)).to_be_visible()
    for field in ("Mood", "Doses", "Notes with a star"):
        page.get_by_role("switch", name=re.compile(f"^{field}")).check()
    page.get_by_role("button", name="See what they would see").click()
    preview = page.get_by_role("region", name="This is exactly what Mia would see today")
    expect(preview.get_by_text(NEVER)).to_be_visible()
    expect(preview.get_by_text(f"{NOTE} (2)").first).to_be_visible()
    expect(preview.get_by_text("Not taken")).to_have_count(0)
    expect(preview.get_by_text("Worth asking")).to_have_count(0)
    other.reload()
    expect(other.get_by_text("Nothing to see now")).to_be_visible()
    page.get_by_role("button", name="Share this with Mia").click()
    expect(page.get_by_text("Done. Mia can see what you chose.")).to_be_visible()
    expect(page.get_by_text("Sees now: Mood, Notes with a star.")).to_be_visible()
    expect(page.get_by_text("Doses come with it once the fortnight is over.")).to_be_visible()
    expect(page.get_by_text(re.compile("^Until .* Then it ends by itself."))).to_be_visible()
    assert axe(page) == [] and too_wide(page) == []

    other.goto("/")
    expect(other.get_by_text("Day 6 of 14")).to_be_visible()
    other.get_by_role("link", name=re.compile("^R[.]")).click()
    expect(other.get_by_role("heading", name="R.")).to_be_visible()
    expect(other.get_by_text("R. chose what is here.")).to_be_visible()
    expect(other.get_by_text("What often helps is somebody who listens.")).to_be_visible()
    expect(other.get_by_text(f"{NOTE} (2)").first).to_be_visible()
    for hidden in (f"{NOTE} (3)", "Not taken", "Am I calmer", "the white one", "Worth asking", "You meet next"):
        expect(other.get_by_text(hidden)).to_have_count(0)
    expect(other.get_by_role("link", name="Your notes")).to_have_count(0)
    assert axe(other) == [] and too_wide(other) == []

    page.get_by_role("button", name="Renew for 30 days").click()
    expect(page.get_by_text("Renewed. Mia sees it for 30 days from now.")).to_be_visible()
    expect(page.get_by_text("Sees now: Mood, Notes with a star.")).to_be_visible()
    expect(other.get_by_text(f"{NOTE} (2)").first).to_be_visible()

    page.get_by_role("button", name="Stop sharing").click()
    expect(page.get_by_text("Done. Mia sees nothing of yours any more.")).to_be_visible()
    expect(other.get_by_text("Nothing to show now.")).to_be_visible(timeout=5000)
    expect(other.get_by_text("I slept by the window")).to_have_count(0)
    page.get_by_text("When it was opened").click()
    expect(page.get_by_text(str(today().year)).first).to_be_visible()


def test_a_code_makes_an_account_that_has_a_menu_of_its_own(other: Page, page: Page, ana: Person) -> None:
    code, _ = invite(page)
    other.goto("/join")
    other.get_by_label("The code you were given").fill("aaaa-bbbb")
    other.get_by_role("button", name="Look at the invitation").click()
    expect(other.get_by_text("No invitation was found for this.")).to_be_visible()
    expect(other.get_by_label("The code you were given")).to_have_value("aaaa-bbbb")
    other.get_by_label("The code you were given").fill(code.upper())
    other.get_by_role("button", name="Look at the invitation").click()
    expect(other.get_by_text("R. would like to show you something of their days.")).to_be_visible()
    other.get_by_label("A name to sign in with").fill("mia")
    other.get_by_label("A password").fill("seven quiet lamps")
    other.get_by_role("button", name="Make my account").click()
    other.get_by_role("button", name="I have kept them").click()
    say_yes(other)
    other.get_by_role("link", name="Menu").click()
    rows = other.get_by_role("navigation", name="Menu").get_by_role("link")
    expect(rows).to_have_count(3)
    assert axe(other) == []
    rows.filter(has_text="Settings").click()
    expect(other.get_by_role("button", name="Sign out", exact=True)).to_be_visible()
    expect(other.get_by_text("What is asked each day")).to_have_count(0)
    assert axe(other) == []


def test_whoever_has_such_an_account_says_yes_by_link_or_code(
    other: Page, phone: NewPhone, server: Server, page: Page, ana: Person, fortnight: str
) -> None:
    mia = supporter_of(sign_up(server.url, "bo"))
    sign_in(other.context, mia)
    other.goto("/support")
    expect(other.get_by_role("heading", name="R. invites you")).to_be_visible()
    other.goto(invited(ana, "A.")["link"])
    expect(other.get_by_role("heading", name="A. invites you")).to_be_visible()
    expect(other).to_have_url(re.compile("/support$"))
    other.get_by_label("Your name, as A. will see it").fill("Mia")
    other.get_by_role("button", name="Yes, I would like to see it").click()
    expect(other.get_by_text("Done. A. sees that you said yes")).to_be_visible()
    assert [one["name"] for one in ana.http.get("/api/sharings").json()] == ["Mia"]


def test_a_clients_account_is_not_made_somebodys_supporter(page: Page, ana: Person, server: Server) -> None:
    page.goto("/")
    page.goto(invited(sign_up(server.url, "bo"), "B.")["link"])
    expect(page.get_by_text("For that you need an account of its own")).to_be_visible()
    assert ana.http.get("/api/sharings").json() == []


def test_after_the_thirty_days_it_can_be_renewed_in_one_tap(
    page: Page, other: Page, ana: Person, fortnight: str
) -> None:
    mia = supporter_of(ana)
    sharing = said_yes(mia)
    shared(ana, sharing, fortnight, ["mood"])
    told = ana.http.get("/api/sharings").json()
    told[0]["consents"][0]["ends_at"] = "2026-01-01T12:00:00Z"
    page.route("**/api/sharings", lambda route: route.fulfill(json=told), times=1)
    page.goto("/sharing")
    expect(page.get_by_text("The 30 days were over on 1 January 2026. It was: Mood.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Renew for 30 days").click()
    expect(page.get_by_text("Renewed. Mia sees it for 30 days from now.")).to_be_visible()
    assert len(ana.http.get("/api/sharings").json()[0]["consents"]) == 2


def test_without_a_signal_the_yes_says_so_and_keeps_the_name(other: Page, ana: Person) -> None:
    sign_in(other.context, supporter_of(ana))
    other.goto("/support")
    other.get_by_label("Your name, as R. will see it").fill("Mia")
    other.context.set_offline(True)
    other.get_by_role("button", name="Yes, I would like to see it").click()
    expect(other.get_by_text("This needs a signal. Nothing was changed.")).to_be_visible()
    expect(other.get_by_label("Your name, as R. will see it")).to_have_value("Mia")
    other.context.set_offline(False)


def test_what_an_invitation_was_for_is_offered_once_a_fortnight_has_begun(
    page: Page, phone: NewPhone, server: Server
) -> None:
    desk = phone(server.url).new_page()
    join(desk, "theo", at=invitation(server, "therapist"))
    theo = desk.request
    made = theo.post("/api/invitations", data={"name": "Dr. Brandt"}, headers={"Sec-Fetch-Site": "same-origin"})
    token = made.json()["token"]
    join(page, "ana", at=f"/join#{token}")
    expect(page).to_have_url(re.compile("/new$"))
    kept = on_this_phone(page)
    assert token not in kept and "Brandt" not in kept
    begun = page.request.post(
        "/api/experiments",
        data={"question": "Is it the tablet?", "primary": "mood", "zone": "UTC"},
        headers={"Sec-Fetch-Site": "same-origin"},
    ).json()
    page.goto("/")
    expect(page.get_by_text("Dr. Brandt invited you.")).to_have_count(0)
    page.request.post(f"/api/experiments/{begun['id']}/start", headers={"Sec-Fetch-Site": "same-origin"})
    page.reload()
    expect(page.get_by_text("Dr. Brandt invited you.")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_text("It waits under “Sharing” in the menu")).to_be_focused()
    page.goto("/sharing")
    page.get_by_role("link", name="Choose what to share").click()
    expect(page.get_by_role("heading", name="Dr. Brandt invites you")).to_be_visible()
    page.get_by_label("What Dr. Brandt calls you").fill("A.")
    page.get_by_role("switch", name=re.compile("^Mood")).check()
    page.get_by_role("button", name="See what they would see").click()
    page.get_by_role("button", name="Share this with Dr. Brandt").click()
    expect(page.get_by_text("Done. Dr. Brandt can see what you chose.")).to_be_visible()
    expect(page.get_by_text("Dr. Brandt invited you")).to_have_count(0)
