"""A fortnight that comes back from the file in which it was taken along (docs/taking-along.md, fortnight.json).

Everything in it is looked at as if a stranger had written it. What is worked out anew, and what belongs to others
(who could read, links, copies), is not read at all.
"""

from collections.abc import Sequence
from typing import Annotated, Any, Literal, Self, TypeVar
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator
from pydantic import Field as Bounds

from app.models.base import Day, Instant, Int, Number, ShapeIn, Text
from app.models.check_ins import Answers, Dose, Zone
from app.models.diaries import ColumnName, DiaryMapping, DiaryReading, DiaryScale
from app.models.experiments import MeasureKey, Plan
from app.models.reflections import MOST_PAGES

MOST_CHARACTERS = 2_000_000
"""Some forty times an ordinary one; a body has room for it (`api/middleware/body_limit.py`)."""
MOST_REVISIONS = 6_000
"""Of all days together: every day of the longest fortnight with all the revisions that are kept of one."""
Revision = Annotated[Int, Bounds(ge=1, le=1_000_000)]
Shape = TypeVar("Shape", bound=BaseModel)


class FromFile(ShapeIn):
    """`file`: the text of a `fortnight.json`."""

    file: Annotated[Text, Bounds(max_length=MOST_CHARACTERS)]


class _Read(BaseModel):
    """Parent of what is read of the file; the rest of it is left."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class FileChange(_Read):
    field: Annotated[Text, Bounds(max_length=40)]
    changed_at: Instant


class FileExperiment(Plan):
    """The plan, and what stands beside it. A fortnight whose medicine got no name of the client's own is shown by
    the medicine's, and that is no name that was chosen."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: UUID
    unreadable: Literal[False]
    revision: Revision
    created_at: Instant
    started_at: Instant | None
    paused_at: Instant | None
    stopped_at: Instant | None
    comparison_opened_at: Instant | None
    covered: bool
    changes: Annotated[list[FileChange], Bounds(max_length=1_000)]

    @model_validator(mode="before")
    @classmethod
    def _no_name_chosen(cls, said: Any) -> Any:
        if isinstance(said, dict) and said.get("medicine_label") == said.get("medicine"):
            return {**said, "medicine_label": None}
        return said

    @property
    def plan(self) -> Plan:
        return Plan.model_validate(self.model_dump(mode="json", include=set(Plan.model_fields)))


class FileMarks(_Read):
    """What was decided at the start and since (`services/plans.py`). A file from before they were written down has
    none of them."""

    looked_back: bool | None = None
    begun: bool = False
    noticed: bool = False
    comparison_resumed_at: Instant | None = None


class FileEmptyCells(_Read):
    """Days on which an empty cell was read as a dose."""

    days: Annotated[Int, Bounds(ge=1, le=28)]
    dose: Dose


class FileDiary(_Read):
    """What a diary brought (`services/diaries.py`)."""

    scales: dict[MeasureKey, DiaryScale]
    dated: bool
    counted_from: Annotated[Int, Bounds(ge=-999_999, le=999_999)] | None = None
    lag: Annotated[Int, Bounds(ge=0, le=1)] | None = None
    skip: Annotated[Int, Bounds(ge=0, le=2)] = 0
    columns: Annotated[list[ColumnName], Bounds(max_length=200)] = []
    mapping: DiaryMapping
    reading: DiaryReading = DiaryReading()
    empty_cells: FileEmptyCells | None = None


class FileAnswers(Answers):
    """`scaled`: numbers of a diary on a scale of its own."""

    scaled: dict[MeasureKey, Number] = {}


class FileDay(_Read):
    """One revision of one day. One that did not open when it was taken along says nothing."""

    day: Day
    revision: Revision
    written_at: Instant
    received_at: Instant
    zone: Zone
    unreadable: bool
    answers: FileAnswers


class FilePage(_Read):
    """A page that was written on; revision 0: none was. Its words stand beside these."""

    model_config = ConfigDict(extra="allow", frozen=True)

    revision: Annotated[Int, Bounds(ge=0, le=1_000_000)]
    updated_at: Instant | None
    unreadable: bool

    @model_validator(mode="after")
    def _written_some_time(self) -> Self:
        if self.revision > 0 and self.updated_at is None:
            raise ValueError("an instant is expected")
        return self

    def words(self, shape: type[Shape]) -> Shape:
        """Its words, as this shape takes them. Raises `ValidationError`."""
        beside = self.model_extra or {}
        return shape.model_validate({name: beside[name] for name in shape.model_fields if name in beside})


class FileReflection(FilePage):
    day: Day
    revision: Revision
    updated_at: Instant


def _one_a_day(pages: Sequence[FileReflection]) -> Sequence[FileReflection]:
    if len({page.day for page in pages}) < len(pages):
        raise ValueError("one page a day is expected")
    return pages


Pages = Annotated[list[FileReflection], Bounds(max_length=MOST_PAGES), AfterValidator(_one_a_day)]


class FileReflections(_Read):
    balance: Pages = []
    rulers: Pages = []
    words: Pages = []


class FortnightFile(_Read):
    """Version 1 of the file."""

    format: Literal["fortnight"]
    version: Literal[1]
    made_at: Instant
    experiment: FileExperiment
    marks: FileMarks = FileMarks()
    diary: FileDiary | None = None
    check_ins: Annotated[list[FileDay], Bounds(max_length=MOST_REVISIONS)]
    reflections: FileReflections = FileReflections()
    review: FilePage | None = None
    visit: FilePage | None = None
