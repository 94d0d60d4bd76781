"""Reminders over HTTP: every refusal with its sentence, the devices, the calendar, the operator's numbers."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.accounts import Account
from app.models.push_subscriptions import PushSubscription
from app.models.reminders import Reminder
from app.services import demo, due
from sqlmodel import col, select, update
from starlette.testclient import TestClient

from tests.cast import PASSWORD, SAME_ORIGIN, Cast, Player, days_ago
from tests.push_device import push_device
from tests.reminding import run

# Whatever the hour at which the tests run: a Tuesday afternoon.
AFTERNOON = datetime(2027, 3, 2, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    with time_machine.travel(AFTERNOON):
        yield


WANTED: dict[str, Any] = {"base_revision": 0, "zone": "UTC", "on": True, "times": ["20:30"]}


def address(experiment: dict[str, Any]) -> str:
    return f"/api/experiments/{experiment['id']}/reminders"


def chosen(player: Player, **more: Any) -> tuple[dict[str, Any], Any]:
    experiment = player.started()
    answer = player.http.put(address(experiment), json={**WANTED, **more})
    assert answer.status_code == 200, answer.text
    return experiment, answer.json()


def test_what_is_offered_is_off_and_nothing_is_stored(cast: Cast) -> None:
    """SECURITY.md 60: push is off until it is turned on."""
    experiment = cast.ana.started()
    offered = cast.ana.http.get(address(experiment)).json()
    assert (offered["revision"], offered["on"], offered["times"], offered["next_at"]) == (
        0,
        False,
        ["20:30"],
        None,
    )
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        assert session.exec(select(Reminder)).all() == []


def test_what_was_chosen_comes_back(cast: Cast) -> None:
    more = {"weekdays": [1, 3, 7], "quiet_from": "22:00", "quiet_until": "07:00", "words": "blank"}
    experiment, shown = chosen(cast.ana, times=["21:00", "08:15"], **more)
    assert shown == cast.ana.http.get(address(experiment)).json()
    assert (shown["times"], shown["revision"], shown["on"]) == (["08:15", "21:00"], 1, True)
    assert {name: shown[name] for name in more} == more


@pytest.mark.parametrize(
    ("wrong", "field", "code"),
    [
        ({"times": []}, "times", "too_short"),
        ({"times": ["08:00", "09:00", "10:00", "11:00"]}, "times", "too_long"),
        ({"times": ["24:00"]}, "times.0", "string_pattern_mismatch"),
        ({"times": ["8:00"]}, "times.0", "string_pattern_mismatch"),
        ({"times": ["20:30", "20:30"]}, "times", "twice"),
        (
            {"times": ["08:00", "23:00"], "quiet_from": "22:00", "quiet_until": "07:00"},
            "times.1",
            "in-quiet-hours",
        ),
        ({"times": ["13:00"], "quiet_from": "12:00", "quiet_until": "14:00"}, "times.0", "in-quiet-hours"),
        ({"quiet_from": "22:00"}, "quiet_until", "missing"),
        ({"quiet_from": "22:00", "quiet_until": "22:00"}, "quiet_until", "same"),
        ({"quiet_until": "07:00"}, "quiet_from", "missing"),
        ({"weekdays": []}, "weekdays", "too_short"),
        ({"weekdays": [0]}, "weekdays.0", "greater_than_equal"),
        ({"weekdays": [8]}, "weekdays.0", "less_than_equal"),
        ({"words": "your pill"}, "words", "literal_error"),
        ({"zone": "Europe/Atlantis"}, "zone", "zone-unknown"),
        ({"on": 1}, "on", "bool_type"),
        ({"paused_until": "tomorrow"}, "paused_until", "value_error"),
        ({"account_id": "x"}, "?", "extra_forbidden"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(cast: Cast, wrong: dict[str, Any], field: str, code: str) -> None:
    experiment = cast.ana.started()
    answer = cast.ana.http.put(address(experiment), json={**WANTED, **wrong})
    assert (answer.status_code, answer.json()["errors"]) == (422, [{"field": field, "code": code}])
    assert cast.ana.http.get(address(experiment)).json()["revision"] == 0


def test_the_second_of_two_devices_is_shown_what_the_first_one_chose(cast: Cast) -> None:
    experiment, first = chosen(cast.ana)
    answer = cast.ana.http.put(address(experiment), json={**WANTED, "times": ["07:00"]})
    assert (answer.status_code, answer.json()["code"]) == (409, "reminders-conflict")
    assert answer.json()["stored"] == first


def test_a_time_that_stays_keeps_its_place_in_the_queue(cast: Cast) -> None:
    """Otherwise it would come twice on the day on which another one is changed."""
    experiment, _ = chosen(cast.ana, times=["08:00", "20:30"])
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        before = {row.at: row.id for row in session.exec(select(Reminder))}
    cast.ana.http.put(address(experiment), json={**WANTED, "base_revision": 1, "times": ["08:00", "21:00"]})
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        after = {row.at: row.id for row in session.exec(select(Reminder))}
    assert after["08:00"] == before["08:00"]
    assert set(after) == {"08:00", "21:00"}


def test_what_is_due_is_not_lost_by_a_change_at_that_moment(cast: Cast) -> None:
    experiment, _ = chosen(cast.ana)
    now = clock.now()
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        row = session.exec(select(Reminder)).one()
        row.at = (now - timedelta(minutes=3)).strftime("%H:%M")
        row.next_due_at = (now - timedelta(minutes=3)).replace(second=0, microsecond=0)
        due_at, at = row.next_due_at, row.at
        session.add(row)
    body = {**WANTED, "base_revision": 1, "times": [at], "words": "hello"}
    assert cast.ana.http.put(address(experiment), json=body).status_code == 200
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        assert session.exec(select(Reminder)).one().next_due_at == due_at


def test_off_paused_not_today_and_over_are_silent(cast: Cast) -> None:
    experiment, shown = chosen(cast.ana)
    here = address(experiment)

    def put(base: int, **more: Any) -> Any:
        return cast.ana.http.put(here, json={**WANTED, "base_revision": base, **more}).json()

    assert shown["next_at"] is not None
    assert put(1, on=False)["next_at"] is None
    until = days_ago(-5)
    assert put(2, paused_until=until)["next_at"].startswith(until)
    off_today = put(3, not_today=True)
    assert off_today["not_today"] is True
    assert off_today["next_at"] is None or not off_today["next_at"].startswith(off_today["today"])
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert cast.ana.http.get(here).json()["next_at"] is None
    assert cast.ana.http.put(here, json={**WANTED, "base_revision": 4}).status_code == 409


def test_a_draft_can_have_reminders_that_begin_with_it(cast: Cast) -> None:
    draft = cast.ana.draft()
    assert cast.ana.http.put(address(draft), json=WANTED).json()["next_at"] is None
    cast.ana.http.post(f"/api/experiments/{draft['id']}/start")
    assert cast.ana.http.get(address(draft)).json()["next_at"] is not None


def test_the_zone_or_the_length_of_the_fortnight_moves_its_reminders(cast: Cast) -> None:
    experiment, before = chosen(cast.ana)
    assert before["next_at"] == "2027-03-02T20:30:00Z"
    fields = {name: experiment[name] for name in ("question", "primary", "way_in", "medicine", "pattern", "fits")}
    plan = {**fields, "start_on": experiment["start_on"], "zone": "UTC", "day_end": "21:00"}
    plan["base_revision"] = experiment["revision"]
    answer = cast.ana.http.put(f"/api/experiments/{experiment['id']}", json=plan)
    assert answer.status_code == 200, answer.text
    after = cast.ana.http.get(address(experiment)).json()
    # Days end at 21:00 now, so 20:30 belongs to the day that began the evening before.
    assert (after["today"], after["next_at"]) == ("2027-03-01", "2027-03-03T20:30:00Z")


def reminder_of(cast: Cast) -> Reminder:
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        return session.exec(select(Reminder)).one()


def came(cast: Cast) -> Reminder:
    """It came today, an hour ago."""
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.connection().execute(update(Reminder).values(fired_day=AFTERNOON.date()))
    return reminder_of(cast)


def test_from_the_notification_later_and_not_today(cast: Cast) -> None:
    experiment, shown = chosen(cast.ana)
    early = cast.ana.http.post(f"/api/reminders/{reminder_of(cast).id}/later", json={"day": shown["today"]})
    assert (early.status_code, early.json()["code"]) == (409, "no-more-today"), "it has not come yet"
    row = came(cast)
    answer = cast.ana.http.post(f"/api/reminders/{row.id}/later", json={"day": shown["today"]})
    assert answer.status_code == 200, answer.text
    assert cast.ana.http.get(address(experiment)).json()["next_at"] == answer.json()["next_at"]
    assert reminder_of(cast).turn == 1
    yesterday = cast.ana.http.post(f"/api/reminders/{row.id}/later", json={"day": days_ago(1)})
    assert (yesterday.status_code, yesterday.json()["code"]) == (409, "no-more-today")
    assert (
        cast.ana.http.post(f"/api/reminders/{row.id}/not-today", json={"day": shown["today"]}).status_code == 204
    )
    after = cast.ana.http.get(address(experiment)).json()
    assert after["not_today"] is True
    assert str(reminder_of(cast).next_day) > shown["today"]
    again = cast.ana.http.post(f"/api/reminders/{row.id}/later", json={"day": shown["today"]})
    assert again.json()["code"] == "no-more-today"


def test_later_has_an_end(cast: Cast) -> None:
    _, shown = chosen(cast.ana)
    row = came(cast)
    for _ in range(5):
        assert (
            cast.ana.http.post(f"/api/reminders/{row.id}/later", json={"day": shown["today"]}).status_code == 200
        )
    assert cast.ana.http.post(f"/api/reminders/{row.id}/later", json={"day": shown["today"]}).status_code == 409


def test_they_are_taken_along_with_the_fortnight(cast: Cast) -> None:
    experiment, shown = chosen(cast.ana, words="hello")
    whole = cast.ana.http.get(f"/api/experiments/{experiment['id']}/export").json()
    assert whole["reminders"] == shown


def test_none_is_promised_for_a_day_that_has_a_check_in(cast: Cast) -> None:
    experiment, shown = chosen(cast.ana)
    assert shown["next_at"] == "2027-03-02T20:30:00Z"
    assert cast.ana.put(experiment, "2027-03-02", mood=4).status_code == 200
    assert cast.ana.http.get(address(experiment)).json()["next_at"] == "2027-03-03T20:30:00Z"
    assert cast.ana.put(experiment, "2027-03-02", base=1).status_code == 200, "emptied again"
    assert cast.ana.http.get(address(experiment)).json()["next_at"] == "2027-03-02T20:30:00Z"


def test_ten_devices_and_no_more(cast: Cast) -> None:
    chosen(cast.ana)
    for number in range(10):
        assert (
            signed_in(cast, cast.ana).put("/api/push-subscriptions", json=push_device(f"d{number}")).status_code
            == 200
        )
    eleventh = signed_in(cast, cast.ana).put("/api/push-subscriptions", json=push_device("d11"))
    assert (eleventh.status_code, eleventh.json()["code"]) == (409, "too-many-devices")
    listed = cast.ana.http.get("/api/push-subscriptions").json()
    assert len(listed) == 10
    assert cast.ana.http.delete(f"/api/push-subscriptions/{listed[0]['id']}").status_code == 204
    assert signed_in(cast, cast.ana).put("/api/push-subscriptions", json=push_device("d11")).status_code == 200


def signed_in(cast: Cast, player: Player) -> TestClient:
    """One more browser of the same person."""
    http = cast.visitor()
    answer = http.post("/api/session", json={"sign_in": player.sign_in, "password": PASSWORD})
    assert answer.status_code == 200, answer.text
    return http


def test_a_device_that_says_it_again_is_the_same_one_and_a_new_address_replaces_the_old(cast: Cast) -> None:
    told = push_device("phone")
    first = cast.ana.http.put("/api/push-subscriptions", json=told).json()
    assert first["this_one"] is True
    assert cast.ana.http.put("/api/push-subscriptions", json=told).json()["id"] == first["id"]
    second = cast.ana.http.put("/api/push-subscriptions", json=push_device("phone anew")).json()
    assert [each["id"] for each in cast.ana.http.get("/api/push-subscriptions").json()] == [second["id"]]


def test_a_browser_that_somebody_else_signs_in_on_is_theirs(cast: Cast) -> None:
    told = push_device("shared phone")
    cast.ana.http.put("/api/push-subscriptions", json=told)
    cast.sam.http.put("/api/push-subscriptions", json=told)
    assert cast.ana.http.get("/api/push-subscriptions").json() == []
    assert len(cast.sam.http.get("/api/push-subscriptions").json()) == 1


def test_signing_a_device_out_ends_what_it_is_sent(cast: Cast) -> None:
    http = signed_in(cast, cast.ana)
    http.put("/api/push-subscriptions", json=push_device("left phone"))
    assert len(cast.ana.http.get("/api/push-subscriptions").json()) == 1
    http.delete("/api/session")
    assert cast.ana.http.get("/api/push-subscriptions").json() == []


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/x",
        "https://169.254.169.254/latest/meta-data",
        "https://fcm.googleapis.com.evil.example/x",
        "https://user@fcm.googleapis.com/x",
        "https://localhost/x",
    ],
)
def test_an_address_that_is_no_push_service_is_refused(cast: Cast, endpoint: str) -> None:
    answer = cast.ana.http.put("/api/push-subscriptions", json={**push_device("x"), "endpoint": endpoint})
    assert (answer.status_code, answer.json()["code"]) == (422, "push-endpoint-refused")
    assert endpoint not in answer.text


def test_keys_that_are_none_are_refused(cast: Cast) -> None:
    for wrong in ({"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "!" * 87}):
        answer = cast.ana.http.put("/api/push-subscriptions", json={**push_device("x"), **wrong})
        assert (answer.status_code, answer.json()["code"]) == (422, "push-keys-refused")


def test_where_a_device_is_reached_is_in_no_column(cast: Cast) -> None:
    told = push_device("phone")
    cast.ana.http.put("/api/push-subscriptions", json=told)
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        row = session.exec(select(PushSubscription)).one()
    kept = repr({name: getattr(row, name) for name in PushSubscription.model_fields})
    assert not any(told[name] in kept for name in ("endpoint", "p256dh", "auth"))


def test_a_test_is_sent_at_once_and_not_again_within_ten_seconds(cast: Cast) -> None:
    device = cast.ana.http.put("/api/push-subscriptions", json=push_device("phone")).json()
    here = f"/api/push-subscriptions/{device['id']}/test"
    assert cast.ana.http.post(here).status_code == 202
    again = cast.ana.http.post(here)
    assert (again.status_code, again.json()["code"], again.headers["Retry-After"]) == (429, "test-just-sent", "10")
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        past = clock.now() - timedelta(seconds=11)
        session.connection().execute(update(Account).values(push_test_at=past))
    assert cast.ana.http.post(here).status_code == 202


def test_a_device_says_that_it_showed_one(cast: Cast) -> None:
    device = cast.ana.http.put("/api/push-subscriptions", json=push_device("phone")).json()
    assert device["shown_at"] is None
    assert cast.ana.http.post(f"/api/push-subscriptions/{device['id']}/shown").status_code == 204
    assert cast.ana.http.get("/api/push-subscriptions").json()[0]["shown_at"] is not None
    assert cast.sam.http.post(f"/api/push-subscriptions/{device['id']}/shown").status_code == 404


def test_without_a_contact_no_key_is_offered(cast: Cast) -> None:
    """STACK.md: Apple refuses a server on localhost, so nothing is promised by it."""
    assert cast.ana.http.get("/api/push").json() == {"key": None, "sending": False}


def test_numbers_are_for_who_has_the_token(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = TestClient(cast.app, base_url="http://localhost:8321", headers=SAME_ORIGIN)
    assert outside.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 404
    monkeypatch.setitem(cast.house.settings.__dict__, "metrics_token", "a long token")
    chosen(cast.ana)
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.connection().execute(
            update(Reminder).values(next_due_at=clock.now() - timedelta(minutes=7), stale_at=clock.now())
        )
    for wrong in ("", "Bearer", "Bearer a long toke", "Basic a long token"):
        assert outside.get("/metrics", headers={"Authorization": wrong}).status_code == 404
    late = outside.get("/metrics", headers={"Authorization": "Bearer a long token"}).text
    lag = next(line for line in late.splitlines() if line.startswith("fortnight_reminder_queue_lag_seconds "))
    assert 420 <= float(lag.split()[1]) < 480
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        due.fire(session, cast.house.vault, now=clock.now())
    told = outside.get("/metrics", headers={"Authorization": "Bearer a long token"}).text
    assert 'fortnight_reminders{outcome="expired"} 1.0' in told
    assert "fortnight_push_set_up 0.0" in told
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        assert session.exec(select(col(Reminder.turn))).one() == 0


def test_in_the_demo_only_who_is_under_way_can_have_reminders_and_until_the_last_day(cast: Cast) -> None:
    states = []
    for each in demo.fill(cast.house, now=clock.now()):
        if each.role != "client":
            continue
        http = cast.visitor()
        http.post("/api/session", json={"sign_in": each.sign_in, "password": each.password})
        [experiment] = http.get("/api/experiments").json()
        states.append(experiment["status"])
        offered = http.get(address(experiment)).json()
        assert (offered["on"], offered["next_at"]) == (False, None)
        answer = http.put(address(experiment), json=WANTED)
        if experiment["status"] == "finished":
            assert (answer.status_code, answer.json()["code"]) == (409, "not-allowed-now")
            continue
        assert (answer.status_code, answer.json()["next_at"]) == (200, "2027-03-02T20:30:00Z")
        assert http.put("/api/push-subscriptions", json=push_device(each.sign_in)).status_code == 200
        assert experiment["end_on"] == "2027-03-07"
    assert sorted(states) == ["finished", "finished", "finished", "running"]
    sent = run(cast.house, AFTERNOON, AFTERNOON + timedelta(days=10), timedelta(minutes=30))
    assert sent == [AFTERNOON.replace(hour=20, minute=30) + timedelta(days=number) for number in range(6)]
