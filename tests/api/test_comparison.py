"""The comparison over HTTP: from check-ins to a result, no peeking before the end, and stamped once it is seen."""

import re
from typing import Any

import pytest
from app.core.db import unit_of_work
from app.core.row_security import HOUSE
from app.models.experiments import Experiment, Plan
from sqlalchemy import update

from tests.cast import Cast, days_ago

# Alternating enough for a comparison: 8 days with, 6 without, mood clearly higher with.
DOSES = ["T", "T", "N", "T", "N", "T", "T", "N", "T", "N", "T", "N", "N", "T"]
MOODS = [7, 8, 5, 7, 4, 8, 7, 5, 8, 4, 7, 4, 5, 8]


def logged_fortnight(cast: Cast, *, ended: bool = True, **plan: Any) -> dict[str, Any]:
    """A fortnight of check-ins, ending yesterday if `ended`, else today."""
    first = 14 if ended else 13
    shown = min(14, plan.get("length_days", 14))
    experiment = cast.ana.started(start_on=days_ago(first), **plan)
    for number, (dose, mood) in enumerate(zip(DOSES[:shown], MOODS, strict=False)):
        answer = cast.ana.put(
            experiment,
            days_ago(first - number),
            mood=mood,
            dose="taken" if dose == "T" else "not_taken",
            sleep_hours=7.5,
            side_effects={"dry mouth": 1} if dose == "T" else {},
        )
        assert answer.status_code == 200, answer.text
    return experiment


def read(cast: Cast, experiment: dict[str, Any], what: str = "comparison") -> dict[str, Any]:
    answer = cast.ana.http.get(f"/api/experiments/{experiment['id']}/{what}")
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def test_a_clear_difference_stands_out(cast: Cast) -> None:
    experiment = logged_fortnight(cast)
    body = read(cast, experiment)
    assert body["result"] == "stands_out"
    assert body["numbers"]["on"]["n"] == 8
    assert body["numbers"]["interval"]["lower"] > 0
    assert any("more than your ordinary ups and downs" in said["text"] for said in body["sentences"])
    assert {"permutation_p", "nap", "phi"}.isdisjoint(body["numbers"])
    figures = read(cast, experiment, "figures")["figures"]
    assert {"side_by_side", "in_order"} <= {figure["key"].replace("-", "_") for figure in figures}
    for figure in figures:
        assert figure["svg"].startswith("<svg")
        assert figure["sentence"]
        assert figure["table"]["rows"]
        plotly = read(cast, experiment, f"figures/{figure['key']}/plotly")
        assert plotly["data"] is not None
    drawn = read(cast, experiment, "figures?definition=false")["figures"]
    assert drawn == [{**figure, "figure": None} for figure in figures]


def test_before_the_end_nothing_is_compared(cast: Cast) -> None:
    experiment = logged_fortnight(cast, ended=False, prediction={"direction": "higher", "points": 2})
    body = read(cast, experiment)
    assert body["result"] == "not_yet"
    assert body["numbers"] is None
    assert body["prediction"] is None
    assert body["description"]["on"] is None
    stored = cast.ana.http.get(f"/api/experiments/{experiment['id']}").json()
    assert stored["comparison_opened_at"] is None
    assert (stored["prediction"], stored["prediction_sealed"]) == (None, True)


def test_stopping_is_final_and_says_so(cast: Cast) -> None:
    experiment = logged_fortnight(cast, ended=False)
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert read(cast, experiment)["result"] in {"stands_out", "cannot_tell"}
    again = cast.ana.http.post(f"/api/experiments/{experiment['id']}/resume")
    assert (again.status_code, again.json()["code"]) == (409, "not-allowed-now")


def test_the_first_look_is_stamped_and_an_answer_written_after_it_caps(cast: Cast) -> None:
    experiment = logged_fortnight(cast)
    assert read(cast, experiment)["result"] == "stands_out"
    opened = cast.ana.http.get(f"/api/experiments/{experiment['id']}").json()["comparison_opened_at"]
    assert opened is not None
    answer = cast.ana.put(experiment, days_ago(14), base=1, mood=9, dose="taken", sleep_hours=7.5)
    assert (answer.status_code, answer.json()["late"]) == (200, True)
    body = read(cast, experiment)
    assert (body["result"], body["caps"]) == ("cannot_tell", ["late_answers"])
    stored = cast.ana.http.get(f"/api/experiments/{experiment['id']}").json()
    assert stored["comparison_opened_at"] == opened


def test_a_reason_given_after_the_look_caps_it(cast: Cast) -> None:
    """Why a dose was not taken decides whether a day may be compared."""
    experiment = logged_fortnight(cast)
    assert read(cast, experiment)["result"] == "stands_out"
    why = {"mood": MOODS[2], "dose": "not_taken", "dose_reason": "ran_out", "sleep_hours": 7.5}
    assert cast.ana.put(experiment, days_ago(12), base=1, **why).status_code == 200
    body = read(cast, experiment)
    assert body["caps"] == ["late_answers"]
    assert [row["number"] for row in body["log"] if row["dose_reason"] == "ran_out"] == [3]


def test_a_note_put_right_later_is_marked_and_caps_nothing(cast: Cast) -> None:
    experiment = logged_fortnight(cast)
    assert not any(row["late"] for row in read(cast, experiment)["log"])
    cast.ana.put(
        experiment,
        days_ago(14),
        base=1,
        mood=7,
        dose="taken",
        sleep_hours=7.5,
        side_effects={"dry mouth": 1},
        note="It was the day of the move.",
    )
    body = read(cast, experiment)
    assert body["result"] == "stands_out"
    assert [row["number"] for row in body["log"] if row["late"]] == [1]
    exported = read(cast, experiment, "export")["report"]["report"]
    assert [day["number"] for day in exported["days"] if day["late"]] == [1]
    rows = next(f for f in read(cast, experiment, "figures")["figures"] if f["key"] == "in-order")["table"]["rows"]
    assert "written later" in rows[0][0] and "written later" not in rows[1][0]


@pytest.mark.parametrize(
    "changed",
    [
        {"sleep_hours": 4},
        {"energy": 3},
        {"side_effects": {"dry mouth": 3}},
        {"hard_day": True},
        {"worrying": ["rash"]},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_any_answer_changed_after_the_look_marks_its_day(cast: Cast, changed: dict[str, Any]) -> None:
    """What does not enter the comparison caps nothing, and the record still says when it was written."""
    experiment = logged_fortnight(cast)
    read(cast, experiment)
    same = {"mood": 7, "dose": "taken", "sleep_hours": 7.5, "side_effects": {"dry mouth": 1}}
    cast.ana.put(experiment, days_ago(14), base=1, **same, hard_day=False)
    assert not any(row["late"] for row in read(cast, experiment)["log"]), "sent again, nothing changed"
    cast.ana.put(experiment, days_ago(14), base=2, **{**same, **changed})
    body = read(cast, experiment)
    assert [row["number"] for row in body["log"] if row["late"]] == [1]
    assert "late_answers" not in body["caps"]


def test_a_day_cleared_again_is_not_logged(cast: Cast) -> None:
    """All null is not logged (ARCHITECTURE.md, rule 5); clearing a day after the look is still a late change."""
    experiment = logged_fortnight(cast)
    cast.ana.put(experiment, days_ago(14), base=1)
    body = read(cast, experiment)
    assert (body["description"]["logged"], body["log"][0]["logged"]) == (13, False)
    assert "late_answers" not in body["caps"]
    cast.ana.put(experiment, days_ago(13), base=1)
    later = read(cast, experiment)
    assert later["description"]["logged"] == 12
    assert "late_answers" in later["caps"]


def test_a_day_opened_and_left_empty_after_the_look_caps_nothing(cast: Cast) -> None:
    experiment = logged_fortnight(cast, length_days=15)
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert read(cast, experiment)["result"] == "stands_out"
    assert cast.ana.put(experiment, days_ago(0), hard_day=False).status_code == 200
    body = read(cast, experiment)
    assert (body["result"], body["description"]["logged"]) == ("stands_out", 14)
    assert cast.ana.put(experiment, days_ago(0), base=1, mood=0).status_code == 200
    later = read(cast, experiment)  # a mood of 0 is an answer
    assert (later["description"]["logged"], later["caps"]) == (15, ["late_answers"])


def test_what_was_written_before_the_look_and_arrives_later_counts_fully(cast: Cast) -> None:
    experiment = logged_fortnight(cast)
    read(cast, experiment)
    answer = cast.ana.put(
        experiment, days_ago(14), base=1, mood=9, dose="taken", sleep_hours=7.5, written_at="2026-01-01T00:00:00Z"
    )
    assert answer.json()["late"] is False
    assert read(cast, experiment)["result"] == "stands_out"


def test_a_change_of_what_was_fixed_caps_and_says_so(cast: Cast) -> None:
    experiment = logged_fortnight(cast, ended=False)
    now = cast.ana.http.get(f"/api/experiments/{experiment['id']}").json()
    plan = {name: now[name] for name in PLAN_FIELDS}
    changed = cast.ana.http.put(
        f"/api/experiments/{experiment['id']}",
        json={**plan, "usual_time": "evening", "base_revision": now["revision"]},
    )
    assert changed.status_code == 200, changed.text
    assert [change["field"] for change in changed.json()["changes"]] == ["usual_time"]
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    body = read(cast, experiment)
    assert body["result"] == "cannot_tell"
    assert "changed_after_start" in body["caps"]


PLAN_FIELDS = tuple(Plan.model_fields)


def test_a_draft_has_no_comparison_yet(cast: Cast) -> None:
    draft = cast.ana.draft()
    answer = cast.ana.http.get(f"/api/experiments/{draft['id']}/comparison")
    assert (answer.status_code, answer.json()["code"]) == (409, "not-started")


def test_a_card_sets_the_comparison_aside_until_it_is_resumed(cast: Cast) -> None:
    experiment = logged_fortnight(cast, ended=False)
    cast.ana.put(experiment, days_ago(0), base=1, mood=8, dose="taken", sleep_hours=7.5, thoughts="yes")
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    body = read(cast, experiment)
    assert body["result"] == "set_aside"
    assert body["numbers"] is None
    resumed = cast.ana.http.post(f"/api/experiments/{experiment['id']}/comparison/resume")
    assert (resumed.status_code, resumed.json()["set_aside"]) == (200, False)
    assert read(cast, experiment)["result"] in {"stands_out", "cannot_tell"}


def test_an_experiment_stopped_before_its_first_day_has_an_empty_page(cast: Cast) -> None:
    experiment = cast.ana.started(start_on=days_ago(-5), primary="sleep_hours")
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    assert read(cast, experiment)["result"] == "too_few_days"
    assert read(cast, experiment, "figures")["figures"] == []
    assert read(cast, experiment, "export")["report"]["report"]["days"] == []


def test_the_export_is_a_file_with_a_name_of_ours(cast: Cast) -> None:
    """To be kept, never to be shown as a page; and nothing that was written is in its name."""
    experiment = cast.ana.started(question='../"; filename="evil.html', medicine_label="x.exe\r\nSet-Cookie: y=1")
    answer = cast.ana.http.get(f"/api/experiments/{experiment['id']}/export")
    assert answer.status_code == 200
    (named,) = answer.headers.get_list("content-disposition")
    assert re.fullmatch(r'attachment; filename="fortnight-\d{4}-\d\d-\d\d\.json"', named)
    assert answer.headers.get_list("content-type") == ["application/json; charset=utf-8"]
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("what", ["comparison", "figures", "export"])
def test_reading_a_result_waits_for_no_writer(cast: Cast, what: str) -> None:
    """Drawing charts must not hold the one write lock: check-ins would wait for it."""
    experiment = logged_fortnight(cast)
    read(cast, experiment)  # the first look is stamped, once
    with unit_of_work(cast.house.engine, by=HOUSE) as session:
        session.execute(update(Experiment).values(length_days=14))
        read(cast, experiment, what)


def test_telling_the_prescriber_half_way_is_stamped(cast: Cast) -> None:
    """What opens the comparison is fixed before day 1 like the rest (ANALYSIS.md, Inputs)."""
    experiment = logged_fortnight(cast, ended=False, prescriber_told=None)
    assert experiment["gate"]["mode"] == "notice_only"
    stored = cast.ana.http.get(f"/api/experiments/{experiment['id']}").json()
    plan = {name: stored[name] for name in Plan.model_fields}
    told = {"base_revision": stored["revision"], "prescriber_told": {"told_on": days_ago(0)}}
    changed = cast.ana.http.put(f"/api/experiments/{experiment['id']}", json={**plan, **told})
    assert changed.json()["gate"]["mode"] == "compare"
    assert [change["field"] for change in changed.json()["changes"]] == ["prescriber_told"]
    named = {"base_revision": changed.json()["revision"], "prescriber_told": {"told_on": days_ago(1), "name": "B"}}
    again = cast.ana.http.put(f"/api/experiments/{experiment['id']}", json={**plan, **named})
    assert len(again.json()["changes"]) == 1  # a name or another day opens nothing
    cast.ana.http.post(f"/api/experiments/{experiment['id']}/stop")
    body = read(cast, experiment)
    assert body["result"] == "cannot_tell"
    assert body["caps"] == ["changed_after_start"]


def test_nobody_was_told_tomorrow(cast: Cast) -> None:
    """A day to come opens no comparison: somebody who will be told does not know yet."""
    answer = cast.ana.http.post(
        "/api/experiments",
        json={"question": "?", "medicine": "methylphenidate", "prescriber_told": {"told_on": days_ago(-2)}},
    )
    assert answer.status_code == 422
    assert answer.json()["errors"] == [{"field": "prescriber_told.told_on", "code": "in-future"}]


def test_what_is_hard_after_resuming_sets_it_aside_again(cast: Cast) -> None:
    """Resuming answers what was known then: not a day filled in later, nor a card still to come."""
    experiment = logged_fortnight(cast)
    url = f"/api/experiments/{experiment['id']}/comparison/resume"
    assert cast.ana.http.post(url).json()["set_aside"] is False
    answers = {"mood": 7, "dose": "taken", "thoughts": "yes"}
    cast.ana.put(experiment, days_ago(14), base=1, **answers)
    assert read(cast, experiment)["result"] == "set_aside"
    assert cast.ana.http.post(url).json()["set_aside"] is False
    cast.ana.put(experiment, days_ago(14), base=2, **answers, note="The same day, in more words.")
    assert read(cast, experiment)["result"] != "set_aside"


@pytest.mark.parametrize("plan", [{}, {"medicine": "lithium"}], ids=["compared", "notice only"])
def test_the_log_holds_every_word_that_was_written(cast: Cast, plan: dict[str, Any]) -> None:
    """What they wrote is theirs to see, in the log alone: no sentence quotes it unasked."""
    experiment = logged_fortnight(cast, **plan)
    words = {"note": "Walked\nhome.", "anything_else": "two beers", "side_effects_words": "buzzing"}
    chosen = ["seizure", "from-an-older-app"]
    cast.ana.put(experiment, days_ago(14), base=1, mood=7, dose="taken", **words, worrying=chosen)
    body = read(cast, experiment)
    first, second = body["log"][:2]
    assert {name: first[name] for name in ("note", "anything_else", "effects_words", "worrying")} == {
        "note": "Walked\nhome.",
        "anything_else": "two beers",
        "effects_words": "buzzing",
        "worrying": ["seizure", "from-an-older-app"],
    }
    assert (second["note"], second["anything_else"], second["effects_words"], second["worrying"]) == (
        None,
        None,
        None,
        [],
    )
    exported = read(cast, experiment, "export")["report"]["report"]["log"][0]
    assert (exported["note"], exported["worrying"]) == ("Walked\nhome.", chosen)
    said = " ".join(sentence["text"] for sentence in body["sentences"])
    assert not any(word in said for word in ("Walked", "beers", "buzzing"))


def test_what_was_expected_is_said_once_with_its_unit(cast: Cast) -> None:
    experiment = logged_fortnight(cast, prediction={"direction": "higher", "points": 1})
    body = read(cast, experiment)
    assert body["prediction"]["text"] == "You expected about 1 point higher on the days you take it."
    figures = read(cast, experiment, "figures")["figures"]
    assert not any("expected" in figure["sentence"] for figure in figures)
    drawn = next(figure for figure in figures if figure["key"] == "prediction-range")
    assert drawn["table"]["rows"][-1] == ["You expected", "1 point higher"]


@pytest.mark.parametrize("medicine", ["methylphenidate", "sertraline", "lithium"])
def test_that_the_prescriber_was_told_is_on_the_result_and_in_the_export(cast: Cast, medicine: str) -> None:
    experiment = logged_fortnight(cast, medicine=medicine)
    told = "patient says prescriber was told on 10 January 2026."
    assert read(cast, experiment)["sentences"][-1]["text"].endswith(told)
    assert read(cast, experiment, "export")["report"]["sentences"][-1].endswith(told)


def test_where_nobody_was_told_nothing_is_said_of_it(cast: Cast) -> None:
    body = read(cast, logged_fortnight(cast, prescriber_told=None))
    assert "prescriber was told" not in " ".join(said["text"] for said in body["sentences"])


def test_charts_come_zipped_where_that_is_taken_and_say_whose_they_are(cast: Cast) -> None:
    address = f"/api/experiments/{logged_fortnight(cast)['id']}/figures"
    zipped = cast.ana.http.get(address, headers={"Accept-Encoding": "gzip"})
    plain = cast.ana.http.get(address, headers={"Accept-Encoding": "identity"})
    assert zipped.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(zipped.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert zipped.json() == plain.json()
    for answer in (zipped, plain):
        assert answer.headers["content-type"] == "application/json"
        assert answer.headers["fortnight-account"] == str(cast.ana.id)
