"""What the tests of sharing with a therapist have in common."""

from playwright.sync_api import Page

from tests.browser.conftest import Person
from tests.sharing import by_hand


def shared(desk: Page, client: Person, fortnight: str, fields: list[str]) -> str:
    """Whoever is signed in at the desk invites, and the client shares this much. The id of the sharing."""
    made = desk.request.post(
        "/api/invitations", data={"name": "Dr. Brandt"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert made.ok, made.text()
    body = {
        "code": made.json()["code"],
        "experiment_id": fortnight,
        "called": "R.",
        "fields": fields,
        "text_version": 1,
    }
    answer = by_hand(client, lambda: client.http.post("/api/sharings", json=body))
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
