"""The life of an experiment against a model: which step leads where is a table, the rest arithmetic on dates."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar, get_args
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from app.core import config
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.core.vault import DataKey
from app.domain import lifecycle
from app.domain.access import Person
from app.domain.errors import NotFound, Refused
from app.models.experiments import Experiment, ExperimentCreate
from app.services import experiments, login_sessions
from app.services.house import House, open_house
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from sqlmodel import Session

from tests.cast import Cast

ZONE = "Europe/Berlin"
BEGIN = datetime(2026, 3, 20, 20, 0, tzinfo=UTC)  # a fortnight with a night of 23 hours in it
# What may be done where, and where it leads. Everything that is not here is refused.
STEPS: dict[tuple[str, str], str] = {
    ("draft", "start"): "scheduled, running or finished, as the dates say",
    ("scheduled", "pause"): "paused",
    ("scheduled", "stop"): "stopped",
    ("running", "pause"): "paused",
    ("running", "stop"): "stopped",
    ("paused", "resume"): "scheduled or running, as the dates say",
    ("paused", "stop"): "stopped",
}
OPEN = {"scheduled", "running", "paused"}


def test_the_table_is_the_whole_of_what_is_allowed() -> None:
    statuses, steps = get_args(lifecycle.Status), get_args(lifecycle.Step)
    for status in statuses:
        for step in steps:
            if (status, step) in STEPS:
                lifecycle.check_step(status, step)
            else:
                with pytest.raises(Refused):
                    lifecycle.check_step(status, step)
    assert set(lifecycle.ALLOWED) == set(statuses)
    assert lifecycle.OPEN == OPEN
    assert lifecycle.OPEN | lifecycle.ENDED | {"draft"} == set(statuses)


def test_status_is_stored_nowhere() -> None:
    assert not {"status", "state", "finished_at", "end_on"} & set(Experiment.model_fields)


@dataclass
class Life:
    """What the model knows of one experiment."""

    length: int
    planned: date | None
    start: date | None = None
    paused: bool = False
    stopped: bool = False

    @property
    def end(self) -> date | None:
        return self.start and self.start + timedelta(days=self.length - 1)

    def status(self, today: date) -> str:
        if self.start is None or self.end is None:
            return "draft"
        if self.stopped:
            return "stopped"
        if today > self.end:
            return "finished"
        if self.paused:
            return "paused"
        return "running" if today >= self.start else "scheduled"


@pytest.mark.parametrize("started", [True, False])
@pytest.mark.parametrize("paused", [True, False])
@pytest.mark.parametrize("stopped", [True, False])
def test_the_status_on_every_day_whatever_has_happened(started: bool, paused: bool, stopped: bool) -> None:
    start = date(2026, 3, 20)
    life = Life(7, start, start if started else None, paused, stopped)
    times = lifecycle.Times(
        started_at=BEGIN if started else None,
        paused_at=BEGIN if paused else None,
        stopped_at=BEGIN if stopped else None,
        start_on=start,
        end_on=start + timedelta(days=6),
    )
    for offset in range(-3, 12):
        today = start + timedelta(days=offset)
        assert lifecycle.status(times, today) == life.status(today)


class Lives(RuleBasedStateMachine):
    house: ClassVar[House]
    person: ClassVar[Person]
    key: ClassVar[DataKey]

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.lives: dict[UUID, Life] = {}

    @contextmanager
    def work(self) -> Iterator[Session]:
        with unit_of_work(self.house.engine, by=HOUSE) as session:
            yield session

    @property
    def today(self) -> date:
        """Four hours before now by the clock on the wall in Berlin."""
        return (self.now.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None) - timedelta(hours=4)).date()

    def status(self, identity: UUID) -> str:
        return self.lives[identity].status(self.today)

    @precondition(lambda self: len(self.lives) < 4)
    @rule(length=st.integers(7, 28), offset=st.none() | st.integers(-30, 12))
    def draft(self, length: int, offset: int | None) -> None:
        planned = None if offset is None else self.today + timedelta(days=offset)
        body = ExperimentCreate.model_validate(
            {
                "question": "?",
                "primary": "mood",
                "zone": ZONE,
                "length_days": length,
                "start_on": planned and planned.isoformat(),
            }
        )
        with self.work() as session:
            made = experiments.create(session, self.person, self.key, body, now=self.now)
        self.lives[made.id] = Life(length, planned)

    @precondition(lambda self: self.lives)
    @rule(which=st.integers(0, 3), number=st.integers(0, 3))
    def go_on(self, which: int, number: int) -> None:
        """A step that may be: chance alone would seldom come as far as resuming."""
        identity = list(self.lives)[which % len(self.lives)]
        possible = [step for status, step in STEPS if status == self.status(identity)]
        if possible:
            self._step(identity, possible[number % len(possible)])

    @precondition(lambda self: self.lives)
    @rule(which=st.integers(0, 3), step=st.sampled_from(get_args(lifecycle.Step)))
    def try_any(self, which: int, step: str) -> None:
        self._step(list(self.lives)[which % len(self.lives)], step)

    def _step(self, identity: UUID, step: str) -> None:
        life, before = self.lives[identity], self.status(identity)
        refused = self._do(identity, step)
        if (before, step) not in STEPS:
            assert refused == "not-allowed-now"
            return
        if step == "start":
            would = Life(life.length, None, life.planned or self.today)
            if would.status(self.today) in OPEN and self._another_open(identity):
                assert refused == "another-experiment-open"
                return
            life.start = would.start
        else:
            life.paused = step == "pause" or (life.paused and step == "stop")
            life.stopped = step == "stop"
        assert refused is None
        assert self.status(identity) in STEPS[before, step]

    def _another_open(self, identity: UUID) -> bool:
        return any(self.status(other) in OPEN for other in self.lives if other != identity)

    def _do(self, identity: UUID, step: str) -> str | None:
        steps: dict[str, Callable[..., None]] = {
            "start": lambda session, row, now: experiments.start(session, row, self.key, now=now),
            "pause": experiments.pause,
            "resume": experiments.resume,
            "stop": experiments.stop,
        }
        try:
            with self.work() as session:
                row = experiments.own(session, self.person, identity, to_change=True)
                steps[step](session, row, now=self.now)
        except Refused as refused:
            return refused.code
        return None

    @rule(hours=st.integers(1, 24 * 5))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @precondition(lambda self: any(life.end for life in self.lives.values()))
    @rule(past=st.integers(-1, 1))
    def the_end_comes(self, past: int) -> None:
        """Around the last day of the latest one, never backwards."""
        end = max(life.end for life in self.lives.values() if life.end)
        noon = datetime(end.year, end.month, end.day, 12, tzinfo=UTC) + timedelta(days=past)
        self.now = max(self.now, noon)

    @precondition(lambda self: len(self.lives) == 4)
    @rule(which=st.integers(0, 3))
    def delete(self, which: int) -> None:
        identity = list(self.lives)[which % len(self.lives)]
        with self.work() as session:
            experiments.delete(session, experiments.own(session, self.person, identity, to_change=True))
        del self.lives[identity]
        with self.work() as session, pytest.raises(NotFound):
            experiments.own(session, self.person, identity)

    @invariant()
    def is_what_the_model_says(self) -> None:
        with self.work() as session:
            shown = experiments.list_own(session, self.person, self.key, self.house.thresholds, now=self.now)
        assert {each.id: each.status for each in shown} == {each: self.status(each) for each in self.lives}
        assert sum(each.status in OPEN for each in shown) <= 1
        for each in shown:
            life = self.lives[each.id]
            assert each.today == self.today
            if life.start is not None:
                assert (each.start_on, each.end_on) == (life.start, life.end), "nothing ever moves the end"
                inside = life.end is not None and life.start <= self.today <= life.end
                assert each.day_number == ((self.today - life.start).days + 1 if inside else None)

    def teardown(self) -> None:
        while self.lives:
            self.delete(which=0)


def live(examples: int, steps: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(config.load({}, data=Path(folder), threads=4))
        with Cast(house) as cast:
            player = cast.player("ana", "client", now=BEGIN)
            with unit_of_work(house.engine, by=HOUSE, read_only=True) as session:
                person = login_sessions.find(session, player.http.cookies["fortnight"], now=BEGIN)
            machine: Any = type("Machine", (Lives,), {"house": house, "person": person, "key": player.key})
            machine.TestCase.settings = settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            )
            machine.TestCase("runTest").runTest()
        house.close()


def test_lives_follow_the_model() -> None:
    live(examples=30, steps=40)


@pytest.mark.nightly
def test_lives_follow_the_model_for_long() -> None:
    live(examples=2000, steps=60)
