"""What is shared with a reader, as rows: the consent is joined into every statement, whoever writes it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVarTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, Select, and_, event, func, literal, select
from sqlalchemy.orm import ORMExecuteState, defer, with_loader_criteria
from sqlmodel import Session, col

from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain.access import Person
from app.domain.errors import NotFound
from app.domain.sharing import Field
from app.models.accounts import Account
from app.models.check_ins import CheckIn
from app.models.experiments import Experiment
from app.models.reflections import Reflection
from app.models.reviews import Review
from app.models.sharings import Consent, Sharing
from app.models.visits import Visit
from app.services import sharings
from app.services.house import House

Ts = TypeVarTuple("Ts")


@dataclass(frozen=True)
class Found:
    """One fortnight that may be read by now, by which version of the consent, and what opens it."""

    sharing: Sharing
    consent: Consent
    experiment: Experiment
    kek_id: str
    wrapped_key: bytes

    def key(self, house: House) -> DataKey:
        """The client's, under which all of their fortnights lie."""
        return house.vault.unwrap(self.kek_id, self.wrapped_key, str(self.experiment.account_id))


@contextmanager
def shared_only(engine: Engine, person: Person, sharing_id: UUID, *, now: datetime) -> Iterator[Session]:
    """A read-only session in which a fortnight and what belongs to it exist only as far as this sharing says."""
    shared = (
        select(col(Consent.experiment_id))
        .join(Sharing, col(Sharing.id) == col(Consent.sharing_id))
        .where(col(Sharing.id) == sharing_id, col(Sharing.reader_id) == person.id, *sharings.holds(now))
    )
    only = (
        with_loader_criteria(CheckIn, col(CheckIn.experiment_id).in_(shared), include_aliases=True),
        with_loader_criteria(Reflection, _balance_of(shared), include_aliases=True),
        with_loader_criteria(Experiment, col(Experiment.id).in_(shared), include_aliases=True),
        with_loader_criteria(
            Review, col(Review.experiment_id).in_(_where(shared, "conclusion")), include_aliases=True
        ),
        with_loader_criteria(Visit, col(Visit.experiment_id).in_(_where(shared, "visit")), include_aliases=True),
    )
    with unit_of_work(engine, by=person.id, read_only=True) as session:

        @event.listens_for(session, "do_orm_execute")
        def _join_consent(state: ORMExecuteState) -> None:
            state.statement = state.statement.options(*only)

        yield session


def _balance_of(shared: Select[UUID]) -> ColumnElement[bool]:
    """Of the pages to write on the balance alone, and only where it was chosen and is still there."""
    theirs = col(Reflection.experiment_id).in_(_where(shared, "balance"))
    return and_(col(Reflection.kind) == "balance", col(Reflection.sealed).is_not(None), theirs)


def _where(shared: Select[UUID], field: Field) -> Select[UUID]:
    """Of these fortnights those of which this is shared."""
    return shared.where((literal(",") + col(Consent.fields) + ",").contains(f",{field},"))


def readable(
    session: Session, person: Person, sharing_id: UUID, *, now: datetime, experiment_id: UUID | None = None
) -> Sequence[Found]:
    """The fortnights of this sharing that may be read by now, the newest first, or this one of them: one
    statement. Raises `NotFound` where there is none, whatever the reason."""
    chosen = [] if experiment_id is None else [col(Experiment.id) == experiment_id]
    wanted = select(Sharing, Consent, Experiment, col(Account.kek_id), col(Account.wrapped_key))
    rows = session.execute(
        _may_be_read(wanted, person, now).where(col(Sharing.id) == sharing_id, *chosen).order_by(*_newest_first())
    )
    found = [Found(*row) for row in rows]
    if not found:
        raise NotFound()
    return found


def may_still_read(session: Session, consent_id: UUID, *, now: datetime) -> bool:
    """Whether this version of a consent still lets its reader read."""
    still = select(col(Consent.id)).join(Sharing, col(Sharing.id) == col(Consent.sharing_id))
    return session.scalar(still.where(col(Consent.id) == consent_id, *sharings.holds(now))) is not None


def newest_of_each(session: Session, person: Person, *, now: datetime) -> dict[UUID, Experiment]:
    """By sharing: the newest fortnight that may be read by now, without what is sealed of it. One statement."""
    nth = func.row_number().over(partition_by=col(Sharing.id), order_by=_newest_first())
    ranked = _may_be_read(
        select(col(Sharing.id).label("of"), col(Experiment.id).label("id"), nth.label("nth")), person, now
    ).subquery()
    rows = session.execute(
        select(ranked.c.of, Experiment)
        .join(ranked, ranked.c.id == col(Experiment.id))
        .where(ranked.c.nth == 1)
        .options(defer(Experiment.sealed, raiseload=True))  # type: ignore[arg-type]
    )
    return dict(iter(rows))


def _may_be_read(wanted: Select[*Ts], person: Person, now: datetime) -> Select[*Ts]:
    return (
        wanted.select_from(Sharing)
        .join(Consent, col(Consent.sharing_id) == col(Sharing.id))
        .join(Experiment, col(Experiment.id) == col(Consent.experiment_id))
        .join(Account, col(Account.id) == col(Experiment.account_id))
        .where(col(Sharing.reader_id) == person.id, *sharings.holds(now))
        .where(col(Account.id) == col(Sharing.client_id), col(Experiment.started_at).is_not(None))
    )


def _newest_first() -> tuple[Any, ...]:
    return col(Experiment.start_on).desc(), col(Experiment.id)
