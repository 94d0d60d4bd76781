"""Reminders: chosen, changed, silenced for a day or a while, asked for once more. `due.py` fires them."""

from collections.abc import Sequence
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlmodel import Session, col, select

from app.domain import lifecycle, recurrence, schedule
from app.domain.access import Person
from app.domain.errors import Conflict, Invalid, NotFound, Refused
from app.domain.recurrence import Due, Quiet, Rule, Zones
from app.models.experiments import Experiment
from app.models.reminders import AgainPublic, Reminder, ReminderPlan, RemindersPublic, RemindersPut

MOST_AGAIN = 5
"""How often one reminder can be asked for again on one day."""
OFFERED = RemindersPut(base_revision=0, zone="UTC", on=False, times=["20:30"])


class Chosen(NamedTuple):
    """What of a plan makes its rule."""

    weekdays: int
    every_other: bool
    quiet_from: str | None
    quiet_until: str | None
    paused_until: date | None
    not_on: date | None
    zone: str
    zone_before: str | None
    zone_since: date | None


def rule(plan: ReminderPlan, experiment: Experiment, times: Sequence[str]) -> Rule | None:
    """The reminders of a fortnight as a rule; None while it has no first day."""
    window = experiment.window
    if window is None:
        return None
    chosen = Chosen(*(getattr(plan, name) for name in Chosen._fields))
    return rule_of(chosen, times, window, experiment.day_end)


def rule_of(chosen: Chosen, times: Sequence[str], window: schedule.Window, day_end: str) -> Rule:
    """The same, of what is at hand."""
    quiet = None
    if chosen.quiet_from is not None and chosen.quiet_until is not None:
        quiet = Quiet(schedule.clock_time(chosen.quiet_from), schedule.clock_time(chosen.quiet_until))
    return Rule(
        times=tuple(map(schedule.clock_time, times)),
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


def get(session: Session, experiment: Experiment, *, now: datetime) -> RemindersPublic:
    """What was chosen, or, at revision 0, what is offered."""
    plan = session.get(ReminderPlan, experiment.id)
    if plan is None:
        plan = _plan_of(experiment, OFFERED.model_copy(update={"zone": experiment.zone}), now=now)
        return _public(plan, experiment, OFFERED.times, None, now=now)
    rows = _rows(session, experiment.id)
    coming = min((row.next_due_at for row in rows if row.next_due_at is not None), default=None)
    return _public(plan, experiment, [row.at for row in rows], coming, now=now)


def put(session: Session, experiment: Experiment, body: RemindersPut, *, now: datetime) -> RemindersPublic:
    """The whole again. A time that stays keeps its place in the queue: it does not come twice on one day.

    Raises `Conflict` (reminders-conflict) with what is stored, `Invalid` (twice, in-quiet-hours, missing,
    zone-unknown), `Refused` for a fortnight that is over.
    """
    if experiment.status(now) in lifecycle.ENDED:
        raise Refused()
    _check(body)
    plan = session.get(ReminderPlan, experiment.id, with_for_update=True)
    if body.base_revision != (plan.revision if plan else 0):
        raise Conflict("reminders-conflict", {"stored": get(session, experiment, now=now).model_dump(mode="json")})
    if plan is None:
        plan = _plan_of(experiment, body, now=now)
    else:
        _change(plan, experiment, body, now=now)
    plan.revision += 1
    session.add(plan)
    session.flush()
    kept = {row.at: row for row in _rows(session, experiment.id)}
    for at, row in kept.items():
        if at not in body.times:
            session.delete(row)
    for at in body.times:
        if at not in kept:
            session.add(Reminder(id=uuid4(), experiment_id=experiment.id, at=at))
    session.flush()
    replan(session, experiment, now=now)
    return get(session, experiment, now=now)


def replan(session: Session, experiment: Experiment, *, now: datetime) -> None:
    """Look up anew when each reminder is due: after whatever may have moved it. What is due and not fired stays
    due, so that nothing is lost by somebody who changes their plan at that moment."""
    plan = session.get(ReminderPlan, experiment.id)
    if plan is None:
        return
    rows = _rows(session, experiment.id)
    whole = rule(plan, experiment, [row.at for row in rows])
    speaks = plan.is_on and experiment.status(now) in {"running", "scheduled"}
    for row in rows:
        after = min(now, row.next_due_at) if row.next_due_at is not None else now
        waits = _again(row, whole) if speaks and whole is not None else None
        due = waits
        if due is None and speaks and whole is not None:
            due = _from(whole, schedule.clock_time(row.at), after, row.next_due_at)
        arm(row, due, row.turn if waits is not None else 0)
        session.add(row)
    session.flush()


def arm(row: Reminder, due: Due | None, turn: int = 0) -> None:
    """Set when a reminder is due next; None: not any more."""
    row.next_due_at = due.at if due else None
    row.next_day = due.day if due else None
    row.stale_at = due.stale_at if due else None
    row.turn = turn


def follow_zone(session: Session, account_id: UUID, zone: str, *, now: datetime) -> None:
    """The phone is in this zone: reminders follow from the next local day on. Raises `Invalid` (zone-unknown)."""
    schedule.zone(zone)
    mine = select(ReminderPlan, Experiment).join(Experiment).where(ReminderPlan.account_id == account_id)
    for plan, experiment in session.exec(mine.where(ReminderPlan.zone != zone)).all():
        if experiment.status(now) in lifecycle.OPEN:
            _turn(plan, experiment, zone, now=now)
            session.add(plan)
            replan(session, experiment, now=now)


def later(session: Session, person: Person, reminder_id: UUID, day: date, *, now: datetime) -> AgainPublic:
    """Once more, in about an hour. Raises `NotFound`, and `Refused` (no-more-today) where it cannot be."""
    row, plan, experiment = _own(session, person, reminder_id)
    whole = rule(plan, experiment, [other.at for other in _rows(session, experiment.id)])
    turn = row.turn if row.next_day == day else 0
    if whole is None or not _may_come(plan, experiment, whole, day, now=now) or turn >= MOST_AGAIN:
        raise Refused("no-more-today")
    due = recurrence.later(whole, day, now)
    if due is None:
        raise Refused("no-more-today")
    arm(row, due, turn + 1)
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
    found = session.exec(
        select(Reminder, ReminderPlan, Experiment)
        .join(ReminderPlan, col(ReminderPlan.experiment_id) == col(Reminder.experiment_id))
        .join(Experiment, col(Experiment.id) == col(Reminder.experiment_id))
        .where(Reminder.id == reminder_id, Experiment.account_id == person.id)
        .with_for_update(of=Reminder)
    ).one_or_none()
    if found is None:
        raise NotFound()
    return found


def _may_come(plan: ReminderPlan, experiment: Experiment, whole: Rule, day: date, *, now: datetime) -> bool:
    running = plan.is_on and experiment.status(now) in {"running", "scheduled", "finished"}
    return running and whole.takes_place(day) and day == today(plan, experiment, now=now)


def _rows(session: Session, experiment_id: UUID) -> Sequence[Reminder]:
    return session.exec(
        select(Reminder).where(Reminder.experiment_id == experiment_id).order_by(Reminder.at)
    ).all()


def _from(whole: Rule, at: time, after: datetime, was: datetime | None) -> Due | None:
    """The next one after `after`, or the one that is due at `was` and has not been fired."""
    if was is not None and after == was:
        overdue = recurrence.next_due(whole, at, was - recurrence.WINDOW)
        if overdue is not None and overdue.at <= was:
            return overdue
    return recurrence.next_due(whole, at, after)


def _again(row: Reminder, whole: Rule) -> Due | None:
    """What somebody asked for once more, where it still stands."""
    if row.turn == 0 or row.next_due_at is None or row.next_day is None or row.stale_at is None:
        return None
    return Due(row.next_day, row.next_due_at, row.stale_at) if whole.takes_place(row.next_day) else None


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
    plan: ReminderPlan, experiment: Experiment, times: list[str], coming: datetime | None, *, now: datetime
) -> RemindersPublic:
    here = today(plan, experiment, now=now)
    return RemindersPublic(
        revision=plan.revision,
        on=plan.is_on,
        times=times,
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
