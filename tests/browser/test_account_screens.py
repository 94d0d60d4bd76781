"""Signing in, a new password, settings, the plan, invitations: errors keep what was typed, leaving is easy."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import PASSWORD, NewPhone, Person, Server, sign_in, sign_up
from tests.browser.places import invitation, join


def sign_in_on_screen(page: Page, person: Person, password: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").fill(person.sign_in)
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("button", name="Sign in").click()


def test_a_wrong_password_keeps_what_was_typed_and_says_when_to_try_again(page: Page, server: Server) -> None:
    person = sign_up(server.url, "eve")
    sign_in_on_screen(page, person, "not this one")
    expect(page.get_by_text("That name and that password do not fit together.")).to_be_visible()
    expect(page.get_by_label("Sign-in name")).to_have_value(person.sign_in)
    expect(page.get_by_label("Password", exact=True)).to_have_value("not this one")
    for _ in range(7):
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_timeout(150)
    expect(page.get_by_text(re.compile(r"You can try again in (a second|\d+ seconds)"))).to_be_visible()
    page.wait_for_timeout(2500)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("link", name="Begin a fortnight")).to_be_visible(timeout=15_000)


def test_the_sign_in_page_says_what_is_on_the_phone_and_shows_the_password(page: Page) -> None:
    page.goto("/sign-in")
    expect(page.get_by_text("it is not encrypted by us")).to_be_visible()
    page.get_by_label("Password", exact=True).fill("a secret")
    page.get_by_role("button", name="Show the password").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("autocomplete", "current-password")
    expect(page.get_by_label("Sign-in name")).to_have_attribute("autocomplete", "username")


def test_no_signal_on_the_sign_in_page_keeps_what_was_typed(context: BrowserContext, page: Page) -> None:
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").fill("ana-0000")
    page.get_by_label("Password", exact=True).fill("something long")
    context.set_offline(True)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("No answer from the server.")).to_be_visible()
    expect(page.get_by_label("Password", exact=True)).to_have_value("something long")


def test_a_recovery_code_sets_a_new_password_once(page: Page, server: Server) -> None:
    person = sign_up(server.url, "fay")
    page.goto("/sign-in")
    page.get_by_label("Sign-in name").fill(person.sign_in)
    page.get_by_role("link", name="I do not know my password any more").click()
    expect(page.get_by_label("Sign-in name")).to_have_value(person.sign_in)
    page.get_by_label("One recovery code").fill("aaaa-bbbb-cccc")
    page.get_by_label("New password").fill("eight quiet lamps")
    page.get_by_role("button", name="Set the new password").click()
    expect(page.get_by_role("alert").filter(has_text=re.compile(r"\w"))).to_be_visible()
    page.get_by_label("One recovery code").fill(person.recovery_codes[0].upper())
    page.get_by_role("button", name="Set the new password").click()
    expect(page.get_by_role("heading", name="Your password is new")).to_be_focused()
    expect(page.get_by_text("9 recovery codes are left.")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("link", name="Begin a fortnight")).to_be_visible()
    sign_in_on_screen(page, person, "eight quiet lamps")
    expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)


def late(page: Page, at: str) -> Callable[[], None]:
    """Opens a page whose question who is here is answered only when what this returns is called."""
    held: list[Route] = []
    page.route("**/api/session", lambda it: held.append(it) if it.request.method == "GET" else it.continue_())
    page.goto(at)

    def answer() -> None:
        assert held, "who is here was asked"
        with page.expect_response("**/api/session") as said:
            for asked in held:
                asked.continue_()
        assert said.value.ok
        page.wait_for_function("localStorage.getItem('fortnight-account') !== null")
        page.wait_for_timeout(300)

    return answer


def test_an_account_that_is_found_late_takes_no_typed_word_away(
    context: BrowserContext, page: Page, server: Server
) -> None:
    person = sign_up(server.url, "ida")
    sign_in(context, person)  # the phone does not know it: its own storage is empty
    answer = late(page, "/recover")
    page.get_by_label("Sign-in name").fill(person.sign_in)
    page.get_by_label("One recovery code").fill(person.recovery_codes[0])
    page.get_by_label("New password").fill("eight quiet lamps")
    page.get_by_role("button", name="Show the password").focus()
    answer()
    expect(page.get_by_role("button", name="Show the password")).to_be_focused()
    page.get_by_role("button", name="Set the new password").click()
    expect(page.get_by_role("heading", name="Your password is new")).to_be_focused()


def test_an_account_that_is_found_late_takes_no_recovery_codes_away(page: Page) -> None:
    answer = late(page, "/join")
    page.get_by_label("A name to sign in with").fill("jo")
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Make my account").click()
    expect(page.get_by_role("heading", name="Your account is ready")).to_be_focused()
    codes = page.locator("code").all_inner_texts()
    assert len(codes) == 10
    answer()
    assert page.locator("code").all_inner_texts() == codes
    page.get_by_role("button", name="I have kept them").click()
    expect(page).to_have_url(re.compile("/new$"))


def test_what_is_not_wanted_is_not_asked_and_nothing_else_changes(page: Page, ana: Person) -> None:
    ana.experiment()
    page.goto("/settings")
    fold = page.locator("summary", has_text="What is asked each day")
    expect(fold).to_contain_text("all 12 asked")
    fold.click()
    page.get_by_role("switch", name="“Just a hard day”").uncheck()
    page.reload()
    expect(fold).to_contain_text("11 of 12 asked")
    fold.click()
    expect(page.get_by_role("switch", name="“Just a hard day”")).not_to_be_checked()
    page.get_by_role("switch", name=re.compile("^Thoughts of being better off dead")).uncheck()
    page.goto("/")
    expect(page.get_by_role("group", name="Mood today")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Just a hard day")).to_have_count(0)
    page.locator("summary", has_text="More, if you like").click()
    expect(page.get_by_role("group", name="Energy")).to_be_visible()
    expect(page.get_by_role("group", name=re.compile("dead"))).to_have_count(0)
    page.goto("/settings")
    fold.click()
    page.get_by_role("switch", name=re.compile("^Thoughts of being better off dead")).check()
    page.goto("/")
    expect(page.get_by_role("group", name=re.compile("dead"))).to_be_visible()


def test_the_password_is_changed_and_other_devices_are_signed_out(
    page: Page, ana: Person, phone: NewPhone, server: Server
) -> None:
    other = phone(server.url)
    sign_in(other, ana)
    page.goto("/settings")
    expect(page.get_by_role("button", name=re.compile("^Sign out there"))).to_have_count(2)
    page.locator("summary", has_text="Change the password").click()
    page.get_by_label("Password now").fill("not this one")
    page.get_by_label("New password").fill("nine quiet lamps")
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("This is not your password now.")).to_be_visible()
    expect(page.get_by_label("New password")).to_have_value("nine quiet lamps")
    page.get_by_label("Password now").fill(PASSWORD)
    page.get_by_role("button", name="Change the password").click()
    expect(page.get_by_text("Changed. All other devices are signed out.")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Sign out there"))).to_have_count(0)
    assert other.request.get("/api/session").status == 401


def test_one_device_can_be_signed_out(page: Page, ana: Person) -> None:
    page.goto("/settings")
    page.get_by_role("button", name=re.compile("^Sign out there")).click()
    expect(page.get_by_text("Signed out there.")).to_be_visible()
    assert ana.http.get("/api/session").status_code == 401


def test_ten_new_codes_take_the_place_of_the_old(page: Page, ana: Person) -> None:
    page.goto("/settings")
    page.locator("summary", has_text="New recovery codes").click()
    fold = page.locator("details", has_text="New recovery codes")
    fold.get_by_label("Password", exact=True).fill(ana.password)
    fold.get_by_role("button", name="Make ten new codes").click()
    expect(fold.locator("code")).to_have_count(10)
    assert set(fold.locator("code").all_inner_texts()).isdisjoint(ana.recovery_codes)
    with page.expect_download() as saved:
        fold.get_by_role("button", name="Save as a file").click()
    text = Path(saved.value.path()).read_text()
    assert ana.sign_in in text
    assert all(code in text for code in fold.locator("code").all_inner_texts())


def test_the_menu_signs_out_too_and_the_list_of_devices_says_that_it_needs_a_signal(
    context: BrowserContext, page: Page, ana: Person
) -> None:
    page.goto("/settings")
    page.get_by_role("button", name=re.compile("^Sign out there")).wait_for()
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.reload()
    context.set_offline(True)
    page.reload()
    expect(page.get_by_role("region", name="Where you are signed in")).to_contain_text("This list needs a signal.")
    context.set_offline(False)
    page.goto("/menu")
    expect(page.get_by_text(f"Signed in as {ana.sign_in}")).to_be_visible()
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_three_lines_are_kept_and_a_change_elsewhere_is_asked_about(page: Page, ana: Person) -> None:
    page.goto("/plan")
    page.get_by_label("What I notice first").fill("I stop answering.")
    expect(page.get_by_text("It is not with your account yet.")).to_be_visible()
    page.reload()
    expect(page.get_by_label("What I notice first")).to_have_value("I stop answering.")
    page.get_by_label("Country for help lines").select_option("DE")
    theirs = {"notice_first": "Theirs", "what_helps": "", "who_i_call": "", "country": None, "base_revision": 0}
    assert ana.http.put("/api/safety-plan", json=theirs).status_code == 200
    page.get_by_role("button", name="Keep my plan").click()
    expect(page.get_by_text("Your plan was changed on another device meanwhile.")).to_be_visible()
    page.get_by_role("button", name="Keep what I typed here").click()
    expect(page.get_by_text("Kept. It is on this phone too")).to_be_visible()
    stored = ana.http.get("/api/safety-plan").json()
    assert (stored["notice_first"], stored["country"]) == ("I stop answering.", "DE")


def test_a_therapist_invites_and_takes_back_and_sees_nothing_of_a_client(page: Page, server: Server) -> None:
    join(page, "theo", at=invitation(server, "therapist"))
    expect(page.get_by_role("heading", name="Your clients")).to_be_visible()
    expect(page.get_by_text("Nobody shares anything with you yet.")).to_be_visible()
    page.get_by_role("link", name="Invite a client").click()
    expect(page.get_by_text("Invitations you make are listed here.")).to_be_visible()
    page.get_by_role("button", name="Make an invitation").click()
    expect(page.get_by_label("Your name, as your client will see it")).to_be_focused()
    expect(page.get_by_text("Write the name your client knows.")).to_be_visible()
    page.get_by_label("Your name, as your client will see it").fill("Theo")
    page.get_by_role("button", name="Make an invitation").click()
    card = page.get_by_role("region", name="For one person")
    expect(card).to_be_focused()
    expect(card.get_by_text(re.compile(r"/join#"))).to_be_visible()
    page.get_by_role("button", name=re.compile("^Take back the invitation")).click()
    expect(page.get_by_text("The invitation was taken back.")).to_be_visible()
    expect(card).to_have_count(0)
    page.get_by_role("link", name="Menu").click()
    expect(page.get_by_role("link", name="Today")).to_have_count(0)
    expect(page.get_by_role("link", name="Invite a client")).to_be_visible()
