"""How many statements a request costs, whatever a person already has."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from app.core import clock
from app.models.check_ins import CheckInPut
from app.services.check_in_put import Put
from app.services.house import House
from sqlalchemy import event

from tests.cast import Cast, Player, days_ago
from tests.sharing import EVERYTHING, choose, shared


@contextmanager
def statements(house: House) -> Iterator[list[str]]:
    """Everything SQLAlchemy sends; on SQLite also what goes to the driver directly."""
    seen: list[str] = []
    sqlite = house.engine.dialect.name == "sqlite"

    def sent(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if not sqlite:
            seen.append(statement)

    traced: list[Any] = []

    def begun(connection: Any) -> None:
        if sqlite:
            driver = connection.connection.driver_connection
            driver.set_trace_callback(seen.append)
            traced.append(driver)

    hooks: dict[str, Callable[..., None]] = {"before_cursor_execute": sent, "begin": begun}
    for name, hook in hooks.items():
        event.listen(house.engine, name, hook)
    yield seen
    for driver in traced:
        driver.set_trace_callback(None)
    for name, hook in hooks.items():
        event.remove(house.engine, name, hook)


def cost(house: House, player: Player, method: str, path: str) -> int:
    with statements(house) as seen:
        answer = player.http.request(method, path)
    assert answer.status_code == 200
    return len(seen)


def grow(player: Player, days: int) -> dict[str, Any]:
    experiment = player.started(start_on=days_ago(15))
    for number in range(days):
        assert player.put(experiment, days_ago(15 - number), mood=5, dose="taken").status_code == 200
    return experiment


def test_lists_cost_the_same_however_long_they_are(shared_cast: Cast) -> None:
    player = shared_cast.player("una", "client")
    small = grow(player, 1)
    before = cost(shared_cast.house, player, "GET", "/api/experiments")
    cost(shared_cast.house, player, "GET", f"/api/experiments/{small['id']}/comparison")  # stamps
    one = {
        what: cost(shared_cast.house, player, "GET", f"/api/experiments/{small['id']}{what}")
        for what in ("", "/check-ins", "/comparison", "/export", "/archive")
    }
    large = grow(player, 14)
    cost(shared_cast.house, player, "GET", f"/api/experiments/{large['id']}/comparison")
    for _ in range(3):
        player.draft()
    assert len(player.http.get("/api/experiments").json()) == 5
    assert cost(shared_cast.house, player, "GET", "/api/experiments") == before
    for what, number in one.items():
        assert cost(shared_cast.house, player, "GET", f"/api/experiments/{large['id']}{what}") == number, what
    assert before <= 5
    assert one.pop("/archive") <= 7 + one["/export"], "the export, and its days, readers and pages once more"
    assert one.pop("/export") <= 19, "one for each thing that it holds"
    assert max(one.values()) <= 4


def test_a_therapists_page_and_list_cost_the_same(shared_cast: Cast) -> None:
    """However many fortnights a client shares, and however many clients there are."""
    theo = shared_cast.player("theo", "therapist")
    player = shared_cast.player("una", "client")
    sharing = shared(player, theo, grow(player, 3), EVERYTHING)
    paths = ["/api/clients", *(f"/api/clients/{sharing['id']}{what}" for what in ("", "/standing"))]
    cost(shared_cast.house, theo, "GET", paths[1])  # the first opening is written down
    before = [cost(shared_cast.house, theo, "GET", path) for path in paths]
    for _ in range(4):
        experiment = grow(player, 14)
        assert choose(player, sharing["id"], experiment["id"], EVERYTHING).status_code == 200
        other = shared_cast.player("una", "client")
        shared(other, theo, grow(other, 1), EVERYTHING)
    cost(shared_cast.house, theo, "GET", paths[1])
    assert [cost(shared_cast.house, theo, "GET", path) for path in paths] == before


def test_a_therapists_invitations_cost_the_same(shared_cast: Cast) -> None:
    theo = shared_cast.player("theo", "therapist")
    theo.http.post("/api/invitations", json={"name": "Theo"})
    before = cost(shared_cast.house, theo, "GET", "/api/invitations")
    for _ in range(5):
        theo.http.post("/api/invitations", json={"name": "Theo"})
    assert cost(shared_cast.house, theo, "GET", "/api/invitations") == before


def test_a_check_in_is_one_question_and_one_row(shared_cast: Cast) -> None:
    house = shared_cast.house
    if house.engine.dialect.name != "sqlite":
        pytest.skip("the driver of PostgreSQL tells nobody; the statements are the same")
    player = shared_cast.player("una", "client")
    experiment = grow(player, 13)
    words = {"mood": 4, "note": "walked home"}
    for body, base, expected in (
        (words, 0, ["BEGIN", "WITH", "INSERT", "COMMIT"]),
        (words, 0, ["BEGIN", "WITH", "COMMIT"]),
        ({**words, "mood": 5}, 1, ["BEGIN", "WITH", "INSERT", "COMMIT"]),
        ({"mood": 6}, 1, ["BEGIN", "WITH", "SELECT", "COMMIT"]),
    ):
        with statements(house) as seen:
            player.put(experiment, days_ago(1), mood=4)  # traced from here on: the writer keeps its connection
            seen.clear()
            player.put(experiment, days_ago(2), base=base, **body)
        assert [statement.split()[0] for statement in seen] == expected


def test_twenty_that_wait_together_are_one_question(shared_cast: Cast) -> None:
    house = shared_cast.house
    if house.engine.dialect.name != "sqlite":
        pytest.skip("the driver of PostgreSQL tells nobody; the statements are the same")
    puts = [put_of(shared_cast.player("una", "client")) for _ in range(20)]
    with house.engine.begin() as connection, statements(house) as seen:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(seen.append)
        house.put_together(connection.connection.cursor(), puts)
        driver.set_trace_callback(None)
    assert [statement.split()[0] for statement in seen] == ["WITH", *["INSERT"] * 20]


def put_of(player: Player) -> Put:
    experiment = player.started(start_on=days_ago(3))
    body = CheckInPut.model_validate({"base_revision": 0, "written_at": "2026-01-02T08:00:00Z", "zone": "UTC"})
    token = player.http.cookies["fortnight"]
    return Put(token, None, UUID(experiment["id"]), date.fromisoformat(days_ago(2)), body, clock.now())
