"""Opening the house and serving it: one line per step, then the address and, once, the set-up link."""

import os
import socket
import sys
from collections.abc import Callable
from typing import Any

import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from app.core import clock, config, heap, logging
from app.core.db import UnsafeDatabase, unit_of_work
from app.core.schema import SchemaTooNew
from app.core.vault import KeyMissing
from app.main import ROOT, create_app
from app.services import invitations
from app.services.house import House, open_house


def say(line: str) -> None:
    """One plain line of progress."""
    print(line, flush=True)


def aside(line: str) -> None:
    """The same where standard output is for a machine to read."""
    print(line, file=sys.stderr, flush=True)


def prepare(overrides: dict[str, Any], say: Callable[[str], None] = say) -> House:
    """Settings, keys, database, migrations. Leaves with a sentence, not a traceback, where one fails."""
    os.umask(0o077)
    try:
        settings = config.load(**overrides)
        logging.configure(settings.log_level)
        say(f"Data folder: {settings.data}")
        house = open_house(settings)
    except ValidationError as error:
        for problem in error.errors():
            name = ".".join(str(part) for part in problem["loc"]).upper()
            say(f"FORTNIGHT_{name}: {problem['msg']}" if name else problem["msg"].removeprefix("Value error, "))
        sys.exit(2)
    except (KeyMissing, UnsafeDatabase, SchemaTooNew, PermissionError, OSError) as error:
        say(f"Fortnight does not start: {error}")
        sys.exit(2)
    except OperationalError as error:
        say(f"Fortnight does not start: the database does not answer ({type(error.orig).__name__}).")
        sys.exit(2)
    say("Keys and database: ready")
    return house


# No access log, no banner of its own, and ten seconds for what is under way when it is stopped.
QUIET: dict[str, Any] = {
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,
    "timeout_graceful_shutdown": 10,
    "h11_max_incomplete_event_size": 16 * 1024,
}


class _Server(uvicorn.Server):
    """Says that it is ready once it really answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def serve(house: House, listening: socket.socket, ready: Callable[[], None]) -> int:
    """Serve until stopped; `ready` is called once it answers. Returns the exit status."""
    config = uvicorn.Config(create_app(house, dist=ROOT / "frontend" / "dist"), **QUIET)
    heap.settle()
    _Server(config, ready).run(sockets=[listening])
    return 0


def set_up_link(house: House) -> str | None:
    """The link for the first account, while there is none."""
    with unit_of_work(house.engine) as session:
        token = invitations.ensure_setup_link(session, now=clock.now())
    return invitations.link(house.settings.public_url, token) if token else None


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; leaves with a sentence where there can be none."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        why = getattr(error, "strerror", None) or error
        say(f"Port {port} on {host} cannot be used ({why}). Try --port with another number.")
        sys.exit(2)
    return listening
