"""Somebody close to a client: invited, accepted, shown what the client chooses, for 30 days and never a dose while
a fortnight runs."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
import time_machine
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.core.security import CODE_ALPHABET
from app.models.sharings import Consent, Sharing
from app.services import invitations
from sqlalchemy import func, select
from sqlmodel import col

from tests.cast import PASSWORD, Cast, Player, days_ago
from tests.sharing import EVERYTHING, accepted, invited, met, shared, show_doses, supported, yes

NAMES_OF_NOTHING = ["", " ", "   ", "\t", "\u00a0\u2003", "\u3000", "\u200b\u200d", "\u2800", "\u3164 "]


def page(reader: Player, sharing: dict[str, Any]) -> Any:
    return reader.http.get(f"/api/clients/{sharing['id']}")


def consent_of(cast: Cast, sharing: dict[str, Any]) -> list[dict[str, Any]]:
    [found] = [one for one in cast.ana.http.get("/api/sharings").json() if one["id"] == sharing["id"]]
    consents: list[dict[str, Any]] = found["consents"]
    return consents


def written(player: Player, *, start: int = 3) -> dict[str, Any]:
    fortnight = player.started(start_on=days_ago(start))
    for number in range(3):
        words: dict[str, Any] = {"note": "canary", "note_starred": True}
        player.put(fortnight, days_ago(start - number), mood=4 + number, dose="not_taken", sleep_hours=7, **words)
    return fortnight


# Meeting ---------------------------------------------------------------------------------------------------------


def test_without_the_clients_second_yes_nothing_is_there(cast: Cast) -> None:
    written(cast.ana)
    code = invited(cast.ana, "R.")["code"]
    looked = cast.mia.http.post("/api/sharings/look-up", json={"code": code.upper()})
    assert (looked.json()["name"], looked.json()["role"]) == ("R.", "supporter")
    answer = accepted(cast.mia, code, "Mia")
    assert answer.status_code == 201, answer.text
    assert (answer.json()["called"], answer.json()["shared"]) == ("R.", False)
    assert page(cast.mia, answer.json()).status_code == 404
    assert cast.mia.http.get(f"/api/clients/{answer.json()['id']}/standing").status_code == 404
    [sharing] = cast.ana.http.get("/api/sharings").json()
    assert (sharing["name"], sharing["role"], sharing["called"]) == ("Mia", "supporter", "R.")
    assert sharing["consents"] == []


def test_what_is_chosen_then_is_there_and_nothing_else(cast: Cast) -> None:
    made = supported(cast.ana, cast.mia, written(cast.ana), ["mood", "question", "doses"])
    found = page(cast.mia, made)
    assert found.status_code == 200, found.text
    assert found.headers["cache-control"] == "no-store"
    one = found.json()["newest"]
    assert one["fields"] == ["mood", "question"], "no dose while it runs"
    assert [measure["key"] for measure in one["glance"]] == ["mood"]
    assert not any(
        said in found.text for said in ("canary", "not_taken", "Not taken", "white one", "methylphenidate")
    )
    assert (one["asks"], found.json()["since"], found.json()["next_session_on"]) == ([], [], None)


def test_after_the_end_doses_are_there_if_they_were_chosen(cast: Cast) -> None:
    fortnight = written(cast.ana)
    made = supported(cast.ana, cast.mia, fortnight, ["mood", "doses"])
    assert cast.ana.http.post(f"/api/experiments/{fortnight['id']}/stop").status_code == 200
    one = page(cast.mia, made).json()["newest"]
    assert one["fields"] == ["mood", "doses"]
    assert "not_taken" in page(cast.mia, made).text


def test_a_pause_is_no_end(cast: Cast) -> None:
    fortnight = written(cast.ana)
    made = supported(cast.ana, cast.mia, fortnight, ["mood", "doses"])
    assert cast.ana.http.post(f"/api/experiments/{fortnight['id']}/pause").status_code == 200
    assert page(cast.mia, made).json()["newest"]["fields"] == ["mood"]


def test_the_preview_is_the_page_of_whom_it_is_for(cast: Cast) -> None:
    for start in (3, 20):
        fortnight = written(cast.ana, start=start)
        for fields in (["mood", "doses"], EVERYTHING):
            ask = {"fields": fields, "reader": "supporter"}
            preview = cast.ana.http.post(f"/api/experiments/{fortnight['id']}/shared-view", json=ask)
            made = supported(cast.ana, cast.mia, fortnight, fields)
            seen = cast.mia.http.get(f"/api/clients/{made['id']}/fortnights/{fortnight['id']}")
            assert seen.json()["ended"] is (start == 20)
            assert seen.json() == preview.json()
            for_a_therapist = cast.ana.http.post(
                f"/api/experiments/{fortnight['id']}/shared-view", json={"fields": fields}
            )
            assert for_a_therapist.json() != preview.json()


def test_an_invitation_is_for_one_and_for_who_it_is_for(cast: Cast) -> None:
    """A client's makes a supporter and nobody else; a therapist's is no supporter's."""
    for_supporter, for_client = invited(cast.ana, "R."), invited(cast.theo)
    max_ = cast.player("max", "supporter")
    for secret in (for_client["code"], for_client["token"]):
        assert cast.mia.http.post("/api/sharings/look-up", json={"code": secret}).status_code == 404
        assert accepted(cast.mia, secret).status_code == 404
    fortnight = cast.sam.started()
    for secret in (for_supporter["code"], for_supporter["token"]):
        assert cast.sam.http.post("/api/sharings/look-up", json={"code": secret}).status_code == 404
        assert yes(cast.sam, secret, fortnight, ["mood"]).status_code == 404
        assert cast.theo.http.post("/api/sharings/look-up", json={"code": secret}).status_code == 404
    assert accepted(cast.mia, for_supporter["token"]).status_code == 201
    again, wrong = accepted(max_, for_supporter["code"]), accepted(max_, "aaaa-aaaa")
    assert again.status_code == wrong.status_code == 404
    assert {**again.json(), "request_id": ""} == {**wrong.json(), "request_id": ""}


def test_taken_back_or_too_old_it_opens_nothing(cast: Cast) -> None:
    taken_back = invited(cast.ana, "R.")
    assert cast.theo.http.delete(f"/api/invitations/{taken_back['id']}").status_code == 404
    assert cast.ana.http.delete(f"/api/invitations/{taken_back['id']}").status_code == 204
    assert accepted(cast.mia, taken_back["code"]).status_code == 404
    old = invited(cast.ana, "R.")
    for hours, status in ((73, 404), (71, 201)):
        with time_machine.travel(clock.now() + timedelta(hours=hours), tick=False):
            assert accepted(cast.mia, old["code"]).status_code == status


@pytest.mark.parametrize("by", ["token", "code"])
@pytest.mark.parametrize("role", ["client", "therapist", "supporter"])
def test_whoever_has_no_account_makes_one_that_can_only_read(cast: Cast, by: str, role: str) -> None:
    secret = invited(cast.ana, "R.")[by]
    newcomer = cast.visitor()
    found = newcomer.post("/api/invitations/look-up", json={"token": secret})
    assert found.json() == {"kind": "invitation", "roles": ["supporter"], "inviter": "R."}
    body = {"token": secret, "role": role, "name": "new", "password": PASSWORD}
    made = newcomer.post("/api/accounts", json=body)
    assert made.status_code == (201 if role == "supporter" else 404), made.text
    if role == "supporter":
        assert newcomer.get("/api/session").json()["account"]["role"] == "supporter"
        assert newcomer.post("/api/experiments", json={"question": "?"}).status_code == 404


def test_nobody_is_a_supporter_without_being_invited(cast: Cast) -> None:
    assert cast.ana.id
    body = {"token": None, "role": "supporter", "name": "new", "password": PASSWORD}
    assert cast.visitor().post("/api/accounts", json=body).status_code == 404
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        setup = invitations._create(session, "setup", None, now=clock.now())[1]
    assert cast.visitor().post("/api/accounts", json={**body, "token": setup}).status_code == 404


def test_there_is_an_end_to_inviting(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each lets somebody make an account. What was used, or taken back, leaves room for the next."""
    monkeypatch.setattr(invitations, "MOST_WAITING", 2)
    one, other = invited(cast.ana), invited(cast.ana)
    too_many = cast.ana.http.post("/api/invitations", json={"name": "Lea"})
    assert (too_many.status_code, too_many.json()["code"]) == (409, "too-many-invitations")
    assert invited(cast.theo), "everybody has their own"
    assert accepted(cast.mia, one["code"]).status_code == 201
    assert invited(cast.ana)
    assert cast.ana.http.post("/api/invitations", json={"name": "Lea"}).status_code == 409
    assert cast.ana.http.delete(f"/api/invitations/{other['id']}").status_code == 204
    assert invited(cast.ana)
    assert cast.ana.http.post("/api/invitations", json={"name": "Lea"}).status_code == 409
    with time_machine.travel(clock.now() + timedelta(hours=73), tick=False):
        assert cast.ana.http.post("/api/invitations", json={"name": "Lea"}).status_code == 201


def test_whoever_tries_many_codes_without_an_account_has_to_wait(cast: Cast) -> None:
    """However a code is dressed up; what is no code is not counted."""
    visitor = cast.visitor()
    for _ in range(30):
        assert visitor.post("/api/invitations/look-up", json={"token": "x" * 43}).status_code == 404
    tried = [
        visitor.post("/api/invitations/look-up", json={"token": f"abcd-efg{CODE_ALPHABET[n]}{'!' * 60}"})
        for n in range(24)
    ]
    assert {answer.status_code for answer in tried} == {404, 429}
    body = {"token": "a2b2-c2d2", "role": "supporter", "name": "new", "password": PASSWORD}
    assert visitor.post("/api/accounts", json=body).status_code == 429


# An account that was made by an invitation -----------------------------------------------------------------------


def newcomer(cast: Cast, invitation: dict[str, Any], role: str) -> Any:
    http = cast.visitor()
    body = {"token": invitation["token"], "role": role, "name": "new", "password": PASSWORD}
    assert http.post("/api/accounts", json=body).status_code == 201
    return http


def test_the_server_remembers_who_invited_a_client_until_they_say_yes(cast: Cast) -> None:
    invitation = invited(cast.theo, "Dr. Brandt")
    http = newcomer(cast, invitation, "client")
    waits = http.get("/api/sharings/waiting").json()
    assert (waits["name"], waits["role"]) == ("Dr. Brandt", "therapist")
    assert waits["expires_at"] == invitation["expires_at"]
    begun = http.post("/api/experiments", json={"question": "?", "primary": "mood", "zone": "UTC"}).json()
    assert http.post(f"/api/experiments/{begun['id']}/start").status_code == 200
    said = {"code": None, "experiment_id": begun["id"], "fields": ["mood"], "called": "R.", "text_version": 1}
    assert http.post("/api/sharings", json=said).status_code == 201
    assert http.get("/api/sharings/waiting").json() is None
    again = http.post("/api/sharings", json=said)
    assert again.status_code == 404, "used up"
    assert [one["shared"] for one in cast.theo.http.get("/api/clients").json()] == [True]


def test_it_waits_for_nobody_else_and_not_for_ever(cast: Cast) -> None:
    invitation = invited(cast.theo)
    http = newcomer(cast, invitation, "client")
    assert cast.sam.http.get("/api/sharings/waiting").json() is None
    said = {"experiment_id": cast.sam.started()["id"], "fields": ["mood"], "called": "S.", "text_version": 1}
    assert cast.sam.http.post("/api/sharings", json=said).status_code == 404
    assert accepted(cast.mia, None).status_code == 404
    with time_machine.travel(clock.now() + timedelta(hours=73), tick=False):
        assert http.get("/api/sharings/waiting").json() is None
    assert cast.theo.http.delete(f"/api/invitations/{invitation['id']}").status_code == 204
    assert http.get("/api/sharings/waiting").json() is None


def test_a_supporter_who_has_just_joined_says_yes_by_the_same_invitation(cast: Cast) -> None:
    http = newcomer(cast, invited(cast.ana, "R."), "supporter")
    waits = http.get("/api/sharings/waiting").json()
    assert (waits["name"], waits["role"]) == ("R.", "supporter")
    assert http.post("/api/clients", json={"name": "Mia"}).status_code == 201
    assert http.get("/api/sharings/waiting").json() is None
    assert http.post("/api/clients", json={"name": "Mia"}).status_code == 404


# 30 days ---------------------------------------------------------------------------------------------------------


def test_it_ends_after_30_days_and_reads_like_any_end(cast: Cast) -> None:
    fortnight = written(cast.ana)
    made = supported(cast.ana, cast.mia, fortnight, ["mood"])
    [consent] = made["consents"]
    given = clock.now()
    almost, over = given + timedelta(days=30) - timedelta(minutes=1), given + timedelta(days=30, minutes=1)
    max_ = cast.player("max", "supporter")
    ended = supported(cast.ana, max_, fortnight, ["mood"])
    assert cast.ana.http.delete(f"/api/sharings/{ended['id']}").status_code == 204
    assert consent["ends_at"] is not None
    for moment, status in ((almost, 200), (over, 404)):
        with time_machine.travel(moment, tick=False):
            mia, max_now = _again(cast, cast.mia), _again(cast, max_)
            assert mia.get(f"/api/clients/{made['id']}").status_code == status
            assert mia.get(f"/api/clients/{made['id']}/standing").status_code == status
            if status == 404:
                [line], [other] = mia.get("/api/clients").json(), max_now.get("/api/clients").json()
                assert {**line, "id": ""} == {**other, "id": ""}


def _again(cast: Cast, player: Player) -> Any:
    """Signed in anew: a session does not last as long as a consent."""
    http = cast.visitor()
    entered = http.post("/api/session", json={"sign_in": player.sign_in, "password": PASSWORD})
    assert entered.status_code == 200, entered.text
    return http


def test_renewed_it_goes_on_for_30_days_more_and_the_end_before_stays_told(cast: Cast) -> None:
    fortnight = written(cast.ana)
    made = supported(cast.ana, cast.mia, fortnight, ["mood", "sleep"])
    [first] = made["consents"]
    later = clock.now() + timedelta(days=40)
    with time_machine.travel(later, tick=False):
        mia = _again(cast, cast.mia)
        assert mia.get(f"/api/clients/{made['id']}").status_code == 404
        body = {"fields": first["fields"], "text_version": 1, "base_revision": made["revision"]}
        at = f"/api/sharings/{made['id']}/experiments/{fortnight['id']}"
        renewed = _again(cast, cast.ana).put(at, json=body)
        assert renewed.status_code == 200, renewed.text
        now, before = renewed.json()["consents"]
        assert mia.get(f"/api/clients/{made['id']}").status_code == 200
    assert now["fields"] == before["fields"] == ["mood", "sleep"]
    assert before["withdrawn_at"] == before["ends_at"] == first["ends_at"], "not when it was renewed"
    assert now["ends_at"][:16] == (later + timedelta(days=30)).isoformat()[:16]


def test_a_therapists_consent_has_no_end_of_its_own(cast: Cast) -> None:
    assert shared(cast.ana, cast.theo, cast.ana.started(), ["mood"])["consents"][0]["ends_at"] is None


# The end ---------------------------------------------------------------------------------------------------------


def test_no_doses_for_a_session(cast: Cast) -> None:
    fortnight = written(cast.ana)
    made = supported(cast.ana, cast.mia, fortnight, ["mood"])
    doses = f"/api/sharings/{made['id']}/experiments/{fortnight['id']}/doses"
    assert show_doses(cast.ana, made["id"], fortnight["id"]).status_code == 404
    assert cast.ana.http.delete(doses).status_code == 404


def test_a_new_yes_of_the_supporter_brings_nothing_back(cast: Cast) -> None:
    fortnight = written(cast.ana)
    made = supported(cast.ana, cast.mia, fortnight, ["mood"])
    assert cast.ana.http.post(f"/api/sharings/{made['id']}/pause").status_code == 204
    assert met(cast.ana, cast.mia)["id"] == made["id"]
    assert page(cast.mia, made).status_code == 404, "paused it stays"
    assert cast.ana.http.delete(f"/api/sharings/{made['id']}").status_code == 204
    assert accepted(cast.mia, invited(cast.ana, "Ria")["code"], "M.").status_code == 201
    assert page(cast.mia, made).status_code == 404
    [sharing] = cast.ana.http.get("/api/sharings").json()
    assert (sharing["name"], sharing["called"]) == ("M.", "Ria")
    assert [one["called"] for one in cast.mia.http.get("/api/clients").json()] == ["Ria"]


def test_the_client_sees_who_read_and_has_it_in_the_export(cast: Cast) -> None:
    fortnight, other = written(cast.ana), written(cast.ana, start=20)
    made = supported(cast.ana, cast.mia, fortnight, ["mood"])
    assert page(cast.mia, made).status_code == 200
    [reading] = consent_of(cast, made)[0]["readings"]
    assert reading["read_at"]
    whole = cast.ana.http.get(f"/api/experiments/{fortnight['id']}/export").json()
    [told] = whole["shared_with"]
    assert (told["name"], told["role"], told["consents"][0]["fields"]) == ("Mia", "supporter", ["mood"])
    assert told["consents"][0]["readings"] == [reading]
    assert cast.ana.http.get(f"/api/experiments/{other['id']}/export").json()["shared_with"] == []


@pytest.mark.parametrize("who", ["ana", "mia"])
def test_with_either_account_the_sharing_goes(cast: Cast, who: str) -> None:
    made = supported(cast.ana, cast.mia, written(cast.ana), ["mood"])
    invitation = invited(cast.ana, "R.")
    answer = getattr(cast, who).http.request("DELETE", "/api/account", json={"password": PASSWORD})
    assert answer.status_code == 204
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        for table in (Sharing, Consent):
            assert session.scalar(select(func.count()).select_from(table)) == 0
    if who == "ana":
        assert cast.mia.http.get("/api/clients").json() == []
        assert page(cast.mia, made).status_code == 404
        assert accepted(cast.mia, invitation["code"]).status_code == 404
    else:
        assert cast.ana.http.get("/api/sharings").json() == []


# Names -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES_OF_NOTHING, ids=ascii)
def test_a_name_of_which_nothing_can_be_seen_is_none(cast: Cast, name: str) -> None:
    fortnight = cast.ana.started()
    client_code, supporter_code = invited(cast.theo)["code"], invited(cast.ana)["code"]
    said = {"experiment_id": fortnight["id"], "fields": ["mood"], "text_version": 1, "code": client_code}
    refused = [
        (cast.theo.http.post("/api/invitations", json={"name": name}), "name"),
        (cast.ana.http.post("/api/invitations", json={"name": name}), "name"),
        (cast.ana.http.post("/api/sharings", json={**said, "called": name}), "called"),
        (cast.mia.http.post("/api/clients", json={"code": supporter_code, "name": name}), "name"),
    ]
    for answer, field in refused:
        assert (answer.status_code, answer.json()["code"]) == (422, "invalid-input"), answer.text
        assert [one["field"] for one in answer.json()["errors"]] == [field]
    assert yes(cast.ana, client_code, fortnight, ["mood"]).status_code == 201, "it was not used up"


def test_a_name_is_kept_without_what_stands_around_it(cast: Cast) -> None:
    answer = accepted(cast.mia, invited(cast.ana, "  R. \u2003")["code"], "\t🌻 ")
    assert answer.json()["called"] == "R."
    assert [one["name"] for one in cast.ana.http.get("/api/sharings").json()] == ["🌻"]
    assert UUID(answer.json()["id"])
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        assert session.scalar(select(func.count(col(Sharing.id)))) == 1
