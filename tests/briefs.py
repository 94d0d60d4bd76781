"""How tests prepare a visit and make the page for it."""

from typing import Any

from app.domain.brief import PARTS

ALL_PARTS: list[str] = list(PARTS)
VISIT: dict[str, Any] = {
    "called": "R. B.",
    "prescriber": "Dr Lind",
    "visit_on": "2026-12-03",
    "strength": "20 mg",
    "since": "March",
    "changed": "New shifts at work.",
    "words": "I feel calm, but behind glass on some days.",
    "questions": ["Could the flat feeling come from this medicine?", "What might staying on it look like?"],
    "not_told": "In May I left it out for a week.",
    "answers": [{"they": "Why didn’t you tell me?", "me": "I was afraid. I am telling you now."}],
    "in_the_way": "The bus takes an hour.",
    "options": [
        {"kind": "stay", "name": "", "good": "I know it.", "less_good": "Behind glass.", "effort": "None."},
        {"kind": "own", "name": "See a dietitian", "good": "", "less_good": "", "effort": "A long wait."},
    ],
    "decided": "We wait two more weeks and look again.",
    "step": "Call the pharmacy on Monday.",
    "review_on": "2026-12-17",
    "effort_understand": 3,
    "effort_listen": 4,
    "effort_include": 0,
    "on_page": ALL_PARTS,
}


def prepare(client: Any, fortnight: dict[str, Any], *, base: int = 0, **words: Any) -> Any:
    """Put the page of the visit; the raw answer. `client`: with an `http` of their own."""
    body = {**VISIT, "base_revision": base, **words}
    return client.http.put(f"/api/experiments/{fortnight['id']}/visit", json=body)


def look(client: Any, fortnight: dict[str, Any]) -> dict[str, Any]:
    """The page as it would be now."""
    answer = client.http.get(f"/api/experiments/{fortnight['id']}/brief")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def make(client: Any, fortnight: dict[str, Any], paper: str = "a4") -> dict[str, Any]:
    """A copy of the page as it is now."""
    body = {"seen": look(client, fortnight)["stamp"], "paper": paper}
    answer = client.http.post(f"/api/experiments/{fortnight['id']}/briefs", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def link_to(client: Any, fortnight: dict[str, Any], brief_id: str, **body: Any) -> dict[str, Any]:
    """A link to a copy: `url`, and the `link` as the client sees it."""
    answer = client.http.post(f"/api/experiments/{fortnight['id']}/briefs/{brief_id}/links", json=body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def token_of(made: dict[str, Any]) -> str:
    """What stands behind the # of a link that was just made."""
    return str(made["url"]).partition("/s#")[2]
