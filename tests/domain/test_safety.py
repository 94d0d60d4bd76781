"""The step-aside rules, over the cases that the phone's twin is tested with too."""

import json
from dataclasses import asdict, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from app.core import catalogue
from app.domain.medicines import Step, Symptom, gate
from app.domain.safety import DayAnswers, Rules, Thresholds, for_phone, look, rules_for, set_aside_on
from app.services.medicine_table import medicine_table
from hypothesis import given
from hypothesis import strategies as st

SHARED = json.loads((Path(__file__).parents[1] / "cases" / "safety.json").read_text(encoding="utf-8"))
CASES = SHARED["cases"]


def _rules(case: dict[str, Any]) -> Rules:
    given_ = case["rules"]
    return Rules(
        thresholds=Thresholds(**SHARED["thresholds"]),
        bipolar=given_["bipolar"],
        own_floor=given_["own_floor"],
        steps=tuple(Step(**step) for step in given_["steps"]),
        worrying=tuple(Symptom(**symptom) for symptom in given_["worrying"]),
    )


def _days(case: dict[str, Any]) -> list[DayAnswers]:
    return [
        DayAnswers(**{**row, "day": date.fromisoformat(row["day"]), "worrying": tuple(row.get("worrying", ()))})
        for row in case["days"]
    ]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_shared_case(case: dict[str, Any]) -> None:
    rules, days = _rules(case), _days(case)
    seen = look(days, date.fromisoformat(case["day"]), rules)
    found = {
        "card": seen.card,
        "quiet": seen.quiet,
        "quiet_again": seen.quiet_again,
        "dose_card": seen.dose_card,
        "gap": seen.gap.say if seen.gap else None,
        "worrying": [symptom.id for symptom in seen.worrying],
        "sets_aside": seen.sets_aside,
        "set_aside_on": [day.isoformat() for day in set_aside_on(days, rules)],
    }
    assert found == case["expect"]
    assert look(list(reversed(days)), date.fromisoformat(case["day"]), rules) == seen


@pytest.mark.parametrize("case", [case for case in CASES if "medicine" in case], ids=lambda case: case["name"])
def test_the_cases_use_the_rules_that_the_phone_is_sent(case: dict[str, Any]) -> None:
    made = gate(
        medicine_table(),
        case["medicine"],
        pattern=case["pattern"],
        fits=case["fits"],
        prescriber_told=False,
        way_in="every_day",
        length_days=14,
    )
    sent = json.loads(json.dumps(for_phone(rules_for(made, case["fits"]))))
    assert sent == {"thresholds": SHARED["thresholds"], **case["rules"]}


def test_the_cases_stand_on_the_default_thresholds() -> None:
    assert SHARED["thresholds"] == asdict(Thresholds())
    assert len(CASES) > 50


def test_the_operator_may_set_the_thresholds() -> None:
    days = [DayAnswers(date(2026, 3, n), mood=3) for n in (1, 2)]
    assert look(days, date(2026, 3, 2), Rules()).card is None
    stricter = Rules(thresholds=replace(Thresholds(), low_mood=3))
    assert look(days, date(2026, 3, 2), stricter).card == "mood"


ANSWERS: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    mood=st.none() | st.integers(0, 10),
    energy=st.none() | st.integers(0, 10),
    sleep_hours=st.none() | st.integers(0, 24).map(lambda half: half / 2),
    dose=st.sampled_from([None, "taken", "not_taken", "not_due", "different_amount", "rather_not_say"]),
    thoughts=st.sampled_from([None, "yes", "no", "rather_not_say"]),
)


@given(st.lists(ANSWERS, max_size=28), st.booleans())
def test_at_most_one_full_card_in_seven_days(answers: list[dict[str, Any]], bipolar: bool) -> None:
    """But for one: a "yes" is quietened only by the card for an earlier "yes"."""
    start = date(2026, 3, 1)
    days = [DayAnswers(start + timedelta(days=n), **row) for n, row in enumerate(answers)]
    full: list[tuple[date, str]] = []
    for row in days:
        seen = look(days, row.day, Rules(bipolar=bipolar))
        assert seen == look([other for other in days if other.day <= row.day], row.day, Rules(bipolar=bipolar))
        if row.thoughts == "yes":
            assert "thoughts" in (seen.card, seen.quiet)
        if seen.card:
            recent = [kind for day, kind in full if (row.day - day).days < 7]
            assert not recent or (seen.card == "thoughts" and "thoughts" not in recent)
            full.append((row.day, seen.card))
        assert seen.sets_aside is bool(seen.card or seen.quiet)


def test_every_card_and_line_has_its_words() -> None:
    for kind in ("thoughts", "mood", "sleep"):
        assert catalogue.text(f"card-{kind}-title")
        assert catalogue.text(f"card-quiet-{kind}")
    for grade in ("emergency", "today", "visit"):
        assert catalogue.text(f"safety-grade-{grade}")
        assert catalogue.text(f"card-grade-{grade}")
