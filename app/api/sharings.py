"""Sharing over HTTP, the client's side: meeting somebody, saying yes field by field, seeing who read, ending."""

from fastapi import APIRouter

from app.api.deps import (
    CurrentClient,
    CurrentInvited,
    HouseDep,
    Limits,
    Now,
    OwnExperiment,
    OwnKey,
    OwnSharing,
    SessionDep,
    reads,
)
from app.api.visitors import ConfirmingClient, ConfirmingInvited
from app.core.db import unit_of_work
from app.models.sharings import (
    ConsentPut,
    InvitationCode,
    InviterPublic,
    Preview,
    SeenFrom,
    SharedPublic,
    SharingCreate,
    SharingPublic,
)
from app.services import accounts, experiments, pairings, shared_views, sharings

router = APIRouter(prefix="/api", tags=["sharing"])


@router.post("/sharings/look-up")
def find_inviter(house: HouseDep, person: ConfirmingInvited, now: Now, body: InvitationCode) -> InviterPublic:
    """Who invites by this code or link. Shares nothing, uses nothing up."""
    pairings.slowly(house, person, body.code, now=now)
    with unit_of_work(house.engine, read_only=True) as session:
        return pairings.find(session, house.vault, person, body.code, now=now)


@router.get("/sharings/waiting")
def get_waiting(session: SessionDep, house: HouseDep, person: CurrentInvited, now: Now) -> InviterPublic | None:
    """Who invited me to make this account, as long as I can still say yes to them by it."""
    return pairings.waiting(session, house.vault, person, now=now)


@router.get("/sharings")
def list_sharings(session: SessionDep, person: CurrentClient, key: OwnKey) -> list[SharingPublic]:
    """Whom I let read, every version of what, and every opening."""
    return sharings.list_own(session, person, key)


@router.post("/sharings", status_code=201)
def create_sharing(house: HouseDep, person: ConfirmingClient, now: Now, body: SharingCreate) -> SharingPublic:
    """My yes to whoever invited me. It uses the invitation up."""
    person.check_fresh(now)
    with unit_of_work(house.engine, by=person.id, read_only=True) as session:
        experiments.own(session, person, body.experiment_id)
    pairings.slowly(house, person, body.code, now=now)
    key = accounts.data_key(house.vault, person)
    with unit_of_work(house.engine, by=person.id) as session:
        return sharings.begin(session, house.vault, person, key, body, now=now)


@router.delete("/sharings/{sharing_id}", status_code=204)
def end_sharing(session: SessionDep, sharing: OwnSharing, now: Now) -> None:
    """This person reads nothing of mine any more, from the very next request on."""
    sharings.end(session, sharing, now=now)


@router.post("/sharings/{sharing_id}/pause", status_code=204)
def pause_sharing(session: SessionDep, sharing: OwnSharing, now: Now) -> None:
    """Nothing until I take it up again. Nobody is told."""
    sharings.pause(session, sharing, now=now)


@router.post("/sharings/{sharing_id}/resume", status_code=204)
def resume_sharing(
    session: SessionDep, person: CurrentClient, sharing: OwnSharing, key: OwnKey, now: Now, body: SeenFrom
) -> None:
    """They read again what I chose. What is not paused goes on."""
    if sharing.paused_at is not None:
        person.check_fresh(now)
    sharings.resume(session, sharing, key, body)


@router.put("/sharings/{sharing_id}/experiments/{experiment_id}")
def give_consent(
    session: SessionDep,
    person: CurrentClient,
    sharing: OwnSharing,
    experiment: OwnExperiment,
    key: OwnKey,
    now: Now,
    body: ConsentPut,
) -> SharingPublic:
    """Share this fortnight with them too, or something else of it from now on. Less of it, or the same for
    another thirty days, needs no password."""
    if not sharings.reads_all(session, sharing, experiment, body.fields, now=now):
        person.check_fresh(now)
    return sharings.give(session, sharing, experiment, key, body, now=now)


@router.delete("/sharings/{sharing_id}/experiments/{experiment_id}", status_code=204)
def withdraw_consent(session: SessionDep, sharing: OwnSharing, experiment: OwnExperiment, now: Now) -> None:
    """Nothing of this fortnight any more."""
    sharings.withdraw(session, sharing, experiment, now=now)


@router.put("/sharings/{sharing_id}/experiments/{experiment_id}/doses")
def show_doses(
    session: SessionDep,
    sharing: OwnSharing,
    experiment: OwnExperiment,
    key: OwnKey,
    now: Now,
    body: SeenFrom,
) -> SharingPublic:
    """Doses too, on their screen, for this session only."""
    return sharings.show_doses(session, sharing, experiment, key, body, now=now)


@router.delete("/sharings/{sharing_id}/experiments/{experiment_id}/doses")
def hide_doses(
    session: SessionDep, sharing: OwnSharing, experiment: OwnExperiment, key: OwnKey, now: Now
) -> SharingPublic:
    """No doses on their screen any more, from the very next request on."""
    return sharings.hide_doses(session, sharing, experiment, key, now=now)


@router.post("/experiments/{experiment_id}/shared-view")
@reads
def preview_sharing(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, limits: Limits, now: Now, body: Preview
) -> SharedPublic:
    """Exactly what a therapist, or a supporter, would see by this choice."""
    scope = frozenset(body.fields)
    shared = shared_views.read(session, experiment, key, limits, scope, body.reader, now=now)
    return shared_views.public(shared)
