"""For the operator's eyes: is it alive, can it serve."""

from fastapi import APIRouter, Response

from app.api.deps import HouseDep
from app.core import schema
from app.core.db import unit_of_work

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
def live() -> dict[str, str]:
    """The process answers."""
    return {"status": "live"}


@router.get("/ready")
def ready(house: HouseDep, response: Response) -> dict[str, str]:
    """The database answers and has the schema this code was written for."""
    with unit_of_work(house.engine, read_only=True) as session:
        if schema.is_current(session.connection()):
            return {"status": "ready"}
    response.status_code = 503
    return {"status": "schema"}
