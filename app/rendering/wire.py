"""A figure as the API sends it."""

from collections.abc import Mapping
from typing import Any, TypedDict

from app.core.catalogue import text
from app.rendering import svg
from app.rendering.figures import Figure, Table


class TablePayload(TypedDict):
    columns: list[str]
    rows: list[list[str]]


class FigurePayload(TypedDict):
    key: str
    title: str
    sentence: str
    figure: Mapping[str, Any]
    svg: str
    table: TablePayload


def figure_payload(figure: Figure, locale: str = "en") -> FigurePayload:
    """Everything a page needs to show one chart. `locale` is the one that the figure was drawn in."""
    return {
        "key": figure.key,
        "title": text(figure.title, locale),
        "sentence": figure.sentence,
        "figure": figure.plotly,
        "svg": svg.draw(figure),
        "table": table_payload(figure.table),
    }


def table_payload(table: Table) -> TablePayload:
    return {"columns": list(table.columns), "rows": [list(row) for row in table.rows]}
