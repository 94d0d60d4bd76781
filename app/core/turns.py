"""Turns: work that is costly, one at a time for each person. In memory: one server process has one set of them."""

import threading
from collections.abc import Hashable
from datetime import datetime, timedelta

LONGEST = timedelta(minutes=10)


class Turns:
    """Whose turn it is. One that was never given back (its request ended in a way nobody foresaw) runs out."""

    def __init__(self) -> None:
        self._since: dict[Hashable, datetime] = {}
        self._lock = threading.Lock()

    def take(self, who: Hashable, *, now: datetime) -> bool:
        """True where `who` had no turn yet; then it must be given back."""
        with self._lock:
            self._since = {each: since for each, since in self._since.items() if now - since < LONGEST}
            if who in self._since:
                return False
            self._since[who] = now
            return True

    def give_back(self, who: Hashable) -> None:
        with self._lock:
            self._since.pop(who, None)
