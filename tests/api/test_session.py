"""Sessions over HTTP: a fresh secret at each sign-in, ended by time, by hand, and with the password."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from app.core import config, security
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.main import create_app
from app.models.accounts import Account
from app.models.login_sessions import LoginSession
from app.services import login_sessions
from app.services.house import House
from sqlalchemy import select
from sqlmodel import Session, col
from starlette.testclient import TestClient

from tests.cast import PASSWORD, SAME_ORIGIN, Cast

NOW = datetime(2026, 11, 23, 22, 10, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0"


def signed_in(cast: Cast, name: str, user_agent: str = "") -> TestClient:
    http = cast.visitor()
    body = {"sign_in": name, "password": PASSWORD}
    answer = http.post("/api/session", json=body, headers={"User-Agent": user_agent})
    assert answer.status_code == 200, answer.text
    return http


def row_of(session: Session, secret: str) -> LoginSession:
    return session.scalars(
        select(LoginSession).where(col(LoginSession.token_hash) == security.token_hash(secret))
    ).one()


def settle(house: House) -> None:
    """Wait until the writer has done what was handed to it so far."""
    asyncio.run(house.writer.run(lambda _cursor: None))


def token(http: TestClient) -> str:
    found = http.cookies.get("fortnight")
    assert found
    return found


def test_the_cookie_is_out_of_reach(cast: Cast) -> None:
    http = cast.visitor()
    answer = http.post("/api/session", json={"sign_in": cast.ana.sign_in, "password": PASSWORD})
    session, known = answer.headers.get_list("set-cookie")
    assert re.fullmatch(r"fortnight=[\w-]{43}; HttpOnly; Max-Age=31536000; Path=/; SameSite=strict", session)
    assert re.fullmatch(
        r"fortnight-known=\d{10}\.[\w-]{22}\.[0-9a-f]{64}; HttpOnly; Max-Age=7776000; Path=/; SameSite=strict",
        known,
    )
    assert token(http) not in answer.text


def test_on_https_the_cookie_is_bound_to_the_host(house: House) -> None:
    settings = config.load({}, data=house.settings.data, public_url="https://fortnight.example.org")
    there = House(**{**vars(house), "settings": settings})
    cast = Cast(there)
    http = TestClient(cast.app, base_url="https://fortnight.example.org", headers=SAME_ORIGIN)
    ana = cast.player("ana", "client")
    answer = http.post("/api/session", json={"sign_in": ana.sign_in, "password": PASSWORD})
    cookie, known = answer.headers.get_list("set-cookie")
    assert re.match(r"__Host-fortnight=[\w-]{43};", cookie)
    assert re.match(r"__Host-fortnight-known=\d", known)
    for each in (cookie, known):
        assert {"HttpOnly", "Secure", "Path=/", "SameSite=strict"} <= set(each.split("; "))
        assert "domain" not in each.lower()
    plain = {"Cookie": "fortnight=" + answer.cookies["__Host-fortnight"]}
    assert TestClient(cast.app, base_url=settings.public_url).get("/api/session", headers=plain).status_code == 401
    assert http.get("/api/session").status_code == 200


def test_a_therapists_cookie_lasts_a_day(cast: Cast) -> None:
    answer = cast.visitor().post("/api/session", json={"sign_in": cast.theo.sign_in, "password": PASSWORD})
    assert "Max-Age=86400;" in answer.headers["set-cookie"]


def test_a_planted_cookie_is_never_taken_over(cast: Cast) -> None:
    planted = security.new_token()
    http = cast.visitor(planted)
    assert http.get("/api/session").status_code == 401
    answer = http.post("/api/session", json={"sign_in": cast.ana.sign_in, "password": PASSWORD})
    assert planted not in answer.headers["set-cookie"]
    assert cast.visitor(planted).get("/api/session").status_code == 401


def test_each_sign_in_is_a_new_token_and_the_old_one_dies(cast: Cast) -> None:
    http = signed_in(cast, cast.ana.sign_in)
    first = token(http)
    http.cookies.clear()
    http.cookies.set("fortnight", first)
    answer = http.post("/api/session", json={"sign_in": cast.ana.sign_in, "password": PASSWORD})
    second = answer.cookies["fortnight"]
    assert second != first
    assert cast.visitor(first).get("/api/session").status_code == 401
    assert cast.visitor(second).get("/api/session").status_code == 200


def test_the_database_holds_no_usable_token(cast: Cast) -> None:
    mine = token(cast.ana.http)
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        stored = list(session.scalars(select(LoginSession.token_hash)))  # type: ignore[call-overload]
    assert mine not in stored
    assert security.token_hash(mine) in stored
    for each in stored:
        assert cast.visitor(each).get("/api/session").status_code == 401


@pytest.mark.parametrize(
    ("who", "idle", "absolute"),
    [("ana", timedelta(days=90), timedelta(days=365)), ("theo", timedelta(hours=12), timedelta(hours=24))],
)
def test_a_session_ends_without_use_and_in_any_case(
    cast: Cast, who: str, idle: timedelta, absolute: timedelta
) -> None:
    name = getattr(cast, who).sign_in
    with time_machine.travel(NOW, tick=False) as clock:
        unused, used = token(signed_in(cast, name)), token(signed_in(cast, name))
        step = idle * 0.9
        moment = NOW
        while moment + step < NOW + absolute:
            moment += step
            clock.move_to(moment)
            assert cast.visitor(used).get("/api/session").status_code == 200
            settle(cast.house)
            if moment < NOW + idle:
                clock.move_to(NOW + idle - timedelta(seconds=1))
                # Looked at on a clone, so that the look itself does not keep it alive: the row says when it ends.
                with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
                    assert row_of(session, unused).idle_ends_at == NOW + idle
                clock.move_to(NOW + idle)
                assert cast.visitor(unused).get("/api/session").status_code == 401
                clock.move_to(moment)
        clock.move_to(NOW + absolute - timedelta(seconds=1))
        assert cast.visitor(used).get("/api/session").status_code == 200
        clock.move_to(NOW + absolute)
        assert cast.visitor(used).get("/api/session").status_code == 401


def test_being_seen_is_written_once_in_five_minutes(cast: Cast) -> None:
    def seen() -> Any:
        settle(cast.house)
        with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
            return row_of(session, mine).seen_at - NOW

    with time_machine.travel(NOW, tick=False) as clock:
        mine = token(signed_in(cast, cast.ana.sign_in))
        noted = []
        for _ in range(12):
            clock.shift(60)
            assert cast.visitor(mine).get("/api/session").status_code == 200
            noted.append(seen().total_seconds())
    assert noted == [0] * 4 + [300] * 5 + [600] * 3


def test_signing_out_ends_the_session_at_the_server(cast: Cast) -> None:
    http = signed_in(cast, cast.ana.sign_in)
    mine = token(http)
    answer = http.delete("/api/session")
    assert answer.status_code == 204
    assert answer.content == b""
    assert answer.headers["clear-site-data"] == '"cache"'
    assert 'fortnight=""' in answer.headers["set-cookie"]
    assert "Max-Age=0" in answer.headers["set-cookie"]
    assert cast.visitor(mine).get("/api/session").status_code == 401
    assert cast.ana.http.get("/api/session").status_code == 200


def test_signing_out_is_possible_without_a_session(cast: Cast) -> None:
    for http in (cast.visitor(), cast.visitor("no token of ours")):
        answer = http.delete("/api/session")
        assert (answer.status_code, answer.headers["clear-site-data"]) == (204, '"cache"')


def test_ones_own_devices_are_listed_and_ended(cast: Cast) -> None:
    phone = signed_in(cast, cast.ana.sign_in, FIREFOX)
    listed = phone.get("/api/sessions").json()
    assert [(each["device"], each["this_one"]) for each in listed] == [
        ("Firefox on Android", True),
        ("A browser", False),
    ]
    other = next(each["id"] for each in listed if not each["this_one"])
    assert phone.delete(f"/api/sessions/{other}").status_code == 204
    assert cast.ana.http.get("/api/session").status_code == 401
    assert [each["this_one"] for each in phone.get("/api/sessions").json()] == [True]
    mine = listed[0]["id"]
    foreign = cast.sam.http.delete(f"/api/sessions/{mine}")
    missing = cast.sam.http.delete(f"/api/sessions/{other}")
    assert (foreign.status_code, missing.status_code) == (404, 404)
    assert phone.get("/api/session").status_code == 200


def test_no_session_means_401_and_no_cookie(cast: Cast) -> None:
    answer = cast.nobody.get("/api/session")
    assert (answer.status_code, answer.json()["code"]) == (401, "not-signed-in")
    assert "set-cookie" not in answer.headers


def test_a_closed_account_has_no_session(cast: Cast) -> None:
    app = create_app(cast.house)
    mine = token(cast.sam.http)
    cast.sam.http.request("DELETE", "/api/account", json={"password": PASSWORD})
    http = TestClient(app, base_url=cast.house.settings.public_url, cookies={"fortnight": mine})
    assert http.get("/api/session").status_code == 401


def test_an_account_has_fifty_sessions_and_no_more(house: House) -> None:
    """The one that was not used for longest ends; those of others stay."""
    with Cast(house) as cast:
        ana, sam = cast.player("ana", "client", now=NOW), cast.player("sam", "client", now=NOW)
        with unit_of_work(house.engine, by=HOUSE) as session:
            row = session.get(Account, ana.id)
            assert row is not None
            tokens = [
                login_sessions.start(session, row, ana.key, "", now=NOW + timedelta(minutes=minute)).token
                for minute in range(1, 61)
            ]
        with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
            mine = session.scalars(select(LoginSession).where(col(LoginSession.account_id) == ana.id)).all()
            assert len(mine) == login_sessions.MOST
            assert min(each.seen_at for each in mine) == NOW + timedelta(minutes=11)
            assert row_of(session, tokens[-1]) in mine
            assert session.scalars(select(LoginSession).where(col(LoginSession.account_id) == sam.id)).all()
