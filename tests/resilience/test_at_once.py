"""Several at the same moment: sent fifty times is written once, and of two who change the same thing nobody is
silently overwritten (R3, R4)."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from typing import Any
from uuid import UUID

import pytest
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.check_ins import CheckIn
from app.models.experiments import Plan
from sqlalchemy import func, select
from sqlmodel import col
from starlette.testclient import TestClient

from tests.cast import Cast, Player, days_ago


def at_once(cast: Cast, player: Player, tasks: list[Callable[[TestClient], Any]], threads: int = 16) -> list[Any]:
    """The answers to requests of one person from as many browsers, begun together."""
    begin = Barrier(min(threads, len(tasks)))
    token = player.http.cookies["fortnight"]

    def one(task: Callable[[TestClient], Any]) -> Any:
        http = cast.visitor(token)
        if len(tasks) <= threads:
            begin.wait(20)
        return task(http)

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(one, tasks))


def rows_of(cast: Cast, experiment: dict[str, Any]) -> int:
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        identity = col(CheckIn.experiment_id) == UUID(experiment["id"])
        return session.scalar(select(func.count()).select_from(CheckIn).where(identity)) or 0


def day(note: str, base: int = 0) -> dict[str, Any]:
    return {"base_revision": base, "written_at": "2026-01-01T00:00:00Z", "zone": "UTC", "mood": 3, "note": note}


def test_fifty_times_the_same_is_written_once_and_answered_alike(shared_cast: Cast) -> None:
    player = shared_cast.player("una", "client")
    experiment = player.started()
    path = f"/api/experiments/{experiment['id']}/check-ins/{days_ago(0)}"
    answers = at_once(shared_cast, player, [lambda http: http.put(path, json=day("once"))] * 50)
    assert Counter(answer.status_code for answer in answers) == {200: 50}
    assert len({answer.content for answer in answers}) == 1
    assert rows_of(shared_cast, experiment) == 1


def test_of_different_words_for_one_day_one_is_stored_and_the_others_are_told(shared_cast: Cast) -> None:
    player = shared_cast.player("una", "client")
    experiment = player.started()
    path = f"/api/experiments/{experiment['id']}/check-ins/{days_ago(0)}"

    def say(note: str) -> Callable[[TestClient], Any]:
        return lambda http: http.put(path, json=day(note))

    answers = at_once(shared_cast, player, [say(f"text {number}") for number in range(12)])
    assert Counter(answer.status_code for answer in answers) == {200: 1, 409: 11}
    (winner,) = [answer.json()["answers"]["note"] for answer in answers if answer.status_code == 200]
    for number, answer in enumerate(answers):
        if answer.status_code == 409:
            body = answer.json()
            assert (body["stored"]["answers"]["note"], body["yours"]["note"]) == (winner, f"text {number}")
    assert rows_of(shared_cast, experiment) == 1


def test_many_days_at_once_each_get_a_cursor_of_their_own(shared_cast: Cast) -> None:
    player = shared_cast.player("una", "client")
    experiment = player.started(start_on=days_ago(13))
    path = f"/api/experiments/{experiment['id']}/check-ins"

    def put(number: int) -> Callable[[TestClient], Any]:
        return lambda http: http.put(f"{path}/{days_ago(number)}", json=day(f"day {number}"))

    answers = at_once(shared_cast, player, [put(number) for number in range(14)])
    assert sorted(answer.json()["cursor"] for answer in answers) == list(range(1, 15))


def whole_plan(experiment: dict[str, Any], **changes: Any) -> dict[str, Any]:
    fields = {name: experiment[name] for name in Plan.model_fields}
    return {**fields, "base_revision": experiment["revision"], **changes}


def test_of_several_changes_of_one_plan_one_wins(shared_cast: Cast) -> None:
    player = shared_cast.player("una", "client")
    draft = player.draft()

    def change(number: int) -> Callable[[TestClient], Any]:
        body = whole_plan(draft, question=f"question {number}")
        return lambda http: http.put(f"/api/experiments/{draft['id']}", json=body)

    answers = at_once(shared_cast, player, [change(number) for number in range(8)])
    codes = Counter(answer.json().get("code", "won") for answer in answers)
    assert codes == {"won": 1, "experiment-conflict": 7}
    (winner,) = [answer.json()["question"] for answer in answers if answer.status_code == 200]
    assert player.http.get(f"/api/experiments/{draft['id']}").json()["question"] == winner


def test_of_several_first_safety_plans_one_wins(shared_cast: Cast) -> None:
    player = shared_cast.player("una", "client")

    def write(number: int) -> Callable[[TestClient], Any]:
        body = {"notice_first": f"line {number}", "base_revision": 0}
        return lambda http: http.put("/api/safety-plan", json=body)

    tasks = [write(number) for number in range(8)]
    answers = at_once(shared_cast, player, tasks)
    codes = Counter(answer.json().get("code", "won") for answer in answers)
    assert codes["won"] == 1
    assert set(codes) <= {"won", "plan-conflict", "busy"}, codes
    again = at_once(shared_cast, player, tasks)
    assert {answer.json()["code"] for answer in again} == {"plan-conflict"}


@pytest.mark.parametrize("same", [True, False], ids=["one experiment twice", "two experiments"])
def test_of_two_starts_exactly_one_wins(shared_cast: Cast, same: bool) -> None:
    player = shared_cast.player("una", "client")
    drafts = [player.draft()] * 6 if same else [player.draft() for _ in range(6)]

    def start(draft: dict[str, Any]) -> Callable[[TestClient], Any]:
        return lambda http: http.post(f"/api/experiments/{draft['id']}/start")

    answers = at_once(shared_cast, player, [start(draft) for draft in drafts])
    lost = "not-allowed-now" if same else "another-experiment-open"
    assert Counter(answer.json().get("code", "won") for answer in answers) == {"won": 1, lost: 5}
    listed = player.http.get("/api/experiments").json()
    assert [each["status"] for each in listed].count("running") == 1


def asked(method: str, path: str, body: Any, http: TestClient) -> Any:
    return http.request(method, path, json=body)


def test_a_day_written_while_its_experiment_is_deleted_is_never_a_fault(shared_cast: Cast) -> None:
    for _ in range(5):
        player = shared_cast.player("una", "client")
        experiment = player.started()
        at = f"/api/experiments/{experiment['id']}"
        requests: list[tuple[str, str, Any]] = [
            ("PUT", f"{at}/check-ins/{days_ago(0)}", day("late")),
            ("DELETE", at, None),
            ("POST", f"{at}/pause", None),
            ("GET", f"{at}/check-ins", None),
        ]
        answers = at_once(shared_cast, player, [partial(asked, *each) for each in requests])
        assert {answer.status_code for answer in answers} <= {200, 204, 404, 503}, [a.text for a in answers]
        assert answers[1].status_code == 204
        assert rows_of(shared_cast, experiment) == 0
