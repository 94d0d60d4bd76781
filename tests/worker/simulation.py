"""A day of reminders in every zone, on a real database, with a clock that is set: two workers that crash and push
services that are busy. What was sent is compared with clocks that are watched (`tests/domain/clocks.py`).

Deterministic: two workers take turns in an order drawn from a seed, each holding what it has claimed while the
other goes on, as two processes would.
"""

import json
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

from app.adapters.push import Answer
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.domain import recurrence
from app.domain.schedule import Window
from app.models.experiments import Experiment
from app.models.push_subscriptions import PushSubscription
from app.models.reminders import Reminder, ReminderPlan
from app.services import deliveries, due, reminders
from app.services.deliveries import Outgoing, Settled
from app.services.house import House
from benchmarks.fortnights import fortnight, plan, reminder
from sqlalchemy import delete, insert, update
from sqlmodel import Session, select

from tests.domain import clocks
from tests.reminding import reminded

TICK = timedelta(seconds=10)
MOST_UNDER_WAY = 200
DAY_END = time(4)
Key = tuple[str, str]
"""A reminder and the day it belongs to."""


@dataclass(frozen=True)
class Trouble:
    """How much goes wrong: a crash for each step of a worker, a busy push service for each message."""

    crash: float = 0.0005
    busy: float = 0.01


class Crash(Exception):
    """The power is gone: nothing that was not committed is left."""


@dataclass
class Seen:
    """What push services were asked to do, and what they took."""

    asked: int = 0
    taken: dict[Key, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    topics: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    crashes: int = 0


@dataclass
class SimulatedWorker:
    """One worker's turn, and what it holds between its turns."""

    house: House
    seen: Seen
    trouble: Trouble
    dice: random.Random
    under_way: list[tuple[datetime, Settled]] = field(default_factory=list)

    def turn(self, now: datetime) -> None:
        try:
            self._settle(now)
            while self._fire(now) == due.BATCH:
                pass
            while len(self.under_way) < MOST_UNDER_WAY and (claimed := self._claim(now)):
                for outgoing in claimed:
                    self._may_crash()
                    answer = self._send(outgoing, now)
                    self._may_crash()
                    self.under_way.append((now + self.dice.random() * TICK, Settled(outgoing, answer)))
            self._settle(now)
        except Crash:
            self.seen.crashes += 1
            self.under_way.clear()

    def _may_crash(self) -> None:
        if self.dice.random() < self.trouble.crash:
            raise Crash

    def _fire(self, now: datetime) -> int:
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            fired = due.fire(session, self.house.vault, now=now)
            if fired:
                self._may_crash()  # before the COMMIT
        return fired

    def _claim(self, now: datetime) -> tuple[Outgoing, ...]:
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            claimed = deliveries.claim(session, self.house.vault, "http://localhost", now=now)
            if claimed:
                self._may_crash()
        return claimed

    def _send(self, outgoing: Outgoing, now: datetime) -> Answer:
        self.seen.asked += 1
        if self.dice.random() < self.trouble.busy:
            return Answer("retry", "429", retry_after=30.0)
        told = json.loads(outgoing.message.body)["reminder"]
        key = (told["id"], told["day"])
        self.seen.taken[key].append(now)
        self.seen.topics[key].add(outgoing.message.topic)
        return Answer("sent", "201")

    def _settle(self, now: datetime) -> None:
        done = [settled for at, settled in self.under_way if at <= now]
        self.under_way = [each for each in self.under_way if each[0] > now]
        for start in range(0, len(done), deliveries.BATCH):
            with unit_of_work(self.house.engine, by=HOUSE) as session:
                deliveries.settle(session, done[start : start + deliveries.BATCH], now=now)
                self._may_crash()


@dataclass(frozen=True)
class Verdict:
    """What came of a day. Lateness in seconds, of what was taken last."""

    expected: int
    missed: int
    early: int
    unasked: int
    shown_twice: int
    sent_again: int
    crashes: int
    latest: float


def run_day(house: House, names: Sequence[str], on: date, number: int, trouble: Trouble, seed: int) -> Verdict:
    """About `number` reminders on and around the date `on`, spread over the zones `names`."""
    dice = random.Random(seed)
    begin = datetime.combine(on, time(), UTC) - timedelta(hours=1)
    end = begin + timedelta(hours=26)
    planned = _fill(house, names, on, number, begin, dice)
    wanted = _expected(planned, on, begin, end)
    seen = Seen()
    workers = [SimulatedWorker(house, seen, trouble, random.Random(dice.random())) for _ in range(2)]
    now = begin
    while now <= end + timedelta(minutes=20):
        for worker in dice.sample(workers, 2):
            worker.turn(now)
        now += TICK
    return _verdict(wanted, seen, end)


def _verdict(wanted: dict[Key, datetime], seen: Seen, end: datetime) -> Verdict:
    late = [(seen.taken[key][0] - at).total_seconds() for key, at in wanted.items() if key in seen.taken]
    by_rule = {key for key, moments in seen.taken.items() if moments[0] < end}
    return Verdict(
        expected=len(wanted),
        missed=sum(key not in seen.taken for key in wanted),
        early=sum(number < 0 for number in late),
        unasked=len(by_rule - set(wanted)),
        shown_twice=sum(len(topics) > 1 for topics in seen.topics.values()),
        sent_again=sum(len(moments) - 1 for moments in seen.taken.values()),
        crashes=seen.crashes,
        latest=max(late, default=0.0),
    )


@dataclass(frozen=True)
class Planned:
    """One reminder as it was put into the database."""

    id: UUID
    zone: str
    at: time


def _expected(planned: Sequence[Planned], on: date, begin: datetime, end: datetime) -> dict[Key, datetime]:
    """When each is due, by the watched clocks: everything after `begin` and until `end`."""
    found: dict[Key, datetime] = {}
    for each in planned:
        for shift in range(-3, 3):
            day = on + timedelta(days=shift)
            at = clocks.moment(clocks.first(each.zone, clocks.wanted_on(day, each.at, DAY_END)))
            if begin < at <= end:
                found[each.id.hex, day.isoformat()] = at
    return found


def _fill(
    house: House, names: Sequence[str], on: date, number: int, begin: datetime, dice: random.Random
) -> list[Planned]:
    """Fortnights around the date, three reminders each at least an hour apart; one person with one device has them
    all, as far as the queue is concerned."""
    one = reminded(house, f"p{on.toordinal()}", now=begin - timedelta(days=5), start_on=on - timedelta(days=4))
    device = one.device(now=begin - timedelta(days=5))
    planned: list[Planned] = []
    start_on = on - timedelta(days=4)
    plans, fortnights, rows = [], [], []
    for place in range(number // 3):
        zone, experiment_id = names[place % len(names)], uuid4()
        first = dice.randrange(24 * 60)
        times = sorted(_clock(first + shift + dice.randrange(240)) for shift in (0, 300, 600))
        fortnights.append(fortnight(experiment_id, one.person.id, start_on, 14, zone, begin))
        plans.append(plan(experiment_id, one.person.id, zone, times))
        chosen = reminders.Chosen(",".join(times), 127, False, None, None, None, None, zone, None, None)
        whole = reminders.rule_of(chosen, Window(start_on, 14), "04:00")
        for at in times:
            identity = uuid4()
            planned.append(Planned(identity, zone, time.fromisoformat(at)))
            coming = recurrence.next_due(whole, time.fromisoformat(at), begin)
            assert coming is not None
            rows.append(reminder(identity, experiment_id, at, coming.at, coming.day, coming.stale_at))
    with unit_of_work(house.engine, by=HOUSE) as session:
        _forget_others(session, device)
        for table, values in ((Experiment, fortnights), (ReminderPlan, plans), (Reminder, rows)):
            session.execute(insert(table), values)
    return planned


def _forget_others(session: Session, device: UUID) -> None:
    """Each day begins with an empty queue."""
    session.execute(delete(ReminderPlan))
    session.execute(update(Reminder).values(next_due_at=None))
    assert session.exec(select(PushSubscription.id).where(PushSubscription.id == device)).one() == device


def _clock(minutes: int) -> str:
    return f"{minutes // 60 % 24:02}:{minutes % 60:02}"
