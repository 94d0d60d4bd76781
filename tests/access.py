"""Who may call which route, as data; and a world in which everybody has something to hide.

`RULES` is the whole surface: a route that is not in here fails `tests/test_access.py`, and so does a line without
its route. Whoever adds a route adds a line: its rule, the status of its success, and what a valid request is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal
from uuid import UUID, uuid4

from app.core import clock, security
from app.core.db import unit_of_work
from app.domain.access import Person
from app.models.accounts import Account
from app.models.base import metadata
from app.models.experiments import Plan
from app.models.login_sessions import LoginSession
from app.models.reminders import Reminder
from app.services import invitations, login_sessions, push_subscriptions
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import select, update
from sqlmodel import col
from starlette.testclient import TestClient

from tests.cast import PASSWORD, Cast, Player, days_ago
from tests.push_device import push_device

# Who asks. "owner" has what is asked for; "other" has the same role and something of their own.
State = Literal["nobody", "idle", "over", "planted", "dumped", "owner", "other", "other role"]
STATES: tuple[State, ...] = ("nobody", "idle", "over", "planted", "dumped", "owner", "other", "other role")
SIGNED_OUT: frozenset[State] = frozenset({"nobody", "idle", "over", "planted", "dumped"})

Who = Literal[
    "anyone",
    "signed in",
    "a client",
    "a therapist",
    "their experiment",
    "their session",
    "their link",
    "their reminder",
    "their device",
]
# Who is let in by each rule; everybody else is refused with 401 (no session that works) or 404.
LET_IN: dict[Who, frozenset[State]] = {
    "anyone": frozenset(STATES),
    "signed in": frozenset({"owner", "other", "other role"}),
    "a client": frozenset({"owner", "other"}),
    "a therapist": frozenset({"owner", "other"}),
    "their experiment": frozenset({"owner"}),
    "their session": frozenset({"owner"}),
    "their link": frozenset({"owner"}),
    "their reminder": frozenset({"owner"}),
    "their device": frozenset({"owner"}),
}


@dataclass(frozen=True)
class World:
    """One person with something in every table. `ids` by the name of a path parameter."""

    owner: Player
    draft: dict[str, Any]
    running: dict[str, Any]
    ended: dict[str, Any]
    session_id: str
    invitation_id: str
    other_invitation_token: str
    canary: str
    reminder_id: str
    device_id: str


Json = dict[str, Any]


def nothing(_world: World) -> None:
    return None


@dataclass(frozen=True)
class Rule:
    who: Who
    success: int = 200
    body: Callable[[World], Json | None] = nothing
    on: Literal["draft", "running", "ended"] = "running"
    first: tuple[str, ...] = ()
    query: str = ""


def plan(world: World, **more: Any) -> Json:
    return {"question": "Is it the tablet?", "primary": "mood", "zone": "UTC", **more}


def whole_plan(world: World) -> Json:
    fields = {name: world.running[name] for name in Plan.model_fields}
    return {**fields, "hope": "sleep", "base_revision": world.running["revision"]}


def check_in(world: World) -> Json:
    return {
        "base_revision": 0,
        "written_at": clock.now().isoformat(),
        "zone": "UTC",
        "mood": 3,
        "own": {"own1": 2},
        "note": "written by whoever asks",
    }


def diary_csv() -> str:
    rows = [f"{days_ago(20 - number)},{'yes' if number % 2 else 'no'},{5 + number % 3}" for number in range(14)]
    return "\n".join(["date,took it,mood", *rows])


def diary(world: World) -> Json:
    return {
        "csv": diary_csv(),
        "mapping": {
            "day": "date",
            "dose": "took it",
            "dose_values": {"yes": "taken", "no": "not_taken"},
            "measures": {"mood": {"column": "mood", "minimum": 0, "maximum": 10, "step": 1}},
        },
        "window": {"start_on": days_ago(20), "length_days": 14},
    }


def new_account(world: World) -> Json:
    return {"token": world.other_invitation_token, "role": "client", "name": "new", "password": PASSWORD}


def enter(world: World) -> Json:
    return {"sign_in": world.owner.sign_in, "password": PASSWORD}


def recover(world: World) -> Json:
    code = world.owner.recovery_codes[0]
    return {"sign_in": world.owner.sign_in, "recovery_code": code, "new_password": "another long password"}


def password(_world: World) -> Json:
    return {"password": PASSWORD}


def reminders(world: World) -> Json:
    return {
        "base_revision": 1 if world.canary.startswith("CANARY") else 0,
        "zone": "UTC",
        "on": True,
        "times": ["21:00"],
    }


def some_device(_world: World) -> Json:
    return push_device("a device of whoever asks")


ONE = "/api/experiments/{experiment_id}"
RULES: dict[tuple[str, str], Rule] = {
    ("GET", "/health/live"): Rule("anyone"),
    ("GET", "/health/ready"): Rule("anyone"),
    ("GET", "/{path:path}"): Rule("anyone", 404),  # no frontend is built here
    ("HEAD", "/{path:path}"): Rule("anyone", 404),
    ("GET", "/api/sign-up"): Rule("anyone"),
    ("POST", "/api/accounts"): Rule("anyone", 201, new_account),
    ("PUT", "/api/account/password"): Rule(
        "signed in", 200, lambda _: {"current_password": PASSWORD, "new_password": "another long password"}
    ),
    ("POST", "/api/account/recovery-codes"): Rule("signed in", 200, password),
    ("DELETE", "/api/account"): Rule("signed in", 204, password),
    ("POST", "/api/session"): Rule("anyone", 200, enter),
    ("POST", "/api/session/recovery"): Rule("anyone", 200, recover),
    ("GET", "/api/session"): Rule("signed in"),
    ("DELETE", "/api/session"): Rule("anyone", 204),
    ("GET", "/api/sessions"): Rule("signed in"),
    ("DELETE", "/api/sessions/{session_id}"): Rule("their session", 204),
    ("GET", "/api/invitations"): Rule("a therapist"),
    ("POST", "/api/invitations"): Rule("a therapist", 201),
    ("POST", "/api/invitations/look-up"): Rule(
        "anyone", 200, lambda world: {"token": world.other_invitation_token}
    ),
    ("DELETE", "/api/invitations/{invitation_id}"): Rule("their link", 204),
    ("GET", "/api/experiments"): Rule("a client"),
    ("POST", "/api/experiments"): Rule("a client", 201, plan),
    ("GET", ONE): Rule("their experiment", on="ended"),
    ("PUT", ONE): Rule("their experiment", 200, whole_plan),
    ("DELETE", ONE): Rule("their experiment", 204, on="ended"),
    ("POST", ONE + "/start"): Rule("their experiment", on="draft", first=("stop",)),
    ("POST", ONE + "/pause"): Rule("their experiment"),
    ("POST", ONE + "/resume"): Rule("their experiment", first=("pause",)),
    ("POST", ONE + "/stop"): Rule("their experiment"),
    ("GET", ONE + "/check-ins"): Rule("their experiment", on="ended", query="?since=0"),
    ("PUT", ONE + "/check-ins/{day}"): Rule("their experiment", 200, check_in),
    ("GET", ONE + "/comparison"): Rule("their experiment", on="ended"),
    ("GET", ONE + "/figures"): Rule("their experiment", on="ended"),
    ("GET", ONE + "/figures/{name}/plotly"): Rule("their experiment", on="ended"),
    ("GET", ONE + "/export"): Rule("their experiment", on="ended"),
    ("POST", ONE + "/comparison/resume"): Rule("their experiment", on="ended"),
    ("POST", ONE + "/diary"): Rule("their experiment", 200, diary, on="draft"),
    ("POST", "/api/diaries/preview"): Rule("a client", 200, lambda _: {"csv": diary_csv()}),
    ("GET", "/api/medicines"): Rule("a client"),
    ("POST", "/api/medicine-fit"): Rule("a client", 200, lambda _: {"medicine": "sertraline"}),
    ("GET", "/calendar/{token}.ics"): Rule("anyone", 404),  # whoever has the address may; this one is nobody's
    ("HEAD", "/calendar/{token}.ics"): Rule("anyone", 404),
    ("GET", "/metrics"): Rule("anyone", 404),  # nothing is there without the operator's token
    ("GET", ONE + "/reminders"): Rule("their experiment"),
    ("PUT", ONE + "/reminders"): Rule("their experiment", 200, reminders),
    ("POST", "/api/reminders/{reminder_id}/later"): Rule("their reminder", 409, lambda _: {"day": days_ago(0)}),
    ("POST", "/api/reminders/{reminder_id}/not-today"): Rule(
        "their reminder", 204, lambda _: {"day": days_ago(0)}
    ),
    ("GET", "/api/push"): Rule("a client"),
    ("GET", "/api/push-subscriptions"): Rule("a client"),
    ("PUT", "/api/push-subscriptions"): Rule("a client", 200, some_device),
    ("DELETE", "/api/push-subscriptions/{subscription_id}"): Rule("their device", 204),
    ("POST", "/api/push-subscriptions/{subscription_id}/test"): Rule("their device", 202),
    ("POST", "/api/push-subscriptions/{subscription_id}/shown"): Rule("their device", 204),
    ("GET", "/api/calendar"): Rule("a client"),
    ("POST", "/api/calendar"): Rule("a client", 201),
    ("DELETE", "/api/calendar"): Rule("a client", 204),
    ("GET", "/api/safety-plan"): Rule("a client"),
    ("PUT", "/api/safety-plan"): Rule(
        "a client", 200, lambda _: {"notice_first": "no words", "country": "DE", "base_revision": 1}
    ),
}


def inventory(app: FastAPI) -> set[tuple[str, str]]:
    """Every (method, path) there is. A mount, a websocket or anything else that is no plain route is named too."""
    found = set()
    for context in iter_route_contexts(app.routes):
        plain = isinstance(context.original_route, APIRoute)
        for method in sorted(context.methods or ()) if plain else (type(context.original_route).__name__,):
            found.add((method, context.path or "/"))
    return found


def unruled(app: FastAPI) -> set[tuple[str, str]]:
    return inventory(app) - set(RULES)


def is_protected(method_and_path: tuple[str, str]) -> bool:
    return RULES[method_and_path].who != "anyone"


@dataclass
class Request:
    """One request as somebody would send it who knows every id of the world."""

    method: str
    path: str
    json: Json | None = None
    ids: dict[str, str] = field(default_factory=dict)

    def send(self, http: TestClient, **ids: str) -> Any:
        path = self.path.replace("{path:path}", "nowhere.html").format(**{**self.ids, **ids})
        return http.request(self.method, path, json=self.json)


def request(key: tuple[str, str], world: World) -> Request:
    rule = RULES[key]
    ids = {
        "experiment_id": getattr(world, rule.on)["id"],
        "session_id": world.session_id,
        "invitation_id": world.invitation_id,
        "reminder_id": world.reminder_id,
        "subscription_id": world.device_id,
        "token": security.new_token(),
        "day": days_ago(1),
        "name": "in-order",
    }
    return Request(key[0], key[1] + rule.query, rule.body(world), ids)


def client_world(cast: Cast, name: str) -> World:
    """A client with a draft, a running and an ended fortnight, a plan, and a canary in every text."""
    canary = f"CANARY-{name}-{uuid4().hex[:8]}"
    player = cast.player(name, "client")
    words: dict[str, Any] = {
        "question": f"{canary} question",
        "medicine_label": f"{canary} label",
        "own_measures": [{"key": "own1", "name": f"{canary} own", "low": "none", "middle": "some", "high": "all"}],
        "side_effects": [f"{canary} effect"],
        "hope": f"{canary} hope",
        "prediction": {"direction": "lower", "points": 1},
    }
    ended = player.started(start_on=days_ago(15), **words)
    for number in range(14):
        answer = player.put(
            ended,
            days_ago(15 - number),
            mood=7 - number % 3,
            dose="not_taken" if number % 3 else "taken",
            sleep_hours=7.5,
            own={"own1": 4},
            side_effects={f"{canary} effect": 1},
            note=f"{canary} note",
            note_starred=number == 4,
        )
        assert answer.status_code == 200, answer.text
    running = player.started(start_on=days_ago(3), **words)
    player.put(running, days_ago(2), mood=4, note=f"{canary} note")
    draft = player.draft(**words)
    lines = {"notice_first": f"{canary} line", "country": "DE", "base_revision": 0}
    assert player.http.put("/api/safety-plan", json=lines).status_code == 200
    remind = {"base_revision": 0, "zone": "UTC", "on": True, "times": ["08:00", "20:30"]}
    assert player.http.put(f"/api/experiments/{running['id']}/reminders", json=remind).status_code == 200
    device = player.http.put("/api/push-subscriptions", json=push_device(canary))
    assert device.status_code == 200, device.text
    assert player.http.post("/api/calendar").status_code == 201
    with unit_of_work(cast.house.engine) as session:  # a minute ago, so that the next one is not refused
        owner = Person(player.id, "client", uuid4(), clock.now(), "", b"")
        a_minute_ago = clock.now() - timedelta(minutes=1)
        push_subscriptions.test(session, owner, UUID(device.json()["id"]), now=a_minute_ago)
    return _world(cast, player, canary, draft, running, ended, device.json()["id"])


def therapist_world(cast: Cast, name: str) -> World:
    """A therapist with an invitation of their own; what a client would have does not exist."""
    player = cast.player(name, "therapist")
    assert player.http.post("/api/invitations").status_code == 201
    nowhere = {"id": str(uuid4())}
    return _world(cast, player, player.sign_in, nowhere, nowhere, nowhere)


def _world(
    cast: Cast,
    player: Player,
    canary: str,
    draft: Json,
    running: Json,
    ended: Json,
    device_id: str | None = None,
) -> World:
    with unit_of_work(cast.house.engine) as session:
        session_id = session.scalars(
            select(col(LoginSession.id)).where(col(LoginSession.account_id) == player.id)
        ).first()
        other = invitations.create(session, "http://localhost", "client", now=clock.now())
        mine = invitations.create(session, "http://localhost", "client", invited_by=player.id, now=clock.now())
        running_id = UUID(running["id"])
        reminder_id = session.scalars(
            select(col(Reminder.id)).where(col(Reminder.experiment_id) == running_id).order_by(col(Reminder.at))
        ).first()
    return World(
        player,
        draft,
        running,
        ended,
        str(session_id),
        str(mine.id),
        other.token,
        canary,
        str(reminder_id or uuid4()),
        device_id or str(uuid4()),
    )


def with_ended_sessions(cast: Cast, player: Player) -> Iterator[tuple[State, TestClient]]:
    """Browsers of this person that are signed in no more: by idleness, by age, and by never having been."""
    now = clock.now()
    with unit_of_work(cast.house.engine) as session:
        account = session.get(Account, player.id)
        assert account is not None
        limits = login_sessions.LIMITS["client" if account.role == "client" else "therapist"]
        hash_of_living = session.scalars(select(col(LoginSession.token_hash))).first()
        idle = login_sessions.start(session, account, player.key, "", now=now - limits.idle - timedelta(minutes=1))
        over = login_sessions.start(
            session, account, player.key, "", now=now - limits.absolute - timedelta(minutes=1)
        )
        session.execute(
            update(LoginSession)
            .where(col(LoginSession.token_hash) == security.token_hash(over.token))
            .values(idle_ends_at=now + timedelta(hours=1))
        )
    assert hash_of_living is not None
    yield "idle", cast.visitor(idle.token)
    yield "over", cast.visitor(over.token)
    yield "planted", cast.visitor(security.new_token())
    yield "dumped", cast.visitor(hash_of_living)


def contents(cast: Cast) -> str:
    """A hash of every row of every table."""
    with unit_of_work(cast.house.engine, read_only=True) as session:
        rows = [
            repr((table.name, *(bytes(value) if isinstance(value, memoryview) else value for value in row)))
            for table in metadata.sorted_tables
            for row in session.execute(select(table))
        ]
    return security.token_hash("\n".join(sorted(rows)))
