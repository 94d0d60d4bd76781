"""The check-in on a phone: two taps, everything optional, each tap kept at once."""

from playwright.sync_api import Page, expect

from tests.browser.conftest import Person, today


def test_mood_and_dose_in_two_taps_reach_the_account(page: Page, ana: Person) -> None:
    experiment = ana.experiment(started_days_ago=8)
    page.goto("/")
    mood = page.get_by_role("group", name="Mood today")
    expect(mood.get_by_role("radio", checked=True)).to_have_count(0)
    dose = page.get_by_role("group", name="The white one, today")
    expect(dose.get_by_role("radio", checked=True)).to_have_count(0)
    mood.get_by_role("radio", name="6 all right").check()
    dose.get_by_role("radio", name="Not taken").check()
    expect(page.get_by_role("status").filter(has_text="Saved")).to_have_text("Saved here and with your account")
    stored = ana.days(experiment)[today().isoformat()]
    assert stored["answers"]["mood"] == 6
    assert stored["answers"]["dose"] == "not_taken"
    assert stored["answers"]["sleep_hours"] is None
