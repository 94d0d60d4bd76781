"""After "not taken": the reasons stand under the dose, and nothing moves under a thumb for it."""

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPhone, Person, Server, sign_in, today
from tests.browser.looks import settled
from tests.browser.test_check_in_for_everybody import BOTH, mood

# Where everything stands that can be tapped, on the page.
PLACES = """() => [...document.querySelectorAll("main .cell, main .stepper button, main .chip")].map((e) => {
  const box = e.getBoundingClientRect();
  return [box.x, box.y + scrollY, box.width, box.height];
})"""


def until_brought(page: Page) -> None:
    """Waits until what opens by "not taken" is on the phone, as it is once the app has been open for a moment."""
    found = "performance.getEntriesByType('resource').find((one) => /AfterNotTaken-.*[.]js$/.test(one.name))"
    page.wait_for_function(f"() => {found}", polling=100)
    page.evaluate(f"import({found}.name).then(() => new Promise(requestAnimationFrame))")


def test_why_not_taken_stands_under_the_dose_and_says_what_it_is_about(page: Page, ana: Person) -> None:
    experiment = ana.experiment()
    page.goto("/")
    until_brought(page)
    page.get_by_role("radio", name="Not taken").check()
    why = page.get_by_role("group", name="The white one, not taken: why, if you like")
    expect(why).to_be_visible()
    following = page.get_by_role("group", name="The white one, today").locator("xpath=following-sibling::*[1]")
    expect(following).to_have_accessible_name("The white one, not taken: why, if you like")
    why.get_by_role("checkbox", name="ran out").check()
    # The bar says the same of the tap before: it does not tell when this one is sent.
    for _ in range(100):
        if ana.days(experiment).get(today().isoformat(), {}).get("answers", {}).get("dose_reason"):
            break
        page.wait_for_timeout(100)
    assert ana.days(experiment)[today().isoformat()]["answers"]["dose_reason"] == "ran_out"
    page.reload()
    expect(why.get_by_role("checkbox", name="ran out")).to_be_checked()
    expect(following).to_have_accessible_name("The white one, not taken: why, if you like")


def test_a_reason_that_comes_after_the_tap_stands_lower_and_pushes_nothing(
    phone: NewPhone, server: Server, ana: Person
) -> None:
    """On a first visit with a slow network it may not be on the phone yet."""
    ana.experiment(started_days_ago=8)
    context = phone(server.url, service_workers="block")
    sign_in(context, ana)
    page = context.new_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    context.route("**/AfterNotTaken-*.js", hold)
    page.goto("/")
    expect(mood(page)).to_be_visible()
    page.get_by_role("radio", name="Not taken").check()
    before = page.evaluate(PLACES)
    for _ in range(100):
        if held:
            break
        page.wait_for_timeout(100)
    assert held
    for route in held:
        route.continue_()
    context.unroute("**/AfterNotTaken-*.js")
    expect(page.get_by_role("group", name="The white one, not taken: why, if you like")).to_be_visible()
    assert page.evaluate(PLACES)[: len(before)] == before


def test_a_page_scrolled_to_its_end_stays_under_the_thumb(page: Page, ana: Person) -> None:
    """What goes again with a tap would shorten the page, and its end would pull the dose down."""
    ana.experiment(started_days_ago=8)
    page.goto("/")
    until_brought(page)
    page.get_by_role("radio", name="Not taken").check()
    expect(page.get_by_text("About a dose not taken")).to_be_visible()
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    settled(page)
    dose = page.get_by_role("group", name="The white one, today")
    for tapped in (
        dose.get_by_role("radio", name="Not due"),
        dose.get_by_role("radio", name="Not taken"),
        dose.get_by_role("button", name="clear"),
    ):
        before = dose.evaluate("e => e.getBoundingClientRect().y")
        tapped.evaluate("e => e.click()")
        settled(page)
        assert dose.evaluate("e => e.getBoundingClientRect().y") == before


def test_nothing_shifts_under_the_thumb(page: Page, ana: Person) -> None:
    """The reasons open below their tap and in the same moment; nothing moves above it, or afterwards."""
    ana.experiment(started_days_ago=8)
    page.goto("/")
    until_brought(page)
    before = page.evaluate(PLACES)
    mood(page).get_by_role("radio", name="6 all right").check()
    page.get_by_role("button", name="Half an hour more").click()
    page.get_by_role("checkbox", name="Just a hard day").check()
    assert page.evaluate(PLACES) == before
    opened = page.get_by_role("radio", name="Not taken").evaluate(
        f"""async (e) => {{ e.click(); await new Promise(requestAnimationFrame); return ({PLACES})(); }}"""
    )
    # The twelve cells of the mood and the five of the dose.
    assert opened[:17] == before[:17]
    expect(page.get_by_text("About a dose not taken")).to_be_visible()
    expect(page.locator(".bar")).to_contain_text(BOTH, timeout=8000)
    assert page.evaluate(PLACES)[: len(opened)] == opened
