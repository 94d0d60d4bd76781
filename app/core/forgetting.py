"""What was deleted must be in no file. SQLite overwrites deleted rows (`secure_delete`), but what they were stays
in the write-ahead log until that is folded in and cut to nothing. PostgreSQL has its own ways (docs/privacy.md).
"""

import threading
from contextlib import suppress

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

PATIENCE_MS = 100
"""How long one try waits for those who read and write: meanwhile nobody else can write."""
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 60.0


def empty_log(engine: Engine) -> bool:
    """Fold the log in and empty it, outside of any transaction. False where somebody was in the way."""
    if engine.dialect.name != "sqlite":
        return True
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        (usual,) = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        try:
            busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
        return not busy
    finally:
        connection.close()


class Forgetter:
    """Empties the log after a deletion: at once where nobody is in the way, else as soon as nobody is."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked = threading.Event()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="forgetter", daemon=True)
        self._thread.start()

    def forget(self) -> None:
        """Call it once the deletion is committed."""
        if not self._emptied():
            self._asked.set()

    def close(self) -> None:
        """One last try, if one is still owed; then stop."""
        self._closing.set()
        self._asked.set()
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            wait = FIRST_WAIT_S
            while not self._emptied():
                if self._closing.wait(wait):
                    self._emptied()
                    return
                wait = min(2 * wait, LONGEST_WAIT_S)
            if self._closing.is_set():
                return

    def _emptied(self) -> bool:
        with suppress(DBAPIError, self._engine.dialect.loaded_dbapi.Error):
            return empty_log(self._engine)
        return False
