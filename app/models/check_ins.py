"""Check-ins: one local day of one experiment. Every revision that was sent is a row; the newest is the day."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, ValidationInfo, field_validator
from pydantic import Field as Bounds
from sqlalchemy import CheckConstraint
from sqlmodel import Field, Index

from app.models.base import Instant, Int, Number, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut

Dose = Literal["taken", "different_amount", "not_taken", "not_due", "rather_not_say"]
DoseReason = Literal["forgot", "felt_bad", "felt_fine", "side_effects", "ran_out", "chose_to", "other"]
OwnKey = Literal["own1", "own2", "own3"]
Zone = Annotated[Text, Bounds(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_+\-/]+$")]
EffectName = Annotated[Text, Bounds(min_length=1, max_length=60)]
Rating = Annotated[Int, Bounds(ge=0, le=10)]


def _half_hours(value: float) -> float:
    if value * 2 != int(value * 2):
        raise ValueError("sleep is given in half hours")
    return value


class CheckIn(Table, table=True):
    """Append-only: the key ends in the revision, so two writers of one day cannot both win. (Beyond two hundred
    revisions of one day, one of the last ten minutes gives way to the next: `services/check_in_put.py`.)

    `cursor` counts the writes of one experiment; a phone asks for everything after the last it saw. `day` is the
    local date as text. In clear: ids, day, revision, zone and times. All answers are in `sealed`.
    """

    __tablename__ = "check_in"
    __table_args__ = (
        Index(None, "experiment_id", "cursor", unique=True),
        CheckConstraint("revision >= 1 AND cursor >= 1", name="counts_from_one"),
        CheckConstraint("length(day) = 10", name="day_is_a_date"),
    )

    experiment_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="experiment.id", ondelete="CASCADE")
    day: str = Field(primary_key=True, max_length=10)
    revision: int = Field(primary_key=True)
    cursor: int
    sealed: bytes
    zone: str
    written_at: datetime = Field(sa_type=UtcDateTime)
    received_at: datetime = Field(sa_type=UtcDateTime)


class Answers(ShapeIn):
    """One whole day; null is unanswered, all null is not logged. Scales and words: MEDICINES.md."""

    hard_day: Annotated[bool, Bounds(strict=True)] | None = None
    mood: Rating | None = None
    dose: Dose | None = None
    dose_reason: DoseReason | None = None
    sleep_hours: Annotated[Number, Bounds(ge=0, le=24), AfterValidator(_half_hours)] | None = None
    sleep_quality: Annotated[Int, Bounds(ge=1, le=5)] | None = None
    like_myself: Rating | None = None
    energy: Rating | None = None
    own: Annotated[dict[OwnKey, Rating], Bounds(max_length=3)] = {}
    side_effects: Annotated[dict[EffectName, Annotated[Int, Bounds(ge=0, le=3)] | None], Bounds(max_length=6)] = {}
    side_effects_words: Annotated[Text, Bounds(max_length=500)] | None = None
    worrying: Annotated[list[Annotated[Text, Bounds(max_length=40)]], Bounds(max_length=20)] | None = None
    thoughts: Literal["yes", "no", "rather_not_say"] | None = None
    anything_else: Annotated[Text, Bounds(max_length=500)] | None = None
    note: Annotated[Text, Bounds(max_length=4000)] | None = None
    note_starred: Annotated[bool, Bounds(strict=True)] = False


class CheckInPut(Answers):
    """What a phone sends: the whole day, the revision it is based on, when it was written, in which zone."""

    base_revision: Annotated[Int, Bounds(ge=0)]
    written_at: Instant
    zone: Zone

    @field_validator("dose_reason")
    @classmethod
    def _of_a_dose_not_taken(cls, reason: DoseReason | None, others: ValidationInfo) -> DoseReason | None:
        """A reason belongs to a dose not taken, and to nothing else. Asked of what comes in only: what is stored
        from before stays readable."""
        if reason is not None and others.data.get("dose", "not_taken") != "not_taken":
            raise ValueError("a reason belongs to a dose not taken")
        return reason

    def answers(self) -> Answers:
        return Answers.model_construct(**{name: getattr(self, name) for name in Answers.model_fields})


class CheckInPublic(ShapeOut):
    """A stored day. `late`: written after the comparison was first opened. `unreadable`: it does not open, so
    `answers` are empty and say nothing. `scaled`: numbers of an imported diary on a scale of its own, by measure
    key; no phone writes them."""

    experiment_id: UUID
    day: str
    revision: int
    cursor: int
    received_at: UtcOut
    written_at: UtcOut
    zone: str
    clock_skewed: bool
    late: bool
    unreadable: bool
    answers: Answers
    scaled: dict[str, float] = {}


class CheckInsPublic(ShapeOut):
    """Everything after `since`, newest revision of each day, in the order of writing."""

    check_ins: list[CheckInPublic]
    cursor: int
