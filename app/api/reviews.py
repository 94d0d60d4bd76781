"""Looking at a result together: what the client keeps of it."""

from fastapi import APIRouter

from app.api.deps import Now, OwnExperiment, OwnKey, SessionDep
from app.models.reviews import ReviewPublic, ReviewUpdate
from app.services import reviews

router = APIRouter(prefix="/api/experiments/{experiment_id}/review", tags=["review"])


@router.get("")
def get_review(session: SessionDep, experiment: OwnExperiment, key: OwnKey) -> ReviewPublic:
    return reviews.get(session, experiment, key)


@router.put("")
def put_review(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, body: ReviewUpdate
) -> ReviewPublic:
    return reviews.put(session, experiment, key, body, now=now)
