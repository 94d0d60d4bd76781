"""When the next thing is due: what a worker asks every second, so it costs next to nothing.

The first entry of two indexes, in one statement, on a connection of its own that is kept and has no transaction.
(Asked whether anything is due by now, PostgreSQL plans for any instant and reads the whole table: 85 ms for a
million.)
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, func, select
from sqlmodel import col

from app.core.group_commit import Prepared
from app.core.row_security import HOUSE, SETTING
from app.models.base import instant_text
from app.models.notifications import Notification
from app.models.reminders import Reminder

EARLIEST = select(
    select(func.min(col(Reminder.next_due_at))).scalar_subquery(),
    select(func.min(col(Notification.next_try_at))).scalar_subquery(),
)
"""When the next reminder is due, and when the next notification is tried; null where there is none."""


class QueueLook:
    """Not for two threads at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._statement = Prepared(EARLIEST, engine.dialect)
        self._connection: Any = None

    def any_due(self, now: datetime) -> bool:
        """Raises the driver's own error where the database does not answer. A connection that has died since the
        last look, as all do when the database starts again, is replaced without a word."""
        kept = self._connection is not None
        try:
            earliest = self._earliest()
        except Exception:
            if not kept:
                raise
            earliest = self._earliest()
        return any(at is not None and at <= instant_text(now) for at in earliest)

    def _earliest(self) -> Any:
        try:
            cursor = self._connected().cursor()
            self._statement.run(cursor, {})
            earliest = cursor.fetchone()
            cursor.close()
        except BaseException:
            self.close()
            raise
        return earliest

    def close(self) -> None:
        """Let go of the connection."""
        kept, self._connection = self._connection, None
        if kept is not None:
            with suppress(Exception):
                kept.close()

    def _connected(self) -> Any:
        if self._connection is None:
            taken = self._engine.raw_connection()
            driver: Any = taken.driver_connection
            taken.detach()  # ours to close: it is never given back with another way of transactions
            if self._engine.dialect.name == "postgresql":
                driver.autocommit = True
                driver.execute(f"SET {SETTING} = '{HOUSE}'")
            self._connection = driver
        return self._connection
