"""Bringing a fortnight back: the file in which it was taken along (`services/exports.py`) becomes one again.

It keeps its days with every revision, its times and marks, and the pages that were written of it, so that the
comparison says what it said. It gets an id of its own, and says from then on that it came from a file: times in a
file are what somebody says, not what this server saw. Nobody reads it until the client shares it, no link opens
it, and no hour of a reminder is set.
"""

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from pydantic import ValidationError
from sqlalchemy import Engine, insert
from sqlmodel import Session, col, select

from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain import schedule
from app.domain.access import Person
from app.domain.errors import Invalid, Refused
from app.models.brought_back import FileDay, FortnightFile, FromFile
from app.models.check_ins import CheckIn
from app.models.experiments import Change, Experiment, Plan
from app.models.reflections import Balance, OwnWords, Rulers
from app.models.reviews import ReviewWords
from app.models.visits import VisitWords
from app.services import check_ins, experiments, plans, reflections, reviews, visits
from app.services.sealed_rows import UNREADABLE

CLOCKS_APART = timedelta(minutes=15)
"""By so much the clock of the server that made the file may be ahead of ours."""


def bring_back(engine: Engine, person: Person, key: DataKey, body: FromFile, *, now: datetime) -> Experiment:
    """A fortnight of this person as the file has it, in one transaction. The file is read and its days are sealed
    before it begins: everybody's check-ins would wait for a long one.

    Raises `Invalid`: file-not-ours, file-newer, file-broken (with the places). `Refused`: already-here,
    another-experiment-open, too-many-drafts.
    """
    try:
        file = FortnightFile.model_validate_json(body.file)
        plan = file.experiment.plan
        _check(file, plan, now=now)
        experiment = _experiment(person, file, plan, key, now=now)
        days = _days(experiment, file.check_ins, key)
        with unit_of_work(engine, by=person.id) as session:
            _check_here(session, person, key, file.experiment.id)
            experiments.check_room(session, experiment, now=now)
            session.add(experiment)
            session.flush()
            if days:
                session.execute(insert(CheckIn), days)
            reflections.bring_back(session, experiment, key, file.reflections)
            reviews.REVIEW.bring_back(session, experiment, key, file.review)
            visits.VISIT.bring_back(session, experiment, key, file.visit)
    except ValidationError as error:
        raise _not_readable(error) from error
    return experiment


def _not_readable(error: ValidationError) -> Invalid:
    """Where it cannot be read, by our own names only; never what stands there."""
    places = [_place(each["loc"]) for each in error.errors(include_url=False, include_input=False)]
    if any(place in {"", "format"} for place in places):
        return Invalid("file-not-ours")
    if "version" in places:
        return Invalid("file-newer")
    return _broken(*places[:20])


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) if isinstance(part, int) or part in _our_names() else "?" for part in loc)


@cache
def _our_names() -> frozenset[str]:
    """Every name that a file of ours has."""
    shapes = (FortnightFile, Balance, Rulers, OwnWords, ReviewWords, VisitWords)
    found: set[str] = set()
    for shape in shapes:
        schema = shape.model_json_schema()
        for each in (schema, *schema.get("$defs", {}).values()):
            found.update(each.get("properties", {}))
    return frozenset(found)


def _broken(*places: str) -> Invalid:
    return Invalid("file-broken", tuple({"field": place, "code": "not-readable"} for place in places))


def _check(file: FortnightFile, plan: Plan, *, now: datetime) -> None:
    """What no shape can say: nothing is of the future, a state has the times that lead to it, each revision comes
    once, and days are days of the fortnight."""
    said = file.experiment
    try:
        experiments.check_plan(plan, now)
    except Invalid as error:
        raise _broken(*(f"experiment.{each['field']}" for each in error.errors)) from error
    try:
        for each in {day.zone for day in file.check_ins}:
            schedule.zone(each)
    except Invalid as error:
        raise _broken("check_ins.zone") from error
    stamps = [file.made_at, said.created_at, said.started_at, said.paused_at, said.stopped_at]
    stamps += [said.comparison_opened_at, *(day.received_at for day in file.check_ins)]
    if any(stamp is not None and stamp > now + CLOCKS_APART for stamp in stamps):
        raise _broken("made_at")
    if said.started_at is None:
        later = said.paused_at or said.stopped_at or said.comparison_opened_at or file.diary
        if later or file.check_ins:
            raise _broken("experiment.started_at")
        return
    if plan.primary is None:
        raise _broken("experiment.primary")
    if plan.start_on is None or plan.start_on > now.date() + experiments.LATEST_START:
        raise _broken("experiment.start_on")
    if len({(day.day, day.revision) for day in file.check_ins}) < len(file.check_ins):
        raise _broken("check_ins")
    window = schedule.Window(plan.start_on, plan.length_days)
    if not all(window.start_on <= day.day <= window.end_on for day in file.check_ins):
        raise _broken("check_ins")


def _check_here(session: Session, person: Person, key: DataKey, identity: UUID) -> None:
    """One that is still here, or came back before, does not come twice. Raises `Refused` (already-here)."""
    for row in session.exec(select(Experiment).where(col(Experiment.account_id) == person.id)):
        came = plans.look(row, key).sealed.brought_back
        if identity in (row.id, came.experiment_id if came else None):
            raise Refused("already-here")


def _experiment(person: Person, file: FortnightFile, plan: Plan, key: DataKey, *, now: datetime) -> Experiment:
    said = file.experiment
    made = Experiment(
        id=uuid4(),
        account_id=person.id,
        revision=said.revision - 1,
        sealed=b"",
        length_days=plan.length_days,
        zone=plan.zone,
        day_end=plan.day_end,
        created_at=said.created_at,
        started_at=said.started_at,
        paused_at=said.paused_at,
        stopped_at=said.stopped_at,
        comparison_opened_at=said.comparison_opened_at,
    )
    sealed = plans.Sealed(
        plan={},
        changes=[Change(field=each.field, changed_at=each.changed_at) for each in said.changes],
        covered=said.covered,
        diary=file.diary.model_dump(mode="json") if file.diary else None,
        brought_back=plans.BroughtBack(experiment_id=said.id, made_at=file.made_at, at=now),
        **file.marks.model_dump(),
    )
    plans.write_plan(made, sealed, plan, key)
    return made


def _days(experiment: Experiment, days: list[FileDay], key: DataKey) -> list[dict[str, Any]]:
    """In the order in which they came, so that a phone that asks what is new gets them in it."""
    came = sorted(days, key=lambda said: (said.received_at, said.day, said.revision))
    return [_row(experiment, said, cursor, key) for cursor, said in enumerate(came, start=1)]


def _row(experiment: Experiment, said: FileDay, cursor: int, key: DataKey) -> dict[str, Any]:
    scaled = said.answers.scaled
    payload = check_ins.payload(said.answers, **({"scaled": scaled} if scaled else {}))
    place = check_ins.place(experiment.id, said.day, said.revision)
    return {
        "experiment_id": experiment.id,
        "day": said.day.isoformat(),
        "revision": said.revision,
        "cursor": cursor,
        "sealed": UNREADABLE if said.unreadable else key.seal(payload, place),
        "zone": said.zone,
        "written_at": said.written_at,
        "received_at": said.received_at,
    }
