"""The door that time comes in by: fires reminders that are due, and sends what waits.

One loop, asynchronous inside: many pushes are under way at once, so that one slow service holds up nobody else;
the database is asked in a thread, in short transactions, and none is open while something is sent. Any number of
workers may run: on SQLite it is a thread of the server, on PostgreSQL `fortnight worker`.
"""

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlmodel import Session
from uvicorn.loops.auto import auto_loop_factory

from app.adapters.push import Answer, Push
from app.core import clock
from app.core.db import unit_of_work
from app.core.logging import log
from app.core.row_security import HOUSE
from app.models.notifications import PushWorker
from app.services import deliveries, delivery_counts, due, zone_rules
from app.services.deliveries import Outgoing, Settled
from app.services.house import House
from app.services.queue_look import QueueLook

T = TypeVar("T")
TICK = 1.0
"""Seconds between two looks at a queue in which nothing is due."""
MOST_UNDER_WAY = 200
HEARTBEAT = timedelta(seconds=60)
LONGEST_PAUSE = 60.0
"""Seconds between two tries where the database does not take what is written."""
GRACE = 8.0
"""Seconds that pushes under way are waited for at the end."""


def run(work: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run` in the kind of loop that the server has: uvloop, where there is one."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner:
        return runner.run(work)


class Worker:
    """`start` runs it in a thread of its own, `run` in the caller's loop; `stop` ends either."""

    def __init__(self, house: House, push: Push | None = None, *, now: Callable[[], datetime] = clock.now) -> None:
        self._house, self._push, self._now = house, push, now
        self._look = QueueLook(house.engine)
        self._id = uuid4()
        self._seen_at: datetime | None = None
        self._behind: UUID | None = zone_rules.FIRST
        self._stopping = threading.Event()
        self._awake: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        # Of its own: a resolver that is slow takes up the threads of the loop.
        self._database = ThreadPoolExecutor(1, "push-database")
        self._said: dict[str, datetime] = {}
        self._under_way: set[asyncio.Task[Settled]] = set()

    def start(self) -> None:
        """Run in a thread of its own."""
        self._thread = threading.Thread(target=lambda: run(self.run()), name="push-worker", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is under way, then stop. What was not sent stays in the queue."""
        self._stopping.set()
        if self._loop is not None and self._awake is not None:
            with suppress(RuntimeError):  # the loop has ended already
                self._loop.call_soon_threadsafe(self._awake.set)
        if self._thread is not None:
            self._thread.join(timeout=GRACE + 4)

    async def run(self) -> None:
        """Until stopped. Whatever goes wrong is logged, and tried again at the next tick."""
        self._loop, self._awake = asyncio.get_running_loop(), asyncio.Event()
        try:
            pause = TICK
            while not self._stopping.is_set():
                try:
                    busy = await self._step()
                    pause = TICK
                except Exception as error:
                    self._trouble(error)
                    pause = min(2 * pause, LONGEST_PAUSE)
                    await self._pause(pause, for_one=False)
                    continue
                await self._pause(0.0 if busy else TICK)
            with suppress(Exception):
                await self._finish()
        finally:
            self._look.close()
            self._database.shutdown()
            if self._push is not None:
                await self._push.close()

    async def _step(self) -> bool:
        """One turn. True where there is more to do at once."""
        await self._settle()
        now = self._now()
        if self._behind is not None:
            self._behind = await self._done(partial(zone_rules.catch_up, after=self._behind))
            return True
        if not await self._in_thread(self._look.any_due, now):
            await self._heartbeat(now)
            return False
        fired = await self._fired(now)
        room = MOST_UNDER_WAY - len(self._under_way)
        claimed = await self._done(lambda session: self._claim(session, room, now)) if room > 0 else ()
        for outgoing in claimed:
            self._under_way.add(asyncio.create_task(self._send(outgoing)))
        await self._heartbeat(now)
        return fired == due.BATCH or len(claimed) > 0

    async def _fired(self, now: datetime) -> int:
        """One batch. If it fails, what waits to be sent is sent all the same."""
        try:
            return await self._done(lambda session: due.fire(session, self._house.vault, now=now))
        except Exception as error:
            self._trouble(error)
            return 0

    def _trouble(self, error: Exception) -> None:
        """Say what kind of error, once a minute: a full disk must not be filled by what is said about it."""
        kind, now = type(error).__name__, self._now()
        if now - self._said.get(kind, now - HEARTBEAT) >= HEARTBEAT:
            self._said[kind] = now
            log.error("worker", kind=kind)

    def _claim(self, session: Session, room: int, now: datetime) -> tuple[Outgoing, ...]:
        origin = self._house.settings.origin
        return deliveries.claim(session, self._house.vault, origin, now=now, most=room)

    async def _send(self, outgoing: Outgoing) -> Settled:
        if self._push is None:
            self._push = await asyncio.to_thread(self._house.push.sender)
        if self._push is None:
            return Settled(outgoing, Answer("retry", "off"))
        return Settled(outgoing, await self._push.send(outgoing.subscription, outgoing.message, now=self._now()))

    async def _settle(self) -> None:
        """Write down what has become of those that are done."""
        done = [task for task in self._under_way if task.done()]
        for start in range(0, len(done), deliveries.BATCH):
            batch = done[start : start + deliveries.BATCH]
            settled = [task.result() for task in batch if task.exception() is None]
            now = self._now()
            if settled:
                await self._done(partial(deliveries.settle, settled=settled, now=now))
            self._under_way.difference_update(batch)

    async def _pause(self, seconds: float, *, for_one: bool = True) -> None:
        """So long, or until somebody stops us; `for_one`: or until one that is under way is done."""
        assert self._awake is not None  # noqa: S101 - set where the loop begins
        stopped = asyncio.create_task(self._awake.wait())
        others = self._under_way if for_one else set[asyncio.Task[Settled]]()
        await asyncio.wait({stopped, *others}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()

    async def _finish(self) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=GRACE)
        await self._settle()
        for task in self._under_way:
            task.cancel()

    async def _heartbeat(self, now: datetime) -> None:
        if self._seen_at is not None and now - self._seen_at < HEARTBEAT:
            return
        self._seen_at = now

        def seen(session: Session) -> None:
            session.merge(PushWorker(id=self._id, seen_at=now))
            delivery_counts.forget_old(session, now=now)

        await self._done(seen)

    async def _done(self, work: Callable[[Session], T]) -> T:
        return await self._in_thread(self._in_transaction, work)

    async def _in_thread(self, work: Callable[..., T], *given: object) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._database, work, *given)

    def _in_transaction(self, work: Callable[[Session], T]) -> T:
        # After a power cut it may be done again, and Topic and tag show one (decision 0018).
        with unit_of_work(self._house.engine, by=HOUSE, unhurried=True) as session:
            return work(session)
