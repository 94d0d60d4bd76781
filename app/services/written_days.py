"""Which days have a check-in already, for several people at once: a reminder of those would only be in the way."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select, tuple_
from sqlmodel import Session, col

from app.core.logging import hashed_id, log
from app.core.vault import KeyMissing, SealBroken, Vault
from app.models.check_ins import CheckIn
from app.services.check_ins import is_answer, place


class Asked(NamedTuple):
    """A day of somebody's fortnight, and their key, still wrapped."""

    account_id: UUID
    kek_id: str
    wrapped_key: bytes
    experiment_id: UUID
    day: date


def answered(session: Session, vault: Vault, asked: Sequence[Asked]) -> set[tuple[UUID, date]]:
    """Those that have an answer. A day that was emptied again is not logged; one that does not open is: somebody
    wrote it, and is not asked again."""
    if not asked:
        return set()
    keys = {(each.experiment_id, each.day): each for each in asked}
    days = [(experiment_id, day.isoformat()) for experiment_id, day in keys]
    rows = session.execute(
        select(col(CheckIn.experiment_id), col(CheckIn.day), col(CheckIn.revision), col(CheckIn.sealed))
        .where(tuple_(col(CheckIn.experiment_id), col(CheckIn.day)).in_(days))
        .order_by(col(CheckIn.revision))
    )
    newest = {(row[0], date.fromisoformat(row[1])): (row[2], row[3]) for row in rows}
    return {key for key, (revision, sealed) in newest.items() if has_answer(vault, keys[key], revision, sealed)}


def has_answer(vault: Vault, asked: Asked, revision: int, sealed: bytes) -> bool:
    """Whether this revision of the day answers anything; one that does not open counts as answered."""
    where = place(asked.experiment_id, asked.day, revision)
    try:
        key = vault.unwrap(asked.kek_id, bytes(asked.wrapped_key), str(asked.account_id))
        return any(is_answer(name, value) for name, value in key.open(bytes(sealed), where).items())
    except (SealBroken, KeyMissing):
        log.error("unreadable", table="check_in", row=hashed_id(where))
        return True
