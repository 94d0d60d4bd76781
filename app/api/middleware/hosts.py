"""Only names of this server are answered (DNS rebinding, forged links); 127.0.0.1 moves to localhost.

Links are never made from the Host header: they come from `FORTNIGHT_PUBLIC_URL`.
"""

from urllib.parse import quote

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.errors import problem
from app.core.config import Settings, is_loopback

STAY = ("/api", "/health", "/metrics")


class Hosts:
    """Refuses a foreign Host with 400, and sends pages asked for by a loopback address to the public name.

    Two names would be two origins, with two sets of cookies and two places for unsent check-ins.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._allowed = settings.allowed_hosts
        self._public = settings.public_url
        self._moves = settings.public_host == "localhost"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"}:
            await self._app(scope, receive, send)
            return
        host = _host(scope)
        if host is None or host not in self._allowed:
            await problem(400, "unknown-host")(scope, receive, send)
        elif self._moves and host != "localhost" and is_loopback(host) and _is_page(scope):
            await RedirectResponse(self._public + _target(scope), 307)(scope, receive, send)
        else:
            await self._app(scope, receive, send)


def _host(scope: Scope) -> str | None:
    """The one Host without its port, in small letters; None where there is none, or two."""
    found = [value for name, value in scope["headers"] if name == b"host"]
    if len(found) != 1:
        return None
    host: str = found[0].decode("latin-1").lower()
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0]


def _is_page(scope: Scope) -> bool:
    return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and not scope["path"].startswith(STAY)


def _target(scope: Scope) -> str:
    raw = scope.get("raw_path")
    path = raw.decode("latin-1").partition("?")[0] if raw else quote(scope["path"])
    query = scope.get("query_string", b"").decode("latin-1")
    return f"{path}?{query}" if query else path
