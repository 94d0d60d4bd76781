"""Accounts as services: made once per invitation, sealed, changed, deleted whole. On both databases."""

import secrets
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.access import Person
from app.domain.errors import Invalid, NotFound, NotSignedIn, SlowDown
from app.models.accounts import Account, AccountCreate, PasswordChange, RecoveryCode
from app.models.base import metadata
from app.models.invitations import Invitation
from app.models.login_sessions import LoginSession, Recovery, SignIn
from app.services import accounts, invitations, login_sessions, passwords, recovery_codes, sign_in
from app.services.accounts import SignedUp, Visitor
from app.services.house import House
from sqlalchemy import func, select, text
from sqlmodel import col

NOW = datetime(2026, 3, 1, 22, 10, tzinfo=UTC)
PASSWORD = "a lamp and a paper diary"
HERE = Visitor("203.0.113.9", "Mozilla/5.0 (Android 15) Firefox/153.0")
Role = Any


def invite(house: House, role: Role = "client", now: datetime = NOW) -> str:
    with unit_of_work(house.engine, by=HOUSE) as session:
        return invitations.create(session, "http://localhost", role, now=now).token


def set_up(house: House, now: datetime = NOW) -> str | None:
    with unit_of_work(house.engine, by=HOUSE) as session:
        return invitations.ensure_setup_link(session, now=now)


def wanted(token: str | None, name: str = "ana", role: Role = "client", password: str = PASSWORD) -> AccountCreate:
    return AccountCreate(token=token, role=role, name=name, password=password)


def joined(house: House, name: str = "ana", role: Role = "client", now: datetime = NOW) -> SignedUp:
    return accounts.create(house, wanted(invite(house, role, now), name, role), HERE, now=now)


def count(house: House, table: Any) -> int:
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def person_of(house: House, token: str, now: datetime = NOW) -> Person:
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        return login_sessions.find(session, token, now=now)


def all_at_once(workers: int, task: Any) -> list[Any]:
    """What each of several threads got, started at the same moment; an exception is a result."""
    barrier = Barrier(workers)

    def run(number: int) -> Any:
        barrier.wait()
        try:
            return task(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(workers) as pool:
        return list(pool.map(run, range(workers)))


def test_the_name_is_completed_by_four_digits_and_found_again(house: House) -> None:
    made = joined(house, "Ana Maria")
    stem, _, digits = made.created.account.sign_in.rpartition("-")
    assert stem == "Ana Maria"
    assert len(digits) == 4
    assert digits.isdecimal()
    found, _ = sign_in.enter(house, SignIn(sign_in=f" ANA  maria–{digits}", password=PASSWORD), HERE, now=NOW)
    assert found == made.created.account


def test_a_taken_name_is_tried_again_without_a_word(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([42, 42, 42, 7])
    monkeypatch.setattr(secrets, "randbelow", lambda _limit: next(drawn))
    assert [joined(house).created.account.sign_in for _ in range(2)] == ["ana-0042", "ana-0007"]


def test_a_name_that_everybody_has_gets_more_digits(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secrets, "randbelow", lambda limit: limit - 1)
    made = [joined(house).created.account.sign_in for _ in range(3)]
    assert made == ["ana-9999", "ana-999999", "ana-99999999"]


def test_nothing_readable_is_stored(house: House, tmp_path: Path) -> None:
    made = joined(house, "canaryname")
    secret = [PASSWORD, made.started.token, "canaryname", *made.created.recovery_codes, "Firefox"]
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        rows = [
            repr(tuple(bytes(v) if isinstance(v, memoryview) else v for v in row))
            for table in metadata.sorted_tables
            for row in session.execute(select(table))
        ]
    dump = "\n".join(rows)
    assert len(rows) > 10
    files = b"".join(path.read_bytes() for path in (tmp_path / "data").glob("fortnight.sqlite3*"))
    for word in secret:
        assert word not in dump
        assert word.replace("-", "") not in dump
        assert word.encode() not in files


def test_two_with_the_same_link_at_the_same_moment_get_one_account(house: House) -> None:
    token = invite(house)
    got = all_at_once(4, lambda n: accounts.create(house, wanted(token, f"ana{n}"), HERE, now=NOW))
    assert sum(isinstance(each, SignedUp) for each in got) == 1
    assert [type(each) for each in got if not isinstance(each, SignedUp)] == [NotFound] * 3
    assert count(house, Account) == 1


def test_two_with_the_set_up_link_at_the_same_moment_get_one_account(house: House) -> None:
    token = set_up(house)
    got = all_at_once(4, lambda n: accounts.create(house, wanted(token, f"ana{n}", "therapist"), HERE, now=NOW))
    assert sum(isinstance(each, SignedUp) for each in got) == 1
    assert count(house, Account) == 1


@pytest.mark.parametrize("role", ["client", "therapist"])
def test_the_set_up_link_makes_the_first_account_of_either_role(house: House, role: str) -> None:
    token = set_up(house)
    made = accounts.create(house, wanted(token, role=role), HERE, now=NOW)
    assert made.created.account.role == role
    assert set_up(house) is None
    with pytest.raises(NotFound):
        accounts.create(house, wanted(token, "sam"), HERE, now=NOW)


def test_a_new_set_up_link_replaces_the_earlier_one(house: House) -> None:
    earlier, later = set_up(house), set_up(house)
    assert earlier != later
    with pytest.raises(NotFound):
        accounts.create(house, wanted(earlier), HERE, now=NOW)
    accounts.create(house, wanted(later), HERE, now=NOW)


def test_the_set_up_link_ends_with_the_first_account_however_it_was_made(house: House) -> None:
    token = set_up(house)
    joined(house)
    with pytest.raises(NotFound):
        accounts.create(house, wanted(token, "sam"), HERE, now=NOW)
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        assert "setup" not in list(session.scalars(select(col(Invitation.kind))))


def test_a_set_up_link_that_was_left_over_is_no_door(house: House) -> None:
    """Made while the first account was being made: the row is there, the account too."""
    joined(house)
    with unit_of_work(house.engine, by=HOUSE) as session:
        token = invitations._create(session, "setup", None, now=NOW)[1]
    with unit_of_work(house.engine, by=HOUSE) as session, pytest.raises(NotFound):
        invitations.find(session, house.vault, token, now=NOW)
    with pytest.raises(NotFound), unit_of_work(house.engine, by=HOUSE) as session:
        invitations.use(session, house.vault, token, "therapist", uuid4(), now=NOW)


@pytest.mark.parametrize(("kind", "hours"), [("setup", 24), ("client", 72), ("therapist", 72)])
def test_a_link_is_good_until_it_expires(house: House, kind: str, hours: int) -> None:
    token = set_up(house) if kind == "setup" else invite(house, kind)
    role = "client" if kind == "setup" else kind
    end = NOW + timedelta(hours=hours)
    with pytest.raises(NotFound):
        accounts.create(house, wanted(token, role=role), HERE, now=end)
    accounts.create(house, wanted(token, role=role), HERE, now=end - timedelta(seconds=1))


@pytest.mark.parametrize(("invited", "asked"), [("client", "therapist"), ("therapist", "client")])
def test_an_invitation_is_for_its_role_only(house: House, invited: str, asked: str) -> None:
    token = invite(house, invited)
    with pytest.raises(NotFound):
        accounts.create(house, wanted(token, role=asked), HERE, now=NOW)
    with pytest.raises(NotFound), unit_of_work(house.engine, by=HOUSE) as session:
        invitations.use(
            session, house.vault, token, "client" if asked == "client" else "therapist", uuid4(), now=NOW
        )
    assert count(house, Account) == 0
    accounts.create(house, wanted(token, role=invited), HERE, now=NOW)


def test_a_refused_password_does_not_use_the_link_up(house: House) -> None:
    token = invite(house)
    with pytest.raises(Invalid) as refused:
        accounts.create(house, wanted(token, password="password1"), HERE, now=NOW)
    assert refused.value.code == "password-too-common"
    with pytest.raises(Invalid) as refused:
        accounts.create(house, wanted(token, name="@"), HERE, now=NOW)
    assert refused.value.code == "name-empty"
    accounts.create(house, wanted(token), HERE, now=NOW)


def test_without_a_link_nobody_joins_a_closed_house(house: House) -> None:
    for role in ("client", "therapist"):
        with pytest.raises(NotFound):
            accounts.create(house, wanted(None, role=role), HERE, now=NOW)
    assert count(house, Account) == 0


def test_an_open_house_with_nobody_in_it_is_the_operators(house: House) -> None:
    """Else a stranger who is quick makes the first account, and the set-up link of the operator works no more."""
    opened = House(**{**vars(house), "settings": house.settings.model_copy(update={"signup": "open"})})
    token = set_up(opened)
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        assert accounts.sign_up(session, opened).model_dump() == {"open": False, "first": True}
    with pytest.raises(NotFound):
        accounts.create(opened, wanted(None, "stranger"), HERE, now=NOW)
    accounts.create(opened, wanted(token, "theo", "therapist"), HERE, now=NOW)
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        assert accounts.sign_up(session, opened).model_dump() == {"open": True, "first": False}
    accounts.create(opened, wanted(None, "stranger"), HERE, now=NOW)


def test_an_open_house_takes_clients_only_and_not_without_end(house: House) -> None:
    opened = House(**{**vars(house), "settings": house.settings.model_copy(update={"signup": "open"})})
    accounts.create(opened, wanted(set_up(opened), "theo", "therapist"), HERE, now=NOW)
    with pytest.raises(NotFound):
        accounts.create(opened, wanted(None, role="therapist"), HERE, now=NOW)
    for number in range(20):
        accounts.create(opened, wanted(None, f"ana{number}"), HERE, now=NOW)
    with pytest.raises(SlowDown):
        accounts.create(opened, wanted(None), HERE, now=NOW)
    elsewhere = Visitor("198.51.100.1", "")
    accounts.create(opened, wanted(None), elsewhere, now=NOW)
    accounts.create(opened, wanted(None), HERE, now=NOW + timedelta(seconds=10))


def test_a_recovery_code_works_once_and_ends_every_other_session(house: House) -> None:
    made = joined(house)
    name = made.created.account.sign_in
    code = made.created.recovery_codes[3].replace("-", " ").upper()
    body = Recovery(sign_in=name.upper(), recovery_code=code, new_password="another lamp, another diary")
    recovered, started = sign_in.recover(house, body, HERE, now=NOW)
    assert recovered.account == made.created.account
    assert recovered.codes_left == 9
    assert person_of(house, started.token).id == recovered.account.id
    with pytest.raises(NotSignedIn):
        person_of(house, made.started.token)
    with pytest.raises(NotSignedIn):
        sign_in.recover(house, body, HERE, now=NOW)
    with pytest.raises(NotSignedIn):
        sign_in.enter(house, SignIn(sign_in=name, password=PASSWORD), HERE, now=NOW)
    sign_in.enter(house, SignIn(sign_in=name, password="another lamp, another diary"), HERE, now=NOW)


def test_one_code_used_twice_at_the_same_moment_is_used_once(house: House) -> None:
    made = joined(house)
    body = Recovery(
        sign_in=made.created.account.sign_in,
        recovery_code=made.created.recovery_codes[0],
        new_password="another lamp, another diary",
    )
    got = all_at_once(4, lambda _n: sign_in.recover(house, body, HERE, now=NOW))
    assert sum(isinstance(each, tuple) for each in got) == 1
    assert count(house, LoginSession) == 1


def test_a_code_opens_only_its_own_account(house: House) -> None:
    ana, sam = joined(house), joined(house, "sam")
    body = Recovery(
        sign_in=sam.created.account.sign_in,
        recovery_code=ana.created.recovery_codes[0],
        new_password="another lamp, another diary",
    )
    with pytest.raises(NotSignedIn):
        sign_in.recover(house, body, HERE, now=NOW)


def test_new_codes_replace_the_old_and_ask_for_the_password(house: House) -> None:
    made = joined(house)
    me = person_of(house, made.started.token)
    with pytest.raises(Invalid):
        accounts.renew_codes(house, me, "not the password", now=NOW)
    fresh = accounts.renew_codes(house, me, PASSWORD, now=NOW).recovery_codes
    assert len({*fresh, *made.created.recovery_codes}) == 20
    assert count(house, RecoveryCode) == 10
    with unit_of_work(house.engine, by=HOUSE) as session:
        assert not recovery_codes.spend(session, house.vault, me.id, made.created.recovery_codes[0], now=NOW)
        assert recovery_codes.spend(session, house.vault, me.id, fresh[0], now=NOW)


def test_a_new_password_ends_every_session_and_starts_one(house: House) -> None:
    made = joined(house)
    name = made.created.account.sign_in
    _, elsewhere = sign_in.enter(house, SignIn(sign_in=name, password=PASSWORD), HERE, now=NOW)
    me = person_of(house, made.started.token)
    change = PasswordChange(current_password=PASSWORD, new_password="another lamp, another diary")
    _, started = accounts.change_password(house, me, change, HERE, now=NOW)
    for ended in (made.started.token, elsewhere.token):
        with pytest.raises(NotSignedIn):
            person_of(house, ended)
    assert person_of(house, started.token).id == me.id
    with pytest.raises(NotSignedIn):
        sign_in.enter(house, SignIn(sign_in=name, password=PASSWORD), HERE, now=NOW)


@pytest.mark.parametrize(
    ("current", "new", "field", "code"),
    [
        ("not the password", "another lamp, another diary", "current_password", "wrong-password"),
        (PASSWORD, "password1", "new_password", "password-too-common"),
        (PASSWORD, "ana is my name", "new_password", "password-contains-name"),
    ],
)
def test_a_password_that_cannot_be_set(house: House, current: str, new: str, field: str, code: str) -> None:
    made = joined(house)
    me = person_of(house, made.started.token)
    change = PasswordChange(current_password=current, new_password=new)
    with pytest.raises(Invalid) as refused:
        accounts.change_password(house, me, change, HERE, now=NOW)
    assert refused.value.errors == ({"field": field, "code": code},)
    assert person_of(house, made.started.token) == me


def test_deleting_removes_every_row_of_the_account_and_nobody_elses(house: House) -> None:
    ana, theo = joined(house), joined(house, "theo", "therapist")
    before = {table.name: count(house, table) for table in metadata.sorted_tables}
    sam = joined(house, "sam", "therapist")
    me = person_of(house, sam.started.token)
    with unit_of_work(house.engine, by=HOUSE) as session:
        invitations.create(session, "http://localhost", "client", invited_by=me.id, now=NOW)
    with pytest.raises(Invalid):
        accounts.delete_account(house, me, "not the password", now=NOW)
    accounts.delete_account(house, me, PASSWORD, now=NOW)
    after = {table.name: count(house, table) for table in metadata.sorted_tables}
    before["invitation"] += 1  # the one Sam came by, made by the operator
    assert after == before
    with pytest.raises(NotSignedIn):
        person_of(house, sam.started.token)
    assert {person_of(house, each.started.token).role for each in (ana, theo)} == {"client", "therapist"}


@pytest.mark.usefixtures("real_hashing")
def test_a_password_with_older_parameters_is_hashed_anew_at_sign_in(house: House) -> None:
    from argon2 import PasswordHasher

    made = joined(house)
    older = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(text("UPDATE account SET password_hash = :older"), {"older": older})
    body = SignIn(sign_in=made.created.account.sign_in, password=PASSWORD)
    sign_in.enter(house, body, HERE, now=NOW)
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        stored = session.execute(text("SELECT password_hash FROM account")).scalar_one()
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    sign_in.enter(house, body, HERE, now=NOW)


def test_a_password_is_the_same_from_two_keyboards(house: House) -> None:
    token = invite(house)
    made = accounts.create(house, wanted(token, password="Zoe\u0308s paper lamp"), HERE, now=NOW)
    body = SignIn(sign_in=made.created.account.sign_in, password="Zo\u00ebs paper lamp")
    sign_in.enter(house, body, HERE, now=NOW)


def test_a_password_that_changes_during_a_sign_in_opens_nothing(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old password was right when it was looked at, and is not when the session would begin."""
    made = joined(house)
    fits = passwords.fits

    def slow(password: str, stored: str | None) -> bool:
        good = fits(password, stored)
        with unit_of_work(house.engine, by=HOUSE) as session:
            session.execute(text("UPDATE account SET password_hash = 'another'"))
        return good

    monkeypatch.setattr(passwords, "fits", slow)
    with pytest.raises(NotSignedIn):
        sign_in.enter(house, SignIn(sign_in=made.created.account.sign_in, password=PASSWORD), HERE, now=NOW)
    assert count(house, LoginSession) == 1


def test_only_the_inviter_sees_and_withdraws_an_invitation(house: House) -> None:
    theo, other = joined(house, "theo", "therapist"), joined(house, "tess", "therapist")
    one, two = person_of(house, theo.started.token), person_of(house, other.started.token)
    with unit_of_work(house.engine, by=HOUSE) as session:
        made = invitations.create(session, "http://localhost", "client", invited_by=one.id, now=NOW)
    with unit_of_work(house.engine, by=HOUSE) as session:
        assert [each.id for each in invitations.list_of(session, one)] == [made.id]
        assert invitations.list_of(session, two) == []
    with pytest.raises(NotFound), unit_of_work(house.engine, by=HOUSE) as session:
        invitations.withdraw(session, two, made.id)
    with unit_of_work(house.engine, by=HOUSE) as session:
        invitations.withdraw(session, one, made.id)
    with pytest.raises(NotFound):
        accounts.create(house, wanted(made.token), HERE, now=NOW)
    assert made.link == f"http://localhost/join#{made.token}"
    assert count(house, Invitation) == 2
