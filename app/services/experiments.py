"""Experiments: drafted, changed, started, paused, resumed, stopped, deleted, and shown to their owner."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func
from sqlmodel import Session, col, select

from app.core.catalogue import text
from app.core.vault import DataKey
from app.domain import lifecycle, schedule
from app.domain.access import Person
from app.domain.diary_rows import row_of
from app.domain.errors import Conflict, Invalid, NotFound, Refused
from app.domain.medicines import Gate
from app.domain.safety import Thresholds
from app.domain.words import Say
from app.models.accounts import Account
from app.models.check_ins import CheckIn
from app.models.experiments import (
    DiaryRowPublic,
    Experiment,
    ExperimentCreate,
    ExperimentPublic,
    ExperimentUpdate,
    Plan,
    SafetyRulesPublic,
)
from app.services import check_ins, gates, plans, reminders, safety

EARLIEST_START = timedelta(days=366)
LATEST_START = timedelta(days=92)
MOST_DRAFTS = 50
"""More than anybody thinks about at once; each is opened whenever the list is shown."""


def own(session: Session, person: Person, experiment_id: UUID, *, to_change: bool = False) -> Experiment:
    """The person's own experiment. Raises `NotFound` alike for a foreign and a missing one.

    `to_change` holds the row until the end of the transaction: of two who change the same revision the second
    must see what the first wrote. (On SQLite there is one writer anyway; check-ins are not held up by it.)
    """
    mine = select(Experiment).where(Experiment.id == experiment_id, Experiment.account_id == person.id)
    found = session.exec(mine.with_for_update(key_share=True) if to_change else mine).one_or_none()
    if found is None:
        raise NotFound()
    return found


def list_own(
    session: Session, person: Person, key: DataKey, limits: Thresholds, *, now: datetime
) -> list[ExperimentPublic]:
    """All of the person's experiments, the newest first."""
    rows = session.exec(
        select(Experiment)
        .where(Experiment.account_id == person.id)
        .order_by(col(Experiment.created_at).desc(), col(Experiment.id))
    ).all()
    return _shown(session, rows, key, limits, now=now)


def create(session: Session, person: Person, key: DataKey, body: ExperimentCreate, *, now: datetime) -> Experiment:
    """A draft. Raises `Invalid` (zone-unknown and what `check_plan` names), `Refused` (too-many-drafts)."""
    _check_drafts(session, person.id)
    plan = Plan.model_validate(body.model_dump(mode="json"))
    check_plan(plan, now)
    experiment = Experiment(
        id=uuid4(),
        account_id=person.id,
        revision=0,
        sealed=b"",
        length_days=plan.length_days,
        zone=plan.zone,
        day_end=plan.day_end,
        created_at=now,
    )
    plans.write_plan(experiment, plans.Sealed(plan={}), plan, key)
    session.add(experiment)
    session.flush()
    return experiment


def check_room(session: Session, experiment: Experiment, *, now: datetime) -> None:
    """Whether there is room for one that comes as it is. Raises `Refused`: too-many-drafts,
    another-experiment-open."""
    _lock_account(session, experiment)
    if experiment.started_at is None:
        _check_drafts(session, experiment.account_id)
    _check_alone(session, experiment, now=now)


def _check_drafts(session: Session, account: UUID) -> None:
    drafts = (col(Experiment.account_id) == account, col(Experiment.started_at).is_(None))
    if session.exec(select(func.count()).select_from(Experiment).where(*drafts)).one() >= MOST_DRAFTS:
        raise Refused("too-many-drafts")


def update(
    session: Session, experiment: Experiment, key: DataKey, body: ExperimentUpdate, *, now: datetime
) -> None:
    """The whole plan again. Once day 1 has begun a change of what was fixed is stamped and caps the result, and
    a fortnight whose days were only to be noticed until then stays so.

    Raises `Conflict` (experiment-conflict), `Invalid`, `Refused` for a diary or an ended experiment, and
    `Refused` (would-be-over) where another zone or day end would end it there and then.
    """
    if body.base_revision != experiment.revision:
        raise Conflict("experiment-conflict")
    sealed = plans.open_sealed(experiment, key)
    before = plans.plan_of(experiment, sealed)
    after = Plan.model_validate(body.model_dump(mode="json", exclude={"base_revision"}))
    if experiment.started_at is not None:
        after = after.model_copy(update={"prediction": before.prediction})  # sealed at the start
    check_plan(after, now)
    state = experiment.status(now)
    if state in lifecycle.ENDED:
        raise Refused()
    if experiment.started_at is not None and after.start_on != experiment.start_on:
        raise Invalid(errors=({"field": "start_on", "code": "already-started"},))
    if experiment.started_at is not None and after.primary is None:
        raise Invalid(errors=({"field": "primary", "code": "missing"},))
    if state in lifecycle.OPEN and _written_after(session, experiment, after):
        raise Invalid(errors=({"field": "length_days", "code": "days-already-written"},))
    if state in lifecycle.OPEN and _would_be_over(experiment, after, now=now):
        raise Refused("would-be-over")
    if sealed.begun or _has_begun(session, experiment, now=now):
        sealed.begun = True
        sealed.noticed = sealed.noticed or gates.only_notices(before)
        sealed.changes.extend(plans.changed(before, after, now=now))
    plans.write_plan(experiment, sealed, after, key)
    _moved_on(session, experiment, now=now)


def check_plan(plan: Plan, now: datetime) -> None:
    """What no shape can say of a plan. Raises `Invalid` (zone-unknown, or the fields)."""
    zone = schedule.zone(plan.zone)
    problems: list[dict[str, str]] = []
    # By the calendar, not by the day's end: at two in the morning "today" is the new date.
    if plan.prescriber_told and plan.prescriber_told.told_on > now.astimezone(zone).date():
        problems.append({"field": "prescriber_told.told_on", "code": "in-future"})
    keys = [own_measure.key for own_measure in plan.own_measures]
    if len(set(keys)) != len(keys):
        problems.append({"field": "own_measures", "code": "twice"})
    if plan.primary is not None and plan.primary.startswith("own") and plan.primary not in keys:
        problems.append({"field": "primary", "code": "own-measure-missing"})
    if len(set(plan.side_effects)) != len(plan.side_effects):
        problems.append({"field": "side_effects", "code": "twice"})
    if problems:
        raise Invalid(errors=tuple(problems))


def _has_begun(session: Session, experiment: Experiment, *, now: datetime) -> bool:
    """Day 1 is here, or a day is: a phone without a network may have the first rating long before we do."""
    if experiment.started_at is None or experiment.start_on is None:
        return False
    if schedule.local_day(now, experiment.zone, experiment.day_end) >= experiment.start_on:
        return True
    return session.exec(select(CheckIn.day).where(CheckIn.experiment_id == experiment.id)).first() is not None


def _written_after(session: Session, experiment: Experiment, plan: Plan) -> bool:
    """True where a shorter length would cut off days that are already written."""
    if experiment.start_on is None:
        return False
    end_on = schedule.Window(experiment.start_on, plan.length_days).end_on.isoformat()
    query = select(CheckIn.day).where(CheckIn.experiment_id == experiment.id, CheckIn.day > end_on)
    return session.exec(query).first() is not None


def _would_be_over(experiment: Experiment, plan: Plan, *, now: datetime) -> bool:
    """True where the zone or day end of `plan` alone would put today past the last day: an end is for good."""
    if experiment.start_on is None:
        return False
    end_on = schedule.Window(experiment.start_on, plan.length_days).end_on
    today = schedule.local_day(now, experiment.zone, experiment.day_end)
    return today <= end_on < schedule.local_day(now, plan.zone, plan.day_end)


def start(session: Session, experiment: Experiment, key: DataKey, *, now: datetime) -> None:
    """Begin today, or on the day the plan names.

    Raises `Refused` (not-allowed-now, another-experiment-open) and `Invalid` where the plan is not whole.
    """
    lifecycle.check_step(experiment.status(now), "start")
    sealed = plans.open_sealed(experiment, key)
    plan = plans.plan_of(experiment, sealed)
    if plan.primary is None:
        raise Invalid(errors=({"field": "primary", "code": "missing"},))
    today = schedule.local_day(now, experiment.zone, experiment.day_end)
    start_on = plan.start_on or today
    if not today - EARLIEST_START <= start_on <= today + LATEST_START:
        raise Invalid(errors=({"field": "start_on", "code": "too-far-away"},))
    _lock_account(session, experiment)
    experiment.start_on = start_on
    experiment.started_at = now
    plans.store(experiment, sealed.model_copy(update={"looked_back": start_on < today}), key)
    _check_alone(session, experiment, now=now)
    _moved_on(session, experiment, now=now)


def _lock_account(session: Session, experiment: Experiment) -> None:
    """Two starts at once must not both see "none open"; on SQLite BEGIN IMMEDIATE already sees to it."""
    session.exec(select(Account.id).where(Account.id == experiment.account_id).with_for_update()).one()


def _check_alone(session: Session, experiment: Experiment, *, now: datetime) -> None:
    if experiment.status(now) in lifecycle.OPEN and _another_open(session, experiment, now=now):
        raise Refused("another-experiment-open")


def _another_open(session: Session, experiment: Experiment, *, now: datetime) -> bool:
    others = session.exec(
        select(Experiment).where(
            Experiment.account_id == experiment.account_id,
            Experiment.id != experiment.id,
            col(Experiment.started_at).is_not(None),
            col(Experiment.stopped_at).is_(None),
        )
    )
    return any(other.status(now) in lifecycle.OPEN for other in others)


def pause(session: Session, experiment: Experiment, *, now: datetime) -> None:
    """Silence reminders. The end does not move; check-ins stay possible and count."""
    lifecycle.check_step(experiment.status(now), "pause")
    experiment.paused_at = now
    _moved_on(session, experiment, now=now)


def resume(session: Session, experiment: Experiment, *, now: datetime) -> None:
    lifecycle.check_step(experiment.status(now), "resume")
    experiment.paused_at = None
    _moved_on(session, experiment, now=now)


def stop(session: Session, experiment: Experiment, *, now: datetime) -> None:
    """End it now, for good, no reason asked. Everything is kept."""
    lifecycle.check_step(experiment.status(now), "stop")
    experiment.stopped_at = now
    _moved_on(session, experiment, now=now)


def _moved_on(session: Session, experiment: Experiment, *, now: datetime) -> None:
    """Written, and its reminders go by how it stands now."""
    session.add(experiment)
    session.flush()
    reminders.replan(session, experiment, now=now)


def delete(session: Session, experiment: Experiment) -> None:
    """Remove it with every check-in and every earlier revision."""
    session.delete(experiment)
    session.flush()


def public(
    session: Session, experiment: Experiment, key: DataKey, limits: Thresholds, *, now: datetime
) -> ExperimentPublic:
    """The experiment as its owner sees it."""
    return _shown(session, [experiment], key, limits, now=now)[0]


def _shown(
    session: Session, rows: Sequence[Experiment], key: DataKey, limits: Thresholds, *, now: datetime
) -> list[ExperimentPublic]:
    """All of them, with what their days say, in as many statements as for one."""
    days = check_ins.days_of_all(session, rows, key)
    looked = []
    for row in rows:
        opened = plans.look(row, key)
        gate = gates.of_fortnight(opened.plan, noticed=opened.sealed.noticed)
        looked.append((row, opened, gate, safety.rules(opened.plan, gate, limits)))
    aside = safety.set_aside(
        session,
        [
            safety.Looked(row, opened.sealed, rules, check_ins.counted(row, days[row.id]))
            for row, opened, _, rules in looked
            if not opened.unreadable
        ],
        key,
    )
    return [
        _public(row, opened, gate, safety.public(rules), set_aside=row.id in aside, now=now)
        for row, opened, gate, rules in looked
    ]


def _public(
    experiment: Experiment,
    opened: plans.Opened,
    gate: Gate,
    rules: SafetyRulesPublic,
    *,
    set_aside: bool,
    now: datetime,
) -> ExperimentPublic:
    plan = opened.plan
    today = schedule.local_day(now, experiment.zone, experiment.day_end)
    window = experiment.window
    shown = {name: getattr(plan, name) for name in Plan.model_fields}
    shown["medicine_label"] = plan.medicine_label or plan.medicine
    state = experiment.status(now)
    prediction_sealed = state in lifecycle.OPEN and plan.prediction is not None
    if prediction_sealed:
        shown["prediction"] = None
    return ExperimentPublic(
        id=experiment.id,
        unreadable=opened.unreadable,
        kind="diary" if opened.sealed.diary is not None else "lived",
        counted_from=plans.counted_from(opened.sealed),
        row=_row(plan, opened.sealed),
        status=state,
        prediction_sealed=prediction_sealed,
        revision=experiment.revision,
        created_at=experiment.created_at,
        started_at=experiment.started_at,
        paused_at=experiment.paused_at,
        stopped_at=experiment.stopped_at,
        comparison_opened_at=experiment.comparison_opened_at,
        today=today,
        day_number=window.number(today) if window and 1 <= window.number(today) <= plan.length_days else None,
        end_on=window.end_on if window else None,
        set_aside=set_aside,
        covered=opened.sealed.covered,
        changes=opened.sealed.changes,
        gate=gates.public(gate),
        safety=rules,
        **shown,
    )


def _row(plan: Plan, sealed: plans.Sealed) -> DiaryRowPublic | None:
    if sealed.diary is None:
        return None
    # As on the check-in: only a name that was chosen for it shows.
    chosen = plan.medicine_label if plan.medicine_label != plan.medicine else None
    label = chosen[:1].upper() + chosen[1:] if chosen else Say("check-in-dose-unnamed")
    row = row_of(label, primary=plan.primary, usual_time=plan.usual_time, told_lag=sealed.diary.get("lag"))
    return DiaryRowPublic(dose=text(row.dose), sleep=text(row.sleep))
