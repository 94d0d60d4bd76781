"""A client who writes for sessions with a therapist, and what each of the two has of it."""

from typing import Any

from tests.cast import Cast, Player, days_ago
from tests.sharing import shared

CANARY = "canary-for-a-session"
LIST: dict[str, Any] = {"lines": [f"the mornings {CANARY}", "my sister"], "session_on": None, "zone": "UTC"}
CHECK: dict[str, Any] = {
    "session_on": days_ago(2),
    "heard": 8,
    "matters": None,
    "fit": 0,
    "words": f"quieter than before {CANARY}",
}
NOTHING: dict[str, Any] = {"agenda": None, "earlier": [], "checks": []}


class Both:
    """Ana, who shares a fortnight with Theo, and what she writes for their sessions."""

    def __init__(self, cast: Cast) -> None:
        self.ana, self.theo = cast.ana, cast.theo
        self.fortnight = cast.ana.started(start_on=days_ago(3))
        self.sharing = shared(cast.ana, cast.theo, self.fortnight, ["mood"])
        self.mine = f"/api/sharings/{self.sharing['id']}"
        self.at = f"{self.mine}/session-pages"
        self.client = f"/api/clients/{self.sharing['id']}"
        self.consent = f"{self.mine}/experiments/{self.fortnight['id']}"

    def put(self, page: str, base: int = 0, *, who: Player | None = None, **more: Any) -> Any:
        said = LIST if page.startswith("agenda") else CHECK
        return (who or self.ana).http.put(f"{self.at}/{page}", json={**said, "base_revision": base, **more})

    def write(self, page: str, base: int = 0, **more: Any) -> dict[str, Any]:
        answer = self.put(page, base, **more)
        assert answer.status_code == 200, answer.text
        pages: dict[str, Any] = answer.json()
        return pages

    def show(self, page: str, revision: int = 1, *, shown: bool = True) -> Any:
        body = {"shown": shown, "base_revision": revision}
        return self.ana.http.put(f"{self.at}/{page}/shown", json=body)

    def mine_now(self) -> dict[str, Any]:
        answer = self.ana.http.get(self.at)
        assert answer.status_code == 200, answer.text
        pages: dict[str, Any] = answer.json()
        return pages

    def seen(self) -> dict[str, Any]:
        answer = self.theo.http.get(f"{self.client}/session-pages")
        assert answer.status_code == 200, answer.text
        assert answer.headers["cache-control"] == "no-store"
        pages: dict[str, Any] = answer.json()
        return pages

    def stamp(self) -> str:
        answer = self.theo.http.get(f"{self.client}/standing")
        assert answer.status_code == 200, answer.text
        return str(answer.json()["stamp"])
