"""What a client prepares for a visit to their prescriber, and what came of it."""

from sqlmodel import Session

from app.core.vault import DataKey
from app.models.experiments import Experiment
from app.models.visits import SharedVisit, Visit, VisitPublic, VisitWords
from app.services.one_page import OnePage

NOTHING = VisitWords()

NONE_YET = VisitPublic(**NOTHING.model_dump(), revision=0, updated_at=None, unreadable=False)
VISIT = OnePage(Visit, "visit", NONE_YET, VisitWords)
get, put, revisions = VISIT.get, VISIT.put, VISIT.revisions


def shared(session: Session, experiment: Experiment, key: DataKey) -> SharedVisit | None:
    """As somebody else sees it; None where there is nothing to see."""
    seen, empty = (
        SharedVisit.model_validate(said.model_dump(include=set(SharedVisit.model_fields)))
        for said in (get(session, experiment, key), NOTHING)
    )
    return None if seen == empty else seen
