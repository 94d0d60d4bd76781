"""Every day side by side, back to back: the scale in the middle with its names, one mark a day.

Days taken stack to the left, days not taken to the right, in date order from the scale outwards; the means
are short rules at the outer edges. Exists only where the report has a comparison.
"""

from datetime import date
from typing import Literal

from app.core.catalogue import text
from app.domain.report import Comparison, Group, Measure
from app.domain.words import Say
from app.rendering import wording
from app.rendering.figures.canvas import LABEL, TICK, Canvas, Panel, Role
from app.rendering.figures.parts import Figure, Look, Table

PLOT = 198
MEAN = 26.0
"""The outer edge, kept for the mean: its rule and its number; more where the number is longer."""
CLEAR = 10
"""Marks nearer than this, in pixels, do not stand above one another: the later day stands further out."""
NAMES = 96
"""The middle, kept for the scale and the names of its steps."""
HEAD = 34
WIDEST = 420
"""On a wide page the two sides stay together, in the middle."""
NARROW = 230
"""Below this (large text on a phone) the middle keeps only numbers; the names stand over and under the sides."""


def draw(look: Look, comparison: Comparison) -> Figure:
    measure = look.report.primary_measure
    canvas = Canvas(look.width)
    names = _end_names(look, measure) if look.width < NARROW else None
    labels = _labels(look, measure, named=names is None)
    middle = NAMES if names is None else max(wording.width(words, TICK) for _, words, _ in labels) + 12
    left, right = (look.width - middle) / 2, (look.width + middle) / 2
    start = max(0.0, (look.width - WIDEST) / 2)
    end = look.width - start
    low, high = look.scale(measure)
    if names is None:
        over = max(10.0, labels[-1][1].count("\n") * TICK * wording.LINE / 2 + 10)
        under = max(10.0, labels[0][1].count("\n") * TICK * wording.LINE / 2 + 8)
    else:
        over, under = (10 + _tall(lines) for lines in names)
    top = HEAD + over
    bottom = top + PLOT

    means = [wording.average(group.mean) for group in (comparison.on, comparison.off)]
    edge = max([MEAN, *(wording.width(mean, LABEL, bold=True) + 2 for mean in means)])
    room = left - start - edge - 4
    columns = [_columns(group, PLOT / (high - low)) for group in (comparison.on, comparison.off)]
    crowd = max(column for side in columns for column in side)
    step = min(13.5, room / crowd)
    size = max(8.0, min(11.0, step - 0.5))
    reach = room / step + 0.5
    ticks = [(at, "") for at in _steps(look, measure)]
    on = canvas.panel(start + edge + 4, left, top, bottom, (reach, 0.5), (low, high), y_ticks=ticks, grid=True)
    off = canvas.panel(right, end - edge - 4, top, bottom, (0.5, reach), (low, high), y_ticks=ticks, grid=True)

    canvas.marks(on, "on", _stack(look, comparison.on, columns[0], "on"), size=size)
    canvas.marks(off, "off", _stack(look, comparison.off, columns[1], "off"), size=size * 0.88)
    _mean(canvas, on, comparison.on.mean, "on", (start, start + edge - 2))
    _mean(canvas, off, comparison.off.mean, "off", (end - edge + 2, end))
    for side, group, x in (("on", comparison.on, left), ("off", comparison.off, right)):
        align: Literal["left", "right"] = "right" if side == "on" else "left"
        head = look.say("figures-took-it" if side == "on" else "figures-did-not")
        canvas.words(x, 8, head, align=align, size=LABEL, role="ink", bold=True)
        canvas.words(x, 24, wording.days(group.n, look.locale), align=align, size=TICK)
    for at, words, named in labels:
        role: Role = "ink" if named else "soft"
        canvas.words(look.width / 2, at, words, align="center", role=role, bold=named, y_panel=on)
    if names is not None:
        for lines, at in zip(names, (HEAD + 2, bottom + 9), strict=True):
            canvas.words(look.width / 2, at, lines, align="center", stand="top", role="ink", bold=True)

    sentence = Say(
        "figures-side-by-side-sentence",
        {
            "on": comparison.on.n,
            "off": comparison.off.n,
            "mean-on": wording.average(comparison.on.mean),
            "mean-off": wording.average(comparison.off.mean),
        },
    )
    title = Say("result-side-by-side-heading")
    table = _table(look, comparison, measure)
    return Figure("side-by-side", title, (sentence,), canvas.finish(bottom + under), table, look.locale)


def _columns(group: Group, px: float) -> list[int]:
    """How far out each day stands, 1 next to the scale: the nearest place where it covers no earlier day.

    `px` is the height of one unit, in pixels.
    """
    columns: list[int] = []
    for _, value in group.days:
        near = {c for c, (_, other) in zip(columns, group.days, strict=False) if abs(other - value) * px < CLEAR}
        columns.append(next(column for column in range(1, len(near) + 2) if column not in near))
    return columns


def _stack(
    look: Look, group: Group, columns: list[int], side: Literal["on", "off"]
) -> list[tuple[float, float, str]]:
    """Each day at its value and its place, with what it says."""
    numbers = {day.date: day.number for day in look.report.days}
    mark, measure, points = look.say(f"figures-mark-{side}"), look.report.primary_measure, []
    for (day, value), column in zip(group.days, columns, strict=True):
        said = [_named(look, day, numbers[day]), mark, wording.value(value, measure)]
        points.append((float(column), value, ", ".join(said)))
    return points


def _named(look: Look, day: date, number: int) -> str:
    return wording.day_name(day, number, look.locale, counted_from=look.report.counted_from)


def _mean(canvas: Canvas, panel: Panel, mean: float, side: Literal["on", "off"], x: tuple[float, float]) -> None:
    """A short rule at the outer edge, solid or dashed, with its number."""
    dash = None if side == "on" else "5px,3px"
    canvas.rule(x, (mean, mean), side, width=2.5, dash=dash, above=True, y_panel=panel)
    canvas.words(
        sum(x) / 2,
        mean,
        wording.average(mean),
        align="center",
        stand="bottom",
        size=LABEL,
        role="ink",
        bold=True,
        y_panel=panel,
    )


def _end_names(look: Look, measure: Measure) -> tuple[str, str]:
    """What the highest and the lowest step are called, each on as many lines as it needs."""
    ends = ((measure.maximum, measure.high), (measure.minimum, measure.low))
    said = [
        f"{wording.value(at, measure)} {wording.plain(text(say, look.locale))}" if say else "" for at, say in ends
    ]
    high, low = ("\n".join(wording.wrap(words, look.width, TICK, bold=True)) for words in said)
    return high, low


def _tall(lines: str) -> float:
    return (lines.count("\n") + 1) * TICK * wording.LINE if lines else 0.0


def _labels(look: Look, measure: Measure, *, named: bool) -> list[tuple[float, str, bool]]:
    """(where, words, named) along the scale, from its foot: every step, without those that a name would touch."""
    low, high = look.scale(measure)
    middle = (measure.minimum + measure.maximum) / 2
    ends = {measure.minimum: measure.low, middle: measure.middle, measure.maximum: measure.high}
    names = ends if named else {}
    per_px = (high - low) / PLOT
    places: list[tuple[float, str, bool]] = []
    for at, say in names.items():
        if say is None:
            continue
        number, words = wording.value(at, measure), wording.plain(text(say, look.locale))
        one = f"{number} {words}"
        if wording.width(one, TICK, bold=True) > NAMES:
            one = "\n".join([number, *wording.wrap(words, NAMES - 2, TICK, bold=True)])
        places.append((at, one, True))
    free = [
        (at, wording.value(at, measure), False)
        for at in _steps(look, measure)
        if all(
            abs(at - place) > ((words.count("\n") + 2) * TICK * wording.LINE / 2) * per_px
            for place, words, _ in places
        )
    ]
    return sorted([*places, *free])


def _steps(look: Look, measure: Measure) -> list[float]:
    """Where the hairlines run: every point of a short scale, at most ten spaces on any other."""
    low, high = look.scale(measure)
    each = (high - low) / 6 if measure.unit == "hours" else 1.0
    while (high - low) / each > 10:
        each *= 2.5 if f"{each:e}"[0] == "2" else 2
    return [low + each * i for i in range(int((high - low) / each) + 1)]


def _table(look: Look, comparison: Comparison, measure: Measure) -> Table:
    groups = (comparison.on, comparison.off)

    def row(key: str, *cells: str) -> tuple[str, ...]:
        return (look.say(f"figures-row-{key}"), *cells)

    return Table(
        (look.say("figures-column-what"), look.say("figures-column-on"), look.say("figures-column-off")),
        (
            row("days", *(str(group.n) for group in groups)),
            row("average", *(wording.average(group.mean) for group in groups)),
            row("middle", *(wording.average(group.median) for group in groups)),
            row("answers", *(", ".join(wording.value(v, measure) for _, v in group.days) for group in groups)),
        ),
    )
