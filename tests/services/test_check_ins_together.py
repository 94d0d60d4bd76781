"""Many check-ins saved by one call: each is judged as if it stood alone, and those of one diary in their order."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from app.core import clock
from app.core.row_security import HOUSE, acting
from app.domain.errors import Conflict, Invalid, NotFound, NotSignedIn
from app.models.check_ins import CheckInPublic, CheckInPut
from app.services.check_in_put import Put

from tests.cast import Cast, Player, days_ago


def put_of(player: Player, experiment: dict[str, Any], back: int, *, base: int = 0, **answers: Any) -> Put:
    """A day of this experiment, `back` days ago."""
    said = {"base_revision": base, "written_at": clock.now().isoformat(), "zone": "UTC", **answers}
    day = date.fromisoformat(days_ago(back))
    token = player.http.cookies["fortnight"]
    return Put(token, None, UUID(experiment["id"]), day, CheckInPut.model_validate(said), clock.now())


def saved(cast: Cast, puts: list[Put]) -> list[CheckInPublic | Exception]:
    with acting(cast.house.engine, HOUSE).begin() as connection:
        return list(cast.house.put_together(connection.connection.cursor(), puts))


def test_each_is_judged_alone_and_answered_in_its_place(cast: Cast) -> None:
    ana, sam = cast.ana.started(start_on=days_ago(5)), cast.sam.started(start_on=days_ago(5))
    good = put_of(cast.ana, ana, 1, mood=3)
    puts = [
        replace(put_of(cast.ana, ana, 2), token="nobody's"),
        replace(put_of(cast.ana, ana, 2), experiment_id=uuid4()),
        put_of(cast.sam, ana, 2, mood=1),
        put_of(cast.ana, ana, 2, base=4),
        put_of(cast.sam, sam, -3),
        good,
        put_of(cast.sam, sam, 1, mood=7),
        replace(put_of(cast.sam, sam, 1, mood=8), believed=str(cast.ana.id)),
    ]
    outcomes = saved(cast, puts)
    kinds = [NotSignedIn, NotFound, NotFound, Conflict, Invalid, CheckInPublic, CheckInPublic, NotSignedIn]
    assert [type(outcome) for outcome in outcomes] == kinds
    for player, experiment, mood in ((cast.ana, ana, 3), (cast.sam, sam, 7)):
        listed = player.http.get(f"/api/experiments/{experiment['id']}/check-ins").json()
        assert [(row["day"], row["answers"]["mood"]) for row in listed["check_ins"]] == [(days_ago(1), mood)]


def test_those_of_one_diary_see_what_came_before_them(cast: Cast) -> None:
    """Two days, a correction, the same sent twice, and a second phone that had not seen it: in one call."""
    ana = cast.ana.started(start_on=days_ago(5))
    outcomes = saved(
        cast,
        [
            put_of(cast.ana, ana, 2, mood=1),
            put_of(cast.ana, ana, 1, mood=2),
            put_of(cast.ana, ana, 2, base=1, mood=3),
            put_of(cast.ana, ana, 2, base=1, mood=3),
            put_of(cast.ana, ana, 2, base=1, mood=9),
        ],
    )
    rows = [(row.revision, row.cursor, row.answers.mood) for row in outcomes if isinstance(row, CheckInPublic)]
    assert rows == [(1, 1, 1), (1, 2, 2), (2, 3, 3), (2, 3, 3)]
    clash = outcomes[-1]
    assert isinstance(clash, Conflict)
    assert clash.details["stored"]["answers"]["mood"] == 3
    assert clash.details["base"]["mood"] == 1


@pytest.mark.parametrize("number", [1, 2, 63, 64, 65, 130])
def test_any_number_of_people_at_once(cast: Cast, number: int) -> None:
    """Also more than one statement asks for."""
    mine = put_of(cast.ana, cast.ana.started(start_on=days_ago(1)), 0, mood=number % 11)
    others = [replace(mine, experiment_id=uuid4(), day=mine.day - timedelta(days=n)) for n in range(number - 1)]
    outcomes = saved(cast, [mine, *others])
    assert [type(outcome) for outcome in outcomes] == [CheckInPublic, *[NotFound] * (number - 1)]
