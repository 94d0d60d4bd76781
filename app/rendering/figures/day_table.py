"""One row a day with all of its answers: on paper the tables of the single charts would fill pages.

The dose of a day stands in its row only where the report marks ratings by their doses; elsewhere there is no
column for it, and doses stay a row of their own in the log.
"""

from app.domain.report import Day, LogRow, Report
from app.rendering import wording
from app.rendering.figures.parts import Look, Table


def day_table(report: Report, locale: str = "en") -> Table:
    """Day, dose where it may stand there, every answered measure, side effects."""
    look = Look(report, locale)
    measures = [measure for measure in report.measures if look.values(measure.key)]
    effects = any(row.side_effects for row in report.log)
    columns = [look.say("figures-column-day")]
    if report.drawn.marks:
        columns.append(look.say("figures-column-dose"))
    columns += [wording.heading(look.name(measure)) for measure in measures]
    if effects:
        columns.append(look.say("figures-column-effects"))
    log = {row.date: row for row in report.log}
    rows = []
    for day in report.come:
        row = log.get(day.date)
        cells = [look.day(day), *([_dose(look, day, row)] if report.drawn.marks else [])]
        for measure in measures:
            point = day.points.get(measure.key)
            cells.append(wording.value(point.value, measure) if point else "")
        if effects:
            cells.append(_effects(look, row))
        if not day.logged and not report.drawn.marks:
            cells[1:2] = [_empty(look, row)] if len(cells) > 1 else []
        rows.append(tuple(cells))
    return Table(tuple(columns), tuple(rows))


def _dose(look: Look, day: Day, row: LogRow | None) -> str:
    if not day.logged or row is None:
        return _empty(look, row)
    return look.say("figures-dose", dose=row.dose) if row.dose else ""


def _empty(look: Look, row: LogRow | None) -> str:
    return look.say("figures-log-unreadable" if row and row.unreadable else "result-not-logged")


def _effects(look: Look, row: LogRow | None) -> str:
    said = []
    for effect in row.side_effects if row else ():
        name = wording.heading(wording.plain(effect.name))
        said.append(
            name if effect.bother is None else look.say("figures-log-effect", name=name, bother=effect.bother)
        )
    return "; ".join(said)
