"""A list for a session and how it was, on two screens: written, shown, taken back; nothing typed is lost."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import NewPhone, Person, Server, sign_in, today, too_wide
from tests.browser.sharing import shared

FIRST = "I sleep by the window <b>now</b>, and it helps more than I thought it ever would, to be honest with you."
SECOND = "My sister"
SOON = 6000


@pytest.fixture
def sharing(desk: Page, ana: Person) -> str:
    """Ana shares her moods with him."""
    begun = ana.experiment(started_days_ago=9, question="Am I calmer on the days I take it?")
    for number in range(1, 9):
        day = (today() - timedelta(days=number)).isoformat()
        answer = ana.put(begun, day, mood=4 + number % 4, sleep_hours=6, note="It was quiet.", note_starred=True)
        assert answer.status_code == 200, answer.text
    return shared(desk, ana, begun["id"], ["mood", "sleep", "question", "starred_notes"])


def line(page: Page, number: int, words: str) -> None:
    page.get_by_label(f"Line {number}").fill(words)


def test_a_list_is_written_shown_and_taken_back(page: Page, desk: Page, sharing: str) -> None:
    desk.goto(f"/client/{sharing}")
    expect(desk.get_by_role("heading", name="R.", exact=True)).to_be_visible()
    page.goto("/sharing")
    page.get_by_role("link", name="For your sessions Dr. Brandt").click()
    expect(page.get_by_role("heading", name="For your sessions with Dr. Brandt")).to_be_visible()
    expect(page.get_by_text("nobody is alerted").first).to_be_visible()
    assert too_wide(page) == []
    expect(page.get_by_label("Line 2")).to_have_count(0)
    line(page, 1, SECOND)
    page.get_by_label("Line 1").press("Enter")
    expect(page.get_by_label("Line 2")).to_be_focused()
    line(page, 2, FIRST)
    page.get_by_role("button", name=f"Up {FIRST}").click()
    expect(page.get_by_label("Line 1")).to_have_value(FIRST)
    expect(page.get_by_label("Line 1")).to_be_focused()
    page.reload()
    expect(page.get_by_label("Line 1")).to_have_value(FIRST)
    expect(page.get_by_text("Kept on this phone as you type. Not sent yet.").first).to_be_visible()
    bar = page.locator(".bar .state")  # what it says is about check-ins, and would seem to be about this
    expect(bar).to_contain_text("Saved here and with your account")
    expect(bar).to_be_hidden()
    page.get_by_role("button", name="Keep this list").click()
    expect(page.get_by_text("Only you see this.").first).to_be_visible()
    desk.wait_for_timeout(4500)
    expect(desk.get_by_text("wants to talk about")).to_have_count(0)
    page.get_by_role("button", name="Show it to Dr. Brandt").first.click()
    expect(page.get_by_text("Dr. Brandt can read this from now on. Nobody is alerted.")).to_be_visible()
    expect(page.get_by_role("button", name="Take it back")).to_be_focused()
    assert axe(page) == []

    expect(desk.get_by_role("heading", name="R. wants to talk about")).to_be_visible(timeout=SOON)
    items = desk.locator(".wants li")
    expect(items).to_have_text([FIRST, SECOND])
    for heading in ("The question", "The fortnight at a glance", "Worth asking", "In their own words"):
        expect(desk.get_by_role("heading", name=heading)).to_be_in_viewport()
    expect(items.last).to_be_in_viewport(ratio=1)
    assert axe(desk) == []
    assert too_wide(desk) == []

    page.get_by_role("button", name="Take it back").click()
    expect(page.get_by_text("Taken back. Dr. Brandt cannot read it any more.")).to_be_visible()
    expect(desk.get_by_text("wants to talk about")).to_have_count(0, timeout=SOON)
    expect(desk.get_by_text(SECOND)).to_have_count(0)
    expect(desk.get_by_role("heading", name="The question")).to_be_visible()


def test_it_goes_with_what_is_shared(page: Page, desk: Page, ana: Person, sharing: str) -> None:
    at = f"/api/sharings/{sharing}/session-pages/agenda/1"
    said = {"lines": [FIRST], "zone": "UTC", "base_revision": 0}
    assert ana.http.put(at, json=said).status_code == 200
    assert ana.http.put(f"{at}/shown", json={"shown": True, "base_revision": 1}).status_code == 200
    desk.goto(f"/client/{sharing}")
    expect(desk.get_by_text(FIRST)).to_be_visible()
    assert ana.http.post(f"/api/sharings/{sharing}/pause").status_code == 204
    expect(desk.get_by_text("Nothing to show now.")).to_be_visible(timeout=SOON)
    expect(desk.get_by_text(FIRST)).to_have_count(0)
    page.goto(f"/sharing/{sharing}/session")
    expect(page.get_by_text("You have paused what you share with Dr. Brandt.")).to_be_visible()
    expect(page.get_by_label("Line 1")).to_have_value(FIRST)


def test_three_answers_over_time_for_both(page: Page, desk: Page, ana: Person, sharing: str) -> None:
    at = f"/api/sharings/{sharing}/session-pages/check"
    for number, (days, heard) in enumerate(((16, 5), (9, 8)), 1):
        said = {"session_on": str(today() - timedelta(days=days)), "heard": heard, "fit": 6, "base_revision": 0}
        assert ana.http.put(f"{at}/{number}", json=said).status_code == 200
    assert ana.http.put(f"{at}/2/shown", json={"shown": True, "base_revision": 1}).status_code == 200
    page.goto(f"/sharing/{sharing}/session")
    page.locator("summary", has_text="After a session").click()
    page.get_by_role("button", name="Keep this", exact=True).click()
    expect(page.get_by_text("There is nothing on this page yet.")).to_be_visible()
    page.get_by_role("group", name="Was I heard?").get_by_role("radio", name="7").check(force=True)
    page.get_by_label("In your own words, if you like").fill("It was <i>mine</i>.")
    page.get_by_role("button", name="Keep this", exact=True).click()
    sentence = "Was I heard? Answered 3 times: 5, 8, 7."
    expect(page.get_by_text(sentence).first).to_be_visible()
    expect(page.get_by_text("Did we work on what matters to me? Not answered.").first).to_be_visible()
    section = page.locator("section[aria-labelledby='check']")
    section.get_by_role("button", name="Show it to Dr. Brandt").click()
    expect(section.get_by_text("Dr. Brandt can read this from now on.")).to_be_visible()

    desk.goto(f"/client/{sharing}")
    expect(desk.get_by_role("heading", name="How sessions were for R.")).to_be_visible()
    expect(desk.get_by_text("Was I heard? Answered 2 times: 8, 7.").first).to_be_visible()
    expect(desk.get_by_text("It was <i>mine</i>.")).to_be_visible()
    theirs = desk.locator(".theirs")
    assert theirs.locator("circle").count() == 3
    theirs.get_by_text("The same as a table").click()
    expect(theirs.get_by_role("row")).to_have_count(3)
    assert not re.search(r"average|mean|better than before|trend|score", theirs.inner_text(), re.IGNORECASE)

    section.get_by_role("button", name="Write about another session").click()
    expect(page.get_by_label("In your own words, if you like")).to_have_value("")
    page.get_by_text("After earlier sessions", exact=True).click()
    earlier = page.locator("section", has=page.get_by_text("It was <i>mine</i>."))
    page.get_by_role("button", name="Take it away").first.click()
    page.get_by_role("button", name="Take it away").first.click()
    expect(page.get_by_text("It is gone.")).to_be_focused()
    expect(earlier).to_have_count(0)
    expect(desk.get_by_text("It was <i>mine</i>.")).to_have_count(0, timeout=SOON)


def test_without_a_signal_it_is_said_and_kept(page: Page, ana: Person, sharing: str) -> None:
    page.goto(f"/sharing/{sharing}/session")
    expect(page.get_by_label("Line 1")).to_be_visible()
    page.context.set_offline(True)
    line(page, 1, SECOND)
    page.get_by_role("button", name="Show it to Dr. Brandt").first.click()
    expect(page.get_by_text("No signal. What you wrote is still here.")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_label("Line 1")).to_have_value(SECOND)
    page.get_by_role("button", name="Keep this list").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    [kept] = ana.http.get(f"/api/sharings/{sharing}/session-pages").json()["agendas"]
    assert (kept["lines"], kept["shown_at"]) == ([SECOND], None)


def test_two_phones_lose_nothing(page: Page, phone: NewPhone, server: Server, ana: Person, sharing: str) -> None:
    other = phone(server.url)
    sign_in(other, ana)
    second = other.new_page()
    for each in (page, second):
        each.goto(f"/sharing/{sharing}/session")
        expect(each.get_by_label("Line 1")).to_be_visible()
    line(page, 1, FIRST)
    page.get_by_role("button", name="Keep this list").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    line(second, 1, SECOND)
    second.get_by_role("button", name="Keep this list").click()
    expect(second.get_by_text("also written on another device")).to_be_visible()
    expect(second.get_by_text(FIRST)).to_be_visible()
    expect(second.get_by_label("Line 1")).to_have_value(SECOND)
    assert axe(second) == []
    second.get_by_role("button", name="Keep what is here").click()
    expect(second.get_by_text("Kept.", exact=True)).to_be_visible()
    [kept] = ana.http.get(f"/api/sharings/{sharing}/session-pages").json()["agendas"]
    assert kept["lines"] == [SECOND]
    # A check is of another session: neither takes the other's place.
    for each in (page, second):
        each.locator("summary", has_text="After a session").click()
        each.get_by_label("In your own words, if you like").fill(f"from {'one' if each is page else 'the other'}")
        each.get_by_role("button", name="Keep this", exact=True).click()
        expect(each.locator("section[aria-labelledby='check']").get_by_text("Kept.", exact=True)).to_be_visible()
    checks = ana.http.get(f"/api/sharings/{sharing}/session-pages").json()["checks"]
    assert [check["words"] for check in checks] == ["from one", "from the other"]


def test_a_new_list_leaves_the_one_before(page: Page, ana: Person, sharing: str) -> None:
    at = f"/api/sharings/{sharing}/session-pages/agenda/1"
    assert ana.http.put(at, json={"lines": [FIRST], "zone": "UTC", "base_revision": 0}).status_code == 200
    page.goto(f"/sharing/{sharing}/session")
    page.get_by_role("button", name="Begin a new list").click()
    line(page, 1, SECOND)
    page.reload()
    expect(page.get_by_label("Line 1")).to_have_value(SECOND)
    page.get_by_role("button", name="Keep this list").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    page.get_by_text("Earlier lists", exact=True).click()
    expect(page.get_by_text(FIRST)).to_be_visible()
    page.get_by_role("button", name=re.compile("^Change it")).click()
    expect(page.get_by_label("Line 1")).to_have_value(FIRST)
    line(page, 2, "and more")
    page.reload()
    expect(page.get_by_text("You are changing an earlier list.")).to_be_visible()
    page.get_by_role("button", name="Keep this list").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    page.get_by_role("button", name="Back to the list for next time").click()
    expect(page.get_by_label("Line 1")).to_have_value(SECOND)
    lists = ana.http.get(f"/api/sharings/{sharing}/session-pages").json()["agendas"]
    assert [one["lines"] for one in lists] == [[FIRST, "and more"], [SECOND]]


def test_from_the_end_of_looking_together(page: Page, ana: Person, sharing: str) -> None:
    fortnight = ana.http.get("/api/experiments").json()[0]["id"]
    page.goto(f"/review/{fortnight}")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Next").wait_for()
    while page.get_by_role("button", name="Next").count():
        page.get_by_role("button", name="Next").click()
    page.get_by_role("link", name="What you want to talk about with Dr. Brandt").click()
    expect(page.get_by_role("heading", name="For your sessions with Dr. Brandt")).to_be_visible()
