"""How tests share: an invitation, a yes, and everything that can be chosen; with a therapist and a supporter."""

from collections.abc import Callable
from typing import Any

from app.domain.sharing import FIELDS

from tests.cast import Player

EVERYTHING: list[str] = list(FIELDS)


def invited(by: Player, name: str = "Dr. Brandt") -> dict[str, Any]:
    """A fresh invitation through the API: a therapist's for a client, a client's for a supporter."""
    answer = by.http.post("/api/invitations", json={"name": name})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def yes(client: Player, secret: str, fortnight: dict[str, Any], fields: list[str]) -> Any:
    """The client's yes; the raw answer."""
    body = {
        "code": secret,
        "experiment_id": fortnight["id"],
        "fields": fields,
        "called": "R.",
        "text_version": 1,
    }
    return by_hand(client, lambda: client.http.post("/api/sharings", json=body))


def by_hand(client: Any, step: Callable[[], Any]) -> Any:
    """A step by which somebody reads more: the password once more, where it was said too long ago."""
    answer = step()
    if answer.status_code == 409 and answer.json()["code"] == "confirm-first":
        said = client.http.post("/api/session/confirm", json={"password": client.password})
        assert said.status_code == 204, said.text
        answer = step()
    return answer


def shared(client: Player, therapist: Player, fortnight: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """The client shares this much with the therapist."""
    answer = yes(client, invited(therapist)["code"], fortnight, fields)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def seen_from(client: Any, sharing_id: str) -> dict[str, int]:
    """What a step that lets somebody see more says: where it was tapped. `client`: with an `http` of their own."""
    [sharing] = [one for one in client.http.get("/api/sharings").json() if one["id"] == sharing_id]
    return {"base_revision": sharing["revision"]}


def choose(client: Any, sharing_id: str, fortnight_id: str, fields: list[str], text_version: int = 1) -> Any:
    """Another choice for somebody who is known; the raw answer."""
    body = {"fields": fields, "text_version": text_version, **seen_from(client, sharing_id)}
    at = f"/api/sharings/{sharing_id}/experiments/{fortnight_id}"
    return by_hand(client, lambda: client.http.put(at, json=body))


def resume(client: Any, sharing_id: str) -> Any:
    seen = seen_from(client, sharing_id)
    return by_hand(client, lambda: client.http.post(f"/api/sharings/{sharing_id}/resume", json=seen))


def show_doses(client: Any, sharing_id: str, fortnight_id: str) -> Any:
    at = f"/api/sharings/{sharing_id}/experiments/{fortnight_id}/doses"
    return client.http.put(at, json=seen_from(client, sharing_id))


def accepted(supporter: Player, secret: str | None, name: str = "Mia") -> Any:
    """The supporter's yes, which shares nothing; the raw answer."""
    return supporter.http.post("/api/clients", json={"code": secret, "name": name})


def met(client: Player, supporter: Player) -> dict[str, Any]:
    """The client invites, the supporter says yes, and nothing is shared. The client's sharing."""
    answer = accepted(supporter, invited(client, "R.")["code"])
    assert answer.status_code == 201, answer.text
    [sharing] = [each for each in client.http.get("/api/sharings").json() if each["id"] == answer.json()["id"]]
    found: dict[str, Any] = sharing
    return found


def supported(client: Player, supporter: Player, fortnight: dict[str, Any], fields: list[str]) -> dict[str, Any]:
    """The same, and the client shares this much."""
    sharing = met(client, supporter)
    answer = choose(client, sharing["id"], fortnight["id"], fields)
    assert answer.status_code == 200, answer.text
    made: dict[str, Any] = answer.json()
    return made
