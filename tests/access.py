"""Who may call which route, as data; and a world in which everybody has something to hide.

`RULES` is the whole surface: a route that is not in here fails `tests/test_access.py`, and so does a line without
its route. Whoever adds a route adds a line: its rule, the status of its success, and what a valid request is.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Literal, get_args

from app.core import clock, security
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.accounts import Account
from app.models.login_sessions import LoginSession
from app.services import login_sessions
from fastapi import FastAPI
from fastapi.routing import APIRoute, iter_route_contexts
from sqlalchemy import select, update
from sqlmodel import col
from starlette.testclient import TestClient

from tests.access_bodies import (
    a_brief,
    a_check,
    a_visit,
    an_agenda,
    balance,
    changed_note,
    check_in,
    diary,
    diary_csv,
    enter,
    from_here,
    new_account,
    new_sharing,
    new_support,
    next_session,
    other_fields,
    password,
    plan,
    recover,
    reminders,
    some_device,
    some_review,
    some_supervision,
    whole_plan,
)
from tests.cast import PASSWORD, Cast, Player, days_ago
from tests.taken_along import draft
from tests.worlds import Json, Support, World

# Who asks. "owner" has what is asked for; "other" has the same role and something of their own.
# A supporter is one of the client who has what is asked for: by what holds for them.
State = Literal["nobody", "idle", "over", "planted", "dumped", "owner", "other", "other role", Support]
STATES: tuple[State, ...] = get_args(State)
SUPPORTERS: frozenset[State] = frozenset(get_args(Support))
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
    "their sharing",
    "their client",
    "an inviter",
    "somebody invited",
    "a supporter",
    "a reader",
    "what they read",
]
# Who is let in by each rule; everybody else is refused with 401 (no session that works) or 404.
LET_IN: dict[Who, frozenset[State]] = {
    "anyone": frozenset(STATES),
    "signed in": SUPPORTERS.union({"owner", "other", "other role"}),
    "a client": frozenset({"owner", "other"}),
    "a therapist": frozenset({"owner", "other"}),
    "their experiment": frozenset({"owner"}),
    "their session": frozenset({"owner"}),
    "their link": frozenset({"owner"}),
    "their reminder": frozenset({"owner"}),
    "their device": frozenset({"owner"}),
    "their sharing": frozenset({"owner"}),
    "their client": frozenset({"owner"}),
    "an inviter": frozenset({"owner", "other", "other role"}),
    "somebody invited": SUPPORTERS.union({"owner", "other"}),
    "a supporter": SUPPORTERS.union({"owner", "other"}),
    "a reader": SUPPORTERS.union({"owner", "other"}),
    # By the id of another's sharing nobody; what supporters read by theirs: `tests/test_access_supporters.py`.
    "what they read": frozenset({"owner"}),
}


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
    day: int = 1  # how many days ago
    kind: str = "balance"
    number: int = 1


ONE = "/api/experiments/{experiment_id}"
SHARING = "/api/sharings/{sharing_id}"
CLIENT = "/api/clients/{sharing_id}"
LINKS = ONE + "/briefs/{brief_id}/links"
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
    ("POST", "/api/session/confirm"): Rule("signed in", 204, password),
    ("POST", "/api/session"): Rule("anyone", 200, enter),
    ("POST", "/api/session/recovery"): Rule("anyone", 200, recover),
    ("GET", "/api/session"): Rule("signed in"),
    ("DELETE", "/api/session"): Rule("anyone", 204),
    ("GET", "/api/sessions"): Rule("signed in"),
    ("DELETE", "/api/sessions/{session_id}"): Rule("their session", 204),
    ("GET", "/api/invitations"): Rule("an inviter"),
    ("POST", "/api/invitations"): Rule("an inviter", 201, lambda _: {"name": "Theo"}),
    ("POST", "/api/invitations/look-up"): Rule(
        "anyone", 200, lambda world: {"token": world.other_invitation_token}
    ),
    ("DELETE", "/api/invitations/{invitation_id}"): Rule("their link", 204),
    ("GET", "/api/experiments"): Rule("a client"),
    ("POST", "/api/experiments"): Rule("a client", 201, plan),
    ("POST", "/api/experiments/from-file"): Rule("a client", 201, lambda world: {"file": draft(world.canary)}),
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
    ("GET", ONE + "/archive"): Rule("their experiment", on="ended"),
    ("PUT", ONE + "/comparison/cover"): Rule("their experiment", 200, lambda _: {"covered": True}, on="ended"),
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
    ("GET", "/api/sharings/waiting"): Rule("somebody invited"),
    ("POST", "/api/sharings/look-up"): Rule("somebody invited", 200, lambda world: {"code": world.code}),
    ("GET", "/api/sharings"): Rule("a client"),
    ("POST", "/api/sharings"): Rule("their experiment", 201, new_sharing),
    ("DELETE", SHARING): Rule("their sharing", 204),
    ("POST", SHARING + "/pause"): Rule("their sharing", 204),
    ("POST", SHARING + "/resume"): Rule("their sharing", 204, from_here),
    ("PUT", SHARING + "/experiments/{experiment_id}"): Rule("their sharing", 200, other_fields),
    ("DELETE", SHARING + "/experiments/{experiment_id}"): Rule("their sharing", 204, on="ended"),
    ("PUT", SHARING + "/experiments/{experiment_id}/doses"): Rule("their sharing", 200, from_here, on="ended"),
    ("DELETE", SHARING + "/experiments/{experiment_id}/doses"): Rule("their sharing", on="ended"),
    ("GET", SHARING + "/session-pages"): Rule("their sharing"),
    ("PUT", SHARING + "/session-pages/agenda/{number}"): Rule("their sharing", 200, an_agenda, number=3),
    ("PUT", SHARING + "/session-pages/check/{number}"): Rule("their sharing", 200, a_check, number=2),
    ("PUT", SHARING + "/session-pages/{kind}/{number}/shown"): Rule(
        "their sharing", 200, lambda _: {"shown": False}, kind="agenda"
    ),
    ("DELETE", SHARING + "/session-pages/{kind}/{number}"): Rule("their sharing", 204, kind="check"),
    ("GET", CLIENT + "/session-pages"): Rule("their client"),
    ("GET", ONE + "/review"): Rule("their experiment", on="ended"),
    ("PUT", ONE + "/review"): Rule("their experiment", 200, some_review),
    ("GET", ONE + "/visit"): Rule("their experiment", on="ended"),
    ("PUT", ONE + "/visit"): Rule("their experiment", 200, a_visit),
    ("GET", ONE + "/brief"): Rule("their experiment", on="ended"),
    ("GET", ONE + "/briefs"): Rule("their experiment", on="ended"),
    ("POST", ONE + "/briefs"): Rule("their experiment", 201, a_brief, on="ended"),
    ("GET", ONE + "/briefs/{brief_id}"): Rule("their experiment", on="ended"),
    ("GET", ONE + "/briefs/{brief_id}/pdf"): Rule("their experiment", on="ended"),
    ("DELETE", ONE + "/briefs/{brief_id}"): Rule("their experiment", 204, on="ended"),
    ("GET", LINKS): Rule("their experiment", on="ended"),
    ("POST", LINKS): Rule("their experiment", 201, lambda _: {"days": 3}, on="ended"),
    ("DELETE", LINKS + "/{link_id}"): Rule("their experiment", 204, on="ended"),
    ("POST", "/api/links/open"): Rule("anyone", 200, lambda world: {"token": world.link_token}),
    ("HEAD", "/s/page/{opening}"): Rule("anyone", 404),
    ("GET", "/s/page/{opening}"): Rule("anyone", 404),
    ("GET", "/s/page/{opening}/pdf"): Rule("anyone", 404),
    ("GET", ONE + "/reflections"): Rule("their experiment", on="ended"),
    ("PUT", ONE + "/reflections/balance/{day}"): Rule("their experiment", 200, balance, day=0),
    ("PUT", ONE + "/reflections/rulers/{day}"): Rule(
        "their experiment", 200, lambda _: {"importance": 6, "confidence": 4, "base_revision": 0}, day=0
    ),
    ("PUT", ONE + "/reflections/words/{day}"): Rule(
        "their experiment", 200, lambda _: {"meaning": "rest", "miss": "laughing", "base_revision": 0}, day=0
    ),
    ("DELETE", ONE + "/reflections/{kind}/{day}"): Rule("their experiment", 204, on="ended", day=0),
    ("POST", ONE + "/offer"): Rule("their experiment", on="draft"),
    ("DELETE", ONE + "/offer"): Rule("their experiment", 204, on="ended"),
    ("GET", "/api/offers"): Rule("a client"),
    ("PUT", "/api/offers"): Rule("a client", 200, lambda _: {"on": False}),
    ("POST", ONE + "/shared-view"): Rule("their experiment", 200, lambda _: {"fields": ["mood"]}),
    ("GET", "/api/clients"): Rule("a reader"),
    ("POST", "/api/clients"): Rule("a supporter", 201, new_support),
    ("GET", "/api/clients/{sharing_id}"): Rule("what they read"),
    ("GET", "/api/clients/{sharing_id}/standing"): Rule("what they read"),
    ("GET", "/api/clients/{sharing_id}/fortnights/{experiment_id}"): Rule("what they read"),
    ("PUT", "/api/clients/{sharing_id}/session"): Rule("their client", 204, next_session),
    ("GET", CLIENT + "/notes"): Rule("their client"),
    ("PUT", CLIENT + "/notes/{note_id}"): Rule("their client", 200, changed_note),
    ("DELETE", CLIENT + "/notes/{note_id}"): Rule("their client", 204),
    ("POST", CLIENT + "/supervision"): Rule("their client", 200, some_supervision),
    ("POST", CLIENT + "/supervision/text"): Rule("their client", 200, some_supervision),
    ("POST", CLIENT + "/supervision/pdf"): Rule("their client", 200, some_supervision),
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
        "sharing_id": world.sharing_id,
        "note_id": world.note_id,
        "brief_id": world.brief_id,
        "link_id": world.link_id,
        "opening": world.link_id.replace("-", ""),  # nobody's, and no cookie with it
        "token": security.new_token(),
        "day": days_ago(rule.day),
        "kind": rule.kind,
        "number": str(rule.number),
        "name": "in-order",
    }
    return Request(key[0], key[1] + rule.query, rule.body(world), ids)


def with_ended_sessions(cast: Cast, player: Player) -> Iterator[tuple[State, TestClient]]:
    """Browsers of this person that are signed in no more: by idleness, by age, and by never having been."""
    now = clock.now()
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
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
