"""A stateful model of two phones on a bad network: requests and answers are lost, doubled and late (R3, R4).

The model of the server is a list of texts per day. Whatever happens, the server's answers are the model's, sending
again changes nothing, and every text that was ever acknowledged is still there.
"""

import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from app.core import config
from app.services.house import open_house
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, multiple, rule

from tests.cast import Cast, Player, days_ago

TEXTS = st.sampled_from(["slept", "walked", "rain", "hard", "good"])
DAYS = [days_ago(0), days_ago(1)]


@dataclass
class Phone:
    """What a phone knows of each day: the revision it is based on, and what the person wrote on it."""

    bases: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sent:
    """One request on its way."""

    phone: int
    day: str
    base: int
    words: str


@dataclass(frozen=True)
class Answer:
    """One answer on its way back."""

    sent: Sent
    status: int
    body: Any


class TwoPhones(RuleBasedStateMachine):
    player: Player  # set by `machine`

    def __init__(self) -> None:
        super().__init__()
        self.experiment = self.player.started(start_on=days_ago(1))
        self.stored: dict[str, list[str]] = {day: [] for day in DAYS}
        self.phones = (Phone(), Phone())
        self.acknowledged: set[tuple[str, str]] = set()

    requests = Bundle("requests")
    answers = Bundle("answers")

    @rule(target=requests, phone=st.integers(0, 1), day=st.sampled_from(DAYS), words=TEXTS)
    def write(self, phone: int, day: str, words: str) -> Sent:
        """A tap: kept on the phone at once, and a request goes out."""
        here = self.phones[phone]
        here.words[day] = words
        return Sent(phone, day, here.bases.get(day, 0), words)

    @rule(target=requests, sent=requests)
    def send_again(self, sent: Sent) -> Sent:
        """The phone heard nothing and sends what it has now, from the base it knows now."""
        here = self.phones[sent.phone]
        return Sent(sent.phone, sent.day, here.bases.get(sent.day, 0), here.words[sent.day])

    @rule(sent=consumes(requests))
    def lose_a_request(self, sent: Sent) -> None:
        pass

    @rule(target=answers, sent=requests)
    def deliver_and_keep(self, sent: Sent) -> Answer:
        """It arrives, and stays in the network to arrive once more, later than others."""
        return self._deliver(sent)

    @rule(target=answers, sent=consumes(requests))
    def deliver(self, sent: Sent) -> Answer:
        return self._deliver(sent)

    def _deliver(self, sent: Sent) -> Answer:
        texts = self.stored[sent.day]
        answer = self.player.put(self.experiment, sent.day, base=sent.base, note=sent.words)
        body = answer.json()
        if texts and texts[-1] == sent.words:
            assert (answer.status_code, body["revision"]) == (200, len(texts))
        elif sent.base == len(texts):
            texts.append(sent.words)
            assert (answer.status_code, body["revision"]) == (200, len(texts))
        else:
            assert (answer.status_code, body["code"]) == (409, "check-in-conflict")
            assert body["stored"]["answers"]["note"] == texts[-1]
            assert body["yours"]["note"] == sent.words
            assert (body["base"] or {}).get("note") == (texts[sent.base - 1] if sent.base else None)
        return Answer(sent, answer.status_code, body)

    @rule(answer=consumes(answers))
    def lose_an_answer(self, answer: Answer) -> None:
        pass

    @rule(target=requests, answer=consumes(answers))
    def hear(self, answer: Answer) -> Any:
        """The phone hears: it is stored; or somebody else wrote, and the person's words go out again on top."""
        phone, day = self.phones[answer.sent.phone], answer.sent.day
        if answer.status == 200:
            phone.bases[day] = max(phone.bases.get(day, 0), answer.body["revision"])
            self.acknowledged.add((day, answer.sent.words))
            return multiple()
        phone.bases[day] = max(phone.bases.get(day, 0), answer.body["stored"]["revision"])
        return Sent(answer.sent.phone, day, phone.bases[day], phone.words[day])

    @rule()
    def look(self) -> None:
        """What another device brings down is the newest text of each day."""
        path = f"/api/experiments/{self.experiment['id']}/check-ins"
        rows = self.player.http.get(path).json()["check_ins"]
        newest = {row["day"]: (row["revision"], row["answers"]["note"]) for row in rows}
        assert newest == {day: (len(texts), texts[-1]) for day, texts in self.stored.items() if texts}

    @invariant()
    def nothing_acknowledged_is_lost(self) -> None:
        assert all(words in self.stored[day] for day, words in self.acknowledged)

    def teardown(self) -> None:
        self.look()
        at = f"/api/experiments/{self.experiment['id']}"
        kept = self.player.http.get(f"{at}/export").json()["check_ins"]
        found = sorted((row["day"], row["revision"], row["answers"]["note"]) for row in kept)
        expected = [
            (day, n, words) for day, texts in self.stored.items() for n, words in enumerate(texts, start=1)
        ]
        assert found == sorted(expected), "every revision that was taken is kept"
        assert self.player.http.delete(at).status_code == 204


def run(examples: int, steps: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        house = open_house(config.load({}, data=Path(folder), public_url="http://localhost:8321", threads=4))
        with Cast(house) as cast:
            machine = type("Machine", (TwoPhones,), {"player": cast.ana})
            limits = settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            )
            case = machine.TestCase  # type: ignore[attr-defined]
            case.settings = limits
            case("runTest").runTest()
        house.close()


def test_two_phones_on_a_bad_network() -> None:
    run(examples=25, steps=25)


@pytest.mark.nightly
def test_two_phones_on_a_bad_network_for_long() -> None:
    run(examples=2000, steps=60)
