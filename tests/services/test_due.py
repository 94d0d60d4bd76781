"""The queue: fired once each, on the right days, never in a burst, by any number of workers. On both databases."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from app.adapters.push import Answer
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.check_ins import CheckIn
from app.models.push_subscriptions import PushSubscription
from app.models.reminders import ReminderPlan
from app.services import deliveries, push_subscriptions
from app.services.house import House
from sqlalchemy import func, select, update
from sqlmodel import col

from tests.reminding import MORNING, START, Reminded, at, claim, counts, fire, reminded, run, settle, tick, waiting

RETRY = Answer("retry", "503")


def test_it_comes_once_a_day_at_its_hour_to_the_end_of_the_fortnight(house: House) -> None:
    ana = reminded(house, length_days=7)
    ana.device()
    shown = ana.put(times=["08:30", "20:30"])
    assert shown.next_at == at(1, 8, 30)
    sent = run(house, MORNING, at(9, 0))
    assert sent == [at(day, hour, 30) for day in range(1, 8) for hour in (8, 20)]
    assert [row.next_due_at for row in ana.rows()] == [None, None]
    assert counts(house) == {"fired": 14, "sent": 14}


def test_nothing_comes_on_a_day_that_has_a_check_in(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    ana.write(START, now=at(1, 12), mood=4)
    assert run(house, MORNING, at(2, 21)) == [at(2, 20, 30)]
    assert counts(house) == {"written": 1, "fired": 1, "sent": 1}


def test_a_day_that_was_emptied_again_is_not_logged(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    ana.write(START, now=at(1, 12))
    assert run(house, MORNING, at(1, 21)) == [at(1, 20, 30)]


def test_a_day_that_does_not_open_was_written_by_somebody(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    ana.write(START, now=at(1, 12), mood=4)
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(update(CheckIn).values(sealed=b"\x01" + b"x" * 60))
    assert run(house, MORNING, at(1, 21)) == []


def test_a_check_in_between_two_tries_ends_it(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    assert len(tick(house, at(1, 20, 30), RETRY)) == 1
    ana.write(START, now=at(1, 20, 31), mood=4)
    assert tick(house, at(1, 20, 50)) == []
    assert waiting(house) == []


@pytest.mark.parametrize(
    ("step", "back", "comes"), [("pause", "resume", True), ("pause", None, False), ("stop", None, False)]
)
def test_nothing_comes_while_the_fortnight_does_not_run(
    house: House, step: str, back: str | None, comes: bool
) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    ana.step(step, now=at(1, 9))
    assert ana.get(now=at(1, 9)).next_at is None
    if back:
        ana.step(back, now=at(1, 10))
        assert ana.get(now=at(1, 10)).next_at == at(1, 20, 30)
    assert bool(run(house, at(1, 9), at(1, 22))) is comes


def test_a_pause_between_firing_and_sending_ends_it(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    assert fire(house, at(1, 20, 30)) == 1
    ana.step("pause", now=at(1, 20, 30, 1))
    assert claim(house, at(1, 20, 30, 2)) == ()
    assert counts(house)["silent"] == 1


def test_after_downtime_there_is_no_burst(house: House) -> None:
    """R7: whatever the time away, at most one is sent of each reminder, and what was not is counted."""
    ana = reminded(house)
    ana.device()
    ana.put(times=["08:30", "19:30", "20:30"])
    assert [each.due for each in _due(house, at(6, 21))] == [at(6, 20, 30)]
    assert counts(house) == {"fired": 1, "expired": 17, "sent": 1}
    assert run(house, at(6, 21, 10), at(7, 8, 30)) == [at(7, 8, 30)]


def _due(house: House, now: datetime) -> list[Any]:
    class Sent:
        def __init__(self, due: datetime) -> None:
            self.due = due

    while fire(house, now):
        pass
    found = [Sent(row.due_at) for row in waiting(house)]
    tick(house, now)
    return found


def test_an_hour_late_is_late_and_three_hours_is_no_help(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put(times=["10:00"])
    assert len(tick(house, at(1, 11))) == 1
    assert tick(house, at(2, 12, 1)) == []
    assert counts(house)["expired"] == 1


def test_quiet_hours_and_the_next_reminder_end_what_is_late(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put(times=["20:30", "21:30"], quiet_from="22:00", quiet_until="07:00")
    assert fire(house, at(1, 21, 29)) == 1
    assert [row.stale_at for row in waiting(house)] == [at(1, 21, 30)]
    tick(house, at(1, 21, 29))
    assert fire(house, at(1, 21, 45)) == 1
    assert [row.stale_at for row in waiting(house)] == [at(1, 22)]


def test_two_workers_fire_and_send_each_once(house: House) -> None:
    people = [reminded(house, f"p{number}") for number in range(6)]
    for each in people:
        each.device()
        each.put(times=["08:30", "12:00", "20:30"])
    now = at(1, 8, 30)

    def work(_number: int) -> list[UUID]:
        sent: list[UUID] = []
        for _ in range(20):
            fire(house, now)
            claimed = claim(house, now, most=3)
            settle(house, claimed, now)
            sent += [each.subscription_id for each in claimed]
        return sent

    with ThreadPoolExecutor(2) as pool:
        sent = [one for some in pool.map(work, range(2)) for one in some]
    assert sorted(sent) == sorted(device for each in people for device in each.devices)
    assert counts(house) == {"fired": 6, "sent": 6}


def test_a_crash_between_claim_and_settle_sends_once_more_under_the_same_topic(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    fire(house, at(1, 20, 30))
    [first] = claim(house, at(1, 20, 30))
    assert claim(house, at(1, 20, 30, 59)) == (), "the lease holds"
    [second] = claim(house, at(1, 20, 31, 0))
    assert second.message.topic == first.message.topic
    settle(house, (first,), at(1, 20, 31, 1), RETRY)  # it was not dead, only slow: the lease is no longer its own
    assert [row.next_try_at for row in waiting(house)] == [at(1, 20, 32, 0)]
    settle(house, (second,), at(1, 20, 31, 2))
    assert waiting(house) == []


def test_topics_of_one_person_cannot_be_told_to_belong_together(house: House) -> None:
    ana = reminded(house)
    ana.device("phone")
    ana.device("tablet")
    ana.put(times=["08:30", "20:30"])
    topics = [
        each.message.topic for day in (1, 2, 3) for hour in (8, 20) for each in tick(house, at(day, hour, 30))
    ]
    assert len(set(topics)) == len(topics) == 12
    assert all(len(topic) == 32 and topic.isalnum() for topic in topics)
    assert len({topic[:6] for topic in topics}) == 12


def test_every_body_has_one_size_and_says_nothing(house: House) -> None:
    """SECURITY.md T9, T10: whatever was chosen."""
    canary = "CANARY"
    ana = reminded(house, question=canary, medicine="lithium", medicine_label=f"{canary} pill", hope=canary)
    ana.device()
    seen: dict[str, dict[str, Any]] = {}
    for day, words in enumerate(("minute", "hello", "note", "name", "blank"), start=1):
        ana.put(now=at(day, 9), words=words)
        [sent] = tick(house, at(day, 20, 30))
        assert len(sent.message.body) == deliveries.BODY_BYTES
        assert 0 < sent.message.ttl <= 2 * 60 * 60
        seen[words] = json.loads(sent.message.body)
        said = sent.message.body.decode().lower()
        assert not any(
            word in said
            for word in ("canary", "lithium", "pill", "dose", "mood", "medicine", "sleep", "fortnight,")
        )
    assert {told["notification"]["title"] for told in seen.values()} == {
        "A quiet minute",
        "Hello",
        "Something to jot down",
        "Fortnight",
        "\u00a0",
    }
    one = seen["minute"]
    assert (one["web_push"], one["notification"]["navigate"]) == (8030, "http://localhost/")
    assert set(one["notification"]) == {"title", "navigate", "tag"}


def test_what_is_sent_to_try_it_says_what_a_reminder_would(house: House) -> None:
    """Blank, too: so it is seen what somebody else would see. Without a plan, what is offered."""
    ana = reminded(house)
    ana.device()
    sam = reminded(house, "sam")
    sam.device()
    sam.put(words="note")

    def tried(now: datetime) -> str:
        with unit_of_work(house.engine, by=HOUSE) as session:
            push_subscriptions.test(session, ana.person, ana.devices[0], now=now)
        [sent] = claim(house, now)
        settle(house, (sent,), now)
        assert len(sent.message.body) == deliveries.BODY_BYTES
        told = json.loads(sent.message.body)
        assert "reminder" not in told
        title: str = told["notification"]["title"]
        return title

    assert tried(at(1, 9)) == "A quiet minute"
    ana.put(words="hello")
    assert tried(at(1, 10)) == "Hello"
    ana.put(words="blank", on=False)
    assert tried(at(1, 11)) == "\u00a0"
    first = ana.experiment_id
    ana.begins_another("note", now=at(1, 11, 30), starts=False)
    ana.experiment_id = first
    assert tried(at(1, 11, 45)) == "\u00a0", "the open one, not a draft"
    ana.step("stop", now=at(1, 12))
    ana.begins_another("name", now=at(1, 13))
    assert tried(at(1, 14)) == "Fortnight"
    ana.step("stop", now=at(1, 15))
    assert tried(at(1, 16)) == "Fortnight", "the newest, where none is open"


@pytest.mark.parametrize("outcome", ["refused", "retry", "too_large", "sent"])
def test_only_a_device_that_is_gone_is_forgotten(house: House, outcome: Any) -> None:
    """SECURITY.md 45: 404 and 410 alone take a subscription away; R8."""
    ana = reminded(house)
    ana.device("phone")
    ana.device("tablet")
    ana.put()
    tick(house, at(1, 20, 30), Answer(outcome, "x"))
    assert _devices(house) == 2
    assert tick(house, at(2, 20, 30), Answer(outcome, "x"))
    fire(house, at(3, 20, 30))
    claimed = claim(house, at(3, 20, 30))
    settle(house, claimed[:1], at(3, 20, 30), Answer("gone", "410"))
    assert _devices(house) == 1
    assert [row.subscription_id for row in waiting(house) if row.day == date(2027, 3, 3)] == [
        claimed[1].subscription_id
    ]


def _devices(house: House) -> int:
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        return session.scalar(select(func.count()).select_from(PushSubscription)) or 0


def test_retry_after_is_honoured_and_ends_when_it_is_stale(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    tick(house, at(1, 20, 30), Answer("retry", "429", retry_after=1800))
    assert [row.next_try_at for row in waiting(house)] == [at(1, 21, 0)]
    tick(house, at(1, 21, 0), Answer("retry", "429", retry_after=7200))
    assert waiting(house) == []
    assert counts(house) == {"fired": 1, "retry": 2, "expired": 1}


def test_pauses_grow_and_are_not_in_step(house: House) -> None:
    ana = reminded(house)
    for number in range(8):
        ana.device(f"device {number}")
    ana.put()
    tick(house, at(1, 20, 30), RETRY)
    first = {row.next_try_at for row in waiting(house)}
    assert len(first) == 8
    assert all(timedelta(seconds=7) < moment - at(1, 20, 30) < timedelta(seconds=23) for moment in first)
    now = max(first)
    while waiting(house) and now < at(1, 21):
        tick(house, now, RETRY)
        now += timedelta(seconds=30)
    assert max(row.tries for row in waiting(house)) <= 8, "half an hour of trouble is a handful of tries"


def test_a_refusal_is_stamped_for_the_person_and_counted_for_the_operator(house: House) -> None:
    ana = reminded(house)
    device = ana.device()
    ana.put()
    tick(house, at(1, 20, 30), Answer("refused", "403"))
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        [shown] = push_subscriptions.list_of(session, ana.person, ana.key)
    assert (shown.id, shown.refused_at, shown.sent_at) == (device, at(1, 20, 30), None)
    tick(house, at(1, 20, 40))
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        [shown] = push_subscriptions.list_of(session, ana.person, ana.key)
    assert (shown.refused_at, shown.sent_at) == (None, at(1, 20, 40))


def both(house: House) -> tuple[Reminded, Reminded]:
    """Two people with one device each, reminded at the same hour."""
    ana, sam = reminded(house, "ana"), reminded(house, "sam")
    for each in (ana, sam):
        each.device()
        each.put()
    return ana, sam


def test_a_subscription_that_does_not_open_holds_nobody_up(house: House) -> None:
    ana, sam = both(house)
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(
            update(PushSubscription)
            .where(col(PushSubscription.id) == ana.devices[0])
            .values(sealed=b"\x01" + b"x" * 60)
        )
    assert [each.subscription_id for each in tick(house, at(1, 20, 30))] == sam.devices
    assert counts(house) == {"fired": 2, "unreadable": 1, "sent": 1}


def test_a_reminder_of_a_zone_that_is_no_more_holds_nobody_up(house: House) -> None:
    ana, _ = both(house)
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(
            update(ReminderPlan)
            .where(col(ReminderPlan.experiment_id) == ana.experiment_id)
            .values(zone="Europe/Atlantis")
        )
    assert len(tick(house, at(1, 20, 30))) == 2
    assert len(tick(house, at(2, 20, 30))) == 1
