"""A visit to the prescriber: prepared (what to say and ask, what is to stand on the page), practised, and written
down afterwards. It is the client's own."""

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator
from pydantic import Field as Bounds
from sqlmodel import Field

from app.domain.brief import Part, in_order
from app.models.base import Day, Int, RowId, ShapeIn, ShapeOut, Table, Text, UtcDateTime, UtcOut, on_one_line

MOST_QUESTIONS = 6
MOST_ANSWERS = 6
MOST_OPTIONS = 8
OptionKind = Literal["stay", "time", "dose", "other", "stop", "again", "own"]
"""Of staying as it is now, another time of day, asking about the dose or another medicine, stopping or taking it
with a plan made with the prescriber, and something of one's own."""
Ask = Annotated[Text, AfterValidator(on_one_line), Bounds(min_length=1, max_length=160)]
Short = Annotated[Text, AfterValidator(on_one_line), Bounds(max_length=60)]
Effort = Annotated[Int, Bounds(ge=0, le=4)] | None
"""CollaboRATE, the form with five answers (Elwyn et al. 2013, doi:10.1016/j.pec.2013.05.009; CC BY-NC-ND 3.0;
PhenX protocol 662301, read 2026-11-30): 0 no effort, 4 every effort. Three answers, never one number."""


class Visit(Table, table=True):
    """One for each fortnight. Sealed: every word of it."""

    __tablename__ = "visit"

    experiment_id: UUID = Field(sa_type=RowId, primary_key=True, foreign_key="experiment.id", ondelete="CASCADE")
    revision: int
    sealed: bytes
    updated_at: datetime = Field(sa_type=UtcDateTime)


class Answer(ShapeIn):
    """If they say this, I can say that."""

    they: Annotated[Text, AfterValidator(on_one_line), Bounds(max_length=160)] = ""
    me: Annotated[Text, Bounds(max_length=240)] = ""


class Option(ShapeIn):
    """One way on, in the client's words. `name`: of one's own."""

    kind: OptionKind
    name: Annotated[Text, AfterValidator(on_one_line), Bounds(max_length=80)] = ""
    good: Annotated[Text, Bounds(max_length=200)] = ""
    less_good: Annotated[Text, Bounds(max_length=200)] = ""
    effort: Annotated[Text, Bounds(max_length=200)] = ""


class Practised(ShapeIn):
    """`not_told`: what the prescriber does not know. It stands on the page where it is ticked, nowhere else."""

    not_told: Annotated[Text, Bounds(max_length=300)] = ""
    answers: Annotated[list[Answer], Bounds(max_length=MOST_ANSWERS)] = []
    in_the_way: Annotated[Text, Bounds(max_length=400)] = ""
    options: Annotated[list[Option], Bounds(max_length=MOST_OPTIONS)] = []


class Afterwards(ShapeIn):
    """`step`: one concrete step. `review_on`: when to look at it again. `effort_*`: CollaboRATE."""

    decided: Annotated[Text, Bounds(max_length=600)] = ""
    step: Annotated[Text, AfterValidator(on_one_line), Bounds(max_length=160)] = ""
    review_on: Day | None = None
    effort_understand: Effort = None
    effort_listen: Effort = None
    effort_include: Effort = None


class VisitWords(Practised, Afterwards):
    """`called`: who made the page, by name or initials. `on_page`: what is to stand on it; nothing beforehand.

    `strength`, `since` and `changed` are about the medicine: how much, since when, and what else is different.
    """

    called: Short = ""
    prescriber: Short = ""
    visit_on: Day | None = None
    strength: Short = ""
    since: Short = ""
    changed: Annotated[Text, Bounds(max_length=200)] = ""
    words: Annotated[Text, Bounds(max_length=400)] = ""
    questions: Annotated[list[Ask], Bounds(max_length=MOST_QUESTIONS)] = []
    on_page: Annotated[list[Part], Bounds(max_length=16), AfterValidator(in_order)] = []


class VisitPut(VisitWords):
    """The whole page again. `base_revision` 0: none yet."""

    base_revision: Annotated[Int, Bounds(ge=0)]


class SharedVisit(ShapeOut):
    """What of a visit is shared. Who is seen, what is said of the medicine, and what was not told are for the page
    alone."""

    visit_on: date | None
    words: str
    questions: list[str]
    answers: list[Answer]
    in_the_way: str
    options: list[Option]
    decided: str
    step: str
    review_on: date | None
    effort_understand: int | None
    effort_listen: int | None
    effort_include: int | None


class VisitPublic(SharedVisit):
    """`unreadable`: what was kept does not open any more; it can be written anew."""

    called: str
    prescriber: str
    strength: str
    since: str
    changed: str
    not_told: str
    on_page: list[Part]
    revision: int
    updated_at: UtcOut | None
    unreadable: bool
