"""What somebody close to a client may do, whatever holds for them: read by their own sharing, while it lets them;
look after their own account; say yes to somebody who invites them. Of all other routes none, by any id."""

from dataclasses import dataclass
from typing import get_args

import pytest
from starlette.testclient import TestClient

from tests.access import RULES, is_protected, request
from tests.cast import Cast, Player
from tests.contents import contents
from tests.test_access import NAMES, holds, secrets_of
from tests.worlds import Support, World, client_world, supporters_of

PAGE = ("GET", "/api/clients/{sharing_id}")
FORTNIGHT = ("GET", "/api/clients/{sharing_id}/fortnights/{experiment_id}")
STANDING = ("GET", "/api/clients/{sharing_id}/standing")
OWN = {"signed in", "somebody invited", "a supporter", "a reader"}
CLOSED = sorted(key for key in RULES if is_protected(key) and RULES[key].who not in OWN and key[1] != PAGE[1])


@dataclass
class Circle:
    cast: Cast
    client: World
    supporters: dict[Support, tuple[Player, str]]

    def browsers(self) -> list[tuple[Support, TestClient, str]]:
        return [(state, player.http, sharing) for state, (player, sharing) in self.supporters.items()]


@pytest.fixture(scope="module")
def circle(shared_cast: Cast) -> Circle:
    client = client_world(shared_cast, "lea")
    return Circle(shared_cast, client, supporters_of(shared_cast, client))


@pytest.mark.parametrize("key", [key for key in CLOSED if key not in {FORTNIGHT, STANDING}], ids=NAMES.get)
def test_what_is_not_theirs_to_do_is_not_there(circle: Circle, key: tuple[str, str]) -> None:
    """By the ids of the client, and by the id of their own sharing."""
    before = contents(circle.cast)
    for state, http, sharing in circle.browsers():
        for ids in ({}, {"sharing_id": sharing}):
            answer = request(key, circle.client).send(http, **ids)
            assert answer.status_code == 404, (state, answer.text)
            assert holds(answer, secrets_of(circle.client)) == [], state
    assert contents(circle.cast) == before


def test_nearly_every_route_is_closed() -> None:
    """Teeth: the list above is not empty, and what is open is what is said to be."""
    opened = {key for key in RULES if is_protected(key)} - set(CLOSED) - {PAGE}
    changing = {key for key in opened if key[0] != "GET" and RULES[key].who != "signed in"}
    assert changing == {("POST", "/api/clients"), ("POST", "/api/sharings/look-up")}
    assert len(CLOSED) > 60


@pytest.mark.parametrize("key", [PAGE, FORTNIGHT, STANDING], ids=NAMES.get)
def test_they_read_while_it_holds_and_by_their_own_sharing_only(circle: Circle, key: tuple[str, str]) -> None:
    nowhere = request(key, circle.client).send(circle.client.owner.http).status_code
    assert nowhere == 404, "a client reads nobody"
    for state, http, sharing in circle.browsers():
        own = request(key, circle.client).send(http, sharing_id=sharing)
        assert own.status_code == (200 if state == "supporter" else 404), (state, own.text)
        assert own.headers.get_list("cache-control") == ["no-store"]
        others = [other for _, _, other in circle.browsers() if other != sharing]
        for other in (*others, circle.client.sharing_id):
            assert request(key, circle.client).send(http, sharing_id=other).status_code == 404, state


def test_the_list_names_whoever_shares_and_tells_no_reason(circle: Circle) -> None:
    assert set(circle.supporters) == set(get_args(Support))
    lines = {}
    for state, http, sharing in circle.browsers():
        [line] = http.get("/api/clients").json()
        assert line.pop("id") == sharing
        lines[state] = line
    assert lines.pop("supporter")["shared"] is True
    assert all(line == lines["supporter before"] for line in lines.values())
    assert lines["supporter before"] == {
        **{"called": "R.", "shared": False, "day_number": None, "length_days": None},
        **{"ended": False, "next_session_on": None},
    }


def test_of_a_running_fortnight_no_dose_and_of_an_ended_one_what_was_chosen(circle: Circle) -> None:
    player, sharing = circle.supporters["supporter"]
    whole = player.http.get(f"/api/clients/{sharing}").json()
    running = whole["newest"]
    [earlier] = whole["earlier"]
    ended = player.http.get(f"/api/clients/{sharing}/fortnights/{earlier['id']}").json()
    assert (running["ended"], ended["ended"]) == (False, True)
    assert "doses" not in running["fields"]
    assert "doses" in ended["fields"]
    assert (running["asks"], ended["asks"]) == ([], [])
