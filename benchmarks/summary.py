"""`./fortnight bench summary`: the therapist's page and list, as the server answers them.

The page of a client with 14, 90 and 3,650 days in fortnights one after the other, everything shared; the list of
10, 100 and 1,000 clients. Time is what the whole app takes for one answer, from the first byte asked to the last
one given, in one process with SQLite on the disk; statements are counted as they are sent; bytes are those of the
answer as JSON, and gzipped. Everybody is made through the services that real people use, but for the accounts of
the list: a thousand passwords would only measure Argon2.
"""

import gzip
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid4

from app.core import clock, config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.access import Person
from app.domain.sharing import FIELDS
from app.main import create_app
from app.models.accounts import Account
from app.models.experiments import Experiment, ExperimentCreate
from app.models.sharings import ConsentPut, SharingCreate
from app.services import demo, experiments, invitations, sharings
from app.services.demo_people import PEOPLE
from app.services.demo_sharing import Someone
from app.services.house import House, open_house
from sqlalchemy import event
from starlette.testclient import TestClient
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.people import client, therapist
from benchmarks.report import progress, show

DAYS = (14, 90, 3650)
CLIENTS = (10, 100, 1000)
LENGTH = 14
ROUNDS = 41
EVERYTHING = list(FIELDS)
PLAN: dict[str, Any] = {**PEOPLE[0].plan, "length_days": LENGTH}


@dataclass
class Timed:
    """The app, and how long its last answer took, in milliseconds."""

    app: ASGIApp
    ms: float = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = time.perf_counter()
        await self.app(scope, receive, send)
        self.ms = 1000 * (time.perf_counter() - begun)


@dataclass
class Practice:
    """A therapist in a house of their own."""

    house: House
    therapist: Someone
    token: str


def main(as_json: bool = False) -> None:
    """Measure and print."""
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for days in DAYS:
            progress(f"a client with {days} days")
            practice = _practice(Path(folder) / f"days-{days}")
            rows.append({"path": f"page, {days} days", **_measure(practice, _client_of(practice, days))})
        for number in CLIENTS:
            progress(f"a list of {number} clients")
            practice = _practice(Path(folder) / f"clients-{number}")
            _clients_of(practice, number)
            rows.append({"path": f"list, {number} clients", **_measure(practice, "/api/clients")})
    by = {row["path"]: row for row in rows}
    ratios = {
        "ms_14_days": round(by["page, 14 days"]["ms"], 2),
        "ms_90_days": round(by["page, 90 days"]["ms"], 2),
        "ms_3650_days_over_many_fortnights": round(by["page, 3650 days"]["ms"], 2),
        "queries_1000_vs_10_clients": by["list, 1000 clients"]["queries"] / by["list, 10 clients"]["queries"],
        "queries_3650_vs_14_days": by["page, 3650 days"]["queries"] / by["page, 14 days"]["queries"],
        "kb_90_days": round(by["page, 90 days"]["kb"], 1),
    }
    show("summary", rows, ratios, as_json=as_json)


def _practice(data: Path) -> Practice:
    house = open_house(config.load({}, data=data, database_url=""))
    token = therapist(house).started.token
    return Practice(house, demo.someone(house, token, now=clock.now()), token)


def _client_of(practice: Practice, days: int) -> str:
    """One client with so many days until yesterday, all of it shared; the address of their page."""
    house = practice.house
    token = client(house).started.token
    owner = demo.someone(house, token, now=clock.now())
    today = clock.now().date()
    first = today - timedelta(days=days)
    starts = [first + timedelta(days=LENGTH * number) for number in range(-(-days // LENGTH))]
    dice = random.Random(days)
    sharing: UUID | None = None
    for start_on in starts:
        experiment = fortnight(house, owner, start_on)
        demo.write(house, token, experiment.id, written(start_on, today, dice))
        sharing = _share(practice, owner, experiment, sharing)
    return f"/api/clients/{sharing}"


def fortnight(house: House, owner: Someone, start_on: date) -> Experiment:
    begun = datetime.combine(start_on, time_of_day(8), UTC)
    told = {"told_on": (start_on - timedelta(days=7)).isoformat()}
    body = ExperimentCreate.model_validate({**PLAN, "start_on": start_on.isoformat(), "prescriber_told": told})
    with unit_of_work(house.engine, by=HOUSE) as session:
        experiment = experiments.create(session, owner.person, owner.key, body, now=begun)
        experiments.start(session, experiment, owner.key, now=begun)
    return experiment


def written(start_on: date, today: date, dice: random.Random | None = None) -> dict[date, dict[str, Any]]:
    """What is written on the days of a fortnight that are over."""
    dice = dice or random.Random(LENGTH)
    all_days = [start_on + timedelta(days=number) for number in range(LENGTH)]
    return {day: _answers(dice) for day in all_days if day < today}


def _answers(dice: random.Random) -> dict[str, Any]:
    taken = dice.random() < 0.6
    return {
        "mood": dice.randint(3, 7) + taken,
        "dose": "taken" if taken else "not_taken",
        "sleep_hours": dice.randint(11, 17) / 2,
        "like_myself": dice.randint(3, 8),
        "energy": dice.randint(3, 8),
        "own": {"own1": dice.randint(2, 8)},
        "side_effects": {"dry mouth": dice.randint(0, 3)} if taken else {},
        "note": "Walked home along the river, slept early.",
        "note_starred": dice.random() < 0.2,
    }


def _share(practice: Practice, owner: Someone, experiment: Experiment, known: UUID | None) -> UUID:
    """Everything of it, by an invitation where the two do not know each other; by which sharing."""
    house, theo, now = practice.house, practice.therapist, clock.now()
    chosen: dict[str, Any] = {"fields": EVERYTHING, "text_version": 1}
    with unit_of_work(house.engine, by=HOUSE) as session:
        if known is not None:
            mine = sharings.own(session, owner.person, known)
            yes_too = ConsentPut(**chosen, base_revision=mine.revision)
            return sharings.give(session, mine, experiment, owner.key, yes_too, now=now).id
        url = house.settings.public_url
        made = invitations.invite(session, house.vault, url, theo.person, theo.key, "Dr. Brandt", now=now)
        yes = SharingCreate(code=made.code, experiment_id=experiment.id, called="R.", **chosen)
        return sharings.begin(session, house.vault, owner.person, owner.key, yes, now=now).id


def _clients_of(practice: Practice, number: int) -> None:
    begun = clock.now().date() - timedelta(days=5)
    for _ in range(number):
        owner = _quick_account(practice.house)
        _share(practice, owner, fortnight(practice.house, owner, begun), None)


def _quick_account(house: House) -> Someone:
    """An account that nobody can sign in to."""
    identity, now = uuid4(), clock.now()
    wrapped = house.vault.new_key(str(identity))
    key = house.vault.unwrap(wrapped.kek_id, wrapped.wrapped, str(identity))
    row = Account(
        id=identity,
        role="client",
        sign_in_index=identity.hex,
        sealed=key.seal({"v": 1, "sign_in": "ana-0000"}, f"account:{identity}"),
        kek_id=wrapped.kek_id,
        wrapped_key=wrapped.wrapped,
        password_hash="",
        created_at=now,
    )
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.add(row)
    return Someone(Person(identity, "client", uuid4(), now, wrapped.kek_id, wrapped.wrapped), key)


def _measure(practice: Practice, path: str) -> dict[str, Any]:
    app = Timed(create_app(practice.house))
    with TestClient(app, base_url=practice.house.settings.public_url) as http:
        http.cookies.set("fortnight", practice.token)

        def ask() -> bytes:
            answer = http.get(path, headers={"Accept-Encoding": "identity", "Sec-Fetch-Site": "same-origin"})
            if answer.status_code != 200:
                raise SystemExit(f"{path} answered {answer.status_code}: this measures nothing.")
            return answer.content

        for _ in range(3):
            ask()
        with _counted(practice.house) as sent:
            body = ask()
        times = [_time(ask, app) for _ in range(ROUNDS)]
    return {
        "ms": median(times),
        "ms_slowest": max(times),
        "queries": sent[0],
        "kb": len(body) / 1000,
        "kb_gz": len(gzip.compress(body, 6)) / 1000,
    }


def _time(ask: Callable[[], bytes], app: Timed) -> float:
    ask()
    return app.ms


@contextmanager
def _counted(house: House) -> Iterator[list[int]]:
    """How many statements are sent meanwhile."""
    sent = [0]

    def count(*_: Any) -> None:
        sent[0] += 1

    event.listen(house.engine, "before_cursor_execute", count)
    yield sent
    event.remove(house.engine, "before_cursor_execute", count)
