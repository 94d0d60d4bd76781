"""`./fortnight analyse`: diaries from anywhere in, the comparison out, and a sentence for what is not read."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from app.cli import cli
from typer.testing import CliRunner, Result

from tests.domain.diaries import CLEAR, MIXED, UNCLEAR
from tests.domain.reference import CASES, HERE, NOT_HERE, TIERS, case

ROOT = Path(__file__).resolve().parents[2]
COLUMNS = ("--day", "day", "--dose", "dose", "--measure", "mood")
needs_cases = pytest.mark.skipif(not HERE, reason=NOT_HERE)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["analyse", *arguments])


def as_json(*arguments: str) -> dict[str, Any]:
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    path = tmp_path / "diary.csv"
    rows = zip(range(1, 15), MIXED, CLEAR, strict=True)
    path.write_text("day,dose,mood\n" + "".join(f"{day},{dose},{mood}\n" for day, dose, mood in rows))
    return path


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(["day,dose,mood", *lines]) + "\n")
    return path


def test_every_key_and_nothing_else(diary: Path) -> None:
    found = as_json(str(diary), *COLUMNS)
    assert list(found) == [
        "result",
        "n_on",
        "n_off",
        "switches",
        "mean_on",
        "mean_off",
        "difference",
        "estimate",
        "lower",
        "upper",
        "trend",
        "permutation_p",
        "permutation_kind",
        "nap",
        "pairs",
        "recovery",
        "sentences",
    ]
    assert found["result"] == "stands_out"
    assert (found["n_on"], found["n_off"], found["switches"], found["pairs"]) == (7, 7, 9, 49)
    assert found["difference"] == pytest.approx(found["mean_on"] - found["mean_off"])
    assert set(found["trend"]) == {"estimate", "lower", "upper"}
    assert found["permutation_kind"] == "exact"
    assert found["sentences"][0].startswith("On the 7 days you took it, mood was about 3.5 points higher")


def test_text_that_a_person_reads(diary: Path) -> None:
    result = run(str(diary), *COLUMNS)
    assert result.exit_code == 0
    assert "A difference stands out" in result.stdout
    assert "diary.csv: “mood” by “dose”, 14 days, 14 rated" in result.stdout
    assert "0.0005828 (exact)" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 88


def test_days_as_dates_bring_the_weekend_rule(tmp_path: Path, diary: Path) -> None:
    doses, ratings = "11011001110100", [7, 8, 4, 7, 8, 3, 4, 8, 7, 8, 4, 7, 3, 4]
    rows = list(zip(range(14), doses, ratings, strict=True))
    dated = write(tmp_path / "dated.csv", *(f"2026-03-{2 + day:02},{dose},{mood}" for day, dose, mood in rows))
    numbered = write(tmp_path / "numbered.csv", *(f"{day},{dose},{mood}" for day, dose, mood in rows))
    assert as_json(str(dated), *COLUMNS)["result"] == "cannot_tell"
    assert "capped by" in run(str(dated), *COLUMNS).stdout
    assert as_json(str(numbered), *COLUMNS)["result"] == "stands_out"


@pytest.mark.parametrize(
    ("on", "off"),
    [("1", "0"), ("1.0", "0.0"), ("yes", "no"), ("Yes", "NO"), ("taken", "not taken"), ("taken", "not_taken")],
)
def test_dose_words(tmp_path: Path, on: str, off: str) -> None:
    rows = zip(range(14), MIXED, CLEAR, strict=True)
    path = write(tmp_path / "d.csv", *(f"{day},{on if dose == '1' else off},{mood}" for day, dose, mood in rows))
    assert as_json(str(path), *COLUMNS)["n_on"] == 7


def test_dose_values_as_told(tmp_path: Path) -> None:
    rows = list(zip(range(14), MIXED, CLEAR, strict=True))
    path = write(
        tmp_path / "d.csv", *(f"{day},{'150' if dose == '1' else day},{mood}" for day, dose, mood in rows)
    )
    off = ",".join(str(day) for day, dose, _ in rows if dose == "0")
    for told in (["--taken", "150.0"], ["--taken", "150", "--not-taken", off], ["--not-taken", off]):
        assert as_json(str(path), *COLUMNS, *told)["n_on"] == 7
    mixed = run(str(path), *COLUMNS, "--taken", "150", "--not-taken", "2")
    assert mixed.exit_code == 2
    assert "Row 7: “5” is not known as a dose." in mixed.stderr
    both = run(str(path), *COLUMNS, "--taken", "150", "--not-taken", "150.0")
    assert (both.exit_code, both.stderr.strip()) == (2, "“150” cannot mean both taken and not taken.")


def test_blanks_are_not_logged_and_other_answers_set_aside(tmp_path: Path) -> None:
    lines = [f"{day},{dose},{mood}" for day, dose, mood in zip(range(14), MIXED, CLEAR, strict=True)]
    lines[1], lines[4], lines[6], lines[9] = "1,,8", "4,1,", "6,a different amount,7", "9,not due,NA"
    found = as_json(str(write(tmp_path / "d.csv", *lines, "", " , , ")), *COLUMNS)
    assert (found["n_on"], found["n_off"]) == (3, 7)


def test_rows_in_any_order_and_gaps_between_them(tmp_path: Path) -> None:
    lines = [f"{3 * day},{dose},{mood}" for day, dose, mood in zip(range(14), MIXED, CLEAR, strict=True)]
    one = as_json(str(write(tmp_path / "a.csv", *lines)), *COLUMNS)
    assert as_json(str(write(tmp_path / "b.csv", *reversed(lines))), *COLUMNS) == one
    assert one["n_on"] == 7


def test_lag_and_skip_and_half_life(diary: Path) -> None:
    assert as_json(str(diary), *COLUMNS, "--lag", "1")["n_on"] == 7
    assert as_json(str(diary), *COLUMNS, "--lag", "1")["n_off"] == 6
    assert as_json(str(diary), *COLUMNS, "--skip", "1")["result"] == "too_few_days"
    found = as_json(str(diary), *COLUMNS, "--half-life", "66")
    assert found["result"] == "carry_over"
    assert found["recovery"] < 0.5
    assert found["estimate"] is None
    assert found["trend"] is None


def test_step_is_the_scale_of_the_rating(tmp_path: Path) -> None:
    tenths = [rating / 10 for rating in UNCLEAR]
    lines = [f"{day},{dose},{mood}" for day, dose, mood in zip(range(14), MIXED, tenths, strict=True)]
    path = str(write(tmp_path / "d.csv", *lines))
    fine, coarse = as_json(path, *COLUMNS, "--step", "0.1"), as_json(path, *COLUMNS)
    assert coarse["upper"] - coarse["lower"] > 2 * (fine["upper"] - fine["lower"])
    assert "0.05" in fine["sentences"][0] or "0.1" in fine["sentences"][0]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["1,1,5", "2,maybe,5"], "Row 3: “maybe” is not known as a dose."),
        (["1,1,high"], "Row 2: “high” is not a number that can be a rating."),
        (["1,1,inf"], "Row 2: “inf” is not a number that can be a rating."),
        (["1,1,1e300"], "Row 2: “1e300” is not a number that can be a rating."),
        (["monday,1,5"], "Row 2: “monday” is neither a date like 2026-03-01 nor a whole number."),
        (["1.5,1,5"], "Row 2: “1.5” is neither a date like 2026-03-01 nor a whole number."),
        ([",1,5"], "Row 2: the day is blank."),
        (["1,1,5", "1.0,0,6"], "Row 3: the day “1.0” is there twice."),
        (["1,1,5", "2026-03-01,0,6"], "The column “day” has dates on some rows and numbers on others."),
        (["1,1,5", "9999999,0,6"], "The days run over more than 3660 days."),
        (["0001-01-01,1,5", "9999-12-31,0,6"], "The days run over more than 3660 days."),
        ([], "There is no day in this file."),
    ],
)
def test_what_cannot_be_read_is_said_by_row(tmp_path: Path, lines: Sequence[str], said: str) -> None:
    result = run(str(write(tmp_path / "d.csv", *lines)), *COLUMNS)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_all_rows_are_told_at_once_up_to_a_limit(tmp_path: Path) -> None:
    result = run(str(write(tmp_path / "d.csv", *(f"{day},x,5" for day in range(30)))), *COLUMNS)
    assert result.stderr.count("Row ") == 20
    assert "… and 10 rows more." in result.stderr


def test_a_column_that_is_not_there(diary: Path) -> None:
    result = run(str(diary), "--day", "day", "--dose", "dose", "--measure", "sleep")
    assert result.exit_code == 2
    assert result.stderr.strip() == "There is no column “sleep”. The columns are: “day”, “dose”, “mood”."


@pytest.mark.parametrize("said", ["", "sep=;\n"])
def test_a_table_is_read_as_in_the_app(tmp_path: Path, said: str) -> None:
    """Semicolons beside commas, the line a spreadsheet writes for itself, room after a delimiter, blank lines."""
    plain, other = tmp_path / "plain.csv", tmp_path / "other.csv"
    rows = [f"{day},{day % 2},{day % 5}" for day in range(14)]
    plain.write_text("\n".join(["day,dose,mood", *rows]))
    lines = ['day; dose; "mood"; "a, b"', *(row.replace(",", "; ") + ' ; "x, y, z"\n' for row in rows)]
    other.write_text("\ufeff" + said + "\n".join(lines), encoding="utf-8")
    assert as_json(str(other), *COLUMNS) == as_json(str(plain), *COLUMNS)


def test_files_that_are_no_table(tmp_path: Path) -> None:
    empty, latin, twice, quotes = (tmp_path / f"{name}.csv" for name in ("empty", "latin", "twice", "quotes"))
    quotes.write_text('day,dose,mood\n1,1,5\n2,"1"0,5\n')
    empty.write_text("")
    latin.write_bytes(b"day,dose,mood\n1,caf\xe9,5\n")
    twice.write_text("day,dose,mood,mood\n1,1,5,5\n")
    for path, said in (
        (empty, "This file is empty."),
        (latin, "This file is not text in UTF-8."),
        (twice, "There are two columns “mood”."),
        (quotes, "This file cannot be read as a table: the quotes in row 3 are not clear."),
        (tmp_path / "none.csv", "This file cannot be opened: No such file or directory."),
    ):
        result = run(str(path), *COLUMNS)
        assert (result.exit_code, result.stderr.strip()) == (2, said)


@pytest.mark.parametrize(
    "wrong", [["--step", "0"], ["--step", "nan"], ["--half-life", "-1"], ["--half-life", "inf"], ["--lag", "2"]]
)
def test_options_out_of_range(diary: Path, wrong: list[str]) -> None:
    assert run(str(diary), *COLUMNS, *wrong).exit_code == 2


def test_semicolons_and_a_byte_order_mark(diary: Path) -> None:
    diary.write_text("\ufeff" + diary.read_text().replace(",", ";"), encoding="utf-8")
    assert as_json(str(diary), *COLUMNS)["n_on"] == 7


def test_a_long_diary_of_any_numbers(tmp_path: Path) -> None:
    lines = [f"{day},{day * day % 7 % 2},{(day * 0.7071) % 10}" for day in range(1500)]
    found = as_json(str(write(tmp_path / "d.csv", *lines)), *COLUMNS, "--step", "0.01")
    assert found["permutation_kind"] == "monte-carlo"
    assert found["n_on"] + found["n_off"] == 1500


def test_as_a_program(diary: Path) -> None:
    command = [sys.executable, "-m", "app.cli", "analyse", str(diary), *COLUMNS, "--json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["result"] == "stands_out"


# The reference cases


@needs_cases
@pytest.mark.parametrize("key", sorted(TIERS))
def test_every_reference_case(tmp_path: Path, key: str) -> None:
    """By day numbers, so without the weekend rule, as the reference was computed."""
    t, y, x = case(key)
    path = write(tmp_path / "d.csv", *(f"{a},{b},{c!r}" for a, b, c in zip(t, x, y, strict=True)))
    found, wanted = as_json(str(path), *COLUMNS, "--step", "0.01"), TIERS[key]
    assert found["result"] == wanted["tier"]
    for name, own in (("n_on", "n_on"), ("switches", "switches"), ("mean_on", "mean_on"), ("difference", "diff")):
        assert found[name] == pytest.approx(wanted[own])
    if "interval" in wanted:
        assert found["lower"] == pytest.approx(wanted["interval"]["lower"], abs=0.002)
        assert found["trend"]["upper"] == pytest.approx(wanted["interval_trend"]["upper"], abs=0.002)
        assert found["nap"] == pytest.approx(wanted["nap"])


@needs_cases
def test_the_lifelike_cases_as_they_are() -> None:
    pills = str(CASES / "onghena2020_sleeping_pills_14d.csv")
    for dose in (["--dose", "on"], ["--dose", "treatment", "--taken", "E", "--not-taken", "C"]):
        found = as_json(pills, "--day", "t", "--measure", "y", *dose)
        assert found["result"] == "stands_out"
        assert found["permutation_p"] == pytest.approx(0.04487, abs=0.0001)
    taper = str(CASES / "kossakowski_venlafaxine_daily.csv")
    found = as_json(taper, "--day", "date", "--dose", "mg", "--measure", "down", "--taken", "150")
    assert found["result"] == "one_block"
