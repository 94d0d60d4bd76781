"""What axe finds wrong on a page: WCAG 2.2 AA and best practice."""

from playwright.sync_api import Page

from tests.browser.conftest import FRONTEND

AXE = FRONTEND / "node_modules" / "axe-core" / "axe.min.js"
# A colour on its way to another is neither; what goes round for ever is not waited for. Asked again and again: a
# promise that an animation has finished need never be kept, and nothing ends the wait for it.
STILL = """() => {
  const ends = (one) => one.effect?.getComputedTiming().endTime < Infinity;
  return !document.getAnimations().some((one) => one.playState === "running" && ends(one));
}"""
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def axe(page: Page) -> list[str]:
    """What axe finds wrong on the page as it stands: one line per rule and place.

    What lies half under the bar at the foot is found wrong only if it is so after scrolling on, too.
    """
    page.wait_for_function(STILL, polling=50)
    page.evaluate(AXE.read_text())
    found = _axe(page)
    if any("obscured" in said for said in found.values()):
        page.evaluate("scrollBy(0, 160)")
        still = _axe(page)
        found = {place: said for place, said in found.items() if "obscured" not in said or place in still}
    return [f"{place} {said}" for place, said in found.items()]


def _axe(page: Page) -> dict[str, str]:
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(r => r.violations.flatMap("
        "v => v.nodes.map(n => [v.id + ': ' + n.target.join(' '), n.failureSummary])))",
        AXE_TAGS,
    )
    return {str(place): str(said) for place, said in found}
