"""The charts of a `Report`: one definition each, a plain dict in Plotly's schema.

The page paints the dict as SVG (`rendering.svg`), paper will use the same SVG, and on touch plotly.js gets the
same dict through the plotly package (`rendering.plotly_check`). Nothing here decides what may be shown: it
draws the marks, means and ranges that the report has, and the report has only what its result allows.
"""

from app.domain.report import Report
from app.rendering.figures import in_order, other_measures, range_line, side_by_side, side_effects
from app.rendering.figures.canvas import NARROWEST, WIDTH
from app.rendering.figures.day_table import day_table
from app.rendering.figures.parts import Figure, Look, Table

__all__ = ["NARROWEST", "WIDTH", "Figure", "Table", "all_figures", "day_table"]


def all_figures(report: Report, locale: str = "en", width: float = WIDTH) -> list[Figure]:
    """Every chart of a report in the order of the page. `width` in pixels: 288 is a phone, 608 a wide page, 144 a
    phone with text at 200 %."""
    if not report.come:  # before its first day, or stopped before it: a chart of nothing says nothing
        return []
    look = Look(report, locale, width)
    figures = []
    if report.comparison:
        if report.comparison.interval:
            figures.append(range_line.draw(look, report.comparison.interval))
        figures.append(side_by_side.draw(look, report.comparison))
    if look.values(report.primary):
        figures.append(in_order.draw(look))
    if other_measures.answered(look):
        figures.append(other_measures.draw(look))
    if side_effects.noted(look):
        figures.append(side_effects.draw(look))
    return figures
