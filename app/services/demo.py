"""A filled practice to look at: one therapist, four clients and a friend of one, each through the doors that real
people use."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.access import Person, Role
from app.models.accounts import AccountCreate
from app.models.check_ins import CheckInPut
from app.models.experiments import Experiment, ExperimentCreate
from app.services import accounts, demo_sharing, experiments, invitations, login_sessions
from app.services.check_in_put import Put
from app.services.demo_people import PEOPLE, Invented, simulate
from app.services.demo_sharing import Someone
from app.services.house import House


@dataclass(frozen=True)
class SignIn:
    role: Role
    sign_in: str
    password: str


def fill(house: House, *, now: datetime) -> list[SignIn]:
    """Make everybody. Dates end yesterday (UTC); passwords are new each time."""
    therapist, token = _account(house, "theo", "therapist", now=now)
    theo = someone(house, token, now=now)
    clients = {person.name: _client(house, person, theo, now=now) for person in PEOPLE}
    supporter = _supporter(house, clients[demo_sharing.SUPPORTED], now=now)
    return [therapist, *(client.sign_in for client in clients.values()), supporter]


@dataclass(frozen=True)
class Client:
    sign_in: SignIn
    owner: Someone
    experiment: Experiment


def someone(house: House, token: str, *, now: datetime) -> Someone:
    """Whose session this is, with what opens their own."""
    with unit_of_work(house.engine) as session:
        person: Person = login_sessions.find(session, token, now=now)
    return Someone(person, accounts.data_key(house.vault, person))


def _account(
    house: House, name: str, role: Role, *, invitation: str | None = None, now: datetime
) -> tuple[SignIn, str]:
    """An account through an invitation; also the token of its first session."""
    password = secrets.token_urlsafe(9)
    if invitation is None:
        with unit_of_work(house.engine) as session:
            invitation = invitations.create(session, house.settings.public_url, role, now=now).token
    visitor = accounts.Visitor(address="127.0.0.1", user_agent="")
    wanted = AccountCreate(token=invitation, role=role, name=name, password=password)
    signed_up = accounts.create(house, wanted, visitor, now=now)
    return SignIn(role, signed_up.created.account.sign_in, password), signed_up.started.token


def _client(house: House, person: Invented, theo: Someone, *, now: datetime) -> Client:
    today = (now - timedelta(hours=4)).date()
    start_on = today - timedelta(days=person.days)
    begun = datetime.combine(start_on, time(8), UTC)
    sign_in, token = _account(house, person.name, "client", now=begun)
    told = {"told_on": (start_on - timedelta(days=7)).isoformat()} if person.expected != "notice_only" else None
    plan = {**person.plan, "prescriber_told": told, "start_on": start_on.isoformat()}
    owner = someone(house, token, now=begun)
    with unit_of_work(house.engine, by=owner.person.id) as session:
        body = ExperimentCreate.model_validate(plan)
        experiment = experiments.create(session, owner.person, owner.key, body, now=begun)
        experiments.start(session, experiment, owner.key, now=begun)
    days = {start_on + timedelta(days=number): each for number, each in enumerate(simulate(person)) if each}
    write(house, token, experiment.id, days)
    demo_sharing.share(house, theo, owner, experiment, person.name, now=now)
    return Client(sign_in, owner, experiment)


def _supporter(house: House, client: Client, *, now: datetime) -> SignIn:
    """Invited by this client, and shown a little."""
    invitation = demo_sharing.invite_close(house, client.owner, now=now)
    sign_in, token = _account(house, demo_sharing.SUPPORTER, "supporter", invitation=invitation, now=now)
    demo_sharing.share_close(house, client.owner, someone(house, token, now=now), client.experiment, now=now)
    return sign_in


def write(house: House, token: str, experiment_id: UUID, days: Mapping[date, dict[str, Any]]) -> None:
    """The answers of each day, written on its evening."""
    with unit_of_work(house.engine, by=HOUSE) as session:
        cursor = session.connection().connection.cursor()
        for day, answers in days.items():
            written = datetime.combine(day, time(21, 40), UTC)
            sent = {"base_revision": 0, "written_at": written.isoformat(), "zone": "UTC", **answers}
            put = Put(token, None, experiment_id, day, CheckInPut.model_validate(sent), written)
            [outcome] = house.put_together(cursor, [put])
            if isinstance(outcome, Exception):
                raise outcome
