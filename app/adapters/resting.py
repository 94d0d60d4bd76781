"""A host that does not answer rests for a while, so that waiting for it holds up nobody else."""

from collections.abc import Callable

IN_A_ROW = 5
REST = 30.0
"""Seconds."""


class Resting:
    """Counts one host's failures to answer. `ticks`: seconds that only ever grow."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._failures = 0
        self._until = 0.0

    @property
    def now(self) -> bool:
        """True while nothing should be sent."""
        return self._failures >= IN_A_ROW and self._ticks() < self._until

    def may_send(self) -> bool:
        """Ask right before sending. After a rest one may try, while the others rest on until it has an answer."""
        if self.now:
            return False
        if self._failures >= IN_A_ROW:
            self._until = self._ticks() + REST
        return True

    def answered(self) -> None:
        """Any answer will do, a refusal too."""
        self._failures = 0

    def failed(self) -> None:
        """No answer: no connection, or none in time."""
        self._failures += 1
        if self._failures >= IN_A_ROW:
            self._until = self._ticks() + REST
