"""What became of reminders, in numbers: for the operator, about nobody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.engine import Dialect
from sqlmodel import Session, col

from app.core.db import upserting
from app.core.group_commit import Prepared
from app.models.base import instant_text
from app.models.notifications import DeliveryCount, Notification, PushWorker
from app.services.queue_look import EARLIEST

KEPT = timedelta(days=60)
LATELY = timedelta(minutes=3)
"""A worker that sends says so every minute."""


def add_counts(session: Session, counts: Mapping[tuple[str, str], int], *, now: datetime) -> None:
    """Add to today's numbers, by (push service, outcome). In one order, so that two workers never wait for each
    other in a ring."""
    if not counts:
        return
    connection = session.connection()
    shared = {"on_day": now.date().isoformat(), "last_at": instant_text(now)}
    rows = [
        {**shared, "host": host, "outcome": outcome, "count": number}
        for (host, outcome), number in sorted(counts.items())
    ]
    _add(connection.dialect).run_many(connection.connection.cursor(), rows)


@lru_cache(maxsize=4)
def _add(dialect: Dialect) -> Prepared:
    fresh = upserting(dialect)(DeliveryCount).values(
        {name: bindparam(name) for name in DeliveryCount.model_fields}
    )
    return Prepared(
        fresh.on_conflict_do_update(
            index_elements=["on_day", "host", "outcome"],
            set_={"count": col(DeliveryCount.count) + fresh.excluded.count, "last_at": fresh.excluded.last_at},
        ),
        dialect,
    )


@dataclass(frozen=True)
class Standing:
    """How sending stands. `lag`: seconds that the oldest thing in the queue is late. `totals` by outcome, and
    `refused_by` the push services that refused this server, over the days that are kept."""

    lag: float
    waiting: int
    sending: bool
    totals: dict[str, int]
    refused_by: dict[str, datetime]


def standing(session: Session, *, now: datetime) -> Standing:
    """For `/metrics` and `doctor`."""
    oldest = [at for at in session.execute(EARLIEST).one() if at is not None]
    totals: dict[str, int] = {}
    refused: dict[str, datetime] = {}
    for row in session.scalars(select(DeliveryCount)):
        totals[row.outcome] = totals.get(row.outcome, 0) + row.count
        if row.outcome == "refused":
            refused[row.host] = max(row.last_at, refused.get(row.host, row.last_at))
    waiting = session.scalar(select(func.count()).select_from(Notification)) or 0
    lag = max((now - min(oldest)).total_seconds(), 0.0) if oldest else 0.0
    return Standing(lag, waiting, is_sending(session, now=now), totals, refused)


def is_sending(session: Session, *, now: datetime) -> bool:
    """Whether something that sends has looked lately."""
    seen = session.scalar(select(func.max(col(PushWorker.seen_at))))
    return seen is not None and now - seen < LATELY


def forget_old(session: Session, *, now: datetime) -> None:
    """Numbers of days long past, and workers that are no more."""
    session.execute(delete(DeliveryCount).where(col(DeliveryCount.on_day) < (now - KEPT).date()))
    session.execute(delete(PushWorker).where(col(PushWorker.seen_at) < now - timedelta(days=1)))
