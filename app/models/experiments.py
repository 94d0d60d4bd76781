"""Experiments: a question, one medicine, a fortnight. States are times; everything a client says is sealed."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field as Bounds
from sqlalchemy import CheckConstraint
from sqlmodel import Field

from app.domain import lifecycle, schedule
from app.models.base import Day, Int, LocalDate, Number, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut
from app.models.check_ins import EffectName, OwnKey, Zone
from app.models.medicines import Fit, GatePublic, Pattern, PrescriberTold, WayIn

UsualTime = Literal["morning", "daytime", "evening", "bedtime"]
MeasureKey = Literal["mood", "sleep_hours", "sleep_quality", "like_myself", "energy", "own1", "own2", "own3"]
Status = Literal["draft", "scheduled", "running", "paused", "finished", "stopped"]


class Experiment(Table, table=True):
    """In clear: owner, start, length, zone, day end, state times. `status` is never stored; it is derived."""

    __tablename__ = "experiment"
    __table_args__ = (
        CheckConstraint("length_days BETWEEN 7 AND 28", name="length_known"),
        CheckConstraint("started_at IS NULL OR start_on IS NOT NULL", name="started_has_a_day"),
    )

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

    @property
    def window(self) -> schedule.Window | None:
        """Its days, by its own zone and day end; None while it has no first day."""
        if self.start_on is None:
            return None
        stopped_on = schedule.local_day(self.stopped_at, self.zone, self.day_end) if self.stopped_at else None
        return schedule.Window(self.start_on, self.length_days, stopped_on)

    def status(self, now: datetime) -> lifecycle.Status:
        """Derived from the times, by its own zone and day end."""
        window = self.window
        times = lifecycle.Times(
            started_at=self.started_at,
            paused_at=self.paused_at,
            stopped_at=self.stopped_at,
            start_on=self.start_on,
            end_on=window.end_on if window else None,
        )
        return lifecycle.status(times, schedule.local_day(now, self.zone, self.day_end))


class OwnMeasure(ShapeIn):
    """A measure in the client's own word, 0 to 10, with names at 0, 5 and 10 only."""

    key: OwnKey
    name: Annotated[Text, Bounds(min_length=1, max_length=40)]
    low: Annotated[Text, Bounds(max_length=24)] = ""
    middle: Annotated[Text, Bounds(max_length=24)] = ""
    high: Annotated[Text, Bounds(max_length=24)] = ""


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
    mood_floor: Annotated[Int, Bounds(ge=0, le=10)] | None = None
    start_on: Day | None = None
    length_days: Annotated[Int, Bounds(ge=7, le=28)] = 14
    zone: Zone = "UTC"
    day_end: Annotated[Text, Bounds(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")] = "04:00"


class ExperimentCreate(Plan):
    pass


class ExperimentUpdate(Plan):
    """The whole plan again. `base_revision` is the revision the screen was filled from; another one is a 409."""

    base_revision: Annotated[Int, Bounds(ge=0)]


class Change(ShapeOut):
    """Something fixed before day 1 that was changed once day 1 had begun: stamped, and it caps the result."""

    field: str
    changed_at: UtcOut


class ThresholdsPublic(ShapeOut):
    """When a card is shown: judgement, unvalidated, the operator's to set."""

    low_mood: int
    low_within_days: int
    mood_drop: float
    mood_drop_after: int
    usual_low: float
    usual_low_floor: int
    short_sleep: float
    sleep_drop: float
    sleep_drop_after: int
    high: int
    nights: int
    nights_bipolar: int
    quiet_days: int


class SafetyRulesPublic(ShapeOut):
    """What the phone needs to run the same rules offline; the medicine's own lines are in the gate."""

    thresholds: ThresholdsPublic
    bipolar: bool
    own_floor: int | None


class Cover(ShapeIn):
    """Whether the result is kept covered until it is looked at together."""

    covered: Annotated[bool, Bounds(strict=True)]


class DiaryRowPublic(ShapeOut):
    """What is asked when a day of a diary is corrected: the dose and the sleep as its rows mean them."""

    dose: str
    sleep: str


class ExperimentPublic(ShapeOut):
    """An experiment as its owner sees it. `today` is the local day by its own zone and day end.

    From the start to the end the prediction is sealed from everyone: `prediction` is null then.
    `counted_from`: the number of day 1 in a diary that counts its days; its dates are only where it was laid.
    `row`: how a day of a diary is asked about; null where the fortnight was lived here.
    `covered`: the client keeps the result covered until it is looked at together.
    `unreadable`: what the client had set up does not open any more; then only ids, days, zone and times are known.
    """

    id: UUID
    unreadable: bool
    kind: Literal["lived", "diary"]
    counted_from: int | None
    row: DiaryRowPublic | None
    status: Status
    revision: int
    created_at: UtcOut
    started_at: UtcOut | None
    paused_at: UtcOut | None
    stopped_at: UtcOut | None
    comparison_opened_at: UtcOut | None
    today: date
    day_number: int | None
    end_on: date | None
    set_aside: bool
    covered: bool
    prediction_sealed: bool
    changes: list[Change]
    gate: GatePublic
    question: str
    way_in: WayIn | None
    stopped_on: date | None
    medicine: str | None
    medicine_label: str | None
    pattern: Pattern | None
    fits: list[Fit] | None
    prescriber_told: PrescriberTold | None
    usual_time: UsualTime | None
    primary: MeasureKey | None
    own_measures: list[OwnMeasure]
    side_effects: list[str]
    measures_offered: list[MeasureKey] | None
    prediction: Prediction | None
    hope: str | None
    mood_floor: int | None
    safety: SafetyRulesPublic
    start_on: date | None
    length_days: int
    zone: str
    day_end: str
