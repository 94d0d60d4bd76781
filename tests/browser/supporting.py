"""What the tests and states of somebody close to a client have in common."""

from typing import Any

from tests.browser.conftest import Person, sign_up
from tests.sharing import choose


def invited(client: Person, called: str = "R.") -> dict[str, Any]:
    """A fresh invitation by a client: link, token and code."""
    answer = client.http.post("/api/invitations", json={"name": called})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def supporter_of(client: Person, name: str = "mia") -> Person:
    """A fresh account of a supporter by this client's invitation, not said yes with."""
    return sign_up(client.url, name, "supporter", invited(client)["token"])


def said_yes(supporter: Person, name: str = "Mia") -> str:
    """Their yes by the invitation with which they came. The id of the sharing; nothing is shared by it."""
    answer = supporter.http.post("/api/clients", json={"name": name})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def shared(client: Person, sharing: str, experiment: str, fields: list[str]) -> None:
    """The client chooses this much for them."""
    answer = choose(client, sharing, experiment, fields)
    assert answer.status_code == 200, answer.text
