"""The other measures: small multiples over one row of days, in the order they were chosen, ink dots.

Only the primary measure carries marks by dose in a chart over days. Where the report has a comparison, each
measure's range on either kind of day stands in words: lowest to highest with n, never a mean, never sorted by
how much they differ.
"""

from app.domain.report import Day, Measure, OtherMeasure, Spread
from app.domain.sentences import inside
from app.domain.words import Say
from app.rendering import wording
from app.rendering.figures.canvas import LABEL, TICK, Canvas, Panel
from app.rendering.figures.parts import Figure, Look, Table

ROW = 46
LEAD = 17


def answered(look: Look) -> list[Measure]:
    """Every measure but the primary that has an answer, in fixed order."""
    report = look.report
    return [m for m in report.measures if m.key != report.primary and look.values(m.key)]


def draw(look: Look) -> Figure:
    report, measures = look.report, answered(look)
    others = {other.measure: other for other in report.comparison.others} if report.comparison else {}
    canvas = Canvas(look.width)
    sides = {m.key: _sides(look, m, others[m.key]) for m in measures if m.key in others}
    one_line = all(wording.width(_joined(look, said), TICK) <= look.width for said in sides.values())
    y = 0.0
    for measure in measures:
        y = _head(look, canvas, measure, y)
        said = sides.get(measure.key, [])
        for words in [_joined(look, said)] if one_line and said else said:
            for line in wording.wrap(words, look.width, TICK):
                canvas.words(0, y + LEAD / 2, line)
                y += LEAD
        panel = _row(look, canvas, measure, y + 10)
        y = panel.bottom + 18
    height = look.foot(canvas, y - 10, [day for day in report.come if not day.logged])
    look_back = Say("figures-others-sentence-ink")
    if others:
        look_back = Say("figures-others-sentence", {"measure": inside(report.primary_measure)})
    title = Say("result-others-heading")
    table = _table(look, measures, others)
    return Figure("other-measures", title, (look_back,), canvas.finish(height), table, look.locale)


def _head(look: Look, canvas: Canvas, measure: Measure, y: float) -> float:
    """The name on as many lines as it needs, lowest and highest to the right."""
    values = look.values(measure.key)
    whole = wording.span(min(values), max(values), measure, look.locale)
    room = look.width - wording.width(whole, LABEL) - 12
    lines = wording.wrap(look.name(measure), room, LABEL, bold=True)
    canvas.words(0, y, "\n".join(lines), stand="top", size=LABEL, role="ink", bold=True)
    canvas.words(look.width, y, whole, align="right", stand="top", size=LABEL, role="ink")
    y += len(lines) * LABEL * wording.LINE
    return y + 2


def _sides(look: Look, measure: Measure, other: OtherMeasure) -> list[str]:
    """The range on each kind of day, in words: the dots beneath are of one ink, so no mark stands for a kind."""
    return [
        look.say(f"figures-range-{side}", range=_whole(look, measure, spread), n=spread.n)
        for side, spread in (("took-it", other.on), ("did-not", other.off))
        if spread.n
    ]


def _joined(look: Look, said: list[str]) -> str:
    return look.say("figures-both", first=said[0], second=said[1]) if len(said) == 2 else "".join(said)


def _whole(look: Look, measure: Measure, spread: Spread) -> str:
    return wording.span(spread.lowest or 0.0, spread.highest or 0.0, measure, look.locale)


def _range(look: Look, measure: Measure, spread: Spread) -> str:
    if not spread.n:
        return ""
    return look.say("figures-range-on-days", range=_whole(look, measure, spread), n=spread.n)


def _row(look: Look, canvas: Canvas, measure: Measure, top: float) -> Panel:
    days = look.report.days
    low, high = look.scale(measure)
    ends = [(at, wording.value(at, measure)) for at in (low, high)]
    panel = look.day_panel(canvas, top, top + ROW, (low, high), y_ticks=ends, grid=True)
    look.weeks(canvas, top - 2, panel.bottom + 2, panel)
    canvas.line(panel, [d.number for d in days], [_value(d, measure) for d in days])
    points = [(float(d.number), d.points[measure.key].value) for d in days if measure.key in d.points]
    said = {d.number: f"{look.day(d)}, {_cell(look, d, measure)}" for d in days}
    canvas.marks(panel, "ink", [(x, y, said[int(x)]) for x, y in points], size=look.dot_size())
    return panel


def _value(day: Day, measure: Measure) -> float | None:
    return day.points[measure.key].value if measure.key in day.points else None


def _cell(look: Look, day: Day, measure: Measure) -> str:
    value = _value(day, measure)
    if value is None:
        return look.say("figures-no-answer" if day.logged else "result-not-logged")
    return wording.value(value, measure)


def _table(look: Look, measures: list[Measure], others: dict[str, OtherMeasure]) -> Table:
    columns = [look.say("figures-column-day"), *(look.name(m) for m in measures)]
    rows = [(look.day(day), *(_cell(look, day, m) for m in measures)) for day in look.report.come]
    spans = []
    for m in measures:
        values = look.values(m.key)
        spans.append(wording.span(min(values), max(values), m, look.locale))
    rows.append((look.say("figures-row-lowest-highest"), *spans))
    if others:
        sides = [
            (look.say("figures-column-on"), [others[m.key].on if m.key in others else None for m in measures]),
            (look.say("figures-column-off"), [others[m.key].off if m.key in others else None for m in measures]),
        ]
        for head, spreads in sides:
            cells = [_range(look, m, s) if s else "" for m, s in zip(measures, spreads, strict=True)]
            rows.append((head, *cells))
    return Table(tuple(columns), tuple(rows))
