"""The brake on guessing: counts kept in the database, so that workers share them and a restart forgets nothing.

A count is found by a keyed hash of what was tried (a name, a name from one address, an account), for names that
exist and names that do not alike. `claim` runs in a transaction of its own that is committed before any password
is looked at; `take_back` undoes it once the attempt has succeeded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import case, delete, literal, select, update
from sqlmodel import Session, col

from app.core.db import upserting
from app.core.vault import Vault
from app.domain.attempts import (
    ANY_NAME,
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
from app.models.base import UtcDateTime
from app.models.login_sessions import SignInAttempts

PRUNED_AT_ONCE = 100
Door = Literal["sign-in", "recovery"]


@dataclass(frozen=True)
class Limit:
    """One count: its row, and what it allows."""

    key_hash: str
    allowance: Allowance


@dataclass(frozen=True)
class Claimed:
    """One attempt in one count: how that stood before, and with it."""

    limit: Limit
    before: Count
    after: Count


def for_name(vault: Vault, door: Door, name: str, address: str, device: str | None) -> tuple[Limit, ...]:
    """The counts of a name (as `names.lookup` gives it) at one door.

    `device`: the mark of a browser that is known with this name (`known_devices.find`). It has a count of its own
    and no other: whatever is tried elsewhere, also behind the same address, does not keep it waiting.
    A recovery code cannot be guessed (59 bits, a hash for each try), so tries from elsewhere do not count there:
    it is the way in for the owner of a name that somebody guesses at, on a device that is not known.
    """
    if device is not None:
        return (Limit(vault.blind_index(f"attempts:{door}:device", f"{device}|{name}"), FROM_ONE_ADDRESS),)
    here = Limit(vault.blind_index(f"attempts:{door}:address", f"{address}|{name}"), FROM_ONE_ADDRESS)
    any_name = Limit(vault.blind_index("attempts:address", address), ANY_NAME)
    if door == "recovery":
        return (here, any_name)
    return (Limit(vault.blind_index(f"attempts:{door}", name), FROM_ANYWHERE), here, any_name)


def for_account(vault: Vault, account_id: UUID) -> tuple[Limit, ...]:
    """The count of somebody who is signed in and is asked for the password again."""
    return (Limit(vault.blind_index("attempts:confirm", str(account_id)), FROM_ONE_ADDRESS),)


def for_codes(vault: Vault, account_id: UUID) -> tuple[Limit, ...]:
    """The count of invitation codes that somebody looks up; success does not take it back."""
    return (Limit(vault.blind_index("attempts:code", str(account_id)), NEW_ACCOUNTS),)


def for_visitors_codes(vault: Vault, address: str) -> tuple[Limit, ...]:
    """The count of invitation codes that are tried from one address without being signed in; not taken back."""
    return (Limit(vault.blind_index("attempts:code:address", address), NEW_ACCOUNTS),)


def for_new_accounts(vault: Vault, address: str) -> tuple[Limit, ...]:
    """The count of accounts made without an invitation from one address; success does not take it back."""
    return (Limit(vault.blind_index("attempts:sign-up", address), NEW_ACCOUNTS),)


def claim(session: Session, limits: Sequence[Limit], *, now: datetime) -> list[Claimed]:
    """Count one attempt against every limit, or raise `SlowDown` and count nothing.

    Safe against any number at once: each row is locked by an upsert, in one order everywhere (no deadlock).
    """
    insert = upserting(session.get_bind().dialect)
    row = SignInAttempts
    counts: list[tuple[Limit, Count]] = []
    for limit in sorted(limits, key=lambda each: each.key_hash):
        fresh = insert(row).values(
            key_hash=limit.key_hash, failures=0, last_at=now, blocked_until=now - FORGET_AFTER
        )
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
    claimed = [Claimed(limit, count, counted(count, limit.allowance, now)) for limit, count in counts]
    for each in claimed:
        more = each.after
        session.execute(
            update(row)
            .where(col(row.key_hash) == each.limit.key_hash)
            .values(failures=more.failures, last_at=more.last_at, blocked_until=more.blocked_until)
        )
    _prune(session, now)
    return claimed


def take_back(session: Session, claimed: Sequence[Claimed]) -> None:
    """The attempt succeeded: the counts of its sender stand as if it had not been made.

    Nothing that others tried is forgiven by it, and who tried meanwhile waits as long as they were told.
    """
    row = SignInAttempts
    for each in claimed:  # in the order in which `claim` locked them
        if not each.limit.allowance.taken_back:
            continue
        mine = col(row.blocked_until) == each.after.blocked_until
        before = literal(each.before.blocked_until, UtcDateTime)
        session.execute(
            update(row)
            .where(col(row.key_hash) == each.limit.key_hash, col(row.failures) > 0)
            .values(
                failures=row.failures - 1,
                blocked_until=case((mine, before), else_=col(row.blocked_until)),
            )
        )


def clear(session: Session, limits: Sequence[Limit]) -> None:
    """Start again at nought. Only for counts that nobody but their owner can see."""
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
