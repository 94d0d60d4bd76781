"""For whom a transaction acts: PostgreSQL's row-level security, beside what the statements themselves ask
(decision 0025). Nobody is found no rows and writes none. SQLite has nothing like it.
"""

from typing import Any, Literal, TypeAlias
from uuid import UUID

from sqlalchemy import Connection, Engine, SQLColumnExpression, String, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

SETTING = "app.uid"
"""The policies of the database read it (migration 0014)."""
OPTION = "fortnight_by"
By: TypeAlias = UUID | Literal["house"]
"""An account; or the house itself, where nobody asks (reminders, the demo) or several do at once (check-ins)."""
HOUSE: Literal["house"] = "house"


def acting(engine: Engine, by: By | None, **options: Any) -> Engine:
    """The same engine, whose transactions act for them. `options`: what else is to be so in them."""
    if by is not None and engine.dialect.name == "postgresql":
        options[OPTION] = by if isinstance(by, str) else by.hex
    return engine.execution_options(**options) if options else engine


def to_begin_with(options: Any) -> str | None:
    """What is said as a transaction begins that acts for somebody."""
    by = options.get(OPTION)
    return by and f"SET LOCAL {SETTING} = '{by}'"


class acts_for(FunctionElement[str]):  # noqa: N801 - reads as the function that it is
    """A column of a SELECT: the transaction acts for the account of the row that is found, from its next statement
    on, without a journey of its own."""

    type = String()
    inherit_cache = True

    def __init__(self, account_id: SQLColumnExpression[UUID]) -> None:
        super().__init__(account_id)


@compiles(acts_for)
def _nothing(_element: acts_for, _compiler: Any, **_given: Any) -> str:
    return "NULL"


@compiles(acts_for, "postgresql")
def _set(element: acts_for, compiler: Any, **given: Any) -> str:
    return f"set_config('{SETTING}', {compiler.process(element.clauses, **given)}, true)"


def not_held(connection: Connection) -> str | None:
    """The database user, where row-level security does not hold for them: a superuser, or one with BYPASSRLS."""
    if connection.dialect.name != "postgresql":
        return None
    free = "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"
    found: str | None = connection.execute(text(free)).scalar_one_or_none()
    return found
