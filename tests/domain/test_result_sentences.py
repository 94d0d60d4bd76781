"""The sentences of ANALYSIS.md, word for word, and the rounding of the numbers in them."""
# ruff: noqa: E501  (a sentence is easier to compare in long lines)

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from app.core.catalogue import has, text
from app.domain.analysis import Entry
from app.domain.compare import compare
from app.domain.measures import STANDARD, own, standard
from app.domain.report import DRAWN, SideEffect
from app.domain.sentences import title
from app.rendering import wording

from tests.domain.diaries import (
    ALTERNATE,
    CLEAR,
    HARDLY,
    JUST_UNDER,
    LOWER_ON,
    MIXED,
    MONDAY,
    NOT_RARE,
    THE_SAME,
    UNCLEAR,
    diary,
    keys,
    plan,
    report,
    texts,
)

DAYS = (
    "These days were not chosen by chance, so anything that goes along with taking or not taking it (sleep, a bad day, "
    "the weekend, what you expected) can look like the medicine. If how you felt swayed whether you took it, days like "
    "these come out often with no effect at all."
)
STANDING = (
    "What eases first without a medicine is often its side effects. What it protects against can return weeks or "
    "months later. Two weeks cannot see that."
)


def starts(said: str, *expected: str) -> None:
    assert said.startswith(" ".join(expected)), said


# The results


def test_stands_out() -> None:
    starts(
        texts(report(MIXED, CLEAR)),
        "On the 7 days you took it, mood was about 3.5 points higher; the range that fits runs from 2.5 to 4. That is",
        "more than your ordinary ups and downs usually produce. It does not say why, and small samples tend to",
        "overstate. You rated 14 of 14 days: 7 with the medicine, 7 without.",
        DAYS,
        STANDING,
    )


def test_stands_out_lower_mirrors_the_words() -> None:
    starts(
        texts(report(*LOWER_ON)),
        "On the 8 days you took it, mood was about 1.5 points lower; the range that fits runs from 0.5 to 3. That is",
    )


def test_a_range_that_leaves_out_zero_is_not_said_to_begin_there() -> None:
    made = report(*HARDLY)
    assert made.result == "stands_out"
    assert made.numbers and made.numbers.lower == pytest.approx(0.189, abs=0.001)
    assert "from 0.2 to 4" in texts(made)


def test_cannot_tell() -> None:
    made = report(MIXED, UNCLEAR)
    starts(
        texts(made),
        "On the 7 days you took it, mood was about 1 point higher (5.9 against 5.1). With this few days a difference",
        "this size can happen by chance: the range that fits your days runs from 0.5 lower to 2 higher. It neither",
        "shows a difference nor rules one out. Even a real difference of 1 point would more often be missed than seen",
        "in two weeks.",
    )


def test_about_the_same() -> None:
    starts(
        texts(report(*THE_SAME)),
        "Mood was about the same on both kinds of day (6.3 against 6.1). With this few days a difference this size can",
        "happen by chance: the range that fits your days runs from 2 lower to 2 higher. It neither shows a",
        "difference nor rules one out.",
    )


def test_a_range_that_holds_zero_is_not_said_to_end_there() -> None:
    made = report(*JUST_UNDER)
    assert made.numbers and made.numbers.lower == pytest.approx(-0.036, abs=0.001)
    assert "from 0.1 lower to 3 higher" in texts(made)


def test_checks_that_do_not_agree() -> None:
    made = report(*NOT_RARE)
    assert "from 0.2 higher to 4 higher" in texts(made)
    assert (
        "It neither shows a difference nor rules one out. The range leaves out no difference at all, but another check "
        "does not agree, so Fortnight does not tell." in texts(made)
    )
    assert "safety-checks-disagree" not in keys(report(MIXED, UNCLEAR))
    assert "safety-checks-disagree" not in keys(report(MIXED, CLEAR, action="P"))


def test_too_few_days_never_counts_what_would_be_needed() -> None:
    starts(
        texts(report("11111111111000")),
        "These days do not make a comparison. Days without it are never something to aim for. Your daily line is worth",
        "looking at together. You rated 14 of 14 days: 11 with the medicine, 3 without.",
    )


def test_one_block() -> None:
    starts(
        texts(report("11111110000000")),
        "These days do not make a comparison. Days without it are never something to aim for. Your daily line is worth",
        "looking at together. The days came in blocks, and a change over time looks exactly the same as a change from",
        "the medicine.",
    )


def test_no_variation() -> None:
    starts(
        texts(report(MIXED, [5] * 14)),
        "You gave the same answer every day, so there is nothing to compare. That is worth talking about too.",
    )


@pytest.mark.parametrize(("hours", "days"), [(66, "14 days"), (400, "83 days"), (30, "6 days")])
def test_carry_over(hours: float, days: str) -> None:
    starts(
        texts(report(ALTERNATE, CLEAR, half_life_hours=hours)),
        f"This medicine stays in the body about {days}. A day without a dose is not a day without the medicine, so on",
        "and off days cannot be compared.",
    )


def test_carry_over_of_one_day_is_singular() -> None:
    assert text("safety-carry-over", days=1).startswith("This medicine stays in the body about 1 day. A")


def test_dilution() -> None:
    said = texts(report(ALTERNATE, CLEAR, half_life_hours=12))
    assert (
        "Because it wears off slowly, this comparison would show only about 6 tenths of a real difference." in said
    )
    assert "only about 7 tenths" in texts(report(ALTERNATE, CLEAR, half_life_hours=11)), "0.66"
    assert "safety-dilution" not in keys(report(ALTERNATE, CLEAR, half_life_hours=6))
    assert "safety-dilution" not in keys(report(ALTERNATE, CLEAR, half_life_hours=26))


def test_set_aside_and_not_yet() -> None:
    aside = compare(plan(), diary(MIXED), ended=True, set_aside=True)
    starts(texts(aside), "You set the comparison aside while things were hard. Your days are kept.")
    running = compare(plan(), diary(MIXED), ended=False)
    starts(
        texts(running),
        "The comparison comes when your fortnight ends, so that looking early does not sway it. Every day is here",
        "already.",
    )
    for made in (aside, running):
        assert "safety-days-not-chosen" not in keys(made)


# Caps


def test_each_cap_says_which() -> None:
    swayed = [
        replace(entry, dose_reason="felt_bad") if entry.dose == "not_taken" else entry for entry in diary(MIXED)
    ]
    assert (
        "Because on some days you did not take it because of how you felt, Fortnight cannot tell from these days."
        in texts(compare(plan(), swayed, ended=True))
    )
    assert "Because what you had set up was changed after you began, " in texts(
        report(MIXED, CLEAR, changed_after_start=True)
    )
    assert "Because a difference here can be the effect of a gap, " in texts(report(MIXED, CLEAR, action="P"))


def test_the_weekend_cap_counts_the_days() -> None:
    ratings = [7, 8, 4, 7, 8, 3, 4, 8, 7, 8, 4, 7, 3, 4]
    said = texts(report("11011001110100", ratings))
    assert "Because 4 of your 6 days without were at the weekend, Fortnight cannot tell from these days." in said
    other = "".join("1" if letter == "0" else "0" for letter in "11011001110100")
    assert "Because 4 of your 6 days with it were at the weekend, " in texts(report(other, ratings))


def test_no_cap_is_said_where_none_holds() -> None:
    assert not [key for key in keys(report(MIXED, UNCLEAR)) if "-cap-" in key]
    assert not [
        key
        for key in keys(report("11111111111000", CLEAR, action="P", changed_after_start=True))
        if "-cap-" in key
    ]


# What is said with every result

EVERY = [
    report(MIXED, CLEAR),
    report(MIXED, UNCLEAR),
    report(MIXED, [5] * 14),
    report("11111111111000"),
    report("11111110000000"),
    report(ALTERNATE, CLEAR, half_life_hours=66),
    report(MIXED, mode="notice_only"),
]


def test_days_not_chosen_wherever_both_kinds_of_day_stand() -> None:
    for made in EVERY:
        assert ("safety-days-not-chosen" in keys(made)) == (made.result != "notice_only"), made.result
    assert "safety-days-not-chosen" not in keys(report("11111111111111"))


def test_the_standing_sentence() -> None:
    for made in EVERY:
        assert keys(made)[-1] == "safety-standing"
    assert keys(report(MIXED, standing_first=True))[0] == "safety-standing"
    assert "safety-standing" not in keys(report(MIXED, stimulant=True))
    assert "safety-standing" not in keys(report(MIXED, pattern="as_needed"))


def test_sentences_of_a_kind_of_medicine() -> None:
    kinds: list[tuple[dict[str, Any], str]] = [
        (
            {"gap_effect": True},
            "Feeling worse after a gap can come from the gap; feeling better can be for a while. Neither answers "
            "whether it is right for you.",
        ),
        (
            {"works_over_weeks": True},
            "Medicines like this work over weeks. Two weeks of days cannot show whether it helps.",
        ),
        (
            {"pattern": "as_needed"},
            "You take it on the days that are harder, so harder days and days with it go together, whatever it does.",
        ),
    ]
    for changes, sentence in kinds:
        for result in ({}, {"mode": "notice_only"}):
            assert sentence in texts(report(MIXED, CLEAR, **{**changes, **result}))
        assert sentence not in texts(report(MIXED, CLEAR))


def test_lengths_as_they_are() -> None:
    said = texts(report(MIXED * 2, UNCLEAR * 2, length_days=21, works_over_weeks=True))
    assert "You rated 21 of 21 days" in said
    assert "would more often be missed than seen in 21 days." in said
    assert "21 days cannot see that." in said
    assert "21 days cannot show whether it helps." in said
    assert "wo weeks" not in said


def test_days_set_aside_are_counted_in_words() -> None:
    said = texts(report("1h010?1r0d10hh", CLEAR))
    for sentence in (
        "3 days are set aside: a different amount.",
        "1 day is set aside: no answer about the dose.",
        "1 day is set aside: you did not say.",
        "1 day is set aside: no dose was due.",
    ):
        assert sentence in said


def test_stopped_early_and_looked_back_say_so() -> None:
    stopped = compare(plan(), diary(MIXED), ended=True, ended_on=MONDAY + timedelta(days=10))
    assert "You stopped after 11 of 14 days." in texts(stopped)
    assert "Looked back, not planned." in texts(report(MIXED, CLEAR, looked_back=True))


# Notice only


def noticed(ratings: list[float | None], *, length: int = 14, **changes: Any) -> str:
    return texts(report("1" * length, ratings, mode="notice_only", length_days=length, **changes))


def test_notice_only() -> None:
    ratings = [5, 4, 6, 2, 5, 4, 9, 6, 5, 4, 6, 5, 4, 6]
    entries = diary(MIXED, ratings)
    entries = [
        replace(
            entry, side_effects=(SideEffect("dry mouth"),) if place < 5 else (SideEffect("fog", 2),) * (place < 8)
        )
        for place, entry in enumerate(entries)
    ]
    entries[2] = replace(entries[2], note="Not this one.")
    entries[4] = replace(entries[4], note="I laughed at lunch.", note_starred=True)
    made = compare(plan(mode="notice_only"), entries, ended=True)
    starts(
        texts(made),
        "Your fortnight: mood mostly 4 to 6, lowest on Thursday 5 March, highest on Sunday 8 March. Dry mouth on 5 days.",
        "You wrote: 'I laughed at lunch.' What stands out to you?",
        STANDING,
    )


def test_notice_only_ties() -> None:
    two = noticed([5, 4, 6, 2, 5, 4, 9, 6, 5, 2, 6, 5, 4, 6])
    assert "lowest on Thursday 5 March and Wednesday 11 March, highest on Sunday 8 March" in two
    assert "lowest on 3 days, highest on 4 days" in noticed([4, 4, 4, 5, 5, 5, 5, 5, 5, 5, 6, 6, 6, 6])


def test_notice_only_with_little_to_say() -> None:
    starts(noticed([None] * 14), "Your fortnight: written down without ratings. What stands out to you?")
    starts(noticed([5] * 14), "Your fortnight: mood 5 on all 14 days you rated. ")
    starts(noticed([5, *[None] * 13]), "Your fortnight: mood 5 on the 1 day you rated. ")
    starts(noticed([5, 5, 5, 7, 5, 5, 5, 5, 4, 5], length=10), "Your 10 days: mood mostly 5, lowest on ")


def test_notice_only_of_hours() -> None:
    entries = [
        Entry(MONDAY + timedelta(days=day), ratings={"sleep_hours": hours})
        for day, hours in enumerate([6, 6.5, 7, 7.5, 7.5, 8, 4])
    ]
    fixed = plan(measures=(standard("sleep_hours"),), primary="sleep_hours", mode="notice_only", length_days=7)
    starts(
        texts(compare(fixed, entries, ended=True)),
        "Your 7 days: sleep mostly 6 to 7.5 hours, lowest on Sunday 8 March",
    )


def test_a_note_without_a_full_stop_gets_one() -> None:
    assert text("safety-notice-note", note="flat", ends="open") == "You wrote: 'flat'."


def test_no_note_is_quoted_unasked() -> None:
    entries = [replace(entry, note="private") for entry in diary(MIXED)]
    assert "private" not in texts(compare(plan(mode="notice_only"), entries, ended=True))


# Measures and units


def test_hours_are_hours_and_longer() -> None:
    measures = (standard("sleep_hours"),)
    hours = [7.5, 8, 5, 5.5, 7.5, 5, 8, 8, 5, 7.5, 5, 8, 5.5, 5]
    made = compare(
        plan(measures=measures, primary="sleep_hours", usual_time="bedtime"),
        diary(MIXED, hours, measure="sleep_hours"),
        ended=True,
    )
    starts(
        texts(made), "On the 7 days you took it, sleep was about 2.5 hours longer; the range that fits runs from 2"
    )


@pytest.mark.parametrize(("name", "said"), [("fog", "fog"), ("what Mattered", "“what Mattered”")])
def test_own_words_are_spelled_as_they_were_written(name: str, said: str) -> None:
    """Several words are quoted, to show where they end."""
    named = plan(measures=(own("own1", name),), primary="own1")
    made = compare(named, diary(MIXED, CLEAR, measure="own1"), ended=True)
    starts(texts(made), f"On the 7 days you took it, {said} was about 3.5 points higher")
    doses, ratings = THE_SAME
    same = compare(named, diary(doses, ratings, measure="own1"), ended=True)
    starts(texts(same), f"{said} was about the same on both kinds of day")


def test_every_key_that_can_be_said_is_in_the_catalogue() -> None:
    for result in DRAWN:
        assert has(title(result).key)
    for key in STANDARD:
        measure = standard(key)
        for name in (measure.name, measure.low, measure.middle, measure.high):
            assert name is None or has(name.key)


def test_a_step_is_called_in_the_result_what_it_was_called_when_it_was_answered() -> None:
    """One key for both: the check-in's. A soft hyphen for small cells is not printed in a chart."""
    named = {key: standard(key) for key in STANDARD}
    keys = {key: [name.key for name in (m.low, m.middle, m.high) if name] for key, m in named.items()}
    assert keys == {
        "mood": ["check-in-mood-0", "check-in-mood-5", "check-in-mood-10"],
        "sleep_hours": [],
        "sleep_quality": ["check-in-quality-1", "check-in-quality-3", "check-in-quality-5"],
        "like_myself": ["check-in-like-myself-0", "check-in-like-myself-5", "check-in-like-myself-10"],
        "energy": ["check-in-energy-0", "check-in-energy-5", "check-in-energy-10"],
    }
    middle = named["mood"].middle
    assert middle
    assert wording.plain(text(middle)) == "in between"
