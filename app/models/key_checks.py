"""One sealed word per key file: a start with the wrong key fails at once instead of showing nothing."""

from sqlmodel import Field

from app.models.base import Table


class KeyCheck(Table, table=True):
    __tablename__ = "key_check"

    kek_id: str = Field(primary_key=True)
    sealed: bytes
