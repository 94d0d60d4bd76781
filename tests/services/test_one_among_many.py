"""What one person does, however much of it, does not hold up the others or fill the server."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import anyio
import pytest
import time_machine
from app.api.streaming import Streamed
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.core.turns import LONGEST, Turns
from app.core.vault import DataKey
from app.models.check_ins import CheckIn
from app.models.experiments import Experiment
from app.services import check_in_put, experiments, exports
from sqlalchemy import select, update
from sqlmodel import col

from tests.cast import Cast, Player, days_ago

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def rows_of(cast: Cast, experiment: dict[str, Any]) -> list[int]:
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        mine = col(CheckIn.experiment_id) == UUID(experiment["id"])
        return list(session.scalars(select(col(CheckIn.revision)).where(mine).order_by(col(CheckIn.revision))))


def write_often(player: Player, experiment: dict[str, Any], day: str, times: int, first: int = 0) -> None:
    for number in range(first, first + times):
        answer = player.put(experiment, day, base=number, mood=5, note=f"text {number + 1}")
        assert (answer.status_code, answer.json()["revision"]) == (200, number + 1), answer.text


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Where everything that is opened stood."""
    found: list[str] = []
    original = DataKey.open

    def watched(key: DataKey, sealed: bytes, where: str) -> dict[str, Any]:
        found.append(where)
        return original(key, sealed, where)

    monkeypatch.setattr(DataKey, "open", watched)
    return found


def test_a_day_written_over_and_over_takes_no_more_room(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred revisions are all kept; then what was written within ten minutes makes room. Nothing is refused,
    another phone's base is a conflict as ever, and after a rest the text is kept again."""
    assert (200, timedelta(minutes=10)) == (check_in_put.ALL_KEPT, check_in_put.SETTLED)
    monkeypatch.setattr(check_in_put, "ALL_KEPT", 5)
    with time_machine.travel(NOW, tick=False) as traveller:
        player = cast.player("una", "client")
        experiment = player.started()
        write_often(player, experiment, "2026-05-04", 9)
        assert rows_of(cast, experiment) == [1, 2, 3, 4, 9]
        listed = player.http.get(f"/api/experiments/{experiment['id']}/check-ins").json()
        assert [(row["revision"], row["answers"]["note"]) for row in listed["check_ins"]] == [(9, "text 9")]
        assert listed["cursor"] == 9
        same = player.put(experiment, "2026-05-04", base=0, mood=5, note="text 9")
        assert (same.status_code, same.json()["revision"]) == (200, 9), "sending twice stays harmless"
        late = player.put(experiment, "2026-05-04", base=7, mood=4)
        assert (late.status_code, late.json()["base"]) == (409, None)
        assert late.json()["stored"]["answers"]["note"] == "text 9"
        traveller.shift(timedelta(minutes=10))
        write_often(player, experiment, "2026-05-04", 1, first=9)
        assert rows_of(cast, experiment) == [1, 2, 3, 4, 9, 10]
        write_often(player, experiment, "2026-05-04", 1, first=10)
        assert rows_of(cast, experiment) == [1, 2, 3, 4, 9, 11]
        since = player.http.get(f"/api/experiments/{experiment['id']}/check-ins?since=9").json()
        assert [row["revision"] for row in since["check_ins"]] == [11]


def test_looking_opens_the_newest_of_each_day_only(cast: Cast, opened: list[str]) -> None:
    player = cast.player("una", "client")
    experiment = player.started(start_on=days_ago(5))
    for number in range(3):
        write_often(player, experiment, days_ago(number), 12)
    at = f"/api/experiments/{experiment['id']}"
    for path in ("/api/experiments", at, f"{at}/check-ins", f"{at}/comparison", f"{at}/figures"):
        opened.clear()
        assert player.http.get(path).status_code == 200
        days = [where for where in opened if where.startswith("check_in")]
        assert len(days) == 3, path
        assert all(where.endswith("|12") for where in days), path
    opened.clear()
    player.http.get(f"{at}/export")
    assert len({where for where in opened if where.startswith("check_in")}) == 36, "the file has every revision"


@pytest.mark.parametrize("step", ["pause", "resume", "stop", "start", "put", "comparison/resume", "create"])
def test_no_step_holds_the_database_while_the_days_are_opened(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    player = cast.player("una", "client")
    experiment = player.draft() if step == "start" else player.started()
    at = f"/api/experiments/{experiment['id']}"
    if step == "resume":
        player.http.post(f"{at}/pause")
    original = experiments.public
    written: list[bool] = []

    def while_others_write(*args: Any, **more: Any) -> Any:
        with unit_of_work(cast.house.engine, by=HOUSE) as session:
            session.execute(update(Experiment).values(comparison_opened_at=None))
        written.append(True)
        return original(*args, **more)

    monkeypatch.setattr(experiments, "public", while_others_write)
    if step == "put":
        plan = {"question": "?", "primary": "mood", "base_revision": experiment["revision"]}
        answer = player.http.put(at, json={**plan, "start_on": experiment["start_on"]})
    elif step == "create":
        answer = player.http.post("/api/experiments", json={"question": "?"})
    else:
        answer = player.http.post(f"{at}/{step}")
    assert answer.status_code in {200, 201}, answer.text
    assert written == [True]


def test_fifty_drafts_are_enough(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert experiments.MOST_DRAFTS == 50
    monkeypatch.setattr(experiments, "MOST_DRAFTS", 2)
    player, other = cast.player("una", "client"), cast.player("ben", "client")
    player.started()
    drafts = [player.draft(), player.draft()]
    refused = player.http.post("/api/experiments", json={"question": "?"})
    assert (refused.status_code, refused.json()["code"]) == (409, "too-many-drafts")
    assert "fifty drafts" in refused.json()["detail"]
    other.draft()
    player.http.delete(f"/api/experiments/{drafts[0]['id']}")
    player.draft()


def test_one_file_at_a_time_for_each_account(cast: Cast) -> None:
    player, other = cast.player("una", "client"), cast.player("ben", "client")
    mine, theirs = player.started(), other.started()
    at = f"/api/experiments/{mine['id']}/export"
    assert player.http.get(at).status_code == player.http.get(at).status_code == 200, "each gives its turn back"
    assert cast.house.exporting.take(player.id, now=clock.now())
    refused = player.http.get(at)
    assert (refused.status_code, refused.json()["code"]) == (429, "export-running")
    assert refused.headers["retry-after"] == "5"
    assert other.http.get(f"/api/experiments/{theirs['id']}/export").status_code == 200
    cast.house.exporting.give_back(player.id)
    assert player.http.get(at).status_code == 200


def test_a_turn_that_was_never_given_back_runs_out() -> None:
    turns = Turns()
    assert turns.take("ana", now=NOW)
    assert not turns.take("ana", now=NOW + LONGEST - timedelta(seconds=1))
    assert turns.take("ben", now=NOW)
    assert turns.take("ana", now=NOW + LONGEST)


@pytest.mark.parametrize("after", [0, 2])
def test_a_download_that_breaks_off_gives_its_turn_back(after: int) -> None:
    ended: list[bool] = []
    made: list[int] = []

    def parts() -> Iterator[bytes]:
        for number in range(1000):
            made.append(number)
            yield b"x"

    async def broken() -> None:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            if len(sent) > after:
                raise OSError("gone")
            sent.append(message)

        async def receive() -> Any:
            return {"type": "http.disconnect"}

        answer = Streamed(parts(), "text/plain", {}, lambda: ended.append(True))
        scope = {"type": "http", "asgi": {"spec_version": "2.4"}, "method": "GET", "headers": []}
        try:
            await answer(scope, receive, send)
        except Exception:
            return

    anyio.run(broken)
    assert ended == [True]
    assert len(made) < 10, "nothing is made that nobody takes"


@pytest.mark.parametrize("at_once", [1, 3, 8, 500])
def test_the_file_is_whole_however_it_is_cut(cast: Cast, monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(exports, "AT_ONCE", at_once)
    player = cast.player("una", "client")
    experiment = player.started(start_on=days_ago(3))
    for number in range(4):
        write_often(player, experiment, days_ago(number), 2)
    body = player.http.get(f"/api/experiments/{experiment['id']}/export").json()
    assert list(body) == [
        "format",
        "version",
        "made_at",
        "experiment",
        "gate",
        "reminders",
        "review",
        "reflections",
        "shared_with",
        "visit",
        "briefs",
        "session_pages",
        "marks",
        "diary",
        "check_ins",
        "report",
    ]
    days = [(row["day"], row["revision"]) for row in body["check_ins"]]
    assert days == [(days_ago(number), revision) for number in (3, 2, 1, 0) for revision in (1, 2)]
    empty = player.draft()
    drafted = player.http.get(f"/api/experiments/{empty['id']}/export").json()
    assert (drafted["check_ins"], drafted["report"]) == ([], None)
