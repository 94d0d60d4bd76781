"""Offers of a page to write on over HTTP: at most one, turned down, turned off."""

from fastapi import APIRouter

from app.api.deps import CurrentClient, HouseDep, Now, OwnExperiment, OwnKey, SessionDep, reads
from app.models.offers import OfferPublic, OffersPublic, OffersUpdate
from app.services import offers

router = APIRouter(prefix="/api", tags=["offers"])


@router.post("/experiments/{experiment_id}/offer")
@reads
def make_offer(
    house: HouseDep, session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now
) -> OfferPublic:
    """The page that may be offered by now, if any. It counts as offered."""
    return offers.make(house, session, experiment, key, now=now)


@router.delete("/experiments/{experiment_id}/offer", status_code=204)
def decline_offer(session: SessionDep, experiment: OwnExperiment, now: Now) -> None:
    """Not now."""
    offers.decline(session, experiment, now=now)


@router.get("/offers")
def get_offers(session: SessionDep, person: CurrentClient) -> OffersPublic:
    """Whether pages are offered to me at all."""
    return offers.get(session, person)


@router.put("/offers")
def put_offers(session: SessionDep, person: CurrentClient, now: Now, body: OffersUpdate) -> OffersPublic:
    return offers.put(session, person, on=body.on, now=now)
