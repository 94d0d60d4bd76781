"""Group commit: one thread writes check-ins, many requests share one COMMIT.

A durable COMMIT costs more than everything else about saving one day. So one flusher takes whatever requests
are waiting, runs each inside its own SAVEPOINT, commits once, and only then answers them all. A request that
fails is rolled back to its savepoint and does not touch its neighbours; a COMMIT that fails fails them all, and
nobody has been told otherwise.

Work runs on the driver's cursor: SQLAlchemy writes the SQL once (`Prepared`), because building it per request
would cost several times what SQLite needs to run it.
"""

import queue
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

from sqlalchemy import ClauseElement, Connection, Engine
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

T = TypeVar("T")
MOST_AT_ONCE = 64


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
        given = {**self._constants, **values}
        cursor.execute(self._sql, [given[name] for name in self._order] if self._order else given)


class _Job(Generic[T]):
    __slots__ = ("future", "work")

    def __init__(self, work: Callable[[Any], T]) -> None:
        self.work = work
        self.future: Future[T] = Future()


class GroupWriter:
    """The flusher. `submit(work)` returns a future that is done once `work` is committed.

    `work` receives a DB-API cursor, must be quick and must not commit. Exceptions it raises reach the future.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._waiting: queue.SimpleQueue[_Job[Any] | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="check-in-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Any], T]) -> "Future[T]":
        job = _Job(work)
        self._waiting.put(job)
        return job.future

    def close(self) -> None:
        """Finish what waits, then stop."""
        self._waiting.put(None)
        self._thread.join(timeout=10)

    def _run(self) -> None:
        while (first := self._waiting.get()) is not None:
            group = [first]
            closing = False
            while len(group) < MOST_AT_ONCE and not closing:
                try:
                    job = self._waiting.get_nowait()
                except queue.Empty:
                    break
                if job is None:
                    closing = True
                else:
                    group.append(job)
            self._flush(group)
            if closing:
                return

    def _flush(self, group: list[_Job[Any]]) -> None:
        outcomes: list[tuple[_Job[Any], Any, BaseException | None]] = []
        try:
            with self._engine.connect() as connection, connection.begin():
                outcomes = [self._one(connection, job) for job in group]
        except BaseException as error:
            for job in group:
                job.future.set_exception(error)
            return
        for job, result, problem in outcomes:
            if problem is not None:
                job.future.set_exception(problem)
            else:
                job.future.set_result(result)

    def _one(self, connection: Connection, job: _Job[Any]) -> tuple[_Job[Any], Any, BaseException | None]:
        cursor: Any = connection.connection.cursor()
        cursor.execute("SAVEPOINT one_request")
        try:
            result = job.work(cursor)
        except Exception as error:
            cursor.execute("ROLLBACK TO SAVEPOINT one_request")
            cursor.execute("RELEASE SAVEPOINT one_request")
            return job, None, self._wrapped(error)
        cursor.execute("RELEASE SAVEPOINT one_request")
        return job, result, None

    def _wrapped(self, error: Exception) -> BaseException:
        """Driver errors as SQLAlchemy's, so that one handler knows them wherever they come from."""
        driver = self._engine.dialect.loaded_dbapi
        if isinstance(error, driver.Error):
            return DBAPIError.instance(None, None, error, driver.Error, hide_parameters=True)
        return error
