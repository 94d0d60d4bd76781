"""Pages to write on, as a person writes them: nothing lost, nothing stacked up, nothing for others."""

import re
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.axe import axe
from tests.browser.conftest import PLAN, NewPhone, Person, Server, today, too_wide
from tests.browser.places import invitation, join
from tests.browser.reflecting import line, pages, three_days, write

ADD = "A good thing about not taking it"
COMPARED = {
    **{"medicine": "methylphenidate", "prescriber_told": {"told_on": "2026-01-05"}},
    "length_days": 14,
}


def draft(person: Person, **plan: Any) -> str:
    return str(person.http.post("/api/experiments", json={**PLAN, **plan}).json()["id"])


def keep(page: Page) -> None:
    page.get_by_role("button", name="Keep this page").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()


def test_a_balance_is_written_and_is_there_again(page: Page, ana: Person) -> None:
    fortnight = draft(ana)
    page.goto(f"/experiment/{fortnight}")
    page.get_by_role("link", name=re.compile("^Good and less good things")).click()
    expect(page.get_by_role("heading", level=1, name="Good and less good things")).to_be_visible()
    folds = page.locator("details.fold")
    expect(folds.nth(0)).to_have_attribute("open", "")
    expect(folds.nth(0).locator("summary")).to_contain_text("Good things about not taking it")
    assert [folds.nth(n).get_attribute("open") for n in (1, 2, 3)] == [None] * 3, "one opens first"
    for words in ("clear head", "no dry mouth"):
        page.get_by_label(ADD, exact=True).fill(words)
        page.keyboard.press("Enter")
        expect(page.get_by_label(ADD, exact=True)).to_be_focused()
        expect(page.get_by_label(ADD, exact=True)).to_have_value("")
    page.get_by_text("Less good things about taking it").click()
    page.get_by_label("A less good thing about taking it", exact=True).fill("tired at noon")
    page.get_by_role("button", name="Change or weigh “clear head”").click()
    page.get_by_role("radio", name=re.compile("^4")).check()
    expect(page.get_by_text("4 of 5")).to_be_visible()
    assert axe(page) == []
    assert too_wide(page) == []
    keep(page)
    page.reload()
    expect(page.get_by_text("clear head 4 of 5").first).to_be_visible()
    expect(page.get_by_text("One line")).to_be_visible()
    (kept,) = pages(ana, fortnight)["balance"]
    assert [(each["cell"], each["words"], each["weight"]) for each in kept["lines"]] == [
        ("not_good", "clear head", 4),
        ("not_good", "no dry mouth", None),
        ("taking_less", "tired at noon", None),
    ]
    text = page.locator("main").inner_text()
    assert not re.search(r"total|score|sum\b", text.replace("Nothing is added up", ""), re.IGNORECASE)


def test_what_is_typed_outlives_a_closed_page_and_a_dead_network(page: Page, ana: Person) -> None:
    fortnight = draft(ana)
    at = f"/experiment/{fortnight}/balance"
    page.goto(at)
    page.get_by_label(ADD, exact=True).fill("half a th")
    page.reload()
    expect(page.get_by_label(ADD, exact=True)).to_have_value("half a th")
    page.get_by_label(ADD, exact=True).fill("half a thought")
    page.route("**/api/**", lambda route: route.abort())
    page.get_by_role("button", name="Keep this page").click()
    expect(page.get_by_text("No signal. What you wrote is still here.")).to_be_visible()
    page.unroute("**/api/**")
    keep(page)
    assert pages(ana, fortnight)["balance"][0]["lines"] == [line("half a thought")]
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.includes('page-balance'))") == []


def test_what_is_typed_while_it_is_sent_stays(page: Page, ana: Person) -> None:
    fortnight = draft(ana)
    page.goto(f"/experiment/{fortnight}/words")
    page.get_by_label("What I miss").fill("one")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/reflections/words/*", hold)
    page.get_by_role("button", name="Keep this page").click()
    expect(page.get_by_role("button", name="Keeping…")).to_be_visible()
    page.get_by_label("What I miss").fill("one and two")
    held[0].continue_()
    page.unroute("**/reflections/words/*")
    expect(page.get_by_role("button", name="Keep this page")).to_be_visible()
    expect(page.get_by_label("What I miss")).to_have_value("one and two")
    expect(page.get_by_text("Kept on this phone as you type. Not sent yet.")).to_be_visible()
    keep(page)
    assert pages(ana, fortnight)["words"][0]["miss"] == "one and two"


def test_signing_out_takes_what_was_not_sent(page: Page, ana: Person) -> None:
    fortnight = draft(ana)
    page.goto(f"/experiment/{fortnight}/words")
    page.get_by_label("What I miss").fill("cnr-laughing")
    expect(page.get_by_text("Kept on this phone as you type. Not sent yet.")).to_be_visible()
    assert "cnr-laughing" in page.evaluate("JSON.stringify(localStorage)")
    page.goto("/menu")
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator(f"main .well a[href='/experiment/{fortnight}/words']")).to_be_visible()
    page.get_by_role("button", name="Sign out and remove it").click()
    page.wait_for_url("**/sign-in")
    assert "cnr-laughing" not in page.evaluate("JSON.stringify(localStorage)")


def test_of_two_devices_nobody_overwrites_the_other(page: Page, ana: Person) -> None:
    fortnight = draft(ana)
    page.goto(f"/experiment/{fortnight}/words")
    page.get_by_label("What I miss").fill("mine")
    write(ana, fortnight, "words", meaning="theirs", miss="")
    page.get_by_role("button", name="Keep this page").click()
    expect(page.get_by_text("This page was also written on another device.")).to_be_visible()
    expect(page.get_by_label("What I miss")).to_have_value("mine")
    other = page.locator(".keep blockquote")
    expect(other).to_contain_text("theirs")
    expect(other).not_to_contain_text("mine")
    assert axe(page) == []
    assert too_wide(page) == []
    page.get_by_role("button", name="Take the other one").click()
    expect(page.get_by_label("What does stopping")).to_have_value("theirs")
    page.get_by_label("What I miss").fill("both")
    keep(page)
    assert {**pages(ana, fortnight)["words"][0]}["miss"] == "both"


def test_which_of_two_pages_is_shown_before_it_is_chosen(page: Page, ana: Person) -> None:
    fortnight = draft(ana)
    page.goto(f"/experiment/{fortnight}/balance")
    page.get_by_label(ADD, exact=True).fill("mine")
    write(ana, fortnight, "balance", lines=[line("theirs", weight=2), line("tired", "taking_less")])
    page.get_by_role("button", name="Keep this page").click()
    other = page.locator(".keep blockquote")
    assert other.inner_text().split("\n\n") == [
        *("Good things about not taking it", "theirs 2 of 5"),
        *("Less good things about taking it", "tired"),
    ]
    assert axe(page) == []
    page.goto(f"/experiment/{fortnight}/rulers")
    page.get_by_role("group", name=re.compile("^How sure")).get_by_role("radio", name="7").check()
    write(ana, fortnight, "rulers", importance=4, confidence=None)
    page.get_by_role("button", name="Keep this page").click()
    expect(other).to_contain_text("How important: 4")
    expect(other).to_contain_text("How sure: no number")


def test_a_page_that_another_device_took_away_is_said_to_be_gone(page: Page, ana: Person) -> None:
    fortnight = draft(ana)
    write(ana, fortnight, "words", meaning="first", miss="")
    page.goto(f"/experiment/{fortnight}/words")
    page.get_by_label("What I miss").fill("mine")
    at = f"/api/experiments/{fortnight}/reflections/words/{pages(ana, fortnight)['today']}"
    assert ana.http.delete(at).status_code == 204
    page.get_by_role("button", name="Keep this page").click()
    expect(page.get_by_text("This page was taken away on another device.")).to_be_visible()
    expect(page.get_by_role("button", name="Let it be gone")).to_be_visible()
    write(ana, fortnight, "words", meaning="theirs", miss="")
    page.get_by_role("button", name="Keep what is here").click()
    expect(page.locator(".keep blockquote")).to_contain_text("theirs")
    page.get_by_role("button", name="Keep what is here").click()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    assert [page["meaning"] for page in pages(ana, fortnight)["words"]] == ["first"]
    assert pages(ana, fortnight)["words"][0]["miss"] == "mine"


def test_one_tap_makes_a_line_a_word_to_rate_and_the_result_asks_for_it(page: Page, ana: Person) -> None:
    fortnight = draft(ana, **COMPARED)
    page.goto(f"/experiment/{fortnight}/balance")
    page.get_by_label(ADD, exact=True).fill("clear head")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Notice this “clear head”").click()
    expect(page.get_by_text("You can rate “clear head” on each check-in.")).to_be_visible()
    expect(page.get_by_text("Kept.", exact=True)).to_be_visible()
    at = f"/api/experiments/{fortnight}"
    own = ana.http.get(at).json()["own_measures"]
    assert [(each["key"], each["name"]) for each in own] == [("own1", "Fog"), ("own2", "clear head")]
    assert pages(ana, fortnight)["balance"][0]["lines"][0]["measure"] == {"key": "own2", "name": "clear head"}
    assert ana.http.post(f"{at}/start").status_code == 200
    answer = ana.put({"id": fortnight}, today().isoformat(), mood=5, own={"own2": 8})
    assert answer.status_code == 200
    assert ana.http.post(f"{at}/stop").status_code == 200
    page.goto(f"/result/{fortnight}")
    expect(page.get_by_text("You wrote “clear head”. Was it there?")).to_be_visible()
    page.get_by_role("link", name="See the good and less good things").click()
    expect(page.get_by_role("heading", level=1, name="Good and less good things")).to_be_visible()


def test_where_a_word_cannot_be_added_the_reason_is_said(page: Page, ana: Person) -> None:
    own = [{"key": f"own{n}", "name": f"word {n}", "low": "", "middle": "", "high": ""} for n in (1, 2, 3)]
    long = "a morning without the fog that lasts until noon"
    full = draft(ana, own_measures=own)
    write(ana, full, "balance", lines=[line("clear head"), line("word 2"), line(long)])
    page.goto(f"/experiment/{full}/balance")
    page.get_by_role("button", name="Notice this “clear head”").click()
    expect(page.get_by_text("You have three words to rate already.")).to_be_focused()
    page.get_by_role("button", name="Leave it").click()
    page.get_by_role("button", name="Notice this “word 2”").click()
    expect(page.get_by_text("You can rate “word 2” on each check-in.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Notice this “a morning")).click()
    name = page.get_by_label("A shorter name")
    expect(name).to_be_focused()
    expect(name).to_have_value("a morning without the fog that lasts")
    ana.http.delete(f"/api/experiments/{full}")

    running = str(ana.experiment(started_days_ago=3, **COMPARED)["id"])
    write(ana, running, "balance", lines=[line(long)])
    page.goto(f"/experiment/{running}/balance")
    page.get_by_role("button", name=re.compile("^Notice this “a morning")).click()
    page.get_by_label("A shorter name").fill("no fog")
    page.get_by_role("button", name="Add this word").click()
    caps = page.get_by_text("the result of this fortnight will be “cannot tell”")
    expect(caps).to_be_focused()
    assert len(ana.http.get(f"/api/experiments/{running}").json()["own_measures"]) == 1
    page.get_by_role("button", name="Add it all the same").click()
    expect(page.get_by_text("You can rate “no fog” on each check-in.")).to_be_visible()
    assert ana.http.get(f"/api/experiments/{running}").json()["own_measures"][1]["name"] == "no fog"
    ana.http.post(f"/api/experiments/{running}/stop")
    write(ana, running, "balance", lines=[line("sleep")])
    page.reload()
    page.get_by_role("button", name="Notice this “sleep”").click()
    expect(page.get_by_text("This fortnight is over, so no word can be added")).to_be_visible()


def test_the_versions_stand_side_by_side_by_date(page: Page, ana: Person, phone: NewPhone) -> None:
    fortnight = three_days(ana)
    page.goto(f"/experiment/{fortnight}/balance")
    beside = page.locator("section", has=page.get_by_role("heading", name="Side by side")).first
    first = beside.locator(".cell-of").first
    expect(first.locator("h3")).to_have_text("Good things about not taking it")
    whens = first.locator(".when").all_inner_texts()
    parts = ["At the start", "In the middle", "After the end"]
    assert [when.startswith(part) for when, part in zip(whens, parts, strict=True)] == [True] * 3
    assert first.locator("li").all_inner_texts() == [f"clear head {n} of 5" for n in (2, 3, 4)]
    assert too_wide(page) == []
    page.set_viewport_size({"width": 1280, "height": 800})
    tops = {round(box["y"]) for each in first.locator(".beside > div").all() if (box := each.bounding_box())}
    assert len(tops) == 1, "columns where there is room"
    page.emulate_media(media="print")
    expect(page.get_by_label(ADD, exact=True)).to_be_hidden()
    expect(first).to_be_visible()
    page.emulate_media(media="screen")
    page.set_viewport_size({"width": 360, "height": 740})

    page.get_by_text("Every page, by date").click()
    page.get_by_role("button", name="Take away the page of").last.click()
    page.get_by_role("button", name="Take it away", exact=True).click()
    expect(page.get_by_text("That page is gone.")).to_be_focused()
    assert len(pages(ana, fortnight)["balance"]) == 2

    page.goto(f"/experiment/{fortnight}/rulers")
    expect(page.get_by_text("How important: 4").first).to_be_visible()
    expect(page.get_by_text("How sure: no number").first).to_be_visible()
    assert not re.search(r"[↑↓→+%]", page.locator("main").inner_text())


def test_the_rulers_have_no_answer_until_one_is_given(page: Page, ana: Person) -> None:
    fortnight = draft(ana)
    page.goto(f"/experiment/{fortnight}/rulers")
    expect(page.get_by_text("Only you see this page.")).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.get_by_role("button", name="Keep this page").click()
    expect(page.get_by_text("There is nothing on this page yet.")).to_be_visible()
    page.get_by_role("group", name=re.compile("^How important")).get_by_role("radio", name="7").check()
    keep(page)
    (kept,) = pages(ana, fortnight)["rulers"]
    assert (kept["importance"], kept["confidence"]) == (7, None)
    page.reload()
    expect(
        page.get_by_role("group", name=re.compile("^How important")).get_by_role("radio", name="7")
    ).to_be_checked()


def test_own_words_are_shown_again_with_the_result(page: Page, ana: Person) -> None:
    fortnight = str(ana.experiment(started_days_ago=3)["id"])
    ana.put({"id": fortnight}, today().isoformat(), mood=5)
    page.goto(f"/experiment/{fortnight}")
    page.get_by_role("link", name=re.compile("^What it means for you")).click()
    page.get_by_label("What does stopping, or taking, mean for you?").fill("To be\nmyself.")
    keep(page)
    ana.http.post(f"/api/experiments/{fortnight}/stop")
    page.goto(f"/result/{fortnight}")
    expect(page.get_by_text("To be myself.")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_text("To be myself.")).to_be_hidden()


def test_one_page_is_offered_and_turned_down_for_good(page: Page, ana: Person) -> None:
    fortnight = draft(ana)
    page.goto(f"/experiment/{fortnight}")
    offers = page.locator(".offer")
    expect(offers).to_have_count(1)
    expect(offers).to_contain_text("what stopping, or taking, means for you?")
    page.get_by_role("button", name="Not now").click()
    expect(page.get_by_text("All right. It stays on the page of the fortnight.")).to_be_focused()
    page.reload()
    expect(page.get_by_role("heading", name="Pages to write on")).to_be_visible()
    page.wait_for_load_state("networkidle")
    expect(offers).to_have_count(0)


def test_after_a_result_one_is_offered_and_all_can_be_turned_off(page: Page, ana: Person) -> None:
    fortnight = str(ana.experiment(started_days_ago=15)["id"])
    for number in range(1, 6):
        ana.put({"id": fortnight}, (today() - timedelta(days=number + 1)).isoformat(), mood=number + 2)
    page.goto(f"/result/{fortnight}")
    expect(page.locator(".offer")).to_have_count(1)
    page.get_by_role("button", name="Offer me no pages").click()
    expect(page.get_by_text("Off. You can turn it on again in the settings.")).to_be_focused()
    page.goto("/settings")
    switch = page.get_by_role("switch", name=re.compile("^Offer me pages"))
    expect(switch).not_to_be_checked()
    switch.check()
    page.reload()
    expect(switch).to_be_checked()
    assert ana.http.get("/api/offers").json() == {"on": True}


@pytest.mark.parametrize("chosen", [True, False])
def test_the_balance_is_on_somebody_else_s_page_only_where_it_is_shared(
    page: Page, phone: NewPhone, server: Server, ana: Person, chosen: bool
) -> None:
    fortnight = str(ana.experiment(started_days_ago=5)["id"])
    linked = {**line("cnr-clear head", weight=3), "measure": {"key": "own1", "name": "Fog"}}
    write(ana, fortnight, "balance", lines=[linked])
    write(ana, fortnight, "words", meaning="cnr-meaning", miss="cnr-miss")
    write(ana, fortnight, "rulers", importance=9, confidence=1)
    desk = phone(server.url, viewport={"width": 1280, "height": 800}).new_page()
    join(desk, f"theo{chosen}".lower(), at=invitation(server, "therapist"))
    answer = desk.request.post(
        "/api/invitations", data={"name": "Dr. Brandt"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    page.goto("/share")
    page.get_by_label("The code you were given").fill(answer.json()["code"])
    page.get_by_role("button", name="See who it is from").click()
    page.get_by_label("What Dr. Brandt calls you").fill("R.")
    page.get_by_role("switch", name=re.compile("^Your question")).check()
    if chosen:
        page.get_by_role("switch", name=re.compile("^Good and less good things")).check()
    page.get_by_role("button", name="See what they would see").click()
    preview = page.locator(".preview")
    expect(preview).to_be_visible()
    expect(preview.get_by_text("cnr-clear head")).to_have_count(int(chosen))
    page.get_by_role("button", name="Share this with Dr. Brandt").click()
    expect(page.get_by_text("Done. Dr. Brandt can see what you chose.")).to_be_visible()
    desk.goto("/")
    desk.get_by_role("link", name=re.compile("^R.")).click()
    expect(desk.get_by_text("R. chose what is here.")).to_be_visible()
    expect(desk.get_by_text("cnr-clear head")).to_have_count(int(chosen))
    assert "Was it there?" not in desk.content()
    assert not re.search("cnr-(meaning|miss)", desk.content())
    if chosen:
        expect(desk.get_by_text("3 of 5")).to_be_visible()
        assert axe(desk) == []
