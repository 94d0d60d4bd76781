"""ASGI spoken to the guards, to see how much of a body they ask for."""

import json
from typing import Any

from starlette.types import ASGIApp, Message, Scope

JSON = (b"content-type", b"application/json")


def post(path: str, *headers: tuple[bytes, bytes]) -> Scope:
    """A request from a page of ours."""
    own = [(b"host", b"localhost"), (b"sec-fetch-site", b"same-origin"), *headers]
    return {"type": "http", "method": "POST", "path": path, "headers": own, "query_string": b""}


async def ask(
    guards: ASGIApp, path: str, parts: list[bytes], *headers: tuple[bytes, bytes]
) -> tuple[int, int, Any]:
    """Status, how many parts of the body were read, the answer's body."""
    read = 0
    sent: list[Message] = []

    async def receive() -> Message:
        nonlocal read
        read += 1
        return {"type": "http.request", "body": parts[read - 1], "more_body": read < len(parts)}

    async def send(message: Message) -> None:
        sent.append(message)

    await guards(post(path, *headers), receive, send)
    return sent[0]["status"], read, json.loads(sent[1]["body"])
