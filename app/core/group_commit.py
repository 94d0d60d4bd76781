"""Group commit: one thread writes check-ins, many requests share one COMMIT.

A durable COMMIT costs more than everything else about saving one day. So one flusher takes whatever requests
are waiting, does them together, commits once, and only then answers them all. Those of one kind are done by one
call (`Together`), which can ask the database once for all of them. A group begins once the event loop has done
what it had begun: more of them fit into one COMMIT, and the two threads take turns at the interpreter instead of
taking it from each other.

Where one fails, everything is taken back and done again, each inside its own SAVEPOINT: the one that fails does
not touch its neighbours, and a group in which nobody fails, which is nearly every one, needs no savepoint. A
COMMIT that fails fails them all, and nobody has been told otherwise.

Work runs on the driver's cursor: SQLAlchemy writes the SQL once (`Prepared`), because building it per request
would cost several times what SQLite needs to run it.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import ClauseElement, Connection, Engine
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from app.core.db import is_locked
from app.core.row_security import HOUSE, acting

Q = TypeVar("Q")
T = TypeVar("T")
Together: TypeAlias = Callable[[Any, Sequence[Q]], Sequence[T | Exception]]
"""Does what several requests ask, on a DB-API cursor; an outcome for each, in order. An exception that is given
as an outcome has written nothing; one that is raised fails them all, and each is tried alone."""
MOST_AT_ONCE = 64
TURNS = 2
"""Of the event loop before a group begins: in one, requests that have their outcome are woken; in the next they
answer, and what has arrived meanwhile comes to wait here. Measured, more of them bring nothing."""
PATIENCE = 0.05
"""Seconds that a group waits for a loop that is held up by something else."""


class Prepared:
    """One SQLAlchemy Core statement, compiled once for the dialect, run on a driver cursor.

    `statement` uses `bindparam("name")`; values are given by name. Column types do not convert here: pass and
    expect what the driver itself uses (text, int, bytes; instants as the column type stores them).
    """

    def __init__(self, statement: ClauseElement, dialect: Dialect) -> None:
        compiled = statement.compile(dialect=dialect)
        self._sql = str(compiled)
        self._order: list[str] | None = getattr(compiled, "positiontup", None)
        self._constants = {name: value for name, value in compiled.params.items() if value is not None}

    def run(self, cursor: Any, values: Mapping[str, Any]) -> None:
        """Execute; fetch from `cursor` afterwards."""
        cursor.execute(self._sql, self._given(values))

    def run_many(self, cursor: Any, rows: Iterable[Mapping[str, Any]]) -> None:
        """The same for each of `rows`, in one call of the driver; nothing to fetch."""
        cursor.executemany(self._sql, [self._given(values) for values in rows])

    def _given(self, values: Mapping[str, Any]) -> Any:
        given = {**self._constants, **values} if self._constants else values
        return [given[name] for name in self._order] if self._order else given


class _Job:
    """What one request asks, who does it, and where its outcome goes."""

    __slots__ = ("asked", "future", "loop", "outcome", "together")

    def __init__(
        self,
        together: Together[Any, Any],
        asked: Any,
        future: "asyncio.Future[Any] | None" = None,
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.together, self.asked, self.future, self.loop = together, asked, future, loop
        self.outcome: Any = None
        """A result, or the exception that the request shall meet."""


class GroupWriter:
    """The flusher. Work gets a DB-API cursor, is quick and never commits; what it raises reaches its caller.

    It may be done twice, the first time in vain, so the cursor is all that it may change.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._connection: Connection | None = None
        self._waiting: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="check-in-writer", daemon=True)
        self._thread.start()

    async def run(self, work: Callable[[Any], T]) -> T:
        """The result of `work`, once it is committed. Raises what `work` or the COMMIT raised."""
        result: T = await self.ask(_one_by_one, work)
        return result

    async def ask(self, together: Together[Q, T], asked: Q) -> T:
        """The outcome of `asked`, done along with whatever else waits for the same `together`, once it is
        committed. Raises the outcome that is an exception, and what the COMMIT raised."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._waiting.put(_Job(together, asked, future, loop))
        return await future

    def submit(self, work: Callable[[Any], object]) -> None:
        """Have `work` done along with the next group. Nobody waits for it and nobody hears if it fails."""
        self._waiting.put(_Job(_one_by_one, work))

    def close(self) -> None:
        """Finish what waits, then stop."""
        self._waiting.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            if first.loop is not None:
                _until_calm(first.loop)
            group, closing = self._gather(first)
            self._flush(group)
            _answer(group)
            if closing:
                break
        self._let_go()

    def _gather(self, first: _Job) -> tuple[list[_Job], bool]:
        """Whatever else is waiting by now, and whether to stop after it."""
        group = [first]
        while len(group) < MOST_AT_ONCE:
            try:
                job = self._waiting.get_nowait()
            except queue.Empty:
                break
            if job is None:
                return group, True
            group.append(job)
        return group, False

    def _flush(self, group: list[_Job]) -> None:
        try:
            try:
                self._transaction(group, _at_once)
            except _OneFailed:
                self._transaction(group, self._apart)
        except BaseException as error:  # whatever it is, every waiting request must hear of it
            problem = self._wrapped(error)
            for job in group:
                job.outcome = problem

    def _transaction(self, group: list[_Job], do: Callable[[Any, list[_Job]], None]) -> None:
        """One transaction on the connection that is kept from group to group, and given up when anything fails:
        taking one from the pool costs as much as two check-ins. It acts for the house, since it serves several."""
        self._connection = self._connection or acting(self._engine, HOUSE).connect()
        try:
            with self._connection.begin():
                cursor: Any = self._connection.connection.cursor()
                do(cursor, group)
        except BaseException:
            self._let_go()
            raise

    def _let_go(self) -> None:
        kept, self._connection = self._connection, None
        if kept is not None:
            kept.close()

    def _apart(self, cursor: Any, group: list[_Job]) -> None:
        waited_out: BaseException | None = None
        for job in group:
            if waited_out is not None:  # one wait for a lock is enough: who comes after it comes back, as it does
                job.outcome = waited_out
                continue
            cursor.execute("SAVEPOINT one_request")
            try:
                [job.outcome] = job.together(cursor, [job.asked])
            except Exception as error:  # belongs to this request alone
                cursor.execute("ROLLBACK TO SAVEPOINT one_request")
                job.outcome = self._wrapped(error)
                if isinstance(job.outcome, DBAPIError) and is_locked(job.outcome):
                    waited_out = job.outcome
            cursor.execute("RELEASE SAVEPOINT one_request")

    def _wrapped(self, error: BaseException) -> BaseException:
        """Driver errors as SQLAlchemy's, so that one handler knows them wherever they come from."""
        driver = self._engine.dialect.loaded_dbapi
        if isinstance(error, driver.Error):
            return DBAPIError.instance(None, None, error, driver.Error, hide_parameters=True)
        return error


class _OneFailed(Exception):
    """Some job of a group raised; nothing of the group has been committed."""


def _one_by_one(cursor: Any, works: Sequence[Callable[[Any], T]]) -> list[T | Exception]:
    return [work(cursor) for work in works]


def _at_once(cursor: Any, group: list[_Job]) -> None:
    kinds: dict[Together[Any, Any], list[_Job]] = {}
    for job in group:
        kinds.setdefault(job.together, []).append(job)
    try:
        for together, jobs in kinds.items():
            outcomes = together(cursor, [job.asked for job in jobs])
            for job, outcome in zip(jobs, outcomes, strict=True):
                job.outcome = outcome
    except Exception as error:
        raise _OneFailed from error


def _until_calm(loop: asyncio.AbstractEventLoop) -> None:
    """Wait until the loop has gone round `TURNS` times, or for as long as `PATIENCE`."""
    calm = threading.Event()

    def turn(left: int) -> None:
        if left:
            loop.call_soon(turn, left - 1)
        else:
            calm.set()

    with suppress(RuntimeError):  # the loop has closed meanwhile
        loop.call_soon_threadsafe(turn, TURNS)
        calm.wait(PATIENCE)


def _answer(group: list[_Job]) -> None:
    """Hand the outcomes back, one wake-up per event loop and group."""
    loops = {job.loop for job in group if job.loop is not None}
    for loop in loops:
        mine = [job for job in group if job.loop is loop]
        with suppress(RuntimeError):  # the loop has closed meanwhile: nobody is listening any more
            loop.call_soon_threadsafe(_settle, mine)


def _settle(jobs: list[_Job]) -> None:
    for job in jobs:
        if job.future is None or job.future.done():
            continue
        if isinstance(job.outcome, BaseException):
            job.future.set_exception(job.outcome)
        else:
            job.future.set_result(job.outcome)
