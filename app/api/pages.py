"""The built frontend. Hashed assets never change; everything else is asked for anew; unknown assets are 404.

A page address that is not a file is the app's (`index.html`): its router knows the screen.
"""

from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, Response
from starlette.exceptions import HTTPException

FOREVER = "public, max-age=31536000, immutable"
ASK = "no-cache"
NOT_PAGES = ("api", "health", "metrics", "docs", "assets")
TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript"}


def install(app: FastAPI, dist: Path | None) -> None:
    """Serve the files of `dist`, as they were listed at start: no path from outside touches the file system."""
    files = _files(dist) if dist and dist.is_dir() else {}

    def page(request: Request, path: str) -> Response:
        found = files.get(path) or files.get(f"{path}.html")
        if found is None:
            name = path.rpartition("/")[2]
            if path.split("/", maxsplit=1)[0] in NOT_PAGES or "." in name or "index.html" not in files:
                raise HTTPException(404)
            found = files["index.html"]
        caching = FOREVER if path.startswith("assets/") else ASK
        return FileResponse(found, media_type=TYPES.get(found.suffix), headers={"Cache-Control": caching})

    app.add_api_route("/{path:path}", page, methods=["GET", "HEAD"], include_in_schema=False)


def _files(dist: Path) -> dict[str, Path]:
    return {path.relative_to(dist).as_posix(): path for path in sorted(dist.rglob("*")) if path.is_file()}
