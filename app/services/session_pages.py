"""What a client writes for their sessions: the list of what to talk about, and how a session was for them.

It belongs to the client and hangs on the sharing, not on one fortnight. Each page is shown by a step of its own
(`show`), which a change of the words does not touch; a therapist reads it through `shown_session_pages`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlmodel import Session, col

from app.core.vault import DataKey
from app.domain import schedule
from app.domain.access import Person
from app.domain.errors import Conflict, NotFound, Refused
from app.domain.session_pages import KINDS, Kind, Listed, current
from app.models.session_pages import (
    MOST_PAGES,
    Agenda,
    AgendaPublic,
    AgendaPut,
    Check,
    CheckPublic,
    CheckPut,
    PageShow,
    SessionPage,
    SessionPagesPublic,
)
from app.models.sharings import Sharing
from app.services import sealed_rows, sharing_names, sharings

VERSION = 1
_SHAPES: dict[Kind, type[Agenda] | type[Check]] = {"agenda": Agenda, "check": Check}
_PUBLIC: dict[Kind, type[AgendaPublic] | type[CheckPublic]] = {"agenda": AgendaPublic, "check": CheckPublic}
_EMPTY: dict[Kind, dict[str, Any]] = {
    "agenda": {"lines": [], "session_on": None},
    "check": {"session_on": None, "heard": None, "matters": None, "fit": None, "words": ""},
}


@dataclass(frozen=True)
class Opened:
    """`said`: None where it does not open any more."""

    row: SessionPage
    said: Agenda | Check | None


def own(session: Session, person: Person, sharing_id: UUID, *, to_change: bool) -> Sharing:
    """The client's own sharing with a therapist; for anybody else there are no such pages. Raises `NotFound`."""
    mine = (col(Sharing.id) == sharing_id, col(Sharing.client_id) == person.id, col(Sharing.role) == "therapist")
    asked = select(Sharing).where(*mine)
    found = session.scalar(asked.with_for_update() if to_change else asked)
    if found is None:
        raise NotFound()
    return found


def get(session: Session, sharing: Sharing, key: DataKey, *, now: datetime) -> SessionPagesPublic:
    """Every page, the oldest first. One that does not open hides itself and nothing else."""
    reads = sharings.shares(session, sharing, now=now)
    opened = [open_page(row, key) for row in _rows(session, sharing)]
    pages = [_public(each, reads=reads) for each in opened]
    last = {kind: max((each.row.number for each in opened if each.row.kind == kind), default=0) for kind in KINDS}
    coming = current(filter(None, (listed(each, now=now) for each in opened)))
    return SessionPagesPublic(
        name=sharing_names.name(sharing, key),
        reads=reads,
        paused=sharing.paused_at is not None,
        # A list that does not open any more is no list to go on with, and its number is taken.
        next_agenda=coming if coming == last["agenda"] and coming else last["agenda"] + 1,
        next_check=last["check"] + 1,
        agendas=[each for each in pages if isinstance(each, AgendaPublic)],
        checks=[each for each in pages if isinstance(each, CheckPublic)],
    )


def put_agenda(
    session: Session, sharing: Sharing, key: DataKey, number: int, body: AgendaPut, *, now: datetime
) -> SessionPagesPublic:
    """Raises what `_put` does, and `Invalid` (zone-unknown)."""
    schedule.local_day(now, body.zone, schedule.MIDNIGHT)
    _put(session, sharing, key, "agenda", number, body, now=now)
    return get(session, sharing, key, now=now)


def put_check(
    session: Session, sharing: Sharing, key: DataKey, number: int, body: CheckPut, *, now: datetime
) -> SessionPagesPublic:
    _put(session, sharing, key, "check", number, body, now=now)
    return get(session, sharing, key, now=now)


def show(
    session: Session, sharing: Sharing, key: DataKey, kind: Kind, number: int, body: PageShow, *, now: datetime
) -> SessionPagesPublic:
    """Let the therapist read this page from now on, or no longer. Taking back always goes.

    Raises `NotFound`; to show it also `Refused` (nothing-shared) while the therapist sees nothing at all, and
    `Conflict` (session-page-conflict) where it says something else by now than what was looked at.
    """
    row = _there(session, sharing, kind, number)
    if row is None:
        raise NotFound()
    if not body.shown:
        row.shown_at = None
    elif not sharings.shares(session, sharing, now=now):
        raise Refused("nothing-shared")
    elif row.revision != body.base_revision:
        raise Conflict("session-page-conflict", {"stored": _plain(open_page(row, key))})
    else:
        row.shown_at = row.shown_at or now
    session.add(row)
    session.flush()
    return get(session, sharing, key, now=now)


def delete(session: Session, sharing: Sharing, kind: Kind, number: int) -> None:
    """Take one page away, also from whoever was let read it. Raises `NotFound`."""
    row = _there(session, sharing, kind, number)
    if row is None:
        raise NotFound()
    row.sealed = row.shown_at = None
    session.add(row)
    session.flush()


def export(session: Session, person_id: UUID, key: DataKey) -> list[dict[str, Any]]:
    """All of a client's, by therapist, for the file that they take along."""
    theirs = select(SessionPage, Sharing).join(Sharing).where(col(Sharing.client_id) == person_id, _written())
    order = (col(Sharing.begun_at), col(Sharing.id), col(SessionPage.kind), col(SessionPage.number))
    found: dict[UUID, dict[str, Any]] = {}
    for row, sharing in session.execute(theirs.order_by(*order)):
        with_them = found.get(sharing.id)
        if with_them is None:
            with_them = found[sharing.id] = {"with": sharing_names.name(sharing, key), "agenda": [], "check": []}
        with_them[row.kind].append(_plain(open_page(row, key)))
    return list(found.values())


def stamp(session: Session, sharing: Sharing) -> list[tuple[str, int, int]]:
    """Another one when what a therapist sees of these pages is another one; nothing of what is not shown. The
    sharing was just read for its reader."""
    if sharing.role != "therapist":
        return []
    shown = (col(SessionPage.sharing_id) == sharing.id, col(SessionPage.shown_at).is_not(None), _written())
    row = (col(SessionPage.kind), col(SessionPage.number), col(SessionPage.revision))
    found = session.execute(select(*row).where(*shown).order_by(*row))
    return [(kind, number, revision) for kind, number, revision in found]


def open_page(row: SessionPage, key: DataKey) -> Opened:
    said = sealed_rows.opened(key, row.sealed, _place(row), table="session_page", of=row.sharing_id)
    return Opened(row, None if said is None else _SHAPES[_kind(row)].model_validate(said))


def listed(opened: Opened, *, now: datetime) -> Listed | None:
    if not isinstance(opened.said, Agenda):
        return None
    today: date = schedule.local_day(now, opened.said.zone, schedule.MIDNIGHT)
    return Listed(opened.row.number, opened.said.session_on, today)


def _put(
    session: Session,
    sharing: Sharing,
    key: DataKey,
    kind: Kind,
    number: int,
    body: AgendaPut | CheckPut,
    *,
    now: datetime,
) -> None:
    """Write it; the same words again change nothing. Whether it is shown stays as it is.

    Raises `Refused` (too-many-session-pages) and `Conflict` (session-page-conflict) with the stored page.
    """
    said = body.model_dump(mode="json", exclude={"base_revision"})
    row = session.get(SessionPage, (sharing.id, kind, number))
    there = row if row and row.sealed is not None else None
    stored = open_page(there, key) if there else None
    if stored and stored.said and _words(stored.said) == _words(body):
        return
    if (there.revision if there else 0) != body.base_revision:
        raise Conflict("session-page-conflict", {"stored": _plain(stored) if stored else None})
    if there is None:
        _check_room(session, sharing, kind)
    if row is None:
        row = SessionPage(sharing_id=sharing.id, kind=kind, number=number, revision=0, updated_at=now)
    row.revision += 1
    row.sealed = key.seal({"v": VERSION, **said}, _place(row))
    row.updated_at = now
    session.add(row)
    session.flush()


def _words(said: BaseModel) -> dict[str, Any]:
    """What counts when two are compared: a phone that has travelled wrote the same."""
    return said.model_dump(mode="json", exclude={"base_revision", "zone"})


def _check_room(session: Session, sharing: Sharing, kind: Kind) -> None:
    mine = (col(SessionPage.sharing_id) == sharing.id, col(SessionPage.kind) == kind, _written())
    if (session.scalar(select(func.count()).select_from(SessionPage).where(*mine)) or 0) >= MOST_PAGES:
        raise Refused("too-many-session-pages")


def _there(session: Session, sharing: Sharing, kind: Kind, number: int) -> SessionPage | None:
    row = session.get(SessionPage, (sharing.id, kind, number))
    return row if row is not None and row.sealed is not None else None


def _rows(session: Session, sharing: Sharing) -> Sequence[SessionPage]:
    mine = select(SessionPage).where(col(SessionPage.sharing_id) == sharing.id, _written())
    return session.scalars(mine.order_by(col(SessionPage.kind), col(SessionPage.number))).all()


def _written() -> Any:
    """It was not taken away."""
    return col(SessionPage.sealed).is_not(None)


def _place(row: SessionPage) -> str:
    return f"session_page|{row.sharing_id.hex}|{row.kind}|{row.number}|{row.revision}"


def _public(opened: Opened, *, reads: bool) -> AgendaPublic | CheckPublic:
    """`reads`: whether anything is shared with them; else nothing is shown."""
    row, shape = opened.row, _PUBLIC[_kind(opened.row)]
    return shape(
        number=row.number,
        revision=row.revision,
        shown_at=row.shown_at if reads else None,
        updated_at=row.updated_at,
        unreadable=opened.said is None,
        **(opened.said.model_dump(exclude={"zone"}) if opened.said else _EMPTY[_kind(row)]),
    )


def _plain(opened: Opened) -> dict[str, Any]:
    """As it goes out."""
    return _public(opened, reads=True).model_dump(mode="json")


def _kind(row: SessionPage) -> Kind:
    return "agenda" if row.kind == "agenda" else "check"
