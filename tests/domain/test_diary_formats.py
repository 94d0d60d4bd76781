"""Exports of Daylio, eMoods and Bearable become the general table; nothing in them is guessed."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from itertools import permutations

import pytest
from app.domain.diary import DiaryMapping, Scale, fortnight
from app.domain.diary_columns import describe, suggest
from app.domain.diary_formats import bearable, coded, daylio, emoods, read_as, recognise
from app.domain.diary_formats.joining import Converted, Otherwise, Told, clock, last_of
from app.domain.diary_table import MOST_COLUMNS, Trouble, Unreadable
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.domain.exports import BEARABLE, DAYLIO, EMOODS, OLD_BEARABLE

OWN = Told(moods={"great stuff": 5, "so-so": None})


def converted(text: str, told: Told | None = None) -> Converted:
    read = read_as(text, told or Told())
    assert read.converted is not None
    return read.converted


def cells(found: Converted, name: str) -> dict[str, str]:
    """One column by day."""
    table = found.table
    column = table.column(name)
    assert column is not None, [each.name for each in table.columns]
    return {row.cells[0]: row.cells[column.index] for row in table.rows if row.cells[column.index]}


def names(found: Converted) -> list[str]:
    return [column.name for column in found.table.columns]


def written(rows: Sequence[Sequence[str]], delimiter: str = ",", ends: str = "\n") -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator=ends).writerows(rows)
    return text.getvalue()


# Recognised by the columns, whatever spreadsheet went over them.


@pytest.mark.parametrize(
    ("text", "app"), [(DAYLIO, "daylio"), (EMOODS, "emoods"), (BEARABLE, "bearable"), (OLD_BEARABLE, "bearable")]
)
def test_an_export_is_recognised(text: str, app: str) -> None:
    assert recognise(text) == app
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    shouted = [[cell.upper() for cell in rows[0]], *rows[1:]]
    for each in (rows, shouted, [row[::-1] for row in rows]):
        for delimiter in ",;\t":
            for ends in ("\n", "\r\n"):
                again = "\ufeff" + written(each, delimiter, ends)
                assert recognise(again) == app
                assert read_as(again, Told()).converted is not None


@pytest.mark.parametrize(
    "text",
    [
        "day,pill,mood\n2026-01-01,yes,5\n",
        "full_date,activities\n2026-01-01,walk\n",
        "date,depressed,sleep\n2026-01-01,1,7\n",
        "date,category,rating/amount\n2026-01-01,Mood,7\n",
        "year,date,weekday,time,mood,activities,note\n2018,18 May,Friday,11:54 pm,good,,\n",
    ],
)
def test_an_ordinary_table_is_none(text: str) -> None:
    assert recognise(text) is None
    assert read_as(text, Told()).converted is None


def test_an_export_can_be_read_as_an_ordinary_table() -> None:
    read = read_as(EMOODS, Told(), ordinary=True)
    assert (read.app, read.converted, read.otherwise) == ("emoods", None, False)
    assert read.table.columns[0].name == "ID"


# Daylio


def test_the_last_mood_of_a_day_counts() -> None:
    found = converted(DAYLIO)
    assert cells(found, "mood") == {"2026-03-04": "4", "2026-03-03": "5", "2026-03-02": "2"}
    assert found.scales["mood"] == Scale(1, 5, 1)
    assert found.measure == "mood"


def test_the_order_is_that_of_the_clock_not_of_the_file() -> None:
    header, *entries = DAYLIO.lstrip("\ufeff").replace("two\r\nlines", "two lines").splitlines(keepends=True)
    for some in permutations(entries):
        assert cells(converted(header + "".join(some)), "mood") == cells(converted(DAYLIO), "mood")


def test_activities_scales_and_notes_have_columns() -> None:
    found = converted(DAYLIO)
    assert names(found) == ["full_date", "mood", "Energy", "Noise", "walk", "took it", "note"]
    assert cells(found, "took it") == {"2026-03-04": "took it"}
    assert cells(found, "Energy") == {"2026-03-04": "7", "2026-03-03": "4"}
    assert cells(found, "note")["2026-03-03"] == "A title / two\r\nlines"
    assert [row.number for row in found.table.rows] == [2, 4, 6]


def test_own_moods_wait_for_their_place_and_are_never_guessed() -> None:
    text = "full_date,time,mood\n2026-03-02,20:00,Great stuff\n2026-03-03,20:00,so-so\n2026-03-04,20:00,good\n"
    found = converted(text)
    assert [(mood.name, mood.level, mood.placed) for mood in found.moods] == [
        ("Great stuff", None, False),
        ("so-so", None, False),
        ("good", 4, True),
    ]
    assert cells(found, "mood") == {"2026-03-02": "Great stuff", "2026-03-03": "so-so", "2026-03-04": "4"}
    assert found.unsettled == {(2, "B"): "mood-unplaced", (3, "B"): "mood-unplaced"}
    placed = converted(text, OWN)
    assert cells(placed, "mood") == {"2026-03-02": "5", "2026-03-04": "4"}
    assert placed.unsettled == {}


def test_the_five_that_the_app_brings_can_be_put_in_another_order() -> None:
    assert cells(converted(DAYLIO, Told(moods={"meh": 1, "bad": 3})), "mood")["2026-03-02"] == "3"


def test_an_entry_left_out_lets_the_one_before_it_count() -> None:
    text = "full_date,time,mood\n2026-03-02,20:00,good\n2026-03-02,22:00,so-so\n"
    assert cells(converted(text, OWN), "mood") == {"2026-03-02": "4"}


@pytest.mark.parametrize("times", [("", "20:00"), ("20:00", "20:00"), ("at noon", "late")])
def test_entries_without_an_order_are_not_put_in_one(times: tuple[str, str]) -> None:
    text = f"full_date,time,mood\n2026-03-02,{times[0]},good\n2026-03-02,{times[1]},bad\n"
    found = converted(text)
    assert cells(found, "mood") == {"2026-03-02": "4 / 2"}
    assert found.unsettled == {(2, "B"): "entries-unordered"}
    assert cells(converted(text.replace("bad", "GOOD")), "mood") == {"2026-03-02": "4"}


def test_a_mood_that_is_not_settled_is_named_when_it_is_brought() -> None:
    rows = [f"2026-03-{day:02d},20:00,{'good' if day % 2 else 'Own name'}" for day in range(1, 15)]
    found = converted("full_date,time,mood\n" + "\n".join(rows))
    mapping = DiaryMapping(day="full_date", measures={"mood": ("mood", Scale(1, 5, 1))})
    with pytest.raises(Unreadable) as caught:
        fortnight(found.table, mapping, start=date(2026, 3, 1), length_days=7, yesterday=date(2026, 3, 20))
    assert coded(found, caught.value.troubles) == [Trouble(row, "B", "mood-unplaced") for row in (3, 5, 7)]
    assert coded(None, caught.value.troubles) == list(caught.value.troubles)


def test_days_in_another_form_are_asked_about_as_always() -> None:
    text = DAYLIO.replace("2026-03-0", "0").replace("\n04,", "\n4/3/2026,").replace("\n03,", "\n3/3/2026,")
    found = converted(text.replace("\n02,", "\n2/3/2026,"))
    day = describe(found.table)[0]
    assert day.formats == ("dmy", "mdy")
    assert suggest(describe(found.table)).day_format is None


def test_an_entry_without_a_day_stays_a_row_that_can_be_named() -> None:
    found = converted("full_date,time,mood\n,20:00,good\n2026-03-02,20:00,bad\n,21:00,rad\n")
    assert [(row.number, row.cells[0]) for row in found.table.rows] == [(2, ""), (3, "2026-03-02"), (4, "")]


def test_the_commonest_activities_have_room() -> None:
    rows = [
        f'2026-03-{day:02d},20:00,good,"{"|".join(f"a{n}" for n in range(90) if n % day == 0)}"' for day in (1, 2)
    ]
    found = converted("full_date,time,mood,activities\n" + "\n".join(rows))
    assert len(found.table.columns) == MOST_COLUMNS
    assert found.left_out == 91 - (MOST_COLUMNS - 1)
    assert "a88" in names(found)


def test_names_that_are_alike_stay_apart() -> None:
    found = converted("full_date,time,mood,activities,note\n2026-03-02,20:00,good,mood|note,x\n")
    assert names(found) == ["full_date", "mood", "mood (2)", "note", "note (2)"]
    assert found.measure == "mood"


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("0:05", 5),
        ("12:20 am", 20),
        ("12:20 PM", 740),
        ("9:40\u202fp.m.", 1300),
        ("23.59", 1439),
        ("7:15:30", 435),
    ],
)
def test_times_are_read(text: str, minutes: int) -> None:
    assert clock(text) == ("clock", minutes)


@pytest.mark.parametrize("text", ["", "24:00", "13:00 pm", "0:10 am", "12:60", "abends", "pm"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert clock(text) is None


# eMoods


def test_a_zero_waits_for_its_meaning() -> None:
    found = converted(EMOODS)
    assert found.zeros == 6
    assert cells(found, "ANXIETY") == {"2026-03-02": "2", "2026-03-03": "0?", "2026-03-04": "1"}
    assert set(found.unsettled.values()) == {"zero-unclear"}
    nothing = converted(EMOODS, Told(zero="nothing"))
    assert cells(nothing, "ANXIETY") == {"2026-03-02": "2", "2026-03-04": "1"}
    assert cells(nothing, "SLEEP") == {"2026-03-02": "7.5", "2026-03-04": "8.0"}
    assert (nothing.scales["ANXIETY"], nothing.scales["SLEEP"]) == (Scale(1, 4, 1), Scale(0, 24, 0.5))
    number = converted(EMOODS, Told(zero="number"))
    assert cells(number, "ANXIETY")["2026-03-03"] == "0"
    assert (number.scales["ANXIETY"], number.scales["DEPRESSED"]) == (Scale(0, 3, 1), Scale(0, 4, 1))
    assert nothing.unsettled == number.unsettled == {}


def test_other_columns_of_emoods_stay_as_they_are_and_none_is_the_dose_by_itself() -> None:
    found = converted(EMOODS)
    assert "ID" not in names(found)
    assert cells(found, "Lithium") == {"2026-03-02": "1", "2026-03-03": "0"}
    assert cells(found, "NOTE") == {"2026-03-03": "slow, grey"}
    assert found.measure is None


def test_two_records_of_one_day_stay_two() -> None:
    found = converted(EMOODS + "4,2026-03-04,1,1,1,1,8,0,,0,0,0,\n", Told(zero="nothing"))
    assert [row.cells[0] for row in found.table.rows].count("2026-03-04") == 2


# Bearable


def test_the_long_table_becomes_one_row_for_each_day() -> None:
    found = converted(BEARABLE)
    assert names(found) == [
        *("date formatted", "Mood", "Energy", "Sleep quality", "Sleep", "Example (mg)", "Focus", "Headache"),
        *("Quiet day", "Home", "notes"),
    ]
    assert [row.cells[0] for row in found.table.rows] == ["2026-03-02", "2026-03-03"]
    assert cells(found, "Mood") == {"2026-03-02": "7"}
    assert cells(found, "Headache") == {"2026-03-02": "1"}
    assert cells(found, "Sleep") == {"2026-03-03": "7.5"}
    assert cells(found, "Quiet day") == {"2026-03-02": "Quiet day"}
    assert (found.scales["Mood"], found.scales["Headache"]) == (Scale(1, 10, 1), Scale(0, 4, 1))
    assert found.measure == "Mood"


def test_amounts_of_one_medicine_are_added_up_and_a_day_without_is_not_logged() -> None:
    assert cells(converted(BEARABLE), "Example (mg)") == {"2026-03-02": "12.5"}
    odd = BEARABLE.replace('"2.5"', '"half"')
    assert cells(converted(odd), "Example (mg)") == {"2026-03-02": "10 / half"}
    bare = BEARABLE.replace('"2.5"', '""').replace('"10","Example', '"","Example')
    assert cells(converted(bare), "Example (mg)") == {"2026-03-02": "Example (mg)"}


def test_days_written_in_words_are_days() -> None:
    assert list(cells(converted(OLD_BEARABLE), "Mood")) == ["2026-02-01", "2026-02-22"]
    for other in ("22. Februar 2026", "22 Mai 2026", "22 Xyz 2026", "2026-02-22", ""):
        assert bearable.day_of(other) == other


def test_a_time_and_a_part_of_the_day_are_in_no_order() -> None:
    text = OLD_BEARABLE + '"22nd Feb 2026","Sunday","pm","Mood","2","",""\n'
    found = converted(text)
    assert cells(found, "Mood")["2026-02-22"] == "6 / 2"
    assert found.unsettled == {(3, "B"): "entries-unordered"}


def test_further_ratings_with_different_details_are_kept_apart() -> None:
    more = "".join(
        f'"2nd Mar 2026","2026-03-02","Monday","","Body","{n}","{what}",""\n'
        for n, what in ((60, "kg"), (9, "km"))
    )
    found = converted(BEARABLE + more)
    assert (cells(found, "Body: kg"), cells(found, "Body: km")) == ({"2026-03-02": "60"}, {"2026-03-02": "9"})


# Odd files


@pytest.mark.parametrize(
    "text",
    [
        "full_date,time,mood\n,,\n,20:00,good\n",
        "full_date,time,mood\n2026-03-02,20:00,\n",
        "full_date,time,mood\n2026-03-02,20:00,good,extra\n",
        "date,category,rating/amount,detail\n2026-03-02,,,\n",
        "full_date,time,mood\n" + "\n".join(f"2026-03-02,20:00,own {n}" for n in range(101)),
        f"full_date,time,mood\n2026-03-02,20:00,{'x' * 81}\n",
    ],
)
def test_rows_that_turn_out_otherwise_leave_it_to_the_general_reader(text: str) -> None:
    try:
        read = read_as(text, Told())
    except Unreadable as error:
        assert error.troubles[0].code == "too-many-cells"
    else:
        assert read.otherwise
        assert read.converted is None
        assert read.app is not None


HEADERS = (
    "full_date,date,weekday,time,mood,activities,scales,note_title,note",
    "ID,DATE (YYYY-MM-DD),IRRITABILITY,ANXIETY,DEPRESSED,ELEVATED,SLEEP,NOTE",
    "date,date formatted,weekday,time of day,category,rating/amount,detail,notes",
)
CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(
        (
            "",
            "0",
            "4",
            "7:30",
            "22:10",
            "am",
            "2026-03-02",
            "2nd Mar 2026",
            "rad",
            "Own",
            "Mood",
            "Symptom",
            "Sleep",
        )
    ),
    st.sampled_from(
        ("Meds/Supplements", "Factors", "a | b|", "x: 5 | :3", "1e9", "-", "n/a", "0?", '"', "\n", "٣")
    ),
)
TOLD = st.builds(
    Told,
    moods=st.dictionaries(st.sampled_from(("rad", "own", "mood")), st.none() | st.integers(1, 5), max_size=3),
    zero=st.sampled_from((None, "nothing", "number")),
)


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(HEADERS), st.lists(st.lists(CELL, max_size=10), max_size=8), TOLD)
@example(HEADERS[0], [], Told())
def test_nothing_but_the_documented_error_is_raised(header: str, rows: list[list[str]], told: Told) -> None:
    text = f"{header}\n{written(rows)}"
    try:
        read = read_as(text, told)
        described = describe(read.table)
    except Unreadable:
        return
    assert len(described) == len(read.table.columns) == len({column.name for column in read.table.columns})
    assert all(len(row.cells) == len(described) for row in read.table.rows)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(CELL, min_size=1, max_size=10), max_size=8), TOLD)
def test_a_converter_asked_directly_raises_only_otherwise(rows: list[list[str]], told: Told) -> None:
    for header in HEADERS:
        records = [(number, cells) for number, cells in enumerate([header.split(","), *rows], start=1)]
        for app in (daylio, emoods, bearable):
            try:
                app.convert(records, told)
            except Otherwise:
                continue


def test_raw_text_never_breaks_the_reader() -> None:
    for text in (
        "",
        "\ufeff",
        "full_date,mood,time",
        '"full_date","mood","time\n',
        "\x00full_date,mood,time\n\x00,a,b",
    ):
        try:
            read_as(text, Told())
        except Unreadable:
            continue


def test_last_of_nothing_is_nothing() -> None:
    assert last_of([]) == ("", True)
    assert last_of([(None, ""), (None, "5")]) == ("5", True)
