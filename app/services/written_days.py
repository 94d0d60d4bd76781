"""Which days have a check-in already, for several people at once: a reminder of those would only be in the way."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import tuple_
from sqlmodel import Session, col

from app.core.logging import hashed_id, log
from app.core.vault import KeyMissing, SealBroken, Vault
from app.models.check_ins import CheckIn
from app.services.check_ins import newest, opened, place, says_anything


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
    theirs = {(each.experiment_id, each.day.isoformat()): each for each in asked}
    rows = session.execute(newest(tuple_(col(CheckIn.experiment_id), col(CheckIn.day)).in_(theirs)))
    return {
        (row.experiment_id, date.fromisoformat(row.day))
        for row, *_ in rows
        if has_answer(vault, theirs[row.experiment_id, row.day], row.revision, row.sealed)
    }


def has_answer(vault: Vault, asked: Asked, revision: int, sealed: bytes) -> bool:
    """Whether this revision of the day answers anything; one that does not open counts as answered."""
    where = place(asked.experiment_id, asked.day, revision)
    try:
        key = vault.unwrap(asked.kek_id, bytes(asked.wrapped_key), str(asked.account_id))
    except (SealBroken, KeyMissing):
        log.error("unreadable", table="account", row=hashed_id(asked.account_id.hex))
        return True
    payload, unreadable = opened(bytes(sealed), key, where)
    return unreadable or says_anything(payload)
