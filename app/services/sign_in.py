"""Signing in, by password or by recovery code, without telling anybody whether a name exists.

Both doors do the same for every name: count the attempt (committed before anything is looked at), read, hash once,
and give one answer to everything that does not fit. The tests count hashes and statements per branch. A success
leaves no trace in the counts that others can see (`sign_in_limits.take_back`).
"""

from datetime import datetime
from uuid import UUID

from app.core.db import unit_of_work
from app.domain import names
from app.domain.errors import NotSignedIn
from app.models.accounts import AccountPublic
from app.models.login_sessions import Recovered, Recovery, SignIn
from app.services import accounts, known_devices, login_sessions, passwords, recovery_codes, sign_in_limits
from app.services.accounts import Visitor
from app.services.house import House
from app.services.login_sessions import Started

NOBODY = UUID(int=0)


def enter(house: House, wanted: SignIn, visitor: Visitor, *, now: datetime) -> tuple[AccountPublic, Started]:
    """A new session for the right name and password. Raises `NotSignedIn` (one code for both), `SlowDown`.

    The session that the visitor's cookie stood for ends: a token never outlives a sign-in.
    """
    limits = _limits(house, "sign-in", wanted.sign_in, visitor, now)
    with unit_of_work(house.engine) as session:
        claimed = sign_in_limits.claim(session, limits, now=now)
        known = accounts.by_name(session, house.vault, wanted.sign_in)
    if not passwords.fits(wanted.password, known.password_hash if known else None) or known is None:
        raise NotSignedIn("wrong-sign-in")
    newer = passwords.renewed(wanted.password, known.password_hash)
    with unit_of_work(house.engine) as session:
        account = accounts.locked(session, known.id, known.password_hash)
        if account is None:
            raise NotSignedIn("wrong-sign-in")
        sign_in_limits.take_back(session, claimed)
        if newer is not None:
            account.password_hash = newer
            session.add(account)
        if visitor.token:
            login_sessions.end_by_token(session, visitor.token)
        key = accounts.data_key(house.vault, account)
        started = login_sessions.start(session, account, key, visitor.user_agent, now=now)
        return accounts.public(key, account), started


def recover(house: House, wanted: Recovery, visitor: Visitor, *, now: datetime) -> tuple[Recovered, Started]:
    """A new password and a new session for a name and one of its codes; every other session ends.

    Raises `Invalid` (the new password), `SlowDown`; `NotSignedIn` for unknown name, wrong and used code alike.
    """
    limits = _limits(house, "recovery", wanted.sign_in, visitor, now)
    with unit_of_work(house.engine) as session:
        claimed = sign_in_limits.claim(session, limits, now=now)
    # The new password is measured against the name as typed, so that its rules say nothing about who exists.
    new_hash = passwords.hashed(wanted.new_password, wanted.sign_in, field="new_password")
    with unit_of_work(house.engine) as session:
        known = accounts.by_name(session, house.vault, wanted.sign_in)
        spent = recovery_codes.spend(
            session, house.vault, known.id if known else NOBODY, wanted.recovery_code, now=now
        )
        if known is None or not spent:
            raise NotSignedIn("wrong-recovery")
        known.password_hash = new_hash
        session.add(known)
        sign_in_limits.take_back(session, claimed)
        left = recovery_codes.left(session, known.id)
        account, started = accounts.restarted(session, house, known, visitor, now=now)
        return Recovered(account=account, codes_left=left), started


def _limits(
    house: House, door: sign_in_limits.Door, typed: str, visitor: Visitor, now: datetime
) -> tuple[sign_in_limits.Limit, ...]:
    device = known_devices.find(house.vault, visitor.known, typed, now=now)
    return sign_in_limits.for_name(house.vault, door, names.lookup(typed), visitor.address, device)
