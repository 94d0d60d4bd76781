"""A figure as SVG: the same dict that plotly.js gets, drawn with the same geometry, so neither can differ.

Understood is what `figures.canvas` writes: scatter traces of marks and lines, line and path shapes, axes with
ticks, annotations. Colours are presentation attributes and, beside them, classes named after
their role (`f-on`, `s-edge`): alone the picture is right in the light and on paper, and a page's style sheet
re-inks it for the dark. No `style`, no script, no link, no id, nothing that a content policy forbids; every
word is escaped.

`theme="screen"` fills the width it is given. `theme="paper"` is white behind, sized in millimetres, and
large enough that every mark is at least 2.3 mm and every line 0.6 pt or more.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from typing import Any, Literal

from app.rendering.figures import Figure

Theme = Literal["screen", "paper"]
Layout = Mapping[str, Any]

MM_A_PIXEL = 0.28
SMALLEST_MARK_MM = 2.3
FINEST_LINE_MM = 0.6 * 25.4 / 72
LINE = 1.3
# Half of a mark's size to its tip, as plotly.js draws it.
_TIP = {"diamond": 1.3, "cross-thin": 1.4, "line-ew": 1.4}
_PLACE = {"left": "start", "center": "middle", "right": "end"}


def draw(figure: Figure, theme: Theme = "screen") -> str:
    """The whole `<svg>`, with the chart's sentence as its label."""
    return _Pen(figure.plotly, figure.label, theme).draw()


class _Pen:
    def __init__(self, plotly: Mapping[str, Any], label: str, theme: Theme) -> None:
        self.data, self.layout = plotly["data"], plotly["layout"]
        self.label, self.paper = label, theme == "paper"
        self.width, self.height = self.layout["width"], self.layout["height"]
        self.roles: Mapping[str, str] = self.layout["meta"]["roles"]
        self.mm = max(MM_A_PIXEL, SMALLEST_MARK_MM / self._smallest_mark()) if self.paper else 0.0

    def _smallest_mark(self) -> float:
        drawn = (trace["marker"] for trace in self.data if trace["mode"] == "markers")
        sizes = [marker["size"] for marker in drawn if marker["opacity"]]
        flat = [s for size in sizes for s in (size if isinstance(size, list) else [size])]
        return min((size for size in flat if size), default=8.0)

    def draw(self) -> str:
        size = ""
        if self.paper:
            size = f' width="{self.width * self.mm:.1f}mm" height="{self.height * self.mm:.1f}mm"'
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}"{size} '
            f'role="img" aria-label="{escape(self.label)}" font-family="{escape(self.layout["font"]["family"])}">'
        )
        shapes = self.layout["shapes"]
        body = [
            *(self._shape(shape) for shape in shapes if shape["layer"] == "below"),
            *self._ticks(),
            *(part for trace in self.data for part in self._trace(trace)),
            *(self._shape(shape) for shape in shapes if shape["layer"] == "above"),
            *(self._words(words) for words in self.layout["annotations"]),
        ]
        return head + "".join(body) + "</svg>"

    # Where things stand, in pixels from the top left.

    def _x(self, ref: str) -> Callable[[float], float]:
        if ref == "paper":
            return lambda at: float(at * self.width)
        axis = self.layout["xaxis" + ref[1:]]
        (low, high), (left, right) = axis["range"], (part * self.width for part in axis["domain"])
        return lambda at: left + (at - low) / (high - low) * (right - left)

    def _y(self, ref: str) -> Callable[[float], float]:
        if ref == "paper":
            return lambda at: (1 - at) * float(self.height)
        axis = self.layout["yaxis" + ref[1:]]
        (low, high), (foot, head) = axis["range"], ((1 - part) * self.height for part in axis["domain"])
        return lambda at: foot + (at - low) / (high - low) * (head - foot)

    # How things are inked.

    def _colour(self, value: str) -> str:
        if self.paper and self.roles.get(value) == "surface":
            return "#ffffff"
        return value

    def _ink(self, *, fill: str | None = None, stroke: str | None = None, width: float = 1) -> str:
        """fill, stroke and their classes."""
        inks = {"f": fill, "s": stroke if width else None}
        roles = [f"{way}-{self.roles[ink]}" for way, ink in inks.items() if ink in self.roles and ink]
        written = f' class="{" ".join(roles)}"' if roles else ""
        written += f' fill="{self._colour(fill)}"' if fill else ' fill="none"'
        if stroke and width:
            thick = max(width, FINEST_LINE_MM / self.mm) if self.paper else width
            written += f' stroke="{self._colour(stroke)}" stroke-width="{_n(thick)}"'
        return written

    def _ticks(self) -> Iterator[str]:
        for name, axis in self.layout.items():
            if not name.startswith(("xaxis", "yaxis")):
                continue
            other = self.layout[("y" if name[0] == "x" else "x") + "axis" + axis["anchor"][1:]]
            if axis["showticklabels"]:
                font = axis["tickfont"]
                for at, words in zip(axis["tickvals"], axis["ticktext"], strict=True):
                    if name[0] == "x":
                        foot = (1 - other["domain"][0]) * self.height
                        yield self._text(self._x("x" + name[5:])(at), foot + 2, words, "center", "top", font)
                    else:
                        left = other["domain"][0] * self.width
                        yield self._text(left - 3, self._y("y" + name[5:])(at), words, "right", "middle", font)

    def _shape(self, shape: Mapping[str, Any]) -> str:
        x, y, line = self._x(shape["xref"]), self._y(shape["yref"]), shape["line"]
        if shape["type"] == "path":
            path = re.sub(
                r"(-?[\d.]+),(-?[\d.]+)",
                lambda at: f"{_n(x(float(at[1])))},{_n(y(float(at[2])))}",
                shape["path"],
            )
            return f'<path d="{path}" opacity="{shape["opacity"]}"{self._ink(fill=shape["fillcolor"])}/>'
        dash = f' stroke-dasharray="{line["dash"].replace("px", "").replace(",", " ")}"' if "dash" in line else ""
        ends = [("x1", x(shape["x0"])), ("x2", x(shape["x1"])), ("y1", y(shape["y0"])), ("y2", y(shape["y1"]))]
        places = " ".join(f'{name}="{_n(at)}"' for name, at in ends)
        return f"<line {places}{dash}{self._ink(stroke=line['color'], width=line['width'])}/>"

    def _trace(self, trace: Mapping[str, Any]) -> Iterator[str]:
        x, y = self._x(trace["xaxis"]), self._y(trace["yaxis"])
        if trace["mode"] == "lines":
            path = _path(
                [None if v is None else (x(at), y(v)) for at, v in zip(trace["x"], trace["y"], strict=True)]
            )
            if path:
                yield f'<path d="{path}"{self._ink(stroke=trace["line"]["color"], width=trace["line"]["width"])}/>'
            return
        marker = trace["marker"]
        if not marker["opacity"]:
            return
        sizes = marker["size"] if isinstance(marker["size"], list) else [marker["size"]] * len(trace["x"])
        for at, value, size in zip(trace["x"], trace["y"], sizes, strict=True):
            yield self._mark(marker, x(at), y(value), size / 2)

    def _mark(self, marker: Mapping[str, Any], x: float, y: float, r: float) -> str:
        symbol, is_open = marker["symbol"].removesuffix("-open"), marker["symbol"].endswith("-open")
        line, tip = marker["line"], r * _TIP.get(marker["symbol"].removesuffix("-open"), 1)
        surface = next((colour for colour, role in self.roles.items() if role == "surface"), "#ffffff")
        ink = self._ink(fill=surface if is_open else marker["color"], stroke=line["color"], width=line["width"])
        if symbol == "circle":
            return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"{ink}/>'
        wide = r * 2 / 3**0.5
        paths = {
            "square": f"M{_n(x - r)} {_n(y - r)}h{_n(2 * r)}v{_n(2 * r)}h{_n(-2 * r)}Z",
            "diamond": f"M{_n(x + tip)} {_n(y)}l{_n(-tip)} {_n(tip)} {_n(-tip)} {_n(-tip)} {_n(tip)} {_n(-tip)}Z",
            "cross-thin": f"M{_n(x - tip)} {_n(y)}h{_n(2 * tip)}M{_n(x)} {_n(y - tip)}v{_n(2 * tip)}",
            "line-ew": f"M{_n(x - tip)} {_n(y)}h{_n(2 * tip)}",
            "triangle-down": f"M{_n(x - wide)} {_n(y - r / 2)}h{_n(2 * wide)}L{_n(x)} {_n(y + r)}Z",
        }
        return f'<path d="{paths[symbol]}"{ink}/>'

    def _words(self, words: Mapping[str, Any]) -> str:
        x, y = self._x(words["xref"])(words["x"]), self._y(words["yref"])(words["y"])
        return self._text(x, y, words["text"], words["xanchor"], words["yanchor"], words["font"])

    def _text(self, x: float, y: float, words: str, align: str, stand: str, font: Mapping[str, Any]) -> str:
        """Words in Plotly's escaping, one line for each `<br>`, standing on, around or under y."""
        lines, size = [unescape(line) for line in words.split("<br>")], font["size"]
        above = {"top": 0.0, "middle": len(lines) / 2, "bottom": float(len(lines))}[stand] * size * LINE
        first = y - above + size * (LINE / 2 + 0.35)
        bold = f' font-weight="{font["weight"]}"' if "weight" in font else ""
        anchor = f' text-anchor="{_PLACE[align]}"' if align != "left" else ""
        rest = f'{anchor} font-size="{_n(size)}"{bold}{self._ink(fill=font["color"])}'
        return "".join(
            f'<text x="{_n(x)}" y="{_n(first + i * size * LINE)}"{rest}>{escape(line, quote=False)}</text>'
            for i, line in enumerate(lines)
        )


def _path(points: list[tuple[float, float] | None]) -> str:
    """Lines between neighbours, broken at every gap; a day alone between gaps has no line."""
    steps = []
    for before, here, after in zip([None, *points], points, [*points[1:], None], strict=False):
        if here is None or (before is None and after is None):
            continue
        steps.append(f"{'L' if before else 'M'}{_n(here[0])} {_n(here[1])}")
    return "".join(steps)


def _n(value: float) -> str:
    """A coordinate to a tenth of a pixel, without needless digits."""
    return f"{round(value, 1):g}" if abs(value) < 100000 else f"{value:.1f}"
