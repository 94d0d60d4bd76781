"""Recovery codes: ten, each good once, kept as keyed hashes. The way back in where there is no e-mail address."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, col

from app.core import security
from app.core.vault import Vault
from app.models.accounts import RecoveryCode

HOW_MANY = 10


def renew(session: Session, vault: Vault, account_id: UUID) -> list[str]:
    """Ten fresh codes, shown this once; the earlier ones are gone."""
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.account_id) == account_id))
    codes = [security.new_recovery_code() for _ in range(HOW_MANY)]
    rows = [
        {"id": uuid4(), "account_id": account_id, "code_hash": _hash(vault, account_id, code), "used_at": None}
        for code in codes
    ]
    session.execute(insert(RecoveryCode), rows)
    return codes


def spend(session: Session, vault: Vault, account_id: UUID, typed: str, *, now: datetime) -> bool:
    """Use one code up. False where it is not one of this account's, or was used; of two at once one gets it."""
    spent = (
        update(RecoveryCode)
        .where(
            col(RecoveryCode.account_id) == account_id,
            col(RecoveryCode.code_hash) == _hash(vault, account_id, typed),
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=now)
        .returning(col(RecoveryCode.id))
    )
    return session.execute(spent).one_or_none() is not None


def left(session: Session, account_id: UUID) -> int:
    """How many codes are still good."""
    unused = select(func.count(col(RecoveryCode.id))).where(
        col(RecoveryCode.account_id) == account_id, col(RecoveryCode.used_at).is_(None)
    )
    return int(session.execute(unused).scalar_one())


def _hash(vault: Vault, account_id: UUID, typed: str) -> str:
    plain = "".join(char for char in typed.casefold() if char.isalnum())
    return vault.blind_index("recovery_code", f"{account_id}|{plain}")
