"""The medicine-fit gate on the wire: what Fortnight may compare, said in sentences, with source and date."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field as Bounds

from app.models.base import Day, Int, ShapeIn, ShapeOut, Text

WayIn = Literal["every_day", "some_days", "stopped", "never_started", "rather_not_say"]
Fit = Literal[
    "under_18",
    "pregnant",
    "bipolar_or_psychosis",
    "past_seizure",
    "recent_attempt_or_hospital",
    "other_medicine_changed",
    "rather_not_say",
    "none",
]
Pattern = Literal["daily", "as_needed"]


class PrescriberTold(ShapeIn):
    """ "My prescriber knows there are days I do not take it. Told on …"; the name is optional."""

    told_on: Day
    name: Annotated[Text, Bounds(max_length=80)] | None = None


class MedicineFit(ShapeIn):
    """What the gate asks. Nothing of it is stored."""

    medicine: Annotated[Text, Bounds(max_length=80)] | None = None
    pattern: Pattern | None = None
    fits: Annotated[list[Fit], Bounds(max_length=8)] | None = None
    prescriber_told: PrescriberTold | None = None
    way_in: WayIn | None = None
    length_days: Annotated[Int, Bounds(ge=7, le=28)] = 14


class Said(ShapeOut):
    """One sentence and the key it has in the catalogue."""

    key: str
    text: str


class SourcePublic(ShapeOut):
    """A page that was read, when, and what it says in our words. `confidence` A, B or C."""

    url: str
    says: str
    confidence: str
    checked_on: date


class HalfLifePublic(ShapeOut):
    """Hours; approximate. `high_h` includes the longest active metabolite."""

    low_h: float
    high_h: float


class StepPublic(ShapeOut):
    """The medicine's own line, shown after this many days or doses in a row not taken."""

    after: int
    unit: Literal["days", "doses"]
    text: str


class SymptomPublic(ShapeOut):
    """One line behind "something new or worrying", and how soon to seek help."""

    id: str
    grade: Literal["emergency", "today", "visit"]
    text: str


class GatePublic(ShapeOut):
    """The gate's answer. `texts` in the order to show them; `blocked_by` says why days are not compared."""

    action: Literal["O", "P", "N", "C"]
    mode: Literal["compare", "notice_only"]
    known: bool
    class_key: str | None
    class_name: str
    reason: str
    texts: list[Said]
    blocked_by: Said | None
    needs_pattern: bool
    asks_prescriber: bool
    as_needed: bool
    caps: list[str]
    half_life: HalfLifePublic | None
    own_line: str | None
    steps: list[StepPublic]
    worrying: list[SymptomPublic]
    facts: list[str]
    offers_energy: bool
    sources: list[SourcePublic]
    confidence: str
    checked_on: date | None
    reviewed_by_clinician: bool


class MedicinePublic(ShapeOut):
    """One suggestion while typing."""

    name: str
    class_key: str
    class_name: str
    needs_pattern: bool
