"""Somebody close to a client says yes to being let read. It shares nothing: that is the client's to choose, and to
confirm, once they see who said yes (SECURITY.md, T34)."""

from datetime import datetime

from sqlmodel import Session

from app.core.vault import DataKey, Vault
from app.domain.access import Person
from app.models.sharings import ClientPublic, SupportCreate
from app.services import client_lists, pairings, sharings


def accept(
    session: Session, vault: Vault, person: Person, key: DataKey, body: SupportCreate, *, now: datetime
) -> ClientPublic:
    """A supporter's yes, which uses the invitation up. Raises `NotFound` for one that is not good.

    Said again to the same client it changes how the client sees them, and nothing of what is shared.
    """
    met = pairings.use(session, vault, person, body.code, now=now)
    two = sharings.Two(client=met.key, reader=key, called=met.name, name=body.name)
    sharing = sharings.between(session, met.inviter.id, person.id, met.role, two, now=now)
    return client_lists.line(sharing, key, now=now)
