"""The built frontend. Hashed assets never change; everything else is asked for anew; unknown assets are 404.

A page address that is not a file is the app's (`index.html`): its router knows the screen. With it goes a list of
the files that the screen is likely to need (`ahead.json`, written at build): whether a cookie is there decides
which, not whose it is or whether it is any good. Text goes out compressed where the browser takes it: by brotli
if the build wrote that (`NAME.br`), else by gzip. No body depends on who asks: compressing tells nobody anything.
"""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from app.api.conditional import is_known
from app.api.encodings import takes

FOREVER = "public, max-age=31536000, immutable"
ASK = "no-cache"
AHEAD = "ahead.json"
BROTLI = ".br"
NOT_PAGES = ("api", "health", "metrics", "docs", "assets")
TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
WORTH_ZIPPING = frozenset({".css", ".html", ".js", ".json", ".svg", ".webmanifest"})


@dataclass(frozen=True)
class _File:
    """One built file, read when it is first asked for and kept: a build does not change while it is served."""

    path: Path
    caching: str
    squeezed: Path | None = None
    """The same by brotli, where the build wrote it."""

    @cached_property
    def body(self) -> bytes:
        return self.path.read_bytes()

    @cached_property
    def zipped(self) -> bytes | None:
        return gzip.compress(self.body, 9, mtime=0) if self.path.suffix in WORTH_ZIPPING else None

    @cached_property
    def brotli(self) -> bytes | None:
        return self.squeezed.read_bytes() if self.squeezed else None

    @cached_property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:32]}"'

    def answer(self, request: Request) -> Response:
        """200 with the body, or 304 where the browser has it already (RFC 9110, 13.1.2)."""
        headers = {"Cache-Control": self.caching, "ETag": self.etag, "Vary": "Accept-Encoding"}
        if is_known(request, self.etag):
            return Response(status_code=304, headers=headers)
        body = self.body
        for way, smaller in (("br", self.brotli), ("gzip", self.zipped)):
            if smaller is not None and takes(request, way):
                body, headers["Content-Encoding"] = smaller, way
                break
        return Response(body, media_type=TYPES.get(self.path.suffix, "application/octet-stream"), headers=headers)


def install(app: FastAPI, dist: Path | None) -> None:
    """Serve the files of `dist`, as they were listed at start: no path from outside touches the file system."""
    files = _files(dist) if dist and dist.is_dir() else {}

    screens = _screens(files.pop(AHEAD, None))
    ahead = {screen: ", ".join(map(_link, names)) for screen, names in screens.items()}
    # What a page needs that the server writes itself, for whoever opened a link.
    app.state.reading = tuple(screens.get("Reading", ()))

    def page(request: Request, path: str) -> Response:
        found = files.get(path) or files.get(f"{path.rstrip('/')}.html")
        if found is None:
            name = path.rpartition("/")[2]
            if path.split("/", maxsplit=1)[0] in NOT_PAGES or "." in name or "index.html" not in files:
                raise HTTPException(404)
            found = files["index.html"]
        answer = found.answer(request)
        if found is files.get("index.html") and (link := ahead.get(_first_screen(request, path), "")):
            answer.headers["Link"] = link
        return answer

    app.add_api_route("/{path:path}", page, methods=["GET", "HEAD"], include_in_schema=False)


def _files(dist: Path) -> dict[str, _File]:
    paths = {path.relative_to(dist).as_posix(): path for path in sorted(dist.rglob("*")) if path.is_file()}
    return {
        name: _File(path, FOREVER if name.startswith("assets/") else ASK, paths.get(name + BROTLI))
        for name, path in paths.items()
        if not name.endswith(BROTLI)
    }


def _first_screen(request: Request, path: str) -> str:
    """The screen that this address most likely opens; "" where that is anybody's guess."""
    first = path.split("/", maxsplit=1)[0]
    signed_in = any(name.endswith("fortnight") for name in request.cookies)
    if first == "sign-in" or (first in {"", "day", "result"} and not signed_in):
        return "SignIn"
    return {"": "Today", "day": "Today", "result": "Result"}.get(first, "")


def _screens(file: _File | None) -> dict[str, list[str]]:
    """For each first screen its files, as the page itself will ask for them."""
    screens: dict[str, list[str]] = json.loads(file.body) if file else {}
    return screens


def _link(name: str) -> str:
    how = "rel=preload; as=style" if name.endswith(".css") else "rel=modulepreload"
    return f"</{name}>; {how}; crossorigin"
