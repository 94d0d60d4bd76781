"""An app behind the server that everybody runs, on a free port, and bytes that are said to it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

from app.cli import serving
from app.core.config import Settings
from starlette.types import ASGIApp


@contextmanager
def served(app: ASGIApp, settings: Settings) -> Iterator[int]:
    """The port on which it answers. Stopped as the command is stopped; the house stays open."""
    ready = threading.Event()
    server = serving.server(app, settings, ready.set, lifespan="off")
    with closing(serving.listen("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            assert ready.wait(20)
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(20)
        assert not thread.is_alive()


def said(port: int, *parts: bytes, until_silent: float | None = None) -> bytes:
    """Everything that the server answers to these bytes until it closes, or until it is silent for so many
    seconds."""
    answer = b""
    enough = (BrokenPipeError, ConnectionResetError, *([TimeoutError] if until_silent else []))
    with (
        socket.create_connection(("127.0.0.1", port), timeout=until_silent or 20) as connection,
        suppress(*enough),
    ):
        for part in parts:
            connection.sendall(part)
        while more := connection.recv(65_536):
            answer += more
    return answer
