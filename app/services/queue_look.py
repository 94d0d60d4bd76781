"""Whether anything is due: what a worker asks every second, so it costs next to nothing.

Two look-ups in two indexes, in one statement, on a connection of its own that is kept and has no transaction.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, String, bindparam, exists, or_, select
from sqlmodel import col

from app.core.group_commit import Prepared
from app.models.base import instant_text
from app.models.notifications import Notification
from app.models.reminders import Reminder


class QueueLook:
    """Not for two threads at once."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        now = bindparam("now", type_=String)
        due = exists(select(col(Reminder.id)).where(col(Reminder.next_due_at) <= now))
        waiting = exists(select(col(Notification.id)).where(col(Notification.next_try_at) <= now))
        self._statement = Prepared(select(or_(due, waiting)), engine.dialect)
        self._connection: Any = None

    def any_due(self, now: datetime) -> bool:
        """Raises the driver's own error where the database does not answer; the next look connects anew."""
        try:
            cursor = self._connected().cursor()
            self._statement.run(cursor, {"now": instant_text(now)})
            (found,) = cursor.fetchone()
            cursor.close()
            return bool(found)
        except BaseException:
            self.close()
            raise

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
            self._connection = driver
        return self._connection
