"""A reader's list: everybody who ever shared something with them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Engine, select
from sqlmodel import col

from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain import lifecycle, schedule
from app.domain.access import Person
from app.models.experiments import Experiment
from app.models.sharings import ClientPublic, Sharing
from app.services import client_sessions, shared_rows, sharing_names


def list_clients(engine: Engine, person: Person, key: DataKey, *, now: datetime) -> list[ClientPublic]:
    """Whom they meet next first, then by name; at the end where nothing is shared by now. Two statements."""
    with unit_of_work(engine, by=person.id, read_only=True) as session:
        known = session.scalars(select(Sharing).where(col(Sharing.reader_id) == person.id)).all()
        newest = shared_rows.newest_of_each(session, person, now=now)
    return sorted((_line(each, newest.get(each.id), key, now=now) for each in known), key=_order)


def line(each: Sharing, key: DataKey, *, now: datetime) -> ClientPublic:
    """Somebody of whom nothing is shared. A name that does not open hides itself and nobody else."""
    about = sharing_names.about_or_unnamed(each, key)
    return ClientPublic(
        id=each.id,
        called=about["called"],
        shared=False,
        day_number=None,
        length_days=None,
        ended=False,
        next_session_on=client_sessions.meetings(about, now=now).next_on,
    )


def _order(one: ClientPublic) -> tuple[bool, date, str, UUID]:
    return (not one.shared, one.next_session_on or date.max, one.called.casefold(), one.id)


def _line(each: Sharing, experiment: Experiment | None, key: DataKey, *, now: datetime) -> ClientPublic:
    nothing = line(each, key, now=now)
    window = experiment.window if experiment else None
    if experiment is None or window is None:
        return nothing
    today = schedule.local_day(now, experiment.zone, experiment.day_end)
    return nothing.model_copy(
        update={
            "shared": True,
            "day_number": window.number(today) if window.holds(today) else None,
            "length_days": experiment.length_days,
            "ended": experiment.status(now) in lifecycle.ENDED,
        }
    )
