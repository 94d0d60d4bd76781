"""A real server process to be killed, and people who write to it as fast as it answers."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core import clock
from app.services.house import House

from tests.cast import Cast, days_ago

ROOT = Path(__file__).parents[2]
DAYS = 14


@dataclass(frozen=True)
class Writer:
    """One signed-in client and the experiment they write to."""

    token: str
    experiment_id: str


def writers(house: House, number: int) -> list[Writer]:
    """People with a running fortnight of which every day can be written."""
    found = []
    with Cast(house) as cast:
        for count in range(number):
            player = cast.player(f"una{count}", "client")
            experiment = player.started(start_on=days_ago(DAYS - 1))
            found.append(Writer(player.http.cookies["fortnight"], experiment["id"]))
    return found


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@contextmanager
def running(house: House, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """`./fortnight run` on the data of this house, once it is ready; killed at the end if it still runs."""
    environ = {
        **os.environ,
        "FORTNIGHT_DATA": str(house.settings.data),
        "FORTNIGHT_DATABASE_URL": house.settings.database_url,
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "app.cli", "run", "--port", str(port)]
    process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_ready(process, port)
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(20)


def wait_ready(process: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended before it was ready"
        try:
            if call(port, "GET", "/health/ready")[0] == 200:
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server did not become ready")


def until(arrived: Callable[[], bool]) -> None:
    """Wait for it, two minutes at most."""
    latest = time.monotonic() + 120
    while not arrived():
        assert time.monotonic() < latest, "it did not come"
        time.sleep(0.02)


def call(port: int, method: str, path: str, token: str = "", body: Any = None) -> tuple[int, Any]:
    """One request on a connection of its own. Raises `OSError` or `HTTPException` without a whole answer."""
    connection = http.client.HTTPConnection("localhost", port, timeout=30)
    try:
        headers = {"Cookie": f"fortnight={token}", "Sec-Fetch-Site": "same-origin"}
        if body is not None:
            headers["Content-Type"] = "application/json"
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        whole = answer.read()
        return answer.status, json.loads(whole) if whole else None
    finally:
        connection.close()


@dataclass
class Load:
    """What was asked and what was answered. A note names its writer and its number, so every one is different."""

    port: int
    acknowledged: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    answered: set[str] = field(default_factory=set)
    unanswered: set[str] = field(default_factory=set)
    busy: set[str] = field(default_factory=set)
    wrong: list[Any] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def write(self, writer: Writer, tag: str) -> None:
        """Write day after day until told to stop, or until the server is gone."""
        number = 0
        while not self.stop.is_set():
            day = days_ago(number % DAYS)
            known = self.acknowledged.get((writer.experiment_id, day), (0, ""))
            note = f"{tag}-{writer.experiment_id}-{number}"
            body = {
                "base_revision": known[0],
                "written_at": clock.now().isoformat(),
                "zone": "UTC",
                "mood": number % 11,
                "note": note,
            }
            path = f"/api/experiments/{writer.experiment_id}/check-ins/{day}"
            try:
                status, row = call(self.port, "PUT", path, writer.token, body)
            except (OSError, http.client.HTTPException, ValueError):
                self.unanswered.add(note)
                return
            number += 1
            if status == 200:
                self.answered.add(note)
                self.acknowledged[writer.experiment_id, day] = (row["revision"], row["answers"]["note"])
            elif status == 503:
                self.busy.add(note)
            elif status == 409 and (kept := row["stored"])["answers"]["note"] in self.unanswered | self.busy:
                # Kept, though its writer was never told: PostgreSQL may finish a commit after our server is gone,
                # or after the connection between them is.
                self.acknowledged[writer.experiment_id, day] = (kept["revision"], kept["answers"]["note"])
            else:
                self.wrong.append((status, row))
                return

    def know(self, people: list[Writer]) -> None:
        """Begin with what the server has by now."""
        for writer in people:
            for day, there in self._stored(writer).items():
                self.acknowledged[writer.experiment_id, day] = there

    def lost(self, people: list[Writer]) -> list[str]:
        """Acknowledged days that the server does not give back as they were, or newer."""
        missing = []
        for writer in people:
            stored = self._stored(writer)
            for (experiment_id, day), (revision, note) in self.acknowledged.items():
                if experiment_id == writer.experiment_id:
                    there = stored.get(day, (0, ""))
                    if there[0] < revision or (there[0] == revision and there[1] != note):
                        missing.append(f"{day}: {there} instead of {(revision, note)}")
                    self.acknowledged[experiment_id, day] = there
        return missing

    def _stored(self, writer: Writer) -> dict[str, tuple[int, str]]:
        path = f"/api/experiments/{writer.experiment_id}/check-ins"
        status, answer = call(self.port, "GET", path, writer.token)
        assert status == 200, answer
        return {row["day"]: (row["revision"], row["answers"]["note"]) for row in answer["check_ins"]}

    @contextmanager
    def under(self, people: list[Writer], tag: str) -> Iterator[None]:
        """Everybody writes at once while the block runs, and has stopped after it."""
        threads = [threading.Thread(target=self.write, args=(writer, tag)) for writer in people]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join(60)
            self.stop.clear()


def kill(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGKILL)
    process.wait(20)
