"""What is shared of a fortnight: nothing that a scope does not hold, and what it holds as its owner has it."""

import random
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

import pytest
from app.domain import measures, sharing
from app.domain.analysis import Entry, Plan
from app.domain.compare import compare
from app.domain.report import Report, SideEffect
from app.domain.sharing import FIELDS, Field, Moment, Scope
from app.domain.words import Say

from tests.domain.diaries import BASE, CLEAR, MIXED, MONDAY, diary

OVER = Moment(ended=True)
EVERYTHING: Scope = frozenset(FIELDS)
OWN = measures.own("own1", "canary-own_measures")
WHOLE_PLAN = replace(
    BASE,
    measures=(measures.standard("mood"), measures.standard("sleep_hours"), measures.standard("like_myself"), OWN),
    question="canary-question",
    medicine_label="canary-doses",
    prescriber_told_on=MONDAY,
    prediction=("higher", 7.25),
    hope="canary-hope",
    gap_effect=True,
    works_over_weeks=True,
)
# Ratings by which each measure is known again in whatever is made of them.
RATED: dict[str, tuple[Field, float]] = {
    "mood": ("mood", 3.125),
    "sleep_hours": ("sleep", 5.625),
    "like_myself": ("like_myself", 2.375),
    "own1": ("own_measures", 8.875),
}


def one_with_everything(day: int, *, starred: bool = True) -> Entry:
    return Entry(
        MONDAY + timedelta(days=day),
        "taken" if day % 2 else "not_taken",
        "canary-doses",
        {key: value for key, (_, value) in RATED.items()},
        (SideEffect("canary-side_effects", 2),),
        effects_words="canary-side_effects",
        worrying=(Say("result-own-words", {"words": "canary-side_effects"}),),
        anything_else="canary-anything",
        note="canary-starred_notes" if starred else "canary-unstarred",
        note_starred=starred,
        hard_day=True,
    )


def canaries(scope: Scope) -> Iterator[str]:
    """What must not be found in a report of this scope."""
    yield from ("canary-hope", "canary-anything", "canary-unstarred")
    for field in EVERYTHING - scope:
        yield f"canary-{field}"
    for key, (field, value) in RATED.items():
        if field not in scope:
            yield repr(value)
            if key != "mood":  # it stands in where there is no measure at all
                yield f"'{key}'"
    if "mood" not in scope:
        yield "hard_day=True"
    if "prediction" not in scope:
        yield "7.25"
    if "doses" not in scope:
        yield from ("not_taken", "taken", "mark='on'", "mark='off'", "gap-effect", "onset", "safety-standing")
        yield "result-prescriber-told"


def scopes(number: int) -> Iterator[Scope]:
    dice = random.Random(number)
    yield from (frozenset({field}) for field in FIELDS)
    yield from (EVERYTHING - {field} for field in FIELDS)
    yield frozenset()
    for _ in range(number):
        yield frozenset(field for field in FIELDS if dice.random() < 0.5)


def the_report(scope: Scope, *, ended: bool = True, set_aside: bool = False, plan: Plan = WHOLE_PLAN) -> Report:
    days = [one_with_everything(day, starred=day % 3 > 0) for day in range(14)]
    return sharing.shown(plan, days, scope, Moment(ended=ended, set_aside=set_aside))


@pytest.mark.parametrize("primary", ["mood", "own1"])
@pytest.mark.parametrize("mode", ["compare", "notice_only"])
@pytest.mark.parametrize("ended", [True, False], ids=["over", "running"])
@pytest.mark.parametrize("set_aside", [True, False], ids=["set aside", "going on"])
def test_nothing_outside_the_scope_is_in_the_report(
    primary: str, mode: Literal["compare", "notice_only"], ended: bool, set_aside: bool
) -> None:
    plan = replace(WHOLE_PLAN, primary=primary, mode=mode)
    for scope in scopes(150):
        by_now = sharing.effective(scope, "therapist", ended=ended)
        said = repr(the_report(by_now, ended=ended, set_aside=set_aside, plan=plan))
        found = [canary for canary in canaries(by_now) if canary in said]
        assert not found, (sorted(scope), found)
        if set_aside and "safety_cards" not in by_now:
            assert "set_aside" not in said and "set-aside" not in said


def test_what_is_shared_is_there() -> None:
    """So that the canaries above are worth something: each is found where its field is shared."""
    said = repr(the_report(EVERYTHING))
    for field in ("doses", "own_measures", "side_effects", "starred_notes", "question"):
        assert f"canary-{field}" in said, field
    assert "7.25" in said and "hard_day=True" in said and "result-prescriber-told" in said
    for _, value in RATED.values():
        assert repr(value) in said


def as_shown(report: Report) -> Report:
    """Without what no scope holds."""
    return replace(
        report,
        hope=None,
        log=tuple(replace(row, anything_else=None) for row in report.log),
        starred_note=report.starred_note,
    )


@pytest.mark.parametrize("skip", [0, 1])
@pytest.mark.parametrize("seed", range(60))
def test_everything_shared_reads_as_its_owner_has_it(seed: int, skip: Literal[0, 1]) -> None:
    """Result, sentences, marks and numbers, word for word."""
    dice = random.Random(seed)
    letters = "".join(dice.choice("1100hr?.") for _ in range(14))
    ratings = [dice.choice([None, *range(11)]) for _ in range(14)]
    plan = replace(WHOLE_PLAN, skip=skip, hope=None)
    days = [day for day in diary(letters, ratings) if day.dose or day.ratings]
    mine = compare(plan, days, ended=True)
    assert sharing.shown(plan, days, EVERYTHING, OVER) == as_shown(mine)
    only_what_answers: Scope = frozenset({"doses", "mood", "prediction", "question"})
    theirs = sharing.shown(plan, days, only_what_answers, OVER)
    assert (theirs.result, theirs.caps, theirs.numbers) == (mine.result, mine.caps, mine.numbers)
    assert theirs.sentences == mine.sentences


def test_without_doses_it_is_a_fortnight_of_noticing() -> None:
    days = diary(MIXED, CLEAR)
    assert sharing.shown(BASE, days, EVERYTHING, OVER).result == "stands_out"
    for left_out in ("doses", "mood"):
        scope: Scope = EVERYTHING - {left_out}
        plan = replace(BASE, measures=(*BASE.measures, measures.standard("sleep_hours")))
        assert sharing.shown(plan, days, scope, OVER).result == "notice_only"


def test_what_an_empty_cell_was_read_as_is_about_doses() -> None:
    plan = replace(WHOLE_PLAN, empty_cells=(3, "not_taken"))
    for scope, there in ((EVERYTHING, True), (EVERYTHING - {"doses"}, False)):
        said = the_report(scope, plan=plan).sentences
        assert ("result-empty-cells" in [each.key for each in said]) is there


def test_a_day_of_which_nothing_is_shared_reads_as_not_logged() -> None:
    day = Entry(MONDAY, note="only for me", ratings={"sleep_hours": 7.0}, changed_at=None)
    report = sharing.shown(WHOLE_PLAN, [day], frozenset({"mood", "starred_notes"}), OVER)
    assert [row.logged for row in report.log] == [False] * 14
    assert not any(each.logged for each in report.days)
    assert report.counts.logged == 0


def test_a_day_of_which_nothing_is_shared_is_still_to_come() -> None:
    """While it runs, a day that is here says that something was written."""
    today = MONDAY + timedelta(days=3)
    days = [*diary("101", CLEAR), Entry(today, note="only for me")]
    running = Moment(ended=False, today=today)
    assert sharing.shown(BASE, days, EVERYTHING, running).to_come == 11
    assert compare(BASE, days, ended=False, today=today).to_come == 10


def test_what_only_the_comparison_is_about_is_there_only_with_it() -> None:
    """That a day was written after the result was seen, and that one does not open."""
    seen_at = datetime(2026, 3, 20, 9, tzinfo=UTC)
    late = replace(one_with_everything(0), written_at=seen_at + timedelta(hours=1))
    over = Moment(ended=True, comparison_opened_at=seen_at)
    for scope, told in ((EVERYTHING, True), (EVERYTHING - {"doses"}, False)):
        log = sharing.shown(
            WHOLE_PLAN, [late, Entry(late.date + timedelta(days=1), unreadable=True)], scope, over
        ).log
        assert (log[0].late, log[1].unreadable) == (told, told)


def test_a_prediction_goes_with_the_measure_that_it_is_about() -> None:
    assert the_report(frozenset({"sleep", "doses", "prediction"})).prediction is None
    assert the_report(frozenset({"mood", "prediction"})).prediction is not None


def test_without_a_measure_there_is_nothing_to_draw() -> None:
    report = the_report(frozenset({"starred_notes", "question"}))
    assert (report.measures, report.sentences) == ((), ())
    assert report.question == "canary-question"
    assert {row.note for row in report.log} == {None, "canary-starred_notes"}


def test_a_prediction_is_sealed_from_everyone_until_the_end() -> None:
    for reader in ("therapist", "supporter"):
        assert "prediction" not in sharing.effective(EVERYTHING, reader, ended=False)
        assert "prediction" in sharing.effective(EVERYTHING, reader, ended=True)


def test_a_supporter_never_sees_doses_while_it_runs() -> None:
    assert "doses" not in sharing.effective(EVERYTHING, "supporter", ended=False)
    assert "doses" in sharing.effective(EVERYTHING, "supporter", ended=True)
    assert "doses" in sharing.effective(EVERYTHING, "therapist", ended=False)


def test_every_answer_of_a_day_belongs_to_a_field_or_to_nobody() -> None:
    """Whoever adds an answer has to say here whose it is; until then it is shared in no scope."""
    known = {
        "date",
        "dose",
        "dose_reason",
        "ratings",
        "side_effects",
        "effects_words",
        "worrying",
        "hard_day",
        "note",
        "note_starred",
        "logged",
        "unreadable",
        "written_at",
    }
    nobody = {"anything_else", "changed_at"}
    assert {field.name for field in fields(Entry)} == known | nobody
    assert {*measures.STANDARD, *measures.OWN} == sharing.shared_measures(EVERYTHING)


def test_what_is_usual_is_not_everything() -> None:
    assert sharing.USUAL < EVERYTHING
    assert not sharing.USUAL & {"starred_notes", "prediction", "safety_cards", "balance"}
