"""A filled practice to look at: one therapist and four clients, each through the doors that real people use."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from app.core.db import unit_of_work
from app.domain.access import Person
from app.models.accounts import AccountCreate, Role
from app.models.check_ins import CheckInPut
from app.models.experiments import ExperimentCreate
from app.services import accounts, experiments, invitations, login_sessions
from app.services.check_in_put import Put
from app.services.demo_people import PEOPLE, Invented, simulate
from app.services.house import House


@dataclass(frozen=True)
class SignIn:
    role: Role
    sign_in: str
    password: str


def fill(house: House, *, now: datetime) -> list[SignIn]:
    """Make everybody. Dates end yesterday (UTC); passwords are new each time."""
    therapist, _ = _account(house, "theo", "therapist", now=now)
    return [therapist, *(_client(house, person, now=now) for person in PEOPLE)]


def _account(house: House, name: str, role: Role, *, now: datetime) -> tuple[SignIn, str]:
    """An account through an invitation; also the token of its first session."""
    password = secrets.token_urlsafe(9)
    with unit_of_work(house.engine) as session:
        invitation = invitations.create(session, house.settings.public_url, role, now=now)
    visitor = accounts.Visitor(address="127.0.0.1", user_agent="")
    wanted = AccountCreate(token=invitation.token, role=role, name=name, password=password)
    signed_up = accounts.create(house, wanted, visitor, now=now)
    return SignIn(role, signed_up.created.account.sign_in, password), signed_up.started.token


def _client(house: House, person: Invented, *, now: datetime) -> SignIn:
    today = (now - timedelta(hours=4)).date()
    start_on = today - timedelta(days=person.days)
    begun = datetime.combine(start_on, time(8), UTC)
    sign_in, token = _account(house, person.name, "client", now=begun)
    told = {"told_on": (start_on - timedelta(days=7)).isoformat()} if person.expected != "notice_only" else None
    plan = {**person.plan, "prescriber_told": told, "start_on": start_on.isoformat()}
    with unit_of_work(house.engine) as session:
        owner: Person = login_sessions.find(session, token, now=begun)
        key = accounts.data_key(house.vault, owner)
        body = ExperimentCreate.model_validate(plan)
        experiment = experiments.create(session, owner, key, body, now=begun)
        experiments.start(session, experiment, key, now=begun)
    with house.engine.begin() as connection:
        cursor = connection.connection.cursor()
        for number, answers in enumerate(simulate(person)):
            if answers is None:
                continue
            day = start_on + timedelta(days=number)
            written = datetime.combine(day, time(21, 40), UTC)
            sent = {"base_revision": 0, "written_at": written.isoformat(), "zone": "UTC", **answers}
            put = Put(token, None, experiment.id, day, CheckInPut.model_validate(sent), written)
            [outcome] = house.put_together(cursor, [put])
            if isinstance(outcome, Exception):
                raise outcome
    return sign_in
