"""`./fortnight bench due`: finding and claiming what is due among 10,000, 100,000 and 1,000,000 reminders.

On SQLite, and on PostgreSQL where `FORTNIGHT_TEST_POSTGRES` (or a server of this machine) lets databases be made.
An idle look is what a worker does every second; firing is done in the worker's own batches, as it does it.
"""

import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID, uuid4

import psycopg
from app.core import config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.experiments import Experiment
from app.models.login_sessions import LoginSession
from app.models.notifications import Notification
from app.models.push_subscriptions import PushSubscription
from app.models.reminders import Reminder, ReminderPlan
from app.services import due
from app.services.house import House, open_house
from app.services.queue_look import QueueLook
from sqlalchemy import delete, insert, select, text
from sqlmodel import col

from benchmarks.fortnights import fortnight, plan, reminder
from benchmarks.people import client
from benchmarks.report import progress, show

SIZES = (10_000, 100_000, 1_000_000)
LOOKS, ROUNDS, DUE = 400, 3, 2_000
NOW = datetime(2027, 3, 3, 20, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ZONE = "Europe/Berlin"
HOURS = (("08:30", "12:30", "20:30"), ("07:00", "13:15", "21:00"), ("10:00", "16:45", "22:30"))
POSTGRES = os.environ.get("FORTNIGHT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres")


def main(as_json: bool = False) -> None:
    """Measure and print."""
    rows: list[dict[str, Any]] = []
    ratios: dict[str, Any] = {}
    for kind, database in (("sqlite", _sqlite), ("postgres", _postgres)):
        with database() as house:
            if house is None:
                progress("No PostgreSQL answers: set FORTNIGHT_TEST_POSTGRES.")
                continue
            found = {size: _measured(house, size, rows, kind) for size in SIZES}
        smallest, largest = found[SIZES[0]], found[SIZES[-1]]
        ratios[f"idle_1m_vs_10k_{kind}"] = largest[0] / smallest[0]
        ratios[f"idle_ms_1m_{kind}"] = largest[0]
        ratios[f"claim_us_per_row_{kind}"] = largest[1]
    show("due", rows, ratios, as_json=as_json)


@contextmanager
def _sqlite() -> Iterator[House | None]:
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(config.load({}, data=Path(folder) / "data", database_url=""))
        yield house
        house.close()


@contextmanager
def _postgres() -> Iterator[House | None]:
    from tests.databases import create, drop

    try:
        url = create(POSTGRES)
    except psycopg.Error:
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(config.load({}, data=Path(folder) / "data", database_url=url))
        try:
            yield house
        finally:
            house.close()
            drop(POSTGRES, url)


def _measured(house: House, size: int, rows: list[dict[str, Any]], kind: str) -> tuple[float, float]:
    """Milliseconds of an idle look, microseconds of a reminder fired."""
    progress(f"{kind}: {size:,} reminders")
    due_ones = _fill(house, size)
    look = QueueLook(house.engine)
    idle = 1000 * median(_times(lambda: look.any_due(NOW - timedelta(days=1)), LOOKS))
    look.close()
    per_row = []
    for _ in range(ROUNDS):
        _make_due(house, due_ones)
        begun = time.perf_counter()
        fired = 0
        while number := _fire(house):
            fired += number
        per_row.append(1e6 * (time.perf_counter() - begun) / DUE)
        if fired != DUE:
            raise SystemExit(f"{fired} were fired instead of {DUE}: this measures nothing.")
    rows.append({"path": f"{kind}, {size:,}", "idle ms": idle, "claim us a row": median(per_row)})
    return idle, median(per_row)


def _times(work: Callable[[], object], number: int) -> list[float]:
    found = []
    for _ in range(number):
        begun = time.perf_counter()
        work()
        found.append(time.perf_counter() - begun)
    return found


def _fire(house: House) -> int:
    with unit_of_work(house.engine, by=HOUSE, unhurried=True) as session:
        return due.fire(session, house.vault, now=NOW)


def _fill(house: House, size: int) -> list[UUID]:
    """As many reminders, three to a fortnight, one device to a person; `DUE` of them are to be made due. They
    began on any of 14 days and share a few hours, as people do."""
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(delete(Experiment))
        session.execute(delete(PushSubscription))
    people = 200
    accounts = [client(house) for _ in range(people)]
    ids: list[UUID] = []
    with unit_of_work(house.engine, by=HOUSE) as session:
        for number, each in enumerate(accounts):
            identity = each.created.account.id
            signed_in = select(col(LoginSession.id)).where(col(LoginSession.account_id) == identity)
            session.execute(
                insert(PushSubscription).values(
                    id=uuid4(),
                    account_id=identity,
                    session_id=session.scalars(signed_in).first(),
                    endpoint_index=f"{size}-{number}",
                    sealed=b"",
                    created_at=NOW,
                    seen_at=NOW,
                )
            )
        for start in range(0, size, 30_000):
            fortnights = [uuid4() for _ in range(min(30_000, size - start) // 3 + 1)]
            owners = [accounts[n % people].created.account.id for n in range(len(fortnights))]
            both = list(zip(fortnights, owners, strict=True))
            begun = [date(2027, 3, 3) - timedelta(days=number % 14) for number in range(len(both))]
            running = zip(both, begun, strict=True)
            session.execute(
                insert(Experiment), [fortnight(one, owner, on, 28, ZONE, NOW) for (one, owner), on in running]
            )
            plans = [
                plan(one, owner, ZONE, HOURS[number % len(HOURS)]) for number, (one, owner) in enumerate(both)
            ]
            session.execute(insert(ReminderPlan), plans)
            fresh = [
                reminder(uuid4(), one, at, LATER, LATER.date(), LATER + timedelta(hours=2))
                for number, one in enumerate(fortnights)
                for at in HOURS[number % len(HOURS)]
            ]
            session.execute(insert(Reminder), fresh[: min(30_000, size - start)])
            ids += [row["id"] for row in fresh[: min(30_000, size - start)]]
    if house.engine.dialect.name == "postgresql":
        with house.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    step = len(ids) // DUE
    return ids[::step][:DUE]


def _make_due(house: House, ids: list[UUID]) -> None:
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(delete(Notification))
        values = [
            {"id": one, "next_due_at": NOW, "next_day": NOW.date(), "stale_at": NOW + timedelta(hours=2)}
            for one in ids
        ]
        session.bulk_update_mappings(Reminder.__mapper__, values)  # type: ignore[attr-defined]
