"""A sheet on which a chart is laid out in pixels, and which comes out as a plain dict in Plotly's schema.

There are no margins: each panel (a pair of axes) says where it stands in pixels, and `layout` gets the
same as fractions, so plotly.js and our SVG put every mark in the same place. Data stay in data units.

Colours are literal, the light ones. Each belongs to exactly one role, and `layout.meta.roles` says which
({"#6d3a86": "on", …}, only those used): a page that knows the role of a colour can put its own in place,
for the dark, for print, for more contrast. Nothing else in the dict is ours.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.rendering import wording

Role = Literal["on", "off", "ink", "soft", "edge", "line", "surface"]
Kind = Literal["on", "off", "aside", "ink", "gap", "own", "noted", "unsaid"]

COLOURS: dict[Role, str] = {
    "on": "#6d3a86",
    "off": "#8a5600",
    "ink": "#2b2620",
    "soft": "#5d5347",
    "edge": "#857966",
    "line": "#ddd2bf",
    "surface": "#f9f4ea",
}
# Shape first, hue second: the two kinds of day stay apart in grey.  symbol, colour, size, line
MARKS: dict[Kind, tuple[str, Role, float, float]] = {
    "on": ("circle", "on", 11, 1),
    "off": ("diamond-open", "off", 10, 2),
    "aside": ("cross-thin-open", "soft", 8, 2),
    "ink": ("circle", "ink", 8, 1),
    "gap": ("line-ew-open", "edge", 6, 1.5),
    "own": ("triangle-down-open", "ink", 12, 2),
    "noted": ("square", "ink", 8, 1),
    "unsaid": ("square-open", "ink", 8, 1.5),
}
FONT = "Atkinson Hyperlegible, system-ui, sans-serif"
WIDTH = 288
"""A phone of 320 px less its gutters: there the smallest text is 12 px, on a wider one it grows with the chart."""
NARROWEST = 144
"""The same phone with text at 200 %: half as wide for words of the same size."""
TICK = 12
LABEL = 13
CONFIG: dict[str, Any] = {
    "displayModeBar": False,
    "scrollZoom": False,
    "doubleClick": False,
    "showTips": False,
    "showAxisDragHandles": False,
    "editable": False,
    "responsive": False,
}


@dataclass(frozen=True)
class Panel:
    """One pair of axes. `x` and `y` are Plotly's ids ("x2"); positions in pixels from the top left."""

    n: int
    left: float
    right: float
    top: float
    bottom: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]

    @property
    def x(self) -> str:
        return "x" if self.n == 1 else f"x{self.n}"

    @property
    def y(self) -> str:
        return "y" if self.n == 1 else f"y{self.n}"

    def y_px(self, value: float) -> float:
        low, high = self.y_range
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)


class Canvas:
    """Collects panels, marks, lines and words; `finish(height)` gives the dict."""

    def __init__(self, width: float = WIDTH) -> None:
        self.width = width
        self._data: list[dict[str, Any]] = []
        self._axes: dict[str, dict[str, Any]] = {}
        self._panels: list[Panel] = []
        self._shapes: list[dict[str, Any]] = []
        self._words: list[dict[str, Any]] = []
        self._roles: dict[str, Role] = {}

    def colour(self, role: Role) -> str:
        self._roles[COLOURS[role]] = role
        return COLOURS[role]

    def panel(
        self,
        left: float,
        right: float,
        top: float,
        bottom: float,
        x_range: tuple[float, float],
        y_range: tuple[float, float],
        x_ticks: Sequence[tuple[float, str]] = (),
        y_ticks: Sequence[tuple[float, str]] = (),
        *,
        grid: bool = False,
    ) -> Panel:
        """A pair of axes. `grid` draws a hairline at each tick of y."""
        panel = Panel(len(self._panels) + 1, left, right, top, bottom, x_range, y_range)
        self._panels.append(panel)
        self._axes[f"xaxis{panel.x[1:]}"] = self._axis(x_range, x_ticks, panel.y)
        self._axes[f"yaxis{panel.y[1:]}"] = self._axis(y_range, y_ticks, panel.x)
        if grid:
            # Not the axis's own grid: plotly.js leaves out its first and last line.
            for at, _ in y_ticks:
                self.rule(x_range, (at, at), "line", x_panel=panel, y_panel=panel)
        return panel

    def _axis(self, span: tuple[float, float], ticks: Sequence[tuple[float, str]], anchor: str) -> dict[str, Any]:
        named = [wording.for_plotly(name) for _, name in ticks]
        axis: dict[str, Any] = {
            "range": list(span),
            "anchor": anchor,
            "fixedrange": True,
            "zeroline": False,
            "showline": False,
            "showgrid": False,
            "tickmode": "array",
            "tickvals": [at for at, _ in ticks],
            "ticktext": named,
            "showticklabels": any(named),
        }
        if any(named):
            axis |= {"tickangle": 0, "tickfont": {"size": TICK, "color": self.colour("soft")}}
        return axis

    def marks(
        self,
        panel: Panel,
        kind: Kind,
        points: Iterable[tuple[float, float, str]],
        *,
        size: float | Sequence[float] | None = None,
    ) -> None:
        """One trace of marks: (x, y, what it says when touched). Nothing is added for no points."""
        points = list(points)
        if not points:
            return
        symbol, role, own_size, line = MARKS[kind]
        colour = self.colour(role)
        said = [wording.for_plotly(said) for _, _, said in points]
        outline = self.colour("surface") if symbol in ("circle", "square") else colour
        self._data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "uid": f"{kind}-{panel.n}",
                "x": [x for x, _, _ in points],
                "y": [y for _, y, _ in points],
                "xaxis": panel.x,
                "yaxis": panel.y,
                "marker": {
                    "symbol": symbol,
                    "size": own_size if size is None else size,
                    "opacity": 1,
                    "color": colour,
                    "line": {"width": line, "color": outline},
                },
                "cliponaxis": False,
                "showlegend": False,
                **({"hoverinfo": "text", "hovertext": said} if any(said) else {"hoverinfo": "skip"}),
            }
        )

    def touch(self, panel: Panel, points: Sequence[tuple[float, float, str]], *, size: float) -> None:
        """Places that say something when touched, where a shape is drawn already."""
        self.marks(panel, "ink", points, size=size)
        self._data[-1]["uid"] = f"touch-{panel.n}"
        self._data[-1]["marker"]["opacity"] = 0

    def line(self, panel: Panel, xs: Sequence[float], ys: Sequence[float | None]) -> None:
        """A thin line that breaks wherever there is nothing."""
        self._data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": list(xs),
                "y": list(ys),
                "xaxis": panel.x,
                "yaxis": panel.y,
                "line": {"width": 1, "color": self.colour("edge")},
                "connectgaps": False,
                "cliponaxis": False,
                "showlegend": False,
                "hoverinfo": "skip",
            }
        )

    def rule(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        role: Role,
        *,
        width: float = 1,
        dash: str | None = None,
        above: bool = False,
        x_panel: Panel | None = None,
        y_panel: Panel | None = None,
    ) -> None:
        """A straight line; each direction in a panel's data units, or in pixels of the sheet."""
        line: dict[str, Any] = {"color": self.colour(role), "width": width}
        if dash:
            line["dash"] = dash
        self._shapes.append(
            {"type": "line", **self._refs(x, y, x_panel, y_panel), "line": line}
            | {"layer": "above" if above else "below"}
        )

    def bar(self, panel: Panel, x: tuple[float, float], y: tuple[float, float]) -> None:
        """The range that fits: a bar with round ends, edge at 45 %, as a path in data units."""
        (x0, x1), (y0, y1) = x, y
        per_px = (panel.x_range[1] - panel.x_range[0]) / (panel.right - panel.left)
        rx = min((panel.y_px(y0) - panel.y_px(y1)) / 2 * per_px, (x1 - x0) / 2)
        half = (y0 + y1) / 2
        path = (
            f"M{x0 + rx:.4f},{y0:g}L{x1 - rx:.4f},{y0:g}Q{x1:.4f},{y0:g} {x1:.4f},{half:g}"
            f"Q{x1:.4f},{y1:g} {x1 - rx:.4f},{y1:g}L{x0 + rx:.4f},{y1:g}"
            f"Q{x0:.4f},{y1:g} {x0:.4f},{half:g}Q{x0:.4f},{y0:g} {x0 + rx:.4f},{y0:g}Z"
        )
        self._shapes.append(
            {
                "type": "path",
                "path": path,
                "xref": panel.x,
                "yref": panel.y,
                "fillcolor": self.colour("edge"),
                "opacity": 0.45,
                "line": {"width": 0, "color": self.colour("edge")},
                "layer": "below",
            }
        )

    def words(
        self,
        x: float,
        y: float,
        words: str,
        *,
        align: Literal["left", "center", "right"] = "left",
        stand: Literal["top", "middle", "bottom"] = "middle",
        size: float = TICK,
        role: Role = "soft",
        bold: bool = False,
        x_panel: Panel | None = None,
        y_panel: Panel | None = None,
    ) -> None:
        """Words at a place in pixels, or in a panel's data units. `\\n` begins a new line."""
        refs = self._refs((x, x), (y, y), x_panel, y_panel)
        self._words.append(
            {
                "text": wording.for_plotly(words),
                "x": refs["x0"],
                "y": refs["y0"],
                "xref": refs["xref"],
                "yref": refs["yref"],
                "xanchor": align,
                "yanchor": stand,
                "align": align,
                "showarrow": False,
                "borderpad": 0,
                "font": {"size": size, "color": self.colour(role)} | ({"weight": 700} if bold else {}),
            }
        )

    def _refs(
        self,
        x: tuple[float, float],
        y: tuple[float, float],
        x_panel: Panel | None,
        y_panel: Panel | None,
    ) -> dict[str, Any]:
        # Heights of the sheet are not known yet: pixels from the top wait for `finish`.
        return {
            "xref": x_panel.x if x_panel else "paper",
            "yref": y_panel.y if y_panel else "paper",
            "x0": x[0] if x_panel else x[0] / self.width,
            "x1": x[1] if x_panel else x[1] / self.width,
            "y0": y[0],
            "y1": y[1],
        }

    def finish(self, height: float) -> dict[str, Any]:
        """The whole figure: data, layout, config."""
        for panel in self._panels:
            x, y = self._axes[f"xaxis{panel.x[1:]}"], self._axes[f"yaxis{panel.y[1:]}"]
            x["domain"] = [_part(panel.left / self.width), _part(panel.right / self.width)]
            y["domain"] = [_part(1 - panel.bottom / height), _part(1 - panel.top / height)]
        for item in (*self._shapes, *self._words):
            if item["xref"] == "paper":
                item |= {key: round(item[key], 5) for key in ("x", "x0", "x1") if key in item}
            if item["yref"] == "paper":
                item |= {key: round(1 - item[key] / height, 5) for key in ("y", "y0", "y1") if key in item}
        clear = "rgba(0,0,0,0)"
        layout: dict[str, Any] = {
            "width": self.width,
            "height": height,
            "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0, "autoexpand": False},
            "autosize": False,
            "paper_bgcolor": clear,
            "plot_bgcolor": clear,
            "font": {"family": FONT, "size": TICK, "color": self.colour("ink")},
            "hovermode": "closest",
            "hoverlabel": {
                "bgcolor": self.colour("surface"),
                "bordercolor": self.colour("edge"),
                "font": {"family": FONT, "size": LABEL, "color": self.colour("ink")},
            },
            "dragmode": False,
            "showlegend": False,
            **self._axes,
            "shapes": self._shapes,
            "annotations": self._words,
        }
        layout["meta"] = {"roles": dict(self._roles)}
        return {"data": self._data, "layout": layout, "config": dict(CONFIG)}


def _part(fraction: float) -> float:
    """A share of the sheet, rounded, and never a hair over its edges (Plotly refuses 1.0000001)."""
    return min(1.0, max(0.0, round(fraction, 5)))
