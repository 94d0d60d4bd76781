"""The result page in a real browser, under the real content policy."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Person, large_text, today, too_wide

TAKEN = [1, 1, 0, 1, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1]
MOOD = [6, 8, 5, 5, 5, 6, 6, 7, 7, 5, 4, 4, 6, 6]
COMPARE: dict[str, Any] = {
    "medicine": "methylphenidate",
    "prescriber_told": {"told_on": "2026-01-05", "name": None},
    "prediction": {"direction": "lower", "points": 2},
}


def fortnight(ana: Person, **plan: Any) -> dict[str, Any]:
    """A finished fortnight with every day written but one."""
    experiment = ana.experiment(started_days_ago=14, **plan)
    for i, (taken, mood) in enumerate(zip(TAKEN, MOOD, strict=True)):
        if i == 10:
            continue
        day = today() - timedelta(days=14 - i)
        answers: dict[str, Any] = {
            "mood": mood,
            "dose": "taken" if taken else "not_taken",
            "sleep_hours": 7.5,
            "own": {"own1": 3},
            "side_effects": {"dry mouth": 1} if i % 3 == 0 else {},
            "note_starred": False,
        }
        answer = ana.put(experiment, day.isoformat(), **answers)
        assert answer.status_code == 200, answer.text
    return experiment


@pytest.fixture
def result(page: Page, ana: Person) -> Page:
    experiment = fortnight(ana, **COMPARE)
    page.goto(f"/result/{experiment['id']}")
    expect(page.locator(".chart")).to_have_count(5)
    return page


def test_a_comparison_stands_at_once_without_plotly(page: Page, ana: Person) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    experiment = fortnight(ana, **COMPARE)
    page.goto(f"/result/{experiment['id']}")
    expect(page.locator(".chart")).to_have_count(5)
    expect(page.locator(".card h2")).to_have_text("Cannot tell from these days")
    expect(page.locator(".plate > svg")).to_have_count(5)
    for chart in page.locator(".chart").all():
        label = chart.locator("svg").get_attribute("aria-label") or ""
        assert chart.locator("h2").inner_text() in label
    assert not [url for url in asked if "plotly" in url or "closer" in url]


def test_a_touch_brings_plotly_in_place_and_says_what_the_table_says(result: Page) -> None:
    chart = result.locator('.chart[data-key="in-order"]')
    plate = chart.locator(".plate")
    place = "plate => [plate.offsetTop, plate.offsetLeft, plate.offsetWidth, plate.offsetHeight]"
    result.wait_for_load_state("networkidle")  # what is offered below the result has come
    before = plate.evaluate(place)
    tall = result.evaluate("document.documentElement.scrollHeight")
    plate.click(position={"x": 4, "y": 4})
    expect(plate).to_contain_class("closer")
    assert plate.evaluate(place) == before
    assert result.evaluate("document.documentElement.scrollHeight") == tall
    sizes = [
        sheet.evaluate("sheet => { const at = sheet.getBoundingClientRect(); return [at.width, at.height] }")
        for sheet in (chart.locator(".plate > svg"), chart.locator(".main-svg").first)
    ]
    assert sizes[0] == pytest.approx(sizes[1], abs=1)
    mark = chart.locator('[class*="traceon-2"] path.point').first
    box = mark.bounding_box()
    assert box
    result.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    hover = chart.locator(".hovertext text")
    expect(hover).to_be_visible()
    rows = chart.locator("tbody tr").evaluate_all("rows => rows.map(r => [...r.cells].map(c => c.textContent))")
    assert hover.text_content() in [", ".join(cells) for cells in rows]


def test_marks_are_inked_again_when_the_theme_changes(result: Page) -> None:
    drawn = result.locator('.chart[data-key="in-order"] .plate > svg circle.f-on').first
    light = drawn.evaluate("mark => getComputedStyle(mark).fill")
    chart = result.locator('.chart[data-key="in-order"]')
    chart.locator(".plate").click(position={"x": 4, "y": 4})
    mark = chart.locator('[class*="traceon-2"] path.point').first
    expect(mark).to_have_css("fill", light)
    result.emulate_media(color_scheme="dark")
    dark = drawn.evaluate("mark => getComputedStyle(mark).fill")
    assert dark != light
    expect(mark).to_have_css("fill", dark)


def test_the_keyboard_reaches_the_closer_look_and_the_tables(result: Page) -> None:
    button = result.get_by_role("button", name="Look closer at Every day, side by side")
    button.focus()
    expect(button).to_be_visible()
    result.keyboard.press("Enter")
    expect(result.locator('.chart[data-key="side-by-side"] .main-svg').first).to_be_visible()
    summary = result.locator('.chart[data-key="side-by-side"] summary')
    summary.focus()
    result.keyboard.press("Enter")
    expect(result.locator('.chart[data-key="side-by-side"] table')).to_be_visible()


def test_without_a_signal_the_drawing_stays(result: Page) -> None:
    result.context.set_offline(True)
    chart = result.locator('.chart[data-key="in-order"]')
    chart.locator(".plate").click(position={"x": 4, "y": 4})
    expect(chart.get_by_text("The closer look needs a signal.")).to_be_visible()
    expect(chart.locator(".plate > svg")).to_be_visible()
    result.context.set_offline(False)
    chart.locator(".plate").click(position={"x": 4, "y": 4})
    expect(chart.locator(".main-svg").first).to_be_visible()


def test_notice_only_has_ink_dots_and_its_log_and_no_contrast(page: Page, ana: Person) -> None:
    experiment = fortnight(ana, medicine="lithium")
    page.goto(f"/result/{experiment['id']}")
    expect(page.locator(".chart")).to_have_count(3)
    expect(page.locator(".card h2")).to_have_text("Your fortnight")
    expect(page.locator(".card")).to_contain_text("What stands out to you?")
    assert page.locator(".plate .f-on, .plate .s-off").count() == 0
    assert page.locator('.chart[data-key="in-order"] circle.f-ink').count() == 13
    log = page.get_by_role("table", name="What you wrote")
    expect(log.get_by_role("row")).to_have_count(15)
    charts = " ".join(page.locator(".chart").all_text_contents()).lower()
    assert "taken" not in charts and "took it" not in charts


def test_a_running_fortnight_shows_its_days_in_ink(page: Page, ana: Person) -> None:
    experiment = ana.experiment(started_days_ago=5, **COMPARE)
    for i in range(4):
        day = (today() - timedelta(days=5 - i)).isoformat()
        assert ana.put(experiment, day, mood=5 + i, dose="taken" if i % 2 else "not_taken").is_success
    page.goto(f"/result/{experiment['id']}")
    expect(page.locator(".card")).to_contain_text("The comparison comes when your fortnight ends")
    assert page.locator(".plate .f-on, .plate .s-off").count() == 0
    expect(page.get_by_text("You expected")).to_have_count(0)


def test_nothing_runs_over_the_edge(result: Page) -> None:
    for width, text in ((320, "100%"), (320, "200%"), (360, "100%"), (1280, "200%")):
        result.set_viewport_size({"width": width, "height": 740})
        result.evaluate("size => (document.documentElement.style.fontSize = size)", text)
        result.evaluate("document.querySelectorAll('details').forEach(fold => (fold.open = true))")
        assert result.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, text)


def test_the_words_in_a_chart_grow_with_the_text(result: Page) -> None:
    words = """() => [...document.querySelectorAll('.plate > svg')].flatMap((svg) => {
      const scale = svg.clientWidth / svg.viewBox.baseVal.width;
      return [...svg.querySelectorAll('text')].map((text) => text.getAttribute('font-size') * scale);
    })"""
    assert min(result.evaluate(words)) >= 12
    for width, text, drawn in ((320, 2.0, 144), (360, 1.5, 219)):
        result.set_viewport_size({"width": width, "height": 740})
        result.evaluate("size => (document.documentElement.style.fontSize = size)", f"{text:.0%}")
        expect(result.locator(f'.plate > svg[viewBox^="0 0 {drawn} "]')).to_have_count(5)
        assert min(result.evaluate(words)) >= 12 * text * 0.99
        assert result.evaluate("document.documentElement.scrollWidth <= innerWidth"), (width, text)


WORDS = {
    "note": "Calm, but behind glass.",
    "side_effects_words": "hands felt far away",
    "anything_else": "two glasses of wine",
}


def written(ana: Person, **plan: Any) -> dict[str, Any]:
    """A finished fortnight with words of their own on its second day, a reason on its third."""
    experiment = fortnight(ana, **plan)
    days = sorted(ana.days(experiment).items())
    words: dict[str, Any] = dict(WORDS)
    if "prescriber_told" not in plan:
        words["worrying"] = ["fainting"]  # sets a comparison aside
    for n, more in ((1, words), (2, {"dose_reason": "felt_bad"})):
        day, row = days[n]
        answer = ana.put(experiment, day, base=row["revision"], **{**row["answers"], **more})
        assert answer.status_code == 200, answer.text
    return experiment


@pytest.mark.parametrize("plan", [COMPARE, {"medicine": "lithium"}], ids=["compare", "notice_only"])
def test_the_log_holds_what_the_person_wrote(page: Page, ana: Person, plan: dict[str, Any]) -> None:
    experiment = written(ana, **plan)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(f"/result/{experiment['id']}")
    expect(page.locator(".card h2")).to_be_visible()
    if plan is COMPARE:
        page.locator("summary", has_text="What you wrote").click()
    row = page.get_by_role("table", name="What you wrote").get_by_role("row").nth(2)
    for words in (*WORDS.values(), *(() if plan is COMPARE else ("fainting",))):
        expect(row).to_contain_text(words)
    expect(row.get_by_role("cell").first).to_contain_text("taken")
    large_text(page)
    assert too_wide(page) == []


@pytest.mark.parametrize("plan", [COMPARE, {"medicine": "lithium"}], ids=["compare", "notice_only"])
def test_paper_has_two_pages_and_own_words_only_when_asked(
    page: Page, ana: Person, plan: dict[str, Any], tmp_path: Path
) -> None:
    experiment = written(ana, hope="less fog", **plan)
    page.goto(f"/result/{experiment['id']}")
    expect(page.locator(".chart").first).to_be_visible()
    own = [page.get_by_text("Calm, but behind glass."), page.get_by_text("two glasses of wine")]
    own += [page.get_by_text("not taken, felt bad"), page.get_by_text("less fog")]
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for words in own:
        expect(words).to_be_hidden()
    expect(page.get_by_text("Written by the person themselves.")).to_be_visible()
    expect(page.get_by_text("“the white one”")).to_be_visible()
    expect(page.get_by_text("Printed on")).to_be_visible()
    days = page.get_by_role("table", name="Day by day")
    expect(days.get_by_role("row")).to_have_count(15)
    expect(days.get_by_role("columnheader", name="Dose")).to_have_count(1 if plan is COMPARE else 0)
    under = page.locator(".later").bounding_box()
    card, charts = page.locator(".card").bounding_box(), page.locator(".charts").bounding_box()
    assert under and card and charts and card["y"] < under["y"] < charts["y"]
    assert pages(page) == 2
    page.emulate_media(media="screen")
    page.get_by_role("switch", name="Print my own words too").check()
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    for words in own:
        expect(words.last).to_be_visible()
    assert pages(page) == 2


def pages(page: Page) -> int:
    """How many sheets of A4 it takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


def test_nothing_is_asked_that_cannot_be_answered_here(result: Page) -> None:
    out = result.locator(".out")
    expect(out.get_by_role("heading")).to_have_text("What now?")
    assert "?" not in out.inner_text().replace("What now?", "")


def test_without_a_rating_there_is_no_empty_chart(page: Page, ana: Person) -> None:
    experiment = ana.experiment(started_days_ago=14, **COMPARE)
    day = (today() - timedelta(days=9)).isoformat()
    assert ana.put(experiment, day, note="only words").is_success
    page.goto(f"/result/{experiment['id']}")
    expect(page.locator(".card h2")).to_be_visible()
    expect(page.locator(".chart")).to_have_count(0)
    expect(page.get_by_text("Touch a chart")).to_have_count(0)
    page.locator("summary", has_text="What you wrote").click()
    expect(page.get_by_role("row").filter(has_text="only words")).to_be_visible()


def test_on_a_desk_the_sentence_stands_beside_the_dots(result: Page) -> None:
    result.set_viewport_size({"width": 1280, "height": 800})
    expect(result.locator(".chart").first).to_be_visible()  # another width is drawn anew
    result.wait_for_timeout(500)  # the charts may be drawn anew just now
    card, chart = result.locator(".card").bounding_box(), result.locator(".chart").first.bounding_box()
    assert card and chart
    assert card["x"] + card["width"] < chart["x"] and chart["y"] < card["y"] + card["height"]
    assert chart["x"] + chart["width"] > 1000
    out = result.locator(".out").bounding_box()
    assert out and abs(out["x"] - card["x"]) < 2


def test_words_of_a_client_come_to_nothing_but_words(page: Page, ana: Person) -> None:
    words = '"><img src=x onerror=alert(1)><b>'
    own = [{"key": "own1", "name": words[:20], "low": "<i>", "middle": "&lt;", "high": "</svg>"}]
    experiment = fortnight(ana, question=words, own_measures=own, **COMPARE)
    page.goto(f"/result/{experiment['id']}")
    expect(page.locator(".chart")).to_have_count(5)
    page.locator('.chart[data-key="other-measures"] .plate').click(position={"x": 4, "y": 4})
    expect(page.locator('.chart[data-key="other-measures"] .main-svg').first).to_be_visible()
    expect(page.locator("main img, main script, main b, main i")).to_have_count(0)
    expect(page.locator('.chart[data-key="other-measures"]')).to_contain_text("<img src")


def test_ways_out(result: Page) -> None:
    with result.expect_download() as started:
        result.get_by_role("button", name="Take everything along").click()
    assert started.value.suggested_filename.endswith(".zip")
    result.get_by_role("link", name="Leave it here").click()
    expect(result).to_have_url(result.url.split("/result")[0].rstrip("/") + "/")


# How much of a picture is not paper: 0 would be an empty sheet.
INKED = """async (bytes) => {
  const picture = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
  const sheet = new OffscreenCanvas(picture.width, picture.height).getContext("2d");
  sheet.drawImage(picture, 0, 0);
  const { data } = sheet.getImageData(0, 0, picture.width, picture.height);
  let inked = 0;
  for (let i = 0; i < data.length; i += 4) inked += data[i] + data[i + 1] + data[i + 2] < 600;
  return [picture.width, picture.height, inked / (data.length / 4), data[0], data[3]];
}"""


def test_a_chart_is_saved_as_a_picture_with_its_sentence(result: Page) -> None:
    chart = result.locator('.chart[data-key="in-order"]')
    box = str(chart.locator(".plate > svg").get_attribute("viewBox")).split()
    result.emulate_media(color_scheme="dark")
    with result.expect_download() as saved:
        chart.get_by_role("button", name=re.compile("^Save it as a picture")).click()
    assert saved.value.suggested_filename == "fortnight-chart.png"
    content = saved.value.path().read_bytes()
    assert content.startswith(b"\x89PNG")
    folder = os.environ.get("FORTNIGHT_PICTURES")
    if folder:
        (Path(folder) / "chart-as-a-picture.png").write_bytes(content)
    width, height, inked, red, solid = result.evaluate(INKED, list(content))
    assert width == 3 * (float(box[2]) + 32)
    assert height > 3 * (float(box[3]) + 60), "the title and the sentence stand above"
    assert 0.01 < inked < 0.3
    assert (red, solid) == (255, 255), "on white, also in the dark"
    expect(chart.get_by_text("Saved on this device.")).to_be_visible()


def test_a_phone_shares_a_picture_by_its_own_sheet(page: Page, ana: Person) -> None:
    page.add_init_script(
        """navigator.canShare = (what) => what.files.every((file) => file.type === "image/png");
        navigator.share = async (what) => {
          window.shared = [what.files[0].name, what.files[0].size, Object.keys(what)];
          if (window.closed_it) throw new DOMException("", "AbortError");
        };"""
    )
    page.goto(f"/result/{fortnight(ana, **COMPARE)['id']}")
    chart = page.locator('.chart[data-key="in-order"]')
    share = chart.get_by_role("button", name=re.compile("^Share it as a picture"))
    share.click()
    page.wait_for_function("() => window.shared")
    name, size, said = page.evaluate("shared")
    assert (name, said) == ("fortnight-chart.png", ["files"]) and size > 5000
    page.evaluate("window.closed_it = true")
    share.click()
    expect(share).not_to_have_attribute("aria-disabled", "true")
    expect(chart.get_by_text("could not make a picture")).to_have_count(0)
