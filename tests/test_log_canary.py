"""Logs hold event names and route templates, and nothing that anybody wrote (T25).

Everything a person can say is sent through requests that are taken, refused and broken, the broken one to the
server as it is really run; what was then written to standard error is searched.
"""

import json
import logging
import sqlite3
import sys

import httpx
import pytest
from app.core import logging as our_logging
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.core.vault import SealBroken
from app.services.house import House
from fastapi import Request
from pydantic import BaseModel
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.canaries import Canaries, found_in, journey, refused
from tests.cast import SAME_ORIGIN, Cast
from tests.logs import logging_on
from tests.served import served


class Strict(BaseModel):
    mood: int


def test_no_word_of_anybody_reaches_the_log(cast: Cast, capfd: pytest.CaptureFixture[str]) -> None:
    with logging_on():
        canaries = everything_said(cast)
    out, err = capfd.readouterr()
    lines = [json.loads(line) for line in err.splitlines()]
    assert {"fault", "library", "database", "integrity"} <= {line["event"] for line in lines}, err
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

    async def broken(request: Request, kind: str) -> None:
        """A fault of ours, with what was written in the exception's own words, as libraries love to do."""
        written = (await request.body()).decode()
        for name in ("some.library", "uvicorn.error"):
            logging.getLogger(name).warning("could not read %s", written)
        if kind == "database":
            raise DBAPIError.instance(written, {"note": written}, sqlite3.OperationalError(written), sqlite3.Error)
        if kind == "seal":
            raise SealBroken(written)
        Strict.model_validate({"mood": written})

    cast.app.add_api_route("/api/broken/{kind}/{what}", broken, methods=["POST"])
    cast.app.router.routes.insert(0, cast.app.router.routes.pop())
    with (
        served(cast.app, cast.house.settings) as port,
        httpx.Client(base_url=f"http://localhost:{port}", headers=SAME_ORIGIN) as http,
    ):
        for kind, told in [("library", (500, "fault")), ("database", (503, "busy")), ("seal", (409, "integrity"))]:
            at = f"/api/broken/{kind}/{canaries.word('path')}?{canaries.word('query')}=1"
            answer = http.post(at, json={"note": canaries.word("fault") + "\r\n{}"})
            assert (answer.status_code, answer.json()["code"]) == told
            assert found_in(answer.content, canaries.everything()) == []
    return canaries


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


def test_an_error_of_the_database_does_not_hold_what_was_to_be_written(house: House) -> None:
    word = Canaries().word("parameter")
    with pytest.raises(DBAPIError) as caught, unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(text("INSERT INTO nowhere VALUES (:word)"), {"word": word})
    assert "nowhere" in str(caught.value)
    assert found_in(str(caught.value).encode(), [word]) == []


def test_the_capture_sees_what_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Teeth: a traceback on standard error would have been found."""
    word = Canaries().word("teeth")
    try:
        raise ValueError(word)
    except ValueError:
        sys.excepthook(*sys.exc_info())
    assert found_in(capfd.readouterr().err.encode(), [word]) == [word]
