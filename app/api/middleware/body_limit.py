"""What comes in: JSON, no larger than a route needs, not deeply nested; said before anything is parsed.

A body that is too large is refused by its own Content-Length, or, where that is missing or lies, at the first byte
too many; the rest is never read. Depth is bounded because a parser recurses: 100,000 brackets would be a fault.
"""

import re

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.api.errors import problem

BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})
ORDINARY = 64 * 1024
DIARY = 2 * 1024 * 1024
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


class BodyLimit:
    """413 `too-large`, 415 `not-json`, 422 for too deep. The body is handed on whole once it has passed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in BODILESS:
            await self._app(scope, receive, send)
            return
        try:
            body = await _taken(scope, receive)
        except Refusal as refusal:
            await refusal.answer(scope, receive, send)
            return
        if body is None:
            return
        waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

        async def replay() -> Message:
            return waiting.pop() if waiting else await receive()

        await self._app(scope, replay, send)


def limit(path: str) -> int:
    """Bytes that a body may have on this path."""
    diary = path.startswith("/api/diaries") or (path.startswith("/api/experiments/") and path.endswith("/diary"))
    return DIARY if diary else ORDINARY


async def _taken(scope: Scope, receive: Receive) -> bytes | None:
    """The whole body, or None where the sender has gone. Raises `Refusal`."""
    headers = Headers(scope=scope)
    most = limit(scope["path"])
    announced = headers.get("content-length", "0")
    # More than 15 digits is too large whatever they say, and must not be turned into a number.
    if not announced.isdecimal() or len(announced) > 15 or int(announced) > most:
        raise Refusal(_too_large())
    parts: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise Refusal(_too_large())
        if part and not parts and not _is_json(headers.get("content-type", "")):
            raise Refusal(problem(415, "not-json", headers={"Connection": "close"}))
        parts.append(part)
        more = message.get("more_body", False)
    body = b"".join(parts)
    # UTF-8 JSON has no zero byte. UTF-16 and UTF-32 have: readers guess them, and brackets could hide in them.
    if b"\0" in body:
        raise Refusal(problem(422, "not-json"))
    if not _is_plain(body) and _depth(body) > DEEPEST:
        raise Refusal(problem(422, "invalid-input", {"errors": [{"field": "", "code": "too-deep"}]}))
    return body


def _too_large() -> Response:
    # What was not read would be taken for the next request: the connection ends here.
    return problem(413, "too-large", headers={"Connection": "close"})


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
