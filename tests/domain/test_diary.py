"""Reading a diary: no text is a fault, nothing is guessed, and what a diary says is what comes out."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from app.core.catalogue import has, text
from app.domain import diary
from app.domain.diary import DiaryMapping, Imported, Scale
from app.domain.diary_columns import describe, suggest
from app.domain.diary_table import (
    MOST_TROUBLES,
    Trouble,
    Unreadable,
    read,
)
from app.domain.report import Measure
from app.domain.rounding import resolution
from app.domain.words import Say
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

YESTERDAY = date(2026, 11, 22)
TEN = Scale(0, 10, 1)
CODES = frozenset(
    {
        *("too-large", "empty", "no-rows", "too-many-rows", "too-many-columns", "one-column", "no-header"),
        *("name-too-long", "too-many-cells", "quotes-unclear"),
        *("column-unknown", "column-twice", "column-empty", "scale-impossible"),
        *("day-missing", "day-unreadable", "day-twice", "day-order-unclear"),
        *("window-other-kind", "window-not-over", "window-empty"),
        *("dose-unclear", "number-unreadable", "number-outside", "number-off-step", "decimals-mixed"),
    }
)


def codes(call: Callable[[], object]) -> list[tuple[int, str, str]]:
    with pytest.raises(Unreadable) as caught:
        call()
    assert all(trouble.code in CODES for trouble in caught.value.troubles)
    return [(trouble.row, trouble.column, trouble.code) for trouble in caught.value.troubles]


def take(csv: str, *, start: date | int = date(2026, 1, 1), length: int = 7, **mapping: Any) -> Imported:
    said = {"day": "day", "dose": "dose", "measures": {"mood": ("mood", TEN)}, **mapping}
    said.setdefault("dose_values", {"yes": "taken", "no": "not_taken"})
    return diary.fortnight(read(csv), DiaryMapping(**said), start=start, length_days=length, yesterday=YESTERDAY)


def test_every_code_has_its_sentence() -> None:
    assert len(CODES) == 26
    for code in CODES:
        assert has(f"diary-error-{code}")
        assert text(f"diary-error-{code}")


# Windows.


def test_a_window_is_taken_and_the_rest_left_out() -> None:
    rows = "\n".join(f"2026-01-{n:02d},{'yes' if n % 2 else 'no'},{n % 11}" for n in range(1, 21))
    found = take(f"day,dose,mood\n{rows}\n", start=date(2026, 1, 5), length=10)
    assert (found.start_on, found.length_days, found.dated) == (date(2026, 1, 5), 10, True)
    assert [each.date.day for each in found.days] == list(range(5, 15))
    assert found.days[0].dose == "taken"
    assert found.days[0].ratings == {"mood": 5}


def test_blank_is_not_logged() -> None:
    found = take("day,dose,mood\n2026-01-01,,\n2026-01-02,NA,3\n2026-01-03,no,\n2026-01-04,yes,-\n")
    assert [(each.date.day, each.dose, dict(each.ratings)) for each in found.days] == [
        (2, None, {"mood": 3}),
        (3, "not_taken", {}),
        (4, "taken", {}),
    ]


def test_an_empty_cell_means_what_it_was_said_to_mean_on_a_day_that_was_rated() -> None:
    csv = "day,dose,mood\n2026-01-01,,\n2026-01-02,NA,3\n2026-01-03,yes,4\n2026-01-04,no,5\n"
    found = take(csv, dose_empty="not_taken")
    assert [(each.date.day, each.dose, each.dose_from_empty) for each in found.days] == [
        (2, "not_taken", True),
        (3, "taken", False),
        (4, "not_taken", False),
    ]
    found = take(csv, dose=None, dose_values={}, dose_empty="not_taken")
    assert [each.dose for each in found.days] == [None, None, None]


def test_what_lies_outside_the_window_is_not_judged() -> None:
    csv = "day,dose,mood\n2026-01-01,yes,3\n2026-02-01,perhaps,99\n2026-02-01,yes,3\n"
    assert take(csv).days


def test_counted_days_end_yesterday_and_are_not_dated() -> None:
    found = take("day,dose,mood\n0,yes,3\n6,no,4\n", start=0)
    assert not found.dated
    assert found.start_on == YESTERDAY - timedelta(days=6)
    assert found.days[-1].date == YESTERDAY


@pytest.mark.parametrize(
    ("csv", "more", "found"),
    [
        ("day,dose,mood\n2026-01-01,half,3", {}, [(2, "B", "dose-unclear")]),
        ("day,dose,mood\n2026-01-01,yes,11", {}, [(2, "C", "number-outside")]),
        ("day,dose,mood\n2026-01-01,yes,3.5", {}, [(2, "C", "number-off-step")]),
        ("day,dose,mood\n2026-01-01,yes,good\n2026-01-02,yes,2", {}, [(2, "C", "number-unreadable")]),
        ("day,dose,mood\n2026-01-01,yes,3\n2026-01-01,no,4", {}, [(3, "A", "day-twice")]),
        ("day,dose,mood\n2026-01-01,yes,3\n,no,4", {}, [(3, "A", "day-missing")]),
        ("day,dose,mood\n2026-01-01,yes,3\nMonday,no,4", {}, [(3, "A", "day-unreadable")]),
        ("day,dose,mood\n1/2/2026,yes,3", {}, [(0, "A", "day-order-unclear")]),
        ("day,dose,mood\n2026-01-01,yes,3", {"start": 1}, [(0, "A", "window-other-kind")]),
        ("day,dose,mood\n1,yes,3", {}, [(0, "A", "window-other-kind")]),
        ("day,dose,mood\n2026-03-01,yes,3", {}, [(0, "A", "window-empty")]),
        ("day,dose,mood\n2026-01-01,,\n2026-03-01,yes,3", {}, [(0, "A", "window-empty")]),
        ("day,dose,mood\n2026-11-20,yes,3", {"start": date(2026, 11, 17)}, [(0, "A", "window-not-over")]),
        ("day,dose,mood\n9999-12-31,yes,3", {"start": date(9999, 12, 31)}, [(0, "A", "window-not-over")]),
        ("day,dose,mood\n2026-01-01,yes,", {}, [(0, "C", "column-empty")]),
        ("day,dose,mood\n2026-01-01,yes,3", {"dose": "mood"}, [(0, "C", "column-twice")]),
        ("day,dose,mood\n2026-01-01,yes,3", {"dose": "pill"}, [(0, "", "column-unknown")]),
        (
            "day,dose,mood\n2026-01-01,yes,3",
            {"measures": {"mood": ("mood", Scale(5, 5, 1))}},
            [(0, "C", "scale-impossible")],
        ),
        (
            "day;dose;mood\n2026-01-01;yes;3,0\n2026-01-02;no;4.0",
            {},
            [(2, "C", "decimals-mixed"), (3, "C", "decimals-mixed")],
        ),
    ],
)
def test_everything_wrong_is_named_by_its_place(
    csv: str, more: dict[str, Any], found: list[tuple[int, str, str]]
) -> None:
    assert codes(lambda: take(csv, **more)) == found


def test_all_rows_are_named_at_once_up_to_a_limit() -> None:
    rows = "\n".join(f"2026-01-{n:02d},yes,x" for n in range(1, 29))
    assert len(codes(lambda: take(f"day,dose,mood\n{rows}", length=28))) == 28
    days = [date(2020, 1, 1) + timedelta(days=n) for n in range(200)]
    rows = "\n".join(f"{each}x,yes,1" for each in days)
    assert len(codes(lambda: take(f"day,dose,mood\n{rows}"))) == MOST_TROUBLES


def test_the_order_of_day_and_month_is_as_said() -> None:
    csv = "day,dose,mood\n1/2/2026,yes,3"
    assert take(csv, day_format="mdy").days[0].date == date(2026, 1, 2)
    assert take(csv, day_format="dmy", start=date(2026, 2, 1)).days[0].date == date(2026, 2, 1)


# Suggestions.


def test_suggestions_for_an_ordinary_diary() -> None:
    found = suggest(describe(read("Date,Took it?,Mood,Sleep,Note\n1/2/2026,Y,5,7.5,bus\n2/2/2026,N,6,8,sun\n")))
    assert (found.day, found.day_format) == ("Date", None)
    assert (found.dose, dict(found.dose_values)) == ("Took it?", {"n": "not_taken", "y": "taken"})
    assert (found.measure, found.others) == ("Mood", ("Sleep",))


def test_unknown_words_for_a_dose_are_left_open() -> None:
    found = suggest(describe(read("day,pill,mood\n1,white,5\n2,blue,6\n3,white,4\n")))
    assert dict(found.dose_values) == {"white": None, "blue": None}


# What is said of a fine scale.


@pytest.mark.parametrize(
    ("scale", "finest"),
    [
        ((0, 10, 1), 0.5),
        ((1, 5, 1), 0.5),
        ((0, 100, 1), 0.5),
        ((0, 10, 0.1), 0.05),
        ((0, 100, 0.000001), 0.5),
        ((0, 10, 0.000001), 0.05),
        ((-3, 3, 0.000001), 0.05),
        ((1, 9, 0.01), 0.05),
        ((0, 1, 0.000001), 0.005),
        ((0, 0.000002, 0.000001), 0.0000005),
    ],
)
def test_sentences_are_no_finer_than_a_scale_deserves(scale: tuple[float, float, float], finest: float) -> None:
    measure = Measure("mood", Say("x"), *scale)
    assert resolution(measure) == pytest.approx(finest)


# Properties.

CELL = st.text(alphabet=st.characters(codec="utf-8"), max_size=12)
LIKELY = st.sampled_from(
    [
        "",
        "5",
        "6,5",
        "1.0",
        "yes",
        "2026-01-01",
        "1/2/2026",
        "31.12.2026",
        '"',
        ",",
        ";",
        "\n",
        "\r",
        "=cmd()",
        "NA",
    ]
)
ANY_CSV = st.one_of(
    st.text(max_size=300),
    st.lists(st.lists(st.one_of(LIKELY, CELL), max_size=6), max_size=12).map(
        lambda rows: "\n".join(",".join(row) for row in rows)
    ),
    st.lists(st.one_of(LIKELY, st.sampled_from([";", "\t", ",", "\n"])), max_size=60).map("".join),
)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ANY_CSV, st.data())
def test_no_text_is_a_fault(csv: str, data: st.DataObject) -> None:
    """Read, describe, suggest and take with any mapping: an answer or `Unreadable` with known codes."""
    try:
        table = read(csv)
    except Unreadable as error:
        assert error.troubles and all(trouble.code in CODES for trouble in error.troubles)
        return
    described = describe(table)
    suggest(described)
    assert len({each.column.name for each in described}) == len(described)
    names = [column.name for column in table.columns]
    chosen = data.draw(st.permutations(names))
    mapping = DiaryMapping(
        day=chosen[0],
        measures={"mood": (chosen[-1], data.draw(st.sampled_from([TEN, Scale(-3, 3, 0.5), Scale(0, 100, 1e-6)])))},
        day_format=data.draw(st.sampled_from([None, "iso", "dmy", "mdy", "number"])),
        dose=chosen[1] if len(chosen) > 2 else None,
        dose_values={"yes": "taken", "1": "not_taken"},
    )
    start: date | int = data.draw(st.one_of(st.dates(date(1900, 1, 1)), st.integers(-999_999, 999_999)))
    try:
        found = diary.fortnight(table, mapping, start=start, length_days=14, yesterday=YESTERDAY)
    except Unreadable as error:
        assert error.troubles and all(trouble.code in CODES for trouble in error.troubles)
        return
    assert found.days
    assert all(found.start_on <= each.date <= YESTERDAY for each in found.days)
    assert len({each.date for each in found.days}) == len(found.days)


WRITTEN = {"taken": "Yes", "not_taken": "no", None: ""}


@settings(max_examples=100, deadline=None)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["taken", "not_taken", None]), st.one_of(st.none(), st.integers(0, 20))),
        min_size=7,
        max_size=28,
    ),
    delimiter=st.sampled_from([",", ";", "\t"]),
    written=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"]),
    quoted=st.booleans(),
    ends=st.sampled_from(["\n", "\r\n"]),
    shuffled=st.randoms(use_true_random=False),
)
def test_a_diary_written_is_the_diary_read(
    rows: list[tuple[Any, int | None]], delimiter: str, written: str, quoted: bool, ends: str, shuffled: Any
) -> None:
    start = date(2026, 2, 20)
    comma = delimiter != ","
    lines = []
    for place, (dose, halves) in enumerate(rows):
        mood = "" if halves is None else f"{halves / 2:.1f}".replace(".", "," if comma else ".")
        cells = [(start + timedelta(days=place)).strftime(written), WRITTEN[dose], mood]
        lines.append(delimiter.join(f'"{cell}"' if quoted else cell for cell in cells))
    shuffled.shuffle(lines)
    csv = ends.join([delimiter.join(["day", "dose", "mood"]), *lines])
    mapping = {
        "day_format": {"%d/%m/%Y": "dmy", "%m/%d/%Y": "mdy"}.get(written),
        "dose": "dose" if any(dose for dose, _ in rows) else None,
        "measures": {"mood": ("mood", Scale(0, 10, 0.5))},
    }
    kept = [(place, dose, halves) for place, (dose, halves) in enumerate(rows) if dose or halves is not None]
    if all(halves is None for _, halves in rows):
        assert "column-empty" in {
            code for _, _, code in codes(lambda: take(csv, start=start, length=28, **mapping))
        }
        return
    found = take(csv, start=start, length=28, **mapping)
    assert [((each.date - start).days, each.dose, each.ratings.get("mood")) for each in found.days] == [
        (place, dose, None if halves is None else halves / 2) for place, dose, halves in kept
    ]


def test_troubles_are_never_empty_and_come_in_reading_order() -> None:
    troubles = [Trouble(3, "B", "day-twice"), Trouble(2, "C", "day-twice"), Trouble(3, "B", "day-twice")]
    assert [(each.row, each.column) for each in Unreadable(troubles).troubles] == [(2, "C"), (3, "B")]
