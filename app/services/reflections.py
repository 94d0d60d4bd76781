"""Pages to write on: read, written on their day, taken away; and what of the balance somebody else sees."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel
from sqlalchemy import func, select
from sqlmodel import Session, col

from app.core.vault import DataKey
from app.domain import reflections, schedule
from app.domain.errors import Conflict, NotFound, Refused
from app.domain.reflections import Kind
from app.models.brought_back import FileReflections
from app.models.experiments import Experiment
from app.models.reflections import (
    MOST_PAGES,
    Balance,
    BalancePublic,
    BalancePut,
    OwnWords,
    OwnWordsPublic,
    OwnWordsPut,
    Reflection,
    ReflectionsPublic,
    Rulers,
    RulersPublic,
    RulersPut,
    SharedBalance,
    SharedLine,
)
from app.services.sealed_rows import UNREADABLE, opened

VERSION = 1
_EMPTY: dict[Kind, BaseModel] = {
    "balance": Balance.model_construct(lines=[]),
    "rulers": Rulers.model_construct(importance=None, confidence=None),
    "words": OwnWords.model_construct(meaning="", miss=""),
}


@dataclass(frozen=True)
class _Opened:
    row: Reflection
    said: BaseModel
    unreadable: bool


def window_of(experiment: Experiment) -> schedule.Window | None:
    """Its days; a draft has none, whatever first day it thinks of."""
    return experiment.window if experiment.started_at is not None else None


def today_of(experiment: Experiment, *, now: datetime) -> date:
    return schedule.local_day(now, experiment.zone, experiment.day_end)


def get(session: Session, experiment: Experiment, key: DataKey, *, now: datetime) -> ReflectionsPublic:
    """Every page, the oldest first. One that does not open hides itself and nothing else."""
    window, today = window_of(experiment), today_of(experiment, now=now)
    written_down = [_open(row, key) for row in _rows(session, experiment)]

    def pages(kind: Kind) -> list[dict[str, Any]]:
        mine = [each for each in written_down if each.row.kind == kind]
        beside = reflections.beside((each.row.day for each in mine), window)
        return [_page(each, window, beside=each.row.day in beside) for each in mine]

    return ReflectionsPublic(
        today=today,
        part=reflections.part(today, window),
        balance=[BalancePublic.model_validate(page) for page in pages("balance")],
        rulers=[RulersPublic.model_validate(page) for page in pages("rulers")],
        words=[OwnWordsPublic.model_validate(page) for page in pages("words")],
    )


def put_balance(
    session: Session, experiment: Experiment, key: DataKey, day: date, body: BalancePut, *, now: datetime
) -> ReflectionsPublic:
    _put(session, experiment, key, "balance", day, body, now=now)
    return get(session, experiment, key, now=now)


def put_rulers(
    session: Session, experiment: Experiment, key: DataKey, day: date, body: RulersPut, *, now: datetime
) -> ReflectionsPublic:
    _put(session, experiment, key, "rulers", day, body, now=now)
    return get(session, experiment, key, now=now)


def put_words(
    session: Session, experiment: Experiment, key: DataKey, day: date, body: OwnWordsPut, *, now: datetime
) -> ReflectionsPublic:
    _put(session, experiment, key, "words", day, body, now=now)
    return get(session, experiment, key, now=now)


def delete(session: Session, experiment: Experiment, kind: Kind, day: date) -> None:
    """Take one page away, of whatever day. Raises `NotFound`."""
    row = session.get(Reflection, (experiment.id, kind, day), with_for_update=True)
    if row is None or row.sealed is None:
        raise NotFound()
    row.sealed = None
    session.add(row)
    session.flush()


def written(session: Session, experiment: Experiment) -> list[tuple[Kind, date]]:
    """Which pages there are; none is opened."""
    mine = (col(Reflection.experiment_id) == experiment.id, col(Reflection.sealed).is_not(None))
    rows = session.execute(select(col(Reflection.kind), col(Reflection.day)).where(*mine))
    return [(kind, day) for kind, day in rows]


def export(session: Session, experiment: Experiment, key: DataKey, *, now: datetime) -> dict[str, Any]:
    """All of it, for the file that the client takes along."""
    return get(session, experiment, key, now=now).model_dump(mode="json", include={"balance", "rulers", "words"})


def bring_back(session: Session, experiment: Experiment, key: DataKey, file: FileReflections) -> None:
    """The pages of a file, each as it stood there. Raises `ValidationError`."""
    for kind in reflections.KINDS:
        for page in getattr(file, kind):
            where = {"experiment_id": experiment.id, "kind": kind, "day": page.day, "revision": page.revision}
            row = Reflection(**where, updated_at=page.updated_at, sealed=UNREADABLE)
            if not page.unreadable:
                said = page.words(type(_EMPTY[kind])).model_dump(mode="json")
                row.sealed = key.seal({"v": VERSION, **said}, _place(row))
            session.add(row)


def shared_balance(session: Session, experiment: Experiment, key: DataKey) -> list[SharedBalance]:
    """The pages of the balance that stand side by side. Only for whoever may see them."""
    window = window_of(experiment)
    rows = _rows(session, experiment, "balance")
    beside = reflections.beside((row.day for row in rows), window)
    return [
        SharedBalance(
            day=each.row.day,
            part=reflections.part(each.row.day, window),
            lines=[SharedLine(cell=line.cell, words=line.words, weight=line.weight) for line in each.said.lines],
        )
        for each in (_open(row, key) for row in rows if row.day in beside)
        if isinstance(each.said, Balance) and not each.unreadable
    ]


def _put(
    session: Session,
    experiment: Experiment,
    key: DataKey,
    kind: Kind,
    day: date,
    body: BalancePut | RulersPut | OwnWordsPut,
    *,
    now: datetime,
) -> None:
    """Write the page of today. Sent twice it is written once.

    Raises `Refused` (not-today, too-many-pages) and `Conflict` (reflection-conflict) with the stored page.
    """
    if day != today_of(experiment, now=now):
        raise Refused("not-today")
    said = body.model_dump(mode="json", exclude={"base_revision"})
    row = session.get(Reflection, (experiment.id, kind, day), with_for_update=True)
    there = row if row and row.sealed is not None else None
    if (there.revision if there else 0) != body.base_revision:
        stored = _open(there, key) if there else None
        if stored and not stored.unreadable and stored.said.model_dump(mode="json") == said:
            return
        page = _page(stored, window_of(experiment), beside=False) if stored else None
        raise Conflict("reflection-conflict", {"stored": page})
    if there is None:
        _check_room(session, experiment, kind)
    if row is None:
        row = Reflection(experiment_id=experiment.id, kind=kind, day=day, revision=0, updated_at=now)
    row.revision += 1
    row.sealed = key.seal({"v": VERSION, **said}, _place(row))
    row.updated_at = now
    session.add(row)
    session.flush()


def _check_room(session: Session, experiment: Experiment, kind: Kind) -> None:
    mine = (col(Reflection.experiment_id) == experiment.id, col(Reflection.kind) == kind)
    there = select(func.count()).select_from(Reflection).where(*mine, col(Reflection.sealed).is_not(None))
    if (session.scalar(there) or 0) >= MOST_PAGES:
        raise Refused("too-many-pages")


def _rows(session: Session, experiment: Experiment, kind: Kind | None = None) -> Sequence[Reflection]:
    """The pages that there are: none that was taken away."""
    mine = select(Reflection).where(
        col(Reflection.experiment_id) == experiment.id, col(Reflection.sealed).is_not(None)
    )
    if kind is not None:
        mine = mine.where(col(Reflection.kind) == kind)
    return session.scalars(mine.order_by(col(Reflection.day), col(Reflection.kind))).all()


def _place(row: Reflection) -> str:
    return f"reflection|{row.experiment_id.hex}|{row.kind}|{row.day.isoformat()}|{row.revision}"


def _open(row: Reflection, key: DataKey) -> _Opened:
    kind = next(kind for kind in reflections.KINDS if kind == row.kind)
    said = opened(key, row.sealed, _place(row), table="reflection", of=row.experiment_id)
    if said is None:
        return _Opened(row, _EMPTY[kind], unreadable=True)
    return _Opened(row, type(_EMPTY[kind]).model_validate(said), unreadable=False)


def _page(opened: _Opened, window: schedule.Window | None, *, beside: bool) -> dict[str, Any]:
    """As it goes out, still plain: the shape of its kind reads it."""
    row = opened.row
    return {
        "day": row.day.isoformat(),
        "part": reflections.part(row.day, window),
        "beside": beside,
        "revision": row.revision,
        "updated_at": row.updated_at.isoformat(),
        "unreadable": opened.unreadable,
        **opened.said.model_dump(mode="json"),
    }
