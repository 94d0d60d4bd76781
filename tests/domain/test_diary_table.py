"""A diary's text as a table, and its cells as days and numbers."""

from datetime import date

import pytest
from app.domain.diary_columns import plain, usual_step, value_key
from app.domain.diary_table import (
    MILLION,
    MOST_CHARACTERS,
    MOST_ROWS,
    Unreadable,
    day,
    formats_of,
    letter,
    millionths,
    read,
)


def troubles(csv: str) -> list[tuple[int, str, str]]:
    with pytest.raises(Unreadable) as caught:
        read(csv)
    return [(trouble.row, trouble.column, trouble.code) for trouble in caught.value.troubles]


# Tables.


@pytest.mark.parametrize(
    "csv",
    [
        "day,mood\n2026-01-01,5\n",
        "\ufeffday,mood\r\n2026-01-01,5\r\n",
        "day;mood\n2026-01-01;5",
        "day\tmood\r2026-01-01\t5\r",
        '"day","mood"\n"2026-01-01","5"\n',
        "sep=;\nday;mood\n2026-01-01;5\n",
        " day , mood \n 2026-01-01 , 5 \n",
        "day,mood,,\n2026-01-01,5,,\n",
    ],
)
def test_the_same_table_in_many_dresses(csv: str) -> None:
    table = read(csv)
    assert [column.name for column in table.columns] == ["day", "mood"]
    assert [row.cells for row in table.rows] == [("2026-01-01", "5")]


def test_rows_are_numbered_as_a_spreadsheet_does() -> None:
    table = read('day,note\n1,"two\nlines"\n\n2,x\n')
    assert [row.number for row in table.rows] == [2, 4]


def test_decimal_commas_live_in_semicolons() -> None:
    table = read("day;mood\n1;6,5\n2;7\n")
    assert [millionths(row.cells[1]) for row in table.rows] == [6_500_000, 7_000_000]


def test_names_of_columns_are_unique() -> None:
    names = [column.name for column in read("a,a,,a (2)\n1,2,3,4\n").columns]
    assert names == ["a", "a (2)", "C", "a (2) (2)"]


def test_letters_go_on_after_z() -> None:
    assert [letter(index) for index in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


@pytest.mark.parametrize(
    ("csv", "found"),
    [
        ("", (0, "", "empty")),
        ("\n\n ,\n", (0, "", "empty")),
        ("day,mood\n", (0, "", "no-rows")),
        ("day\n1\n", (1, "", "one-column")),
        ("2026-01-01,5\n2026-01-02,6\n", (1, "", "no-header")),
        ("day,mood\n1,6,5\n", (2, "C", "too-many-cells")),
        ('day,mood\n1,"5\n', (2, "", "quotes-unclear")),
        ('day,mood\n1,"5"x\n', (2, "", "quotes-unclear")),
        ("day," + "x" * 61 + "\n1,5\n", (1, "B", "name-too-long")),
        (",".join(f"c{n}" for n in range(61)) + "\n1\n", (1, "", "too-many-columns")),
        ("a,b\n" + "1,2\n" * (MOST_ROWS + 1), (0, "", "too-many-rows")),
        ("x" * (MOST_CHARACTERS + 1), (0, "", "too-large")),
    ],
)
def test_what_is_no_table_is_named(csv: str, found: tuple[int, str, str]) -> None:
    assert troubles(csv) == [found]


def test_a_very_long_field_is_named() -> None:
    assert troubles("a,b\n1," + "x" * 200_000) == [(2, "", "quotes-unclear")]


# Cells.


@pytest.mark.parametrize(
    ("cell", "formats"),
    [
        ("2026-12-31", ("iso",)),
        ("2026/12/31", ("iso",)),
        ("2026-12-31T00:00:00Z", ("iso",)),
        ("2026-12-31 22:10", ()),
        ("31.12.2026", ("dmy",)),
        ("1.2.2026", ("dmy",)),
        ("31/12/2026", ("dmy",)),
        ("12/31/2026", ("mdy",)),
        ("1/2/2026", ("dmy", "mdy")),
        ("3/3/2026", ("dmy",)),
        ("1/2/26", ("dmy", "mdy")),
        ("30.2.2026", ()),
        ("0000-01-01", ()),
        ("10000-01-01", ()),
        ("1899-12-31", ()),
        ("14", ("number",)),
        ("-3", ("number",)),
        ("3.0", ("number",)),
        ("3.5", ()),
        ("٣", ()),
        ("٢٠٢٦-٠١-٠١", ()),
        ("", ()),
    ],
)
def test_what_a_cell_can_be_as_a_day(cell: str, formats: tuple[str, ...]) -> None:
    assert formats_of([cell]) == formats


def test_one_clear_day_clears_the_column() -> None:
    assert formats_of(["1/2/2026", "13/2/2026"]) == ("dmy",)
    assert formats_of(["1/2/2026", "2/13/2026"]) == ("mdy",)
    assert day("1/2/2026", "dmy") == date(2026, 2, 1)
    assert day("1/2/2026", "mdy") == date(2026, 1, 2)


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("6", 6.0),
        ("6.5", 6.5),
        ("6,5", 6.5),
        (".5", 0.5),
        ("-1", -1.0),
        ("−1", -1.0),
        ("1e-05", 0.00001),
        ("70.66666666666667", 70.666667),
        ("-0", 0.0),
        ("1e400", None),
        ("1e99", None),
        ("1000001", None),
        ("NaN", None),
        ("inf", None),
        ("Infinity", None),
        ("0x10", None),
        ("1_000", None),
        ("6.5.1", None),
        ("6 5", None),
        ("٣", None),
        ("=1+1", None),
    ],
)
def test_what_a_cell_is_as_a_number(cell: str, number: float | None) -> None:
    found = millionths(cell)
    assert (None if found is None else found / MILLION) == number


def test_one_dose_value_has_one_name() -> None:
    assert {value_key(cell) for cell in ("1", "1.0", "1,0", "+1")} == {"1"}
    assert {value_key(cell) for cell in ("Not  taken", "NOT TAKEN")} == {"not taken"}
    assert plain(millionths("-37.5") or 0) == "-37.5"


@pytest.mark.parametrize(
    ("numbers", "step"),
    [([4, 7, 5], 1), ([0.5, 2], 0.5), ([0.25], 0.25), ([0.2, 0.4], 0.2), ([0.05, 1], 0.05), ([3.857143], 1e-6)],
)
def test_the_usual_step_of_some_numbers(numbers: list[float], step: float) -> None:
    assert usual_step([round(number * MILLION) for number in numbers]) == round(step * MILLION)
