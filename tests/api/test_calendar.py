"""Reminders as a calendar: the right days, nothing else said, and an address that can be taken back."""

import hashlib
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from app.domain.attempts import CALENDAR
from app.domain.recurrence import Rule, Zones
from app.rendering import ics
from app.services.paces import Pace
from icalendar import Calendar
from starlette.testclient import TestClient

from tests.api.test_reminders import chosen
from tests.cast import Cast

AFTERNOON = datetime(2027, 3, 2, 15, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Whatever the hour at which the tests run; it stands still."""
    with time_machine.travel(AFTERNOON, tick=False) as travelling:
        yield travelling


def made(cast: Cast) -> str:
    """A new address of Ana's, as a path."""
    url: str = cast.ana.http.post("/api/calendar").json()["url"]
    return url.removeprefix("http://localhost:8321")


def told(answer: Any) -> tuple[int, dict[str, Any]]:
    """An answer with all that is in it but the number of the request."""
    body = answer.json() if answer.content else {}
    return answer.status_code, {**{k: v for k, v in body.items() if k != "request_id"}, **dict(answer.headers)}


def test_the_calendar_has_each_day_once_at_its_hour_and_says_nothing(cast: Cast) -> None:
    chosen(cast.ana, times=["20:30", "01:00"], every_other=True, words="blank")
    made = cast.ana.http.post("/api/calendar")
    assert made.status_code == 201
    path = made.json()["url"].removeprefix("http://localhost:8321")
    fetched = TestClient(cast.app, base_url="http://localhost:8321").get(path)
    assert fetched.status_code == 200
    assert fetched.headers["content-type"] == "text/calendar; charset=utf-8"
    assert fetched.headers["cache-control"] == "private, no-cache", "kept by whoever fetches it, and asked anew"
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


@pytest.mark.parametrize(("words", "title"), [("hello", "Hello"), ("note", "Something to jot down")])
def test_an_entry_says_what_a_reminder_says(cast: Cast, words: str, title: str) -> None:
    """Where that says something: an entry without a title is lost in a calendar (the test above)."""
    chosen(cast.ana, words=words)
    path = cast.ana.http.post("/api/calendar").json()["url"].removeprefix("http://localhost:8321")
    fetched = TestClient(cast.app, base_url="http://localhost:8321").get(path)
    events = Calendar.from_ical(fetched.content).walk("VEVENT")
    said = {str(one["SUMMARY"]) for one in events}
    rung = {str(alarm["DESCRIPTION"]) for one in events for alarm in one.walk("VALARM")}
    assert (said, rung) == ({title}, {title})


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


def test_who_has_it_already_is_not_sent_it_again(cast: Cast, clock: time_machine.Traveller) -> None:
    experiment, stored = chosen(cast.ana)
    path, outside = made(cast), cast.visitor()
    first = outside.get(path)
    tag = first.headers["etag"]
    assert tag.startswith('W/"'), "two that are made of the same say another time of making"
    for said in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        clock.shift(timedelta(hours=1))
        again = outside.get(path, headers={"If-None-Match": said})
        assert (again.status_code, again.content) == (304, b"")
        assert (again.headers["etag"], again.headers["cache-control"]) == (tag, "private, no-cache")
        assert "content-type" not in again.headers
    for said in ('"other"', "", tag.replace("W/", "V/"), tag[:-2] + '"'):
        assert outside.get(path, headers={"If-None-Match": said}).status_code == 200
    tags = {tag}
    address = f"/api/experiments/{experiment['id']}/reminders"
    changes: list[dict[str, Any]] = [
        {"times": ["21:30"]},
        {"times": ["21:30", "08:00"]},
        {"weekdays": [1, 2, 3]},
        {"every_other": True},
        {"paused_until": "2027-03-06"},
        {"not_today": True},
        {"words": "hello"},
        {"on": False},
    ]
    for change in changes:
        clock.shift(timedelta(minutes=1))
        body = {"base_revision": stored["revision"], "zone": "UTC", "on": True, "times": ["20:30"], **change}
        answer = cast.ana.http.put(address, json=body)
        assert answer.status_code == 200, answer.text
        stored = answer.json()
        newer = outside.get(path, headers={"If-None-Match": ", ".join(tags)})
        assert newer.status_code == 200, change
        tags.add(newer.headers["etag"])
    assert len(tags) == len(changes) + 1


def test_a_pause_the_end_and_another_day_end_are_another_calendar(
    cast: Cast, clock: time_machine.Traveller
) -> None:
    experiment, _ = chosen(cast.ana, times=["03:00"])
    path, outside = made(cast), cast.visitor()
    tags = [outside.get(path).headers["etag"]]
    plan = cast.ana.http.get(f"/api/experiments/{experiment['id']}").json()
    names = ("question", "primary", "zone", "length_days", "medicine", "pattern", "fits", "start_on")
    body = {name: plan[name] for name in names} | {"base_revision": plan["revision"], "day_end": "02:00"}
    changed = cast.ana.http.put(f"/api/experiments/{experiment['id']}", json=body)
    assert changed.status_code == 200, changed.text
    tags.append(outside.get(path).headers["etag"])
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/pause")
    tags.append(outside.get(path).headers["etag"])
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/resume")
    assert outside.get(path).headers["etag"] == tags[1], "the same again"
    clock.shift(timedelta(days=30))
    tags.append(outside.get(path).headers["etag"])
    assert tags[3] == tags[2], "over, nothing is in it either"
    assert len(set(tags)) == 3


def test_head_says_what_get_says_and_no_more(cast: Cast) -> None:
    chosen(cast.ana)
    path, outside = made(cast), cast.visitor()
    got, asked = outside.get(path), outside.head(path)
    assert (asked.status_code, asked.content) == (200, b"")
    assert dict(asked.headers) == dict(got.headers)
    assert outside.head(path, headers={"If-None-Match": got.headers["etag"]}).status_code == 304


def test_one_address_has_a_limit_and_another_has_its_own(cast: Cast, clock: time_machine.Traveller) -> None:
    chosen(cast.ana)
    chosen(cast.sam)
    path, outside = made(cast), cast.visitor()
    sams = cast.sam.http.post("/api/calendar").json()["url"].removeprefix("http://localhost:8321")
    tag = outside.get(path).headers["etag"]
    known = {"If-None-Match": tag}
    codes = [outside.get(path, headers=known if number % 2 else {}).status_code for number in range(19)]
    assert set(codes) == {200, 304}
    for answer in (outside.get(path), outside.get(path, headers=known)):
        assert (answer.status_code, answer.headers["retry-after"]) == (429, "5")
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["code"] == "calendar-too-often"
        assert answer.json()["detail"] == "This calendar is asked for too often. It is there again in a moment."
        assert "etag" not in answer.headers
    assert outside.head(path).status_code == 429
    assert outside.get(sams).status_code == 200
    clock.shift(timedelta(seconds=5))
    assert [outside.get(path).status_code for _ in range(2)] == [200, 429]
    assert outside.get(made(cast)).status_code == 200, "a new address has no past"
    clock.shift(timedelta(minutes=2))
    assert cast.ana.http.delete("/api/calendar").status_code == 204
    assert outside.get(path).status_code == 404


@pytest.mark.parametrize("subscribers", [1, 10])
def test_calendars_that_ask_every_quarter_of_an_hour_are_never_told_to_wait(subscribers: int) -> None:
    limits = Pace(CALENDAR, "calendar-too-often")
    for quarter in range(4 * 24 * 3):
        for each in range(subscribers):
            limits.take("one", now=AFTERNOON + timedelta(minutes=15 * quarter, seconds=7 * each))


def test_who_has_not_asked_lately_is_not_kept() -> None:
    limits = Pace(CALENDAR, "calendar-too-often")
    for number in range(100):
        limits.take(f"feed {number}", now=AFTERNOON)
    limits.take("another", now=AFTERNOON + CALENDAR.forget_after)
    assert len(limits._counts) == 1


def test_an_address_that_is_nobodys_is_answered_alike_whatever_it_was(cast: Cast) -> None:
    """Taken back, made up, no token at all; asked often, and with the tag of a calendar that was there."""
    chosen(cast.ana)
    gone, outside = made(cast), cast.visitor()
    tag = outside.get(gone).headers["etag"]
    while outside.get(gone).status_code != 429:
        pass
    assert cast.ana.http.delete("/api/calendar").status_code == 204
    [never, none] = ["/calendar/" + "A" * 43 + ".ics", "/calendar/x.ics"]
    seen = [
        told(outside.request(method, path, headers=headers))
        for method in ("GET", "HEAD")
        for headers in ({}, {"If-None-Match": tag}, {"If-None-Match": "*"})
        for path in [gone, never, none] * 10
    ]
    assert all(status == 404 for status, _ in seen)
    assert all(answer == seen[0] for answer in seen[: len(seen) // 2])
    assert all(answer == seen[-1] for answer in seen[len(seen) // 2 :])


def test_what_is_made_otherwise_has_another_mark() -> None:
    """Whoever changes what a calendar looks like gives `FORM` another value, and this pin with it: else calendars
    keep what they have."""
    rule = Rule((time(20, 30),), date(2027, 3, 1), date(2027, 3, 7), Zones("Europe/Berlin"), time(4))
    whole = ics.calendar([ics.Entry("key", "20:30", "minute", rule)], AFTERNOON)
    assert (ics.FORM, hashlib.sha256(whole).hexdigest()[:12]) == ("1", "ab0cde514650")
