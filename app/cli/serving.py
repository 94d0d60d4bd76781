"""Opening the house and serving it: one line per step, then the address and, once, the set-up link."""

import logging as stdlib_logging
import os
import socket
import sys
from pathlib import Path
from typing import Any

import uvicorn
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from app.core import clock, config, logging
from app.core.db import UnsafeDatabase, unit_of_work
from app.core.schema import SchemaTooNew
from app.core.vault import KeyMissing
from app.main import ROOT, create_app
from app.services import invitations
from app.services.house import House, open_house


def say(line: str) -> None:
    """One plain line of progress."""
    print(line, flush=True)


def prepare(overrides: dict[str, Any]) -> House:
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


def serve(house: House, host: str, port: int, *, dist: Path = ROOT / "frontend" / "dist") -> int:
    """Serve until stopped. Returns the exit status."""
    taken = _listen(host, port)
    if isinstance(taken, str):
        say(taken)
        return 2
    app = create_app(house, dist=dist)
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=True,
            proxy_headers=False,
            timeout_graceful_shutdown=10,
            h11_max_incomplete_event_size=16 * 1024,
        )
    )
    stdlib_logging.getLogger("uvicorn.error").setLevel(stdlib_logging.WARNING)
    say(f"Open {house.settings.public_url}")
    with unit_of_work(house.engine) as session:
        token = invitations.ensure_setup_link(session, now=clock.now())
    if token:
        say(f"First account, once, within 24 hours: {house.settings.public_url}/join#{token}")
    server.run(sockets=[taken])
    return 0


def _listen(host: str, port: int) -> socket.socket | str:
    """A listening socket, or a sentence why not."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        return f"Port {port} on {host} cannot be used ({error.strerror}). Try --port with another number."
    return listening
