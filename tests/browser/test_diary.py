"""A diary from elsewhere: the question first, then the file, its columns, a window; all of it, or nothing."""

import re
from datetime import timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import Person, today
from tests.browser.places import fits_the_screen, large_text

FILE = "A table with one row for each day"


def table(days: int = 20, **cells: str) -> str:
    """A diary that ends yesterday. `cells`: `d3_y="x"` puts x into row 3, column y."""
    lines = ["day,pill,calm,noise"]
    for n in range(days):
        row = {
            "day": (today() - timedelta(days=days - n)).isoformat(),
            "pill": ["white one", "none", "forgot?"][n % 3 if n % 5 else 1],
            "calm": str(4 + n * 7 % 4),
            "noise": str(n % 3),
        }
        row |= {name: cells[key] for name in row if (key := f"d{n}_{name}") in cells}
        lines.append(",".join(row.values()))
    return "\n".join(lines)


def asked(page: Page) -> None:
    """Everything that comes before the file."""
    page.goto("/diary")
    page.get_by_label("What would you like to find out?").fill("Am I calmer with it?")
    page.get_by_role("radio", name="I took it on some days").check()
    page.get_by_role("checkbox", name="none", exact=True).check()
    page.get_by_label("Which medicine is it about?").fill("melatonin")
    page.get_by_label("What do you call it?").focus()
    page.get_by_role("radio", name="now and then").check()
    page.get_by_role("radio", name="At bedtime").check()
    page.get_by_role("radio", name="A word of your own").check()
    page.get_by_label("Your word", exact=True).fill("calm")
    page.get_by_role("button", name="Go on to the file").click()
    expect(page.get_by_role("heading", name="Your file")).to_be_focused()


def give(page: Page, text: str, name: str = "diary.csv") -> None:
    page.get_by_label(FILE).set_input_files({"name": name, "mimeType": "text/csv", "buffer": text.encode()})
    expect(page.get_by_role("heading", name="What the columns are")).to_be_visible()


def open_scale(page: Page) -> None:
    """The numbers of a column are folded while they are fine."""
    page.locator("summary", has_text="The numbers in it").first.click()


def choose_columns(page: Page) -> None:
    page.get_by_label("Which column is “calm”?").select_option("calm")
    page.get_by_label("Which column says whether you took it?").select_option("pill")


def say_what_values_mean(page: Page) -> None:
    page.get_by_label(re.compile("^“white one”")).select_option("taken")
    page.get_by_label(re.compile("^“none”")).select_option("not_taken")
    page.get_by_label(re.compile("^“forgot[?]”")).select_option("nothing")


def bring(page: Page) -> None:
    page.get_by_role("button", name="Bring these days").click()
    expect(page).to_have_url(re.compile("/result/"))


def test_the_question_comes_before_the_file(page: Page, ana: Person) -> None:
    page.goto("/diary")
    expect(page.get_by_label(FILE)).to_have_count(0)
    page.get_by_role("button", name="Go on to the file").click()
    expect(page.get_by_text("Write your question here.")).to_be_visible()
    expect(page.get_by_text("It decides which rating a dose belongs to.")).to_be_visible()
    expect(page.get_by_text("Choose the one that would answer your question.")).to_be_visible()
    expect(page.get_by_label("What would you like to find out?")).to_be_focused()
    expect(page.get_by_label(FILE)).to_have_count(0)


def test_a_diary_is_brought_and_looked_back_on(page: Page, ana: Person) -> None:
    asked(page)
    give(page, table())
    expect(page.get_by_label("Which column has the day?")).to_have_value("day")
    choose_columns(page)
    page.get_by_role("button", name="Bring these days").click()
    expect(page.get_by_text("Say for each value what it means.")).to_be_visible()
    say_what_values_mean(page)
    expect(page.get_by_role("radio", checked=True, name=re.compile("^First day"))).to_have_count(1)
    bring(page)
    expect(page.get_by_text("Looked back, not planned")).to_be_visible()
    (brought,) = ana.http.get("/api/experiments").json()
    assert (brought["kind"], brought["length_days"], brought["status"]) == ("diary", 14, "finished")
    assert brought["end_on"] == (today() - timedelta(days=1)).isoformat()
    doses = {row["answers"]["dose"] for row in ana.days(brought).values()}
    assert doses == {"taken", "not_taken", None}


def test_rows_that_cannot_be_read_are_named_and_nothing_is_half_imported(page: Page, ana: Person) -> None:
    asked(page)
    give(page, table(d15_calm="so-so", d17_calm="77"))
    page.get_by_label("Which column is “calm”?").select_option("noise")
    page.get_by_label("Which column says whether you took it?").select_option("pill")
    say_what_values_mean(page)
    open_scale(page)
    page.get_by_label("Highest possible").fill("1")
    page.get_by_role("button", name="Bring these days").click()
    troubles = page.get_by_role("region", name="What could not be read")
    expect(troubles).to_contain_text("Nothing was brought in.")
    expect(troubles.get_by_text(re.compile(r"^Row \d+, column D: "))).not_to_have_count(0)
    expect(troubles).to_be_focused()
    (draft,) = ana.http.get("/api/experiments").json()
    assert draft["status"] == "draft"
    assert ana.days(draft) == {}
    page.get_by_label("Highest possible").fill("2")
    bring(page)
    assert len(ana.http.get("/api/experiments").json()) == 1


LEVELS = "the day,mg,how it was\n" + "\n".join(
    f"{(today() - timedelta(days=60 - n)).isoformat()},{[150, 75, 37, 0][min(3, n // 10)]},{2.571429 + n % 5}"
    for n in range(60)
)


def test_only_the_values_of_the_chosen_days_are_asked_about(page: Page, ana: Person) -> None:
    asked(page)
    give(page, LEVELS)
    page.get_by_label("Which column is “calm”?").select_option("how it was")
    expect(page.locator("summary", has_text="The numbers in it: 0 to 10, any step")).to_be_visible()
    expect(page.get_by_text("2.571429", exact=True)).to_have_count(0)
    page.get_by_label("Which column says whether you took it?").select_option("mg")
    values = page.get_by_role("group", name="What does each value mean?").locator("label")
    expect(values).to_have_text(["“0”, on 14 days"])
    first = today() - timedelta(days=55)
    page.get_by_role("radio", name=re.compile(rf"^First day \w+ {first.day} {first:%B} ")).check()
    expect(values).to_have_text(["“75”, on 9 days", "“150”, on 5 days"])
    page.get_by_label("How many days?").fill("28")
    expect(values).to_have_text(
        ["“37”, on 10 days", "“75”, on 10 days", "“150”, on 5 days", "“0”, on 3 days", "All others"]
    )
    page.get_by_label(re.compile("^“150”")).select_option("taken")
    page.get_by_label("All others").select_option("not_taken")
    bring(page)
    (brought,) = ana.http.get("/api/experiments").json()
    doses = [row["answers"]["dose"] for row in ana.days(brought).values()]
    assert (doses.count("taken"), doses.count("not_taken")) == (5, 23)


ORDER = "In a row of your diary, which comes first?"


def test_what_stands_first_in_a_row_is_asked_where_it_matters(page: Page, ana: Person) -> None:
    asked(page)
    page.get_by_role("button", name="Change the question").click()
    order = page.get_by_role("group", name=ORDER)
    expect(order.get_by_role("radio", name="the rating, then the dose")).to_be_checked()
    page.get_by_role("radio", name="Evening").check()
    expect(order.get_by_role("radio", name="the dose, then the rating")).to_be_checked()
    page.get_by_role("radio", name="Morning").check()
    expect(order).to_have_count(0)
    page.get_by_role("radio", name="Evening").check()
    order.get_by_role("radio", name="the rating, then the dose").check()
    page.reload()
    expect(page.get_by_role("radio", name="Evening")).to_be_checked()
    expect(order.get_by_role("radio", name="the rating, then the dose")).to_be_checked()
    page.get_by_role("button", name="Go on to the file").click()
    give(page, table())
    choose_columns(page)
    say_what_values_mean(page)
    bring(page)
    (brought,) = ana.http.get("/api/experiments").json()
    whole = ana.http.get(f"/api/experiments/{brought['id']}/export").json()
    assert whole["report"]["report"]["fixed"]["lag"] == 1


def test_a_day_is_corrected_as_its_row_was_meant(page: Page, ana: Person) -> None:
    """A bedtime dose stands in the row of the day that it ends: not the night before, as on the check-in."""
    asked(page)
    give(page, table())
    choose_columns(page)
    say_what_values_mean(page)
    bring(page)
    (brought,) = ana.http.get("/api/experiments").json()
    page.goto(f"/experiment/{brought['id']}")
    page.get_by_role("link", name="See all days").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your days")
    page.locator("ol a").last.click()
    expect(page).to_have_url(re.compile(rf"/day/{brought['end_on']}\?in={brought['id']}$"))
    expect(page.get_by_role("group", name=re.compile("at the end of that day$"))).to_be_visible()
    expect(page.get_by_role("group", name="Sleep, the night before")).to_be_visible()
    expect(page.get_by_role("group", name=re.compile(" night$"))).to_have_count(0)


def test_counted_days_are_numbered_alike_everywhere(page: Page, ana: Person) -> None:
    asked(page)
    counted = "day,pill,calm\n" + "\n".join(f"{n},{n % 2},{4 + n % 4}" for n in range(14))
    give(page, counted)
    choose_columns(page)
    page.get_by_label(re.compile("^“1”")).select_option("taken")
    page.get_by_label(re.compile("^“0”")).select_option("not_taken")
    expect(page.get_by_text("Days 0 to 13, 14 days")).to_be_visible()
    bring(page)
    line = page.locator('.chart[data-key="in-order"]')
    line.locator("summary").click()
    expect(line.get_by_role("rowheader").first).to_have_text("Day 0")
    expect(line.get_by_role("rowheader").last).to_have_text("Day 13")
    page.goto("/experiments")
    page.get_by_text("A diary you brought: 14 days, counted 0 to 13").click()
    page.get_by_role("link", name="See all days").click()
    expect(page.locator("ol a").first).to_have_text(re.compile("^Day 0"))
    page.get_by_role("link", name=re.compile("^Day 13")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Day 13")
    page.locator('input[name="mood"][value="7"]').check(force=True)
    expect(page.locator("footer [role=status]")).to_contain_text("Saved here and with your")
    page.get_by_role("link", name="Back").click()
    expect(page.get_by_role("link", name=re.compile("^Day 13"))).to_be_visible()


def test_the_days_stay_within_the_gutter(page: Page, ana: Person) -> None:
    asked(page)
    give(page, table())
    for width in (320, 360):
        page.set_viewport_size({"width": width, "height": 740})
        box = page.locator(".days").bounding_box()
        assert box and box["x"] >= 16 and box["x"] + box["width"] <= width - 16


def test_the_window_is_chosen_on_the_days_of_the_diary(page: Page, ana: Person) -> None:
    asked(page)
    give(page, table(days=60))
    choose_columns(page)
    say_what_values_mean(page)
    first = today() - timedelta(days=40)
    page.get_by_role("radio", name=re.compile(rf"^First day \w+ {first.day} {first:%B} ")).check()
    page.get_by_label("How many days?").fill("21")
    expect(page.get_by_text("21 days", exact=False).last).to_be_visible()
    bring(page)
    (brought,) = ana.http.get("/api/experiments").json()
    assert (brought["start_on"], brought["length_days"]) == (first.isoformat(), 21)


def test_the_columns_are_remembered_and_text_can_be_pasted(page: Page, ana: Person) -> None:
    asked(page)
    give(page, table())
    choose_columns(page)
    say_what_values_mean(page)
    open_scale(page)
    page.get_by_label("Highest possible").fill("8")
    bring(page)
    asked(page)
    page.locator("summary", has_text="Or paste the table here").click()
    page.get_by_role("textbox", name="Or paste the table here").fill(table(days=30))
    page.get_by_role("button", name="Read what I pasted").click()
    expect(page.get_by_text("The columns are chosen as the last time.")).to_be_visible()
    expect(page.locator("summary", has_text="0 to 8, step 1")).to_be_visible()
    expect(page.get_by_label(re.compile("^“forgot[?]”"))).to_have_value("nothing")


def test_a_file_that_is_no_table_says_so(page: Page, ana: Person) -> None:
    asked(page)
    page.get_by_label(FILE).set_input_files(
        {"name": "x.csv", "mimeType": "text/csv", "buffer": b"only one column\n1\n2\n"}
    )
    expect(page.get_by_text("Only one column was found.")).to_be_visible()
    expect(page.get_by_role("button", name="Bring these days")).to_have_count(0)
    page.get_by_role("button", name="Take another file").click()
    give(page, table())


def test_it_fits_320_pixels_and_200_per_cent_text(page: Page, ana: Person) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    asked(page)
    give(page, table())
    fits_the_screen(page)
    large_text(page)
    fits_the_screen(page)
