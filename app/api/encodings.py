"""Answers that go out compressed, where whoever asks takes it."""

import gzip
import re

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel

# Beyond it, time for nothing: three quarters of what the best level saves come at a quarter of its cost.
LEVEL = 5


def takes(request: Request, way: str) -> bool:
    """Whether whoever asks takes what is compressed this way (RFC 9110, 12.5.3)."""
    offers = (offer.split(";") for offer in request.headers.get("accept-encoding", "").lower().split(","))
    return any(
        name.strip() == way and not any(re.fullmatch(r" *q=0(\.0*)? *", said) for said in rest)
        for name, *rest in offers
    )


def zipped(request: Request, shape: BaseModel, answer: Response) -> Response:
    """`shape` as JSON with the headers that `answer` has so far, gzipped where that is taken.

    Only for an answer whose length can tell nothing by being compressed (BREACH). That takes somebody who puts
    guesses into the same body as a secret and watches its length. So: nothing of the request may stand in the body
    as it came, and no words in it may come from anybody but the one who reads it. (Nor can another site ask: the
    cookie is `SameSite=Strict`.)
    """
    body = shape.model_dump_json().encode()
    headers = {**answer.headers, "Vary": "Accept-Encoding"}
    headers.pop("content-length", None)
    if takes(request, "gzip"):
        body, headers["Content-Encoding"] = gzip.compress(body, LEVEL, mtime=0), "gzip"
    return Response(body, media_type="application/json", headers=headers)
