"""What clients share, as a therapist or a supporter reads it. Not shared, not any more, paused, or not theirs: 404
alike."""

from uuid import UUID

from fastapi import APIRouter

from app.api.deps import CurrentReader, CurrentTherapist, HouseDep, Now, OwnKey, SessionDep
from app.api.visitors import ConfirmingSupporter
from app.core.db import unit_of_work
from app.models.sharings import (
    ClientPagePublic,
    ClientPublic,
    SessionDates,
    SharedPublic,
    StandingPublic,
    SupportCreate,
)
from app.services import accounts, client_lists, client_sessions, pairings, shared_pages, supporting

router = APIRouter(prefix="/api/clients", tags=["clients"])


@router.get("")
def list_clients(house: HouseDep, person: CurrentReader, key: OwnKey, now: Now) -> list[ClientPublic]:
    """Whoever shares something with me, or did, or may."""
    return client_lists.list_clients(house.engine, person, key, now=now)


@router.post("", status_code=201)
def accept_client(house: HouseDep, person: ConfirmingSupporter, now: Now, body: SupportCreate) -> ClientPublic:
    """My yes to somebody who asked me to be their supporter. It uses the invitation up, and shares nothing."""
    pairings.slowly(house, person, body.code, now=now)
    key = accounts.data_key(house.vault, person)
    with unit_of_work(house.engine) as session:
        return supporting.accept(session, house.vault, person, key, body, now=now)


@router.get("/{sharing_id}")
def get_client(
    house: HouseDep, person: CurrentReader, key: OwnKey, now: Now, sharing_id: UUID
) -> ClientPagePublic:
    """What one client shares, the newest fortnight whole. The client sees that it was opened."""
    return shared_pages.page(house, person, key, sharing_id, now=now)


@router.get("/{sharing_id}/fortnights/{experiment_id}")
def get_client_fortnight(
    house: HouseDep, person: CurrentReader, now: Now, sharing_id: UUID, experiment_id: UUID
) -> SharedPublic:
    """One of their fortnights, whole. The client sees that it was opened."""
    return shared_pages.fortnight(house, person, sharing_id, experiment_id, now=now)


@router.get("/{sharing_id}/standing")
def check_client(house: HouseDep, person: CurrentReader, now: Now, sharing_id: UUID) -> StandingPublic:
    """Whether it is still shared, and is what an open page shows: it asks every few seconds."""
    return shared_pages.standing(house, person, sharing_id, now=now)


@router.put("/{sharing_id}/session", status_code=204)
def note_session(
    session: SessionDep, person: CurrentTherapist, key: OwnKey, now: Now, sharing_id: UUID, body: SessionDates
) -> None:
    """When we meet next. My own note: the client is not told."""
    client_sessions.note(session, person, key, sharing_id, body, now=now)
