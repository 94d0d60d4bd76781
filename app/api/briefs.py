"""The page for a prescriber over HTTP: what is prepared for the visit, the page as it would be, and its copies."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from app.api.deps import FRESH, Limits, Now, OwnExperiment, OwnKey, SessionDep
from app.api.files import ItsTurn, attached
from app.models.briefs import BriefCopy, BriefCreate, BriefListed, BriefPublic
from app.models.visits import VisitPublic, VisitPut
from app.rendering import pdf
from app.services import briefs, share_links, visits

router = APIRouter(prefix="/api/experiments/{experiment_id}", tags=["brief"])


@router.get("/visit")
def get_visit(session: SessionDep, experiment: OwnExperiment, key: OwnKey) -> VisitPublic:
    """What I want to say and ask, and what is to stand on the page."""
    return visits.get(session, experiment, key)


@router.put("/visit")
def put_visit(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, body: VisitPut
) -> VisitPublic:
    return visits.put(session, experiment, key, body, now=now)


@router.get("/brief")
def preview_brief(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, limits: Limits, now: Now
) -> BriefPublic:
    """The page as it would be now. Nothing leaves by looking."""
    return briefs.preview(session, experiment, key, limits, now=now)


@router.get("/briefs")
def list_briefs(session: SessionDep, experiment: OwnExperiment, now: Now) -> list[BriefListed]:
    return briefs.list_made(session, experiment, share_links.how_many_open(session, experiment, now=now))


@router.post("/briefs", status_code=201)
def make_brief(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, limits: Limits, now: Now, body: BriefCreate
) -> BriefCopy:
    """Keep the page that I looked at, as it is, with a number of its own."""
    return briefs.make(session, experiment, key, limits, body, now=now)


@router.get("/briefs/{brief_id}")
def get_brief(session: SessionDep, experiment: OwnExperiment, key: OwnKey, brief_id: UUID) -> BriefCopy:
    return briefs.get(session, experiment, key, brief_id)


def _made(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, brief_id: UUID, _its_turn: ItsTurn
) -> BriefCopy:
    """It is drawn after the transaction, and before the turn is given back."""
    made = briefs.get(session, experiment, key, brief_id)
    session.commit()
    return made


@router.get("/briefs/{brief_id}/pdf", dependencies=[FRESH])
def get_brief_pdf(made: Annotated[BriefCopy, Depends(_made)]) -> Response:
    """The same page as a tagged PDF."""
    return as_pdf(made)


def as_pdf(made: BriefCopy) -> Response:
    """A file under the page's own number, whoever takes it along."""
    drawn = pdf.draw("brief", briefs.as_data(made))
    return attached(drawn, "application/pdf", f"fortnight-{made.page_id.lower()}.pdf")


@router.delete("/briefs/{brief_id}", status_code=204)
def remove_brief(session: SessionDep, experiment: OwnExperiment, brief_id: UUID) -> None:
    briefs.remove(session, experiment, brief_id)
