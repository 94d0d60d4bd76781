"""No door tells whether a name exists: body, status and headers alike, and the same work.

Work is counted, not timed: which statements ran, in which order, and how many password hashes were computed.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from app.core import clock, security
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.errors import NotSignedIn, SlowDown
from app.models.login_sessions import SignIn, SignInAttempts
from app.services import accounts, invitations
from app.services import sign_in as services_sign_in
from app.services.house import House
from argon2 import PasswordHasher
from httpx2 import Response
from sqlalchemy import event, select

from tests.cast import PASSWORD, Cast

NOW = datetime(2026, 11, 23, 22, 10, tzinfo=UTC)
WRONG = "not the password"
NEW = "another lamp, another diary"


class Work:
    """What one request made the server do."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.hashes: list[str] = []


class CountingHasher(PasswordHasher):
    """The real hasher with the real parameters, which writes down each of its calls."""

    work: Work

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.work.hashes.append("hash")
        return super().hash(password, salt=salt)

    def verify(self, hash: str | bytes, password: str | bytes) -> Any:  # noqa: A002 - theirs
        self.work.hashes.append("verify")
        return super().verify(hash, password)


@contextmanager
def counted(house: House, monkeypatch: pytest.MonkeyPatch) -> Iterator[Work]:
    work = Work()
    real = security._hasher
    counting = CountingHasher(real.time_cost, real.memory_cost, real.parallelism)
    counting.work = work
    monkeypatch.setattr(security, "_hasher", counting)

    def note(_conn: Any, _cursor: Any, statement: str, *_: Any) -> None:
        work.statements.append(statement)

    event.listen(house.engine, "before_cursor_execute", note)
    try:
        yield work
    finally:
        event.remove(house.engine, "before_cursor_execute", note)
        monkeypatch.setattr(security, "_hasher", real)


def seen(answer: Response) -> tuple[int, Any, list[tuple[str, str]]]:
    """All that an outsider gets, but for the id of the request."""
    body = answer.json()
    body.pop("request_id")
    return answer.status_code, body, sorted(answer.headers.items())


def compare(cast: Cast, monkeypatch: pytest.MonkeyPatch, *flows: Callable[[], Response]) -> Any:
    """Every flow gives the same answer for the same work. Returns that answer."""
    assert cast.ana and cast.theo and cast.sam, "made now, not while counting"
    got = []
    for flow in flows:
        with counted(cast.house, monkeypatch) as work:
            answer = flow()
        got.append((seen(answer), work.hashes, work.statements))
    assert all(each == got[0] for each in got), got
    assert got[0][2], "nothing was counted"
    return got[0]


def sign_in(cast: Cast, name: str, password: str = WRONG) -> Response:
    return cast.visitor().post("/api/session", json={"sign_in": name, "password": password})


def recover(cast: Cast, name: str, code: str, password: str = NEW) -> Response:
    body = {"sign_in": name, "recovery_code": code, "new_password": password}
    return cast.visitor().post("/api/session/recovery", json=body)


def guess(house: House, name: str, password: str, address: str) -> None:
    with suppress(NotSignedIn, SlowDown):
        services_sign_in.enter(
            house, SignIn(sign_in=name, password=password), accounts.Visitor(address, ""), now=NOW
        )


def counts(house: House) -> dict[str, tuple[int, datetime]]:
    """Every count as it stands: how often, and until when nothing is looked at."""
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        return {row.key_hash: (row.failures, row.blocked_until) for row in session.scalars(select(SignInAttempts))}


def test_sign_in(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    answer, hashes, _ = compare(
        cast,
        monkeypatch,
        lambda: sign_in(cast, cast.ana.sign_in),
        lambda: sign_in(cast, "nobody-1234"),
        lambda: sign_in(cast, "another-0000"),
        lambda: sign_in(cast, ""),
        lambda: sign_in(cast, cast.theo.sign_in, ""),
        lambda: sign_in(cast, "nobody-1234", "x" * 1024),
    )
    assert answer[0] == 401
    assert answer[1]["code"] == "wrong-sign-in"
    assert hashes == ["verify"]


def test_the_very_first_unknown_name_costs_one_hash_too(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    security._nobody.cache_clear()
    with counted(cast.house, monkeypatch) as work:
        sign_in(cast, "nobody-1234")
    assert work.hashes == ["verify"]


def test_recovery(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    used, unused = cast.ana.recovery_codes[:2]
    assert recover(cast, cast.ana.sign_in, used).status_code == 200
    answer, hashes, _ = compare(
        cast,
        monkeypatch,
        lambda: recover(cast, "nobody-1234", "aaaa-bbbb-cccc"),
        lambda: recover(cast, cast.ana.sign_in, "aaaa-bbbb-cccc"),
        lambda: recover(cast, cast.ana.sign_in, used),
        lambda: recover(cast, cast.sam.sign_in, unused),
        lambda: recover(cast, "nobody-1234", ""),
    )
    assert answer[0] == 401
    assert answer[1]["code"] == "wrong-recovery"
    assert hashes == ["hash"]


@pytest.mark.parametrize("password", ["password1", "contains nobody or ana"])
def test_recovery_with_a_password_that_cannot_be(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    """The rules are asked before anything is looked up, and by the name as typed."""
    good = cast.ana.recovery_codes[0]
    answer, hashes, _ = compare(
        cast,
        monkeypatch,
        lambda: recover(cast, cast.ana.sign_in, good, password),
        lambda: recover(cast, cast.ana.sign_in, "aaaa-bbbb-cccc", password),
        lambda: recover(cast, "nobody-1234", "aaaa-bbbb-cccc", password),
    )
    assert answer[0] == 422
    assert hashes == []


@pytest.mark.parametrize("door", [sign_in, lambda cast, name: recover(cast, name, "aaaa-bbbb-cccc")])
def test_being_slowed(cast: Cast, monkeypatch: pytest.MonkeyPatch, door: Callable[..., Response]) -> None:
    names = [cast.ana.sign_in, "nobody-1234"]
    with time_machine.travel(NOW, tick=False):
        for name in names:
            assert [door(cast, name).status_code for _ in range(5)] == [401] * 5
        answer, hashes, _ = compare(cast, monkeypatch, *[lambda name=name: door(cast, name) for name in names])
    assert answer[0] == 429
    assert ("retry-after", "2") in answer[2]
    assert hashes == []


@pytest.mark.parametrize("comes", ["by password", "by recovery code", "by a known device"])
def test_the_brake_does_not_tell_that_the_owner_came(cast: Cast, comes: str) -> None:
    """Somebody counts along, from the owner's own address, and sees what they would of a name that nobody has."""
    came: list[int] = []
    phone = cast.visitor()
    mine = {"sign_in": cast.ana.sign_in, "password": PASSWORD}
    if comes == "by a known device":
        with time_machine.travel(NOW - timedelta(days=1), tick=False):
            assert phone.post("/api/session", json=mine).status_code == 200

    def owner(name: str) -> int:
        if comes == "by recovery code":
            return recover(cast, name, cast.ana.recovery_codes[0]).status_code
        return phone.post("/api/session", json={**mine, "sign_in": name}).status_code

    def watched(name: str, come: Callable[[], object]) -> list[Any]:
        got = [seen(sign_in(cast, name)) for _ in range(4)]
        come()
        for _ in range(12):
            answer = sign_in(cast, name)
            got.append(seen(answer))
            traveller.shift(int(answer.headers.get("retry-after", "0")))
        return got

    with time_machine.travel(NOW, tick=False) as traveller:
        with_owner = watched(cast.ana.sign_in, lambda: came.append(owner(cast.ana.sign_in)))
    with time_machine.travel(NOW + timedelta(days=2), tick=False) as traveller:
        without = watched("nobody-1234", lambda: None)
    assert came == [200]
    assert with_owner == without
    assert {each[0] for each in with_owner} == {401, 429}


def test_the_brake_from_anywhere_does_not_tell_that_the_owner_came(house: House) -> None:
    """With an address for each guess: an owner who gets in counts like a stranger who does not."""
    with Cast(house) as cast:
        rows = {}
        worlds = ((cast.ana.sign_in, PASSWORD, "192.0.2"), ("nobody-1234", WRONG, "198.51.100"))
        for name, password, network in worlds:
            before = counts(house)
            for number in range(18):
                guess(house, name, WRONG, f"{network}.{number}")
            guess(house, name, password, f"{network}.100")
            for number in range(18, 30):
                guess(house, name, WRONG, f"{network}.{number}")
            after = counts(house)
            rows[name] = sorted(after[key] for key in after.keys() - before.keys())
    # All but the two counts of the owner's own address, which stand at nought.
    assert [failures for failures, _ in rows[cast.ana.sign_in][:2]] == [0, 0]
    assert rows[cast.ana.sign_in][2:] == rows["nobody-1234"][2:]


def test_a_mark_of_one_name_says_nothing_of_another(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    phone = cast.visitor()
    phone.post("/api/session", json={"sign_in": cast.ana.sign_in, "password": PASSWORD})
    names = [cast.sam.sign_in, "nobody-1234"]
    answer, hashes, _ = compare(
        cast,
        monkeypatch,
        *[lambda n=n: phone.post("/api/session", json={"sign_in": n, "password": WRONG}) for n in names],
    )
    assert answer[0] == 401
    assert hashes == ["verify"]
    assert "set-cookie" not in dict(answer[2])


def test_sign_up_with_a_name_that_somebody_has(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Four digits of the server's make every name free: nothing to be told, nothing to be seen."""
    stem = cast.ana.sign_in.rpartition("-")[0]
    kinds = []
    for name in (stem, "somebody else"):
        with unit_of_work(cast.house.engine, by=HOUSE) as session:
            token = invitations.create(session, "http://localhost", "client", now=clock.now()).token
        with counted(cast.house, monkeypatch) as work:
            body = {"token": token, "role": "client", "name": name, "password": PASSWORD}
            answer = cast.visitor().post("/api/accounts", json=body)
        kinds.append((answer.status_code, set(answer.json()), work.hashes, work.statements))
    assert kinds[0] == kinds[1]
    assert kinds[0][0] == 201
    assert kinds[0][2] == ["hash"]


def test_a_link_that_is_wrong_used_or_expired(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        long_ago = clock.now() - timedelta(hours=73)
        expired = invitations.create(session, "http://localhost", "client", now=long_ago).token
        used = invitations.create(session, "http://localhost", "client", now=clock.now()).token
    joining = {"role": "client", "name": "ana", "password": PASSWORD}
    assert cast.visitor().post("/api/accounts", json={**joining, "token": used}).status_code == 201
    tokens = ["x", security.new_token(), expired, used]
    looked, _, _ = compare(
        cast,
        monkeypatch,
        *[lambda t=t: cast.visitor().post("/api/invitations/look-up", json={"token": t}) for t in tokens],
    )
    joined, hashes, _ = compare(
        cast,
        monkeypatch,
        *[lambda t=t: cast.visitor().post("/api/accounts", json={**joining, "token": t}) for t in tokens],
    )
    missing = cast.visitor().get("/api/nothing-here")
    without = cast.visitor().post("/api/accounts", json=joining)
    assert looked[:2] == joined[:2] == seen(missing)[:2] == seen(without)[:2]
    assert looked[0] == 404
    assert hashes == []
