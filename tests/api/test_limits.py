"""Guessing is slowed: shared by workers, kept over a restart, safe against many at once, never a lock-out."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
import time_machine
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.errors import Invalid, NotSignedIn, SlowDown
from app.main import create_app
from app.models.accounts import AccountCreate
from app.models.login_sessions import Recovery, SignIn, SignInAttempts
from app.services import accounts, invitations, login_sessions, passwords, sign_in, sign_in_limits
from app.services.accounts import Visitor
from app.services.house import House, open_house
from sqlalchemy import func, select, update
from sqlmodel import col
from starlette.testclient import TestClient

from tests.cast import PASSWORD, SAME_ORIGIN, Cast

NOW = datetime(2026, 3, 1, 22, 10, tzinfo=UTC)
WRONG = "not the password"
HERE = Visitor("203.0.113.9", "")


def name_in(house: House) -> tuple[str, str]:
    """A sign-in name and its session token."""
    with unit_of_work(house.engine, by=HOUSE) as session:
        token = invitations.create(session, "http://localhost", "client", now=NOW).token
    wanted = AccountCreate(token=token, name="ana", password=PASSWORD)
    made = accounts.create(house, wanted, HERE, now=NOW)
    return made.created.account.sign_in, made.started.token


def tried(house: House, name: str, password: str, visitor: Visitor = HERE, now: datetime = NOW) -> str | int:
    """ "in", "wrong", or the seconds to wait."""
    try:
        sign_in.enter(house, SignIn(sign_in=name, password=password), visitor, now=now)
    except NotSignedIn:
        return "wrong"
    except SlowDown as slow:
        return slow.retry_after
    return "in"


def recovered(house: House, name: str) -> str | int:
    """The same at the other door, with a code that is nobody's."""
    body = Recovery(sign_in=name, recovery_code="aaaa-bbbb-cccc", new_password="another lamp, another diary")
    try:
        sign_in.recover(house, body, HERE, now=NOW)
    except NotSignedIn:
        return "wrong"
    except SlowDown as slow:
        return slow.retry_after
    return "in"


def addresses() -> Any:
    return (Visitor(f"198.51.{n // 250}.{n % 250 + 1}", "") for n in range(100_000))


@pytest.mark.parametrize("exists", [True, False])
def test_five_tries_then_a_growing_pause_that_even_the_right_password_waits_for(
    house: House, exists: bool
) -> None:
    name = name_in(house)[0] if exists else "nobody-1234"
    assert [tried(house, name, WRONG) for _ in range(7)] == ["wrong"] * 5 + [2, 2]
    assert tried(house, name, PASSWORD) == 2
    later = NOW + timedelta(seconds=2)
    assert [tried(house, name, WRONG, now=later) for _ in range(2)] == ["wrong", 4]
    assert tried(house, name, PASSWORD, now=later + timedelta(seconds=4)) == ("in" if exists else "wrong")


def test_waiting_tries_do_not_make_the_wait_longer(house: House) -> None:
    name, _ = name_in(house)
    for _ in range(500):
        tried(house, name, WRONG)
    assert tried(house, name, PASSWORD, now=NOW + timedelta(seconds=2)) == "in"


def test_signing_in_counts_for_nothing_and_forgives_nothing(house: House) -> None:
    """Somebody who signs in ten times a day waits for nothing; but what was guessed before still counts."""
    name, _ = name_in(house)
    assert [tried(house, name, PASSWORD) for _ in range(10)] == ["in"] * 10
    assert [tried(house, name, WRONG) for _ in range(4)] == ["wrong"] * 4
    assert [tried(house, name, PASSWORD) for _ in range(3)] == ["in"] * 3
    assert [tried(house, name, WRONG) for _ in range(2)] == ["wrong", 2]


def test_who_tried_meanwhile_waits_as_long_as_they_were_told(house: House) -> None:
    """An attempt that succeeds takes back its own pause, never the pause of another."""
    limits = sign_in_limits.for_name(house.vault, "sign-in", "nobody-1234", "192.0.2.1", None)
    with unit_of_work(house.engine, by=HOUSE) as session:
        for _ in range(3):
            sign_in_limits.claim(session, limits, now=NOW)
        mine = sign_in_limits.claim(session, limits, now=NOW)
        theirs = sign_in_limits.claim(session, limits, now=NOW + timedelta(seconds=1))
        sign_in_limits.take_back(session, mine)
        row = session.get(SignInAttempts, limits[1].key_hash)
    assert row is not None
    [after] = [each.after for each in theirs if each.limit == limits[1]]
    assert (row.failures, row.blocked_until) == (4, after.blocked_until)


@pytest.mark.parametrize("exists", [True, False])
def test_a_guesser_with_many_addresses_is_slowed_by_the_name(house: House, exists: bool) -> None:
    name = name_in(house)[0] if exists else "nobody-1234"
    got = [tried(house, name, WRONG, visitor) for visitor, _ in zip(addresses(), range(40), strict=False)]
    assert got == ["wrong"] * 20 + [2] * 20


def test_never_a_lock_out(house: House) -> None:
    """A month of guessing from everywhere, and the owner waits five minutes at the most."""
    name, _ = name_in(house)
    now = NOW
    visitors = addresses()
    for _ in range(60):
        outcome = tried(house, name, WRONG, next(visitors), now)
        now += timedelta(seconds=outcome if isinstance(outcome, int) else 0)
    wait = tried(house, name, PASSWORD, now=now)
    assert isinstance(wait, int)
    assert wait <= 300
    assert tried(house, name, PASSWORD, now=now + timedelta(seconds=wait)) == "in"


def test_one_address_with_many_names_is_slowed(house: House) -> None:
    """One password tried on every name: after sixty it waits, at both doors together; another address does not."""
    name, _ = name_in(house)
    got = [tried(house, f"nobody-{number:04}", WRONG) for number in range(30)]
    got += [recovered(house, f"nobody-{number:04}") for number in range(30, 62)]
    assert got == ["wrong"] * 60 + [2, 2]
    assert tried(house, "somebody-0000", WRONG) == 2
    assert tried(house, name, PASSWORD, Visitor("198.51.100.1", "")) == "in"
    other = open_house(house.settings)
    try:
        assert tried(other, name, PASSWORD) == 2
    finally:
        other.close()
    assert tried(house, name, PASSWORD, now=NOW + timedelta(seconds=2)) == "in"


def test_one_address_waits_a_quarter_of_an_hour_at_the_most(house: House) -> None:
    name, _ = name_in(house)
    now = NOW
    for number in range(90):
        outcome = tried(house, f"nobody-{number:04}", WRONG, now=now)
        now += timedelta(seconds=outcome if isinstance(outcome, int) else 0)
    wait = tried(house, name, PASSWORD, now=now)
    assert isinstance(wait, int)
    assert 600 < wait <= 900
    assert tried(house, name, PASSWORD, now=now + timedelta(seconds=wait)) == "in"


def test_a_clinic_behind_one_address_does_not_wait_for_its_own_successes(house: House) -> None:
    people = [name_in(house)[0] for _ in range(5)]
    assert [tried(house, name, PASSWORD) for name in people * 15] == ["in"] * 75


def test_one_names_guesser_does_not_slow_another_name(house: House) -> None:
    name, _ = name_in(house)
    for _ in range(10):
        tried(house, "nobody-1234", WRONG)
    assert tried(house, name, PASSWORD) == "in"


def test_many_at_once_are_counted_one_by_one(house: House) -> None:
    name, _ = name_in(house)
    barrier = Barrier(24)

    def attempt(_number: int) -> str | int:
        barrier.wait()
        return tried(house, name, WRONG)

    with ThreadPoolExecutor(24) as pool:
        got = list(pool.map(attempt, range(24)))
    assert got.count("wrong") == 5
    assert got.count(2) == 19


def test_workers_share_the_count_and_a_restart_keeps_it(house: House) -> None:
    name, _ = name_in(house)
    other = open_house(house.settings)
    try:
        assert [tried(each, name, WRONG) for each in (house, other, house, other, house)] == ["wrong"] * 5
        assert tried(other, name, PASSWORD) == 2
    finally:
        other.close()
    again = open_house(house.settings)
    try:
        assert tried(again, name, PASSWORD) == 2
    finally:
        again.close()


def test_the_count_is_on_disk_before_the_password_is_looked_at(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process that dies in the middle of a guess has counted it."""
    name, _ = name_in(house)

    def died(*_: object) -> bool:
        raise KeyboardInterrupt

    monkeypatch.setattr(passwords, "fits", died)
    for _ in range(5):
        with pytest.raises(KeyboardInterrupt):
            tried(house, name, WRONG)
    assert tried(house, name, WRONG) == 2


def test_recovery_has_the_same_brake(house: House) -> None:
    name, _ = name_in(house)
    for typed in (name, "nobody-1234"):
        assert [recovered(house, typed) for _ in range(7)] == ["wrong"] * 5 + [2] * 2


def test_a_stolen_session_cannot_guess_the_password_without_end(house: House) -> None:
    _, token = name_in(house)
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        me = login_sessions.find(session, token, now=NOW)
    got = []
    for _ in range(7):
        try:
            accounts.renew_codes(house, me, WRONG, now=NOW)
        except (Invalid, SlowDown) as refused:
            got.append(refused.code)
    assert got == ["wrong-password"] * 5 + ["slow-down"] * 2


def test_names_that_nobody_tries_any_more_leave_no_row(house: House) -> None:
    for number in range(30):
        tried(house, f"nobody-{number:04}", WRONG)
    with unit_of_work(house.engine, by=HOUSE) as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempts)) == 61
        old = NOW - timedelta(days=1)
        session.execute(update(SignInAttempts).values(last_at=old, blocked_until=old))
    tried(house, "somebody-0000", WRONG)
    with unit_of_work(house.engine, by=HOUSE) as session:
        assert session.scalar(select(func.count()).select_from(SignInAttempts)) == 3


def test_neither_name_nor_address_can_be_read_from_a_count(house: House) -> None:
    tried(house, "nobody-1234", WRONG)
    with unit_of_work(house.engine, by=HOUSE) as session:
        keys = list(session.scalars(select(col(SignInAttempts.key_hash))))
    assert len(keys) == 3
    assert all(len(key) == 64 and int(key, 16) for key in keys)


def test_over_http_it_is_a_429_with_retry_after_and_opens_again(cast: Cast) -> None:
    body = {"sign_in": cast.ana.sign_in, "password": WRONG}
    right = {**body, "password": PASSWORD}
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC), tick=False) as clock:
        assert [cast.nobody.post("/api/session", json=body).status_code for _ in range(5)] == [401] * 5
        slowed = cast.nobody.post("/api/session", json=right)
        assert (slowed.status_code, slowed.headers["retry-after"]) == (429, "2")
        assert slowed.json()["code"] == "slow-down"
        clock.shift(2)
        assert cast.nobody.post("/api/session", json=right).status_code == 200


@pytest.mark.parametrize(
    ("trusted", "statuses"),
    [("", [401] * 5 + [429] * 15), ("198.51.100.0/24", [401] * 5 + [429] * 15), ("203.0.113.9", [401] * 20)],
)
def test_a_forwarded_for_counts_only_from_a_trusted_proxy(house: House, trusted: str, statuses: list[int]) -> None:
    settings = house.settings.model_copy(update={"trusted_proxies": trusted})
    app = create_app(House(**{**vars(house), "settings": settings}))
    http = TestClient(app, settings.public_url, headers=SAME_ORIGIN, client=("203.0.113.9", 50_000))
    body = {"sign_in": "nobody-1234", "password": WRONG}
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC), tick=False):
        got = [
            http.post("/api/session", json=body, headers={"X-Forwarded-For": f"192.0.2.{n}"}).status_code
            for n in range(20)
        ]
    assert got == statuses
