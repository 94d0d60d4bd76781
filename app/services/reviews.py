"""What two people come to when they look at a result together. It is the client's, like the fortnight itself."""

from app.models.reviews import Review, ReviewPublic, ReviewWords
from app.services.one_page import OnePage

NONE_YET = ReviewPublic(conclusion="", next_step=None, revision=0, updated_at=None, unreadable=False)
REVIEW = OnePage(Review, "review", NONE_YET, ReviewWords)
get, put, revisions = REVIEW.get, REVIEW.put, REVIEW.revisions
