"""The fortnight for paper, in one figure: the measure that answers the question, sleep, and the doses as a row of
their own. A rating carries the mark of its dose exactly where the report gives it one."""

from collections.abc import Mapping

from app.core.catalogue import text
from app.domain import brief, measures
from app.domain.brief import Dose
from app.domain.report import Mark, Measure, Point
from app.domain.words import Say
from app.rendering import wording
from app.rendering.figures.canvas import LABEL, Canvas
from app.rendering.figures.parts import Figure, Look, Table

PAPER = 560
"""Pixels: as wide as A4 and Letter have room for, with every mark large enough to be told apart in grey."""
PLOT = 70
ROW = 30
MARKS: tuple[Mark, ...] = ("ink", "aside", "on", "off")


def draw(look: Look) -> Figure | None:
    """None where nothing of it was written."""
    doses = dict(brief.dose_marks(look.report))
    rows = _rows(look)
    if not rows and not doses:
        return None
    canvas = Canvas(look.width)
    primary = look.report.primary
    marks = [day.points[primary].mark for day in look.report.days if primary in day.points]
    y = look.key(canvas, [*marks, *doses.values()], "brief-key")
    for measure in rows:
        y = _measure(look, canvas, measure, y + 6)
    if doses:
        y = _doses(look, canvas, doses, y + 6)
    height = look.foot(canvas, y + 6, [day for day in look.report.come if not day.logged])
    said = [Say("brief-chart-sentence", {"logged": look.report.counts.logged, "length": len(look.report.come)})]
    if doses and look.report.fixed.get("lag"):
        said.append(Say("brief-chart-day-before", {"measure": look.name(look.report.primary_measure)}))
    table = _table(look, rows, doses)
    return Figure("fortnight", Say("brief-chart"), tuple(said), canvas.finish(height), table, look.locale)


def _rows(look: Look) -> list[Measure]:
    """The primary measure and sleep, each where it was answered."""
    report = look.report
    wanted = [m for m in report.measures if m.key == report.primary or m.key in measures.SLEEP]
    return [m for m in wanted if look.values(m.key)]


def _measure(look: Look, canvas: Canvas, measure: Measure, y: float) -> float:
    days = look.report.days
    top = _head(look, canvas, f"{look.name(measure)}, {_ends(look, measure)}", y)
    tall = PLOT if measure.key == look.report.primary else ROW
    ticks = look.three_ticks(measure)
    panel = look.day_panel(canvas, top, top + tall, look.scale(measure), y_ticks=ticks, grid=True)
    look.weeks(canvas, top - 4, panel.bottom + 4, panel)
    points = {day.number: day.points[measure.key] for day in days if measure.key in day.points}
    values = [points[day.number].value if day.number in points else None for day in days]
    canvas.line(panel, [day.number for day in days], values)
    for mark in MARKS:
        marked = [
            (float(n), point.value, "") for n, point in points.items() if _mark(look, measure, point) == mark
        ]
        canvas.marks(panel, mark, marked, size=look.size_of(mark))
    return panel.bottom + 4


def _mark(look: Look, measure: Measure, point: Point) -> Mark:
    """Only the measure that answers the question tells the days apart: another may go with another day's dose."""
    return point.mark if measure.key == look.report.primary else "ink"


def _doses(look: Look, canvas: Canvas, doses: Mapping[int, Dose], y: float) -> float:
    top = _head(look, canvas, look.say("brief-chart-doses"), y)
    panel = look.day_panel(canvas, top, top + 14, (0, 1), y_ticks=[(0.5, "")], grid=True)
    look.weeks(canvas, top, panel.bottom, panel)
    for mark in MARKS:
        canvas.marks(
            panel, mark, [(n, 0.5, "") for n, dose in doses.items() if dose == mark], size=look.size_of(mark)
        )
    return panel.bottom


def _head(look: Look, canvas: Canvas, words: str, y: float) -> float:
    """On as many lines as it needs. Returns where the panel beneath begins."""
    lines = wording.wrap(words, look.width, LABEL, bold=True)
    canvas.words(0, y, "\n".join(lines), stand="top", size=LABEL, role="ink", bold=True)
    return y + len(lines) * LABEL * wording.LINE + 9


def _ends(look: Look, measure: Measure) -> str:
    """What the ends of the scale are called, or from where to where it goes."""
    low, high = (wording.value(at, measure) for at in look.scale(measure))
    if not (measure.low and measure.high):
        return look.say("brief-chart-scale", low=low, high=high)
    names = (wording.plain(text(end, look.locale)) for end in (measure.low, measure.high))
    lowest, highest = names
    return look.say("brief-chart-ends", low=low, lowest=lowest, high=high, highest=highest)


def _table(look: Look, rows: list[Measure], doses: Mapping[int, Dose]) -> Table:
    columns = [look.say("figures-column-day"), *(look.name(measure) for measure in rows)]
    if doses:
        columns.append(look.say("figures-column-dose"))
    said = []
    for day in look.report.come:
        cells = [wording.value(day.points[m.key].value, m) if m.key in day.points else "" for m in rows]
        if doses:
            dose = doses.get(day.number)
            cells.append(look.say(f"brief-key-{dose}") if dose else "")
        if not day.logged:
            cells = [look.say("result-not-logged"), *cells[1:]]
        said.append((look.day(day), *cells))
    return Table(tuple(columns), tuple(said))
