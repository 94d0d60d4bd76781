"""What was taken along is brought back on a phone: the archive or the file in it, looked at before it is sent."""

import io
import json
from datetime import timedelta
from zipfile import ZipFile

from playwright.sync_api import Page, Route, expect

from tests.browser.axe import axe
from tests.browser.conftest import Person, sign_up, today
from tests.browser.places import fits_the_screen, large_text

FOLD = "It is a fortnight I took along from Fortnight"
FILE = "The file"
NOT_ONE = "This is not a fortnight that was taken along."


def fold(page: Page) -> None:
    page.goto("/diary")
    page.get_by_text(FOLD).click()


def give(page: Page, content: bytes, name: str = "fortnight.zip") -> None:
    page.get_by_label(FILE).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    )


def kept(who: Person, experiment: dict[str, object]) -> bytes:
    """The archive, as it is taken along."""
    answer = who.http.get(f"/api/experiments/{experiment['id']}/archive")
    assert answer.status_code == 200, answer.text
    return answer.content


def written(who: Person) -> dict[str, object]:
    experiment = who.experiment(started_days_ago=15)
    for n in range(14):
        day = (today() - timedelta(days=15 - n)).isoformat()
        put = who.put(experiment, day, mood=4 + n % 4, dose="taken" if n % 2 else "not_taken")
        assert put.status_code == 200, put.text
    return experiment


def test_a_fortnight_that_was_deleted_is_here_again(page: Page, ana: Person) -> None:
    experiment = written(ana)
    archive = kept(ana, experiment)
    before = ana.http.get(f"/api/experiments/{experiment['id']}/comparison").json()
    assert ana.http.delete(f"/api/experiments/{experiment['id']}").status_code == 204
    fold(page)
    give(page, archive)
    expect(page.get_by_text("“Am I foggier on the days I take it?”")).to_be_visible()
    expect(page.get_by_text("14 days were written in the fortnight that began on")).to_be_visible()
    expect(page.get_by_text("Medicine: the white one.")).to_be_visible()
    assert axe(page) == []
    fits_the_screen(page)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("heading", name="Am I foggier")).to_be_visible()
    (again,) = ana.http.get("/api/experiments").json()
    result = ana.http.get(f"/api/experiments/{again['id']}/comparison").json()
    assert (result["title"], again["status"]) == (before["title"], "finished")
    page.goto(f"/result/{again['id']}")
    expect(page.get_by_text("These days were brought back from a file.")).to_be_visible()


def test_what_is_none_or_is_here_already_says_so(page: Page, ana: Person) -> None:
    experiment = written(ana)
    archive = kept(ana, experiment)
    fold(page)
    give(page, b"day,mood\n2026-01-01,4", "diary.csv")
    expect(page.get_by_text(NOT_ONE)).to_be_visible()
    expect(page.get_by_role("button", name="Bring it back")).to_have_count(0)
    with ZipFile(io.BytesIO(archive)) as whole:
        give(page, whole.read("fhir.json"), "fhir.json")
        expect(page.get_by_text(NOT_ONE)).to_be_visible()
        text = whole.read("fortnight.json")
    give(page, text, "fortnight.json")
    expect(page.get_by_text(NOT_ONE)).to_have_count(0)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_text("This fortnight is here already.")).to_be_visible()
    broken = json.loads(text)
    broken["check_ins"][2]["answers"]["mood"] = 99
    give(page, json.dumps(broken).encode(), "fortnight.json")
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_text("Something in this file is missing or was changed")).to_be_visible()
    assert axe(page) == []
    page.set_viewport_size({"width": 320, "height": 640})
    large_text(page)
    fits_the_screen(page)


def test_without_a_signal_the_file_stays_and_a_second_tap_brings_it(page: Page, ana: Person) -> None:
    other = sign_up(ana.url, "sam")
    archive = kept(other, written(other))
    fold(page)
    give(page, archive)
    none = {"down": True}

    def held(route: Route) -> None:
        if none["down"]:
            route.abort()
        else:
            route.continue_()

    page.route("**/api/experiments/from-file", held)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.locator("main [role=alert], main .wrong").first).to_be_visible()
    expect(page.get_by_text("“Am I foggier on the days I take it?”")).to_be_visible()
    none["down"] = False
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("heading", name="Am I foggier")).to_be_visible()
    assert len(ana.http.get("/api/experiments").json()) == 1
