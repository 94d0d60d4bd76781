"""Opening the house and serving it: one line per step, then the address and, once, the set-up link."""

import os
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal, NoReturn

import uvicorn
from sqlalchemy.exc import DBAPIError

from app.api.wire import wire
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


def refuse(*sentences: str) -> NoReturn:
    """Leave with sentences for a person, and exit status 2."""
    for sentence in sentences:
        aside(sentence)
    sys.exit(2)


def prepare(
    overrides: dict[str, Any],
    say: Callable[[str], None] = say,
    check: Callable[[config.Settings], None] = lambda _: None,
) -> House:
    """Settings, keys, database, migrations. Leaves with a sentence, not a traceback, where one fails.

    `check` may still refuse the settings, by `WrongSettings`, before anything is opened.
    """
    os.umask(0o077)
    try:
        settings = config.load(**overrides)
        check(settings)
        logging.configure(settings.log_level)
        say(f"Data folder: {settings.data}")
        house = open_house(settings)
    except config.WrongSettings as error:
        refuse(*error.sentences)
    except OSError as error:
        refuse(f"Fortnight does not start: {plainly(error)}.")
    except (KeyMissing, UnsafeDatabase, SchemaTooNew) as error:
        refuse(f"Fortnight does not start: {error}.")
    except DBAPIError as error:  # its own words may hold a row
        refuse(f"Fortnight does not start: the database cannot be used ({type(error.orig).__name__}).")
    say("Keys and database: ready")
    return house


def plainly(error: OSError) -> str:
    """What the system says, without its number."""
    if error.strerror is None:
        return str(error)
    return f"{error.filename}: {error.strerror}" if error.filename else error.strerror


def public_url(port: int) -> dict[str, Any]:
    """The address to print, where the operator has not said another one: this machine's."""
    try:
        told = config.given("public_url") is not None
    except config.WrongSettings:  # `prepare` says so, with whatever else is wrong
        told = True
    return {} if told else {"public_url": f"http://localhost:{port}"}


DIST = ROOT / "frontend" / "dist"
BACKLOG = 2048  # uvicorn's own number

# No access log, no banner of its own, and ten seconds for what is under way when it is stopped.
QUIET: dict[str, Any] = {
    "log_config": None,
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,
    "timeout_graceful_shutdown": 10,
    "ws": "none",
}


class _Server(uvicorn.Server):
    """Says that it is ready once it really answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._ready()


def serve(house: House, listening: socket.socket, ready: Callable[[], None], dist: Path = DIST) -> int:
    """Serve until stopped; `ready` is called once it answers. Returns the exit status."""
    ours = server(create_app(house, dist=dist), house.settings, ready)
    heap.settle()
    ours.run(sockets=[listening])
    return 0


def server(
    app: Callable[..., Any],
    settings: config.Settings,
    ready: Callable[[], None],
    lifespan: Literal["auto", "off"] = "auto",
) -> uvicorn.Server:
    """The server of an app, as everybody runs it. `lifespan`: "off" where the house is not the app's to close."""
    return _Server(uvicorn.Config(app, http=wire(settings), lifespan=lifespan, **QUIET), ready)


def set_up_link(house: House) -> str | None:
    """The link for the first account, while there is none."""
    with unit_of_work(house.engine) as session:
        token = invitations.ensure_setup_link(session, now=clock.now())
    return invitations.link(house.settings.public_url, token) if token else None


def listen(host: str, port: int) -> socket.socket:
    """A listening socket, so that the port is ours before anything is written; leaves with a sentence where
    there can be none. Port 0 takes any that is free: `getsockname` tells which."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(BACKLOG)
    except (OSError, OverflowError) as error:
        listening.close()
        why = plainly(error) if isinstance(error, OSError) else "a port is a number up to 65535"
        refuse(f"Port {port} on {host} cannot be used ({why}). Try --port with another number.")
    return listening
