"""The comparison over HTTP: what a fortnight shows, in sentences, as figures, and whole as a file."""

from fastapi import APIRouter

from app.api.deps import Limits, Now, OwnExperiment, OwnKey, SessionDep, writes
from app.models.experiments import ExperimentPublic
from app.models.reports import ComparisonPublic
from app.services import experiments, report_words, reports

router = APIRouter(prefix="/experiments/{experiment_id}", tags=["comparison"])


@router.get("/comparison")
@writes
def get_comparison(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, limits: Limits, now: Now
) -> ComparisonPublic:
    """Result, sentences, description and numbers. The first look at an ended fortnight is stamped."""
    return report_words.comparison(reports.build(session, experiment, key, limits, now=now))


@router.post("/comparison/resume")
def resume_comparison(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, limits: Limits, now: Now
) -> ExperimentPublic:
    """Take up a comparison that was set aside while things were hard."""
    reports.resume(session, experiment, key, now=now)
    return experiments.public(session, experiment, key, limits, now=now)
