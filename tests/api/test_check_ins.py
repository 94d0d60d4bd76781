"""Check-ins over HTTP: what is stored, what is refused, and what happens when two phones write one day."""

from typing import Any

import pytest
from app.core import clock
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.check_ins import CheckIn
from sqlmodel import select

from tests.cast import Cast, days_ago

DAY: dict[str, Any] = {"mood": 6, "dose": "taken", "sleep_hours": 7.5, "note": "slept badly, walked home"}


def test_a_day_is_stored_and_comes_back(cast: Cast) -> None:
    experiment = cast.ana.started()
    answer = cast.ana.put(experiment, days_ago(0), **DAY)
    assert answer.status_code == 200, answer.text
    row = answer.json()
    assert (row["revision"], row["cursor"], row["late"], row["clock_skewed"]) == (1, 1, False, False)
    assert {name: row["answers"][name] for name in DAY} == DAY
    listed = cast.ana.http.get(f"/api/experiments/{experiment['id']}/check-ins").json()
    assert listed == {"check_ins": [row], "cursor": 1}


def test_sending_twice_changes_nothing(cast: Cast) -> None:
    experiment = cast.ana.started()
    first = cast.ana.put(experiment, days_ago(0), **DAY).json()
    again = cast.ana.put(experiment, days_ago(0), **DAY)
    assert again.status_code == 200
    assert again.json() == first
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        assert len(session.exec(select(CheckIn)).all()) == 1


def test_every_revision_is_kept(cast: Cast) -> None:
    experiment = cast.ana.started()
    cast.ana.put(experiment, days_ago(0), **DAY)
    second = cast.ana.put(experiment, days_ago(0), base=1, **{**DAY, "mood": 4})
    assert second.status_code == 200
    assert (second.json()["revision"], second.json()["cursor"]) == (2, 2)
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        assert len(session.exec(select(CheckIn)).all()) == 2
    listed = cast.ana.http.get(f"/api/experiments/{experiment['id']}/check-ins").json()
    assert [row["answers"]["mood"] for row in listed["check_ins"]] == [4]


def test_another_revision_is_a_conflict_that_carries_all_three(cast: Cast) -> None:
    experiment = cast.ana.started()
    cast.ana.put(experiment, days_ago(0), **DAY)
    cast.ana.put(experiment, days_ago(0), base=1, **{**DAY, "mood": 4})
    answer = cast.ana.put(experiment, days_ago(0), base=1, **{**DAY, "sleep_hours": 5})
    assert answer.status_code == 409
    body = answer.json()
    assert body["code"] == "check-in-conflict"
    assert body["base"]["mood"] == 6
    assert body["stored"]["answers"]["mood"] == 4
    assert body["stored"]["revision"] == 2
    assert (body["yours"]["mood"], body["yours"]["sleep_hours"]) == (6, 5)


def test_the_same_words_from_another_base_are_no_conflict(cast: Cast) -> None:
    experiment = cast.ana.started()
    cast.ana.put(experiment, days_ago(0), **DAY)
    stored = cast.ana.put(experiment, days_ago(0), base=1, **{**DAY, "mood": 4}).json()
    answer = cast.ana.put(experiment, days_ago(0), base=0, **{**DAY, "mood": 4})
    assert answer.status_code == 200
    assert answer.json() == stored


@pytest.mark.parametrize(
    ("offset", "code"), [(3, "day-before-start"), (-1, "day-in-future"), (-30, "day-after-end")]
)
def test_days_that_cannot_be_are_refused_clearly(cast: Cast, offset: int, code: str) -> None:
    experiment = cast.ana.started(start_on=days_ago(2))
    answer = cast.ana.put(experiment, days_ago(offset), **DAY)
    assert answer.status_code == 422
    assert answer.json()["code"] == code
    assert answer.headers["content-type"] == "application/problem+json"
    assert "walked home" not in answer.text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"mood": 11}, "mood"),
        ({"mood": True}, "mood"),
        ({"mood": "7"}, "mood"),
        ({"mood": 7.5}, "mood"),
        ({"dose": "skipped"}, "dose"),
        ({"dose": "taken", "dose_reason": "forgot"}, "dose_reason"),
        ({"dose": "not_taken", "dose_reason": "no word of ours"}, "dose_reason"),
        ({"dose": "not_due", "dose_reason": "ran_out"}, "dose_reason"),
        ({"dose": None, "dose_reason": "other"}, "dose_reason"),
        ({"sleep_hours": 7.25}, "sleep_hours"),
        ({"sleep_hours": -1}, "sleep_hours"),
        ({"own": {"own4": 3}}, "own.?.?"),
        ({"note": "x" * 4001}, "note"),
        ({"note": "a\x00b"}, "note"),
        ({"shoe_size": 80}, "?"),
        ({"zone": "Mars/Base"}, "zone"),
    ],
)
def test_wrong_answers_name_the_field_and_echo_nothing(cast: Cast, wrong: dict[str, Any], field: str) -> None:
    experiment = cast.ana.started()
    answer = cast.ana.put(experiment, days_ago(0), **{**DAY, **wrong})
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] == "invalid-input"
    assert field in [error["field"] for error in answer.json()["errors"]]
    assert "walked home" not in answer.text


def test_a_draft_takes_no_check_in(cast: Cast) -> None:
    draft = cast.ana.draft()
    assert cast.ana.put(draft, days_ago(0), **DAY).status_code == 404


def test_foreign_missing_and_signed_out_find_nothing(cast: Cast) -> None:
    experiment = cast.ana.started()
    foreign = cast.sam.put(experiment, days_ago(0), **DAY)
    missing = cast.sam.put({"id": "00000000-0000-4000-8000-000000000000"}, days_ago(0), **DAY)
    assert foreign.status_code == missing.status_code == 404
    without_id = [{k: v for k, v in each.json().items() if k != "request_id"} for each in (foreign, missing)]
    assert without_id[0] == without_id[1]
    body = {"base_revision": 0, "written_at": clock.now().isoformat(), "zone": "UTC", **DAY}
    url = f"/api/experiments/{experiment['id']}/check-ins/{days_ago(0)}"
    assert cast.nobody.put(url, json=body).status_code == 401


def test_a_stopped_experiment_still_takes_corrections(cast: Cast) -> None:
    experiment = cast.ana.started(start_on=days_ago(5))
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert cast.ana.put(experiment, days_ago(3), **DAY).status_code == 200


def test_a_clock_that_runs_ahead_is_flagged_and_never_refused(cast: Cast) -> None:
    experiment = cast.ana.started()
    answer = cast.ana.put(experiment, days_ago(0), **{**DAY, "written_at": "2031-01-01T00:00:00Z"})
    assert answer.status_code == 200
    assert answer.json()["clock_skewed"] is True


@pytest.mark.parametrize("reason", [None, "forgot", "felt_bad"])
def test_a_dose_not_taken_may_have_a_reason(cast: Cast, reason: str | None) -> None:
    experiment = cast.ana.started()
    answer = cast.ana.put(experiment, days_ago(0), dose="not_taken", dose_reason=reason)
    assert (answer.status_code, answer.json()["answers"]["dose_reason"]) == (200, reason)
