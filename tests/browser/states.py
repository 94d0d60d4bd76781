"""Every screen, and every state of one that looks different: who sees it, and how a person gets there.

`STATES` maps a name to (who, how). `how(page, cast)` leaves the page showing that state. The tests of
accessibility and of layout walk through all of them.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Person, Server, sign_up, today
from tests.browser.places import invitation

TAKEN = [1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1]
COMPARE: dict[str, Any] = {
    "medicine": "methylphenidate",
    "medicine_label": "the morning one",
    "prescriber_told": {"told_on": "2026-01-05", "name": "Dr Lind"},
    "prediction": {"direction": "lower", "points": 2},
    "hope": "To read a whole page again.",
}


@dataclass
class Cast:
    """Who is here, and the experiment that each of them looks at."""

    server: Server
    people: dict[str, Person]
    experiments: dict[str, str]


How = Callable[[Page, Cast], None]
STATES: dict[str, tuple[str, How]] = {}


def state(who: str) -> Callable[[How], How]:
    """Registers a state under the name of its function."""

    def register(how: How) -> How:
        STATES[how.__name__.replace("_", "-")] = (who, how)
        return how

    return register


def heading(page: Page, at: str, name: str | re.Pattern[str] | None = None) -> None:
    page.goto(at)
    page.get_by_role("heading", level=1, name=name).first.wait_for()


def unfold(page: Page) -> None:
    """Opens every fold there is, and those inside them."""
    for _ in range(2):
        page.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
        page.wait_for_timeout(150)


# Signed out


@state("visitor")
def sign_in_screen(page: Page, cast: Cast) -> None:
    heading(page, "/sign-in", "Sign in")


@state("visitor")
def sign_in_refused(page: Page, cast: Cast) -> None:
    heading(page, "/sign-in", "Sign in")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("Write your password here.")).to_be_visible()


@state("visitor")
def join_open(page: Page, cast: Cast) -> None:
    heading(page, "/join", "Make an account")
    page.get_by_label("A name to sign in with").wait_for()


@state("visitor")
def join_refused(page: Page, cast: Cast) -> None:
    join_open(page, cast)
    page.get_by_label("A name to sign in with").fill("bo")
    page.get_by_label("A password").fill("password1")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_text("Many people use this password")).to_be_visible()


@state("visitor")
def join_link_used(page: Page, cast: Cast) -> None:
    page.goto("/join#" + "a" * 43)
    expect(page.get_by_text("This link is no longer good.")).to_be_visible()


@state("joining")
def join_codes(page: Page, cast: Cast) -> None:
    page.goto(invitation(cast.server, "client"))
    page.get_by_label("A name to sign in with").fill("a rather long name of somebody")
    page.get_by_label("A password").fill("seven quiet lamps")
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Your account is ready")).to_be_focused()


@state("visitor")
def recover(page: Page, cast: Cast) -> None:
    heading(page, "/recover", "A new password")


@state("joining")
def recovered(page: Page, cast: Cast) -> None:
    person = sign_up(cast.server.url, "rae")
    heading(page, "/recover", "A new password")
    page.get_by_label("Sign-in name").fill(person.sign_in)
    page.get_by_label("One recovery code").fill(person.recovery_codes[0])
    page.get_by_label("New password").fill("eight quiet lamps")
    page.get_by_role("button", name="Set the new password").click()
    expect(page.get_by_role("heading", name="Your password is new")).to_be_focused()


@state("visitor")
def help_page(page: Page, cast: Cast) -> None:
    heading(page, "/help", "Help now")


@state("visitor")
def help_chosen(page: Page, cast: Cast) -> None:
    heading(page, "/help", "Help now")
    page.get_by_label("Your country").select_option("GB")
    page.get_by_role("link", name="Call 999").wait_for()


@state("visitor")
def nothing_here(page: Page, cast: Cast) -> None:
    heading(page, "/no/such/place", "There is nothing at this address")


# The check-in


def at_today(page: Page) -> None:
    page.goto("/")
    page.get_by_role("group", name=re.compile("^Mood")).wait_for()


def at_day(page: Page, days_ago: int) -> None:
    page.goto(f"/day/{today() - timedelta(days=days_ago)}")
    page.get_by_role("group", name=re.compile("^Mood")).wait_for()


@state("ana")
def today_unanswered(page: Page, cast: Cast) -> None:
    at_today(page)


@state("ana")
def today_fold_open(page: Page, cast: Cast) -> None:
    at_today(page)
    page.locator("summary", has_text="More, if you like").click()
    page.get_by_role("checkbox", name="dry mouth").check()
    page.get_by_role("checkbox", name="Something new or worrying").check()
    page.get_by_role("group", name=re.compile("bother you")).wait_for()


@state("ana")
def today_answered(page: Page, cast: Cast) -> None:
    at_today(page)
    if page.locator("details.fold[open]").count():
        page.locator("summary", has_text="More, if you like").click()
    page.get_by_role("radio", name="6 all right").check()
    page.get_by_role("radio", name="Taken", exact=True).check()
    page.get_by_role("button", name="Half an hour more").click()
    page.get_by_role("checkbox", name="Just a hard day").check()
    expect(page.locator(".bar")).to_contain_text("Saved here and with your account")


@state("ana")
def today_not_taken(page: Page, cast: Cast) -> None:
    at_today(page)
    page.get_by_role("radio", name="Not taken").check()
    page.get_by_text("About a dose not taken").click()
    page.wait_for_timeout(300)


@state("ana")
def a_day_filled_in(page: Page, cast: Cast) -> None:
    at_day(page, 3)
    page.get_by_role("radio", name="4 a bit low").check()
    expect(page.locator(".bar")).to_contain_text("Saved here and with your account")


@state("bea")
def a_card_shown(page: Page, cast: Cast) -> None:
    at_today(page)
    page.get_by_role("radio", name="1 very bad").check()
    page.locator("section.well h2").first.wait_for()


@state("bea")
def a_card_first(page: Page, cast: Cast) -> None:
    """The card after a "yes", and below it what a sign of the body leads to."""
    at_day(page, 2)
    if page.locator("details.fold:not([open])").count():
        page.locator("summary", has_text="More, if you like").click()
    page.get_by_role("checkbox", name="Something new or worrying").check()
    page.get_by_role("checkbox", name="seizure").check()
    page.get_by_role("group", name=re.compile("^Thoughts")).get_by_role("radio", name="Yes").check()
    expect(page.get_by_role("heading", name="First, this")).to_be_focused()


@state("bea")
def two_devices(page: Page, cast: Cast) -> None:
    at_day(page, 4)
    if page.get_by_role("heading", name="You wrote this day on two devices").is_visible():
        return
    if page.locator("details.fold:not([open])").count():
        page.locator("summary", has_text="More, if you like").click()
    page.get_by_label("A note", exact=True).wait_for()
    page.context.set_offline(True)
    page.get_by_label("A note", exact=True).fill("Walked to the lake on this phone.")
    page.wait_for_timeout(600)
    bea, day = cast.people["bea"], (today() - timedelta(days=4)).isoformat()
    answer = bea.put({"id": cast.experiments["bea"]}, day, base=0, note="Walked to the lake, said the tablet.")
    assert answer.status_code in (200, 409)
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name="You wrote this day on two devices")).to_be_visible()


@state("ana")
def days(page: Page, cast: Cast) -> None:
    heading(page, "/days", "Your days")


@state("dora")
def today_nothing_running(page: Page, cast: Cast) -> None:
    heading(page, "/", "Whenever you like")


@state("cleo")
def today_after_the_end(page: Page, cast: Cast) -> None:
    page.goto("/")
    page.get_by_role("link", name="See what it shows").wait_for()


# What a fortnight shows


def result_of(who: str, title: str, which: str = "") -> None:
    """A state of the result page, tables open. `which`: one of several fortnights of this person."""

    def shown(page: Page, cast: Cast) -> None:
        page.goto(f"/result/{cast.experiments[which or who]}")
        expect(page.locator("main .card h2")).to_have_text(title)
        expect(page.locator(".plate > svg").first).to_be_visible()
        unfold(page)

    shown.__name__ = f"result_{title.lower().replace(' ', '_')}"
    state(who)(shown)


result_of("robin", "A difference stands out")
result_of("kim", "Cannot tell from these days")
result_of("sascha", "No comparison from these days")
result_of("cleo", "Your fortnight")
result_of("ana", "Not yet")
result_of("bea", "Set aside for now")


@state("kim")
def result_looked_closer(page: Page, cast: Cast) -> None:
    page.goto(f"/result/{cast.experiments['kim']}")
    page.locator('.chart[data-key="in-order"] .plate').click(position={"x": 4, "y": 4})
    page.locator('.chart[data-key="in-order"] .main-svg').first.wait_for()


# Looking after things


@state("ana")
def experiment(page: Page, cast: Cast) -> None:
    heading(page, f"/experiment/{cast.experiments['ana']}")
    page.get_by_role("button", name="Stop this fortnight").click()
    page.get_by_text("It is final").wait_for()


@state("robin")
def experiment_over(page: Page, cast: Cast) -> None:
    heading(page, f"/experiment/{cast.experiments['robin']}")
    page.get_by_role("link", name="See what the fortnight shows").wait_for()


@state("ana")
def experiment_change(page: Page, cast: Cast) -> None:
    heading(page, f"/new/{cast.experiments['ana']}")
    page.get_by_text("What a change does").wait_for()
    unfold(page)


@state("ana")
def experiments(page: Page, cast: Cast) -> None:
    heading(page, "/experiments", "Your fortnights")
    page.get_by_role("link", name=re.compile("Am I foggier")).first.wait_for()


@state("ana")
def menu(page: Page, cast: Cast) -> None:
    heading(page, "/menu", "Menu")
    page.get_by_role("link", name=re.compile("The fortnight now")).wait_for()


@state("ana")
def settings(page: Page, cast: Cast) -> None:
    heading(page, "/settings", "Settings")
    page.get_by_role("button", name=re.compile("^Sign out there")).first.wait_for()
    unfold(page)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")  # else a switch lies half behind the bar


@state("ana")
def plan(page: Page, cast: Cast) -> None:
    heading(page, "/plan", "My plan")
    page.get_by_label("What I notice first").fill("I stop answering.")


@state("theo")
def invite(page: Page, cast: Cast) -> None:
    heading(page, "/invite", "Invite a client")
    page.get_by_label("Your name, as your client will see it").fill("Dr. Brandt")
    page.get_by_role("button", name="Make an invitation").click()
    page.get_by_role("region", name="For one person").wait_for()


@state("theo")
def therapist_menu(page: Page, cast: Cast) -> None:
    heading(page, "/menu", "Menu")


@state("theo")
def therapist_settings(page: Page, cast: Cast) -> None:
    heading(page, "/settings", "Settings")
