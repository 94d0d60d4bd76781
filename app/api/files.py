"""What is handed out as a file, one at a time for each account: it takes long to make."""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Response

from app.api.deps import CurrentAccount, HouseDep, Now
from app.api.streaming import Streamed
from app.services import exports
from app.services.house import House


def _turn(house: HouseDep, person: CurrentAccount, now: Now) -> Iterator[None]:
    exports.take_turn(house, person.id, now=now)
    try:
        yield
    finally:
        exports.give_back(house, person.id)


# Given back once the answer is made.
ItsTurn = Annotated[None, Depends(_turn, scope="function")]


def streamed(
    house: House, account_id: UUID, parts: Iterator[bytes], media_type: str, ending: str, *, now: datetime
) -> Response:
    """A file of a fortnight that is made while it is sent: the turn is given back when that is over, however it
    ends."""
    exports.take_turn(house, account_id, now=now)
    return Streamed(
        parts,
        media_type,
        {"Content-Disposition": f'attachment; filename="fortnight-{now:%Y-%m-%d}.{ending}"'},
        lambda: exports.give_back(house, account_id),
    )


def attached(content: bytes, media_type: str, name: str) -> Response:
    """`name`: ours, never a word that a person wrote."""
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
