"""Offering a page to write on: one at most, noted when it is made; turned down, turned off."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import select, update
from sqlmodel import Session, col

from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain import offers, reflections, schedule
from app.domain.access import Person
from app.domain.errors import NotFound
from app.domain.reflections import Kind
from app.domain.safety import Thresholds
from app.models.accounts import Account
from app.models.experiments import Experiment
from app.models.offers import Offer, OfferPublic, OffersOff, OffersPublic
from app.services import check_ins, gates, plans, safety
from app.services.house import House
from app.services.reflections import today_of, window_of, written


def make(house: House, reading: Session, experiment: Experiment, key: DataKey, *, now: datetime) -> OfferPublic:
    """The page that may be offered now, noted so that there is no other for a week.

    Looked at first where nothing is written: whether something else comes first takes opening every day, and
    check-ins would wait for it. Only what was not offered yet is then written down.
    """
    known = _known(reading, experiment, now=now)
    kind = offers.choose(known, now=now)
    if kind is None or _steps_aside(reading, experiment, key, house.thresholds):
        return OfferPublic(kind=None)
    if offers.standing(known.offered, now=now) is not None:
        return OfferPublic(kind=kind)
    reading.commit()
    with unit_of_work(house.engine, by=experiment.account_id) as session:
        return OfferPublic(kind=_note(session, experiment, now=now))


def _note(session: Session, looked_at: Experiment, *, now: datetime) -> Kind | None:
    """Chosen again while the account is held: two devices at once are offered one page, not two."""
    session.execute(select(col(Account.id)).where(col(Account.id) == looked_at.account_id).with_for_update())
    experiment = session.get(Experiment, looked_at.id)
    if experiment is None:
        raise NotFound()
    known = _known(session, experiment, now=now)
    kind = offers.choose(known, now=now)
    if kind is not None and offers.standing(known.offered, now=now) is None:
        session.add(Offer(id=uuid4(), experiment_id=experiment.id, kind=kind, offered_at=now))
        session.flush()
    return kind


def _known(session: Session, experiment: Experiment, *, now: datetime) -> offers.Known:
    """All that the choice depends on. None of it is opened."""
    rows = session.execute(
        select(Offer, Experiment)
        .join(Experiment, col(Experiment.id) == col(Offer.experiment_id))
        .where(col(Experiment.account_id) == experiment.account_id)
    ).all()
    window, today = window_of(experiment), today_of(experiment, now=now)
    part = reflections.part(today, window)

    def offered(offer: Offer) -> offers.Offered:
        day = schedule.local_day(offer.offered_at, experiment.zone, experiment.day_end)
        here = offer.experiment_id == experiment.id and reflections.part(day, window) == part
        return offers.Offered(_kind(offer), offer.offered_at, here, declined=offer.declined_at is not None)

    return offers.Known(
        part,
        reflections.past_half(today, window),
        frozenset(kind for kind, day in written(session, experiment) if reflections.part(day, window) == part),
        [offered(offer) for offer, _ in rows],
        quiet=session.get(OffersOff, experiment.account_id) is not None,
    )


def decline(session: Session, experiment: Experiment, *, now: datetime) -> None:
    """Not now: the same is not offered again in this part of this fortnight. Done twice it is done."""
    open_ones = (col(Offer.experiment_id) == experiment.id, col(Offer.declined_at).is_(None))
    session.execute(update(Offer).where(*open_ones).values(declined_at=now))


def get(session: Session, person: Person) -> OffersPublic:
    return OffersPublic(on=session.get(OffersOff, person.id) is None)


def put(session: Session, person: Person, *, on: bool, now: datetime) -> OffersPublic:
    """Turn all offers off, or on again. The pages stay where they are."""
    session.execute(select(col(Account.id)).where(col(Account.id) == person.id).with_for_update())
    off = session.get(OffersOff, person.id)
    if on and off is not None:
        session.delete(off)
    elif not on and off is None:
        session.add(OffersOff(account_id=person.id, off_at=now))
    session.flush()
    return OffersPublic(on=on)


def _kind(offer: Offer) -> Kind:
    return next(kind for kind in reflections.KINDS if kind == offer.kind)


def _steps_aside(session: Session, experiment: Experiment, key: DataKey, limits: Thresholds) -> bool:
    """Whether something else comes first now: a safety card, or a plan that does not open."""
    opened = plans.look(experiment, key)
    if opened.unreadable:
        return True
    if experiment.started_at is None:
        return False
    gate = gates.of_fortnight(opened.plan, noticed=opened.sealed.noticed)
    days = check_ins.counted(experiment, check_ins.days_of(session, experiment, key))
    rules = safety.rules(opened.plan, gate, limits)
    return bool(safety.set_aside(session, [safety.Looked(experiment, opened.sealed, rules, days)], key))
