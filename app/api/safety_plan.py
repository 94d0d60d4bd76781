"""The client's own three-line plan over HTTP."""

from fastapi import APIRouter

from app.api.deps import CurrentClient, Now, OwnKey, SessionDep
from app.models.safety_plans import SafetyPlanPublic, SafetyPlanUpdate
from app.services import safety_plans

router = APIRouter(prefix="/api/safety-plan", tags=["safety plan"])


@router.get("")
def get_safety_plan(session: SessionDep, person: CurrentClient, key: OwnKey) -> SafetyPlanPublic:
    return safety_plans.get(session, person, key)


@router.put("")
def put_safety_plan(
    session: SessionDep, person: CurrentClient, key: OwnKey, now: Now, body: SafetyPlanUpdate
) -> SafetyPlanPublic:
    return safety_plans.put(session, person, key, body, now=now)
