"""What a client writes for a session beforehand (the agenda) and after one (the check): which list is the next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

Kind = Literal["agenda", "check"]
KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True)
class Listed:
    """One agenda. `session_on`: for which day it is, where that was said; `today`: in the zone of its writer."""

    number: int
    session_on: date | None
    today: date

    @property
    def over(self) -> bool:
        return self.session_on is not None and self.session_on < self.today


def current(agendas: Iterable[Listed]) -> int | None:
    """The number of the list for the session to come: the latest, as long as its day is not past. A list without a
    day stands until another is begun: nobody guesses that a session has been."""
    latest = max(agendas, key=lambda each: each.number, default=None)
    return None if latest is None or latest.over else latest.number
