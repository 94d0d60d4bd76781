"""What changes while reminders are due: the zone, the hours, what was asked for again, the sign-in."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from app.adapters.push import Answer
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain.errors import Refused
from app.models.login_sessions import LoginSession
from app.models.notifications import DeliveryCount
from app.models.push_subscriptions import PushSubscription
from app.models.reminders import ReminderPlan
from app.services import reminders
from app.services.house import House
from app.services.queue_look import EARLIEST, QueueLook
from sqlalchemy import func, select, update
from sqlmodel import col

from tests.reminding import MORNING, at, counts, fire, reminded, run, tick, waiting

RETRY = Answer("retry", "503")


def test_a_traveller_is_reminded_by_the_new_clock_from_the_next_day_on(house: House) -> None:
    """R6: in Berlin for a day, then on the way to Tokyo."""
    ana = reminded(house)
    ana.device()
    ana.put(zone="Europe/Berlin")
    assert ana.get().next_at == datetime(2027, 3, 1, 19, 30, tzinfo=UTC)
    ana.says_zone("Asia/Tokyo", now=at(1, 15))
    assert ana.get(now=at(1, 15)).next_at == datetime(2027, 3, 1, 19, 30, tzinfo=UTC)
    tick(house, at(1, 19, 30))
    assert ana.get(now=at(1, 20)).next_at == datetime(2027, 3, 2, 11, 30, tzinfo=UTC)


def test_a_laptop_that_says_another_zone_does_not_take_the_reminders_along(house: House) -> None:
    ana = reminded(house)
    ana.put(zone="Europe/Berlin")
    ana.device("laptop", now=at(1, 9), zone="America/New_York")
    assert ana.get(now=at(3, 9)).next_zone == "Europe/Berlin"


def test_there_and_back_in_a_day_brings_no_day_twice(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    sent = run(house, MORNING, at(2, 12))
    ana.says_zone("America/Los_Angeles", now=at(2, 12))
    sent += run(house, at(2, 12, 10), at(3, 4))
    ana.says_zone("UTC", now=at(3, 4, 10))
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        assert session.scalar(select(func.count()).select_from(PushSubscription)) == 1
    sent += run(house, at(3, 4, 20), at(6, 12))
    # Day 3 by the clocks of Los Angeles, where the phone was when day 3 began: 04:30 on the next morning.
    assert sent == [at(1, 20, 30), at(2, 20, 30), at(4, 4, 30), at(4, 20, 30), at(5, 20, 30)]


def test_over_the_date_line_no_day_comes_after_a_later_one(house: House) -> None:
    """25 hours east: by the new clock the next day is due before the one that still goes by the old."""
    ana = reminded(house)
    ana.device()
    ana.put(zone="Pacific/Pago_Pago")
    ana.says_zone("Pacific/Kiritimati", now=at(3, 0))
    now, days = at(3, 0), []
    while now < at(6, 12):
        days += [json.loads(each.message.body)["reminder"]["day"] for each in tick(house, now)]
        now += timedelta(minutes=10)
    assert days == sorted(set(days))
    assert len(days) >= 3


def test_later_twice_on_a_day_stops_nobody(house: House) -> None:
    """A device that is busy still has the first; what is asked for again must not collide with it."""
    ana, sam = reminded(house, "ana"), reminded(house, "sam")
    for each in (ana, sam):
        each.device()
    ana.put(times=["20:30"])
    sam.put(times=["22:45"])
    tick(house, at(1, 20, 30))
    ana.later(at(1, 20, 31))
    tick(house, at(1, 21, 31), Answer("retry", "503", retry_after=3600))
    ana.later(at(1, 21, 32))
    assert fire(house, at(1, 22, 32)) == 1
    assert fire(house, at(1, 22, 45)) == 1
    assert sorted(row.turn for row in waiting(house) if row.subscription_id == ana.devices[0]) == [1, 2]
    assert sam.devices[0] in {row.subscription_id for row in waiting(house)}
    with pytest.raises(Refused):
        for minute in range(46, 50):
            ana.later(at(1, 22, minute))


@pytest.mark.parametrize("house", ["postgresql"], indirect=True)
def test_the_worker_passes_by_what_somebody_is_changing(house: House) -> None:
    """On SQLite there is one writer anyway."""
    ana = reminded(house)
    ana.device()
    ana.put()
    with unit_of_work(house.engine, by=HOUSE) as session:
        ana.looks_up_anew(session, now=at(1, 20, 30))  # nothing changes yet, and it is held all the same
        assert fire(house, at(1, 20, 30)) == 0
        ana.chooses(session, now=at(1, 20, 30), quiet_from="21:00", quiet_until="07:00")
    assert fire(house, at(1, 20, 30)) == 1
    assert [row.stale_at for row in waiting(house)] == [at(1, 21)]


def test_what_was_chosen_since_it_was_fired_holds(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    tick(house, at(1, 20, 30), RETRY)
    ana.put(now=at(1, 20, 31), quiet_from="20:31", quiet_until="07:00")
    assert tick(house, at(1, 20, 50)) == []
    ana.put(now=at(2, 9))
    tick(house, at(2, 20, 30))
    ana.later(at(2, 20, 31))
    ana.put(now=at(2, 20, 40), quiet_from="21:00", quiet_until="07:00")
    assert ana.get(now=at(2, 20, 41)).next_at == at(3, 20, 30)
    assert run(house, at(2, 20, 40), at(3, 20, 0)) == []


def test_a_rule_that_cannot_be_worked_out_goes_on_when_it_can(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    where = col(ReminderPlan.experiment_id) == ana.experiment_id
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(update(ReminderPlan).where(where).values(zone="Mars/Base"))
    assert run(house, at(1, 20, 30), at(2, 1)) == [at(1, 20, 30)]
    with unit_of_work(house.engine, by=HOUSE) as session:
        # By these clocks day 1 is still to come, and it has been.
        session.execute(update(ReminderPlan).where(where).values(zone="America/Los_Angeles"))
    assert run(house, at(2, 1, 10), at(4, 0)) == [at(3, 4, 30)]


def test_a_sign_in_that_is_over_is_sent_nothing(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    with unit_of_work(house.engine, by=HOUSE) as session:
        session.execute(update(LoginSession).values(idle_ends_at=at(1, 20)))
    assert tick(house, at(1, 20, 30)) == []
    assert counts(house) == {"fired": 1, "signed-out": 1}


def test_made_up_names_of_a_push_service_are_counted_as_the_service(house: House) -> None:
    ana = reminded(house)
    ana.device(endpoint="https://made-up.push.apple.com/x")
    ana.put()
    tick(house, at(1, 20, 30))
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        hosts = set(session.scalars(select(DeliveryCount.host)))  # type: ignore[call-overload]
    assert hosts == {"", "*.push.apple.com"}


def test_an_idle_look_asks_the_indexes(house: House) -> None:
    ana = reminded(house)
    ana.device()
    ana.put()
    look = QueueLook(house.engine)
    assert not look.any_due(at(1, 20, 29, 59))
    assert look.any_due(at(1, 20, 30))
    fire(house, at(1, 20, 30))
    assert look.any_due(at(1, 20, 30)), "what waits to be sent is due too"
    tick(house, at(1, 20, 30))
    assert not look.any_due(at(1, 20, 30))
    look.close()
    assert not look.any_due(at(1, 20, 30)), "it connects anew"
    look.close()
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        if house.engine.dialect.name == "sqlite":
            asked = str(EARLIEST.compile(dialect=house.engine.dialect))
            plans = str(session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all())
            assert "ix_reminder_next_due_at" in plans
            assert "ix_notification_next_try_at" in plans


@pytest.mark.parametrize("sends", [True, False])
def test_a_fortnight_that_is_over_by_its_date_is_silent_and_promises_nothing(house: House, sends: bool) -> None:
    """Also where nothing was there to send, and the last days are still queued."""
    ana = reminded(house, length_days=7)
    ana.device()
    ana.put(times=["08:30", "20:30"])
    if sends:
        run(house, at(1, 8), at(7, 22))
    assert ana.get(now=at(7, 20, 31)).next_at == (None if sends else at(7, 20, 30)), "late, and still to come"
    assert ana.get(now=at(7, 22, 31)).next_at is None
    assert ana.get(now=at(9, 12)).next_at is None
    with pytest.raises(Refused):
        ana.put(now=at(9, 12))
    assert run(house, at(9, 12), at(11, 12), timedelta(hours=1)) == []
    assert [row.next_due_at for row in ana.rows()] == [None, None]
    assert counts(house) == ({"fired": 14, "sent": 14} if sends else {"expired": 14})


def test_what_nobody_sent_in_time_is_not_what_comes_next(house: House) -> None:
    ana = reminded(house)
    ana.put(times=["08:30", "20:30"])
    assert ana.get(now=at(5, 12)).next_at == at(5, 20, 30)
    ana.write(date(2027, 3, 5), now=at(5, 12), mood=4)
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        assert reminders.get(session, ana._experiment(session), ana.key, now=at(5, 12)).next_at == at(6, 8, 30)
