"""A diary kept elsewhere, on its way in: the text, what was found in it, and what each column means."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Bounds

from app.domain.diary_table import LARGEST, MOST_CHARACTERS
from app.models.base import Day, Int, Number, ShapeIn, ShapeOut, Text
from app.models.check_ins import Dose
from app.models.experiments import MeasureKey

Csv = Annotated[Text, Bounds(max_length=MOST_CHARACTERS)]
ColumnName = Annotated[Text, Bounds(min_length=1, max_length=80)]
ValueKey = Annotated[Text, Bounds(min_length=1, max_length=80)]
DayFormat = Literal["iso", "dmy", "mdy", "number"]
End = Annotated[Number, Bounds(ge=-LARGEST, le=LARGEST)]


class DiaryScale(ShapeIn):
    """The lowest and highest answer a column allows, and the step between two."""

    minimum: End
    maximum: End
    step: Annotated[Number, Bounds(gt=0, le=LARGEST)]


class DiaryMeasure(DiaryScale):
    """One measure: its column, by name, with its own scale."""

    column: ColumnName


class DiaryMapping(ShapeIn):
    """What the columns mean, by name.

    `dose_values`: each value as the preview writes it, and the dose it stands for; null is "not logged".
    `dose_empty`: the same for an empty cell on a day that was rated.
    `lag`: which comes first in a row. 0: the dose; 1: the rating, and the dose counts for the next day; null: not
    told, then 1 for a bedtime dose and for sleep, else 0 (decision 0012). `skip`: days set aside after a switch.
    """

    day: ColumnName
    day_format: DayFormat | None = None
    dose: ColumnName | None = None
    dose_values: Annotated[dict[ValueKey, Dose | None], Bounds(max_length=100)] = {}
    dose_empty: Dose | None = None
    measures: Annotated[dict[MeasureKey, DiaryMeasure], Bounds(min_length=1, max_length=8)]
    lag: Annotated[Int, Bounds(ge=0, le=1)] | None = None
    skip: Annotated[Int, Bounds(ge=0, le=2)] = 0


class DiaryWindow(ShapeIn):
    """The days to look back on. `start_on`: a date, or the number of the day where the diary counts days.

    Counted days have no dates; they are then laid so that the last one was yesterday.
    """

    start_on: Annotated[Int, Bounds(ge=-999_999, le=999_999)] | Day
    length_days: Annotated[Int, Bounds(ge=7, le=28)]


class DiaryReading(ShapeIn):
    """How a text is read, where it is the export of another app.

    `app`: that app; `table`: as an ordinary table, whatever it looks like; null: the preview recognises it, and
    what is brought is an ordinary table. `moods` (Daylio): each name and its place, 1 lowest to 5 highest; null
    leaves it out. `zero` (eMoods): whether a 0 is nothing entered or a number; null: not said.
    """

    app: Literal["daylio", "emoods", "bearable", "table"] | None = None
    moods: Annotated[dict[ValueKey, Annotated[Int, Bounds(ge=1, le=5)] | None], Bounds(max_length=100)] = {}
    zero: Literal["nothing", "number"] | None = None


class DiaryPreviewIn(ShapeIn):
    """`day` and `day_format`: look at the days of another column than the suggested one. `dose` and `window`:
    which values the dose column has in those days."""

    csv: Csv
    day: ColumnName | None = None
    day_format: DayFormat | None = None
    dose: ColumnName | None = None
    window: DiaryWindow | None = None
    reading: DiaryReading = DiaryReading()


class DiaryIn(ShapeIn):
    csv: Csv
    mapping: DiaryMapping
    window: DiaryWindow
    reading: DiaryReading = DiaryReading()


class DiaryTrouble(ShapeOut):
    """What cannot be read and where, as a spreadsheet counts: row 1 is the header, columns are letters.

    `row` 0: no row in particular. `column` "": no column in particular. `text` says it, place included.
    """

    row: int
    column: str
    code: str
    text: str


class DiaryValue(ShapeOut):
    value: str
    count: int


class DiaryColumn(ShapeOut):
    """`formats`: how its cells can be read as days; two of them must be asked. `scale`: a first guess at the
    scale of a number column, for the person to put right; `minimum`, `maximum`, `step` are what was found.
    `distinct`: every value with its count, where they are few."""

    name: str
    letter: str
    kind: Literal["day", "number", "choice", "text"]
    filled: int
    examples: list[str]
    formats: list[DayFormat]
    minimum: float | None
    maximum: float | None
    step: float | None
    scale: DiaryScale | None
    distinct: list[DiaryValue]


class DiarySpan(ShapeOut):
    """First and last day: dates, or numbers where the diary counts days."""

    first: date | int
    last: date | int


class DiarySuggested(ShapeOut):
    """Columns by name; `dose_values` null where the person has to say what a value means."""

    day: str | None
    day_format: DayFormat | None
    dose: str | None
    measure: str | None
    others: list[str]
    dose_values: dict[str, Dose | None]


class DiaryMood(ShapeOut):
    """A mood that the export names, on `count` entries. `level`: its place, 1 to 5. Without one it is left out
    where `placed`, else it has no place yet and cannot be brought."""

    name: str
    count: int
    level: int | None
    placed: bool


class DiaryRecognised(ShapeOut):
    """The app whose export this looks like. `converted`: it is read as one, a row for each day; where `otherwise`
    its rows turned out otherwise, and it is read as an ordinary table. `zeros`: cells with a 0 whose meaning is
    to be said; `zero`: what was said. `left_out`: columns for which there was no room."""

    app: Literal["daylio", "emoods", "bearable"]
    converted: bool
    otherwise: bool
    moods: list[DiaryMood]
    zeros: int
    zero: Literal["nothing", "number"] | None
    left_out: int


class DiaryPreview(ShapeOut):
    """What is in a diary. With `errors` about the file as a whole there are no columns.

    `remembered`: what the same columns meant the last time. `doses`: the values in the window asked about.
    `recognised`: null for an ordinary table.
    """

    columns: list[DiaryColumn]
    rows: int
    days: DiarySpan | None
    errors: list[DiaryTrouble]
    suggested: DiarySuggested
    remembered: DiaryMapping | None
    doses: list[DiaryValue] | None = None
    recognised: DiaryRecognised | None = None
