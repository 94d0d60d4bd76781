"""A table that a spreadsheet reads and never works out: every sign by which a formula begins, and the way back."""

import csv
import io

import pytest
from app.rendering.along import days
from app.rendering.table_csv import BOM, SIGNS, Cell, original, safe, written
from hypothesis import example, given
from hypothesis import strategies as st

from tests.rendering.told import COUNTED, DRAFT, PLAIN

WRITTEN_OUT = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20"]
HOSTILE = [
    '=HYPERLINK("http://x.example","look")',
    "=cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r\n=1+1",
    "＝1+1",
    "'=1+1",
    "''-1",
    "'",
    'a "quoted" word, and a comma',
    "two\r\nlines",
    "one\rreturn",
    "-",
    "",
    " =1",
    "a\0b",
]


def read(header: list[str], rows: list[list[Cell]]) -> list[list[str]]:
    """As a program reads it that knows RFC 4180 and UTF-8."""
    text = b"".join(written(header, rows)).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def test_every_sign_that_begins_a_formula_is_known() -> None:
    """Written out once more: whoever takes one away sees it here."""
    assert sorted(SIGNS) == sorted(WRITTEN_OUT)


@pytest.mark.parametrize("sign", WRITTEN_OUT)
def test_no_cell_begins_with_a_sign(sign: str) -> None:
    [header, row] = read([f"{sign}name"], [[f"{sign}1+1"]])
    assert (header, row) == ([f"'{sign}name"], [f"'{sign}1+1"])


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_arrive_and_come_back(text: str) -> None:
    [[name], [cell, after]] = read([text], [[text, "after"]])
    assert cell[:1] not in set(SIGNS)
    assert (original(name), original(cell), after) == (text, text, "after")


@given(st.text(alphabet=st.one_of(st.sampled_from("'" + SIGNS + ',"; a'), st.characters(codec="utf-8"))))
@example("'" * 3 + "=")
def test_any_text_round_trips_and_none_is_worked_out(text: str) -> None:
    [[name], [cell, last]] = read([text], [[text, "x"]])
    assert cell == name == safe(text)
    assert last == "x"
    assert not cell.startswith(tuple(SIGNS))
    assert original(cell) == text


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
@example(-1)
@example(-0.5)
@example(7.0)
def test_numbers_stay_numbers(number: float) -> None:
    [_, [cell]] = read(["n"], [[number]])
    assert type(number)(cell) == number
    assert not cell.startswith("'")


def test_a_number_is_written_plainly() -> None:
    assert read(["a", "b", "c", "d"], [[-1, 7.0, 6.5, None]])[1] == ["-1", "7", "6.5", ""]


def test_it_is_rfc_4180_with_a_byte_order_mark() -> None:
    made = b"".join(written(["a", "b"], [["x, y", 'say "so"'], [1, None]]))
    assert made == f'{BOM}a,b\r\n"x, y","say ""so"""\r\n1,\r\n'.encode()


def test_the_days_of_a_fortnight() -> None:
    header, *rows = read(days.header(PLAIN), list(days.rows(PLAIN)))
    assert header == [
        *("day", "day_number", "state", "dose", "dose_reason", "dose_time", "hard_day"),
        *("mood", "sleep_hours", "sleep_quality", "like_myself", "energy"),
        *("own1: flat", "side_effect: dry mouth", "side_effect: =1+1"),
        *("side_effects_words", "worrying", "thoughts", "anything_else", "note", "note_starred", "written_at"),
    ]
    assert len(header) == len(set(header))
    assert {len(row) for row in rows} == {len(header)}
    third = dict(zip(header, rows[2], strict=True))
    assert {name: value for name, value in third.items() if value} == {
        "day": "2027-03-03",
        "day_number": "3",
        "state": "logged",
        "dose": "not_taken",
        "dose_reason": "side_effects",
        "dose_time": "morning",
        "mood": "3",
        "sleep_hours": "7.5",
        "own1: flat": "3",
        "side_effect: dry mouth": "1",
        "note": 'Slept late,\r\nthen "walked".',
        "written_at": "2027-03-01T21:00:00+00:00",
    }
    assert [row[:3] for row in rows[-2:]] == [["2027-03-08", "8", "unreadable"], ["2027-03-09", "9", "not_logged"]]
    assert {value for row in rows[-2:] for value in row[3:]} == {""}


def test_days_without_dates_have_numbers_alone() -> None:
    _, *rows = read(days.header(COUNTED), list(days.rows(COUNTED)))
    assert [row[:2] for row in rows[:2]] == [["", "1"], ["", "2"]]


def test_a_draft_has_a_header() -> None:
    assert len(read(days.header(DRAFT), list(days.rows(DRAFT)))) == 1
