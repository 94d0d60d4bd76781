"""A client with reminders and devices, on any date: what the tests of the queue and of the worker stand on."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.adapters.push import Answer, Message, Subscription
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.core.vault import DataKey
from app.domain.access import Person
from app.models.accounts import Account, AccountCreate
from app.models.check_ins import Answers
from app.models.experiments import Experiment, ExperimentCreate
from app.models.notifications import DeliveryCount, Notification
from app.models.push_subscriptions import PushSubscriptionPut
from app.models.reminders import Reminder, RemindersPublic, RemindersPut
from app.services import accounts, check_ins, deliveries, due, experiments, invitations, login_sessions, reminders
from app.services import push_subscriptions as devices
from app.services.deliveries import Outgoing, Settled
from app.services.house import House
from sqlmodel import Session, col, select

from tests.push_device import push_device

HERE = accounts.Visitor("203.0.113.9", "Mozilla/5.0 (Android 15) Firefox/153.0")
START = date(2027, 3, 1)  # a Monday
MORNING = datetime(2027, 3, 1, 8, 0, tzinfo=UTC)
SENT = Answer("sent", "201")


def at(day: int, hour: int, minute: int = 0, second: int = 0) -> datetime:
    """An instant of the fortnight: day 1 is `START`, in UTC."""
    return datetime(2027, 3, 1, hour, minute, second, tzinfo=UTC) + timedelta(days=day - 1)


@dataclass
class Reminded:
    """Somebody who is reminded: their fortnight, and what a test does to it."""

    house: House
    person: Person
    key: DataKey
    experiment_id: UUID
    devices: list[UUID] = field(default_factory=list)

    def put(self, *, now: datetime = MORNING, **chosen: Any) -> RemindersPublic:
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            return self.chooses(session, now=now, **chosen)

    def chooses(self, session: Session, *, now: datetime, **chosen: Any) -> RemindersPublic:
        """The same in a transaction that goes on."""
        experiment = self._experiment(session)
        revision = reminders.get(session, experiment, now=now).revision
        body = {"base_revision": revision, "zone": "UTC", "on": True, "times": ["20:30"], **chosen}
        return reminders.put(
            session, self.person, self.key, experiment, RemindersPut.model_validate(body), now=now
        )

    def looks_up_anew(self, session: Session, *, now: datetime) -> None:
        """What whoever changes a fortnight does before they write anything."""
        reminders.replan(session, self._experiment(session), now=now)

    def get(self, *, now: datetime = MORNING) -> RemindersPublic:
        with unit_of_work(self.house.engine, by=HOUSE, read_only=True) as session:
            return reminders.get(session, self._experiment(session), now=now)

    def later(self, now: datetime) -> None:
        """As from its notification of day 1 or 2, whichever it is."""
        [row] = self.rows()
        day = row.fired_day if row.fired_day == now.date() else now.date()
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            reminders.later(session, self.person, row.id, day or now.date(), now=now)

    def says_zone(self, zone: str, *, now: datetime) -> None:
        """The phone on which the reminders were chosen is somewhere else."""
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            reminders.follow_zone(session, self.person, zone, now=now)

    def device(
        self, name: str = "phone", *, now: datetime = MORNING, zone: str = "UTC", endpoint: str | None = None
    ) -> UUID:
        """One more browser, signed in for itself."""
        where = {"endpoint": endpoint} if endpoint else {}
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            account = session.get(Account, self.person.id)
            assert account is not None
            token = login_sessions.start(session, account, self.key, HERE.user_agent, now=now).token
            person = login_sessions.find(session, token, now=now)
            told = PushSubscriptionPut.model_validate(
                {**push_device(f"{self.person.id}{name}"), "zone": zone, **where}
            )
            hosts = self.house.push.hosts
            made = devices.put(session, person, self.key, self.house.vault, hosts, told, HERE.user_agent, now=now)
        self.devices.append(made.id)
        return made.id

    def write(self, day: date, *, now: datetime, **answers: Any) -> None:
        """A check-in as it is stored; with `mood=None` one that was emptied again."""
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            experiment = self._experiment(session)
            check_ins.add_imported(session, experiment, self.key, [(day, Answers(**answers), {})], now=now)

    def step(self, name: str, *, now: datetime) -> None:
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            getattr(experiments, name)(session, self._experiment(session), now=now)

    def begins_another(self, words: str, *, now: datetime, starts: bool = True) -> None:
        """Another fortnight or a draft of one, with reminders that say this."""
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            wanted = {"question": "And now?", "primary": "mood", "zone": "UTC", "start_on": now.date().isoformat()}
            draft = experiments.create(
                session, self.person, self.key, ExperimentCreate.model_validate(wanted), now=now
            )
            if starts:
                experiments.start(session, draft, self.key, now=now)
            self.experiment_id = draft.id
        self.put(now=now, words=words)

    def rows(self) -> list[Reminder]:
        with unit_of_work(self.house.engine, by=HOUSE, read_only=True) as session:
            mine = select(Reminder).where(Reminder.experiment_id == self.experiment_id).order_by(Reminder.at)
            return list(session.exec(mine))

    def _experiment(self, session: Session) -> Experiment:
        found = session.get(Experiment, self.experiment_id)
        assert found is not None
        return found


def reminded(
    house: House, name: str = "ana", *, now: datetime = MORNING, start_on: date = START, **plan: Any
) -> Reminded:
    """A client whose fortnight begins on `start_on`, without reminders yet."""
    with unit_of_work(house.engine, by=HOUSE) as session:
        token = invitations.create(session, "http://localhost", "client", now=now).token
    made = accounts.create(
        house,
        AccountCreate(token=token, role="client", name=name, password="a lamp and a paper diary"),
        HERE,
        now=now,
    )
    with unit_of_work(house.engine, by=HOUSE) as session:
        person = login_sessions.find(session, made.started.token, now=now)
        key = house.vault.unwrap(person.kek_id, person.wrapped_key, str(person.id))
        wanted = {"question": "Is it the tablet?", "primary": "mood", "zone": "UTC", **plan}
        wanted["start_on"] = start_on.isoformat()
        draft = experiments.create(session, person, key, ExperimentCreate.model_validate(wanted), now=now)
        experiments.start(session, draft, key, now=now)
        return Reminded(house, person, key, draft.id)


def fire(house: House, now: datetime) -> int:
    with unit_of_work(house.engine, by=HOUSE) as session:
        return due.fire(session, house.vault, now=now)


def claim(house: House, now: datetime, most: int = 50) -> tuple[Outgoing, ...]:
    with unit_of_work(house.engine, by=HOUSE) as session:
        return deliveries.claim(session, house.vault, "http://localhost", now=now, most=most)


def settle(house: House, claimed: tuple[Outgoing, ...], now: datetime, answer: Answer = SENT) -> None:
    with unit_of_work(house.engine, by=HOUSE) as session:
        deliveries.settle(session, [Settled(each, answer) for each in claimed], now=now)


def tick(house: House, now: datetime, answer: Answer = SENT) -> list[Outgoing]:
    """Everything that is due at `now`, fired, claimed and settled. What was sent."""
    while fire(house, now):
        pass
    sent: list[Outgoing] = []
    while claimed := claim(house, now):
        settle(house, claimed, now, answer)
        sent += claimed
    return sent


def run(house: House, start: datetime, end: datetime, every: timedelta = timedelta(minutes=10)) -> list[datetime]:
    """A worker that looks every so often: when it sent something."""
    now, sent = start, []
    while now <= end:
        sent += [now for _ in tick(house, now)]
        now += every
    return sent


def counts(house: House) -> dict[str, int]:
    """What became of everything, by outcome."""
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        found: dict[str, int] = {}
        for row in session.exec(select(DeliveryCount)):
            found[row.outcome] = found.get(row.outcome, 0) + row.count
        return found


def waiting(house: House) -> list[Notification]:
    with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
        return list(session.exec(select(Notification).order_by(col(Notification.due_at))))


class Recorder:
    """A push service inside the test: what it was given, and what it answers. For the worker's own behaviour; what
    goes over the wire is tested in `tests/adapters`."""

    def __init__(self, answer: Answer = SENT) -> None:
        self.answer = answer
        self.got: list[tuple[Subscription, Message]] = []
        self.closed = False

    async def send(self, subscription: Subscription, message: Message, *, now: datetime) -> Answer:
        self.got.append((subscription, message))
        return self.answer

    async def close(self) -> None:
        self.closed = True
