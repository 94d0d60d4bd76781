"""Experiments over HTTP. A handler is one call."""

from fastapi import APIRouter

from app.api.deps import CurrentClient, HouseDep, Limits, Now, OwnExperiment, OwnKey, SessionDep, Shown, reads
from app.models.brought_back import FromFile
from app.models.experiments import ExperimentCreate, ExperimentPublic, ExperimentUpdate
from app.services import bringing_back, experiments

router = APIRouter(prefix="/api/experiments", tags=["experiments"])


@router.get("")
def list_experiments(
    session: SessionDep, person: CurrentClient, key: OwnKey, limits: Limits, now: Now
) -> list[ExperimentPublic]:
    """My experiments, the newest first."""
    return experiments.list_own(session, person, key, limits, now=now)


@router.post("", status_code=201)
def create_experiment(
    session: SessionDep, person: CurrentClient, key: OwnKey, now: Now, shown: Shown, body: ExperimentCreate
) -> ExperimentPublic:
    """A draft: nothing starts until I say so."""
    created = experiments.create(session, person, key, body, now=now)
    return shown(created)


@router.post("/from-file", status_code=201)
@reads
def bring_back(
    house: HouseDep, person: CurrentClient, key: OwnKey, now: Now, shown: Shown, body: FromFile
) -> ExperimentPublic:
    """One that I took along, as its file has it."""
    return shown(bringing_back.bring_back(house.engine, person, key, body, now=now))


@router.get("/{experiment_id}")
def get_experiment(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, limits: Limits, now: Now
) -> ExperimentPublic:
    return experiments.public(session, experiment, key, limits, now=now)


@router.put("/{experiment_id}")
def put_experiment(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, shown: Shown, body: ExperimentUpdate
) -> ExperimentPublic:
    """The whole plan again. Once day 1 has begun, a change of what was fixed is stamped."""
    experiments.update(session, experiment, key, body, now=now)
    return shown(experiment)


@router.delete("/{experiment_id}", status_code=204)
def delete_experiment(house: HouseDep, session: SessionDep, experiment: OwnExperiment) -> None:
    """Remove it with every check-in."""
    experiments.delete(session, experiment)
    session.commit()
    house.forgetter.forget()


@router.post("/{experiment_id}/start")
def start_experiment(
    session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now, shown: Shown
) -> ExperimentPublic:
    experiments.start(session, experiment, key, now=now)
    return shown(experiment)


@router.post("/{experiment_id}/pause")
def pause_experiment(session: SessionDep, experiment: OwnExperiment, now: Now, shown: Shown) -> ExperimentPublic:
    experiments.pause(session, experiment, now=now)
    return shown(experiment)


@router.post("/{experiment_id}/resume")
def resume_experiment(session: SessionDep, experiment: OwnExperiment, now: Now, shown: Shown) -> ExperimentPublic:
    experiments.resume(session, experiment, now=now)
    return shown(experiment)


@router.post("/{experiment_id}/stop")
def stop_experiment(session: SessionDep, experiment: OwnExperiment, now: Now, shown: Shown) -> ExperimentPublic:
    """End it for good. No reason is asked, and everything is kept."""
    experiments.stop(session, experiment, now=now)
    return shown(experiment)
