"""Experiments: a question, one medicine, a fortnight. States are times; everything a client says is sealed."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field as Bounds
from sqlmodel import Field

from app.models.base import Int, IsoDate, LocalDate, Number, RowId, ShapeIn, Table, Text, UtcDateTime
from app.models.check_ins import EffectName, OwnKey, Zone

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
UsualTime = Literal["morning", "daytime", "evening", "bedtime"]
MeasureKey = Literal["mood", "sleep_hours", "sleep_quality", "like_myself", "energy", "own1", "own2", "own3"]
Status = Literal["draft", "scheduled", "running", "paused", "finished", "stopped"]
Day = Annotated[date, IsoDate]


class Experiment(Table, table=True):
    """In clear: owner, start, length, zone, day end, state times. `status` is never stored; it is derived."""

    __tablename__ = "experiment"

    id: UUID = Field(sa_type=RowId, primary_key=True)
    account_id: UUID = Field(sa_type=RowId, foreign_key="account.id", ondelete="CASCADE", index=True)
    revision: int
    sealed: bytes
    start_on: date | None = Field(default=None, sa_type=LocalDate)
    length_days: int
    zone: str
    day_end: str
    created_at: datetime = Field(sa_type=UtcDateTime)
    started_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    stopped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    comparison_opened_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class OwnMeasure(ShapeIn):
    """A measure in the client's own word, 0 to 10, with names at 0, 5 and 10 only."""

    key: OwnKey
    name: Annotated[Text, Bounds(min_length=1, max_length=40)]
    low: Annotated[Text, Bounds(max_length=24)] = ""
    middle: Annotated[Text, Bounds(max_length=24)] = ""
    high: Annotated[Text, Bounds(max_length=24)] = ""


class PrescriberTold(ShapeIn):
    """ "My prescriber knows there are days I do not take it. Told on …"; the name is optional."""

    told_on: Day
    name: Annotated[Text, Bounds(max_length=80)] | None = None


class Prediction(ShapeIn):
    """Sealed from everyone until the end: on days taken, the measure will be lower, the same, higher, no idea."""

    direction: Literal["lower", "same", "higher", "no_idea"]
    points: Annotated[Number, Bounds(ge=0, le=24)] | None = None


class Plan(ShapeIn):
    """What the client decides. Only the question is asked for a draft; starting asks for the measure too."""

    question: Annotated[Text, Bounds(min_length=1, max_length=500)]
    way_in: WayIn | None = None
    stopped_on: Day | None = None
    medicine: Annotated[Text, Bounds(max_length=80)] | None = None
    medicine_label: Annotated[Text, Bounds(max_length=60)] | None = None
    pattern: Pattern | None = None
    fits: Annotated[list[Fit], Bounds(max_length=8)] | None = None
    prescriber_told: PrescriberTold | None = None
    usual_time: UsualTime | None = None
    primary: MeasureKey | None = None
    own_measures: Annotated[list[OwnMeasure], Bounds(max_length=3)] = []
    side_effects: Annotated[list[EffectName], Bounds(max_length=6)] = []
    measures_offered: Annotated[list[MeasureKey], Bounds(max_length=8)] | None = None
    prediction: Prediction | None = None
    hope: Annotated[Text, Bounds(max_length=500)] | None = None
    start_on: Day | None = None
    length_days: Annotated[Int, Bounds(ge=7, le=28)] = 14
    zone: Zone = "UTC"
    day_end: Annotated[Text, Bounds(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "04:00"


class ExperimentCreate(Plan):
    pass


class ExperimentUpdate(Plan):
    """The whole plan again. `base_revision` is the revision the screen was filled from; another one is a 409."""

    base_revision: Annotated[Int, Bounds(ge=0)]
