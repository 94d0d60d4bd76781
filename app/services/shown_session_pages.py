"""What a therapist sees of the pages that a client wrote for sessions: those that the client shows, while
something is shared with this therapist. For a supporter there are none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlmodel import col

from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain.access import Person
from app.domain.errors import NotFound
from app.domain.session_pages import current
from app.models.accounts import Account
from app.models.session_pages import (
    Agenda,
    Check,
    SessionPage,
    ShownAgenda,
    ShownCheck,
    ShownSessionPages,
)
from app.models.sharings import Consent, Sharing
from app.services import session_pages, sharings
from app.services.house import House
from app.services.session_pages import Opened
from app.services.shared_pages import note_reading


@dataclass(frozen=True)
class _Read:
    consent_id: UUID
    key: DataKey
    rows: Sequence[SessionPage]


def get(house: House, person: Person, sharing_id: UUID, *, now: datetime) -> ShownSessionPages:
    """Raises `NotFound` where nothing is shared, whatever the reason. The client sees that they were opened."""
    read = _read(house, person, sharing_id, now=now)
    note_reading(house.engine, read.consent_id, now=now)
    opened = [session_pages.open_page(row, read.key) for row in read.rows]
    listed = [(each, session_pages.listed(each, now=now)) for each in opened]
    # Which list is the next is told from what is shown: a new one that is not is nobody's business.
    coming = current([found for _, found in listed if found])
    lists = [each for each in opened if isinstance(each.said, Agenda)]
    return ShownSessionPages(
        agenda=next((_agenda(each) for each in lists if each.row.number == coming), None),
        earlier=[_agenda(each) for each in reversed(lists) if each.row.number != coming],
        checks=sorted(
            (_check(each) for each in opened if isinstance(each.said, Check)), key=lambda check: check.session_on
        ),
    )


def _read(house: House, person: Person, sharing_id: UUID, *, now: datetime) -> _Read:
    """The pages with the consent they are read by, and what opens them: one statement. Raises `NotFound`."""
    shown = and_(
        col(SessionPage.sharing_id) == col(Sharing.id),
        col(SessionPage.shown_at).is_not(None),
        col(SessionPage.sealed).is_not(None),
    )
    newest = (
        select(col(Consent.id))
        .where(col(Consent.sharing_id) == col(Sharing.id), *sharings.holds(now))
        .order_by(col(Consent.given_at).desc(), col(Consent.id))
        .limit(1)
        .correlate(Sharing)
        .scalar_subquery()
    )
    with unit_of_work(house.engine, by=person.id, read_only=True) as session:
        found = session.execute(
            select(Sharing, SessionPage, newest, col(Account.kek_id), col(Account.wrapped_key))
            .join(Account, col(Account.id) == col(Sharing.client_id))
            .outerjoin(SessionPage, shown)
            .where(col(Sharing.id) == sharing_id, col(Sharing.reader_id) == person.id)
            .where(col(Sharing.role) == "therapist", newest.is_not(None))
            .order_by(col(SessionPage.kind), col(SessionPage.number))
        ).all()
    if not found:
        raise NotFound()
    sharing, _, consent_id, kek_id, wrapped_key = found[0]
    key = house.vault.unwrap(kek_id, wrapped_key, str(sharing.client_id))
    return _Read(consent_id, key, [page for _, page, *_ in found if page is not None])


def _agenda(opened: Opened) -> ShownAgenda:
    assert isinstance(opened.said, Agenda) and opened.row.shown_at  # noqa: S101 - by the statement above
    return ShownAgenda(lines=opened.said.lines, session_on=opened.said.session_on, shown_at=opened.row.shown_at)


def _check(opened: Opened) -> ShownCheck:
    assert isinstance(opened.said, Check)  # noqa: S101 - as above
    return ShownCheck(**opened.said.model_dump())
