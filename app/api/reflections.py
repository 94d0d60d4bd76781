"""Pages to write on over HTTP: the balance, the rulers, own words. Only their client reads and writes them."""

from fastapi import APIRouter

from app.api.deps import Now, OwnExperiment, OwnKey, SessionDep
from app.domain.reflections import Kind
from app.models.base import Day
from app.models.reflections import BalancePut, OwnWordsPut, ReflectionsPublic, RulersPut
from app.services import reflections

router = APIRouter(prefix="/api/experiments/{experiment_id}/reflections", tags=["reflections"])


@router.get("")
def get_reflections(session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now) -> ReflectionsPublic:
    """Every page of this fortnight, by date."""
    return reflections.get(session, experiment, key, now=now)


@router.put("/balance/{day}")
def put_balance(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, day: Day, body: BalancePut
) -> ReflectionsPublic:
    """The four cells as they are today. What was written on an earlier day stays as it is."""
    return reflections.put_balance(session, experiment, key, day, body, now=now)


@router.put("/rulers/{day}")
def put_rulers(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, day: Day, body: RulersPut
) -> ReflectionsPublic:
    return reflections.put_rulers(session, experiment, key, day, body, now=now)


@router.put("/words/{day}")
def put_words(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, day: Day, body: OwnWordsPut
) -> ReflectionsPublic:
    return reflections.put_words(session, experiment, key, day, body, now=now)


@router.delete("/{kind}/{day}", status_code=204)
def delete_reflection(session: SessionDep, experiment: OwnExperiment, kind: Kind, day: Day) -> None:
    """Take one page away for good."""
    reflections.delete(session, experiment, kind, day)
