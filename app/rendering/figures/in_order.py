"""Every day in order: the row of the fortnight with the primary measure on it.

Days are told apart by shape and hue only where the report marks them; otherwise all are ink dots, and the
table has no column for the dose.
"""

from app.core.catalogue import text
from app.domain.report import Mark
from app.domain.sentences import at_start
from app.domain.words import Say
from app.rendering import wording
from app.rendering.figures.canvas import Canvas
from app.rendering.figures.parts import Figure, Look, Table

PLOT = 132
MARKED = {"on": "figures-mark-on", "off": "figures-mark-off", "aside": "result-key-aside"}


def draw(look: Look) -> Figure:
    report, measure = look.report, look.report.primary_measure
    table = _table(look)
    said = {day.number: ", ".join(row) for day, row in zip(report.come, table.rows, strict=True)}
    rated = [day for day in report.days if report.primary in day.points]
    points = {day.number: day.points[report.primary] for day in rated}

    canvas = Canvas(look.width)
    top = look.key(canvas, [point.mark for point in points.values()]) + 14
    panel = look.day_panel(
        canvas, top, top + PLOT, look.scale(measure), y_ticks=look.three_ticks(measure), grid=True
    )
    look.weeks(canvas, top - 8, top + PLOT + 12, panel)
    values = [points[day.number].value if day.number in points else None for day in report.days]
    canvas.line(panel, [day.number for day in report.days], values)
    order: tuple[Mark, ...] = ("ink", "aside", "on", "off")
    for mark in order:
        marked = [(n, point.value, said[n]) for n, point in points.items() if point.mark == mark]
        canvas.marks(panel, mark, marked, size=look.size_of(mark))
    height = look.foot(canvas, panel.bottom + 9, [day for day in report.come if day not in rated])

    sentences = [
        Say(
            "figures-in-order-so-far" if report.to_come else "figures-in-order-sentence",
            {"measure": at_start(measure), "rated": len(rated), "length": len(report.come)},
        )
    ]
    if measure.low and measure.high:
        ends = {"least": wording.value(measure.minimum, measure), "most": wording.value(measure.maximum, measure)}
        names = {"low": text(measure.low, look.locale), "high": text(measure.high, look.locale)}
        sentences.append(Say("figures-scale-ends", {**ends, **{k: wording.plain(v) for k, v in names.items()}}))
    if len(rated) < len(report.come):
        sentences.append(Say("figures-in-order-gaps"))
    title = "result-in-order-heading" if report.drawn.side_by_side else "result-daily-line-heading"
    return Figure("in-order", Say(title), tuple(sentences), canvas.finish(height), table, look.locale)


def _table(look: Look) -> Table:
    report, measure = look.report, look.report.primary_measure
    columns = [look.say("figures-column-day"), look.name(measure)]
    if report.drawn.marks:
        columns.insert(1, look.say("figures-column-dose"))
    rows = []
    for day in report.come:
        point = day.points.get(report.primary)
        empty = look.say("figures-no-answer" if day.logged else "result-not-logged")
        row = [look.day(day), wording.value(point.value, measure) if point else empty]
        if report.drawn.marks:
            row.insert(1, look.say(MARKED[point.mark]) if point else "")
        rows.append(tuple(row))
    return Table(tuple(columns), tuple(rows))
