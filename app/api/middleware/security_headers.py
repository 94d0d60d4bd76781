"""Security headers on every answer, also 4xx, 5xx and static files (OWASP ASVS 5.0, 3.4)."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.config import Settings

# Everything is ours and nothing is inline. Trusted Types: Svelte's own policy for its templates, no other.
PAGE_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "media-src blob:",  # a recording of oneself, which never leaves the page
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types svelte-trusted-html fortnight-worker",
    )
)
# An answer of the API, or a file that pages are made of, is no page: opened as one, it may do nothing at all. (And
# the policy is a third as long: on a first visit ten files carry it.) A worker's script needs the page's own.
NO_PAGE_POLICY = "; ".join(
    ("default-src 'none'", "base-uri 'none'", "form-action 'none'", "object-src 'none'", "frame-ancestors 'none'")
)
PERMISSIONS_POLICY = "microphone=(self), " + ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "magnetometer",
        "midi",
        "payment",
        "serial",
        "usb",
    )
)
ALWAYS = {
    "permissions-policy": PERMISSIONS_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
TWO_YEARS = 63_072_000


def answer_headers(settings: Settings, *, api: bool = False, page: bool = False) -> list[tuple[bytes, bytes]]:
    """What every answer carries: below `/api`, as a page, or as a file that pages are made of."""
    headers = {"content-security-policy": PAGE_POLICY if page else NO_PAGE_POLICY, **ALWAYS}
    if settings.secure:
        headers["strict-transport-security"] = f"max-age={TWO_YEARS}; includeSubDomains"
    if api:
        headers["cache-control"] = "no-store"
    return [(name.encode(), value.encode()) for name, value in headers.items()]


class SecurityHeaders:
    """Adds the headers, and `no-store` below `/api`. A route that sets one of them itself loses to this."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._page = answer_headers(settings, page=True)
        self._api = answer_headers(settings, api=True)
        self._part = answer_headers(settings)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        ours = self._of(scope["path"])
        names = {name for name, _ in ours}

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                theirs = [pair for pair in message.get("headers", ()) if pair[0].lower() not in names]
                message["headers"] = [*theirs, *ours]
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _of(self, path: str) -> list[tuple[bytes, bytes]]:
        if path.startswith("/api"):
            return self._api
        return self._part if path.startswith(("/assets/", "/calendar/")) else self._page
