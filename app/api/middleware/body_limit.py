"""What comes in: JSON, no larger than a route needs, not deeply nested; said before anything is parsed.

A body that is too large is refused by its own Content-Length, or, where that is missing or lies, at the first byte
too many; the rest is never read. Only somebody who is signed in may send a long one, and all together hold so much
at once and no more. (What does not arrive in time is given up by `app/api/wire.py`.) Depth is bounded because a
parser recurses: 100,000 brackets would be a fault.
"""

import re
from collections.abc import Awaitable, Callable, Mapping

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import problem

BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})
ORDINARY = 64 * 1024
FILE = 2 * 1024 * 1024
# All bodies together; where that is full, only short ones (a check-in has 2 kB) are still taken.
MOST_HELD = 32 * 1024 * 1024
SHORT = 8 * 1024
DEEPEST = 16
# Strings and brackets; the largest honest body has a few hundred. Counting to here takes 5 ms.
MOST_TOKENS = 20_000
# Strings are skipped whole, also one that never ends; possessive, so that no body can make this slow.
TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
OPENING, CLOSING = b"{[", b"}]"


class Refusal(Exception):
    """The body is not taken; `answer` says why."""

    def __init__(self, answer: Response) -> None:
        super().__init__()
        self.answer = answer


SignedIn = Callable[[Scope], Awaitable[bool]]


class BodyLimit:
    """413 `too-large`, 401 (a long one of nobody's), 415 `not-json`, 422 (too deep), 503 `busy`.

    The body is handed on whole once it has passed. `signed_in`: whether a request carries a session that lives.
    """

    def __init__(self, app: ASGIApp, signed_in: SignedIn) -> None:
        self._app = app
        self._signed_in = signed_in
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in BODILESS:
            await self._app(scope, receive, send)
            return
        parts: list[bytes] = []
        try:
            body = await self._taken(scope, receive, parts)
            if body is None:
                return
            waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

            async def replay() -> Message:
                return waiting.pop() if waiting else await receive()

            await self._app(scope, replay, send)
        except Refusal as refusal:
            await refusal.answer(scope, receive, send)
        finally:
            self._held -= sum(map(len, parts))

    async def _taken(self, scope: Scope, receive: Receive, parts: list[bytes]) -> bytes | None:
        """The whole body, or None where the sender has gone; `parts` as they come. Raises `Refusal`."""
        headers = Headers(scope=scope)
        most = limit(scope["path"])
        announced = headers.get("content-length", "0")
        # More than 15 digits is too large whatever they say, and must not be turned into a number.
        if not announced.isdecimal() or len(announced) > 15 or int(announced) > most:
            raise Refusal(_last(413, "too-large"))
        long = int(announced) > ORDINARY
        if long:
            await self._know(scope)
        size = 0
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return None
            part = message.get("body", b"")
            size += len(part)
            if size > most:
                raise Refusal(_last(413, "too-large"))
            if part and not parts and not _is_json(headers.get("content-type", "")):
                raise Refusal(_last(415, "not-json"))
            if size > ORDINARY and not long:
                long = True
                await self._know(scope)
            if size > SHORT and self._held + len(part) > MOST_HELD:
                raise Refusal(_last(503, "busy", {"Retry-After": "5"}))
            self._held += len(part)
            parts.append(part)
            more = message.get("more_body", False)
        return _checked(b"".join(parts))

    async def _know(self, scope: Scope) -> None:
        """Raises `Refusal` where nobody is signed in: nobody fills the server unknown."""
        if not await self._signed_in(scope):
            raise Refusal(_last(401, "not-signed-in"))


def limit(path: str) -> int:
    """Bytes that a body may have on this path."""
    of_experiments = path.startswith("/api/experiments/") and path.endswith(("/diary", "/from-file"))
    return FILE if of_experiments or path.startswith("/api/diaries") else ORDINARY


def _checked(body: bytes) -> bytes:
    """The body, where a parser may read it. Raises `Refusal`."""
    # UTF-8 JSON has no zero byte. UTF-16 and UTF-32 have: readers guess them, and brackets could hide in them.
    if b"\0" in body:
        raise Refusal(problem(422, "not-json"))
    if not _is_plain(body) and _depth(body) > DEEPEST:
        raise Refusal(problem(422, "invalid-input", {"errors": [{"field": "", "code": "too-deep"}]}))
    return body


def _last(status: int, code: str, headers: Mapping[str, str] | None = None) -> Response:
    """What was not read would be taken for the next request: the connection ends with this answer."""
    return problem(status, code, headers={**(headers or {}), "Connection": "close"})


def _is_json(content_type: str) -> bool:
    kind, _, parameters = content_type.lower().partition(";")
    charset = parameters.replace(" ", "").replace('"', "")
    return kind.strip() == "application/json" and charset in {"", "charset=utf-8"}


def _is_plain(body: bytes) -> bool:
    """True where there are too few brackets to be deep; a check-in has one."""
    return len(body) < MOST_TOKENS and sum(map(body.count, OPENING)) <= DEEPEST


def _depth(body: bytes) -> int:
    """How deeply objects and lists are nested, strings left out; one more than `DEEPEST` where it is too much.

    Runs on the event loop, so it gives up early. Linear in the size of the body.
    """
    depth = deepest = 0
    for number, found in enumerate(TOKEN.finditer(body)):
        start = body[found.start()]
        if start in OPENING:
            depth += 1
            deepest = max(deepest, depth)
        elif start in CLOSING:
            depth -= 1
        if deepest > DEEPEST or number >= MOST_TOKENS:
            return DEEPEST + 1
    return deepest
