"""`./fortnight bench check-in`: requests per second and p50/p99 at 1, 16 and 64 connections, interleaved."""

import asyncio
import os
import secrets
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

import psycopg
from app.core import clock, config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.experiments import ExperimentCreate
from app.services import accounts, experiments, login_sessions
from app.services.house import open_house

from benchmarks.check_in.client import DAYS, Load, Writer, run
from benchmarks.people import client
from benchmarks.report import progress, show

CONNECTIONS = (1, 16, 64)
ROUNDS = 3
SECONDS = 3.0
ROOT = Path(__file__).parents[2]


def seed(data: Path, database_url: str, people: int, *, days_back: int = DAYS) -> list[Writer]:
    """`people` clients, each signed in and with a fortnight that began `days_back` days ago."""
    house = open_house(config.load({}, data=data, database_url=database_url))
    now = clock.now()
    start_on = (now - timedelta(days=days_back)).date()
    writers = []
    for _ in range(people):
        token = client(house).started.token
        with unit_of_work(house.engine, by=HOUSE) as session:
            person = login_sessions.find(session, token, now=now)
            key = accounts.data_key(house.vault, person)
            body = ExperimentCreate.model_validate(
                {"question": "Does it matter?", "primary": "mood", "start_on": start_on.isoformat()}
            )
            experiment = experiments.create(session, person, key, body, now=now)
            experiments.start(session, experiment, key, now=now)
            writers.append(Writer(token, str(experiment.id), start_on))
    house.close()
    return writers


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def served(kind: str, data: Path, database_url: str) -> Iterator[int]:
    """A server of this kind in a process of its own; its port."""
    port = _free_port()
    environment = {
        **os.environ,
        "FORTNIGHT_DATA": str(data),
        "FORTNIGHT_DATABASE_URL": database_url,
        "FORTNIGHT_PUBLIC_URL": f"http://localhost:{port}",
    }
    command = [sys.executable, "-m", "benchmarks.check_in.servers", kind, str(port)]
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait()


def bare_commit(folder: Path, seconds: float) -> float:
    """The limit of the database: one thread, one upsert of one row per durable commit, no HTTP."""
    connection = sqlite3.connect(folder / "bare.sqlite3", isolation_level=None)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    connection.execute("CREATE TABLE IF NOT EXISTS t (id INTEGER PRIMARY KEY, sealed BLOB)")
    return _commits(connection, "INSERT OR REPLACE INTO t VALUES (?, ?)", seconds)


def bare_commit_postgres(url: str, seconds: float) -> float:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS bare (id INTEGER PRIMARY KEY, sealed BYTEA)")
        sql = "INSERT INTO bare VALUES (%s, %s) ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed"
        return _commits(connection, sql, seconds)


def _commits(connection: Any, sql: str, seconds: float) -> float:
    payload, done, ends_at = secrets.token_bytes(300), 0, time.perf_counter() + seconds
    while time.perf_counter() < ends_at:
        connection.execute(sql, (done % DAYS, payload))
        done += 1
    return done / seconds


def main(*, as_json: bool, postgres: str = "") -> None:
    """Measure and print. `postgres`: the URL of an empty database to use instead of SQLite."""
    kinds = ["real", "no_database", "tutorial"] + ([] if postgres else ["normal"])
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        ports: dict[str, int] = {}
        writers: dict[str, list[Writer]] = {}
        for kind in kinds:
            data = Path(folder) / kind
            progress(f"starting {kind}")
            known = kind in {"real", "normal"}
            writers[kind] = seed(data, postgres, max(CONNECTIONS)) if known else writers["real"]
            ports[kind] = stack.enter_context(served(kind, data, postgres))
        loads: dict[tuple[str, int], list[Load]] = {}
        bare: list[float] = []
        sent: dict[str, dict[str, int]] = {kind: {} for kind in kinds}
        for number in range(ROUNDS):
            progress(f"round {number + 1} of {ROUNDS}")
            bare.append(bare_commit_postgres(postgres, 1.0) if postgres else bare_commit(Path(folder), 1.0))
            for connections in CONNECTIONS:
                for kind in kinds:
                    if kind == "tutorial" and connections == max(CONNECTIONS):
                        continue  # it deadlocks there: more threads than connections in its pool
                    chosen = writers[kind][:connections]
                    load = asyncio.run(run(chosen, ports[kind], SECONDS, sent[kind]))
                    loads.setdefault((kind, connections), []).append(load)
    show("check-in", _rows(loads, bare), _ratios(loads, bare), as_json=as_json)


def _rows(loads: dict[tuple[str, int], list[Load]], bare: list[float]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [{"path": "bare commit, no HTTP", "per_second": median(bare)}]
    for (kind, connections), rounds in sorted(loads.items()):
        rows.append(
            {
                "path": f"{kind} c{connections}",
                "per_second": median(load.per_second for load in rounds),
                "p50_ms": median(load.quantile(0.5) for load in rounds),
                "p99_ms": median(load.quantile(0.99) for load in rounds),
                "errors": sum(load.errors for load in rounds),
            }
        )
    return rows


def _ratios(loads: dict[tuple[str, int], list[Load]], bare: list[float]) -> dict[str, Any]:
    def speed(kind: str, connections: int) -> float:
        return median(load.per_second for load in loads[kind, connections])

    ratios: dict[str, Any] = {
        "vs_tutorial_c16": speed("real", 16) / speed("tutorial", 16),
        "vs_no_database_c16": speed("real", 16) / speed("no_database", 16),
        "vs_bare_commit_c16": speed("real", 16) / median(bare),
        "c64_vs_c16": speed("real", 64) / speed("real", 16),
        "p99_vs_p50_c16": median(load.quantile(0.99) / load.quantile(0.5) for load in loads["real", 16]),
        "errors": sum(load.errors for (kind, _), rounds in loads.items() if kind == "real" for load in rounds),
    }
    if ("normal", 16) in loads:
        ratios["full_vs_normal_c16"] = speed("real", 16) / speed("normal", 16)
    return ratios
