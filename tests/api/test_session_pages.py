"""What a client writes for sessions: theirs, shown page by page, and gone from the next request on."""

from typing import Any

import pytest
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.session_pages import MOST_LINES, SessionPage
from app.services import session_pages, shared_pages, shown_session_pages
from sqlalchemy import select, text, update
from sqlmodel import col

from tests.cast import PASSWORD, Cast, days_ago
from tests.for_sessions import CANARY, CHECK, LIST, NOTHING, Both
from tests.logs import logging_on
from tests.sharing import choose, resume, shared, yes


@pytest.fixture
def both(cast: Cast) -> Both:
    return Both(cast)


# The client's own ------------------------------------------------------------------------------------------------


def test_written_changed_taken_away(both: Both) -> None:
    empty = both.mine_now()
    assert {**empty, "agendas": [], "checks": []} == empty
    assert (empty["name"], empty["reads"], empty["paused"]) == ("Dr. Brandt", True, False)
    assert (empty["next_agenda"], empty["next_check"]) == (1, 1)
    both.write("agenda/1")
    pages = both.write("check/1")
    assert {name: pages["agendas"][0][name] for name in ("lines", "session_on")} == {
        name: LIST[name] for name in ("lines", "session_on")
    }
    assert {name: pages["checks"][0][name] for name in CHECK} == CHECK, "nought is an answer, and none is none"
    assert (pages["next_agenda"], pages["next_check"]) == (1, 2)
    changed = both.write("agenda/1", 1, lines=["my sister", "the mornings"])
    assert changed["agendas"][0]["lines"] == ["my sister", "the mornings"]
    gone = f"{both.at}/agenda/1"
    assert [both.ana.http.delete(gone).status_code for _ in range(2)] == [204, 404]
    assert both.mine_now()["agendas"] == []
    again = both.write("agenda/1")
    assert again["agendas"][0]["revision"] == 3, "it counts on: no two pages have one seal's place"


def test_which_list_is_the_next(both: Both) -> None:
    both.write("agenda/1", session_on=days_ago(-1))
    assert both.mine_now()["next_agenda"] == 1
    both.write("agenda/1", 1, session_on=days_ago(2))
    assert both.mine_now()["next_agenda"] == 2, "its day is past"
    both.write("agenda/2")
    assert both.mine_now()["next_agenda"] == 2, "without a day it stands until another is begun"
    both.write("agenda/3")
    assert both.mine_now()["next_agenda"] == 3


def test_sending_twice_is_harmless_and_two_devices_lose_nothing(both: Both) -> None:
    once = both.write("agenda/1")
    assert both.write("agenda/1", zone="Europe/Berlin") == once
    other = both.put("agenda/1", lines=["from another device"])
    assert (other.status_code, other.json()["code"]) == (409, "session-page-conflict")
    assert other.json()["stored"] == once["agendas"][0]
    assert both.mine_now() == once
    assert both.put("check/7", 3).json()["stored"] is None, "what is not there any more"


@pytest.mark.parametrize(
    ("page", "more"),
    [
        ("agenda/1", {"lines": []}),
        ("agenda/1", {"lines": ["one"] * (MOST_LINES + 1)}),
        ("agenda/1", {"lines": [""]}),
        ("agenda/1", {"lines": ["x" * 121]}),
        ("agenda/1", {"session_on": "2026-02-30"}),
        ("agenda/1", {"zone": "Nowhere/At-all"}),
        ("agenda/0", {}),
        ("agenda/10000", {}),
        ("check/1", {"session_on": None}),
        ("check/1", {"heard": 11}),
        ("check/1", {"fit": -1}),
        ("check/1", {"matters": 5.5}),
        ("check/1", {"words": "x" * 1001}),
        ("check/1", {"heard": None, "fit": None, "words": " \n"}),
        ("check/1", {"total": 8}),
        ("check/1", {"shown": True}),
    ],
)
def test_what_cannot_be_is_refused(both: Both, page: str, more: dict[str, Any]) -> None:
    assert both.put(page, **more).status_code == 422


def test_there_is_an_end_to_it(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session_pages, "MOST_PAGES", 2)
    both.write("check/1")
    both.write("check/2")
    refused = both.put("check/3")
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-session-pages")
    both.write("check/2", 1, heard=3)
    both.write("agenda/1")
    assert both.ana.http.delete(f"{both.at}/check/1").status_code == 204
    both.write("check/3")


def test_one_that_does_not_open_hides_itself_and_nothing_else(
    cast: Cast, both: Both, capsys: pytest.CaptureFixture[str]
) -> None:
    for page in ("agenda/1", "agenda/2", "check/1"):
        both.write(page)
        assert both.show(page).status_code == 200
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(text("UPDATE session_page SET number = 3 WHERE kind = 'agenda' AND number = 2"))
    with logging_on():
        pages = both.mine_now()
    assert [(page["number"], page["unreadable"]) for page in pages["agendas"]] == [(1, False), (3, True)]
    assert pages["next_agenda"] == 4
    assert len(both.seen()["checks"]) == 1
    assert both.seen()["agenda"]["lines"] == LIST["lines"]
    told = "".join(capsys.readouterr())
    assert '"session_page"' in told
    assert CANARY not in told
    assert both.ana.http.delete(f"{both.at}/agenda/3").status_code == 204


# What the therapist sees -----------------------------------------------------------------------------------------


def test_nothing_is_seen_until_it_is_shown_and_from_the_next_request_on_no_more(both: Both) -> None:
    for page in ("agenda/1", "check/1"):
        both.write(page)
    assert both.seen() == NOTHING
    assert both.show("agenda/1").status_code == 200
    seen = both.seen()
    assert (seen["agenda"]["lines"], seen["earlier"], seen["checks"]) == (LIST["lines"], [], [])
    assert both.show("check/1").status_code == 200
    assert both.seen()["checks"] == [CHECK]
    both.write("agenda/1", 1, lines=["only this"])
    assert both.seen()["agenda"]["lines"] == ["only this"], "a change of what is shown is seen"
    assert both.show("agenda/1", 0, shown=False).status_code == 200
    assert both.seen()["agenda"] is None
    assert both.ana.http.delete(f"{both.at}/check/1").status_code == 204
    assert both.seen() == NOTHING


def test_a_new_list_that_is_not_shown_is_nobodys_business(both: Both) -> None:
    both.write("agenda/1", session_on=days_ago(5))
    both.write("agenda/2", lines=["this week"])
    assert both.show("agenda/2").status_code == both.show("agenda/1").status_code == 200
    before, stamp = both.seen(), both.stamp()
    assert (before["agenda"]["lines"], [each["lines"] for each in before["earlier"]]) == (
        ["this week"],
        [LIST["lines"]],
    )
    both.write("agenda/3", lines=["private"])
    both.write("check/1")
    assert (both.seen(), both.stamp()) == (before, stamp)
    assert both.show("agenda/3").status_code == 200
    assert [each["lines"] for each in both.seen()["earlier"]] == [["this week"], LIST["lines"]]


def test_checks_stand_in_the_order_of_their_sessions(both: Both) -> None:
    for number, days in ((1, 2), (2, 9), (3, 5)):
        both.write(f"check/{number}", session_on=days_ago(days), heard=number)
        assert both.show(f"check/{number}").status_code == 200
    assert [each["heard"] for each in both.seen()["checks"]] == [2, 3, 1]


def test_an_open_page_hears_of_it(both: Both) -> None:
    stamps = [both.stamp()]

    def another() -> bool:
        stamps.append(both.stamp())
        return stamps[-1] != stamps[-2]

    both.write("agenda/1")
    assert not another(), "what is not shown leaves no trace"
    both.show("agenda/1")
    assert another()
    assert stamps[-1] == both.theo.http.get(both.client).json()["stamp"]
    both.write("agenda/1", 1, lines=["changed"])
    assert another()
    both.write("agenda/1", 2, lines=["changed"])
    assert not another()
    both.show("agenda/1", shown=False)
    assert another()
    both.show("agenda/1", 2)
    assert another()
    both.ana.http.delete(f"{both.at}/agenda/1")
    assert another()


def test_what_is_shown_is_what_was_looked_at(both: Both) -> None:
    both.write("agenda/1")
    both.write("agenda/1", 1, lines=["from another device"])
    refused = both.show("agenda/1", 1)
    assert (refused.status_code, refused.json()["code"]) == (409, "session-page-conflict")
    assert refused.json()["stored"]["lines"] == ["from another device"]
    assert both.seen() == NOTHING
    assert both.show("agenda/1", 2).status_code == 200
    assert both.show("agenda/1", 1, shown=False).status_code == 200, "taking back always goes"
    assert both.show("agenda/2", 1).status_code == 404


HOWS = ("withdraw", "end", "pause", "delete the fortnight")


@pytest.mark.parametrize("how", HOWS)
def test_as_if_it_never_were_where_nothing_is_shared(both: Both, how: str) -> None:
    for page in ("agenda/1", "check/1"):
        both.write(page)
        assert both.show(page).status_code == 200
    done = {
        "withdraw": lambda: both.ana.http.delete(both.consent),
        "end": lambda: both.ana.http.delete(both.mine),
        "pause": lambda: both.ana.http.post(f"{both.mine}/pause"),
        "delete the fortnight": lambda: both.ana.http.delete(f"/api/experiments/{both.fortnight['id']}"),
    }[how]()
    assert done.status_code == 204, done.text
    gone = both.theo.http.get(f"{both.client}/session-pages")
    never = both.theo.http.get("/api/clients/00000000-0000-4000-8000-000000000000/session-pages")
    assert gone.status_code == never.status_code == 404
    assert {**gone.json(), "request_id": ""} == {**never.json(), "request_id": ""}
    for answer in (gone, both.theo.http.get("/api/clients"), both.theo.http.get(both.client)):
        assert CANARY not in answer.text
    mine = both.mine_now()
    assert len(mine["agendas"]) == len(mine["checks"]) == 1, "the client has it all the same"
    assert (mine["reads"], mine["paused"]) == (how == "pause", how == "pause")
    if how == "pause":
        assert resume(both.ana, both.sharing["id"]).status_code == 204
        assert both.seen()["checks"] == [CHECK], "a pause ends as it began"
        return
    assert mine["agendas"][0]["shown_at"] is None
    assert both.show("agenda/1").json()["code"] == "nothing-shared"
    again = both.ana.started(start_on=days_ago(1)) if how.startswith("delete") else both.fortnight
    given = choose(both.ana, both.sharing["id"], again["id"], ["mood"])
    assert given.status_code == 200, given.text
    assert both.seen() == NOTHING, "whoever begins again begins with nothing shown"


def test_another_choice_or_fortnight_changes_nothing(both: Both) -> None:
    both.write("agenda/1")
    both.show("agenda/1")
    assert choose(both.ana, both.sharing["id"], both.fortnight["id"], ["sleep"]).status_code == 200
    assert both.seen()["agenda"]["lines"] == LIST["lines"]
    both.ana.http.post(f"/api/experiments/{both.fortnight['id']}/stop")
    other = both.ana.started(start_on=days_ago(1))
    assert choose(both.ana, both.sharing["id"], other["id"], ["mood"]).status_code == 200
    both.ana.http.delete(both.consent)
    assert both.seen()["agenda"]["lines"] == LIST["lines"]


def test_beginning_again_by_a_new_invitation_shows_nothing(both: Both) -> None:
    both.write("check/1")
    both.show("check/1")
    both.ana.http.delete(both.mine)
    code = both.theo.http.post("/api/invitations", json={"name": "Dr. Brandt"}).json()["code"]
    assert yes(both.ana, code, both.fortnight, ["mood"]).status_code == 201
    assert both.seen() == NOTHING
    assert len(both.mine_now()["checks"]) == 1


def test_a_withdrawal_between_two_statements_is_one(
    cast: Cast, both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    both.write("agenda/1")
    both.show("agenda/1")

    noted = shared_pages.note_reading

    def meanwhile(*how: Any, **when: Any) -> None:
        assert both.ana.http.delete(both.mine).status_code == 204
        noted(*how, **when)

    monkeypatch.setattr(shown_session_pages, "note_reading", meanwhile)
    gone = both.theo.http.get(f"{both.client}/session-pages")
    assert gone.status_code == 404
    assert CANARY not in gone.text


def test_the_opening_is_written_down(cast: Cast, both: Both) -> None:
    def openings() -> int:
        [sharing] = cast.ana.http.get("/api/sharings").json()
        return sum(len(consent["readings"]) for consent in sharing["consents"])

    assert openings() == 0
    both.seen()
    assert openings() == 1


# Whose they are --------------------------------------------------------------------------------------------------


def test_for_a_supporter_they_do_not_exist(cast: Cast, both: Both) -> None:
    both.write("agenda/1")
    both.show("agenda/1")
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(text("UPDATE sharing SET role = 'supporter'"))
    assert both.theo.http.get(f"{both.client}/session-pages").status_code == 404
    stamp = both.stamp()
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(text("UPDATE session_page SET revision = revision + 1"))
    assert both.stamp() == stamp
    answers = [
        both.ana.http.get(both.at),
        both.put("agenda/1", 1),
        both.put("check/1"),
        both.show("agenda/1"),
        both.ana.http.delete(f"{both.at}/agenda/1"),
    ]
    assert {answer.status_code for answer in answers} == {404}


def test_nobody_else_gets_near(cast: Cast, both: Both) -> None:
    both.write("agenda/1")
    both.show("agenda/1")
    tess = cast.player("tess", "therapist")
    other = shared(cast.ana, tess, both.fortnight, ["mood"])
    for who in (tess, cast.theo, cast.sam):
        answers = [
            who.http.get(both.at),
            both.put("agenda/1", 1, who=who),
            both.put("check/1", who=who),
            who.http.put(f"{both.at}/agenda/1/shown", json={"shown": False}),
            who.http.delete(f"{both.at}/agenda/1"),
        ]
        assert {answer.status_code for answer in answers} == {404}
        assert not any(CANARY in answer.text for answer in answers)
    for who in (tess, cast.ana, cast.sam):
        assert who.http.get(f"{both.client}/session-pages").status_code == 404
    hers = tess.http.get(f"/api/clients/{other['id']}/session-pages")
    assert hers.json() == NOTHING, "each therapist has what was written for them"


def test_it_is_in_the_file_and_goes_with_the_account(cast: Cast, both: Both) -> None:
    both.write("agenda/1")
    both.write("check/1")
    both.show("check/1")
    [with_theo] = cast.ana.http.get(f"/api/experiments/{both.fortnight['id']}/export").json()["session_pages"]
    assert (with_theo["with"], with_theo["agenda"][0]["lines"]) == ("Dr. Brandt", LIST["lines"])
    assert {name: with_theo["check"][0][name] for name in CHECK} == CHECK
    sams = cast.sam.started()
    assert cast.sam.http.get(f"/api/experiments/{sams['id']}/export").json()["session_pages"] == []
    deleted = cast.ana.http.request("DELETE", "/api/account", json={"password": PASSWORD})
    assert deleted.status_code == 204
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        assert session.scalars(select(SessionPage)).all() == []


def test_it_is_sealed(cast: Cast, both: Both) -> None:
    both.write("agenda/1", session_on="2031-12-24")
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        [row] = session.scalars(select(SessionPage)).all()
    stored = repr(row.model_dump())
    assert CANARY not in stored
    assert "2031" not in stored


def test_what_a_page_said_before_opens_no_more_in_its_place(cast: Cast, both: Both) -> None:
    both.write("agenda/1")
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        old = session.execute(select(col(SessionPage.sealed))).scalar_one()
    both.write("agenda/1", 1, lines=["something else"])
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(update(SessionPage).values(sealed=old))
    assert both.mine_now()["agendas"][0]["unreadable"] is True
