"""A therapist's notes on a phone: written, kept while typing, changed, deleted, drawn over time, taken along."""

import io
import re
from datetime import timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect
from pypdf import PdfReader

from tests.browser.axe import axe
from tests.browser.conftest import Person, Server, on_this_phone, sign_up, today, too_wide
from tests.browser.places import invitation, join
from tests.browser.sharing import shared

WORDS = "I am two people. <b>R.</b> said so on 12.3.2026."


@pytest.fixture
def client(page: Page, server: Server) -> str:
    """A therapist on the phone, and a client who shares with them: the sharing's id."""
    join(page, "theo", at=invitation(server, "therapist"))
    page.goto("/clients")
    ana = sign_up(server.url)
    return shared(page, ana, ana.experiment()["id"], ["mood"])


def moment(page: Page, number: int, words: str, theme: str, intensity: str) -> None:
    box = page.get_by_role("group", name=f"Moment {number}")
    box.get_by_label("Their exact words").fill(words)
    box.get_by_label("Theme").fill(theme)
    box.get_by_label("How strong, 0 to 10").select_option(intensity)


def write(page: Page, days_ago: int, *moments: tuple[str, str, str]) -> None:
    page.get_by_role("button", name="Write a note").click()
    page.get_by_label("Day of the session").fill(str(today() - timedelta(days=days_ago)))
    for number, said in enumerate(moments, 1):
        if number > 1:
            page.get_by_role("button", name="Add a moment").click()
            expect(page.get_by_role("group", name=f"Moment {number}").get_by_label("Their exact")).to_be_focused()
        moment(page, number, *said)
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()


def drafts(page: Page) -> list[str]:
    """The notes half written that this device keeps."""
    found: list[str] = page.evaluate("Object.keys(localStorage).filter((key) => key.includes(':note-'))")
    return found


def test_from_the_list_to_a_note_and_back(page: Page, client: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Your notes on R.").click()
    expect(page.get_by_role("heading", name="Your notes on R.")).to_be_visible()
    expect(page.get_by_text("Nothing written yet.")).to_be_visible()
    write(page, 7, (WORDS, "two people", "7"), ("I cannot sleep.", "sleep", "4"))
    page.reload()
    session = page.get_by_role("article", name=re.compile("^Session 1,"))
    expect(session.get_by_text(WORDS)).to_be_visible()
    expect(session.get_by_text("two people · 7 of 10")).to_be_visible()
    assert axe(page) == []
    assert too_wide(page) == []

    session.get_by_role("button", name=re.compile("^Change")).click()
    expect(page.get_by_role("heading", name="Change this note")).to_be_focused()
    page.get_by_role("group", name="Moment 2").get_by_role(
        "button", name=re.compile("Take this moment out")
    ).click()
    page.get_by_label("Your own thoughts").fill("A lot to hold.")
    page.get_by_role("button", name="Save the note").click()
    expect(session.get_by_text("A lot to hold.")).to_be_visible()
    expect(page.get_by_text("I cannot sleep.")).to_have_count(0)

    session.get_by_role("button", name=re.compile("^Delete")).click()
    page.get_by_role("button", name="Keep it").click()
    session.get_by_role("button", name=re.compile("^Delete")).click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("The note is deleted.")).to_be_visible()
    expect(page.get_by_text("Nothing written yet.")).to_be_visible()


def test_what_is_typed_is_never_lost_and_gone_at_sign_out(
    page: Page, context: BrowserContext, client: str
) -> None:
    at = f"/client/{client}/notes"
    page.goto(at)
    page.get_by_role("button", name="Write a note").click()
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("Write something first.")).to_be_visible()
    moment(page, 1, "canary words", "two people", "0")
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    page.reload()
    expect(page.get_by_text("A note you began is kept on this device.")).to_be_visible()
    words = page.get_by_role("group", name="Moment 1").get_by_label("Their exact words")
    expect(words).to_have_value("canary words")

    def away(route: Route) -> None:
        route.abort()

    context.route("**/api/clients/*/notes/*", away)
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("No answer from the server. What you wrote is still here.")).to_be_visible()
    expect(words).to_have_value("canary words")
    context.unroute("**/api/clients/*/notes/*", away)
    page.get_by_role("button", name="Close").click()
    assert "canary words" in on_this_phone(page, database=False)

    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.locator(f"main .well a[href='/client/{client}/notes']")).to_be_visible()
    page.get_by_role("button", name="Sign out and remove it").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "canary words" not in on_this_phone(page, database=False)


def test_two_devices_and_no_word_lost(page: Page, context: BrowserContext, client: str) -> None:
    page.goto(f"/client/{client}/notes")
    write(page, 1, ("first", "", "5"))
    note = context.request.get(f"/api/clients/{client}/notes").json()["notes"][0]
    page.get_by_role("button", name=re.compile("^Change")).click()
    other = {"session_on": note["session_on"], "moments": [], "reflection": "from the desk", "base_revision": 1}
    at, headers = f"/api/clients/{client}/notes/{note['id']}", {"Sec-Fetch-Site": "same-origin"}
    assert context.request.put(at, data=other, headers=headers).ok
    page.get_by_role("group", name="Moment 1").get_by_label("Their exact words").fill("from the phone")
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("This note was changed on another device.")).to_be_visible()
    page.get_by_role("button", name="Keep what is here").click()
    expect(page.get_by_text("from the phone")).to_be_visible()

    page.get_by_role("button", name=re.compile("^Change")).click()
    page.get_by_label("Your own thoughts").fill("still here")
    assert context.request.delete(at, headers=headers).ok
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("This note was deleted on another device.")).to_be_visible()
    page.get_by_role("button", name="Save as a new note").click()
    expect(page.get_by_text("still here")).to_be_visible()


def test_the_other_text_is_seen_before_it_is_taken(page: Page, context: BrowserContext, client: str) -> None:
    page.goto(f"/client/{client}/notes")
    write(page, 1, ("first", "", "5"))
    note = context.request.get(f"/api/clients/{client}/notes").json()["notes"][0]
    page.get_by_role("button", name=re.compile("^Change")).click()
    said = {"words": "from the desk", "theme": "work", "intensity": 3}
    other = {"session_on": note["session_on"], "moments": [said], "reflection": "so so", "base_revision": 1}
    at, headers = f"/api/clients/{client}/notes/{note['id']}", {"Sec-Fetch-Site": "same-origin"}
    assert context.request.put(at, data=other, headers=headers).ok
    page.get_by_label("Your own thoughts").fill("from the phone")
    page.get_by_role("button", name="Save the note").click()
    theirs = page.get_by_role("region", name=re.compile("^On the other device"))
    for text in ("from the desk", "work · 3 of 10", "so so"):
        expect(theirs.get_by_text(text)).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Take the other one").click()
    expect(page.get_by_role("article").get_by_text("from the desk")).to_be_visible()
    assert drafts(page) == []


def test_what_is_typed_while_it_is_sent_stays(page: Page, context: BrowserContext, client: str) -> None:
    page.goto(f"/client/{client}/notes")
    page.get_by_role("button", name="Write a note").click()
    moment(page, 1, "one", "", "5")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/api/clients/*/notes/*", hold)
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("button", name="Saving…")).to_be_visible()
    thoughts = page.get_by_label("Your own thoughts")
    thoughts.press_sequentially("two")
    held[0].continue_()
    page.unroute("**/api/clients/*/notes/*")
    expect(page.get_by_text("What you typed since is not saved yet.")).to_be_visible()
    expect(thoughts).to_have_value("two")
    expect(thoughts).to_be_focused()

    page.reload()
    page.get_by_role("button", name=re.compile("^Change")).click()
    expect(thoughts).to_have_value("two")
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    [note] = context.request.get(f"/api/clients/{client}/notes").json()["notes"]
    assert (note["moments"][0]["words"], note["reflection"], note["revision"]) == ("one", "two", 2)
    assert drafts(page) == []


def test_a_save_that_a_deletion_overtook_brings_nothing_back(
    page: Page, context: BrowserContext, client: str
) -> None:
    """It reached the server, its answer was lost, and the note was deleted before it was tried again."""
    page.goto(f"/client/{client}/notes")
    page.get_by_role("button", name="Write a note").click()
    moment(page, 1, "still mine", "", "5")

    def lost(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/api/clients/*/notes/*", lost)
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("No answer from the server.")).to_be_visible()
    page.unroute("**/api/clients/*/notes/*")
    notes = f"/api/clients/{client}/notes"
    [note] = context.request.get(notes).json()["notes"]
    assert context.request.delete(f"{notes}/{note['id']}", headers={"Sec-Fetch-Site": "same-origin"}).ok

    page.reload()
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("This note was deleted on another device.")).to_be_visible()
    words = page.get_by_role("group", name="Moment 1").get_by_label("Their exact words")
    expect(words).to_have_value("still mine")
    assert context.request.get(notes).json()["notes"] == []
    page.get_by_role("button", name="Save as a new note").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    [anew] = context.request.get(notes).json()["notes"]
    assert (anew["moments"][0]["words"], anew["id"] != note["id"]) == ("still mine", True)
    assert drafts(page) == []


@pytest.mark.parametrize("tried", [False, True])
def test_a_change_of_a_note_that_is_gone_is_found_again(
    page: Page, context: BrowserContext, client: str, *, tried: bool
) -> None:
    page.goto(f"/client/{client}/notes")
    write(page, 1, ("first", "", "5"))
    note = context.request.get(f"/api/clients/{client}/notes").json()["notes"][0]
    page.get_by_role("button", name=re.compile("^Change")).click()
    thoughts = page.get_by_label("Your own thoughts")
    thoughts.fill("canary thought")
    at, headers = f"/api/clients/{client}/notes/{note['id']}", {"Sec-Fetch-Site": "same-origin"}
    assert context.request.delete(at, headers=headers).ok
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("This note was deleted on another device.")).to_be_visible()
    if tried:
        page.route("**/api/clients/*/notes/*", lambda route: route.abort())
        page.get_by_role("button", name="Save as a new note").click()
        expect(page.get_by_text("No answer from the server.")).to_be_visible()
        page.unroute("**/api/clients/*/notes/*")
    page.reload()
    expect(page.get_by_text("A note you began is kept on this device.")).to_be_visible()
    expect(page.get_by_role("heading", name="A new note")).to_be_visible()
    expect(thoughts).to_have_value("canary thought")
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    [found] = context.request.get(f"/api/clients/{client}/notes").json()["notes"]
    assert (found["reflection"], found["revision"], found["id"] != note["id"]) == ("canary thought", 1, True)
    assert drafts(page) == []


def test_what_is_thrown_away_is_on_this_device_no_more(page: Page, client: str) -> None:
    page.goto(f"/client/{client}/notes")
    page.get_by_role("button", name="Write a note").click()
    moment(page, 1, "not this one", "", "5")
    expect(page.get_by_text("Kept on this device")).to_be_visible()
    assert len(drafts(page)) == 1
    away = page.get_by_role("button", name="Throw away what is typed here")
    away.click()
    page.get_by_role("button", name="Keep it").click()
    assert len(drafts(page)) == 1
    away.click()
    expect(page.get_by_text("It is nowhere else.")).to_be_visible()
    away.click()
    expect(page.get_by_role("button", name="Write a note")).to_be_visible()
    assert drafts(page) == []
    assert "not this one" not in on_this_phone(page, database=False)


def test_a_note_that_cannot_be_read_is_said_to_be_so(page: Page, client: str) -> None:
    page.goto(f"/client/{client}/notes")
    write(page, 1, ("first", "", "5"))

    lost = {"id": "00000000-0000-4000-8000-000000000000", "updated_at": "2026-03-12T10:00:00Z"}
    deleted: list[str] = []

    def broken(route: Route) -> None:
        told = route.fetch().json()
        route.fulfill(json={**told, "unreadable": [] if deleted else [lost]})

    def gone(route: Route) -> None:
        deleted.append(route.request.method)
        route.fulfill(status=204)

    page.route(f"**/api/clients/*/notes/{lost['id']}", gone)

    page.route("**/api/clients/*/notes", broken)
    page.reload()
    expect(page.get_by_text("A note that was last changed on 12 March 2026 cannot be read.").first).to_be_visible()
    expect(page.get_by_role("article").get_by_text("first")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name=re.compile("^Delete.*cannot be read")).click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("The note is deleted.")).to_be_visible()
    expect(page.get_by_text("cannot be read")).to_have_count(0)
    assert deleted == ["DELETE"]
    expect(page.get_by_role("article").get_by_text("first")).to_be_visible()


def test_themes_over_the_sessions(page: Page, client: str) -> None:
    page.goto(f"/client/{client}/notes")
    write(page, 14, ("a", "two people", "7"), ("b", "sleep", "4"))
    write(page, 7, ("c", "sleep", "6"))
    write(page, 0, ("d", "Two people", "3"))
    expect(page.get_by_role("img", name="two people: in 2 sessions. session 1: 7; session 3: 3")).to_be_visible()
    expect(page.get_by_text("two people in 2 of 3 sessions")).to_be_visible()
    expect(page.get_by_role("img", name="sleep: in 2 sessions. session 1: 4; session 2: 6")).to_be_visible()
    page.get_by_text("The same as a table").click()
    cells = page.get_by_role("table").get_by_role("row", name=re.compile("^two people")).get_by_role("cell")
    assert cells.all_inner_texts() == ["7", "", "3"]
    page.get_by_role("button", name="Write a note").click()
    offered = page.locator("datalist option").evaluate_all("all => all.map((one) => one.value)")
    assert offered == ["two people", "sleep"]


def test_taken_to_supervision_without_who_it_is(page: Page, client: str) -> None:
    page.goto(f"/client/{client}/notes")
    write(page, 14, (WORDS, "two people", "7"))
    write(page, 0, ("At the bakery Dr. Brandt laughed.", "work", "4"))
    page.get_by_role("link", name="Take to supervision").click()
    page.get_by_role("switch", name="When it comes up").uncheck()
    page.get_by_label("Remove these words too").fill("the bakery\n")
    page.get_by_role("button", name="Show what would leave").click()
    left = page.get_by_role("region", name="What would leave")
    expect(left).to_be_focused()
    expect(left.get_by_text("I am two people. <b>[name]</b> said so on [date].")).to_be_visible()
    expect(left.get_by_text("At [removed] [name] laughed.")).to_be_visible()
    expect(left.get_by_text("Session 2, 14 days after the first")).to_be_visible()
    expect(page.get_by_role("row", name="12.3.2026 a date 1")).to_be_visible()
    expect(page.get_by_text("Rules miss things.")).to_be_visible()
    assert axe(page) == []
    assert too_wide(page) == []
    expect(page.get_by_role("button", name="Save as PDF")).to_have_count(0)
    page.get_by_label("I have read it through").check()
    with page.expect_download() as paper:
        page.get_by_role("button", name="Save as PDF").click()
    assert re.fullmatch(r"fortnight-\d{4}-\d\d-\d\d\.pdf", paper.value.suggested_filename)
    drawn = PdfReader(io.BytesIO(paper.value.path().read_bytes())).pages[0].extract_text()
    with page.expect_download() as plain:
        page.get_by_role("button", name="Save as text").click()
    text = plain.value.path().read_text()
    for found in (drawn, text):
        assert "said so on [date]." in found and "At [removed] [name] laughed." in found
        assert not any(word in found for word in ("bakery", "Brandt", "12.3.2026", "R."))
    page.get_by_label("Remove these words too").fill("the bakery\nlaughed")
    expect(page.get_by_text("You changed what goes into it.")).to_be_visible()
    expect(left).to_have_count(0)


def test_all_notes_as_a_text_of_ones_own(page: Page, client: str) -> None:
    page.goto(f"/client/{client}/notes")
    write(page, 14, (WORDS, "two people", "7"))
    with page.expect_download() as plain:
        page.get_by_role("button", name="Save all as text").click()
    assert f"Words: {WORDS}" in plain.value.path().read_text()


def test_notes_of_nobody(page: Page, client: str, server: Server) -> None:
    page.goto("/client/00000000-0000-4000-8000-000000000000/notes")
    expect(page.get_by_text("There are no notes here.")).to_be_visible()


def test_a_client_finds_none(page: Page, ana: Person) -> None:
    page.goto("/client/00000000-0000-4000-8000-000000000000/supervision")
    expect(page.get_by_text("There are no notes here.")).to_be_visible()
