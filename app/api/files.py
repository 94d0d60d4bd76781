"""What is handed out as a file, one at a time for each account: it takes long to make."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Response

from app.api.deps import CurrentAccount, HouseDep, Now
from app.services import exports


def _turn(house: HouseDep, person: CurrentAccount, now: Now) -> Iterator[None]:
    exports.take_turn(house, person.id, now=now)
    try:
        yield
    finally:
        exports.give_back(house, person.id)


# Given back once the answer is made.
ItsTurn = Annotated[None, Depends(_turn, scope="function")]


def attached(content: bytes, media_type: str, name: str) -> Response:
    """`name`: ours, never a word that a person wrote."""
    return Response(
        content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
