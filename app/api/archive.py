"""Everything of a fortnight as one archive, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.api.comparison import Around
from app.api.deps import FRESH, HouseDep, Now, OwnExperiment, OwnKey
from app.api.files import streamed
from app.services import archives

router = APIRouter(prefix="/api/experiments/{experiment_id}", tags=["archive"])


def _gathered(
    house: HouseDep, experiment: OwnExperiment, key: OwnKey, now: Now, _around: Around
) -> archives.Gathered:
    """After the transaction of the export is over."""
    return archives.gather(house, experiment, key, now=now)


@router.get("/archive", dependencies=[FRESH])
def get_archive(
    house: HouseDep,
    experiment: OwnExperiment,
    key: OwnKey,
    now: Now,
    around: Around,
    gathered: Annotated[archives.Gathered, Depends(_gathered)],
) -> Response:
    """Everything of this fortnight as a ZIP: the export, the days as CSV, FHIR, a calendar entry, pages made."""
    parts = archives.parts(house, experiment, key, around, gathered)
    return streamed(house, experiment.account_id, parts, "application/zip", "zip", now=now)
