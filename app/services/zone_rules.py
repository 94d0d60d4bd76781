"""The queue after the rules of time zones have changed: a country moves its clocks, and the package says so.

What is queued is an instant, worked out by the rules of that day. Each plan says which edition that was; a worker
that starts under another one first looks up anew when the queued day's reminder comes. The day stays: what is owed
still comes, by the right clock, and what was fired is not touched.
"""

from uuid import UUID

from sqlalchemy import or_
from sqlmodel import Session, col, select

from app.core import schema
from app.core.logging import hashed_id, log
from app.domain import recurrence, schedule
from app.models.experiments import Experiment
from app.models.reminders import Reminder, ReminderPlan
from app.services import reminders

BATCH = 50
FIRST = UUID(int=0)


def catch_up(session: Session, after: UUID) -> UUID | None:
    """One batch of the plans behind `after` that were queued by other rules. Returns the last of it, None where
    there is no more. Workers that start together take turns."""
    schema.one_at_a_time(session.connection())
    queued = select(Reminder.id).where(
        col(Reminder.experiment_id) == col(ReminderPlan.experiment_id), col(Reminder.next_due_at).is_not(None)
    )
    edition = schedule.edition()
    found = session.exec(
        select(ReminderPlan, Experiment)
        .join(Experiment, col(Experiment.id) == col(ReminderPlan.experiment_id))
        .where(
            col(ReminderPlan.experiment_id) > after,
            or_(col(ReminderPlan.zone_rules).is_(None), col(ReminderPlan.zone_rules) != edition),
            queued.exists(),
        )
        .order_by(col(ReminderPlan.experiment_id))
        .limit(BATCH)
        .with_for_update(of=ReminderPlan)
    ).all()
    for plan, experiment in found:
        try:
            _queue_anew(session, plan, experiment)
        except Exception as error:  # one that cannot be worked out must not keep everybody else's
            log.error("zone-rules", row=hashed_id(plan.experiment_id.hex), kind=type(error).__name__)
        plan.zone_rules = edition
        session.add(plan)
    session.flush()
    return found[-1][0].experiment_id if found else None


def _queue_anew(session: Session, plan: ReminderPlan, experiment: Experiment) -> None:
    rows = reminders.rows_of(session, experiment.id, lock=True)
    whole = reminders.rule(plan, experiment)
    if whole is None:
        return
    for row in rows:
        # What was asked for once more comes an hour after that, whatever clocks show by then.
        if row.next_day is not None and row.next_day != row.again_on:
            reminders.arm(row, recurrence.due_on(whole, row.next_day, schedule.clock_time(row.at)))
            session.add(row)
