"""Guards in front of every route, outermost first. `install` is the only door.

1. `security_headers`  every answer leaves with them, whoever wrote it: a route, a guard, the last-resort handler
2. `hosts`             only names of ours are answered; pages asked for at 127.0.0.1 move to localhost
3. `same_origin`       nothing is changed from another site
4. `body_limit`        what comes in is JSON, small enough and flat enough, before anything reads it

Behind them stand Starlette's own (the last-resort handler, the error answers), then the routes. All four are plain
ASGI: a class with one call, no task or queue per request.
"""

from anyio import to_thread
from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Scope

from app.api.deps import cookie_name
from app.api.middleware.body_limit import BodyLimit, SignedIn
from app.api.middleware.hosts import Hosts
from app.api.middleware.same_origin import SameOrigin
from app.api.middleware.security_headers import SecurityHeaders
from app.core import clock
from app.core.config import Settings
from app.core.db import unit_of_work
from app.domain.errors import NotSignedIn
from app.services import login_sessions
from app.services.house import House


def guarded(inner: ASGIApp, settings: Settings, signed_in: SignedIn) -> ASGIApp:
    """`inner` behind the four guards."""
    return SecurityHeaders(Hosts(SameOrigin(BodyLimit(inner, signed_in), settings), settings), settings)


def install(app: FastAPI, settings: Settings) -> None:
    """Put the guards around the whole app.

    `app.add_middleware` would put them inside Starlette's last-resort handler, whose 500 would then leave without
    the headers; so the finished stack is wrapped instead.
    """
    build = app.build_middleware_stack

    async def signed_in(scope: Scope) -> bool:
        token = Request(scope).cookies.get(cookie_name(app.state.house))
        return token is not None and await to_thread.run_sync(_lives, app.state.house, token)

    def build_guarded() -> ASGIApp:
        return guarded(build(), settings, signed_in)

    app.build_middleware_stack = build_guarded  # type: ignore[method-assign]


def _lives(house: House, token: str) -> bool:
    with unit_of_work(house.engine, read_only=True) as session:
        try:
            login_sessions.find(session, token, now=clock.now())
        except NotSignedIn:
            return False
    return True
