"""Handlers that hash a password: in few threads, beside everybody else's.

A hash takes a core for tens of milliseconds. In the threads that all other handlers share, a flood of sign-ins
would keep everybody who is signed in waiting.
"""

from collections.abc import Callable
from typing import TypeVar

from anyio import CapacityLimiter, to_thread

from app.domain.errors import Busy

T = TypeVar("T")
AT_ONCE = 4
MOST_WAITING = 200
_places = CapacityLimiter(AT_ONCE)
_inside: set[object] = set()


async def hashing(work: Callable[[], T]) -> T:
    """The result of `work`, once there is a place. Raises `Busy` where too many wait, and what `work` raises."""
    if len(_inside) >= AT_ONCE + MOST_WAITING:
        raise Busy()
    # Counted here and not asked of the limiter: it knows of somebody only a moment later.
    me = object()
    _inside.add(me)
    try:
        return await to_thread.run_sync(work, limiter=_places)
    finally:
        _inside.discard(me)
