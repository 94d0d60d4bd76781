"""Every result of step 8, in its order, and every cap of step 7."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import pytest
from app.domain.analysis import Entry, _checks
from app.domain.compare import compare
from app.domain.measures import standard
from app.domain.posterior import Posterior
from app.domain.report import DRAWN, Numbers, Report, Result
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.diaries import (
    ALTERNATE,
    CLEAR,
    DRIFTS,
    MIXED,
    MONDAY,
    NOT_RARE,
    UNCLEAR,
    diary,
    plan,
    report,
)

BLOCKS = "11111110000000"
OPENED = datetime(2026, 3, 16, 9, 0, tzinfo=UTC)


def because(reason: str, times: int) -> list[Entry]:
    """The clear fortnight, with a reason on so many of the days without."""
    entries = diary(MIXED)
    off = [place for place, entry in enumerate(entries) if entry.dose == "not_taken"][:times]
    return [replace(e, dose_reason=reason) if place in off else e for place, e in enumerate(entries)]


def test_stands_out() -> None:
    assert report(MIXED, CLEAR).result == "stands_out"


def test_cannot_tell() -> None:
    assert report(MIXED, UNCLEAR).result == "cannot_tell"


@pytest.mark.parametrize(
    ("doses", "why"),
    [
        ("11111111111000", "three days without"),
        ("00000000000111", "three days with"),
        ("11000110.....", "nine days"),
        ("11111111111111", "no day without"),
        ("..............", "nothing logged"),
    ],
)
def test_too_few_days(doses: str, why: str) -> None:
    assert report(doses).result == "too_few_days", why


def test_four_and_six_days_are_enough() -> None:
    assert report("10010011....", CLEAR).result == "too_few_days"
    assert report("1001001100", CLEAR).result == "cannot_tell"


def test_a_rating_without_a_known_dose_is_no_day_to_compare() -> None:
    assert report("1h010?1r0d10h1", CLEAR).result == "too_few_days"


def test_one_block() -> None:
    assert report(BLOCKS).result == "one_block"
    assert report("11110000111111").result == "one_block", "two changes"
    assert report("11110000110011").result != "one_block"


def test_no_variation() -> None:
    assert report(MIXED, [5] * 14).result == "no_variation"


def test_carry_over_comes_before_too_few_days() -> None:
    assert report(ALTERNATE, CLEAR, half_life_hours=26).result == "carry_over"
    assert report("11111111111100", CLEAR, half_life_hours=400).result == "carry_over"


def test_no_carry_over_where_only_one_kind_of_day_occurs() -> None:
    made = report("11111111111111", CLEAR, half_life_hours=400)
    assert made.result == "too_few_days"
    assert made.numbers and made.numbers.recovery is None


def test_between_five_and_eight_tenths_compares_and_says_so() -> None:
    made = report(ALTERNATE, CLEAR, half_life_hours=12)
    assert made.numbers and made.numbers.recovery is not None
    assert 0.5 <= made.numbers.recovery < 0.8
    assert made.result in {"stands_out", "cannot_tell"}


def test_skip_drops_days_first() -> None:
    assert report(MIXED, CLEAR, skip=1).result == "too_few_days"
    longer = "111000111000111000111000"
    made = report(longer, [6, 7, 8, 3, 4, 2] * 4, skip=1, length_days=24)
    assert made.numbers and (made.numbers.n_on, made.numbers.n_off) == (9, 8)
    assert made.counts.aside == {"after_switch": 7}


def test_a_lag_of_one_asks_the_dose_of_the_day_before() -> None:
    shifted = diary(MIXED, [None, *CLEAR[:13]])
    made = compare(plan(told_lag=1), shifted, ended=True)
    assert made.numbers and made.numbers.difference and made.numbers.difference > 3


def test_sleep_is_of_the_night_before() -> None:
    hours = {"measures": (standard("sleep_hours"), standard("mood")), "primary": "sleep_hours"}
    assert plan(**hours, usual_time="morning").lag("sleep_hours") == 1
    assert plan(**hours, usual_time="daytime").lag("sleep_hours") == 1
    assert plan(**hours, usual_time="bedtime").lag("sleep_hours") == 0
    assert plan(**hours, usual_time="evening").lag("sleep_hours") == 1, "asked about as today's"
    assert plan(**hours, usual_time="morning").lag("mood") == 0
    assert plan(**hours, usual_time="evening").lag("mood") == 0, "its own rating comes after it"
    assert plan(**hours).lag("sleep_hours") == 1, "asked about as today's, like all but a bedtime dose"


def asleep_longer_after(doses: str) -> list[Entry]:
    """Two hours more in the night after each dose: they stand in the next day's entry."""
    entries = diary(doses, [5] * len(doses))
    slept = [6.0, *(8.0 if letter == "1" else 6.0 for letter in doses)]
    wobble = [0.5 * (place % 3 == 0) for place in range(len(doses))]
    return [
        replace(entry, ratings={"sleep_hours": slept[place] + wobble[place]})
        for place, entry in enumerate(entries)
    ]


@pytest.mark.parametrize("usual_time", ["morning", "daytime", "evening", None])
def test_the_night_after_a_dose_is_compared_not_the_one_before(usual_time: str | None) -> None:
    """Longer sleep after an evening dose is not shown as shorter sleep."""
    fixed = plan(measures=(standard("sleep_hours"),), primary="sleep_hours", usual_time=usual_time)
    numbers = compare(fixed, asleep_longer_after("01100110011001"), ended=True).numbers
    assert numbers and numbers.difference
    assert numbers.difference == pytest.approx(2, abs=0.3)


def test_in_a_diary_from_elsewhere_a_bedtime_dose_ends_its_row() -> None:
    chosen = (standard("mood"), standard("sleep_hours"))
    found = {
        (usual_time, told): tuple(
            plan(measures=chosen, usual_time=usual_time, kept_elsewhere=True, told_lag=told).lag(key)
            for key in ("mood", "sleep_hours")
        )
        for usual_time in ("morning", "evening", "bedtime")
        for told in (None, 0, 1)
    }
    assert found == {
        ("morning", None): (0, 1),
        ("morning", 0): (0, 1),
        ("morning", 1): (1, 1),
        ("evening", None): (0, 1),
        ("evening", 0): (0, 1),
        ("evening", 1): (1, 1),
        ("bedtime", None): (1, 1),
        ("bedtime", 0): (0, 0),
        ("bedtime", 1): (1, 1),
    }


@pytest.mark.parametrize("told", [0, 1])
@pytest.mark.parametrize("usual_time", ["morning", "evening", "bedtime"])
def test_what_is_told_about_a_row_holds_for_sleep_that_is_primary(usual_time: str, told: Literal[0, 1]) -> None:
    chosen = {"measures": (standard("sleep_hours"), standard("mood")), "primary": "sleep_hours"}
    fixed = plan(**chosen, usual_time=usual_time, kept_elsewhere=True, told_lag=told)
    assert (fixed.lag("sleep_hours"), fixed.lag("mood")) == (told, told)


# Step 5 and 6: the checks beside the interval


def test_a_rare_relabeling_is_asked_for() -> None:
    """The interval leaves out 0, but more than one relabeling in twenty shows as much."""
    made = report(*NOT_RARE)
    assert made.numbers and made.numbers.lower and made.numbers.permutation_p
    assert made.numbers.lower > 0
    assert made.numbers.permutation_p > 0.05
    assert (made.result, made.caps) == ("cannot_tell", ())


def test_a_drift_that_goes_with_the_dose_does_not_stand_out() -> None:
    """The interval leaves out 0 and few relabelings show as much, but the trend check holds it back."""
    made = report(*DRIFTS)
    numbers = made.numbers
    assert numbers and numbers.lower and numbers.permutation_p and numbers.cor_on_time and numbers.trend
    assert numbers.lower > 0
    assert numbers.permutation_p <= 0.05
    assert numbers.cor_on_time >= 0.5
    assert numbers.trend.lower < 0 < numbers.trend.estimate
    assert (made.result, made.caps) == ("cannot_tell", ())


def test_the_sign_of_both_estimates_must_agree() -> None:
    def beta(estimate: float) -> Posterior:
        return Posterior(estimate, estimate - 0.5, estimate + 0.5, 0.3)

    numbers = Numbers(7, 7, 9, cor_on_time=0.1, permutation_p=0.01)
    assert _checks(beta(1), beta(0.2), numbers) == (True, True)
    assert _checks(beta(1), beta(-0.2), numbers) == (True, False)
    assert _checks(beta(-1), beta(-0.2), numbers) == (True, True)
    assert _checks(beta(1), beta(0.2), replace(numbers, cor_on_time=-0.5)) == (True, False)
    assert _checks(beta(1), beta(0.2), replace(numbers, permutation_p=0.0501)) == (True, False)
    assert _checks(beta(0.4), beta(0.4), numbers) == (False, True)


# Step 7: caps. Each on a fortnight that would stand out without it.


def capped(made: Report) -> tuple[Result, tuple[str, ...]]:
    return made.result, made.caps


@pytest.mark.parametrize(
    ("changes", "cap"),
    [
        ({"action": "P"}, "prescriber_first"),
        ({"pattern": "as_needed"}, "as_needed"),
        ({"changed_after_start": True}, "changed_after_start"),
    ],
)
def test_what_was_fixed_caps(changes: dict[str, Any], cap: str) -> None:
    assert capped(report(MIXED, CLEAR, **changes)) == ("cannot_tell", (cap,))


@pytest.mark.parametrize("reason", ["felt_bad", "felt_fine", "side_effects"])
def test_two_days_swayed_by_mood_cap(reason: str) -> None:
    assert capped(compare(plan(), because(reason, 2), ended=True)) == ("cannot_tell", ("mood_swayed",))
    assert capped(compare(plan(), because(reason, 1), ended=True)) == ("stands_out", ())


def test_a_reason_beside_a_dose_taken_sways_nothing() -> None:
    """Such days were stored before a reason was refused there."""
    entries = [replace(e, dose_reason="felt_bad") if e.dose == "taken" else e for e in because("forgot", 7)]
    assert compare(plan(), entries, ended=True).result == "stands_out"


@pytest.mark.parametrize("reason", ["forgot", "ran_out", "chose_to", "other"])
def test_other_reasons_do_not_cap(reason: str) -> None:
    assert compare(plan(), because(reason, 7), ended=True).result == "stands_out"


def test_a_late_answer_caps_and_one_that_only_arrived_late_does_not() -> None:
    def written(after: timedelta) -> Report:
        entries = diary(MIXED)
        entries[3] = replace(entries[3], written_at=OPENED + after)
        return compare(plan(), entries, ended=True, comparison_opened_at=OPENED)

    late, in_time = written(timedelta(minutes=1)), written(timedelta(minutes=-1))
    assert capped(late) == ("cannot_tell", ("late_answers",))
    assert [day.number for day in late.days if day.late] == [4]
    assert [row.number for row in late.log if row.late] == [4]
    assert capped(in_time) == ("stands_out", ())
    assert not any(day.late for day in in_time.days)


def test_weekend() -> None:
    """Four of six days without at the weekend: shares .67 and 0 differ by .4 and more."""
    doses, ratings = "11011001110100", [7, 8, 4, 7, 8, 3, 4, 8, 7, 8, 4, 7, 3, 4]
    made = report(doses, ratings)
    assert capped(made) == ("cannot_tell", ("weekend",))
    assert report(doses, ratings, counted_from=1).result == "stands_out", "day numbers have no weekdays"


def test_weekend_shares_differ_by_exactly_four_tenths() -> None:
    """Five on, five off: two more weekend days on one side is .4, and .4 is enough."""
    assert report("1010110010", [8, 4, 7, 3, 8, 7, 3, 4, 8, 4], length_days=10).caps == ()
    # Saturday and Sunday are days 6 and 7 of a window that starts on a Monday.
    assert "weekend" in report("1100011010", [8, 7, 4, 3, 4, 8, 7, 3, 8, 4], length_days=10).caps


def test_several_caps_are_all_kept() -> None:
    made = report(MIXED, CLEAR, action="P", pattern="as_needed", changed_after_start=True)
    assert made.caps == ("prescriber_first", "as_needed", "changed_after_start")


# Step 8: what comes before the days are asked


def test_the_gate_comes_first() -> None:
    for held in ({"mode": "notice_only"}, {"action": "O"}):
        assert report(MIXED, CLEAR, **held).result == "notice_only"
        made = compare(plan(**held), diary(MIXED), ended=False, set_aside=True)
        assert made.result == "notice_only"


def test_set_aside_comes_before_not_yet() -> None:
    assert compare(plan(), diary(MIXED), ended=False, set_aside=True).result == "set_aside"
    assert compare(plan(), diary(MIXED), ended=True, set_aside=True).result == "set_aside"


def test_no_result_before_the_end() -> None:
    assert compare(plan(), diary(MIXED), ended=False).result == "not_yet"


def test_an_early_stop_is_final_and_looks_at_its_own_days_only() -> None:
    made = compare(plan(), diary(MIXED), ended=True, ended_on=MONDAY + timedelta(days=11))
    assert made.stopped_early
    assert len(made.days) == 12
    assert made.counts.length == 12
    assert made.result == "stands_out"


def test_stopped_before_it_began() -> None:
    made = compare(plan(), [], ended=True, ended_on=MONDAY - timedelta(days=3))
    assert (made.result, made.days) == ("too_few_days", ())


def test_a_diary_looked_back_at_is_not_capped_by_that() -> None:
    made = report(MIXED, CLEAR, looked_back=True)
    assert made.result == "stands_out"
    assert made.looked_back


def test_days_outside_the_window_are_left_out() -> None:
    outside = [Entry(MONDAY + timedelta(days=day), "taken", None, {"mood": 0}) for day in (-1, 14, 15)]
    assert compare(plan(), [*outside, *diary(MIXED)], ended=True) == report(MIXED, CLEAR)


# Properties of the whole


@st.composite
def written(draw: st.DrawFn) -> list[Entry]:
    length = draw(st.integers(7, 28))
    doses = draw(st.text("1100hdr?.", min_size=length, max_size=length))
    rating = draw(st.sampled_from([st.integers(0, 40).map(lambda q: q / 4), st.sampled_from([5.0, 5.0, 5.25])]))
    return diary(doses, draw(st.lists(st.none() | rating, min_size=length, max_size=length)))


@given(written(), st.randoms(use_true_random=False), st.integers(7, 28))
def test_the_order_of_input_does_not_matter(entries: list[Entry], random: Any, length: int) -> None:
    entries = [replace(entry, note=str(entry.date), note_starred=True) for entry in entries]
    shuffled = random.sample(entries, len(entries))
    fixed = plan(length_days=length, half_life_hours=6)
    assert compare(fixed, entries, ended=True) == compare(fixed, shuffled, ended=True)


@given(written(), st.integers(7, 28), st.sampled_from([None, 2.0, 12.0, 400.0]), st.integers(0, 2))
def test_any_legal_diary_gives_a_whole_report(
    entries: list[Entry], length: int, half_life: float | None, skip: int
) -> None:
    made = compare(plan(length_days=length, half_life_hours=half_life, skip=skip), entries, ended=True)
    assert made.drawn == DRAWN[made.result]
    assert "nan" not in repr(made)
    assert "inf" not in repr(made).replace("information", "")
    assert made.sentences
    if made.counts.on is not None:
        assert made.counts.rated == made.counts.on + (made.counts.off or 0) + sum(
            (made.counts.aside or {}).values()
        )
