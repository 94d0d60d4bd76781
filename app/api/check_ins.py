"""Check-ins over HTTP. Putting a day does not take a thread: it waits for the group writer."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.api.deps import AtTheDoor, OwnExperiment, OwnKey, SessionDep
from app.api.direct import DirectRoute
from app.models.base import Day
from app.models.check_ins import CheckInPublic, CheckInPut, CheckInsPublic
from app.services import check_ins
from app.services.check_in_put import Put

PREFIX = "/api/experiments/{experiment_id}/check-ins"
router = APIRouter(prefix=PREFIX, tags=["check-ins"])
writing = APIRouter(prefix=PREFIX, tags=["check-ins"], route_class=DirectRoute)


@router.get("")
def list_check_ins(
    session: SessionDep,
    experiment: OwnExperiment,
    key: OwnKey,
    since: Annotated[int, Query(ge=0, le=2**31 - 1)] = 0,
) -> CheckInsPublic:
    """Every day written after the cursor `since`, newest revision of each."""
    return check_ins.list_since(session, experiment, key, since)


@writing.put("/{day}", response_model=CheckInPublic)
async def put_check_in(door: AtTheDoor, experiment_id: UUID, day: Day, body: CheckInPut) -> Response:
    """One whole day. Sending the same twice changes nothing; answered only once it is on the disk."""
    house = door.house
    asked = Put(door.token, door.believed, experiment_id, day, body, door.now)
    stored = await house.writer.ask(house.put_together, asked)
    return Response(stored.model_dump_json(), media_type="application/json")
