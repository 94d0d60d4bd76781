"""What two people come to when they look at a result together. It is the client's, like the fortnight itself."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import Session, col

from app.models.reviews import Review, ReviewPublic
from app.services.one_page import OnePage

NONE_YET = ReviewPublic(conclusion="", next_step=None, revision=0, updated_at=None, unreadable=False)
REVIEW = OnePage(Review, "review", NONE_YET)
get, put = REVIEW.get, REVIEW.put


def revisions(session: Session, experiments: Sequence[UUID]) -> dict[UUID, int]:
    """Of which fortnights something is kept, and how often it was written. One statement."""
    of = col(Review.experiment_id)
    rows = session.execute(select(of, col(Review.revision)).where(of.in_(experiments)))
    return dict(iter(rows))
