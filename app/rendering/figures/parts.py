"""What several charts share: the figure and its table, the row of days, the key."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from app.core.catalogue import text
from app.domain.report import Day, Mark, Measure, Report
from app.domain.words import Say
from app.rendering import wording
from app.rendering.figures.canvas import TICK, WIDTH, Canvas, Kind, Panel

Key = Literal["prediction-range", "side-by-side", "in-order", "other-measures", "side-effects", "fortnight"]

GUTTER = 20.0
"""Room for the numbers of a scale, left of the days; more where the numbers are longer."""
EDGE = 8
"""Room for half a mark at the end of a row."""
HOURS = 12.0
"""Hours run from 0 to 12, and to the end of the measure (24) as soon as one answer is longer."""


@dataclass(frozen=True)
class Table:
    """The same as a table: plain words, never markup, each row as long as `columns`."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Figure:
    """One chart: what it is called, its sentence, its drawing in Plotly's schema, and its table."""

    key: Key
    title: Say
    sentences: tuple[Say, ...]
    plotly: Mapping[str, Any]
    table: Table
    locale: str = "en"

    @property
    def sentence(self) -> str:
        return wording.plain(" ".join(text(say, self.locale) for say in self.sentences))

    @property
    def label(self) -> str:
        """What the chart says to those who cannot see it (`role=img`)."""
        return f"{text(self.title, self.locale)}. {self.sentence}"


@dataclass(frozen=True)
class Look:
    """What a chart is drawn for."""

    report: Report
    locale: str = "en"
    width: float = WIDTH

    def say(self, key: str, /, **args: str | int | float) -> str:
        if any(isinstance(arg, str) for arg in args.values()):
            return text(key, self.locale, **args)
        return wording.fixed(key, self.locale, **args)

    def name(self, measure: Measure) -> str:
        return wording.name(measure, self.locale)

    def day(self, day: Day) -> str:
        return wording.day_cell(day, self.locale, counted_from=self.report.counted_from)

    def values(self, key: str) -> list[float]:
        return [day.points[key].value for day in self.report.days if key in day.points]

    def scale(self, measure: Measure) -> tuple[float, float]:
        """The whole scale, whatever was answered; hours from 0 to 12, or to 24 if a night was longer."""
        if measure.unit == "hours" and max(self.values(measure.key), default=0.0) <= HOURS < measure.maximum:
            return (0.0, HOURS)
        return (measure.minimum, measure.maximum)

    def three_ticks(self, measure: Measure) -> list[tuple[float, str]]:
        low, high = self.scale(measure)
        return [(at, wording.value(at, measure)) for at in (low, (low + high) / 2, high)]

    @cached_property
    def gutter(self) -> float:
        """The same for every chart of a report, so that its days stand under one another."""
        ticks = [tick for measure in self.report.measures for _, tick in self.three_ticks(measure)]
        return max([GUTTER, *(wording.width(tick, TICK) + 5 for tick in ticks)])

    @property
    def place(self) -> float:
        """The width of one day, in pixels."""
        return (self.width - self.gutter - EDGE) / len(self.report.days)

    @property
    def mark_size(self) -> float:
        return round(min(11.0, max(7.5, self.place * 0.8)), 1)

    def dot_size(self) -> float:
        return round(min(8.0, max(6.0, self.place * 0.7)), 1)

    def size_of(self, mark: Mark) -> float:
        """As large as each has to be to weigh the same."""
        sizes = {"on": self.mark_size, "off": self.mark_size - 1, "aside": self.mark_size * 0.75}
        return sizes.get(mark, self.dot_size())

    def day_panel(self, canvas: Canvas, top: float, bottom: float, y: tuple[float, float], **more: Any) -> Panel:
        """A panel over the row of days, day 1 to the last."""
        numbers = [day.number for day in self.report.days]
        return canvas.panel(
            self.gutter, self.width - EDGE, top, bottom, (numbers[0] - 0.5, numbers[-1] + 0.5), y, **more
        )

    def day_ticks(self) -> list[tuple[float, str]]:
        """A weekday's initial under each day; where they have no room, the date that begins each week."""
        days = self.report.days
        first = self.report.counted_from
        if first is not None:
            numbers: list[tuple[float, str]] = [(d.number, str(first + d.number - 1)) for d in days]
            wide = max(wording.width(said, TICK) for _, said in numbers) + 2 <= self.place
            return numbers if wide else numbers[::7]
        if self.place >= 13:
            return [(d.number, self.say("result-weekday-initial", weekday=d.weekday)) for d in days]
        starts = [d for i, d in enumerate(days) if d.weekday == 0 or (i == 0 and d.weekday in range(1, 4))]
        ticks = [(d.number, wording.short_date(d.date, self.locale)) for d in starts]
        return [(number, said) for number, said in ticks if self._has_room(number, said)]

    def _has_room(self, number: int, said: str) -> bool:
        """Whether words in the middle under a day stay on the sheet."""
        middle = self.gutter + (number - 0.5) * self.place
        return middle + wording.width(said, TICK) / 2 <= self.width + 1

    def foot(self, canvas: Canvas, top: float, empty: Sequence[Day]) -> float:
        """Under a chart: a short dash for each empty day, the days' initials. Returns where it ends."""
        panel = self.day_panel(canvas, top, top + 10, (0, 1), x_ticks=self.day_ticks())
        said = self.say("figures-no-answer")
        canvas.marks(panel, "gap", [(d.number, 0.5, f"{self.day(d)}: {said}") for d in empty], size=6)
        if not empty:
            # plotly.js draws no axis for a panel without a trace.
            canvas.touch(panel, [(self.report.days[0].number, 0.5, "")], size=1)
        return top + 10 + 18

    def weeks(self, canvas: Canvas, top: float, bottom: float, panel: Panel) -> None:
        """A hairline between Sunday and Monday."""
        if not self.report.dated:
            return
        for day in self.report.days[1:]:
            if day.weekday == 0:
                at = day.number - 0.5
                canvas.rule((at, at), (top, bottom), "line", x_panel=panel)

    def key(self, canvas: Canvas, marks: Sequence[Mark], named: str = "result-key") -> float:
        """The key, only of marks that are there, on as many lines as it needs. Returns where it ends."""
        kinds: list[tuple[Kind, str]] = [
            (mark, self.say(f"{named}-{mark}")) for mark in ("on", "off", "aside") if mark in marks
        ]
        if not kinds:
            return 0
        x, y, line = 0.0, 8.0, 18.0
        placed: list[tuple[Kind, str, float, float]] = []
        for kind, words in kinds:
            need = 16 + wording.width(words, TICK)
            if x and x + need > self.width:
                x, y = 0.0, y + line
            placed.append((kind, words, x, y))
            x += need + 12
        end = y + line / 2
        panel = canvas.panel(0, self.width, 0, end, (0, self.width), (end, 0))
        for kind, words, at, down in placed:
            canvas.marks(panel, kind, [(at + 7, down, "")])
            canvas.words(at + 18, down, words)
        return end
