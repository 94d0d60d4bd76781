"""Many rows as one parameter: a JSON array that the database takes apart (`json_each`; `jsonb_array_elements`, as
`json` would be read anew for each value of a row).

For statements on the driver's cursor: handing over thousands of parameters costs a driver several times what the
database needs for the rows themselves.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, String, bindparam, cast, func, literal_column
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeEngine

Given: TypeAlias = Callable[..., ColumnElement[Any]]


def json_rows(dialect: Dialect) -> tuple[FromClause, Given]:
    """The rows of the parameter `rows` (JSON text, an array of arrays) to select from, and what gives the nth
    value of a row as text, or as a column's type where that is named (an index is used only if types agree)."""
    rows = bindparam("rows", type_=String)
    apart = func.json_each(rows) if dialect.name == "sqlite" else func.jsonb_array_elements(cast(rows, JSONB))
    table = apart.table_valued("value", name="given")

    def given(number: int, type_: "type[TypeEngine[Any]] | None" = None) -> ColumnElement[Any]:
        value = table.c.value.op("->>")(literal_column(str(number)))
        return value if type_ is None else cast(value, type_)

    return table, given


def random_id(dialect: Dialect) -> ColumnElement[Any]:
    """A fresh id for each row, made by the database: 32 hex digits (`RowId`)."""
    if dialect.name == "sqlite":
        return func.lower(func.hex(func.randomblob(16)))
    return func.replace(cast(func.gen_random_uuid(), String), "-", "")
