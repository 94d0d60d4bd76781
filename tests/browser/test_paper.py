"""The result on paper while the closer look is open and the phone is dark: the drawing, the tables, black ink."""

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Person
from tests.browser.test_result import COMPARE, fortnight

BLACK, GREY = "rgb(0, 0, 0)", "rgb(51, 51, 51)"
"""The two inks of words on paper."""


def ink(mark: Locator) -> str:
    found: str = mark.evaluate("(e) => getComputedStyle(e).fill")
    return found


def test_the_closer_look_in_the_dark_prints_as_the_drawing_in_black(page: Page, ana: Person) -> None:
    experiment = fortnight(ana, **COMPARE)
    page.emulate_media(color_scheme="dark")
    page.goto(f"/result/{experiment['id']}")
    chart = page.locator('.chart[data-key="in-order"]')
    plate, closer = chart.locator(".plate"), chart.locator(".main-svg").first
    drawing = plate.locator("> svg")
    plate.click(position={"x": 4, "y": 4})
    expect(closer).to_be_visible(timeout=20_000)
    expect(drawing).to_have_css("opacity", "0")
    words, dot = drawing.locator(".f-soft").first, drawing.locator(".f-on").first
    dark = [ink(words), ink(dot)]
    assert GREY not in dark

    page.emulate_media(media="print", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(closer).to_be_hidden()
    expect(drawing).to_have_css("opacity", "1")
    expect(page.locator(".bar")).to_be_hidden()
    assert ink(words) == GREY
    assert ink(dot) != dark[1], "the light page's hue"
    assert page.locator("main h1").evaluate("(e) => getComputedStyle(e).color") == BLACK
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    days = page.get_by_role("table", name="Day by day")
    expect(days).to_be_visible()
    expect(days.get_by_role("row").last).to_be_visible()

    page.emulate_media(media="screen", color_scheme="dark")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(closer).to_be_visible()
    assert [ink(words), ink(dot)] == dark
