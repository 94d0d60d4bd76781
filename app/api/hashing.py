"""Handlers that hash a password: in few threads, beside everybody else's.

A hash takes a core for tens of milliseconds. In the threads that all other handlers share, a flood of sign-ins
would keep everybody who is signed in waiting. And whoever floods waits for themselves: one sender has few places.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from app.domain.errors import Busy

T = TypeVar("T")
AT_ONCE = 4
MOST_WAITING = 200
MOST_OF_ONE = 4
_places = CapacityLimiter(AT_ONCE)
# Who is inside. Counted here and not asked of the limiter: it knows of somebody only a moment later.
_inside: dict[object, str] = {}


async def hashing(work: Callable[[], T], sender: str) -> T:
    """The result of `work`, once there is a place. Raises `Busy` where too many wait, and what `work` raises.

    `sender`: an address, a known device or an account; at most four of one are inside.
    """
    if len(_inside) >= AT_ONCE + MOST_WAITING or list(_inside.values()).count(sender) >= MOST_OF_ONE:
        raise Busy()
    me = object()
    _inside[me] = sender
    try:
        return await to_thread.run_sync(work, limiter=_places)
    finally:
        del _inside[me]
