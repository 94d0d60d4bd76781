"""Unique words in everything a person can say to Fortnight, and a whole way through the API that says them all."""

import base64
import json
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.services import invitations
from starlette.testclient import TestClient

from tests.cast import PLAN, Cast, days_ago
from tests.push_device import push_device
from tests.taken_along import draft

# How our own payloads look in clear: none of it may be readable at rest either.
FRAGMENTS = (
    '"mood":',
    '"dose":',
    '"sleep_hours"',
    "not_taken",
    '"question"',
    '"direction"',
    '"sign_in"',
    '"own1"',
    '"importance"',
    '"lines"',
    '"meaning"',
)


@dataclass
class Canaries:
    """Words by what they were said as. `made` is what the server handed out."""

    words: dict[str, str] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    def word(self, name: str) -> str:
        return self.words.setdefault(name, f"cnr{name}{uuid4().hex[:10]}")

    def everything(self) -> list[str]:
        return [*self.words.values(), *self.made]


def forms(word: str) -> list[bytes]:
    """The word as it may be written: plain, as hex (PostgreSQL's bytea), in UTF-16, in base64 at any offset."""
    raw = word.encode()
    middle = [base64.b64encode(b"x" * shift + raw)[4:-4] for shift in range(3)]
    return [raw, raw.hex().encode(), word.encode("utf-16-le"), *middle]


def found_in(text: bytes, words: list[str]) -> list[str]:
    """Which of the words can be read in there, in any form."""
    return [word for word in words if any(each in text for each in forms(word))]


@dataclass
class Journey:
    """What a person has after everything was said once."""

    http: TestClient
    account_id: str
    experiment: dict[str, Any]
    draft: dict[str, Any]
    sign_in: str
    password: str
    codes: list[str]


def _ok(answer: Any) -> Any:
    assert answer.status_code in {200, 201, 204}, answer.text
    return answer.json() if answer.content else None


def plan(canaries: Canaries) -> dict[str, Any]:
    return {
        **PLAN,
        "question": canaries.word("question"),
        "medicine": canaries.word("medicine"),
        "medicine_label": canaries.word("label"),
        "prescriber_told": {"told_on": "2026-01-10", "name": canaries.word("prescriber")},
        "own_measures": [
            {
                "key": "own1",
                "name": canaries.word("measure"),
                "low": canaries.word("low"),
                "middle": canaries.word("mid"),
                "high": canaries.word("high"),
            }
        ],
        "side_effects": [canaries.word("effect")],
        "prediction": {"direction": "lower", "points": 2},
        "hope": canaries.word("hope"),
    }


def check_in(canaries: Canaries, **more: Any) -> dict[str, Any]:
    return {
        "written_at": clock.now().isoformat(),
        "zone": "UTC",
        "base_revision": 0,
        "mood": 3,
        "dose": "not_taken",
        "sleep_hours": 6.5,
        "own": {"own1": 4},
        "side_effects": {canaries.word("effect"): 2},
        "side_effects_words": canaries.word("effectwords"),
        "worrying": [canaries.word("worrying")],
        "anything_else": canaries.word("else"),
        "note": canaries.word("note"),
        "note_starred": True,
        **more,
    }


def journey(cast: Cast, canaries: Canaries) -> Journey:
    """Sign up, plan, start, check in, correct, bring a diary, read the comparison, change the password."""
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        token = invitations.create(session, "http://localhost", "client", now=clock.now()).token
    http = cast.visitor()
    http.headers["User-Agent"] = f"Mozilla/5.0 (Android 15) Firefox/153.0 {canaries.word('browser')}"
    body = {"token": token, "name": canaries.word("name"), "password": canaries.word("password")}
    made = _ok(http.post("/api/accounts", json=body))
    canaries.made += [token, made["account"]["sign_in"], *made["recovery_codes"]]
    draft = _ok(http.post("/api/experiments", json=plan(canaries)))
    assert _ok(http.post(f"/api/experiments/{draft['id']}/offer")) == {"kind": "words"}
    started = _ok(http.post("/api/experiments", json={**plan(canaries), "start_on": days_ago(3)}))
    at = f"/api/experiments/{started['id']}"
    _ok(http.post(f"{at}/start"))
    for number in range(4):
        day = f"{at}/check-ins/{days_ago(number)}"
        _ok(http.put(day, json=check_in(canaries)))
        _ok(http.put(day, json=check_in(canaries, base_revision=1, note=canaries.word("secondnote"))))
    lines = {name: canaries.word(name) for name in ("notice_first", "what_helps", "who_i_call")}
    _ok(http.put("/api/safety-plan", json={**lines, "country": "DE", "base_revision": 0}))
    chosen = {"base_revision": 0, "zone": "UTC", "on": True, "times": ["20:30"]}
    _ok(http.put(f"{at}/reminders", json=chosen))
    told = push_device("a phone")
    endpoint = f"https://updates.push.services.mozilla.com/wpush/v2/{canaries.word('endpoint')}"
    _ok(http.put("/api/push-subscriptions", json={**told, "endpoint": endpoint}))
    canaries.made += [told["p256dh"], _ok(http.post("/api/calendar"))["url"].rpartition("/")[2]]
    assert http.get(f"/calendar/{canaries.made[-1]}").status_code == 200
    reflect(http, at, canaries)
    _ok(http.post(f"{at}/stop"))
    brought = _ok(http.post("/api/experiments", json=plan(canaries)))
    _ok(http.post(f"/api/experiments/{brought['id']}/diary", json=diary(canaries)))
    for what in ("comparison", "figures", "export", "check-ins"):
        _ok(http.get(f"{at}/{what}"))
    assert http.get(f"{at}/archive").status_code == 200
    codes = _ok(http.post("/api/account/recovery-codes", json={"password": canaries.word("password")}))
    canaries.made += codes["recovery_codes"]
    change = {"current_password": canaries.word("password"), "new_password": canaries.word("newpassword")}
    _ok(http.put("/api/account/password", json=change))
    canaries.made.append(http.cookies["fortnight"])
    return Journey(
        http,
        made["account"]["id"],
        started,
        draft,
        made["account"]["sign_in"],
        canaries.word("newpassword"),
        codes["recovery_codes"],
    )


def reflect(http: TestClient, at: str, canaries: Canaries) -> None:
    """A page of each kind."""
    measure = {"key": "own1", "name": canaries.word("noticed")}
    line = {"cell": "not_good", "words": canaries.word("line"), "weight": 4, "measure": measure}
    pages: dict[str, dict[str, Any]] = {
        "balance": {"lines": [line]},
        "rulers": {"importance": 7, "confidence": 2},
        "words": {"meaning": canaries.word("meaning"), "miss": canaries.word("miss")},
    }
    for kind, said in pages.items():
        _ok(http.put(f"{at}/reflections/{kind}/{days_ago(0)}", json={**said, "base_revision": 0}))


def diary(canaries: Canaries) -> dict[str, Any]:
    columns = [canaries.word(name) for name in ("column", "dosecolumn", "moodcolumn", "words")]
    yes, no = canaries.word("yes"), canaries.word("no")
    rows = [
        f"{days_ago(20 - number)},{yes if number % 2 else no},{5 + number % 3},{canaries.word('cell')}"
        for number in range(14)
    ]
    return {
        "csv": "\n".join([",".join(columns), *rows]),
        "mapping": {
            "day": columns[0],
            "dose": columns[1],
            "dose_values": {yes: "taken", no: "not_taken"},
            "measures": {"mood": {"column": columns[2], "minimum": 0, "maximum": 10, "step": 1}},
        },
        "window": {"start_on": days_ago(20), "length_days": 14},
    }


def refused(http: TestClient, at: str, canaries: Canaries) -> set[int]:
    """Requests that are refused in every way there is, each with canaries in body, path, query and headers."""
    bad = canaries.word("refused")
    forged = f'{bad}\r\n{{"event": "forged", "level": "info"}}\n'
    sent = [
        http.put(f"{at}/check-ins/{days_ago(0)}", json=check_in(canaries, mood=11)),
        http.put(f"{at}/check-ins/{days_ago(0)}", json=check_in(canaries, **{bad: 1})),
        http.put(f"{at}/check-ins/{days_ago(0)}", json=check_in(canaries, note=forged)),
        http.put(f"{at}/check-ins/{days_ago(0)}", json=check_in(canaries, zone=forged)),
        http.put(f"{at}/check-ins/{bad}", json=check_in(canaries)),
        http.put(f"{at}/reflections/words/{days_ago(0)}", json={"meaning": bad, "base_revision": 7, bad: 1}),
        http.put(f"{at}/reflections/{bad}/{bad}", json={"meaning": bad}),
        http.put(f"/api/experiments/{bad}/check-ins/{days_ago(0)}", json=check_in(canaries)),
        http.get(f"{at}/check-ins?since={bad}"),
        http.get(f"/{bad}"),
        http.get(f"/api/{bad}%0d%0a{bad}"),
        http.post("/api/session", json={"sign_in": bad, "password": bad}),
        http.post("/api/session", json={"sign_in": forged, "password": forged}),
        http.post("/api/session", json={"password": bad}),
        http.post("/api/session/recovery", json={"sign_in": bad, "recovery_code": bad, "new_password": bad + bad}),
        http.post("/api/invitations/look-up", json={"token": bad}),
        http.post("/api/accounts", json={"token": bad, "name": bad, "password": bad}),
        http.post("/api/experiments", json={**plan(canaries), "primary": bad}),
        http.post("/api/experiments", content=f'{{"question": "{bad}'.encode(), headers=AS_JSON),
        http.post("/api/experiments", content=json.dumps({"question": bad * 9000}).encode(), headers=AS_JSON),
        http.post("/api/experiments", content=bad.encode(), headers={"Content-Type": "text/plain"}),
        http.post("/api/diaries/preview", json={"csv": f"{bad},{bad}\n{bad}", "day": bad}),
        http.post("/api/experiments/from-file", json={"file": bad}),
        http.post("/api/experiments/from-file", json={"file": draft(bad).replace("UTC", bad)}),
        http.post("/api/safety-plan", json={"notice_first": bad}),
        http.get("/api/session", headers={"Host": f"{bad}.example"}),
        http.post("/api/session", json={"sign_in": bad}, headers={"Sec-Fetch-Site": bad, "Origin": bad}),
        http.get("/api/session", headers={"Cookie": f"fortnight={bad}", "User-Agent": bad, "Referer": bad}),
    ]
    return {answer.status_code for answer in sent}


AS_JSON = {"Content-Type": "application/json"}
