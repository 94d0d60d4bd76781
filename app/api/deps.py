"""What a handler's signature may ask for. Authorisation is a type: asking for it is being allowed to.

One request, one transaction, committed before the answer is sent (`scope="function"`). A safe method gets a
read-only transaction: SQLite has one writer, and check-ins must not wait for somebody who reads.

What only looks something up in memory is `async def`: as `def` it would wait for a thread of the pool.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Request, Response
from sqlmodel import Session

from app.core import clock
from app.core.db import unit_of_work
from app.core.vault import DataKey
from app.domain.access import Person, Role
from app.domain.errors import NotFound, NotSignedIn
from app.domain.safety import Thresholds
from app.models.experiments import Experiment, ExperimentPublic
from app.models.sharings import Sharing
from app.services import experiments, login_sessions, session_notes, sharings
from app.services.house import House

Handler = TypeVar("Handler", bound=Callable[..., object])


def reads(handler: Handler) -> Handler:
    """Mark a POST handler that changes nothing, or only in a short transaction of its own at the end: it must not
    hold the one write lock while it thinks."""
    handler.reads = True  # type: ignore[attr-defined]
    return handler


async def _house(request: Request) -> House:
    house: House = request.app.state.house
    return house


async def _limits(house: Annotated[House, Depends(_house)]) -> Thresholds:
    return house.thresholds


async def _now() -> datetime:
    return clock.now()


async def _changes(request: Request) -> bool:
    endpoint = request.scope["route"].endpoint
    return not (request.method in {"GET", "HEAD"} or getattr(endpoint, "reads", False))


Changes = Annotated[bool, Depends(_changes)]


def _session(house: Annotated[House, Depends(_house)], changes: Changes) -> Iterator[Session]:
    with unit_of_work(house.engine, read_only=not changes) as session:
        yield session


HouseDep = Annotated[House, Depends(_house)]
Now = Annotated[datetime, Depends(_now)]
Limits = Annotated[Thresholds, Depends(_limits)]
SessionDep = Annotated[Session, Depends(_session, scope="function")]


def cookie_name(house: House) -> str:
    """`__Host-` binds the cookie to this origin and https; plain http on localhost cannot carry that prefix."""
    return "__Host-fortnight" if house.settings.secure else "fortnight"


def known_cookie_name(house: House) -> str:
    """The cookie that outlives signing out: with whom this browser has signed in before (`known_devices`)."""
    return cookie_name(house) + "-known"


async def _token(request: Request, house: HouseDep) -> str:
    token = request.cookies.get(cookie_name(house))
    if not token:
        raise NotSignedIn()
    return token


SessionToken = Annotated[str, Depends(_token)]


async def _believed(request: Request) -> str | None:
    return request.headers.get("fortnight-account")


# The account for which the sender takes the session. Our own pages always say it; others need not.
Believed = Annotated[str | None, Depends(_believed)]


@dataclass(frozen=True, slots=True)
class Door:
    """What the check-in takes along to the group writer, where the session is looked up with everything else.

    One dependency instead of three: each costs about 15 µs of the request that comes most often.
    """

    house: House
    token: str
    believed: str | None
    now: datetime


async def _door(request: Request) -> Door:
    house = await _house(request)
    return Door(house, await _token(request, house), await _believed(request), clock.now())


AtTheDoor = Annotated[Door, Depends(_door)]


def _person(
    session: SessionDep, house: HouseDep, token: SessionToken, believed: Believed, now: Now, response: Response
) -> Person:
    """Who is signed in. The answer says so too: what a page asked for before it knew who is here, it keeps only if
    that is for whom it turns out to speak."""
    person = login_sessions.find(session, token, believed, now=now)
    login_sessions.keep_alive(house.writer, house.engine.dialect, person, now=now)
    response.headers["Fortnight-Account"] = str(person.id)
    return person


CurrentAccount = Annotated[Person, Depends(_person)]


async def _fresh(person: CurrentAccount, now: Now) -> None:
    person.check_fresh(now)


# A route by which something leaves Fortnight asks for a password that was said lately (SECURITY.md, checklist 23).
FRESH = Depends(_fresh)


async def _own_key(house: HouseDep, person: CurrentAccount) -> DataKey:
    return house.vault.unwrap(person.kek_id, person.wrapped_key, str(person.id))


OwnKey = Annotated[DataKey, Depends(_own_key)]


def playing(who: Callable[..., Person], *roles: Role) -> Any:
    """Whoever `who` finds, if they have one of these roles. For anybody else the route is not there."""

    async def _checked(person: Annotated[Person, Depends(who)]) -> Person:
        if person.role not in roles:
            raise NotFound()
        return person

    return Depends(_checked)


CurrentClient = Annotated[Person, playing(_person, "client")]
CurrentTherapist = Annotated[Person, playing(_person, "therapist")]
# Whoever reads what clients share with them.
CurrentReader = Annotated[Person, playing(_person, "therapist", "supporter")]
CurrentInviter = Annotated[Person, playing(_person, "therapist", "client")]
CurrentInvited = Annotated[Person, playing(_person, "client", "supporter")]


def _own_experiment(
    session: SessionDep, person: CurrentAccount, changes: Changes, experiment_id: UUID
) -> Experiment:
    return experiments.own(session, person, experiment_id, to_change=changes)


OwnExperiment = Annotated[Experiment, Depends(_own_experiment)]


def _own_sharing(session: SessionDep, person: CurrentAccount, sharing_id: UUID) -> Sharing:
    return sharings.own(session, person, sharing_id)


OwnSharing = Annotated[Sharing, Depends(_own_sharing)]


def _own_client(session: SessionDep, person: CurrentTherapist, sharing_id: UUID) -> Sharing:
    return session_notes.own_client(session, person, sharing_id)


# Whom a therapist works with, whether or not anything is shared by now: for what is the therapist's own.
OwnClient = Annotated[Sharing, Depends(_own_client)]


def _shown(
    house: HouseDep, session: SessionDep, key: OwnKey, limits: Limits, now: Now
) -> Callable[[Experiment], ExperimentPublic]:
    """How a handler that has changed an experiment shows it: committed first, then read and opened outside of the
    write transaction. Opening many days takes long, and everybody's check-ins would wait for it."""

    def shown(experiment: Experiment) -> ExperimentPublic:
        session.commit()
        with unit_of_work(house.engine, by=experiment.account_id, read_only=True) as reading:
            return experiments.public(reading, experiment, key, limits, now=now)

    return shown


Shown = Annotated[Callable[[Experiment], ExperimentPublic], Depends(_shown)]
