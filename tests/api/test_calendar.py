"""Reminders as a calendar: the right days, nothing else said, and an address that can be taken back."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from icalendar import Calendar
from starlette.testclient import TestClient

from tests.api.test_reminders import chosen
from tests.cast import Cast


@pytest.fixture(autouse=True)
def _afternoon() -> Iterator[None]:
    """Whatever the hour at which the tests run."""
    with time_machine.travel(datetime(2027, 3, 2, 15, 0, tzinfo=UTC)):
        yield


def test_the_calendar_has_each_day_once_at_its_hour_and_says_nothing(cast: Cast) -> None:
    chosen(cast.ana, times=["20:30", "01:00"], every_other=True, words="blank")
    made = cast.ana.http.post("/api/calendar")
    assert made.status_code == 201
    path = made.json()["url"].removeprefix("http://localhost:8321")
    fetched = TestClient(cast.app, base_url="http://localhost:8321").get(path)
    assert fetched.status_code == 200
    assert fetched.headers["content-type"] == "text/calendar; charset=utf-8"
    assert fetched.headers["cache-control"] == "no-store"
    calendar = Calendar.from_ical(fetched.content)
    events = calendar.walk("VEVENT")
    assert len(events) == 2 * 7
    starts: list[datetime] = sorted(event.decoded("DTSTART") for event in events)
    assert {(start.hour, start.minute) for start in starts} == {(20, 30), (1, 0)}
    assert all(start.tzinfo is None for start in starts), "an hour is an hour wherever the phone is"
    assert {str(event["SUMMARY"]) for event in events} == {"A quiet minute"}
    assert len({str(event["UID"]) for event in events}) == len(events)
    said = fetched.text.lower()
    assert not any(word in said for word in ("white one", "methylphenidate", "foggier", "dose", "mood"))


def test_a_new_address_ends_the_one_before_and_it_can_be_taken_back(cast: Cast) -> None:
    chosen(cast.ana)
    first, second = (cast.ana.http.post("/api/calendar").json()["url"] for _ in range(2))
    outside = TestClient(cast.app, base_url="http://localhost:8321")
    codes = [outside.get(url.removeprefix("http://localhost:8321")).status_code for url in (first, second)]
    assert codes == [404, 200]
    assert cast.ana.http.get("/api/calendar").json()["created_at"] is not None
    assert cast.ana.http.delete("/api/calendar").status_code == 204
    assert outside.get(second.removeprefix("http://localhost:8321")).status_code == 404
    assert cast.ana.http.get("/api/calendar").json() == {"created_at": None}
    unknown = outside.get("/calendar/AAAA.ics")
    assert unknown.status_code == 404


def test_a_calendar_of_a_fortnight_that_is_over_or_off_is_empty(cast: Cast) -> None:
    experiment, _ = chosen(cast.ana)
    path = cast.ana.http.post("/api/calendar").json()["url"].removeprefix("http://localhost:8321")
    outside = TestClient(cast.app, base_url="http://localhost:8321")
    assert b"VEVENT" in outside.get(path).content
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/pause")
    assert b"VEVENT" not in outside.get(path).content
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert b"VEVENT" not in outside.get(path).content
