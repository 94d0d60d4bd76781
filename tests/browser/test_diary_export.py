"""An export of another app on a phone: recognised, asked about what only the person can say, and brought."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.axe import axe
from tests.browser.conftest import Person, today
from tests.browser.places import fits_the_screen, large_text
from tests.browser.test_diary import FILE, asked, bring, table

MOODS = ["good", "Meine", "bad", "rad", "meh", "awful"]
LOOKS = "This looks like an export from Daylio."


def daylio(days: int = 16) -> str:
    """Two entries a day, newest first, until yesterday; the one in the evening counts."""
    lines = []
    for n in range(days):
        day = (today() - timedelta(days=days - n)).isoformat()
        pill = " | white one" if n % 2 else " | none today"
        lines.append(f'{day},x,x,8:00 am,rad,"walk","","in the\nmorning"')
        lines.append(f'{day},x,x,9:30 pm,{MOODS[n % 6]},"walk{pill}","",""')
    return "\ufefffull_date,date,weekday,time,mood,activities,note_title,note\r\n" + "\r\n".join(reversed(lines))


def emoods(days: int = 16) -> str:
    lines = ["ID,DATE (YYYY-MM-DD),IRRITABILITY,ANXIETY,DEPRESSED,ELEVATED,SLEEP,NOTE"]
    lines += [f"{n},{today() - timedelta(days=days - n)},1,{n % 5},{1 + n % 4},1,7.5," for n in range(days)]
    return "\n".join(lines)


def give(page: Page, text: str) -> None:
    page.get_by_label(FILE).set_input_files(
        {"name": "daylio_export.csv", "mimeType": "text/csv", "buffer": text.encode()}
    )
    expect(page.get_by_role("heading", name="What the columns are")).to_be_visible()


def test_a_daylio_export_is_brought_on_a_phone(page: Page, ana: Person) -> None:
    asked(page)
    give(page, daylio())
    expect(page.get_by_text(LOOKS)).to_be_visible()
    expect(page.get_by_text("the last one counts")).to_be_visible()
    expect(page.get_by_label(re.compile("^“good”"))).to_have_value("4")
    expect(page.get_by_label(re.compile("^“Meine”"))).to_have_value("")
    expect(page.get_by_label("Which column says whether you took it?")).to_have_value("")
    assert axe(page) == []
    page.get_by_label("Which column says whether you took it?").select_option("white one")
    page.get_by_label(re.compile("^“white one”")).select_option("taken")
    expect(page.get_by_label("an empty cell")).to_have_value("nothing")
    page.get_by_label("an empty cell").select_option("not_taken")
    page.get_by_role("button", name="Bring these days").click()
    expect(page.get_by_text("Choose a place for each mood, or leave it out.")).to_be_visible()
    expect(page.get_by_label(re.compile("^“Meine”"))).to_have_attribute("aria-invalid", "true")
    assert axe(page) == []
    page.get_by_label(re.compile("^“Meine”")).select_option("2")
    expect(page.locator("summary", has_text="The numbers in it: 1 to 5, step 1")).to_be_visible()
    expect(page.get_by_label("Which column says whether you took it?")).to_have_value("white one")
    expect(page.get_by_label("Which column is “calm”?")).to_have_value("mood")
    bring(page)
    (brought,) = ana.http.get("/api/experiments").json()
    assert (brought["kind"], brought["length_days"]) == ("diary", 14)
    rows = list(ana.days(brought).values())
    assert {row["answers"]["dose"] for row in rows} == {"taken", "not_taken"}
    expect(page.get_by_text("On 7 days the diary says nothing about the dose.")).to_be_visible()
    assert {row["scaled"]["own1"] for row in rows} == {1, 2, 3, 4, 5}


def test_an_export_can_be_read_as_an_ordinary_table_and_back(page: Page, ana: Person) -> None:
    asked(page)
    give(page, daylio())
    page.get_by_label(re.compile("^“Meine”")).select_option("1")
    page.get_by_role("button", name="Read it as an ordinary table").click()
    expect(page.get_by_text("It is read as an ordinary table.")).to_be_visible()
    expect(page.get_by_label(re.compile("^“Meine”"))).to_have_count(0)
    expect(page.get_by_role("region", name="What could not be read")).to_contain_text("a second time")
    page.get_by_role("button", name="Read it as an export from Daylio").click()
    expect(page.get_by_label(re.compile("^“Meine”"))).to_have_value("1")
    expect(page.get_by_role("region", name="What could not be read")).to_have_count(0)


def test_a_zero_of_emoods_is_asked_about(page: Page, ana: Person) -> None:
    asked(page)
    give(page, emoods())
    zero = page.get_by_role("group", name="What does a 0 mean in this file?")
    expect(zero.get_by_role("radio", checked=True)).to_have_count(0)
    expect(page.get_by_label("Which column is “calm”?")).to_have_value("")
    page.get_by_label("Which column is “calm”?").select_option("DEPRESSED")
    page.get_by_role("button", name="Bring these days").click()
    expect(page.get_by_text("Choose what a 0 means.")).to_be_visible()
    zero.get_by_role("radio", name="nothing was entered").check()
    page.get_by_label("Which column is “calm”?").select_option("ANXIETY")
    expect(page.locator("summary", has_text="The numbers in it: 1 to 4, step 1")).to_be_visible()
    assert axe(page) == []
    bring(page)
    (brought,) = ana.http.get("/api/experiments").json()
    assert {row["scaled"].get("own1") for row in ana.days(brought).values()} == {1, 2, 3, 4}


def test_an_ordinary_table_hears_nothing_of_apps(page: Page, ana: Person) -> None:
    asked(page)
    page.locator("summary", has_text="How to get a file from another app").click()
    expect(page.get_by_text("Generate Backup File", exact=False)).to_be_visible()
    assert axe(page) == []
    give(page, table())
    expect(page.get_by_text(re.compile("^This looks like"))).to_have_count(0)


def test_it_fits_320_pixels_200_per_cent_text_and_the_dark(page: Page, ana: Person) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme="dark")
    asked(page)
    page.locator("summary", has_text="How to get a file from another app").click()
    fits_the_screen(page)
    give(page, daylio())
    fits_the_screen(page)
    assert axe(page) == []
    large_text(page)
    fits_the_screen(page)


def test_everything_is_reached_by_the_keyboard(page: Page, ana: Person) -> None:
    asked(page)
    give(page, daylio())
    button = page.get_by_role("button", name="Read it as an ordinary table")
    button.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_label(re.compile("^“rad”"))).to_be_focused()
    page.get_by_label(re.compile("^“Meine”")).focus()
    page.keyboard.press("2")
    expect(page.get_by_label(re.compile("^“Meine”"))).to_have_value("2")
    expect(page.locator("summary", has_text="The numbers in it: 1 to 5, step 1")).to_be_visible()
