"""What an export of another app may cost: a text that is short enough must not take a server's memory or time."""

import pytest
from app.domain.diary_formats import bearable, daylio, emoods
from app.domain.diary_formats.joining import Otherwise, Told


@pytest.mark.parametrize(
    "header", ["full_date,time,mood", "date formatted,weekday,time of day,category,rating/amount,detail,notes"]
)
def test_more_cells_than_an_export_has_are_left_to_the_general_reader(header: str) -> None:
    """A short text can have many columns and many rows: filled up, they would take all the memory there is."""
    text = header + "," * 2_000 + "\n" + "x\n" * 2_000
    records = [(number, line.split(",")) for number, line in enumerate(text.splitlines(), 1)]
    for convert in (daylio.convert, emoods.convert, bearable.convert):
        with pytest.raises(Otherwise):
            convert(records, Told())


def test_a_severity_is_taken_off_a_symptom_with_the_room_before_it() -> None:
    assert [bearable._SEVERITY.sub("", said).rstrip() for said in ("Headache  (Mild)", "a" + " " * 9 + "b")] == [
        "Headache",
        "a" + " " * 9 + "b",
    ]
