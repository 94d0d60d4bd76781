"""Side effects by day: one row for each, a square on each day it was noted, larger where it bothered more."""

from app.domain.report import LogRow
from app.domain.words import Say
from app.rendering import wording
from app.rendering.figures.canvas import LABEL, Canvas
from app.rendering.figures.parts import Figure, Look, Table

ROW = 16
SIZES = (6.0, 7.5, 9.0, 10.5)
"""By bother, 0 to 3. Where a day is narrow they shrink together."""


def noted(look: Look) -> list[str]:
    """Every side effect in the order it was first noted."""
    return list(dict.fromkeys(effect.name for row in look.report.log for effect in row.side_effects))


def draw(look: Look) -> Figure:
    names, log = noted(look), look.report.log
    canvas = Canvas(look.width)
    shrink = min(1.0, look.place / 13)
    y = 0.0
    for name in names:
        on = [(row, _bother(row, name)) for row in log if _has(row, name)]
        count = wording.days(len(on), look.locale)
        room = look.width - wording.width(count, LABEL) - 12
        lines = wording.wrap(wording.heading(wording.plain(name)), room, LABEL, bold=True)
        canvas.words(0, y, "\n".join(lines), stand="top", size=LABEL, role="ink", bold=True)
        canvas.words(look.width, y, count, align="right", stand="top", size=LABEL, role="ink")
        y += len(lines) * LABEL * wording.LINE + 3
        panel = look.day_panel(canvas, y, y + ROW, (0, 1), y_ticks=[(0.5, "")], grid=True)
        look.weeks(canvas, y, y + ROW, panel)
        said = {row.number: f"{_day(look, row)}, {_words(look, bother)}" for row, bother in on}
        told = [(row.number, bother) for row, bother in on if bother is not None]
        sizes = [round(SIZES[bother] * shrink, 1) for _, bother in told]
        canvas.marks(panel, "noted", [(float(n), 0.5, said[n]) for n, _ in told], size=sizes)
        untold = [(float(row.number), 0.5, said[row.number]) for row, bother in on if bother is None]
        canvas.marks(panel, "unsaid", untold, size=round(8 * shrink, 1))
        y = panel.bottom + 12
    height = look.foot(canvas, y - 8, [day for day in look.report.come if not day.logged])
    sentences = [Say("figures-side-effects-sentence")]
    if any(effect.bother is None for row in log for effect in row.side_effects):
        sentences.append(Say("figures-side-effects-open"))
    table = _table(look, names)
    title = Say("result-side-effects-heading")
    return Figure("side-effects", title, tuple(sentences), canvas.finish(height), table, look.locale)


def _has(row: LogRow, name: str) -> bool:
    return any(effect.name == name for effect in row.side_effects)


def _bother(row: LogRow, name: str) -> int | None:
    return next(effect.bother for effect in row.side_effects if effect.name == name)


def _words(look: Look, bother: int | None) -> str:
    return look.say("figures-bother", bother="unsaid" if bother is None else bother)


def _day(look: Look, row: LogRow) -> str:
    return wording.day_name(row.date, row.number, look.locale, counted_from=look.report.counted_from)


def _table(look: Look, names: list[str]) -> Table:
    columns = (look.say("figures-column-day"), *(wording.heading(wording.plain(name)) for name in names))
    rows = []
    for row in look.report.log:
        cells = [_words(look, _bother(row, name)) if _has(row, name) else "" for name in names]
        if not row.logged:
            cells[0] = look.say("result-not-logged")
        rows.append((_day(look, row), *cells))
    return Table(columns, tuple(rows))
