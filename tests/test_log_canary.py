"""Logs hold event names and route templates, and nothing that anybody wrote (T25).

Everything a person can say is sent through requests that are taken, refused and broken, the broken one to the
server as it is really run; what was then written to standard error is searched.
"""

import json
import logging
import socket
import sys
import threading

import pytest
import uvicorn
from app.cli import serving
from app.core import logging as our_logging
from fastapi import Request
from pydantic import BaseModel
from starlette.testclient import TestClient

from tests.canaries import Canaries, found_in, journey, refused
from tests.cast import SAME_ORIGIN, Cast
from tests.logs import logging_on


class Strict(BaseModel):
    mood: int


def test_no_word_of_anybody_reaches_the_log(cast: Cast, capfd: pytest.CaptureFixture[str]) -> None:
    with logging_on():
        canaries = everything_said(cast)
    out, err = capfd.readouterr()
    lines = [json.loads(line) for line in err.splitlines()]
    assert {"fault", "library"} <= {line["event"] for line in lines}, err
    assert "ValidationError" in err, "the operator is told what kind of fault it was"
    assert "forged" not in err
    assert found_in((out + err).encode(), canaries.everything()) == []


def everything_said(cast: Cast) -> Canaries:
    canaries = Canaries()
    journeyed = journey(cast, canaries)
    at = f"/api/experiments/{journeyed.experiment['id']}"
    canaries.made += [at.rpartition("/")[2], journeyed.account_id]
    statuses = refused(journeyed.http, at, canaries)
    assert statuses >= {400, 401, 403, 404, 413, 415, 422}

    async def broken(request: Request) -> None:
        """A fault of ours, with what was written in the exception's own words, as libraries love to do."""
        written = (await request.body()).decode()
        logging.getLogger("some.library").warning("could not read %s", written)
        Strict.model_validate({"mood": written})

    cast.app.add_api_route("/api/broken", broken, methods=["POST"])
    cast.app.router.routes.insert(0, cast.app.router.routes.pop())
    with Served(cast) as http:
        answer = http.post("/api/broken", json={"note": canaries.word("fault") + "\r\n{}"})
    assert (answer.status_code, answer.json()["code"]) == (500, "fault")
    assert found_in(answer.content, canaries.everything()) == []
    return canaries


class Served:
    """The app behind a real uvicorn with the command's own settings, on a free port."""

    def __init__(self, cast: Cast) -> None:
        self._app = cast.app
        self._socket = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> TestClient:
        import httpx

        ready = threading.Event()
        self._server = serving._Server(uvicorn.Config(self._app, **serving.QUIET), ready.set)
        self._thread = threading.Thread(target=self._server.run, args=([self._socket],))
        self._thread.start()
        assert ready.wait(20)
        port = self._socket.getsockname()[1]
        self._http = httpx.Client(base_url=f"http://localhost:{port}", headers=SAME_ORIGIN)
        return self._http  # type: ignore[return-value]

    def __exit__(self, *_: object) -> None:
        self._http.close()
        self._server.should_exit = True
        self._thread.join(20)
        self._socket.close()


@pytest.mark.parametrize("name", sorted(our_logging.WITHHELD))
def test_what_should_never_be_bound_is_withheld(capfd: pytest.CaptureFixture[str], name: str) -> None:
    with logging_on():
        our_logging.log.error("careless", **{name: "cnrcareless"})
    err = capfd.readouterr().err
    assert json.loads(err)[name] == "withheld"
    assert "cnrcareless" not in err


def test_a_value_cannot_begin_a_line_of_its_own(capfd: pytest.CaptureFixture[str]) -> None:
    evil = 'x\r\n{"event": "forged"}\n\x1b[2K\u2028\u0085{"event": "forged"}'
    with logging_on():
        our_logging.log.warning("event", route=evil)
    err = capfd.readouterr().err
    assert err.count("\n") == 1
    assert len(err.splitlines()) == 1
    assert json.loads(err)["route"] == evil
    assert "\x1b" not in err


def test_the_capture_sees_what_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Teeth: a traceback on standard error would have been found."""
    word = Canaries().word("teeth")
    try:
        raise ValueError(word)
    except ValueError:
        sys.excepthook(*sys.exc_info())
    assert found_in(capfd.readouterr().err.encode(), [word]) == [word]
