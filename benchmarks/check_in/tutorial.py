"""What is measured against: the check-in as the framework's tutorial would write it. Fixed; not to be improved.

ORM, `def`, a session that is yielded, the default pool, `synchronous = FULL`. It does what the request has to do
(look the session up, write one row, commit, give a typed answer) and nothing that Fortnight does besides: no
sealing, no revisions, nobody's experiment.
"""

import os
from collections.abc import Iterator
from typing import Annotated

from app.models.check_ins import CheckInPut
from fastapi import Cookie, Depends, FastAPI
from sqlalchemy import Engine, event
from sqlmodel import Field, Session, SQLModel, create_engine, select


class TutorialSession(SQLModel, table=True):
    token: str = Field(primary_key=True)
    person: int = 1


class TutorialCheckIn(SQLModel, table=True):
    experiment_id: str = Field(primary_key=True)
    day: str = Field(primary_key=True)
    mood: int | None = None
    dose: str | None = None
    sleep_hours: float | None = None
    note: str | None = None
    revision: int = 0


def _engine() -> Engine:
    url = os.environ.get("FORTNIGHT_DATABASE_URL") or f"sqlite:///{os.environ['FORTNIGHT_DATA']}/tutorial.sqlite3"
    url = url.replace("postgresql://", "postgresql+psycopg://")
    if not url.startswith("sqlite"):
        return create_engine(url)
    engine = create_engine(url, connect_args={"check_same_thread": False})
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
    event.listen(engine, "connect", lambda connection, _: connection.executescript(pragmas))
    return engine


engine = _engine()


def session_of() -> Iterator[Session]:
    with Session(engine) as session:
        yield session


SessionDep = Annotated[Session, Depends(session_of)]


def signed_in(session: SessionDep, fortnight: Annotated[str, Cookie()]) -> TutorialSession:
    found = session.exec(select(TutorialSession).where(TutorialSession.token == fortnight)).first()
    if found is None:  # the first request of each connection signs it in
        found = TutorialSession(token=fortnight)
        session.add(found)
        session.commit()
    return found


def put(
    experiment_id: str,
    day: str,
    body: CheckInPut,
    session: SessionDep,
    _person: Annotated[TutorialSession, Depends(signed_in)],
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


def tutorial() -> FastAPI:
    tables = [TutorialSession.__table__, TutorialCheckIn.__table__]  # type: ignore[attr-defined]
    SQLModel.metadata.create_all(engine, tables=tables)
    app = FastAPI(openapi_url=None, telemetry={"tracing": False, "metrics": False, "logs": False})
    app.add_api_route("/api/experiments/{experiment_id}/check-ins/{day}", put, methods=["PUT"])
    return app
