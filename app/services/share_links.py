"""Links to one page that was made: made, listed and closed by the client. Who reads by one: `link_openings`."""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlmodel import Session, col

from app.core import security
from app.core.vault import DataKey
from app.domain.access import Person
from app.domain.devices import Device
from app.domain.errors import NotFound, Refused
from app.models.briefs import Brief
from app.models.experiments import Experiment
from app.models.share_links import (
    LinkOpening,
    LinkOpeningPublic,
    LinkState,
    ShareLink,
    ShareLinkCreate,
    ShareLinkMade,
    ShareLinkPublic,
)
from app.services import briefs, login_sessions, sealed_rows

VERSION = 1
CODE_FIGURES = 6
WRONG_CODES = 10
"""After so many a link is dead: one in a hundred thousand guesses at six figures."""
MOST = 20
"""Links of one copy."""
MOST_OPENINGS = 200
"""Of a link that says no number: nobody reads one page so often."""
RECENT = 20


def list_of(
    session: Session, experiment: Experiment, key: DataKey, brief_id: UUID, *, now: datetime
) -> list[ShareLinkPublic]:
    """Of this copy, the newest first; also those that do not open any more. Raises `NotFound`."""
    briefs.own(session, experiment, brief_id)
    mine = select(ShareLink).where(col(ShareLink.brief_id) == brief_id)
    rows = session.scalars(mine.order_by(col(ShareLink.made_at).desc(), col(ShareLink.id))).all()
    return _public(session, rows, key, RECENT, now=now)


def how_many_open(session: Session, experiment: Experiment, *, now: datetime) -> dict[UUID, int]:
    """Of each copy of this fortnight's page: how many links open it now."""
    mine = select(ShareLink).join(Brief, col(Brief.id) == col(ShareLink.brief_id))
    rows = session.scalars(mine.where(col(Brief.experiment_id) == experiment.id))
    return Counter(row.brief_id for row in rows if _state(row, now) == "open")


def export(session: Session, experiment: Experiment, key: DataKey, *, now: datetime) -> list[dict[str, Any]]:
    """Every copy of this fortnight's page with its links, for the client's own file. No link's secret is in it."""
    mine = select(ShareLink).join(Brief, col(Brief.id) == col(ShareLink.brief_id))
    mine = mine.where(col(Brief.experiment_id) == experiment.id)
    rows = session.scalars(mine.order_by(col(ShareLink.made_at), col(ShareLink.id))).all()
    shown = list(zip(rows, _public(session, rows, key, MOST_OPENINGS, now=now), strict=True))
    return [
        {
            **copy.model_dump(mode="json"),
            "links": [link.model_dump(mode="json") for row, link in shown if row.brief_id == copy.id],
        }
        for copy in briefs.all_of(session, experiment, key)
    ]


def make(
    session: Session,
    person: Person,
    experiment: Experiment,
    key: DataKey,
    origin: str,
    brief_id: UUID,
    body: ShareLinkCreate,
    *,
    now: datetime,
) -> ShareLinkMade:
    """A link that opens this copy. The token is in the fragment, which no server and no log sees.

    Raises `NotFound`, `Refused` (too-many-links).
    """
    briefs.own(session, experiment, brief_id)
    kept = select(func.count()).where(col(ShareLink.brief_id) == brief_id)
    if (session.scalar(kept) or 0) >= MOST:
        raise Refused("too-many-links")
    token = security.new_token()
    row = ShareLink(
        id=uuid4(),
        account_id=person.id,
        brief_id=brief_id,
        token_hash=security.token_hash(token),
        made_at=now,
        ends_at=now + timedelta(days=body.days),
        most_openings=body.most_openings,
        sealed=b"",
    )
    code = "".join(secrets.choice("0123456789") for _ in range(CODE_FIGURES)) if body.with_code else None
    row.sealed = key.seal({"v": VERSION, "code": code}, place(row))
    session.add(row)
    session.flush()
    return ShareLinkMade(url=f"{origin}/s#{token}", link=_one(row, [], key, now))


def close(session: Session, experiment: Experiment, brief_id: UUID, link_id: UUID, *, now: datetime) -> None:
    """It opens nothing from now on, and who reads by it reads no further. Raises `NotFound`."""
    briefs.own(session, experiment, brief_id)
    mine = select(ShareLink).where(col(ShareLink.id) == link_id, col(ShareLink.brief_id) == brief_id)
    row = session.scalar(mine.with_for_update())
    if row is None:
        raise NotFound()
    row.closed_at = row.closed_at or now
    session.flush()


def _public(
    session: Session, rows: Sequence[ShareLink], key: DataKey, most: int, *, now: datetime
) -> list[ShareLinkPublic]:
    """In the order given, each with its latest openings, `most` of them."""
    latest = col(LinkOpening.opened_at).desc(), col(LinkOpening.id)
    place_in_row = func.row_number().over(partition_by=col(LinkOpening.link_id), order_by=latest)
    ranked = select(col(LinkOpening.id), place_in_row.label("nth"))
    ranked_rows = ranked.where(col(LinkOpening.link_id).in_([row.id for row in rows])).subquery()
    wanted = select(LinkOpening).join(ranked_rows, ranked_rows.c.id == col(LinkOpening.id))
    openings: dict[UUID, list[LinkOpeningPublic]] = {row.id: [] for row in rows}
    for one in session.scalars(wanted.where(ranked_rows.c.nth <= most).order_by(*latest)):
        openings[one.link_id].append(_opening(one, key))
    return [_one(row, openings[row.id], key, now) for row in rows]


def _one(row: ShareLink, recent: list[LinkOpeningPublic], key: DataKey, now: datetime) -> ShareLinkPublic:
    said = sealed_rows.opened(key, row.sealed, place(row), table="share_link", of=row.id)
    return ShareLinkPublic(
        id=row.id,
        made_at=row.made_at,
        ends_at=row.ends_at,
        closed_at=row.closed_at,
        state=_state(row, now),
        code=said["code"] if said else None,
        most_openings=row.most_openings,
        openings=row.openings,
        wrong_codes=row.wrong_codes,
        recent=recent,
    )


def opens_again(row: ShareLink) -> bool:
    """As far as openings and wrong codes go."""
    return row.wrong_codes < WRONG_CODES and row.openings < (row.most_openings or MOST_OPENINGS)


def place(row: ShareLink) -> str:
    return f"share_link|{row.brief_id.hex}|{row.id.hex}"


def place_of_opening(row: LinkOpening) -> str:
    return f"link_opening|{row.link_id.hex}|{row.id.hex}"


def _state(row: ShareLink, now: datetime) -> LinkState:
    if row.closed_at is not None:
        return "closed"
    if row.wrong_codes >= WRONG_CODES:
        return "guessed"
    if not opens_again(row):
        return "used-up"
    return "over" if row.ends_at <= now else "open"


def _opening(row: LinkOpening, key: DataKey) -> LinkOpeningPublic:
    said = sealed_rows.opened(key, row.sealed, place_of_opening(row), table="link_opening", of=row.id)
    return LinkOpeningPublic(opened_at=row.opened_at, device=login_sessions.named(said or asdict(Device())))
