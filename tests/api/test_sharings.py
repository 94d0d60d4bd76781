"""Two people: Ana shares something with Theo, field by field, and can take it back at any moment."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.access import Person
from app.domain.errors import NotFound
from app.models.check_ins import CheckIn
from app.models.experiments import Experiment
from app.models.reviews import Review
from app.models.sharings import Consent, Sharing
from app.services import reviews, shared_pages, shared_rows, sharings
from sqlalchemy import select

from tests.cast import PASSWORD, Cast, Player, days_ago
from tests.sharing import EVERYTHING, choose, invited, resume, shared, yes


def page(theo: Player, sharing: dict[str, Any]) -> Any:
    return theo.http.get(f"/api/clients/{sharing['id']}")


def said(answer: Any) -> tuple[int, dict[str, Any]]:
    """Status and body, but for what is another one for each request."""
    return answer.status_code, {**answer.json(), "request_id": None}


def test_a_code_leads_to_the_therapists_name_and_to_nothing_else(cast: Cast) -> None:
    code = invited(cast.theo, "Dr. Brandt")["code"]
    for typed in (code, code.upper(), f" {code.replace('-', ' ')} "):
        found = cast.ana.http.post("/api/sharings/look-up", json={"code": typed})
        assert found.status_code == 200, found.text
        assert found.json()["name"] == "Dr. Brandt"
        assert set(found.json()) == {"name", "role", "expires_at"}
    assert cast.theo.http.get("/api/clients").json() == []


def test_what_is_chosen_is_there_and_nothing_else(cast: Cast) -> None:
    fortnight = cast.ana.started(start_on=days_ago(3), question="Am I foggier?")
    words: dict[str, Any] = {"note": "canary", "note_starred": True}
    cast.ana.put(fortnight, days_ago(1), mood=4, sleep_hours=6.5, dose="not_taken", **words)
    made = shared(cast.ana, cast.theo, fortnight, ["mood", "question"])
    found = page(cast.theo, made)
    assert found.status_code == 200, found.text
    assert found.headers["cache-control"] == "no-store"
    body = found.json()
    assert body["called"] == "R."
    one = body["newest"]
    assert body["earlier"] == []
    assert one["fields"] == ["mood", "question"]
    assert one["question"] == "Am I foggier?"
    assert [measure["key"] for measure in one["glance"]] == ["mood"]
    assert one["medicine_label"] is None
    assert not any(said in found.text for said in ("canary", "not_taken", "6.5", "white one"))


def test_the_preview_is_the_page(cast: Cast) -> None:
    fortnight = cast.ana.started(start_on=days_ago(3))
    for number in range(3):
        cast.ana.put(fortnight, days_ago(number), mood=4 + number, dose="taken", sleep_hours=7)
    for fields in (["mood"], ["mood", "doses"], ["starred_notes"], EVERYTHING):
        answer = cast.ana.http.post(f"/api/experiments/{fortnight['id']}/shared-view", json={"fields": fields})
        assert answer.status_code == 200, answer.text
        made = shared(cast.ana, cast.theo, fortnight, fields)
        assert page(cast.theo, made).json()["newest"] == answer.json()


def test_an_earlier_one_is_read_when_it_is_opened_and_the_client_is_told_then(cast: Cast) -> None:
    before, newest = (
        cast.ana.started(start_on=days_ago(30), question="canary"),
        cast.ana.started(start_on=days_ago(3)),
    )
    assert cast.ana.put(before, days_ago(29), mood=4).status_code == 200
    made = shared(cast.ana, cast.theo, before, ["mood", "question"])
    assert choose(cast.ana, made["id"], newest["id"], ["mood"]).status_code == 200

    found = page(cast.theo, made)
    line = {
        "id": before["id"],
        "start_on": days_ago(30),
        "last_on": days_ago(17),
        "length_days": 14,
        "ended": True,
    }
    assert found.json()["earlier"] == [line]
    [listed] = cast.theo.http.get("/api/clients").json()
    assert (listed["day_number"], listed["ended"]) == (4, False), "of the newest"
    assert "canary" not in found.text

    def readings() -> dict[str, int]:
        [sharing] = cast.ana.http.get("/api/sharings").json()
        return {one["experiment_id"]: len(one["readings"]) for one in sharing["consents"]}

    assert readings() == {before["id"]: 0, newest["id"]: 1}
    one = f"/api/clients/{made['id']}/fortnights/{before['id']}"
    shown = cast.theo.http.get(one)
    assert shown.status_code == 200
    assert (shown.json()["question"], shown.json()["fields"]) == ("canary", ["mood", "question"])
    assert readings() == {before["id"]: 1, newest["id"]: 1}

    assert cast.ana.http.delete(f"/api/sharings/{made['id']}/experiments/{before['id']}").status_code == 204
    assert cast.theo.http.get(one).status_code == 404
    assert page(cast.theo, made).json()["earlier"] == []
    assert (
        cast.theo.http.get(f"/api/clients/{made['id']}/fortnights/{cast.sam.started()['id']}").status_code == 404
    )


def test_when_the_app_stepped_aside_is_there_only_where_it_was_chosen(cast: Cast) -> None:
    fortnight = cast.ana.started(start_on=days_ago(5))
    for number, mood in enumerate((5, 1, 1, 5)):
        assert cast.ana.put(fortnight, days_ago(5 - number), mood=mood).status_code == 200
    made = shared(cast.ana, cast.theo, fortnight, ["mood", "safety_cards"])
    found = page(cast.theo, made).json()["newest"]
    assert found["safety_cards"] == [{"date": days_ago(3), "number": 3, "card": "mood"}]
    without = [field for field in EVERYTHING if field != "safety_cards"]
    assert choose(cast.ana, made["id"], fortnight["id"], without).status_code == 200
    answer = page(cast.theo, made)
    assert answer.json()["newest"]["safety_cards"] == []
    assert not any(said in answer.text for said in ('"card":', "set_aside", "set aside"))


@pytest.mark.parametrize("how", ["withdraw", "end", "pause", "delete"])
def test_taken_back_it_is_gone_with_the_next_request_and_all_ways_read_alike(cast: Cast, how: str) -> None:
    fortnight = cast.ana.started()
    made = shared(cast.ana, cast.theo, fortnight, EVERYTHING)
    standing = f"/api/clients/{made['id']}/standing"
    assert cast.theo.http.get(standing).status_code == 200
    mine = f"/api/sharings/{made['id']}"
    done = {
        "withdraw": lambda: cast.ana.http.delete(f"{mine}/experiments/{fortnight['id']}"),
        "end": lambda: cast.ana.http.delete(mine),
        "pause": lambda: cast.ana.http.post(f"{mine}/pause"),
        "delete": lambda: cast.ana.http.delete(f"/api/experiments/{fortnight['id']}"),
    }[how]()
    assert done.status_code == 204, done.text
    nowhere = cast.theo.http.get("/api/clients/00000000-0000-4000-8000-000000000000")
    for answer in (page(cast.theo, made), cast.theo.http.get(standing)):
        assert said(answer) == said(nowhere)
    [line] = cast.theo.http.get("/api/clients").json()
    assert line == {
        "id": made["id"],
        "called": "R.",
        "next_session_on": None,
        "shared": False,
        "day_number": None,
        "length_days": None,
        "ended": False,
    }


def test_paused_and_taken_up_again(cast: Cast) -> None:
    fortnight = cast.ana.started()
    made = shared(cast.ana, cast.theo, fortnight, ["mood"])
    ways: tuple[Callable[[], Any], ...] = (
        lambda: resume(cast.ana, made["id"]),
        lambda: yes(cast.ana, invited(cast.theo)["code"], fortnight, ["mood"]),  # a new yes is one
    )
    for taken_up in ways:
        assert cast.ana.http.post(f"/api/sharings/{made['id']}/pause").status_code == 204
        assert page(cast.theo, made).status_code == 404
        assert taken_up().is_success
        assert page(cast.theo, made).status_code == 200


def test_a_new_yes_while_paused_is_to_what_was_chosen_and_to_nothing_besides(cast: Cast) -> None:
    before, after = cast.ana.started(start_on=days_ago(15), length_days=14), cast.ana.started()
    made = shared(cast.ana, cast.theo, before, ["mood"])
    pages = f"/api/sharings/{made['id']}/session-pages/agenda/1"
    said = {"lines": ["my sister"], "session_on": None, "zone": "UTC", "base_revision": 0}
    assert cast.ana.http.put(pages, json=said).status_code == 200
    assert cast.ana.http.put(f"{pages}/shown", json={"shown": True, "base_revision": 1}).status_code == 200
    assert cast.ana.http.post(f"/api/sharings/{made['id']}/pause").status_code == 204
    assert shared(cast.ana, cast.theo, after, ["sleep"])["id"] == made["id"]
    found = page(cast.theo, made).json()
    assert (found["newest"]["fields"], found["earlier"]) == (["sleep"], [])
    at = f"/api/clients/{made['id']}"
    assert cast.theo.http.get(f"{at}/fortnights/{before['id']}").status_code == 404
    assert cast.theo.http.get(f"{at}/session-pages").json()["agenda"] is None


def test_an_end_ends_a_pause(cast: Cast) -> None:
    """Or what is chosen after it would rest, and the screen says that it is seen."""
    fortnight = cast.ana.started()
    made = shared(cast.ana, cast.theo, fortnight, ["mood"])
    mine = f"/api/sharings/{made['id']}"
    assert cast.ana.http.post(f"{mine}/pause").status_code == 204
    assert cast.ana.http.delete(mine).status_code == 204
    assert cast.ana.http.get("/api/sharings").json()[0]["paused_at"] is None
    assert choose(cast.ana, made["id"], fortnight["id"], ["sleep"]).status_code == 200
    assert page(cast.theo, made).json()["newest"]["fields"] == ["sleep"]


def test_an_end_goes_also_where_another_device_chose_while_it_waited(cast: Cast) -> None:
    fortnight = cast.ana.started()
    made = shared(cast.ana, cast.theo, fortnight, ["mood"])
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        mine = session.get(Sharing, UUID(made["id"]))
        assert mine is not None
        sharings.end(session, mine, now=clock.now() - timedelta(seconds=1))
    assert page(cast.theo, made).status_code == 404
    [version] = cast.ana.http.get("/api/sharings").json()[0]["consents"]
    assert version["withdrawn_at"] == version["given_at"]


def test_every_version_is_kept_with_scope_text_and_time(cast: Cast) -> None:
    fortnight = cast.ana.started()
    made = shared(cast.ana, cast.theo, fortnight, ["mood"])
    changed = choose(cast.ana, made["id"], fortnight["id"], ["sleep"], text_version=2)
    assert changed.status_code == 200, changed.text
    assert [one["key"] for one in page(cast.theo, made).json()["newest"]["glance"]] == ["sleep_hours"]
    [sharing] = cast.ana.http.get("/api/sharings").json()
    now, before = sharing["consents"]
    assert (now["fields"], now["text_version"], now["withdrawn_at"]) == (["sleep"], 2, None)
    assert (before["fields"], before["text_version"]) == (["mood"], 1)
    assert before["withdrawn_at"] == now["given_at"]


def test_an_open_page_hears_of_another_choice(cast: Cast) -> None:
    fortnight = cast.ana.started()
    made = shared(cast.ana, cast.theo, fortnight, ["mood"])
    standing = f"/api/clients/{made['id']}/standing"
    before = cast.theo.http.get(standing).json()
    assert cast.theo.http.get(standing).json() == before
    assert choose(cast.ana, made["id"], fortnight["id"], ["mood", "question"]).status_code == 200
    assert cast.theo.http.get(standing).json() != before


def test_the_client_sees_who_read_what_and_when(cast: Cast) -> None:
    made = shared(cast.ana, cast.theo, cast.ana.started(), ["mood"])
    for _ in range(3):
        assert page(cast.theo, made).status_code == 200

    def readings() -> list[dict[str, Any]]:
        [sharing] = cast.ana.http.get("/api/sharings").json()
        assert sharing["name"] == "Dr. Brandt"
        [consent] = sharing["consents"]
        found: list[dict[str, Any]] = consent["readings"]
        return found

    [reading] = readings()
    assert reading["read_at"] <= reading["last_at"]
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        assert page(cast.theo, made).status_code == 200
        assert [one["read_at"] for one in readings()][1:] == [reading["read_at"]], "one more, not the same"


def test_an_invitation_is_good_for_one_yes(cast: Cast) -> None:
    fortnight, other = cast.ana.started(), cast.sam.started()
    invitation = invited(cast.theo)
    assert yes(cast.ana, invitation["code"], fortnight, ["mood"]).status_code == 201
    again = yes(cast.sam, invitation["code"], other, ["mood"])
    wrong = yes(cast.sam, "aaaa-aaaa", other, ["mood"])
    assert said(again) == said(wrong)
    assert again.status_code == 404
    for secret in (invitation["code"], invitation["token"]):
        body = {"token": secret, "role": "client", "name": "new", "password": PASSWORD}
        assert cast.visitor().post("/api/accounts", json=body).status_code == 404, "nor does it make an account"
        assert cast.visitor().post("/api/invitations/look-up", json={"token": secret}).status_code == 404


def test_nobody_shares_what_is_not_theirs(cast: Cast) -> None:
    fortnight = cast.ana.started()
    invitation = invited(cast.theo)
    assert yes(cast.sam, invitation["code"], fortnight, ["mood"]).status_code == 404
    assert yes(cast.ana, invitation["code"], fortnight, ["mood"]).status_code == 201, "it was not used up"


def test_a_draft_cannot_be_shared_and_the_invitation_stays_good(cast: Cast) -> None:
    invitation = invited(cast.theo)
    refused = yes(cast.ana, invitation["code"], cast.ana.draft(), ["mood"])
    assert (refused.status_code, refused.json()["code"]) == (409, "not-started")
    assert yes(cast.ana, invitation["code"], cast.ana.started(), ["mood"]).status_code == 201


@pytest.mark.parametrize("fields", [[], ["hope"], ["mood", "anything_else"]])
def test_nothing_and_what_is_not_offered_cannot_be_chosen(cast: Cast, fields: list[str]) -> None:
    assert yes(cast.ana, invited(cast.theo)["code"], cast.ana.started(), fields).status_code == 422


def test_whoever_tries_many_codes_has_to_wait(cast: Cast) -> None:
    codes = [cast.ana.http.post("/api/sharings/look-up", json={"code": f"aaaa-{n:04}"}) for n in range(24)]
    assert {answer.status_code for answer in codes} == {404, 429}
    assert int(codes[-1].headers["retry-after"]) > 0


def test_an_invitation_that_made_an_account_is_that_persons(cast: Cast) -> None:
    """Whoever else has read the link finds nothing in it; the one it was for can still say yes."""
    invitation = invited(cast.theo)
    body = {"token": invitation["token"], "role": "client", "name": "new", "password": PASSWORD}
    newcomer = cast.visitor()
    assert newcomer.post("/api/accounts", json=body).status_code == 201
    for secret in (invitation["code"], invitation["token"]):
        assert cast.sam.http.post("/api/sharings/look-up", json={"code": secret}).status_code == 404
        assert newcomer.post("/api/sharings/look-up", json={"code": secret}).status_code == 200
    assert yes(cast.sam, invitation["code"], cast.sam.started(), ["mood"]).status_code == 404
    assert newcomer.request("DELETE", "/api/account", json={"password": PASSWORD}).status_code == 204
    assert cast.sam.http.post("/api/sharings/look-up", json={"code": invitation["code"]}).status_code == 404, (
        "used"
    )


@pytest.mark.parametrize("what", ["", "/fortnights/{}"])
def test_a_withdrawal_between_reading_and_answer_lets_nothing_through(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    fortnight = cast.ana.started(start_on=days_ago(3), question="canary")
    made = shared(cast.ana, cast.theo, fortnight, ["mood", "question"])
    shared(cast.sam, cast.theo, cast.sam.started(), ["mood"])  # that still holds
    noted = shared_pages.note_reading

    def meanwhile(*how: Any, **when: Any) -> None:
        assert cast.ana.http.delete(f"/api/sharings/{made['id']}").status_code == 204
        noted(*how, **when)

    monkeypatch.setattr(shared_pages, "note_reading", meanwhile)
    gone = cast.theo.http.get(f"/api/clients/{made['id']}{what.format(fortnight['id'])}")
    assert gone.status_code == 404
    assert "canary" not in gone.text
    [sharing] = cast.ana.http.get("/api/sharings").json()
    assert [consent["readings"] for consent in sharing["consents"]] == [[]], "and nothing was opened"


def test_a_readers_session_holds_nothing_but_what_is_shared(cast: Cast) -> None:
    """Whoever writes a statement without a thought of consent: the session adds it."""
    hers, other = cast.ana.started(start_on=days_ago(2)), cast.sam.started(start_on=days_ago(2))
    for player, fortnight in ((cast.ana, hers), (cast.sam, other)):
        assert player.put(fortnight, days_ago(1), mood=4).status_code == 200
        concluded = {"conclusion": "Quieter.", "base_revision": 0}
        assert player.http.put(f"/api/experiments/{fortnight['id']}/review", json=concluded).status_code == 200
    made = shared(cast.ana, cast.theo, hers, ["mood"])
    shared(cast.sam, cast.theo, other, EVERYTHING)

    def seen(reader: Player = cast.theo) -> tuple[list[str], list[str], list[str]]:
        person = Person(reader.id, "therapist", uuid4(), clock.now(), "", b"")
        with shared_rows.shared_only(cast.house.engine, person, UUID(made["id"]), now=clock.now()) as session:
            experiments = [str(one.id) for one in session.scalars(select(Experiment))]
            days = [str(one.experiment_id) for one in session.scalars(select(CheckIn))]
            revisions = reviews.revisions(session, [UUID(one["id"]) for one in (hers, other)])
            reviewed = [str(one.experiment_id) for one in session.scalars(select(Review))]
        assert [str(one) for one in revisions] == reviewed
        return experiments, days, reviewed

    assert seen() == ([hers["id"]], [hers["id"]], [])
    assert seen(cast.sam) == ([], [], []), "and only for whom it is shared with"
    mine = f"/api/sharings/{made['id']}"
    assert choose(cast.ana, made["id"], hers["id"], ["mood", "conclusion"]).status_code == 200
    assert seen() == ([hers["id"]],) * 3
    assert cast.ana.http.delete(mine).status_code == 204
    assert seen() == ([], [], [])


def test_what_is_read_is_of_this_sharing_and_for_its_reader(cast: Cast) -> None:
    """The statements say so themselves, also in a session that would not add it."""
    hers, other = cast.ana.started(), cast.sam.started()
    made = UUID(shared(cast.ana, cast.theo, hers, ["mood"])["id"])
    shared(cast.sam, cast.theo, other, ["mood"])
    theo, sam = (Person(one.id, "therapist", uuid4(), clock.now(), "", b"") for one in (cast.theo, cast.sam))
    now = clock.now()
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        found = shared_rows.readable(session, theo, made, now=now)
        assert [str(one.experiment.id) for one in found] == [hers["id"]]
        newest = shared_rows.newest_of_each(session, theo, now=now).values()
        assert {str(one.id) for one in newest} == {hers["id"], other["id"]}
        assert shared_rows.newest_of_each(session, sam, now=now) == {}
        with pytest.raises(NotFound):
            shared_rows.readable(session, theo, made, now=now, experiment_id=UUID(other["id"]))
        with pytest.raises(NotFound):
            shared_rows.readable(session, sam, made, now=now)


def test_a_consent_that_cannot_be_opens_nothing(cast: Cast) -> None:
    """For somebody else's fortnight, and for a draft: no route makes such a row."""
    made = shared(cast.ana, cast.theo, cast.ana.started(), ["mood"])
    wrong = [cast.sam.started()["id"], cast.ana.draft(start_on=days_ago(1))["id"]]
    more: dict[str, Any] = {"fields": "mood", "text_version": 1, "given_at": clock.now()}
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        for one in wrong:
            session.add(Consent(id=uuid4(), sharing_id=UUID(made["id"]), experiment_id=UUID(one), **more))
    assert page(cast.theo, made).json()["earlier"] == []
    for one in wrong:
        assert cast.theo.http.get(f"/api/clients/{made['id']}/fortnights/{one}").status_code == 404
