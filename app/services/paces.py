"""How often one address is asked for. In memory: what it keeps is our time, and nothing is guessed here.

Each server process has its own counts.
"""

import threading
from datetime import datetime

from app.domain.attempts import Allowance, Count, counted, wait
from app.domain.errors import SlowDown


class Pace:
    """What one door allows, for everybody who comes to it under a name of theirs: an address, a hash."""

    def __init__(self, allowance: Allowance, code: str) -> None:
        self._allowance = allowance
        self._code = code
        self._counts: dict[str, Count] = {}
        self._tidied_at: datetime | None = None
        self._lock = threading.Lock()

    def take(self, who: str, *, now: datetime) -> None:
        """Count this one, or raise `SlowDown` with the door's code and count nothing."""
        with self._lock:
            self._tidy(now)
            before = self._counts.get(who, Count(0, now, now))
            left = wait(before, now)
            if left:
                raise SlowDown(self._code, left)
            self._counts[who] = counted(before, self._allowance, now)

    def forget(self) -> None:
        """Nobody has asked so far: for whoever measures a door."""
        with self._lock:
            self._counts.clear()

    def _tidy(self, now: datetime) -> None:
        """Now and then: nobody who has not asked lately is kept."""
        forget_after = self._allowance.forget_after
        if self._tidied_at is not None and now - self._tidied_at < forget_after:
            return
        self._tidied_at = now
        self._counts = {who: count for who, count in self._counts.items() if now - count.last_at < forget_after}
