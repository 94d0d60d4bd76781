"""The application, assembled: routes, error answers, guards in front of them, and the built frontend."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from anyio import to_thread
from fastapi import FastAPI

from app import api
from app.api import errors, middleware, pages
from app.services.house import House
from app.worker import Worker

ROOT = Path(__file__).parents[1]


def create_app(house: House, *, dist: Path | None = None) -> FastAPI:
    """The app over an open house. `dist` is the built frontend; without one only the API is served."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = house.settings.threads
        # On SQLite one process does it all. On PostgreSQL `fortnight worker` sends, as many of them as wanted.
        worker = Worker(house) if house.engine.dialect.name == "sqlite" else None
        if worker is not None:
            worker.start()
        yield
        if worker is not None:
            await to_thread.run_sync(worker.stop)
        house.close()

    app = FastAPI(
        title="Fortnight",
        version="0.1.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
        # Its hooks cost 5 % of every request, and what they record can carry the text of an exception.
        telemetry={"tracing": False, "metrics": False, "logs": False},
    )
    app.state.house = house
    errors.install(app)
    api.install(app)
    pages.install(app, dist)
    middleware.install(app, house.settings)
    return app
