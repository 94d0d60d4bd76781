"""Fortnights and their reminders as rows, for measurements and simulations that need very many at once."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID


def fortnight(
    identity: UUID, owner: UUID, start_on: date, length_days: int, zone: str, now: datetime
) -> dict[str, Any]:
    """A running one, with nothing in it that anybody said."""
    return {
        "id": identity,
        "account_id": owner,
        "revision": 1,
        "sealed": b"",
        "start_on": start_on,
        "length_days": length_days,
        "zone": zone,
        "day_end": "04:00",
        "created_at": now,
        "started_at": now,
    }


def plan(identity: UUID, owner: UUID, zone: str, times: Sequence[str]) -> dict[str, Any]:
    """Reminders at these hours of every day, switched on."""
    return {
        "experiment_id": identity,
        "account_id": owner,
        "revision": 1,
        "is_on": True,
        "weekdays": 127,
        "every_other": False,
        "times": ",".join(times),
        "words": "minute",
        "zone": zone,
    }


def reminder(
    identity: UUID, fortnight_id: UUID, at: str, due_at: datetime, day: date, stale_at: datetime
) -> dict[str, Any]:
    """One time of day, due next at an instant."""
    return {
        "id": identity,
        "experiment_id": fortnight_id,
        "at": at,
        "next_due_at": due_at,
        "next_day": day,
        "stale_at": stale_at,
        "turn": 0,
        "again": 0,
    }
