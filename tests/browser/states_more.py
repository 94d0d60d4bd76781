"""States that come seldom: the other results, and what is asked or told when something is in the way."""

from datetime import timedelta
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Person, today
from tests.browser.states import COMPARE, Cast, at_today, result_of, state, unfold

# Three fortnights of one person, one after the other: name, what is set over COMPARE, doses, whether moods differ.
ALTERNATE = "10101010101010"
FINISHED: list[tuple[str, dict[str, Any], str, bool]] = [
    ("one-block", {}, "11111110000000", True),
    ("carry-over", {"medicine": "citalopram"}, ALTERNATE, True),
    ("no-variation", {}, ALTERNATE, False),
]


def finished(person: Person) -> dict[str, str]:
    """Name → id of each, every day written."""
    made = {}
    for place, (name, plan, doses, differ) in enumerate(FINISHED):
        ago = 20 * (len(FINISHED) - place)
        experiment = person.experiment(started_days_ago=ago, **{**COMPARE, **plan})
        for number, dose in enumerate(doses):
            mood = 4 + number * 3 % 5 if differ else 6
            day = (today() - timedelta(days=ago - number)).isoformat()
            answer = person.put(experiment, day, mood=mood, dose="taken" if dose == "1" else "not_taken")
            assert answer.status_code == 200, answer.text
        made[name] = str(experiment["id"])
    return made


result_of("fay", "The days came in blocks", "one-block")
result_of("fay", "On and off days cannot be compared", "carry-over")
result_of("fay", "The same answer every day", "no-variation")


@state("fay")
def result_looked_back(page: Page, cast: Cast) -> None:
    page.goto(f"/result/{cast.experiments['one-block']}")
    expect(page.get_by_text("Looked back, not planned")).to_be_visible()
    unfold(page)


@state("gus")
def update_notice(page: Page, cast: Cast) -> None:
    """The server has a newer service worker; this page is of the build before."""
    at_today(page)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    worker = cast.server.dist / "sw.js"
    worker.write_text(worker.read_text(encoding="utf-8") + "\n// newer\n", encoding="utf-8")
    cast.server.stop()  # it keeps the files of a build as they were when it started
    cast.server.start()
    page.evaluate("navigator.serviceWorker.getRegistration().then((one) => one.update())")
    expect(page.get_by_role("complementary", name="A newer version is ready.")).to_be_visible()


@state("gus")
def sign_out_asking(page: Page, cast: Cast) -> None:
    at_today(page)
    page.context.set_offline(True)
    page.get_by_role("radio", name="6 all right").check()
    page.get_by_role("radio", name="7 fairly good").check()
    expect(page.locator(".bar")).to_contain_text("phone")
    page.goto("/plan")
    page.get_by_label("What I notice first").fill("I stop answering.")
    page.goto("/settings")
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.get_by_role("button", name="Sign out and remove it").wait_for()
    page.context.set_offline(False)


@state("hal")
def could_not_be_kept(page: Page, cast: Cast) -> None:
    """The phone is full from the start: the browser remembers for a while how much room there was."""
    quota = page.context.new_cdp_session(page)
    quota.send("Storage.overrideQuotaForOrigin", {"origin": cast.server.url, "quotaSize": 1})
    at_today(page)
    if page.locator("details.fold:not([open])").count():
        page.locator("summary", has_text="More, if you like").click()
    page.get_by_label("A note", exact=True).fill("these words must not be lost " * 100)
    expect(page.get_by_role("alert")).to_contain_text("Could not be kept on this phone.")
