"""An export of another app over HTTP: what the preview says of it, what has to be said, and what is brought."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest

from tests.api.test_diaries import COMPARED, days_of, result_of
from tests.cast import Cast, Player, days_ago
from tests.domain.exports import BEARABLE, DAYLIO, EMOODS

FIRST = date.fromisoformat(days_ago(20))
DAYS = [FIRST + timedelta(days=n) for n in range(14)]
LEVELS = [4, 3, 2, 5, 4, 1, 3, 2, 5, 4, 3, 2, 4, 5]
NAMES = {1: "awful", 2: "bad", 3: "meh", 4: "good", 5: "Own word"}
OWN = {"own word": 5}


def written(*rows: list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def daylio_file() -> str:
    """Fourteen days, newest first, each with a morning that does not count."""
    rows = []
    for day, level in zip(DAYS, LEVELS, strict=True):
        activities = "walk | took it" if level % 2 else "walk"
        rows += [[str(day), "7:00 am", "rad", "", ""], [str(day), "9:30 pm", NAMES[level], activities, ""]]
    return written(["full_date", "time", "mood", "activities", "note"], *reversed(rows))


def emoods_file() -> str:
    head = ["ID", "DATE (YYYY-MM-DD)", "IRRITABILITY", "ANXIETY", "DEPRESSED", "ELEVATED", "SLEEP", "Lithium"]
    rows = [
        [str(n), str(day), "1", "2", str(min(level, 4) if n != 2 else 0), "1", "7.5", str(level % 2)]
        for n, (day, level) in enumerate(zip(DAYS, LEVELS, strict=True))
    ]
    return written(head, *rows)


def look(player: Player, text: str, **body: Any) -> dict[str, Any]:
    answer = player.http.post("/api/diaries/preview", json={"csv": text, **body})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def bring(player: Player, draft: dict[str, Any], text: str, mapping: dict[str, Any], reading: Any = None) -> Any:
    body = {"csv": text, "mapping": mapping, "window": {"start_on": str(FIRST), "length_days": 14}}
    reading = {"reading": reading} if reading is not None else {}
    return player.http.post(f"/api/experiments/{draft['id']}/diary", json={**body, **reading})


def mood_mapping(**changes: Any) -> dict[str, Any]:
    return {
        "day": "full_date",
        "measures": {"mood": {"column": "mood", "minimum": 1, "maximum": 5, "step": 1}},
        **changes,
    }


@pytest.mark.parametrize(("app", "text"), [("daylio", DAYLIO), ("emoods", EMOODS), ("bearable", BEARABLE)])
def test_the_preview_says_which_app_and_takes_no_for_an_answer(cast: Cast, app: str, text: str) -> None:
    found = look(cast.ana, text)
    assert (found["recognised"]["app"], found["recognised"]["converted"]) == (app, True)
    assert found["errors"] == []
    assert found["suggested"]["dose"] is None
    assert found["suggested"]["dose_values"] == {}
    plain = look(cast.ana, text, reading={"app": "table"})
    assert (plain["recognised"]["app"], plain["recognised"]["converted"]) == (app, False)
    assert [each["name"] for each in plain["columns"]] != [each["name"] for each in found["columns"]]
    assert plain["rows"] == sum(1 for _ in csv.reader(io.StringIO(text))) - 1


def test_an_ordinary_table_is_recognised_as_nothing(cast: Cast) -> None:
    assert look(cast.ana, "date,mood\n2026-01-01,5\n2026-01-02,6\n")["recognised"] is None
    assert look(cast.ana, "date,mood\n2026-01-01,5\n", reading={"app": "daylio"})["recognised"] is None


def test_rows_that_do_not_fit_are_shown_as_an_ordinary_table(cast: Cast) -> None:
    found = look(cast.ana, "full_date,time,mood\n2026-03-02,20:00,\n2026-03-03,20:00,\n")
    assert found["recognised"] == {
        "app": "daylio",
        "converted": False,
        "otherwise": True,
        "moods": [],
        "zeros": 0,
        "zero": None,
        "left_out": 0,
    }
    assert [each["name"] for each in found["columns"]] == ["full_date", "time", "mood"]


def test_daylio_moods_are_placed_and_the_scale_is_its_own(cast: Cast) -> None:
    found = look(cast.ana, daylio_file())
    assert {(mood["name"], mood["level"], mood["placed"]) for mood in found["recognised"]["moods"]} == {
        ("rad", 5, True),
        ("good", 4, True),
        ("meh", 3, True),
        ("bad", 2, True),
        ("awful", 1, True),
        ("Own word", None, False),
    }
    assert found["suggested"]["measure"] == "mood"
    mood = next(each for each in found["columns"] if each["name"] == "mood")
    assert mood["scale"] is None
    placed = look(cast.ana, daylio_file(), reading={"app": "daylio", "moods": OWN})
    mood = next(each for each in placed["columns"] if each["name"] == "mood")
    assert mood["scale"] == {"minimum": 1, "maximum": 5, "step": 1}
    assert (placed["rows"], placed["days"]) == (14, {"first": str(DAYS[0]), "last": str(DAYS[-1])})


def test_a_daylio_export_becomes_an_experiment(cast: Cast) -> None:
    draft = cast.ana.draft(**COMPARED)
    mapping = mood_mapping(dose="took it", dose_values={"took it": "taken"})
    answer = bring(cast.ana, draft, daylio_file(), mapping, {"app": "daylio", "moods": OWN})
    assert answer.status_code == 200, answer.text
    rows = days_of(cast.ana, answer.json())
    assert [row["scaled"]["mood"] for row in rows] == LEVELS
    assert [row["answers"]["dose"] for row in rows] == ["taken" if level % 2 else None for level in LEVELS]
    assert "not_taken" not in str(rows)
    assert result_of(cast.ana, answer.json())["looked_back"] is True


def test_a_day_without_the_tick_is_what_its_owner_says(cast: Cast) -> None:
    draft = cast.ana.draft(**COMPARED)
    mapping = mood_mapping(dose="took it", dose_values={"took it": "taken"}, dose_empty="not_taken")
    brought = bring(cast.ana, draft, daylio_file(), mapping, {"app": "daylio", "moods": OWN}).json()
    doses = [row["answers"]["dose"] for row in days_of(cast.ana, brought)]
    assert doses == ["taken" if level % 2 else "not_taken" for level in LEVELS]
    found = result_of(cast.ana, brought)
    said = f"On {doses.count('not_taken')} days the diary says nothing about the dose."
    texts = [each["text"] for each in found["sentences"]]
    assert f"{said} There it was read as “not taken”." in texts, texts
    remembered = look(cast.ana, daylio_file(), reading={"app": "daylio", "moods": OWN})["remembered"]
    assert remembered["dose_empty"] == "not_taken"


def test_what_was_said_of_the_moods_is_remembered(cast: Cast) -> None:
    reading = {"app": "daylio", "moods": {**OWN, "bad": None}}
    assert bring(cast.ana, cast.ana.draft(**COMPARED), daylio_file(), mood_mapping(), reading).status_code == 200
    found = look(cast.ana, daylio_file())
    moods = {mood["name"]: (mood["level"], mood["placed"]) for mood in found["recognised"]["moods"]}
    assert (moods["Own word"], moods["bad"], moods["good"]) == ((5, True), (None, True), (4, True))
    assert found["remembered"]["measures"]["mood"]["column"] == "mood"
    moods = {mood["name"]: mood["level"] for mood in look(cast.sam, daylio_file())["recognised"]["moods"]}
    assert moods["Own word"] is None


def test_what_was_said_of_one_app_says_nothing_of_another(cast: Cast) -> None:
    reading = {"app": "daylio", "moods": OWN}
    assert bring(cast.ana, cast.ana.draft(**COMPARED), daylio_file(), mood_mapping(), reading).status_code == 200
    found = look(cast.ana, emoods_file())["recognised"]
    assert (found["app"], found["converted"], found["otherwise"]) == ("emoods", True, False)


def test_a_mood_without_a_place_is_refused_by_its_row(cast: Cast) -> None:
    draft = cast.ana.draft(**COMPARED)
    answer = bring(cast.ana, draft, daylio_file(), mood_mapping(), {"app": "daylio"})
    assert (answer.status_code, answer.json()["code"]) == (422, "diary-unreadable")
    errors = answer.json()["errors"]
    assert [each["code"] for each in errors] == ["mood-unplaced"] * LEVELS.count(5)
    assert errors[0]["text"].startswith(f"Row {errors[0]['row']}, “mood”: This mood has no place yet")
    assert "Own word" not in answer.text
    assert days_of(cast.ana, draft) == []


def test_a_zero_of_emoods_is_what_the_person_says(cast: Cast) -> None:
    low = {"column": "DEPRESSED", "minimum": 0, "maximum": 4, "step": 1}
    mapping = {
        "day": "DATE (YYYY-MM-DD)",
        "measures": {"mood": low},
        "dose": "Lithium",
        "dose_values": {"1": "taken", "0": "not_taken"},
    }
    found = look(cast.ana, emoods_file())
    assert (found["recognised"]["zeros"], found["recognised"]["zero"]) == (1, None)
    answer = bring(cast.ana, cast.ana.draft(**COMPARED), emoods_file(), mapping, {"app": "emoods"})
    assert [each["code"] for each in answer.json()["errors"]] == ["zero-unclear"]
    kept = {}
    for zero in ("nothing", "number"):
        reading = {"app": "emoods", "zero": zero}
        answer = bring(cast.ana, cast.ana.draft(**COMPARED), emoods_file(), mapping, reading)
        assert answer.status_code == 200, answer.text
        kept[zero] = [row["scaled"].get("mood") for row in days_of(cast.ana, answer.json())]
    assert (kept["nothing"][2], kept["number"][2]) == (None, 0)
    assert kept["nothing"][:2] == kept["number"][:2] == [4, 3]


def test_an_export_is_brought_as_an_ordinary_table_unless_it_is_said(cast: Cast) -> None:
    mapping = mood_mapping()
    for reading in (None, {"app": "table"}, {}):
        answer = bring(cast.ana, cast.ana.draft(**COMPARED), daylio_file(), mapping, reading)
        assert answer.json()["code"] == "diary-unreadable"
        assert "day-twice" in {each["code"] for each in answer.json()["errors"]}
    answer = bring(cast.ana, cast.ana.draft(**COMPARED), emoods_file(), mapping, {"app": "daylio"})
    assert [each["code"] for each in answer.json()["errors"]] == ["not-that-app"]


@pytest.mark.parametrize(
    "reading",
    [
        {"app": "other"},
        {"moods": {"rad": 6}},
        {"moods": {"rad": 0}},
        {"zero": "maybe"},
        {"more": 1},
        {"moods": []},
    ],
)
def test_what_is_no_reading_is_refused(cast: Cast, reading: Any) -> None:
    answer = cast.ana.http.post("/api/diaries/preview", json={"csv": DAYLIO, "reading": reading})
    assert answer.status_code == 422


def test_the_reading_travels_in_the_export(cast: Cast) -> None:
    reading = {"app": "daylio", "moods": OWN}
    made = bring(cast.ana, cast.ana.draft(**COMPARED), daylio_file(), mood_mapping(), reading).json()
    whole = cast.ana.http.get(f"/api/experiments/{made['id']}/export").json()
    assert whole["diary"]["reading"] == {"app": "daylio", "moods": OWN, "zero": None}
