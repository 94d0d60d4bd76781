"""When a therapist and a client meet next, as the therapist noted it: sealed with what the client is called."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from app.core.vault import DataKey
from app.domain import schedule
from app.domain.access import Person
from app.domain.errors import NotFound
from app.domain.meetings import Meetings
from app.models.sharings import SessionDates, Sharing
from app.services import sharing_names


def meetings(said: dict[str, Any], *, now: datetime) -> Meetings:
    """From what `Sharing.reader_sealed` opens to, as it stands on this day where it was noted."""
    return Meetings(_day(said.get("next_on")), _day(said.get("last_on"))).by(_today(said, now))


def note(
    session: Session, person: Person, key: DataKey, sharing_id: UUID, body: SessionDates, *, now: datetime
) -> None:
    """Note the next session. Raises `NotFound` for somebody else's client, `Invalid` (zone-unknown)."""
    today = schedule.local_day(now, body.zone, schedule.MIDNIGHT)
    theirs = select(Sharing).where(col(Sharing.id) == sharing_id, col(Sharing.reader_id) == person.id)
    sharing = session.scalar(theirs.with_for_update())
    if sharing is None:
        raise NotFound()
    place = sharing_names.reader_place(sharing)
    said = key.open(sharing.reader_sealed, place)
    noted = meetings(said, now=now).then(body.next_on, today)
    days = {"next_on": _iso(noted.next_on), "last_on": _iso(noted.last_on), "zone": body.zone}
    sharing.reader_sealed = key.seal({**said, **days}, place)
    session.add(sharing)
    session.flush()


def _today(said: dict[str, Any], now: datetime) -> date:
    return schedule.local_day(now, said.get("zone", "UTC"), schedule.MIDNIGHT)


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
