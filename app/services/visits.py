"""What a client prepares for a visit to their prescriber, and what came of it."""

from sqlmodel import Session

from app.core.vault import DataKey
from app.models.experiments import Experiment
from app.models.visits import SharedVisit, Visit, VisitPublic, VisitWords
from app.services.one_page import OnePage

NOTHING = VisitWords()

VISIT = OnePage(Visit, "visit", VisitPublic(**NOTHING.model_dump(), revision=0, updated_at=None, unreadable=False))
get, put, revisions = VISIT.get, VISIT.put, VISIT.revisions


def shared(session: Session, experiment: Experiment, key: DataKey) -> SharedVisit | None:
    """As somebody else sees it; None where there is nothing to see. What was not told is theirs alone until it is
    ticked for the page."""
    visit = get(session, experiment, key)
    told = {} if "not_told" in visit.on_page else {"not_told": ""}
    seen = SharedVisit.model_validate({**visit.model_dump(include=set(SharedVisit.model_fields)), **told})
    empty = SharedVisit.model_validate(NOTHING.model_dump(include=set(SharedVisit.model_fields)))
    return None if seen == empty else seen
