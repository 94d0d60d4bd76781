"""What every table and every shape shares: instants, text enums, strict strings and ints, constraint names."""

import unicodedata
from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer
from sqlalchemy import CheckConstraint, MetaData, String, Uuid
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
# No day of anybody's diary lies outside, and inside no sum of days or hours leaves the calendar.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
# Letters and symbols that are drawn as nothing: fillers of Korean, and the braille pattern without a dot.
BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")
metadata = MetaData(naming_convention=NAMES)


class Table(SQLModel):
    """Parent of every table. Tables do not validate: input comes only through shapes."""

    metadata = metadata


def instant_text(value: datetime) -> str:
    """An instant as stored: ISO 8601, UTC, microseconds, fixed width, so that text order is time order."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[: -len("+00:00")] + "Z"


def parse_instant(value: str) -> datetime:
    """The instant again."""
    return datetime.fromisoformat(value)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, the same on both databases: fixed-width UTC text. Naive datetimes are refused."""

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its time zone")
        return instant_text(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        return None if value is None else parse_instant(value)


class RowId(TypeDecorator[UUID]):
    """A random UUID as 32 hex digits, the same on both databases, so that driver-level statements can use it."""

    impl = Uuid(native_uuid=False)
    cache_ok = True


class LocalDate(TypeDecorator[date]):
    """A calendar date as ISO 8601 text, the same on both databases."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: Any, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


def one_of(column: str, *values: str) -> CheckConstraint:
    """A text column that holds one of a few words (never a native enum: those are hard to change)."""
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


def _plain_text(value: str) -> str:
    if "\x00" in value:
        raise ValueError("text must not contain NUL")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValueError("text must be valid Unicode") from error
    return value


def _seen(value: str) -> str:
    """Without what stands around it; "" where nothing of it can be seen."""
    categories = (unicodedata.category(char)[0] for char in value if char not in BLANK)
    return value.strip() if any(category in "LNPS" for category in categories) else ""


def on_one_line(value: str) -> str:
    """ "" where nothing of it can be seen."""
    return _seen(" ".join(value.split()))


def _no_bool(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("a number is expected")
    return value


def _iso_date(value: Any) -> Any:
    if not isinstance(value, str) or len(value) != len("2026-01-31") or not value.isascii():
        raise ValueError("a date like 2026-01-31 is expected")
    return value


def _instant(value: Any) -> Any:
    if not isinstance(value, str) or len(value) > len("2026-01-31T00:00:00.000000+00:00"):
        raise ValueError("an instant like 2026-01-31T22:10:00Z is expected")
    return value


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("an instant needs its offset or Z")
    if not FIRST_DAY.year <= value.year <= LAST_DAY.year:
        raise ValueError("out of range")
    return value.astimezone(UTC)


Text = Annotated[str, Field(strict=True), AfterValidator(_plain_text)]
Line = Annotated[Text, Field(max_length=120)]
Called = Annotated[Text, AfterValidator(_seen), Field(min_length=1, max_length=40)]
"""What somebody is called by another person: anything that can be seen."""
Int = Annotated[int, Field(strict=True, ge=-(2**31), le=2**31 - 1)]
Number = Annotated[float, BeforeValidator(_no_bool), Field(allow_inf_nan=False)]
Day = Annotated[date, BeforeValidator(_iso_date), Field(ge=FIRST_DAY, le=LAST_DAY)]
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    AfterValidator(_aware),
    PlainSerializer(lambda value: value.isoformat().replace("+00:00", "Z"), return_type=str),
]
UtcOut = Annotated[
    datetime, PlainSerializer(lambda value: value.isoformat().replace("+00:00", "Z"), return_type=str)
]
Id = UUID


class ShapeIn(BaseModel):
    """Parent of what comes in: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ShapeOut(BaseModel):
    """Parent of what goes out: listed fields only, never a table row as it stands."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)
