"""Offers of a page to write on: one, seldom, the same on every device; turned down, turned off."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.accounts import Account
from app.models.offers import Offer
from app.services import offers
from sqlalchemy import select, update
from sqlmodel import Session, col

from tests.api.test_reflections import put
from tests.cast import Cast, Player, days_ago


def offer(player: Player, fortnight: dict[str, Any]) -> str | None:
    answer = player.http.post(f"/api/experiments/{fortnight['id']}/offer")
    assert answer.status_code == 200, answer.text
    kind: str | None = answer.json()["kind"]
    return kind


def made(cast: Cast) -> list[str]:
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        return [row.kind for row in session.scalars(select(Offer).order_by(Offer.offered_at))]  # type: ignore[arg-type]


def hold(session: Session, cast: Cast) -> None:
    """The one write lock, on PostgreSQL Ana's row, until the end of the transaction."""
    session.execute(update(Account).where(col(Account.id) == cast.ana.id).values(role="client"))


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    """So many days later, by the server's clock."""
    begun = clock.now()

    def move(days: float) -> datetime:
        monkeypatch.setattr(clock, "now", lambda: begun + timedelta(days=days))
        return begun

    return move


def test_it_stands_for_its_week_and_is_noted_once(cast: Cast, later: Any) -> None:
    draft = cast.ana.draft()
    assert [offer(cast.ana, draft) for _ in range(3)] == ["words"] * 3
    assert made(cast) == ["words"]
    later(6.9)
    assert offer(cast.ana, draft) == "words"
    later(7.1)
    assert offer(cast.ana, draft) == "balance"
    assert made(cast) == ["words", "balance"]


def test_what_was_written_is_offered_no_more(cast: Cast) -> None:
    draft = cast.ana.draft()
    assert offer(cast.ana, draft) == "words"
    assert put(cast.ana, draft, "words").status_code == 200
    assert offer(cast.ana, draft) is None
    assert made(cast) == ["words"]


def test_turned_down_there_is_none_for_the_rest_of_the_week(cast: Cast, later: Any) -> None:
    ended = cast.ana.started(start_on=days_ago(20))
    assert offer(cast.ana, ended) == "balance"
    url = f"/api/experiments/{ended['id']}/offer"
    assert [cast.ana.http.delete(url).status_code for _ in range(2)] == [204, 204]
    assert offer(cast.ana, ended) is None
    later(8)
    assert offer(cast.ana, ended) is None, "after a result at most one"


def test_one_a_week_whichever_fortnight_it_is_for(cast: Cast, later: Any) -> None:
    one, other = cast.ana.draft(), cast.ana.started(start_on=days_ago(20))
    assert offer(cast.ana, one) == "words"
    assert offer(cast.ana, other) is None
    later(7.1)
    assert offer(cast.ana, other) == "balance"
    assert offer(cast.ana, one) is None


@pytest.mark.parametrize("same", [True, False])
def test_two_devices_at_once_are_offered_one_page(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, *, same: bool
) -> None:
    """Both have looked before either writes."""
    one = cast.ana.draft()
    other = one if same else cast.ana.started(start_on=days_ago(20))
    both = Barrier(2)

    def nothing_aside(*_: Any) -> bool:
        both.wait(timeout=10)
        return False

    monkeypatch.setattr(offers, "_steps_aside", nothing_aside)
    devices = [cast.visitor(cast.ana.http.cookies["fortnight"]) for _ in range(2)]

    def ask(device: Any, fortnight: dict[str, Any]) -> Any:
        return device.post(f"/api/experiments/{fortnight['id']}/offer").json()["kind"]

    with ThreadPoolExecutor(2) as pool:
        got = list(pool.map(ask, devices, [one, other]))
    assert len(made(cast)) == 1
    if same:
        assert got == ["words"] * 2
    else:
        assert got in (["words", None], [None, "balance"])


def test_while_it_is_looked_at_nobody_waits(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening the days must not hold the one write lock: check-ins would wait for it."""
    fortnight = cast.ana.started(start_on=days_ago(20))
    looked: list[bool] = []
    look = offers._steps_aside

    def as_another_writes(*what: Any) -> bool:
        with unit_of_work(cast.house.engine, by=HOUSE) as session:
            hold(session, cast)
        looked.append(look(*what))
        return looked[-1]

    monkeypatch.setattr(offers, "_steps_aside", as_another_writes)
    assert offer(cast.ana, fortnight) == "balance"
    assert looked == [False]


def test_what_stands_and_what_is_not_offered_wait_for_no_writer(cast: Cast) -> None:
    running, draft = cast.ana.started(start_on=days_ago(2)), cast.ana.draft()
    assert offer(cast.ana, draft) == "words"
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        hold(session, cast)
        assert (offer(cast.ana, draft), offer(cast.ana, running)) == ("words", None)


def test_somebody_else_s_offers_do_not_count(cast: Cast) -> None:
    mine, theirs = cast.ana.draft(), cast.sam.draft()
    assert offer(cast.sam, theirs) == offer(cast.ana, mine) == "words"
    assert cast.sam.http.put("/api/offers", json={"on": False}).status_code == 200
    assert (offer(cast.sam, theirs), offer(cast.ana, mine)) == (None, "words")


def test_turned_off_and_on_again(cast: Cast) -> None:
    draft = cast.ana.draft()
    assert cast.ana.http.get("/api/offers").json() == {"on": True}
    for _ in range(2):
        assert cast.ana.http.put("/api/offers", json={"on": False}).json() == {"on": False}
    assert cast.ana.http.get("/api/offers").json() == {"on": False}
    assert (offer(cast.ana, draft), made(cast)) == (None, [])
    assert put(cast.ana, draft, "balance").status_code == 200, "the pages themselves stay"
    for _ in range(2):
        assert cast.ana.http.put("/api/offers", json={"on": True}).json() == {"on": True}
    assert offer(cast.ana, draft) == "words"
    assert cast.ana.http.put("/api/offers", json={"on": 1}).status_code == 422


def test_when_a_safety_card_came_first_nothing_is_offered(cast: Cast) -> None:
    fortnight = cast.ana.started(start_on=days_ago(8))
    for number in range(3):
        assert cast.ana.put(fortnight, days_ago(number), mood=0, thoughts="yes").status_code == 200
    assert cast.ana.http.get(f"/api/experiments/{fortnight['id']}").json()["set_aside"] is True
    assert (offer(cast.ana, fortnight), made(cast)) == (None, [])


def test_the_middle_and_the_end_are_asked_for(cast: Cast, later: Any) -> None:
    fortnight = cast.ana.started()
    put(cast.ana, fortnight, "words")
    put(cast.ana, fortnight, "balance")
    assert offer(cast.ana, fortnight) == "rulers"
    assert put(cast.ana, fortnight, "rulers").status_code == 200
    later(6)
    assert offer(cast.ana, fortnight) is None
    later(7.1)
    assert offer(cast.ana, fortnight) == "rulers", "written at the start, and asked again in the middle"
    later(15)
    assert offer(cast.ana, fortnight) == "balance"
