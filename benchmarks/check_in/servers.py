"""The servers that are measured beside each other, each started by `python -m benchmarks.check_in.servers KIND`.

- `real`: Fortnight's own app, SQLite FULL (or the PostgreSQL of `FORTNIGHT_DATABASE_URL`)
- `pages`: the same with the built frontend
- `normal`: the same with `synchronous = NORMAL`, which can lose a confirmed write: the price of durability
- `no_database`: the same route, shapes and answer, and nothing behind them
- `tutorial`: the pattern of the framework's tutorial: ORM, `def`, a session that is yielded, the default pool
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated
from uuid import UUID

import uvicorn
from app.core import clock, config
from app.main import ROOT, create_app
from app.models.base import Day
from app.models.check_ins import CheckInPublic, CheckInPut
from app.services.check_ins import StoredDay, payload, public
from app.services.house import open_house
from fastapi import Depends, FastAPI, Response
from fastapi.telemetry import TelemetryConfig
from sqlalchemy import event
from sqlmodel import Field, Session, SQLModel, create_engine

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
    """No sign-in, no sealing, no revisions: one row, as the tutorial writes it."""

    class TutorialCheckIn(SQLModel, table=True):
        experiment_id: str = Field(primary_key=True)
        day: str = Field(primary_key=True)
        mood: int | None = None
        dose: str | None = None
        sleep_hours: float | None = None
        note: str | None = None
        revision: int = 0

    url = os.environ.get("FORTNIGHT_DATABASE_URL") or f"sqlite:///{os.environ['FORTNIGHT_DATA']}/tutorial.sqlite3"
    url = url.replace("postgresql://", "postgresql+psycopg://")
    arguments = {"check_same_thread": False} if url.startswith("sqlite") else {}
    engine = create_engine(url, connect_args=arguments)
    if url.startswith("sqlite"):
        event.listen(
            engine,
            "connect",
            lambda connection, _: connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"),
        )
    SQLModel.metadata.create_all(engine, tables=[TutorialCheckIn.__table__])  # type: ignore[attr-defined]

    def session_of() -> Iterator[Session]:
        with Session(engine) as session:
            yield session

    app = FastAPI(openapi_url=None, telemetry=NO_HOOKS)

    @app.put("/api/experiments/{experiment_id}/check-ins/{day}")
    def put(
        experiment_id: str, day: str, body: CheckInPut, session: Annotated[Session, Depends(session_of)]
    ) -> TutorialCheckIn:
        row = session.get(TutorialCheckIn, (experiment_id, day)) or TutorialCheckIn(
            experiment_id=experiment_id, day=day
        )
        row.mood, row.dose, row.sleep_hours, row.note = body.mood, body.dose, body.sleep_hours, body.note
        row.revision += 1
        session.add(row)
        session.commit()
        session.refresh(row)
        return row

    return app


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
    uvicorn.run(made, host="127.0.0.1", port=port, log_config=None, access_log=False, proxy_headers=False)
