"""Nothing is changed from another site (OWASP CSRF cheat sheet: fetch metadata, Origin where there is none).

A browser that sends `Sec-Fetch-Site` is believed; an older one, or a program, must name our origin exactly.
SameSite cookies stand behind this, and no route changes anything on GET.
"""

from urllib.parse import urlsplit

from starlette.types import ASGIApp, Receive, Scope, Send

from app.api.errors import problem
from app.core.config import Settings, is_loopback

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
OURS = frozenset({b"same-origin", b"none"})


class SameOrigin:
    """403 `cross-site` for an unsafe method that does not come from our own pages."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._origins = {origin.encode() for origin in _origins(settings)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE and not self._is_ours(scope):
            await problem(403, "cross-site")(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _is_ours(self, scope: Scope) -> bool:
        sites = [value.strip() for name, value in scope["headers"] if name == b"sec-fetch-site"]
        if sites:
            return all(site in OURS for site in sites)
        origins = [value.strip() for name, value in scope["headers"] if name == b"origin"]
        return bool(origins) and all(origin in self._origins for origin in origins)


def _origins(settings: Settings) -> set[str]:
    """Our origin; on this machine also its other loopback names, on the same port."""
    origins = {settings.origin}
    if is_loopback(settings.public_host):
        parts = urlsplit(settings.public_url)
        port = f":{parts.port}" if parts.port else ""
        for host in settings.allowed_hosts:
            name = f"[{host}]" if ":" in host else host
            origins.add(f"{parts.scheme}://{name}{port}")
    return origins
