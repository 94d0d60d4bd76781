"""The servers that are measured beside each other, each started by `python -m benchmarks.check_in.servers KIND`.

- `real`: Fortnight's own app, served as the command serves it; SQLite FULL, or the PostgreSQL of
  `FORTNIGHT_DATABASE_URL`
- `pages`: the same with the built frontend
- `normal`: the same with `synchronous = NORMAL`, which can lose a confirmed write: the price of durability
- `no_database`: the same route, shapes and answer, and nothing behind them
- `tutorial`: the pattern of the framework's tutorial: ORM, `def`, a session that is yielded, the default pool.
  It does what the request has to do: look the session up, write one row, commit, give a typed answer
"""

import os
import sys
from pathlib import Path
from uuid import UUID

import uvicorn
from app.cli import serving
from app.core import clock, config, heap
from app.main import ROOT, create_app
from app.models.base import Day
from app.models.check_ins import CheckInPublic, CheckInPut
from app.services.check_ins import StoredDay, payload, public
from app.services.house import open_house
from fastapi import FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from sqlalchemy import event

NO_HOOKS: TelemetryConfig = {"tracing": False, "metrics": False, "logs": False}


def real(*, normal: bool = False, pages: bool = False) -> FastAPI:
    house = open_house(config.load())
    if normal:
        event.listen(
            house.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=NORMAL")
        )
        house.engine.dispose()
    return create_app(house, dist=ROOT / "frontend" / "dist" if pages else None)


def no_database() -> FastAPI:
    app = FastAPI(openapi_url=None, telemetry=NO_HOOKS)

    @app.put("/api/experiments/{experiment_id}/check-ins/{day}", response_model=CheckInPublic)
    async def put(experiment_id: UUID, day: Day, body: CheckInPut) -> Response:
        now = clock.now()
        stored = StoredDay(
            experiment_id, day, body.base_revision + 1, 1, body.zone, body.written_at, now, payload(body)
        )
        return Response(public(stored, "04:00", None).model_dump_json(), media_type="application/json")

    return app


def tutorial() -> FastAPI:
    from benchmarks.check_in import tutorial as pattern  # opens its database when it is imported

    return pattern.tutorial()


if __name__ == "__main__":
    kind, port = sys.argv[1], int(sys.argv[2])
    Path(os.environ["FORTNIGHT_DATA"]).mkdir(parents=True, exist_ok=True)
    made = {
        "real": real,
        "pages": lambda: real(pages=True),
        "normal": lambda: real(normal=True),
        "no_database": no_database,
        "tutorial": tutorial,
    }[kind]()
    if kind != "tutorial":
        heap.settle()
    if kind in {"real", "normal", "pages"}:
        ours = serving.server(made, made.state.house.settings, ready=lambda: None)
        ours.run(sockets=[serving.listen("127.0.0.1", port)])
    else:  # by uvicorn as it is, without what would only slow it
        uvicorn.run(made, host="127.0.0.1", port=port, log_config=None, access_log=False, proxy_headers=False)
