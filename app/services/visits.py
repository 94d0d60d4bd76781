"""What a client prepares for a visit to their prescriber."""

from app.models.visits import Visit, VisitPublic, VisitWords
from app.services.one_page import OnePage

VISIT = OnePage(
    Visit, "visit", VisitPublic(**VisitWords().model_dump(), revision=0, updated_at=None, unreadable=False)
)
get, put = VISIT.get, VISIT.put
