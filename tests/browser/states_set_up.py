"""The states of setting up a fortnight and of bringing a diary."""

import re
from datetime import timedelta

from playwright.sync_api import Page

from tests.browser.conftest import today
from tests.browser.places import MEDICINE, QUESTION, START, again
from tests.browser.states import Cast, heading, state, unfold
from tests.taken_along import draft

# Setting up


def ask(page: Page, medicine: str, way: str = "I take it every day", fits: str = "none") -> None:
    heading(page, "/new")
    again(page, "Where are you with it?")
    page.get_by_role("radio", name=way).check()
    page.get_by_label(QUESTION).fill("Am I foggier on the days I take it?")
    again(page, "Do any of these fit you?")
    if not page.get_by_role("checkbox", name=fits, exact=True).is_checked():
        page.get_by_role("checkbox", name=fits, exact=True).check()
    page.get_by_label(MEDICINE).fill(medicine)
    page.get_by_label("What do you call it?").focus()


@state("dora")
def new_first(page: Page, cast: Cast) -> None:
    heading(page, "/new")
    page.evaluate("localStorage.clear()")
    heading(page, "/new")


@state("ana")
def new_while_one_is_open(page: Page, cast: Cast) -> None:
    ask(page, "lithium")
    page.get_by_role("heading", name="One is open").wait_for()


@state("dora")
def new_prescriber_first(page: Page, cast: Cast) -> None:
    ask(page, "sertraline")
    page.get_by_role("region", name="Prescriber first").wait_for()
    unfold(page)


@state("dora")
def new_prescriber_knows(page: Page, cast: Cast) -> None:
    ask(page, "methylphenidate", way="I take it on some days")
    page.get_by_role("radio", name=re.compile("^My prescriber knows")).check()
    page.get_by_label("Told on").wait_for()


@state("dora")
def new_compare(page: Page, cast: Cast) -> None:
    ask(page, "melatonin")
    again(page, "Do you take it daily, or now and then?")
    page.get_by_role("radio", name="now and then").check()
    page.get_by_role("region", name="Days can be compared").wait_for()


@state("dora")
def new_notice_only(page: Page, cast: Cast) -> None:
    ask(page, "lithium")
    page.get_by_role("region", name="Notice only").wait_for()


@state("dora")
def new_unknown_medicine(page: Page, cast: Cast) -> None:
    ask(page, "the white ones from Dr Lind")
    page.get_by_role("region", name="Notice only").wait_for()


@state("dora")
def new_suggestions(page: Page, cast: Cast) -> None:
    ask(page, "")
    page.get_by_label(MEDICINE).fill("am")
    page.wait_for_timeout(300)


@state("dora")
def new_stopped(page: Page, cast: Cast) -> None:
    ask(page, "venlafaxine", way="I stopped")
    page.get_by_role("region", name=re.compile("Notice only|Prescriber")).wait_for()
    unfold(page)


@state("dora")
def new_whole_form(page: Page, cast: Cast) -> None:
    ask(page, "melatonin")
    page.get_by_role("radio", name="A word of your own").check()
    page.get_by_label("Your word", exact=True).fill("flat")
    unfold(page)
    page.get_by_role("radio", name="Higher").check()


@state("dora")
def new_refused(page: Page, cast: Cast) -> None:
    ask(page, "")
    page.get_by_label(QUESTION).fill("")
    unfold(page)
    page.get_by_label("How many days?").fill("99")
    page.get_by_role("button", name=START).click()
    page.get_by_text("Write your question here.").wait_for()


# A diary


def asked(page: Page) -> None:
    """Everything that comes before the file."""
    heading(page, "/diary")
    page.get_by_label(QUESTION).fill("Am I calmer with it?")
    again(page, "Where were you with it in those days?")
    page.get_by_role("radio", name="I took it on some days").check()
    again(page, "Do any of these fit you?")
    if not page.get_by_role("checkbox", name="none", exact=True).is_checked():
        page.get_by_role("checkbox", name="none", exact=True).check()
    page.get_by_label(MEDICINE).fill("melatonin")
    page.get_by_label("What do you call it?").focus()
    page.get_by_role("radio", name="now and then").check()
    page.get_by_role("radio", name="At bedtime").check()
    again(page, "Which one would answer your question?")
    page.get_by_role("radio", name="A word of your own").check()
    page.get_by_label("Your word", exact=True).fill("calm")


def file_given(page: Page, measure: str = "calm") -> None:
    asked(page)
    give_file(page, measure)


def give_file(page: Page, measure: str = "calm") -> None:
    """A diary of forty days that ends yesterday, and which of its columns is which."""
    page.get_by_role("button", name="Go on to the file").click()
    lines = ["day,pill,calm,noise from the street"]
    for n in range(40):
        day = today() - timedelta(days=40 - n)
        lines.append(f"{day},{['white one', 'none', 'forgot?'][n % 3]},{4 + n * 7 % 4},{n % 3}")
    page.get_by_label("A table with one row for each day").set_input_files(
        {"name": "diary.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    )
    page.get_by_role("heading", name="What the columns are").wait_for()
    page.get_by_label("Which column is “calm”?").select_option(measure)
    page.get_by_label("Which column says whether you took it?").select_option("pill")


@state("dora")
def diary_asks(page: Page, cast: Cast) -> None:
    heading(page, "/diary")
    page.get_by_role("button", name="Go on to the file").click()
    page.get_by_text("Write your question here.").wait_for()


@state("dora")
def diary_back(page: Page, cast: Cast) -> None:
    """A fortnight that was taken along, looked at before it is brought back."""
    heading(page, "/diary")
    page.get_by_text("It is a fortnight I took along from Fortnight").click()
    page.get_by_label("The file", exact=True).set_input_files(
        {
            "name": "fortnight.json",
            "mimeType": "application/json",
            "buffer": draft("Am I calmer with it?").encode(),
        }
    )
    page.get_by_role("button", name="Bring it back").wait_for()


@state("dora")
def diary_file(page: Page, cast: Cast) -> None:
    asked(page)
    page.get_by_role("button", name="Go on to the file").click()
    page.get_by_role("heading", name="Your file").wait_for()
    unfold(page)


@state("dora")
def diary_columns(page: Page, cast: Cast) -> None:
    file_given(page)


@state("dora")
def diary_export(page: Page, cast: Cast) -> None:
    """Twenty days of Daylio with a mood of one's own, still without a place."""
    asked(page)
    page.get_by_role("button", name="Go on to the file").click()
    lines = ["full_date,time,mood,activities,note"]
    for n in range(20):
        day = today() - timedelta(days=20 - n)
        lines.append(f"{day},9:30 pm,{['good', 'a name of my own', 'meh'][n % 3]},walk | white one,")
    page.get_by_label("A table with one row for each day").set_input_files(
        {"name": "daylio_export.csv", "mimeType": "text/csv", "buffer": "\n".join(lines).encode()}
    )
    page.get_by_text("This looks like an export from Daylio.").wait_for()
    page.get_by_role("button", name="Bring these days").click()
    page.get_by_text("Choose a place for each mood").wait_for()


@state("dora")
def diary_troubles(page: Page, cast: Cast) -> None:
    file_given(page, "noise from the street")
    page.get_by_label(re.compile("^“white one”")).select_option("taken")
    page.get_by_label(re.compile("^“none”")).select_option("not_taken")
    page.get_by_label(re.compile("^“forgot[?]”")).select_option("nothing")
    page.locator("summary", has_text="The numbers in it").first.click()
    page.get_by_label("Highest possible").fill("1")
    page.get_by_role("button", name="Bring these days").click()
    page.get_by_role("region", name="What could not be read").wait_for()
