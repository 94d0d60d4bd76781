"""Every route × every person, on both databases. The rules are `tests/access.py`.

Denied means: 401 or 404, nothing of the owner in body or headers, not one row changed, `no-store`; and what is not
yours looks in every byte like what is not there.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args
from uuid import uuid4

import pytest
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.access import Role
from app.main import create_app
from app.models.accounts import Account
from app.models.base import metadata
from app.models.login_sessions import LoginSession
from fastapi import APIRouter, FastAPI, WebSocket
from sqlalchemy import func, select
from starlette.testclient import TestClient

from tests import response_keys
from tests.access import (
    LET_IN,
    RULES,
    SIGNED_OUT,
    STATES,
    Request,
    State,
    Who,
    inventory,
    is_protected,
    request,
    unruled,
    with_ended_sessions,
)
from tests.cast import Cast
from tests.contents import contents
from tests.worlds import World, client_world, supporter_world, supporters_of, therapist_world

FEWEST_ROUTES = 84
PROTECTED = sorted(key for key in RULES if is_protected(key))
NAMES = {key: f"{key[0]} {key[1]}" for key in RULES}
BY_ID = [key for key in PROTECTED if "_id}" in key[1]]
THERAPISTS = {"a therapist", "their link", "their client", "an inviter", "a reader", "what they read"}
# Whose role it takes: without it nothing is there, also by the ids of what is still theirs.
ROLES: dict[Who, frozenset[Role]] = {
    **dict.fromkeys(("a client", "their reminder", "their device"), frozenset[Role]({"client"})),
    **dict.fromkeys(("a therapist", "their client"), frozenset[Role]({"therapist"})),
    "a supporter": frozenset({"supporter"}),
    "an inviter": frozenset({"client", "therapist"}),
    "their link": frozenset({"client", "therapist"}),
    "somebody invited": frozenset({"client", "supporter"}),
    **dict.fromkeys(("a reader", "what they read"), frozenset[Role]({"therapist", "supporter"})),
}
OF_A_ROLE = [key for key in PROTECTED if RULES[key].who in ROLES or key == ("POST", "/api/sharings")]
EMPTY_FOR_OTHERS = {
    ("GET", "/api/experiments"),
    ("GET", "/api/sessions"),
    ("GET", "/api/safety-plan"),
    ("GET", "/api/invitations"),
}


@dataclass
class Everybody:
    """Two clients, two therapists and two supporters, each with something of their own, and the browsers of every
    state."""

    cast: Cast
    clients: tuple[World, World]
    therapists: tuple[World, World]
    supporters: tuple[World, World]
    more: dict[State, TestClient]

    def of(self, key: tuple[str, str]) -> tuple[World, World]:
        who = RULES[key].who
        if who == "a supporter":
            return self.supporters
        return self.therapists if who in THERAPISTS else self.clients

    def owner(self, key: tuple[str, str]) -> World:
        return self.of(key)[0]

    def browser(self, key: tuple[str, str], state: State) -> TestClient:
        if state in self.more:
            return self.more[state]
        mine = self.of(key)
        theirs = self.therapists if mine is self.clients else self.clients
        return {"owner": mine[0], "other": mine[1], "other role": theirs[1]}[state].owner.http


@pytest.fixture(scope="module")
def everybody(shared_cast: Cast) -> Everybody:
    clients = client_world(shared_cast, "ana"), client_world(shared_cast, "sam")
    therapists = therapist_world(shared_cast, "theo"), therapist_world(shared_cast, "tess")
    supporters = supporter_world(shared_cast, "mia"), supporter_world(shared_cast, "max")
    more: dict[State, TestClient] = {"nobody": shared_cast.visitor()}
    more.update(with_ended_sessions(shared_cast, clients[0].owner))
    more.update((state, player.http) for state, (player, _) in supporters_of(shared_cast, clients[0]).items())
    return Everybody(shared_cast, clients, therapists, supporters, more)


def secrets_of(world: World) -> list[str]:
    return [world.canary, world.owner.sign_in]


def holds(answer: Any, secrets: list[str]) -> list[str]:
    whole = answer.text + "\n" + "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    return [secret for secret in secrets if secret in whole]


# The inventory ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def app(shared_cast: Cast) -> FastAPI:
    return shared_cast.app


def test_every_route_has_a_rule_and_every_rule_its_route(app: FastAPI) -> None:
    found = inventory(app)
    assert unruled(app) == set(), "a route without a rule: add it to tests/access.py"
    assert set(RULES) - found == set(), "a rule without its route"
    assert len(found) >= FEWEST_ROUTES
    documented = {(method.upper(), path) for path, methods in app.openapi()["paths"].items() for method in methods}
    assert documented <= found
    assert len(documented) >= FEWEST_ROUTES - 2  # the pages are not part of the API


def test_nothing_is_mounted_and_no_page_describes_the_server(app: FastAPI, everybody: Everybody) -> None:
    assert {method for method, _ in inventory(app)} <= {"GET", "HEAD", "POST", "PUT", "DELETE"}
    for path in ("/docs", "/redoc", "/openapi.json", "/metrics"):
        assert everybody.cast.visitor().get(path).status_code == 404


@pytest.mark.parametrize("kind", ["route", "included", "websocket", "mount"])
def test_a_hidden_route_is_seen(shared_cast: Cast, kind: str) -> None:
    app = create_app(shared_cast.house)
    router = APIRouter(prefix="/api")

    if kind == "websocket":

        async def listen(_socket: WebSocket) -> None: ...

        app.add_api_websocket_route("/api/secret", listen)
    elif kind == "mount":
        app.mount("/api/secret", FastAPI())
    else:
        (app if kind == "route" else router).get("/secret", include_in_schema=False)(lambda: "all of it")
        app.include_router(router)
    assert len(unruled(app)) == 1
    assert unruled(shared_cast.app) == set()


# Who is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", PROTECTED, ids=NAMES.get)
def test_whoever_has_no_right_is_refused_and_nothing_happens(everybody: Everybody, key: tuple[str, str]) -> None:
    owner = everybody.owner(key)
    refused = [state for state in STATES if state not in LET_IN[RULES[key].who]]
    assert set(refused) >= SIGNED_OUT
    before = contents(everybody.cast)
    for state in refused:
        answer = request(key, owner).send(everybody.browser(key, state))
        assert answer.status_code == (401 if state in SIGNED_OUT else 404), (state, answer.text)
        assert answer.headers.get_list("cache-control") == ["no-store"], state
        assert answer.headers["content-type"] == "application/problem+json", state
        assert "set-cookie" not in answer.headers, state
        assert holds(answer, secrets_of(owner)) == [], state
    assert contents(everybody.cast) == before


@pytest.mark.parametrize("key", OF_A_ROLE, ids=NAMES.get)
def test_what_is_for_a_role_is_there_for_no_other(everybody: Everybody, key: tuple[str, str]) -> None:
    """By the ids of what is still theirs. No route makes such an account: only this guard stands there."""
    cast, owner = everybody.cast, everybody.owner(key)
    before = contents(cast)
    own = played(cast, owner)
    for role in set(get_args(Role)) - ROLES.get(RULES[key].who, {"client"}):
        assert played(cast, owner, role) == own
        answer = request(key, owner).send(owner.owner.http)
        assert played(cast, owner, own) == role
        assert (answer.status_code, answer.json()["code"]) == (404, "not-found"), (role, answer.text)
        assert contents(cast) == before, role


def played(cast: Cast, world: World, from_now_on: str | None = None) -> str:
    """The role of this person's account until now."""
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        account = session.get_one(Account, world.owner.id)
        until_now, account.role = account.role, from_now_on or account.role
        session.add(account)
    return until_now


def test_the_two_ended_sessions_each_end_by_their_own_limit(everybody: Everybody) -> None:
    with unit_of_work(everybody.cast.house.engine, by=HOUSE, read_only=True) as session:
        rows = session.execute(
            select(LoginSession.idle_ends_at, LoginSession.ends_at).where(  # type: ignore[call-overload]
                LoginSession.account_id == everybody.clients[0].owner.id
            )
        ).all()
    now = clock.now()
    assert sorted((idle > now, absolute > now) for idle, absolute in rows) == [
        (False, True),
        (True, False),
        (True, True),
    ]


@pytest.mark.parametrize("key", BY_ID, ids=NAMES.get)
def test_not_yours_looks_like_not_there(everybody: Everybody, key: tuple[str, str]) -> None:
    owner = everybody.owner(key)
    asked = request(key, owner)
    for state in ("other", "other role"):
        browser = everybody.browser(key, state)
        missing = {name: str(uuid4()) for name in asked.ids if name.endswith("_id")}
        foreign, absent = asked.send(browser), asked.send(browser, **missing)
        assert foreign.status_code == absent.status_code == 404
        assert without_request_id(foreign) == without_request_id(absent)
        assert dict(foreign.headers) == dict(absent.headers)


def without_request_id(answer: Any) -> bytes:
    found: str = answer.json()["request_id"]
    content: bytes = answer.content
    assert content.count(found.encode()) == 1
    return content.replace(found.encode(), b"")


# Who is let in ---------------------------------------------------------------------------------------------------


def test_what_is_mine_is_no_part_of_anybody_elses_answer(everybody: Everybody) -> None:
    """Lists and other routes without an id: everyone gets their own. The owner sees theirs, else: no proof."""
    for key in sorted(EMPTY_FOR_OTHERS):
        owner = everybody.owner(key)
        for state in LET_IN[RULES[key].who] - {"owner"}:
            answer = request(key, owner).send(everybody.browser(key, state))
            assert answer.status_code == 200
            assert holds(answer, [*secrets_of(owner), owner.session_id, owner.invitation_id]) == [], (key, state)
        mine = request(key, owner).send(owner.owner.http)
        assert holds(mine, [owner.canary, owner.session_id, owner.invitation_id]), key


def prepared(key: tuple[str, str], world: World) -> Request:
    """The request of the owner, once what it needs has happened."""
    for step in RULES[key].first:
        done = world.owner.http.post(f"/api/experiments/{world.running['id']}/{step}")
        assert done.status_code == 200, done.text
    return request(key, world)


CHANGING = [key for key in sorted(RULES) if key[0] not in {"GET", "HEAD"}]
READING = [key for key in sorted(RULES) if key[0] in {"GET", "HEAD"}]


def at_the_top(paths: set[str]) -> set[str]:
    return {path for path in paths if "." not in path.removeprefix("[].")}


def answered(cast: Cast, asked: Request, world: World, key: tuple[str, str]) -> Any:
    answer = asked.send(world.owner.http)
    assert answer.status_code == RULES[key].success, (key, answer.text)
    if key[1].startswith("/api"):
        assert answer.headers.get_list("cache-control") == ["no-store"]
    declared = response_keys.declared(cast.app, key)
    if declared is not None and answer.content and answer.status_code < 400:
        found = response_keys.found(answer.json())
        assert found <= declared, (key, found - declared)
        assert at_the_top(found) == at_the_top(declared), key
    return answer


def test_the_owner_gets_in_and_gets_the_reviewed_keys_reading(everybody: Everybody) -> None:
    shown = 0
    for key in READING:
        owner = everybody.owner(key)
        answer = answered(everybody.cast, request(key, owner), owner, key)
        shown += bool(holds(answer, [owner.canary]))
    assert shown >= 7, "the canary must be there for those who may see it"


@pytest.mark.parametrize("key", CHANGING, ids=NAMES.get)
def test_the_owner_gets_in_and_gets_the_reviewed_keys_changing(shared_cast: Cast, key: tuple[str, str]) -> None:
    who = RULES[key].who
    made = supporter_world if who == "a supporter" else therapist_world if who in THERAPISTS else client_world
    world = made(shared_cast, "una")
    asked = prepared(key, world)
    before = contents(shared_cast)
    answered(shared_cast, asked, world, key)
    thinks_only = {("POST", "/api/diaries/preview"), ("POST", "/api/medicine-fit")}
    thinks_only |= {("POST", "/api/invitations/look-up"), ("POST", "/api/experiments/{experiment_id}/shared-view")}
    thinks_only |= {("POST", "/api/sharings/{sharing_id}/resume")}  # nothing is paused
    thinks_only |= {("POST", "/api/reminders/{reminder_id}/later")}  # it has not come yet, whatever the hour
    thinks_only |= {("POST", f"/api/clients/{{sharing_id}}/supervision{form}") for form in ("", "/text", "/pdf")}
    thinks_only |= {("DELETE", "/api/experiments/{experiment_id}/offer")}  # nothing is offered yet
    assert (contents(shared_cast) == before) is (key in thinks_only)


def test_the_keys_of_every_answer_are_the_reviewed_ones(app: FastAPI) -> None:
    """A field more in an answer is seen here before anybody else sees it.

    After looking at the difference: `python -m tests.response_keys` writes the file anew.
    """
    reviewed = json.loads(response_keys.REVIEWED.read_text(encoding="utf-8"))
    assert response_keys.all_declared(app) == reviewed
    everything = {path.rpartition(".")[2] for paths in reviewed.values() for path in paths}
    never = {"password_hash", "wrapped_key", "kek_id", "sealed", "token_hash", "code_hash", "sign_in_index"}
    assert everything & never == set()
    assert len(everything) > 100


# What nobody may set ---------------------------------------------------------------------------------------------

COLUMNS = sorted({column.name for table in metadata.sorted_tables for column in table.columns})


def batched(names: list[str], size: int) -> Iterator[tuple[str, ...]]:
    for start in range(0, len(names), size):
        yield tuple(names[start : start + size])


def spots(
    body: Any, schema: dict[str, Any], path: tuple[Any, ...] = ()
) -> Iterator[tuple[tuple[Any, ...], set[str]]]:
    """Every object in a body whose schema takes no other fields, with the fields it does take."""
    for option in schema.get("anyOf", [schema]):
        if isinstance(body, dict) and option.get("additionalProperties") is False:
            yield path, set(option["properties"])
            for name, value in body.items():
                yield from spots(value, option["properties"][name], (*path, name))
        elif isinstance(body, list) and "items" in option:
            for number, value in enumerate(body[:1]):
                yield from spots(value, option["items"], (*path, number))


AT_ONCE = 40
"""As many as one answer names, with some to spare."""


def planted(body: Any, path: tuple[Any, ...], names: tuple[str, ...]) -> Any:
    copy = json.loads(json.dumps(body))
    place = copy
    for step in path:
        place = place[step]
    place.update(dict.fromkeys(names, "1"))
    return copy


@pytest.mark.parametrize("key", CHANGING, ids=NAMES.get)
def test_no_column_of_any_table_can_be_set_from_outside(everybody: Everybody, key: tuple[str, str]) -> None:
    """Mass assignment, generated: each column name in each object of each body is refused (T4)."""
    app, owner = everybody.cast.app, everybody.owner(key)
    asked = request(key, owner)
    schema = response_keys.body_schema(app, key)
    assert (schema is None) == (asked.json is None)
    if schema is None or asked.json is None:
        return
    found = list(spots(asked.json, schema))
    assert found and found[0][0] == (), "the body itself takes other fields"
    before = contents(everybody.cast)
    tried = 0
    for path, fields in found:
        for columns in batched([column for column in COLUMNS if column not in fields], AT_ONCE):
            asked.json = planted(request(key, owner).json, path, columns)
            answer = asked.send(owner.owner.http)
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input"), (path, columns)
            # One for each: that none of them is taken, and not that one of them was refused.
            assert [error["code"] for error in answer.json()["errors"]] == ["extra_forbidden"] * len(columns), path
            tried += len(columns)
    assert tried >= len(COLUMNS) - len(found[0][1])
    assert contents(everybody.cast) == before


def test_there_are_columns_to_try_and_rows_to_change(everybody: Everybody) -> None:
    """Teeth: the hash sees a row, and every table that holds something about a person holds something here."""
    assert {"account_id", "role", "received_at", "comparison_opened_at", "revision"} <= set(COLUMNS)
    with unit_of_work(everybody.cast.house.engine, by=HOUSE, read_only=True) as session:
        counts = {
            table.name: session.scalar(select(func.count()).select_from(table)) for table in metadata.sorted_tables
        }
    empty = {name for name, number in counts.items() if not number}
    assert empty <= {"sign_in_attempts", "delivery_count", "push_worker"}  # the last two are about nobody
    before = contents(everybody.cast)
    assert everybody.clients[1].owner.http.post("/api/experiments", json={"question": "?"}).status_code == 201
    assert contents(everybody.cast) != before
