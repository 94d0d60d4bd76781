"""How long to wait after trying in vain: growing, capped, never for good.

Every attempt counts before it is looked at, so a hundred at once are a hundred. Two counts are kept for a name:
from one address (strict), and from anywhere (a guesser with many addresses). A browser that has signed in with
this name before has a count of its own instead. And each address has a count over all names (one password, tried
on everybody), wide enough for a clinic behind one address. OWASP ASVS 5.0, 6.1.1 and 6.3.1.

An attempt that succeeds is taken back from the counts of one sender: as if it had not been made, and nothing more.
The count from anywhere keeps it: else whoever counts along learns that a name exists, and when its owner came.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FORGET_AFTER = timedelta(hours=24)


@dataclass(frozen=True)
class Allowance:
    """`free` attempts at once, then a pause that doubles from `first` up to `longest`.

    `taken_back`: whether an attempt that succeeds counts no longer. After `forget_after` without any attempt the
    count begins anew.
    """

    free: int
    first: timedelta
    longest: timedelta
    taken_back: bool = True
    forget_after: timedelta = FORGET_AFTER

    def pause_after(self, failures: int) -> timedelta:
        """The pause that follows the `failures`-th attempt in a row."""
        if failures < self.free:
            return timedelta(0)
        doublings = min(failures - self.free, 30)
        pause: timedelta = self.first * 2**doublings
        return min(pause, self.longest)


FROM_ONE_ADDRESS = Allowance(free=5, first=timedelta(seconds=2), longest=timedelta(minutes=15))
FROM_ANYWHERE = Allowance(free=20, first=timedelta(seconds=2), longest=timedelta(minutes=5), taken_back=False)
ANY_NAME = Allowance(free=60, first=timedelta(seconds=2), longest=timedelta(minutes=15))
NEW_ACCOUNTS = Allowance(free=20, first=timedelta(seconds=10), longest=timedelta(minutes=15), taken_back=False)

# Of one calendar's address, by everybody who has it. Calendars ask every 15 minutes at most.
CALENDAR = Allowance(
    free=20,
    first=timedelta(seconds=5),
    longest=timedelta(minutes=1),
    taken_back=False,
    forget_after=timedelta(minutes=1),
)

# Links to read a page, tried from one address: a whole clinic may stand behind it. 256 bits are not guessed.
OPENINGS = Allowance(
    free=60,
    first=timedelta(seconds=2),
    longest=timedelta(minutes=1),
    taken_back=False,
    forget_after=timedelta(minutes=1),
)


@dataclass(frozen=True)
class Count:
    """Attempts in a row that did not succeed, the last of them, and until when no further one is looked at."""

    failures: int
    last_at: datetime
    blocked_until: datetime


def wait(count: Count, now: datetime) -> int:
    """Seconds until the next attempt is looked at, 0 where that is now. Never more than the longest pause."""
    left = (count.blocked_until - now).total_seconds()
    return max(0, -int(-left // 1))


def counted(count: Count, allowance: Allowance, now: datetime) -> Count:
    """The count with one more attempt, as if it failed. After `forget_after` without any it is the first.

    An attempt that is free blocks nothing, not even for the moment between two that came almost at once and are
    counted in the other order.
    """
    failures = 1 if now - count.last_at >= allowance.forget_after else count.failures + 1
    pause = allowance.pause_after(failures)
    return Count(failures, now, now + pause if pause else count.blocked_until)
