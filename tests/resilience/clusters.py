"""A PostgreSQL of a test's own, to be stopped and started: the one that other tests share stays as it is."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest

from tests.resilience.servers import free_port

DEBIAN = Path("/usr/lib/postgresql")


def programs() -> Path:
    """The folder with initdb and pg_ctl; skips where there is none."""
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        pytest.skip("no PostgreSQL server is installed here (initdb), so that none can be stopped")
    return Path(on_path).parent


@dataclass
class Cluster:
    folder: Path
    port: int

    @classmethod
    def make(cls, folder: Path) -> "Cluster":
        made = cls(folder, free_port())
        folder.mkdir()
        if os.geteuid() == 0:  # the server does not run as root
            shutil.chown(folder, "postgres")
        made._run("initdb", "-D", str(folder / "data"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync")
        return made

    @property
    def url(self) -> str:
        return f"postgresql://postgres@127.0.0.1:{self.port}/postgres"

    def start(self) -> None:
        where = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        log = str(self.folder / "log")
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "60", "-l", log, "-o", where, "start")

    def stop(self, mode: Literal["fast", "immediate"]) -> None:
        """`immediate` is a crash: nothing is written down, and the next start has to recover."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", "60", "-m", mode, "stop")

    @property
    def runs(self) -> bool:
        return (self.folder / "data" / "postmaster.pid").exists()

    def _run(self, program: str, *arguments: str) -> None:
        user = "postgres" if os.geteuid() == 0 else None
        done = subprocess.run(
            [str(programs() / program), *arguments],
            user=user,
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
        )
        assert done.returncode == 0, f"{program} {arguments[-1]} went wrong: {self.said()}"

    def said(self) -> str:
        log = self.folder / "log"
        return log.read_text(encoding="utf-8", errors="replace")[-2000:] if log.exists() else ""
