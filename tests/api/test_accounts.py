"""Accounts over HTTP: the whole way of one person, and what is refused."""

from typing import Any

import pytest
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.services import invitations
from app.services.house import House

from tests.cast import PASSWORD, Cast

NEW = "another lamp, another diary"


def test_from_the_set_up_link_to_a_client_and_out_again(house: House) -> None:
    cast = Cast(house)
    with unit_of_work(house.engine, by=HOUSE) as session:
        token = invitations.ensure_setup_link(session, now=clock.now())
    theo, ana = cast.visitor(), cast.visitor()
    assert theo.get("/api/sign-up").json() == {"open": False, "first": True}
    found = theo.post("/api/invitations/look-up", json={"token": token})
    assert found.json() == {"kind": "setup", "roles": ["client", "therapist"], "inviter": None}

    made = theo.post(
        "/api/accounts", json={"token": token, "role": "therapist", "name": "Theo", "password": PASSWORD}
    )
    assert made.status_code == 201
    assert set(made.json()) == {"account", "recovery_codes"}
    assert len(made.json()["recovery_codes"]) == 10
    assert theo.get("/api/session").json()["account"] == made.json()["account"]
    assert theo.get("/api/sign-up").json() == {"open": False, "first": False}

    invited = theo.post("/api/invitations", json={"name": "Theo B."}).json()
    assert invited["link"] == f"{house.settings.public_url}/join#{invited['token']}"
    found = ana.post("/api/invitations/look-up", json={"token": invited["token"]})
    assert found.json() == {"kind": "invitation", "roles": ["client"], "inviter": "Theo B."}
    joined = ana.post(
        "/api/accounts", json={"token": invited["token"], "role": "client", "name": "ana", "password": PASSWORD}
    )
    assert joined.json()["account"]["role"] == "client"
    assert [each["used"] for each in theo.get("/api/invitations").json()] == [True]

    assert (
        ana.put("/api/account/password", json={"current_password": PASSWORD, "new_password": NEW}).status_code
        == 200
    )
    codes = ana.post("/api/account/recovery-codes", json={"password": NEW}).json()["recovery_codes"]
    body = {"sign_in": joined.json()["account"]["sign_in"], "recovery_code": codes[0], "new_password": PASSWORD}
    phone = cast.visitor()
    assert phone.post("/api/session/recovery", json=body).status_code == 200
    assert ana.get("/api/session").status_code == 401
    gone = phone.request("DELETE", "/api/account", json={"password": PASSWORD})
    assert (gone.status_code, gone.headers["clear-site-data"]) == (204, '"cache"')
    assert phone.get("/api/session").status_code == 401


def test_whom_a_client_invites_is_a_supporter_and_a_supporter_invites_nobody(cast: Cast) -> None:
    made = cast.ana.http.post("/api/invitations", json={"name": "R."})
    assert made.status_code == 201, made.text
    found = cast.nobody.post("/api/invitations/look-up", json={"token": made.json()["token"]})
    assert found.json()["roles"] == ["supporter"]
    for role in ("client", "therapist"):
        body = {"token": made.json()["token"], "role": role, "name": "mia", "password": PASSWORD}
        assert cast.nobody.post("/api/accounts", json=body).status_code == 404
    assert cast.mia.http.post("/api/invitations", json={"name": "R."}).status_code == 404
    assert cast.mia.http.get("/api/invitations").status_code == 404
    assert cast.nobody.post("/api/invitations", json={"name": "R."}).status_code == 401


@pytest.mark.parametrize(
    "field", ["id", "sign_in_index", "sealed", "password_hash", "created_at", "is_admin", "kind"]
)
def test_a_field_that_is_not_asked_for_is_refused(cast: Cast, field: str) -> None:
    body = {"token": "x", "role": "client", "name": "ana", "password": PASSWORD, field: "1"}
    answer = cast.nobody.post("/api/accounts", json=body)
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"sign_in": "ana", "password": "x\x00"}, 422),
        ({"sign_in": "ana\ud800", "password": "x"}, 422),
        ({"sign_in": 7, "password": "x"}, 422),
        ({"sign_in": ["ana"], "password": "x"}, 422),
        ({"sign_in": "a" * 121, "password": "x"}, 422),
        ({"sign_in": "ana", "password": "x" * 1025}, 422),
        ({"sign_in": "ana"}, 422),
        ({"sign_in": "", "password": ""}, 401),
        ({"sign_in": "\u202e" * 120, "password": "\U0010ffff" * 256}, 401),
    ],
)
def test_nothing_that_is_typed_breaks_the_door(cast: Cast, body: dict[str, Any], status: int) -> None:
    import json

    raw = json.dumps(body).encode()
    answer = cast.nobody.post("/api/session", content=raw, headers={"Content-Type": "application/json"})
    assert answer.status_code == status
    assert "ana" not in answer.text


def test_a_refused_password_is_never_said_back(cast: Cast) -> None:
    answer = cast.ana.http.put(
        "/api/account/password", json={"current_password": PASSWORD, "new_password": "iloveyou"}
    )
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "new_password", "code": "password-too-common"}]
    assert "iloveyou" not in answer.text
    short = cast.ana.http.put(
        "/api/account/password", json={"current_password": PASSWORD, "new_password": "shorty"}
    )
    assert (short.status_code, "shorty" in short.text) == (422, False)
