"""The range line: what fits the days, and what the client expected, on one line with "same" in the middle.

Drawn from the model's own numbers, written as the sentences say them (rounded).
"""

from math import ceil
from typing import Literal

from app.domain.report import Interval
from app.domain.rounding import reaches_zero
from app.domain.words import Say
from app.rendering import wording
from app.rendering.figures.canvas import LABEL, TICK, Canvas, Panel
from app.rendering.figures.parts import Figure, Look, Table

SIDE = 14
BAR = 16
TICK_ROOM = 24
"""From the middle of "same" to the middle of the number beside it, in pixels."""


def draw(look: Look, interval: Interval) -> Figure:
    expected = look.report.prediction.signed if look.report.prediction else None
    table = _table(look, interval, expected)
    said = [f"{row[0]}: {row[1]}" for row in table.rows]
    reach, each = _reach(interval, expected, look.width - 2 * SIDE)
    ticks = [(i * each, _tick(look, i * each)) for i in range(-int(reach / each), int(reach / each) + 1)]

    canvas = Canvas(look.width)
    row = 0.0 if expected is None else 44.0
    top = row + 24
    panel = canvas.panel(SIDE, look.width - SIDE, top, top + BAR + 8, (-reach, reach), (0, BAR + 8), x_ticks=ticks)
    canvas.rule((0, 0), (0, BAR + 8), "edge", x_panel=panel, y_panel=panel)
    for at, _ in ticks:
        canvas.rule((at, at), (0, 4), "edge", x_panel=panel, y_panel=panel)
    canvas.bar(panel, (interval.lower, interval.upper), (6, 6 + BAR))
    at = interval.estimate
    canvas.rule((at, at), (4, BAR + 8), "ink", width=3, above=True, x_panel=panel, y_panel=panel)
    _label(look, canvas, panel, at, row + 10, look.say("figures-your-days"))
    touch = [(interval.lower, said[1]), (interval.upper, said[1]), (at, said[0])]
    _touchable(canvas, panel, touch)
    if expected is not None:
        above = canvas.panel(SIDE, look.width - SIDE, 20, 44, (-reach, reach), (0, 24))
        canvas.marks(above, "own", [(expected, 12, said[2])])
        _label(look, canvas, above, expected, 10, look.say("result-you-expected-mark"))
    ends = panel.bottom + 24
    _end(look, canvas, "lower", ends)
    height = _end(look, canvas, "higher", ends)

    measure = look.report.primary_measure
    sentences = [
        Say(
            "figures-range-sentence",
            {
                "estimate": _estimate(look, interval),
                "lower": wording.difference(interval.shown_lower, measure, look.locale),
                "upper": wording.difference(interval.shown_upper, measure, look.locale),
            },
        )
    ]
    title = Say("figures-range-heading" if expected is None else "result-expected-heading")
    return Figure("prediction-range", title, tuple(sentences), canvas.finish(height), table, look.locale)


def _reach(interval: Interval, expected: float | None, room: float) -> tuple[float, float]:
    """How far the line runs to either side (at least 3), and the step of its ticks: each has `TICK_ROOM`."""
    far = max(3.0, abs(interval.lower), abs(interval.upper), abs(expected or 0.0))
    most = min(5, room / 2 / TICK_ROOM)
    each = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000) if ceil(far / step) <= most or step == 1000)
    return ceil(far / each) * each, each


def _tick(look: Look, at: float) -> str:
    return look.say("result-range-same") if at == 0 else f"{abs(at):g}"


def _label(look: Look, canvas: Canvas, panel: Panel, at: float, y: float, words: str) -> None:
    """Words over a place on the line, kept inside the sheet."""
    low, high = panel.x_range
    x = panel.left + (at - low) / (high - low) * (panel.right - panel.left)
    half = wording.width(words, LABEL, bold=True) / 2
    x = min(max(x, half), look.width - half)
    canvas.words(x, y, words, align="center", size=LABEL, role="ink", bold=True)


def _touchable(canvas: Canvas, panel: Panel, points: list[tuple[float, str]]) -> None:
    """Marks that are not drawn (the bar and its rule are), only there to be touched."""
    canvas.touch(panel, [(x, BAR / 2 + 6, said) for x, said in points], size=BAR)


def _end(look: Look, canvas: Canvas, way: Literal["lower", "higher"], top: float) -> float:
    lines = wording.wrap(look.say(f"result-range-{way}"), look.width / 2 - 12, TICK)
    left = way == "lower"
    x = 0.0 if left else look.width
    canvas.words(x, top, "\n".join(lines), align="left" if left else "right", stand="top")
    return top + len(lines) * TICK * wording.LINE + 2


def _estimate(look: Look, interval: Interval) -> str:
    measure = look.report.primary_measure
    if reaches_zero(interval.estimate, measure):
        return look.say("figures-difference-same")
    return wording.difference(interval.shown_estimate, measure, look.locale)


def _table(look: Look, interval: Interval, expected: float | None) -> Table:
    measure, locale = look.report.primary_measure, look.locale
    bounds = [wording.difference(b, measure, locale) for b in (interval.shown_lower, interval.shown_upper)]
    whole = look.say("figures-from-to", low=bounds[0], high=bounds[1])
    rows = [
        (
            look.say("figures-row-your-days"),
            _estimate(look, interval),
        ),
        (look.say("figures-row-range"), whole),
    ]
    if expected is not None:
        rows.append((look.say("figures-row-expected"), wording.difference(expected, measure, locale)))
    return Table((look.say("figures-column-what"), look.say("figures-column-difference")), tuple(rows))
