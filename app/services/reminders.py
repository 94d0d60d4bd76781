"""Reminders: chosen, changed, silenced for a day or a while, asked for once more. `due.py` fires them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from app.core.vault import DataKey
from app.domain import lifecycle, recurrence, schedule
from app.domain.access import Person
from app.domain.errors import Conflict, Invalid, NotFound, Refused
from app.domain.recurrence import Due, Quiet, Rule, Zones
from app.models.experiments import Experiment
from app.models.reminders import AgainPublic, Reminder, ReminderPlan, RemindersPublic, RemindersPut
from app.services import check_ins

MOST_AGAIN = 5
"""How often one reminder can be asked for again on one day."""
OFFERED = RemindersPut(base_revision=0, zone="UTC", on=False, times=["20:30"])


class Chosen(NamedTuple):
    """What of a plan makes its rule."""

    times: str
    weekdays: int
    every_other: bool
    quiet_from: str | None
    quiet_until: str | None
    paused_until: date | None
    not_on: date | None
    zone: str
    zone_before: str | None
    zone_since: date | None


def rule(plan: ReminderPlan, experiment: Experiment) -> Rule | None:
    """The reminders of a fortnight as a rule; None while it has no first day."""
    window = experiment.window
    if window is None:
        return None
    chosen = Chosen(*(getattr(plan, name) for name in Chosen._fields))
    return rule_of(chosen, window, experiment.day_end)


def rule_of(chosen: Chosen, window: schedule.Window, day_end: str) -> Rule:
    """The same, of what is at hand."""
    quiet = None
    if chosen.quiet_from is not None and chosen.quiet_until is not None:
        quiet = Quiet(schedule.clock_time(chosen.quiet_from), schedule.clock_time(chosen.quiet_until))
    return Rule(
        times=tuple(map(schedule.clock_time, chosen.times.split(","))),
        first_on=window.start_on,
        last_on=window.last_on,
        zones=Zones(chosen.zone, chosen.zone_before, chosen.zone_since),
        day_end=schedule.clock_time(day_end),
        weekdays=_weekdays(chosen.weekdays),
        every_other=chosen.every_other,
        quiet=quiet,
        paused_until=chosen.paused_until,
        not_on=frozenset() if chosen.not_on is None else frozenset({chosen.not_on}),
    )


def get(session: Session, experiment: Experiment, key: DataKey | None = None, *, now: datetime) -> RemindersPublic:
    """What was chosen, or, at revision 0, what is offered. With the `key`, none is promised for a day that has a
    check-in already."""
    plan = session.get(ReminderPlan, experiment.id)
    if plan is None:
        plan = _plan_of(experiment, OFFERED.model_copy(update={"zone": experiment.zone}), now=now)
        return _public(plan, experiment, None, now=now)
    rows = rows_of(session, experiment.id)
    here = today(plan, experiment, now=now)
    done = here if key is not None and check_ins.is_logged(session, experiment, key, here) else None
    whole = rule(plan, experiment)
    to_come = [_coming(whole, row, done, now=now) for row in rows if whole is not None]
    coming = min((at for at in to_come if at is not None), default=None)
    return _public(plan, experiment, coming, now=now)


def words_of(session: Session, accounts: Collection[UUID], *, now: datetime) -> dict[UUID, str]:
    """What a reminder of each of these says: in the open fortnight, else in the newest that has reminders. Where
    nothing was chosen, what is offered."""
    chosen = select(ReminderPlan, Experiment).join(Experiment).where(col(ReminderPlan.account_id).in_(accounts))
    plans = sorted(
        session.exec(chosen),
        key=lambda row: (row[1].status(now) in lifecycle.OPEN, row[1].created_at, row[1].id),
    )
    return dict.fromkeys(accounts, OFFERED.words) | {plan.account_id: plan.words for plan, _ in plans}


def _coming(whole: Rule, row: Reminder, done: date | None, *, now: datetime) -> datetime | None:
    """When the next one comes, of a day after `done`. What nobody sent in time stays queued until somebody looks,
    and does not come any more."""
    if row.next_due_at is None or row.next_day is None or row.stale_at is None:
        return None
    due: Due | None = Due(row.next_day, row.next_due_at, row.stale_at)
    while due is not None and (due.stale_at < now or (done is not None and due.day <= done)):
        after = max(due.at, now - recurrence.WINDOW)
        due = recurrence.next_due(whole, schedule.clock_time(row.at), after, done)
    return due.at if due else None


def put(
    session: Session, person: Person, key: DataKey, experiment: Experiment, body: RemindersPut, *, now: datetime
) -> RemindersPublic:
    """The whole again. From now on the clock is that of the device that says this. A time that stays keeps its
    place in the queue: it does not come twice on one day.

    Raises `Conflict` (reminders-conflict) with what is stored, `Invalid` (twice, in-quiet-hours, missing, same,
    zone-unknown), `Refused` for a fortnight that is over.
    """
    if experiment.status(now) in lifecycle.ENDED:
        raise Refused()
    _check(body)
    plan = _locked(session, experiment.id)
    if body.base_revision != (plan.revision if plan else 0):
        raise Conflict(
            "reminders-conflict", {"stored": get(session, experiment, key, now=now).model_dump(mode="json")}
        )
    if plan is None:
        plan = _plan_of(experiment, body, now=now)
    else:
        _change(plan, experiment, body, now=now)
    plan.revision += 1
    plan.zone_from = person.session_id
    session.add(plan)
    session.flush()
    kept = {row.at: row for row in rows_of(session, experiment.id, lock=True)}
    for at, row in kept.items():
        if at not in body.times:
            session.delete(row)
    for at in body.times:
        if at not in kept:
            session.add(Reminder(id=uuid4(), experiment_id=experiment.id, at=at))
    session.flush()
    replan(session, experiment, now=now)
    return get(session, experiment, key, now=now)


def replan(session: Session, experiment: Experiment, *, now: datetime) -> None:
    """Look up anew when each reminder is due: after whatever may have moved it. What is due and not fired stays
    due, so that nothing is lost by somebody who changes their plan at that moment."""
    plan = _locked(session, experiment.id)
    if plan is None:
        return
    rows = rows_of(session, experiment.id, lock=True)
    whole = rule(plan, experiment)
    speaks = plan.is_on and experiment.status(now) in {"running", "scheduled"}
    for row in rows:
        arm(row, _next(whole, row, now=now) if speaks and whole is not None else None)
        session.add(row)
    plan.zone_rules = schedule.edition()
    session.add(plan)
    session.flush()


def arm(row: Reminder, due: Due | None) -> None:
    """Set when a reminder is due next; None: not any more."""
    row.next_due_at = due.at if due else None
    row.next_day = due.day if due else None
    row.stale_at = due.stale_at if due else None


def follow_zone(session: Session, person: Person, zone: str, *, now: datetime) -> None:
    """This device is in this zone. If it is the one whose clock the reminders go by, they follow from the next
    local day on: a laptop that says another zone does not take them along. Raises `Invalid` (zone-unknown)."""
    schedule.zone(zone)
    mine = (
        select(ReminderPlan, Experiment)
        .join(Experiment, col(Experiment.id) == col(ReminderPlan.experiment_id))
        .where(ReminderPlan.account_id == person.id)
        .order_by(col(ReminderPlan.experiment_id))
        .with_for_update(of=ReminderPlan)
    )
    for plan, experiment in session.exec(mine).all():
        if plan.zone_from in {None, person.session_id} and experiment.status(now) in lifecycle.OPEN:
            plan.zone_from = person.session_id
            if plan.zone == zone:
                session.add(plan)
                continue
            _turn(plan, experiment, zone, now=now)
            session.add(plan)
            replan(session, experiment, now=now)


def later(session: Session, person: Person, reminder_id: UUID, day: date, *, now: datetime) -> AgainPublic:
    """Once more, in about an hour, after it came. Raises `NotFound`, and `Refused` (no-more-today) where it cannot
    be."""
    row, plan, experiment = _own(session, person, reminder_id)
    whole = rule(plan, experiment)
    again = row.again if row.again_on == day else 0
    came = row.fired_day == day or row.next_day == day == row.again_on
    if whole is None or not came or not _may_come(plan, experiment, whole, day, now=now) or again >= MOST_AGAIN:
        raise Refused("no-more-today")
    due = recurrence.later(whole, day, now)
    if due is None:
        raise Refused("no-more-today")
    arm(row, due)
    row.turn, row.again_on, row.again = row.turn + 1, day, again + 1
    session.add(row)
    session.flush()
    return AgainPublic(next_at=due.at)


def not_today(session: Session, person: Person, reminder_id: UUID, day: date, *, now: datetime) -> None:
    """None any more on the day that a notification was about. Raises `NotFound`."""
    _row, plan, experiment = _own(session, person, reminder_id)
    if day == today(plan, experiment, now=now):
        plan.not_on = day
        plan.revision += 1
        session.add(plan)
        replan(session, experiment, now=now)


def today(plan: ReminderPlan, experiment: Experiment, *, now: datetime) -> date:
    """The local day where the phone is."""
    return schedule.local_day(now, plan.zone, experiment.day_end)


def _own(session: Session, person: Person, reminder_id: UUID) -> tuple[Reminder, ReminderPlan, Experiment]:
    """Held, the plan first: everybody who changes reminders does it in that order."""
    experiment = session.exec(
        select(Experiment)
        .join(Reminder, col(Reminder.experiment_id) == col(Experiment.id))
        .where(Reminder.id == reminder_id, Experiment.account_id == person.id)
    ).one_or_none()
    plan = _locked(session, experiment.id) if experiment is not None else None
    if experiment is None or plan is None:
        raise NotFound()
    for row in rows_of(session, experiment.id, lock=True):
        if row.id == reminder_id:
            return row, plan, experiment
    raise NotFound()


def _locked(session: Session, experiment_id: UUID) -> ReminderPlan | None:
    """The plan as it stands, held until the end of the transaction: the worker passes by what somebody changes."""
    return session.get(ReminderPlan, experiment_id, with_for_update=True, populate_existing=True)


def _may_come(plan: ReminderPlan, experiment: Experiment, whole: Rule, day: date, *, now: datetime) -> bool:
    running = plan.is_on and experiment.status(now) in {"running", "scheduled", "finished"}
    return running and whole.takes_place(day) and day == today(plan, experiment, now=now)


def rows_of(session: Session, experiment_id: UUID, *, lock: bool = False) -> Sequence[Reminder]:
    """The reminders of a fortnight by their hours; `lock`: held until the end of the transaction."""
    rows = select(Reminder).where(Reminder.experiment_id == experiment_id).order_by(Reminder.at)
    if lock:
        rows = rows.with_for_update().execution_options(populate_existing=True)
    return session.exec(rows).all()


def _next(whole: Rule, row: Reminder, *, now: datetime) -> Due | None:
    """What was asked for once more; else what is due and has not been fired; else the next one. Never of a day
    that is done."""
    again = _again(row, whole)
    if again is not None:
        return again
    at, was = schedule.clock_time(row.at), row.next_due_at
    if was is None or was > now:
        return recurrence.next_due(whole, at, now, row.fired_day)
    overdue = recurrence.next_due(whole, at, was - recurrence.WINDOW, row.fired_day)
    if overdue is not None and overdue.at <= was:
        return overdue
    return recurrence.next_due(whole, at, was, row.fired_day)


def _again(row: Reminder, whole: Rule) -> Due | None:
    """What somebody asked for once more, where it still stands."""
    if row.next_due_at is None or row.next_day is None or row.stale_at is None or row.next_day != row.again_on:
        return None
    if not whole.takes_place(row.next_day) or whole.is_quiet(row.next_due_at, row.next_day):
        return None
    return Due(row.next_day, row.next_due_at, row.stale_at)


def _check(body: RemindersPut) -> None:
    schedule.zone(body.zone)
    problems = []
    if len(set(body.times)) != len(body.times):
        problems.append({"field": "times", "code": "twice"})
    if (body.quiet_from is None) != (body.quiet_until is None):
        problems.append({"field": "quiet_until" if body.quiet_from else "quiet_from", "code": "missing"})
    elif body.quiet_from is not None and body.quiet_until is not None:
        quiet = Quiet(schedule.clock_time(body.quiet_from), schedule.clock_time(body.quiet_until))
        if body.quiet_from == body.quiet_until:
            problems.append({"field": "quiet_until", "code": "same"})
        problems += [
            {"field": f"times.{number}", "code": "in-quiet-hours"}
            for number, at in enumerate(body.times)
            if quiet.holds(schedule.clock_time(at))
        ]
    if problems:
        raise Invalid(errors=tuple(problems))


def _plan_of(experiment: Experiment, body: RemindersPut, *, now: datetime) -> ReminderPlan:
    plan = ReminderPlan(
        experiment_id=experiment.id,
        account_id=experiment.account_id,
        revision=0,
        is_on=body.on,
        weekdays=127,
        every_other=False,
        times="",
        words=body.words,
        zone=body.zone,
    )
    _change(plan, experiment, body, now=now)
    return plan


def _change(plan: ReminderPlan, experiment: Experiment, body: RemindersPut, *, now: datetime) -> None:
    _turn(plan, experiment, body.zone, now=now)
    plan.is_on = body.on
    plan.weekdays = sum(1 << (day - 1) for day in set(body.weekdays))
    plan.every_other = body.every_other
    plan.times = ",".join(sorted(body.times))
    plan.quiet_from, plan.quiet_until = body.quiet_from, body.quiet_until
    plan.paused_until = body.paused_until
    plan.not_on = today(plan, experiment, now=now) if body.not_today else None
    plan.words = body.words


def _turn(plan: ReminderPlan, experiment: Experiment, zone: str, *, now: datetime) -> None:
    zones = Zones(plan.zone, plan.zone_before, plan.zone_since)
    was = schedule.local_day(now, zones.on(today(plan, experiment, now=now)), experiment.day_end)
    turned = recurrence.turns_to(zones, zone, was)
    plan.zone, plan.zone_before, plan.zone_since = turned.name, turned.before, turned.since


@lru_cache(maxsize=128)
def _weekdays(mask: int) -> frozenset[int]:
    return frozenset(day for day in range(1, 8) if mask & (1 << (day - 1)))


def _public(
    plan: ReminderPlan, experiment: Experiment, coming: datetime | None, *, now: datetime
) -> RemindersPublic:
    here = today(plan, experiment, now=now)
    return RemindersPublic(
        revision=plan.revision,
        on=plan.is_on,
        times=plan.times.split(","),
        weekdays=sorted(_weekdays(plan.weekdays)),
        every_other=plan.every_other,
        quiet_from=plan.quiet_from,
        quiet_until=plan.quiet_until,
        paused_until=plan.paused_until if plan.paused_until is not None and plan.paused_until > here else None,
        not_today=plan.not_on == here,
        words=plan.words,
        today=here,
        next_at=coming,
        next_zone=plan.zone,
    )
