"""A row that does not open hides itself and nothing else: the day is said to be so, counts as not logged, lets
nothing stand out, and can be written again."""

import io
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import structlog
from app.core.catalogue import text
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.check_ins import CheckIn
from app.models.experiments import Experiment
from app.models.sharings import Sharing
from app.services import check_in_put
from sqlalchemy import update
from sqlmodel import col

from tests.api.test_comparison import DOSES, MOODS, logged_fortnight, read
from tests.api.test_diaries import bring, mapping_of
from tests.cast import Cast, days_ago
from tests.sharing import shared

BROKEN = 9  # the place of the day that is broken: five days ago
AS_IT_WAS: dict[str, Any] = {
    "mood": MOODS[BROKEN],
    "dose": "taken" if DOSES[BROKEN] == "T" else "not_taken",
    "sleep_hours": 7.5,
}


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    structlog.configure(
        processors=[structlog.processors.KeyValueRenderer(key_order=["event"])],
        logger_factory=structlog.PrintLoggerFactory(stream),
    )
    yield stream
    structlog.reset_defaults()


def break_day(cast: Cast, experiment: dict[str, Any], day: str, revision: int = 1) -> None:
    which = (col(CheckIn.experiment_id) == UUID(experiment["id"]), col(CheckIn.day) == day)
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        broken = (
            update(CheckIn).where(*which, col(CheckIn.revision) == revision).values(sealed=b"\x01" + b"x" * 60)
        )
        session.execute(broken)


def break_plan(cast: Cast, experiment: dict[str, Any]) -> None:
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        mine = col(Experiment.id) == UUID(experiment["id"])
        session.execute(update(Experiment).where(mine).values(sealed=b"\x01" + b"x" * 60))


def resume(cast: Cast, experiment: dict[str, Any]) -> None:
    url = f"/api/experiments/{experiment['id']}/comparison/resume"
    assert cast.ana.http.post(url).json()["set_aside"] is False


def keys(body: dict[str, Any]) -> list[str]:
    return [said["key"] for said in body["sentences"]]


def test_a_day_that_does_not_open_is_said_to_be_so_everywhere(cast: Cast, log_lines: io.StringIO) -> None:
    experiment = logged_fortnight(cast)
    broken = days_ago(5)
    break_day(cast, experiment, broken)
    listed = read(cast, experiment, "check-ins")["check_ins"]
    assert [row["day"] for row in listed if row["unreadable"]] == [broken]
    assert len(listed) == 14
    (row,) = [row for row in listed if row["unreadable"]]
    assert not any(row["answers"].values())
    body = read(cast, experiment)
    assert [(each["date"], each["logged"]) for each in body["log"] if each["unreadable"]] == [(broken, False)]
    assert body["description"]["logged"] == 13
    whole = read(cast, experiment, "export")
    assert [row["day"] for row in whole["check_ins"] if row["unreadable"]] == [broken]
    assert read(cast, experiment, "figures")["figures"]
    for line in log_lines.getvalue().splitlines():
        assert line.startswith("event='unreadable' table='check_in' row='"), line
        assert experiment["id"] not in line and experiment["id"].replace("-", "") not in line
    one_look = len(log_lines.getvalue().splitlines())
    read(cast, experiment, "check-ins")
    assert len(log_lines.getvalue().splitlines()) == one_look + 1


def test_nobody_knows_whether_it_was_a_hard_day_so_it_sets_the_comparison_aside(cast: Cast) -> None:
    experiment = logged_fortnight(cast)
    break_day(cast, experiment, days_ago(5))
    body = read(cast, experiment)
    assert (body["result"], keys(body)[0]) == ("set_aside", "result-unreadable-aside")
    assert "things were hard then" in body["sentences"][0]["text"]
    (listed,) = cast.ana.http.get("/api/experiments").json()
    assert (listed["set_aside"], listed["unreadable"]) == (True, False)


@pytest.mark.parametrize("revision", [1, 2])
def test_nothing_stands_out_beside_a_day_that_does_not_open(cast: Cast, revision: int) -> None:
    experiment = logged_fortnight(cast)
    if revision == 2:
        cast.ana.put(experiment, days_ago(5), base=1, **AS_IT_WAS, note="once more")
    assert read(cast, experiment)["result"] == "stands_out"
    break_day(cast, experiment, days_ago(5), revision)
    resume(cast, experiment)
    body = read(cast, experiment)
    assert body["result"] == "cannot_tell"
    assert "unreadable" in body["caps"]
    assert "result-cap-unreadable" in keys(body)


def test_an_earlier_revision_that_does_not_open_hides_nothing(cast: Cast) -> None:
    experiment = logged_fortnight(cast)
    cast.ana.put(experiment, days_ago(5), base=1, **AS_IT_WAS, note="once more")
    break_day(cast, experiment, days_ago(5), 1)
    assert not any(row["unreadable"] for row in read(cast, experiment, "check-ins")["check_ins"])
    body = read(cast, experiment)
    assert (body["result"], body["description"]["logged"]) == ("stands_out", 14)
    rows = [row for row in read(cast, experiment, "export")["check_ins"] if row["day"] == days_ago(5)]
    assert [(row["revision"], row["unreadable"], bool(row["answers"])) for row in rows] == [
        (1, True, False),
        (2, False, True),
    ]


def test_an_answer_after_the_look_stays_late_where_the_one_before_does_not_open(cast: Cast) -> None:
    """Whether it is the same answer as before cannot be known, so it is held to be another."""
    experiment = logged_fortnight(cast)
    assert read(cast, experiment)["result"] == "stands_out"
    cast.ana.put(experiment, days_ago(14), base=1, mood=7, dose="taken", sleep_hours=7.5, note="words only")
    assert read(cast, experiment)["result"] == "stands_out"
    break_day(cast, experiment, days_ago(14), 1)
    assert read(cast, experiment)["caps"] == ["late_answers"]


def test_a_day_that_does_not_open_is_whole_again_once_it_is_written_anew(cast: Cast) -> None:
    experiment = logged_fortnight(cast)
    break_day(cast, experiment, days_ago(5))
    told = cast.ana.put(experiment, days_ago(5), base=0, mood=8, dose="taken")
    assert (told.status_code, told.json()["stored"]["unreadable"], told.json()["base"]) == (409, True, None)
    healed = cast.ana.put(experiment, days_ago(5), base=1, **AS_IT_WAS)
    assert (healed.status_code, healed.json()["revision"], healed.json()["unreadable"]) == (200, 2, False)
    assert read(cast, experiment)["result"] == "stands_out"


def test_a_revision_that_does_not_open_is_no_base_to_merge_from(cast: Cast) -> None:
    """It would be taken for an empty day, and every answer on it for a new one."""
    experiment = logged_fortnight(cast)
    cast.ana.put(experiment, days_ago(5), base=1, **AS_IT_WAS, note="from the laptop")
    break_day(cast, experiment, days_ago(5), 1)
    told = cast.ana.put(experiment, days_ago(5), base=1, **AS_IT_WAS, note="from the phone").json()
    assert (told["code"], told["base"]) == ("check-in-conflict", None)
    assert (told["stored"]["answers"]["note"], told["yours"]["note"]) == ("from the laptop", "from the phone")


def test_a_revision_that_does_not_open_is_not_written_over(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not where a day has so many that the newest gives way, either: with the right key it may open again."""
    monkeypatch.setattr(check_in_put, "ALL_KEPT", 1)
    experiment = logged_fortnight(cast)
    break_day(cast, experiment, days_ago(5))
    assert cast.ana.put(experiment, days_ago(5), base=1, **AS_IT_WAS).status_code == 200
    rows = [row for row in read(cast, experiment, "export")["check_ins"] if row["day"] == days_ago(5)]
    assert [(row["revision"], row["unreadable"]) for row in rows] == [(1, True), (2, False)]


def test_a_hard_day_written_anew_sets_it_aside_though_it_was_taken_up_before(cast: Cast) -> None:
    experiment = logged_fortnight(cast)
    break_day(cast, experiment, days_ago(5))
    resume(cast, experiment)
    cast.ana.put(experiment, days_ago(5), base=1, **AS_IT_WAS, thoughts="yes")
    assert read(cast, experiment)["result"] == "set_aside"
    assert keys(read(cast, experiment))[0] == "safety-set-aside"


def test_a_day_that_is_only_noticed_says_so_too(cast: Cast) -> None:
    experiment = logged_fortnight(cast, medicine="lithium")
    break_day(cast, experiment, days_ago(5))
    body = read(cast, experiment)
    assert body["result"] == "notice_only"
    assert "result-unreadable" in keys(body)


@pytest.mark.parametrize("step", ["pause", "stop"])
def test_a_plan_that_does_not_open_hides_no_other_and_can_be_taken_along_and_deleted(
    cast: Cast, step: str, log_lines: io.StringIO
) -> None:
    other = cast.ana.draft()
    experiment = logged_fortnight(cast, ended=False)
    break_plan(cast, experiment)
    break_day(cast, experiment, days_ago(5))  # by itself it would set the comparison aside, and there is none
    url = f"/api/experiments/{experiment['id']}"
    listed = {each["id"]: each for each in cast.ana.http.get("/api/experiments").json()}
    assert (listed[other["id"]]["unreadable"], listed[other["id"]]["question"]) == (False, other["question"])
    shown = listed[experiment["id"]]
    assert (shown["unreadable"], shown["question"], shown["medicine"]) == (True, "", None)
    for name in ("status", "started_at", "start_on", "end_on", "length_days", "zone", "day_end", "day_number"):
        assert shown[name] == experiment[name] or name == "day_number", name
    assert (shown["gate"]["mode"], shown["set_aside"], shown["prediction_sealed"]) == ("notice_only", False, False)
    assert "event='unreadable' table='experiment' row='" in log_lines.getvalue()
    assert UUID(experiment["id"]).hex not in log_lines.getvalue().replace("-", "")
    for what in ("comparison", "figures"):
        assert cast.ana.http.get(f"{url}/{what}").json()["code"] == "integrity"
    whole = read(cast, experiment, "export")
    assert (len(whole["check_ins"]), whole["report"], whole["experiment"]["unreadable"]) == (14, None, True)
    assert cast.ana.put(experiment, days_ago(0), base=1, mood=4, note="still here").status_code == 200
    assert cast.ana.http.post(f"{url}/{step}").json()["unreadable"] is True
    assert cast.ana.http.delete(url).status_code == 204
    assert [each["id"] for each in cast.ana.http.get("/api/experiments").json()] == [other["id"]]


def test_a_plan_that_does_not_open_cannot_be_written_over_or_begun(cast: Cast) -> None:
    """What was stamped and sealed in it would be gone; a draft can be deleted and made again."""
    draft = cast.ana.draft()
    break_plan(cast, draft)
    url = f"/api/experiments/{draft['id']}"
    written = cast.ana.http.put(url, json={"question": "?", "base_revision": draft["revision"]})
    begun = cast.ana.http.post(f"{url}/start")
    assert [(each.status_code, each.json()["code"]) for each in (written, begun)] == [(409, "integrity")] * 2


def test_a_diary_can_be_brought_beside_a_plan_that_does_not_open(cast: Cast) -> None:
    brought = cast.ana.draft(primary="mood")
    assert bring(cast.ana, brought).status_code == 200
    break_plan(cast, brought)
    preview = cast.ana.http.post("/api/diaries/preview", json={"csv": "date,took it,how I felt\n2026-01-01,yes,3"})
    assert (preview.status_code, preview.json()["remembered"]) == (200, None)
    assert mapping_of()


def test_a_name_that_does_not_open_hides_nobody_else_and_the_sharing_can_be_ended(
    cast: Cast, log_lines: io.StringIO
) -> None:
    fortnight = cast.ana.started(start_on=days_ago(3))
    other = cast.player("tess", "therapist")
    made = shared(cast.ana, cast.theo, fortnight, ["mood"])
    kept = shared(cast.ana, other, fortnight, ["mood"])
    sams = shared(cast.sam, cast.theo, cast.sam.started(), ["mood"])
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        broken = update(Sharing).where(col(Sharing.id) == UUID(made["id"]))
        session.execute(broken.values(sealed=b"\x01" + b"x" * 60, reader_sealed=b"\x01" + b"x" * 60))
    names = {one["id"]: one["name"] for one in cast.ana.http.get("/api/sharings").json()}
    assert names == {made["id"]: text("sharing-unreadable-name"), kept["id"]: "Dr. Brandt"}
    called = {one["id"]: one["called"] for one in cast.theo.http.get("/api/clients").json()}
    assert called == {made["id"]: text("sharing-unreadable-name"), sams["id"]: "R."}
    assert made["id"].replace("-", "") not in log_lines.getvalue() and "table='sharing'" in log_lines.getvalue()
    assert cast.ana.http.get(f"/api/experiments/{fortnight['id']}/export").status_code == 200
    assert cast.ana.http.delete(f"/api/sharings/{made['id']}").status_code == 204
    assert cast.theo.http.get(f"/api/clients/{made['id']}").status_code == 404
