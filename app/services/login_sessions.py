"""Login sessions: started, found by their token, kept alive by use, ended.

The token is 256 random bits; only its SHA-256 is stored, and a token that the server did not hand out is nobody's.
A session ends after a time without use and after a time in any case, by the server's clock (OWASP ASVS 5.0, 7.3).
"""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import String, bindparam, delete, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, col

from app.core import security
from app.core.catalogue import text
from app.core.db import is_full, unit_of_work
from app.core.group_commit import GroupWriter, Prepared
from app.core.logging import log
from app.core.row_security import acts_for
from app.core.vault import DataKey
from app.domain.access import Person, Role, check_believed, role_of
from app.domain.devices import Device, device
from app.domain.errors import NotFound, NotSignedIn
from app.models.accounts import Account
from app.models.base import instant_text
from app.models.login_sessions import LoginSession, LoginSessionPublic
from app.services.house import House, with_room

SEEN_EVERY = timedelta(minutes=5)
# Somebody who clears their browser each night has one more each day; a list that long helps nobody.
MOST = 50


@dataclass(frozen=True)
class Limits:
    """`idle` without use, `absolute` in any case."""

    idle: timedelta
    absolute: timedelta


LIMITS: dict[Role, Limits] = {
    "client": Limits(timedelta(days=90), timedelta(days=365)),
    "therapist": Limits(timedelta(hours=12), timedelta(hours=24)),
    # Somebody else's days are open to them, but they look now and then, at home.
    "supporter": Limits(timedelta(days=7), timedelta(days=30)),
}


@dataclass(frozen=True)
class Started:
    """A fresh session: the token for the cookie, and how long the cookie may live."""

    token: str
    lasts: timedelta


def start(session: Session, account: Account, key: DataKey, user_agent: str, *, now: datetime) -> Started:
    """A new session with a new token; those that are over are swept away, and the longest unused beyond fifty."""
    row = LoginSession
    latest = (
        select(col(row.id))
        .where(col(row.account_id) == account.id)
        .order_by(col(row.seen_at).desc(), col(row.id))
        .limit(MOST - 1)
    )
    gone = or_(col(row.idle_ends_at) <= now, col(row.ends_at) <= now, col(row.id).not_in(latest))
    session.execute(delete(row).where(col(row.account_id) == account.id, gone))
    limits = LIMITS[role_of(account.role)]
    token = security.new_token()
    session_id = uuid4()
    session.add(
        LoginSession(
            id=session_id,
            account_id=account.id,
            token_hash=security.token_hash(token),
            sealed=key.seal({"v": 1, **asdict(device(user_agent))}, _where(session_id)),
            created_at=now,
            seen_at=now,
            idle_ends_at=now + limits.idle,
            ends_at=now + limits.absolute,
        )
    )
    session.flush()
    return Started(token, limits.absolute)


def find(session: Session, token: str, believed: str | None = None, *, now: datetime) -> Person:
    """Whose session this is; the transaction acts for them from now on. Raises `NotSignedIn` for every other
    token: unknown, ended, over.

    `believed`: the account that the sender takes it for, where they said so; another one is `other-account`.
    """
    found = session.execute(_FIND, {"token_hash": security.token_hash(token), "now": now}).one_or_none()
    if found is None:
        raise NotSignedIn()
    check_believed(believed, found.account_id.hex)
    return Person(
        id=found.account_id,
        role=found.role,
        session_id=found.id,
        seen_at=found.seen_at,
        kek_id=found.kek_id,
        wrapped_key=found.wrapped_key,
        confirmed_at=found.confirmed_at or found.created_at,
    )


_FIND = (
    select(
        col(LoginSession.id),
        col(LoginSession.account_id),
        col(LoginSession.seen_at),
        col(LoginSession.created_at),
        col(LoginSession.confirmed_at),
        col(Account.role),
        col(Account.kek_id),
        col(Account.wrapped_key),
        acts_for(col(Account.id)),
    )
    .join(Account, col(Account.id) == col(LoginSession.account_id))
    .where(
        col(LoginSession.token_hash) == bindparam("token_hash"),
        col(LoginSession.idle_ends_at) > bindparam("now"),
        col(LoginSession.ends_at) > bindparam("now"),
    )
)


def keep_alive(writer: GroupWriter, dialect: Any, person: Person, *, now: datetime) -> None:
    """Note that the session is in use, at most once in five minutes. Nobody waits for it.

    Handed to the writer thread, because a reading request has no transaction to write in.
    """
    if now - person.seen_at < SEEN_EVERY:
        return
    values = {
        "session": person.session_id.hex,
        "seen": instant_text(now),
        "idle_ends": instant_text(now + LIMITS[person.role].idle),
    }
    statement = Prepared(_KEEP_ALIVE, dialect)
    writer.submit(lambda cursor: statement.run(cursor, values))


# An idle limit beyond the absolute one does no harm: `find` asks for both.
_KEEP_ALIVE = (
    update(LoginSession)
    .where(
        col(LoginSession.id) == bindparam("session"), col(LoginSession.seen_at) < bindparam("seen", type_=String)
    )
    .values(seen_at=bindparam("seen", type_=String), idle_ends_at=bindparam("idle_ends", type_=String))
)


def confirm(session: Session, person: Person, *, now: datetime) -> None:
    """The password was said again, by whoever sits at this device."""
    mine = update(LoginSession).where(col(LoginSession.id) == person.session_id)
    session.execute(mine.values(confirmed_at=now))


def list_of(session: Session, person: Person, key: DataKey, *, now: datetime) -> list[LoginSessionPublic]:
    """The person's own sessions that still work, the latest used first."""
    row = LoginSession
    living = (
        select(row)
        .where(col(row.account_id) == person.id, col(row.idle_ends_at) > now, col(row.ends_at) > now)
        .order_by(col(row.seen_at).desc(), col(row.id))
    )
    return [
        LoginSessionPublic(
            id=each.id,
            device=named(key.open(each.sealed, _where(each.id))),
            created_at=each.created_at,
            seen_at=each.seen_at,
            this_one=each.id == person.session_id,
        )
        for each in session.scalars(living)
    ]


def end(session: Session, person: Person, session_id: UUID) -> None:
    """End one of the person's own sessions. Raises `NotFound` for any other, there or not."""
    mine = delete(LoginSession).where(
        col(LoginSession.id) == session_id, col(LoginSession.account_id) == person.id
    )
    if session.execute(mine.returning(col(LoginSession.id))).one_or_none() is None:
        raise NotFound()


def leave(house: House, token: str, believed: str | None) -> None:
    """Sign out. Raises `NotSignedIn` where the session has become somebody else's meanwhile: it goes on.

    On a disk that is full to the last byte nothing can be deleted either. Then the browser gives its cookie back,
    and the session, which nobody can use without it, ends by time.
    """
    whose = select(col(LoginSession.account_id)).where(col(LoginSession.token_hash) == security.token_hash(token))

    def end() -> None:
        with unit_of_work(house.engine) as session:
            account_id = session.scalar(whose)
            if account_id is not None:
                check_believed(believed, account_id.hex)
            end_by_token(session, token)

    try:
        with_room(house, end)
    except DBAPIError as error:
        if not is_full(error):
            raise
        log.warning("database", state="full", route="signing out")


def end_by_token(session: Session, token: str) -> None:
    """End the session that a cookie stands for, if it is one. Says nothing either way."""
    session.execute(delete(LoginSession).where(col(LoginSession.token_hash) == security.token_hash(token)))


def end_all(session: Session, account_id: UUID) -> None:
    """End every session of an account."""
    session.execute(delete(LoginSession).where(col(LoginSession.account_id) == account_id))


def _where(session_id: UUID) -> str:
    return f"login_session:{session_id}"


def named(sealed: dict[str, Any]) -> str:
    known = Device(sealed["browser"], sealed["system"])
    if known.browser and known.system:
        return text("device-named", browser=known.browser, system=known.system)
    return known.browser or known.system or text("device-unknown")
