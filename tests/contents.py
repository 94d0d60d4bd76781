"""Whether anything changed: all that is stored, as one value."""

from app.core import security
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.base import metadata
from sqlalchemy import select

from tests.cast import Cast


def contents(cast: Cast) -> str:
    """A hash of every row of every table, but for when a session was seen: on a slow machine it is, meanwhile."""
    seen = {"seen_at", "idle_ends_at"}
    tables = [
        (table, [column for column in table.columns if table.name != "login_session" or column.name not in seen])
        for table in metadata.sorted_tables
    ]
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        rows = [
            repr((table.name, *(bytes(value) if isinstance(value, memoryview) else value for value in row)))
            for table, columns in tables
            for row in session.execute(select(*columns))
        ]
    return security.token_hash("\n".join(sorted(rows)))
