"""Every problem as problem+json (RFC 9457): a stable code, a sentence a person understands, a request id.

The only place with status codes. Nothing that was sent is echoed; nothing of the inside is told.
"""

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from http import HTTPStatus
from typing import Any
from uuid import uuid4

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from app.core import db
from app.core.catalogue import text
from app.core.logging import log
from app.core.vault import KeyMissing, SealBroken
from app.domain import errors
from app.models.base import ShapeIn

STATUS: dict[type[errors.Problem], int] = {
    errors.NotFound: 404,
    errors.NotSignedIn: 401,
    errors.Refused: 409,
    errors.Conflict: 409,
    errors.Invalid: 422,
    errors.SlowDown: 429,
    errors.Busy: 503,
}
CODES = {404: "not-found", 405: "method-not-allowed", 413: "too-large", 415: "not-json", 400: "invalid-input"}


def problem(
    status: int, code: str, more: Mapping[str, Any] | None = None, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """One problem+json answer."""
    body = {
        "type": f"/problems/{code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": text(f"error-{code}"),
        "code": code,
        "request_id": uuid4().hex,
        **(more or {}),
    }
    return JSONResponse(body, status, headers=dict(headers or {}), media_type="application/problem+json")


async def _domain(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, errors.Problem)  # noqa: S101 - registered for this class only
    status = next(number for kind, number in STATUS.items() if isinstance(error, kind))
    more: dict[str, Any] = {}
    headers: dict[str, str] = {}
    if isinstance(error, errors.Conflict):
        more = dict(error.details)
    elif isinstance(error, errors.Invalid):
        more = {"errors": [dict(item) for item in error.errors]}
    elif isinstance(error, errors.SlowDown | errors.Busy):
        headers = {"Retry-After": str(error.retry_after)}
    return problem(status, error.code, more, headers)


async def _validation(_request: Request, error: Exception) -> JSONResponse:
    """Which fields, and what kind of wrong; never what was written in them."""
    assert isinstance(error, RequestValidationError)  # noqa: S101
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return problem(422, "not-json")
    if any(item["loc"][:2] == ("path", "experiment_id") for item in found):
        return problem(404, "not-found")
    return problem(422, "invalid-input", {"errors": [_field(item) for item in found[:50]]})


def _field(item: Mapping[str, Any]) -> dict[str, str]:
    """Where, by our own names only: what came from outside (an unknown field, a key of a map) is not repeated."""
    parts = [str(part) if isinstance(part, int) or part in _our_names() else "?" for part in item["loc"][1:]]
    return {"field": ".".join(parts), "code": item["type"]}


@cache
def _our_names() -> frozenset[str]:
    """Every field name of every shape that comes in, and of the path and query."""
    waiting, names = [ShapeIn], {"day", "since", "experiment_id"}
    while waiting:
        shape = waiting.pop()
        names.update(shape.model_fields)
        waiting.extend(shape.__subclasses__())
    return frozenset(names)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code in {404, 405} and request.url.path.startswith("/api/"):
        # Starlette names the methods of the first route that it finds, and the pages take every path with HEAD.
        methods = _methods(request.app, request.url.path)
        if methods and request.method not in methods:
            return problem(405, CODES[405], headers={"Allow": ", ".join(sorted(methods))})
        return problem(404, CODES[404])
    return problem(error.status_code, CODES.get(error.status_code, "not-found"), headers=error.headers)


def _methods(app: FastAPI, path: str) -> set[str]:
    """What can be asked of this address below `/api`."""
    found = [methods for pattern, methods in _api_routes(app) if pattern.match(path)]
    return set().union(*found)


@lru_cache(maxsize=4)
def _api_routes(app: FastAPI) -> tuple[tuple[re.Pattern[str], frozenset[str]], ...]:
    contexts = [context for context in iter_route_contexts(app.routes) if (context.path or "").startswith("/api/")]
    return tuple((compile_path(each.path or "")[0], frozenset(each.methods or ())) for each in contexts)


async def _database(request: Request, error: Exception) -> JSONResponse:
    """Busy and full are answers; anything else is a fault of ours. Only the state is logged, never parameters."""
    if isinstance(error, PoolTimeout):
        return problem(503, "busy", headers={"Retry-After": "2"})
    assert isinstance(error, DBAPIError)  # noqa: S101
    state = getattr(error.orig, "sqlstate", None) or type(error.orig).__name__
    log.warning("database", state=state, route=_route(request))
    if db.is_full(error):
        return problem(507, "full", headers={"Retry-After": "60"})
    if db.is_busy(error):
        return problem(503, "busy", headers={"Retry-After": "2"})
    return problem(500, "storage" if db.is_broken(error) else "fault")


async def _integrity(request: Request, error: Exception) -> JSONResponse:
    """What is stored does not open: changed, moved, or its key is gone. Nothing of it is shown or told."""
    log.error("integrity", kind=type(error).__name__, route=_route(request))
    return problem(409, "integrity")


async def _fault(request: Request, error: Exception) -> JSONResponse:
    where = error.__traceback__
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    place = f"{where.tb_frame.f_code.co_filename.rpartition('/')[2]}:{where.tb_lineno}" if where else "?"
    log.error("fault", kind=type(error).__name__, place=place, route=_route(request))
    # The server ends the connection after a fault; whoever is not told sends the next request into it.
    return problem(500, "fault", headers={"Connection": "close"})


def _route(request: Request) -> str:
    return getattr(request.scope.get("route"), "path", "?")


def install(app: FastAPI) -> None:
    """Register every handler."""
    app.add_exception_handler(errors.Problem, _domain)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DBAPIError, _database)
    app.add_exception_handler(PoolTimeout, _database)
    app.add_exception_handler(SealBroken, _integrity)
    app.add_exception_handler(KeyMissing, _integrity)
    app.add_exception_handler(Exception, _fault)
