"""Bringing a diary over HTTP: what the preview says, what is taken, what is refused, and what it then shows."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.check_ins import CheckIn
from sqlmodel import select

from tests.cast import Cast, Player, days_ago

CASES = Path(__file__).parents[2].parent / "shared" / "cases"
COMPARED: dict[str, Any] = {
    "medicine": "methylphenidate",
    "prescriber_told": {"told_on": "2026-01-01", "name": None},
    "usual_time": "morning",
}
MOODS = [5, 6, 4, 7, 5, 8, 3, 6, 5, 7, 4, 6, 5, 6]


def csv_of(moods: list[int], first: date | None = None) -> str:
    first = first or date.fromisoformat(days_ago(20))
    rows = [f"{first + timedelta(days=n)},{'yes' if n % 2 else 'no'},{mood}" for n, mood in enumerate(moods)]
    return "\n".join(["date,took it,how I felt", *rows])


def mapping_of(**changes: Any) -> dict[str, Any]:
    return {
        "day": "date",
        "dose": "took it",
        "dose_values": {"yes": "taken", "no": "not_taken"},
        "measures": {"mood": {"column": "how I felt", "minimum": 0, "maximum": 10, "step": 1}},
        **changes,
    }


def bring(player: Player, draft: dict[str, Any], **body: Any) -> Any:
    whole = {
        "csv": csv_of(MOODS),
        "mapping": mapping_of(),
        "window": {"start_on": days_ago(20), "length_days": 14},
        **body,
    }
    return player.http.post(f"/api/experiments/{draft['id']}/diary", json=whole)


def days_of(player: Player, experiment: dict[str, Any]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = player.http.get(f"/api/experiments/{experiment['id']}/check-ins").json()[
        "check_ins"
    ]
    return rows


def result_of(player: Player, experiment: dict[str, Any]) -> dict[str, Any]:
    answer = player.http.get(f"/api/experiments/{experiment['id']}/comparison")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def stored_days(cast: Cast) -> int:
    with unit_of_work(cast.house.engine, by=HOUSE, read_only=True) as session:
        return len(session.exec(select(CheckIn)).all())


def test_a_preview_says_what_is_there_and_keeps_nothing(cast: Cast) -> None:
    answer = cast.ana.http.post("/api/diaries/preview", json={"csv": csv_of(MOODS)})
    assert answer.status_code == 200, answer.text
    found = answer.json()
    assert [(each["name"], each["letter"], each["kind"]) for each in found["columns"]] == [
        ("date", "A", "day"),
        ("took it", "B", "choice"),
        ("how I felt", "C", "number"),
    ]
    assert found["rows"] == 14
    assert found["days"] == {"first": days_ago(20), "last": days_ago(7)}
    assert found["errors"] == []
    assert found["suggested"] == {
        "day": "date",
        "day_format": "iso",
        "dose": "took it",
        "measure": "how I felt",
        "others": [],
        "dose_values": {"no": "not_taken", "yes": "taken"},
    }
    assert found["columns"][2]["scale"] == {"minimum": 0, "maximum": 10, "step": 1}
    assert found["remembered"] is None
    assert stored_days(cast) == 0


def test_a_file_that_is_no_table_is_an_answer_not_a_fault(cast: Cast) -> None:
    found = cast.ana.http.post("/api/diaries/preview", json={"csv": "just words"}).json()
    assert found["columns"] == []
    assert [each["code"] for each in found["errors"]] == ["one-column"]


def test_days_that_come_twice_are_named_by_their_row(cast: Cast) -> None:
    csv = f"{csv_of(MOODS)}\n{days_ago(20)},no,5"
    (error,) = cast.ana.http.post("/api/diaries/preview", json={"csv": csv}).json()["errors"]
    assert (error["row"], error["column"], error["code"]) == (16, "A", "day-twice")
    assert error["text"].startswith("Row 16, column A: ")


def test_another_column_can_be_the_day(cast: Cast) -> None:
    csv = "n,when,mood\n1,2026-01-03,5\n2,2026-01-04,6\n3,2026-01-05,4"
    body = {"csv": csv, "day": "n"}
    assert cast.ana.http.post("/api/diaries/preview", json=body).json()["days"] == {"first": 1, "last": 3}


def test_a_diary_becomes_an_experiment_that_is_over(cast: Cast) -> None:
    draft = cast.ana.draft(**COMPARED)
    answer = bring(cast.ana, draft)
    assert answer.status_code == 200, answer.text
    made = answer.json()
    assert (made["kind"], made["status"]) == ("diary", "finished")
    assert (made["start_on"], made["end_on"], made["length_days"]) == (days_ago(20), days_ago(7), 14)
    rows = days_of(cast.ana, made)
    assert [row["answers"]["mood"] for row in rows] == MOODS
    assert [row["answers"]["dose"] for row in rows[:2]] == ["not_taken", "taken"]
    assert not any(row["late"] or row["clock_skewed"] or row["scaled"] for row in rows)


def test_looking_back_says_so(cast: Cast) -> None:
    made = bring(cast.ana, cast.ana.draft(**COMPARED)).json()
    found = result_of(cast.ana, made)
    assert found["looked_back"] is True
    assert "looked back, not planned" in json.dumps(found["sentences"]).lower()


def test_a_running_fortnight_does_not_stand_in_the_way(cast: Cast) -> None:
    cast.ana.started()
    assert bring(cast.ana, cast.ana.draft()).status_code == 200


def test_another_scale_travels_with_its_measure(cast: Cast) -> None:
    measures = {"mood": {"column": "how I felt", "minimum": 1, "maximum": 9, "step": 0.5}}
    made = bring(cast.ana, cast.ana.draft(**COMPARED), mapping=mapping_of(measures=measures)).json()
    rows = days_of(cast.ana, made)
    assert [row["scaled"]["mood"] for row in rows] == MOODS
    assert {row["answers"]["mood"] for row in rows} == {None}
    figures = cast.ana.http.get(f"/api/experiments/{made['id']}/figures").json()["figures"]
    assert not any("worst I know" in figure["sentence"] for figure in figures)
    assert result_of(cast.ana, made)["numbers"]["on"]["mean"] == pytest.approx(sum(MOODS[1::2]) / 7)


def test_a_correction_leaves_what_has_its_own_scale(cast: Cast) -> None:
    """And an ordinary answer to such a measure does not mix with it."""
    measures = {"mood": {"column": "how I felt", "minimum": 1, "maximum": 9, "step": 1}}
    made = bring(cast.ana, cast.ana.draft(**COMPARED), mapping=mapping_of(measures=measures)).json()
    before = result_of(cast.ana, made)["numbers"]
    answer = cast.ana.put(made, days_ago(20), base=1, dose="not_taken", mood=10, note="a long walk")
    assert answer.status_code == 200, answer.text
    assert answer.json()["scaled"] == {"mood": MOODS[0]}
    assert result_of(cast.ana, made)["numbers"]["off"] == before["off"]


def test_a_day_filled_in_later_is_on_no_other_scale(cast: Cast) -> None:
    lines = csv_of(MOODS).splitlines()
    measures = {"mood": {"column": "how I felt", "minimum": 1, "maximum": 9, "step": 1}}
    csv = "\n".join([*lines[:5], *lines[6:]])
    made = bring(cast.ana, cast.ana.draft(**COMPARED), csv=csv, mapping=mapping_of(measures=measures)).json()
    before = result_of(cast.ana, made)["description"]["rated"]
    assert before == 13
    assert cast.ana.put(made, days_ago(16), dose="not_taken", mood=10).status_code == 200
    assert result_of(cast.ana, made)["description"]["rated"] == before


def test_an_own_measure_without_a_name_is_called_as_its_column(cast: Cast) -> None:
    measures = {
        "mood": {"column": "how I felt", "minimum": 0, "maximum": 10, "step": 1},
        "own1": {"column": "fog", "minimum": 0, "maximum": 100, "step": 1},
    }
    lines = csv_of(MOODS).splitlines()
    csv = "\n".join([lines[0] + ",fog", *(f"{line},{n}" for n, line in enumerate(lines[1:]))])
    made = bring(cast.ana, cast.ana.draft(), csv=csv, mapping=mapping_of(measures=measures)).json()
    assert [(each["key"], each["name"]) for each in made["own_measures"]] == [("own1", "fog")]


def test_the_mapping_is_remembered_for_the_same_columns(cast: Cast) -> None:
    bring(cast.ana, cast.ana.draft())
    found = cast.ana.http.post("/api/diaries/preview", json={"csv": csv_of([1, 2, 3])}).json()["remembered"]
    assert found["measures"]["mood"]["column"] == "how I felt"
    assert found["dose_values"] == {"yes": "taken", "no": "not_taken"}
    other = cast.ana.http.post("/api/diaries/preview", json={"csv": "date,x\n2026-01-01,3"}).json()
    assert other["remembered"] is None
    foreign = cast.sam.http.post("/api/diaries/preview", json={"csv": csv_of([1, 2, 3])}).json()
    assert foreign["remembered"] is None


def test_where_no_cell_is_empty_nothing_is_said_of_one(cast: Cast) -> None:
    mapping = mapping_of(dose_empty="not_taken")
    brought = bring(cast.ana, cast.ana.draft(**COMPARED), mapping=mapping).json()
    assert "result-empty-cells" not in json.dumps(result_of(cast.ana, brought)["sentences"])


@pytest.mark.parametrize("field", ["primary", "usual_time"])
def test_the_choices_come_before_the_file(cast: Cast, field: str) -> None:
    answer = bring(cast.ana, cast.ana.draft(**{field: None}))
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": field, "code": "missing"}]
    assert stored_days(cast) == 0


def test_the_primary_measure_must_be_in_the_file(cast: Cast) -> None:
    answer = bring(cast.ana, cast.ana.draft(primary="energy"))
    assert answer.json()["errors"] == [{"field": "mapping.measures", "code": "primary-missing"}]


def test_only_a_draft_takes_a_diary(cast: Cast) -> None:
    started = cast.ana.started()
    assert bring(cast.ana, started).status_code == 409
    brought = bring(cast.ana, cast.ana.draft()).json()
    assert bring(cast.ana, brought).status_code == 409


def test_somebody_elses_draft_is_not_there(cast: Cast) -> None:
    draft = cast.ana.draft()
    assert bring(cast.sam, draft).status_code == 404
    assert bring(cast.theo, draft).status_code == 404
    assert cast.theo.http.post("/api/diaries/preview", json={"csv": csv_of(MOODS)}).status_code == 404
    assert cast.nobody.post("/api/diaries/preview", json={"csv": csv_of(MOODS)}).status_code == 401


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        (f"{days_ago(18)},no,4", f"{days_ago(18)},no,11", (4, "C", "number-outside")),
        (f"{days_ago(18)},no,4", f"{days_ago(18)},no,4.5", (4, "C", "number-off-step")),
        (f"{days_ago(18)},no,4", f"{days_ago(18)},no,four", (4, "C", "number-unreadable")),
        (f"{days_ago(18)},no,4", f"{days_ago(18)},half,4", (4, "B", "dose-unclear")),
        (f"{days_ago(18)},no,4", f"{days_ago(19)},no,4", (4, "A", "day-twice")),
        (f"{days_ago(18)},no,4", "some day,no,4", (4, "A", "day-unreadable")),
        (f"{days_ago(18)},no,4", ",no,4", (4, "A", "day-missing")),
        (f"{days_ago(18)},no,4", f"{days_ago(18)},no,4,5", (4, "D", "too-many-cells")),
        ("how I felt", "felt", (0, "", "column-unknown")),
    ],
)
def test_one_bad_cell_and_nothing_is_taken(cast: Cast, old: str, new: str, found: tuple[int, str, str]) -> None:
    draft = cast.ana.draft()
    csv = csv_of(MOODS)
    assert old in csv
    answer = bring(cast.ana, draft, csv=csv.replace(old, new))
    assert answer.status_code == 422, answer.text
    body = answer.json()
    assert body["code"] == "diary-unreadable"
    (error,) = body["errors"]
    assert (error["row"], error["column"], error["code"]) == found
    assert stored_days(cast) == 0
    again = cast.ana.http.get(f"/api/experiments/{draft['id']}").json()
    assert (again["kind"], again["status"], again["revision"]) == ("lived", "draft", draft["revision"])


def test_errors_repeat_no_word_of_the_diary(cast: Cast) -> None:
    csv = csv_of(MOODS).replace("how I felt", "CANARYcolumn").replace(",yes,", ",CANARYdose,")
    measures = {"mood": {"column": "CANARYcolumn", "minimum": 0, "maximum": 5, "step": 1}}
    answer = bring(cast.ana, cast.ana.draft(), csv=csv, mapping=mapping_of(measures=measures))
    assert answer.status_code == 422
    assert "CANARY" not in answer.text


def test_days_that_are_not_over_are_not_looked_back_on(cast: Cast) -> None:
    csv = csv_of(MOODS, date.fromisoformat(days_ago(13)))
    window = {"start_on": days_ago(13), "length_days": 14}
    answer = bring(cast.ana, cast.ana.draft(), csv=csv, window=window)
    assert [each["code"] for each in answer.json()["errors"]] == ["window-not-over"]
    window["start_on"] = days_ago(14)
    assert bring(cast.ana, cast.ana.draft(), csv=csv, window=window).status_code == 200


def test_the_gate_decides_for_a_diary_too(cast: Cast) -> None:
    """No medicine named, or one that is not compared: no contrast anywhere, whatever the file holds."""
    for plan in ({"medicine": None}, {"medicine": "lithium"}, {"medicine": "a herb from the market"}):
        made = bring(cast.ana, cast.ana.draft(**{**COMPARED, **plan})).json()
        found = result_of(cast.ana, made)
        assert (found["result"], found["numbers"]) == ("notice_only", None)


# Real diaries, read in place.


def case(name: str) -> str:
    path = CASES / name
    if not path.exists():
        pytest.skip(f"{name} is not beside the project")
    return path.read_text(encoding="utf-8")


ONGHENA: dict[str, Any] = {
    "mapping": {
        "day": "t",
        "dose": "on",
        "dose_values": {"1": "taken", "0": "not_taken"},
        "measures": {"mood": {"column": "y", "minimum": 0, "maximum": 10, "step": 1}},
    },
    "window": {"start_on": 0, "length_days": 14},
}


def test_onghena_stands_out_where_the_medicine_allows_it(cast: Cast) -> None:
    csv = case("onghena2020_sleeping_pills_14d.csv")
    made = bring(cast.ana, cast.ana.draft(**COMPARED), csv=csv, **ONGHENA).json()
    assert made["end_on"] == days_ago(1)
    found = result_of(cast.ana, made)
    assert found["result"] == "stands_out", found
    assert (found["numbers"]["on"]["n"], found["numbers"]["off"]["n"]) == (7, 7)
    assert found["caps"] == []


def test_onghena_taken_now_and_then_cannot_tell(cast: Cast) -> None:
    csv = case("onghena2020_sleeping_pills_14d.csv")
    plan = {"medicine": "melatonin", "pattern": "as_needed", "usual_time": "bedtime"}
    made = bring(cast.ana, cast.ana.draft(**plan), csv=csv, **ONGHENA).json()
    found = result_of(cast.ana, made)
    assert (found["result"], found["caps"]) == ("cannot_tell", ["as_needed"])


@pytest.mark.parametrize(("start", "taken"), [("2012-09-18", "150"), ("2012-11-12", "9")])
def test_two_weeks_around_a_dose_change_are_one_block(cast: Cast, start: str, taken: str) -> None:
    """Venlafaxine, prescriber told; the higher dose counts as taken and the rest as not, as ANALYSIS.md says."""
    csv = case("kossakowski_venlafaxine_daily.csv")
    preview = cast.ana.http.post("/api/diaries/preview", json={"csv": csv}).json()
    assert (preview["suggested"]["day"], preview["rows"]) == ("date", 238)
    doses = next(each for each in preview["columns"] if each["name"] == "mg")["distinct"]
    mapping = {
        "day": "date",
        "dose": "mg",
        "dose_values": {each["value"]: "taken" if each["value"] == taken else "not_taken" for each in doses},
        "measures": {"mood": {"column": "down", "minimum": -3, "maximum": 3, "step": 0.000001}},
    }
    window = {"start_on": start, "length_days": 14}
    draft = cast.ana.draft(**{**COMPARED, "medicine": "venlafaxine"})
    answer = bring(cast.ana, draft, csv=csv, mapping=mapping, window=window)
    assert answer.status_code == 200, answer.text
    found = result_of(cast.ana, answer.json())
    assert (found["result"], found["numbers"]) == ("one_block", None)
    assert found["description"]["on"] == found["description"]["off"] == 7
