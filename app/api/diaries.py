"""Bringing a diary over HTTP."""

from fastapi import APIRouter

from app.api.deps import CurrentClient, Now, OwnExperiment, OwnKey, SessionDep, Shown, reads
from app.models.diaries import DiaryIn, DiaryPreview, DiaryPreviewIn
from app.models.experiments import ExperimentPublic
from app.services import diaries

router = APIRouter(prefix="/api", tags=["diaries"])


@router.post("/diaries/preview")
@reads
def preview_diary(session: SessionDep, person: CurrentClient, key: OwnKey, body: DiaryPreviewIn) -> DiaryPreview:
    """What is in a diary: columns, days, what cannot be read. Nothing is kept."""
    return diaries.preview(session, person, key, body)


@router.post("/experiments/{experiment_id}/diary")
def bring_diary(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, shown: Shown, body: DiaryIn
) -> ExperimentPublic:
    """Look back on 7 to 28 days of a diary in a draft of mine: all of them are taken, or none."""
    diaries.bring(session, experiment, key, body, now=now)
    return shown(experiment)
