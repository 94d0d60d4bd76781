"""What a reader sees of one client: the newest fortnight whole, and each earlier one when it is opened.

Both are read through a session that sees nothing but what is shared with this reader (`shared_rows.shared_only`).
A consent that ends between two statements leaves them empty, and that is answered as if it had never been.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Engine, update
from sqlmodel import Session, col

from app.core import security
from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain import lifecycle
from app.domain.access import Person
from app.domain.errors import NotFound
from app.domain.since import since
from app.models.sharings import ClientPagePublic, EarlierPublic, Reading, SharedPublic, StandingPublic
from app.services import (
    client_sessions,
    plans,
    reviews,
    session_pages,
    shared_rows,
    shared_views,
    sharing_names,
    sharings,
    visits,
)
from app.services.house import House
from app.services.plans import Sealed
from app.services.shared_rows import Found
from app.services.shared_views import Shared

ONE_OPENING = timedelta(minutes=10)
"""Openings that follow each other so closely are one."""


def page(house: House, person: Person, key: DataKey, sharing_id: UUID, *, now: datetime) -> ClientPagePublic:
    """What one client shares. Raises `NotFound` where that is nothing, whatever the reason."""
    with shared_rows.shared_only(house.engine, person, sharing_id, now=now) as session:
        found = shared_rows.readable(session, person, sharing_id, now=now)
        newest, theirs = found[0], found[0].key(house)
        shown = _shown(session, house, newest, theirs, now=now)
        opened = _open(found, theirs)
        stamp = _stamp(session, opened, now=now)
    note_reading(house.engine, newest.consent.id, now=now)
    about = sharing_names.about(newest.sharing, key)
    met = client_sessions.meetings(about, now=now)
    new = since(shown.report, met.last_on, ended_on=shown.ended_on) if met.last_on else ()
    return ClientPagePublic(
        id=sharing_id,
        called=about["called"],
        stamp=stamp,
        next_session_on=met.next_on,
        last_session_on=met.last_on,
        since=shared_views.said(new),
        newest=shared_views.public(shown),
        earlier=[_earlier(each, sealed, now=now) for each, sealed in opened[1:]],
    )


def fortnight(
    house: House, person: Person, sharing_id: UUID, experiment_id: UUID, *, now: datetime
) -> SharedPublic:
    """One of them, whole. Raises `NotFound` where it is not shared, whatever the reason."""
    with shared_rows.shared_only(house.engine, person, sharing_id, now=now) as session:
        [found] = shared_rows.readable(session, person, sharing_id, now=now, experiment_id=experiment_id)
        shown = _shown(session, house, found, found.key(house), now=now)
    note_reading(house.engine, found.consent.id, now=now)
    return shared_views.public(shown)


def standing(house: House, person: Person, sharing_id: UUID, *, now: datetime) -> StandingPublic:
    """Whether something is shared, and whether an open page shows it: what such a page asks every few seconds.
    Raises `NotFound` where nothing is."""
    with shared_rows.shared_only(house.engine, person, sharing_id, now=now) as session:
        found = shared_rows.readable(session, person, sharing_id, now=now)
        return StandingPublic(stamp=_stamp(session, _open(found, found[0].key(house)), now=now))


def _shown(session: Session, house: House, found: Found, key: DataKey, *, now: datetime) -> Shared:
    return shared_views.read(
        session,
        found.experiment,
        key,
        house.thresholds,
        sharings.scope_of(found.consent),
        sharings.reader_of(found.sharing),
        now=now,
        doses_now=sharings.doses_now(found.consent, now),
    )


def _open(found: Sequence[Found], key: DataKey) -> list[tuple[Found, Sealed]]:
    """Each with what is sealed of it. All are of one client, under one key."""
    return [(each, plans.look(each.experiment, key).sealed) for each in found]


def _stamp(session: Session, opened: Sequence[tuple[Found, Sealed]], *, now: datetime) -> str:
    """Another one when a consent, a cover, a conclusion or a visit that is shared or a session page that is shown
    is another one. What is not shared leaves no trace in it: whoever watches it would learn that something was
    written. (Of a conclusion and a visit that are not, this session knows nothing.)"""
    fortnights = [each.experiment.id for each, _ in opened]
    concluded, visited = reviews.revisions(session, fortnights), visits.revisions(session, fortnights)
    told = [
        (
            each.consent.id.hex,
            sharings.doses_now(each.consent, now),
            sealed.covered and each.experiment.status(now) in lifecycle.ENDED,
            concluded.get(each.experiment.id),
            visited.get(each.experiment.id),
        )
        for each, sealed in opened
    ]
    told_of_sessions = session_pages.stamp(session, opened[0][0].sharing)
    return security.token_hash(repr((told_of_sessions, told)))[:16]


def _earlier(found: Found, sealed: Sealed, *, now: datetime) -> EarlierPublic:
    """No word of the client's: those are read when it is opened, and then the client is told."""
    experiment = found.experiment
    assert experiment.start_on is not None and experiment.window is not None  # noqa: S101 - it was started
    dated = plans.counted_from(sealed) is None
    return EarlierPublic(
        id=experiment.id,
        start_on=experiment.start_on if dated else None,
        last_on=experiment.window.last_on if dated else None,
        length_days=experiment.length_days,
        ended=experiment.status(now) in lifecycle.ENDED,
    )


def note_reading(engine: Engine, consent_id: UUID, *, now: datetime) -> None:
    """For the client: this was opened. One row for openings that follow each other closely.

    Between the reading and the answer: what nobody is told of is not shown, and a consent that ended meanwhile
    lets nothing through (`NotFound`).
    """
    with unit_of_work(engine) as session:
        if not shared_rows.may_still_read(session, consent_id, now=now):
            raise NotFound()
        lately = (col(Reading.consent_id) == consent_id, col(Reading.last_at) > now - ONE_OPENING)
        going_on = update(Reading).where(*lately).values(last_at=now)
        if not session.scalars(going_on.returning(col(Reading.id))).first():
            session.add(Reading(id=uuid4(), consent_id=consent_id, read_at=now, last_at=now))
