"""The page for a prescriber: made of what the client ticked, looked at, and kept as it was when they made it.

A copy is a picture of that moment. What is written or changed afterwards changes no copy that has left.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlmodel import Session, col

from app import __version__
from app.core.catalogue import DEFAULT_LOCALE, text
from app.core.vault import DataKey
from app.domain import brief, sharing
from app.domain.errors import Conflict, NotFound, Refused
from app.domain.safety import Thresholds
from app.models.briefs import Brief, BriefCopy, BriefCreate, BriefListed, BriefPage, BriefPublic, Paper
from app.models.experiments import Experiment
from app.models.visits import VisitPublic
from app.rendering import wording
from app.rendering.brief import Page, Told, page
from app.services import gates, plans, reports, sealed_rows, visits

VERSION = 1
HEADS = {
    **{name: f"brief-{name}" for name in ("question", "words", "questions", "decided")},
    "not_told": "brief-not-told",
    **{name: f"brief-{name}-heading" for name in ("without", "limits")},
}
"""What stands above each part on paper."""
MOST = 50
"""Copies of one fortnight that are kept together."""


def preview(
    session: Session, experiment: Experiment, key: DataKey, limits: Thresholds, *, now: datetime
) -> BriefPublic:
    """As it would be now. Raises `Refused` (not-started) for a draft."""
    visit = visits.get(session, experiment, key)
    return _public(_page(session, experiment, key, limits, visit, now=now))


def make(
    session: Session, experiment: Experiment, key: DataKey, limits: Thresholds, body: BriefCreate, *, now: datetime
) -> BriefCopy:
    """Keep the page that was looked at. Raises `Conflict` (brief-changed) with the page as it is now where it is
    another one, `Refused`: not-started for a draft, nothing-on-page, too-many-briefs."""
    visit = visits.get(session, experiment, key)
    found = _public(_page(session, experiment, key, limits, visit, now=now))
    if not visit.on_page:
        raise Refused("nothing-on-page")
    if found.stamp != body.seen:
        raise Conflict("brief-changed", {"stored": found.model_dump(mode="json")})
    kept = select(func.count()).where(col(Brief.experiment_id) == experiment.id)
    if (session.scalar(kept) or 0) >= MOST:
        raise Refused("too-many-briefs")
    row = Brief(id=uuid4(), experiment_id=experiment.id, made_at=now, sealed=b"")
    words = {"v": VERSION, "paper": body.paper, "app": __version__, "page": found.page.model_dump(mode="json")}
    row.sealed = key.seal(words, _place(row))
    session.add(row)
    session.flush()
    return copy_of(row, key)


def list_made(session: Session, experiment: Experiment, open_links: Mapping[UUID, int]) -> list[BriefListed]:
    """The newest first. `open_links`: of each copy that has any."""
    mine = select(Brief).where(col(Brief.experiment_id) == experiment.id)
    rows = session.scalars(mine.order_by(col(Brief.made_at).desc(), col(Brief.id)))
    return [
        BriefListed(id=row.id, page_id=page_id(row.id), made_at=row.made_at, open_links=open_links.get(row.id, 0))
        for row in rows
    ]


def all_of(session: Session, experiment: Experiment, key: DataKey) -> list[BriefCopy]:
    """Every copy as it was made, the oldest first."""
    mine = select(Brief).where(col(Brief.experiment_id) == experiment.id)
    rows = session.scalars(mine.order_by(col(Brief.made_at), col(Brief.id)))
    return [copy_of(row, key) for row in rows]


def latest(session: Session, experiment: Experiment, key: DataKey, most: int) -> list[BriefCopy]:
    """The latest copies, the newest first."""
    mine = select(Brief).where(col(Brief.experiment_id) == experiment.id)
    rows = session.scalars(mine.order_by(col(Brief.made_at).desc(), col(Brief.id)).limit(most))
    return [copy_of(row, key) for row in rows]


def get(session: Session, experiment: Experiment, key: DataKey, brief_id: UUID) -> BriefCopy:
    """Raises `NotFound`."""
    return copy_of(own(session, experiment, brief_id), key)


def remove(session: Session, experiment: Experiment, brief_id: UUID) -> None:
    """This copy is kept here no longer; what was printed or sent is where it is. Raises `NotFound`."""
    session.delete(own(session, experiment, brief_id))
    session.flush()


def page_id(brief_id: UUID) -> str:
    """What stands in the foot, to tell two copies apart: eight letters and digits."""
    return f"{brief_id.hex[:4]}-{brief_id.hex[4:8]}".upper()


def as_data(copy: BriefCopy) -> dict[str, Any]:
    """For the template of the PDF. Raises `NotFound` for a copy that does not open any more."""
    if copy.page is None:
        raise NotFound()
    said = copy.page.model_dump(mode="json")
    heads = {name: text(key) for name, key in HEADS.items()}
    return {**said, "heads": heads, "language": "en", "foot": copy.foot, "paper": copy.paper}


def _page(
    session: Session,
    experiment: Experiment,
    key: DataKey,
    limits: Thresholds,
    visit: VisitPublic,
    *,
    now: datetime,
) -> BriefPage:
    gathered = reports.gather(session, experiment, key, limits, now=now)
    chosen = sharing.effective(brief.scope(visit.on_page), "therapist", ended=gathered.moment.ended)
    report = sharing.shown(gathered.plan, gathered.entries, chosen, gathered.moment)
    sealed = gathered.looked.sealed
    plan = plans.plan_of(experiment, sealed)
    gate = gates.of_fortnight(plan, noticed=sealed.noticed)
    told = Told(
        called=visit.called,
        prescriber=visit.prescriber,
        visit_on=visit.visit_on,
        medicine=plan.medicine or plan.medicine_label or "",
        known=gate.known,
        strength=visit.strength,
        usual_time=plan.usual_time,
        since=visit.since,
        changed=visit.changed,
        stopped_on=plan.stopped_on,
        told_on=plan.prescriber_told.told_on if plan.prescriber_told else None,
        way_in=plan.way_in,
        words=visit.words,
        not_told=visit.not_told,
        questions=visit.questions,
        class_words=[text(gate.own_line)] if gate.own_line else [],
    )
    made: Page = page(report, told, visit.on_page, made_on=gathered.moment.today or now.date())
    return BriefPage.model_validate(made, from_attributes=True)


def _public(found: BriefPage) -> BriefPublic:
    said = json.dumps(found.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
    stamp = hashlib.sha256(said.encode()).hexdigest()
    return BriefPublic(stamp=stamp, foot=text("brief-foot-draft", version=__version__), page=found)


def own(session: Session, experiment: Experiment, brief_id: UUID) -> Brief:
    mine = select(Brief).where(col(Brief.id) == brief_id, col(Brief.experiment_id) == experiment.id)
    row = session.scalar(mine)
    if row is None:
        raise NotFound()
    return row


def copy_of(row: Brief, key: DataKey) -> BriefCopy:
    said = sealed_rows.opened(key, row.sealed, _place(row), table="brief", of=row.id)
    paper: Paper = said["paper"] if said else "a4"
    page = BriefPage.model_validate(said["page"]) if said else None
    on = row.made_at
    made_on = page.made_on if page else on.date()
    date = wording.long_date(made_on, DEFAULT_LOCALE)
    version = said["app"] if said else __version__
    foot = text("brief-foot", version=version, page=page_id(row.id), date=date)
    return BriefCopy(id=row.id, page_id=page_id(row.id), made_at=on, paper=paper, foot=foot, page=page)


def _place(row: Brief) -> str:
    return f"brief|{row.experiment_id.hex}|{row.id.hex}"
