"""The reminders as a calendar, by a secret address: made, taken back, read by whatever fetches it."""

from datetime import datetime

from sqlmodel import Session, col, select

from app.core import security
from app.core.row_security import acts_for
from app.domain import lifecycle
from app.domain.access import Person
from app.domain.errors import NotFound
from app.models.accounts import Account
from app.models.calendar_feeds import CalendarFeed, CalendarFeedMade, CalendarFeedPublic
from app.models.experiments import Experiment
from app.models.reminders import ReminderPlan
from app.rendering import ics
from app.services import reminders
from app.services.paces import Pace


def get(session: Session, person: Person) -> CalendarFeedPublic:
    row = session.get(CalendarFeed, person.id)
    return CalendarFeedPublic(created_at=row.created_at if row else None)


def make(session: Session, person: Person, origin: str, *, now: datetime) -> CalendarFeedMade:
    """A new address. The one before it is nobody's from now on."""
    # Of two who make one at once the second replaces what the first made.
    session.exec(select(Account.id).where(Account.id == person.id).with_for_update()).one()
    revoke(session, person)
    token = security.new_token()
    session.add(CalendarFeed(account_id=person.id, token_hash=security.token_hash(token), created_at=now))
    session.flush()
    return CalendarFeedMade(url=f"{origin}/calendar/{token}.ics", created_at=now)


def revoke(session: Session, person: Person) -> None:
    row = session.get(CalendarFeed, person.id)
    if row is not None:
        session.delete(row)
        session.flush()


def read(session: Session, pace: Pace, token: str, *, now: datetime) -> list[ics.Entry]:
    """What a calendar fetches: the hours of fortnights that are not over, under a neutral title. Raises `NotFound`
    for every address that is nobody's, and `SlowDown` for one that is asked for all the time."""
    found = session.execute(
        select(CalendarFeed, acts_for(col(CalendarFeed.account_id))).where(
            col(CalendarFeed.token_hash) == security.token_hash(token)
        )
    ).one_or_none()
    if found is None:
        raise NotFound()
    feed: CalendarFeed = found[0]
    # Only addresses that are somebody's have a count: what is nobody's is answered alike, however often.
    pace.take(feed.token_hash, now=now)
    mine = select(ReminderPlan, Experiment).join(Experiment).where(ReminderPlan.account_id == feed.account_id)
    mine = mine.order_by(col(ReminderPlan.experiment_id))
    return [
        entry
        for plan, experiment in session.exec(mine).all()
        if plan.is_on and experiment.paused_at is None and experiment.status(now) in lifecycle.OPEN
        for entry in _entries(session, plan, experiment)
    ]


def _entries(session: Session, plan: ReminderPlan, experiment: Experiment) -> list[ics.Entry]:
    rows = reminders.rows_of(session, experiment.id)
    whole = reminders.rule(plan, experiment)
    return [] if whole is None else [ics.Entry(row.id.hex, row.at, plan.words, whole) for row in rows]
