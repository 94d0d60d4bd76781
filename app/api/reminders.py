"""Reminders of a fortnight, and what can be said to one of them from its notification."""

from uuid import UUID

from fastapi import APIRouter

from app.api.deps import CurrentClient, Now, OwnExperiment, OwnKey, SessionDep
from app.models.reminders import Again, AgainPublic, RemindersPublic, RemindersPut
from app.services import reminders

router = APIRouter(prefix="/api", tags=["reminders"])


@router.get("/experiments/{experiment_id}/reminders")
def get_reminders(session: SessionDep, experiment: OwnExperiment, key: OwnKey, now: Now) -> RemindersPublic:
    return reminders.get(session, experiment, key, now=now)


@router.put("/experiments/{experiment_id}/reminders")
def put_reminders(
    session: SessionDep,
    person: CurrentClient,
    key: OwnKey,
    experiment: OwnExperiment,
    now: Now,
    body: RemindersPut,
) -> RemindersPublic:
    """The whole of it: hours, days, quiet hours, the words, on or off."""
    return reminders.put(session, person, key, experiment, body, now=now)


@router.post("/reminders/{reminder_id}/later")
def later(session: SessionDep, person: CurrentClient, now: Now, reminder_id: UUID, body: Again) -> AgainPublic:
    """Once more, in about an hour."""
    return reminders.later(session, person, reminder_id, body.day, now=now)


@router.post("/reminders/{reminder_id}/not-today", status_code=204)
def not_today(session: SessionDep, person: CurrentClient, now: Now, reminder_id: UUID, body: Again) -> None:
    """None any more on that day."""
    reminders.not_today(session, person, reminder_id, body.day, now=now)
