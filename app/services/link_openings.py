"""Reading a page by a link, without an account (SECURITY.md, T5 and T6).

Opening is one tap: it gives the reader a cookie for a quarter of an hour, and the client sees that it was opened.
Fetching an address opens nothing. A link that is wrong, over, closed or used up is answered alike.
"""

import hmac
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import and_, func, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col

from app.core import security
from app.core.db import unit_of_work
from app.core.row_security import HOUSE, acts_for
from app.core.vault import Vault
from app.domain.devices import device
from app.domain.errors import NotFound, Refused
from app.models.accounts import Account
from app.models.briefs import Brief, BriefCopy
from app.models.share_links import LinkOpen, LinkOpening, ShareLink
from app.services import accounts, briefs, sealed_rows
from app.services.house import House
from app.services.share_links import MOST_OPENINGS, WRONG_CODES, opens_again, place, place_of_opening

LASTS = timedelta(minutes=15)
CLOSED = "link-not-open"


@dataclass(frozen=True)
class Opened:
    """`token`: for the reader's cookie; None where their browser reads by this opening already."""

    id: UUID
    token: str | None = None


@dataclass(frozen=True)
class Reading:
    """What a reader sees, and how long. `again_until`: until when the link opens it again, if it does."""

    account_id: UUID
    copy: BriefCopy
    closes_at: datetime
    again_until: datetime | None


def open_link(
    house: House, body: LinkOpen, user_agent: str, brought: Sequence[str] = (), *, now: datetime
) -> Opened:
    """One tap on "Open". `brought`: the cookies of openings that this browser has: a second tap counts nothing.

    Raises `NotFound` (link-not-open) alike for every link that does not open, `Refused`: link-needs-code,
    link-wrong-code.
    """
    # Looked up without the one write lock: whoever tries made-up links holds up nobody.
    mine = select(col(ShareLink.id), col(ShareLink.account_id), and_(*_has_openings()).label("opens")).where(
        col(ShareLink.token_hash) == security.token_hash(body.token), *_lives(now)
    )
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        found = session.execute(mine).one_or_none()
        if found is not None and brought:
            reads = select(col(LinkOpening.id)).where(
                col(LinkOpening.link_id) == found.id,
                col(LinkOpening.token_hash).in_([security.token_hash(each) for each in brought]),
                col(LinkOpening.closes_at) > now,
            )
            reading = session.scalars(reads.limit(1)).one_or_none()
            if reading is not None:
                return Opened(reading)
    if found is None or not found.opens:
        raise NotFound(CLOSED)
    with unit_of_work(house.engine, by=found.account_id) as session:
        opened = _opened(session, house.vault, found.id, body.code, user_agent, now=now)
    if isinstance(opened, Refused):
        raise opened  # here, so that a wrong code stays counted
    return opened


def read(session: Session, vault: Vault, opening_id: UUID, token: str, *, now: datetime) -> Reading:
    """The page of this opening, for the browser that has its cookie. Raises `NotFound` (link-not-open)."""
    found = session.execute(
        select(LinkOpening, ShareLink, Brief, Account, acts_for(col(ShareLink.account_id)))
        .join(ShareLink, col(LinkOpening.link_id) == col(ShareLink.id))
        .join(Brief, col(Brief.id) == col(ShareLink.brief_id))
        .join(Account, col(Account.id) == col(ShareLink.account_id))
        .where(
            col(LinkOpening.id) == opening_id,
            col(LinkOpening.token_hash) == security.token_hash(token),
            col(LinkOpening.closes_at) > now,
            *_lives(now),
        )
    ).one_or_none()
    if found is None:
        raise NotFound(CLOSED)
    opening, link, brief, account, _ = found
    copy = briefs.copy_of(brief, accounts.data_key(vault, account))
    return Reading(account.id, copy, opening.closes_at, link.ends_at if opens_again(link) else None)


def _lives(now: datetime) -> list[ColumnElement[bool]]:
    """Neither closed nor over."""
    return [col(ShareLink.closed_at).is_(None), col(ShareLink.ends_at) > now]


def _has_openings() -> list[ColumnElement[bool]]:
    return [
        col(ShareLink.wrong_codes) < WRONG_CODES,
        col(ShareLink.openings) < func.coalesce(col(ShareLink.most_openings), MOST_OPENINGS),
    ]


def _opened(
    session: Session, vault: Vault, link_id: UUID, code: str | None, user_agent: str, *, now: datetime
) -> Opened | Refused:
    """One opening, counted while nobody else can count another. A wrong code is counted too, and handed back."""
    mine = select(ShareLink, Account).join(Account, col(Account.id) == col(ShareLink.account_id))
    mine = mine.where(col(ShareLink.id) == link_id, *_lives(now), *_has_openings()).with_for_update(of=ShareLink)
    found = session.execute(mine).one_or_none()
    if found is None:
        raise NotFound(CLOSED)
    link, account = found
    key = accounts.data_key(vault, account)
    said = sealed_rows.opened(key, link.sealed, place(link), table="share_link", of=link.id)
    if said is None:
        raise NotFound(CLOSED)
    asked = said["code"]
    if asked is not None:
        if code is None:
            return Refused("link-needs-code")
        if not hmac.compare_digest(asked.encode(), "".join(code.split()).encode()):
            link.wrong_codes += 1
            session.flush()
            return Refused("link-wrong-code")
    link.openings += 1
    token = security.new_token()
    row = LinkOpening(
        id=uuid4(),
        link_id=link.id,
        token_hash=security.token_hash(token),
        opened_at=now,
        closes_at=now + LASTS,
        sealed=b"",
    )
    row.sealed = key.seal({"v": 1, **asdict(device(user_agent))}, place_of_opening(row))
    session.add(row)
    session.flush()
    return Opened(row.id, token)
