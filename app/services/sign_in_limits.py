"""The brake on guessing: counts kept in the database, so that workers share them and a restart forgets nothing.

A count is found by a keyed hash of what was tried (a name, a name from one address, an account), for names that
exist and names that do not alike. `claim` runs in a transaction of its own that is committed before any password
is looked at; `clear` takes the counts back once the attempt has succeeded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col

from app.core.vault import Vault
from app.domain.attempts import (
    FORGET_AFTER,
    FROM_ANYWHERE,
    FROM_ONE_ADDRESS,
    NEW_ACCOUNTS,
    Allowance,
    Count,
    counted,
    wait,
)
from app.domain.errors import SlowDown
from app.models.login_sessions import SignInAttempts

PRUNED_AT_ONCE = 100


@dataclass(frozen=True, order=True)
class Limit:
    """One count: its row, and what it allows."""

    key_hash: str
    allowance: Allowance


def for_name(vault: Vault, door: str, name: str, address: str) -> tuple[Limit, ...]:
    """The two counts of a name (as `names.lookup` gives it) at one door: "sign-in" or "recovery"."""
    return (
        Limit(vault.blind_index(f"attempts:{door}", name), FROM_ANYWHERE),
        Limit(vault.blind_index(f"attempts:{door}:address", f"{address}|{name}"), FROM_ONE_ADDRESS),
    )


def for_account(vault: Vault, account_id: UUID) -> tuple[Limit, ...]:
    """The count of somebody who is signed in and is asked for the password again."""
    return (Limit(vault.blind_index("attempts:confirm", str(account_id)), FROM_ONE_ADDRESS),)


def for_new_accounts(vault: Vault, address: str) -> tuple[Limit, ...]:
    """The count of accounts made without an invitation from one address; success does not take it back."""
    return (Limit(vault.blind_index("attempts:sign-up", address), NEW_ACCOUNTS),)


def claim(session: Session, limits: Sequence[Limit], *, now: datetime) -> None:
    """Count one attempt against every limit, or raise `SlowDown` and count nothing.

    Safe against any number at once: each row is locked by an upsert, in one order everywhere (no deadlock).
    """
    # Both dialects spell the upsert alike; the types of one stand for both.
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    row = SignInAttempts
    counts: list[tuple[Limit, Count]] = []
    for limit in sorted(limits, key=lambda each: each.key_hash):
        fresh = insert(row).values(key_hash=limit.key_hash, failures=0, last_at=now, blocked_until=now)
        locked = fresh.on_conflict_do_update(
            index_elements=[col(row.key_hash)], set_={"key_hash": fresh.excluded.key_hash}
        )
        found = session.execute(
            locked.returning(col(row.failures), col(row.last_at), col(row.blocked_until))
        ).one()
        counts.append((limit, Count(found.failures, found.last_at, found.blocked_until)))
    longest = max(wait(count, now) for _, count in counts)
    if longest:
        raise SlowDown(retry_after=longest)
    for limit, count in counts:
        more = counted(count, limit.allowance, now)
        session.execute(
            update(row)
            .where(col(row.key_hash) == limit.key_hash)
            .values(failures=more.failures, last_at=more.last_at, blocked_until=more.blocked_until)
        )
    _prune(session, now)


def clear(session: Session, limits: Sequence[Limit]) -> None:
    """The attempt succeeded: start again at nought."""
    for limit in sorted(limits, key=lambda each: each.key_hash):
        session.execute(delete(SignInAttempts).where(col(SignInAttempts.key_hash) == limit.key_hash))


def _prune(session: Session, now: datetime) -> None:
    """Names that nobody has tried for a day leave no row. Never waits for a row that another attempt holds."""
    old = (
        select(col(SignInAttempts.key_hash))
        .where(col(SignInAttempts.last_at) <= now - FORGET_AFTER)
        .limit(PRUNED_AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    gone = delete(SignInAttempts).where(col(SignInAttempts.key_hash).in_(old.scalar_subquery()))
    session.execute(gone, execution_options={"synchronize_session": False})
