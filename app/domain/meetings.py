"""When a reader and a client meet: the session to come, and the last one."""

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True)
class Meetings:
    next_on: date | None = None
    last_on: date | None = None

    def by(self, today: date) -> "Meetings":
        """As it stands on this day: a session that was to come and is over is the last one."""
        if self.next_on is None or self.next_on >= today:
            return self
        return Meetings(None, max(self.next_on, self.last_on or self.next_on))

    def then(self, next_on: date | None, today: date) -> "Meetings":
        """The next one is noted. Whoever notes a later one on the day of a session has had that session; where it
        was only put off, what is new is counted from this day all the same. A day that is past is the last session
        instead of what was noted before: that may have been a mistake."""
        if next_on is not None and next_on < today:
            return Meetings(None, next_on)
        if self.next_on == today and next_on is not None and next_on > today:
            return Meetings(next_on, today)
        return replace(self, next_on=next_on)
