"""What an export of another app may cost: a text that is short enough must not take a server's memory or time."""

import pytest
from app.domain.diary_formats import bearable
from app.domain.diary_formats.joining import MOST_CELLS, Otherwise, body_of


def rows(wide: int, many: int) -> list[tuple[int, list[str]]]:
    """As a file has them that is mostly line breaks below a long header: a few letters each."""
    return [(1, ["full_date", *[""] * (wide - 1)]), *((number, ["x"]) for number in range(2, many + 1))]


def test_more_cells_than_an_export_has_are_left_to_the_general_reader() -> None:
    """Filled up to the width of the header, a hundred thousand short rows would take all the memory there is."""
    with pytest.raises(Otherwise):
        body_of(rows(MOST_CELLS // 1000 + 1, 1000))
    assert len(body_of(rows(MOST_CELLS // 1000, 1000))) == 999


def test_a_severity_is_taken_off_a_symptom_with_the_room_before_it() -> None:
    assert [bearable._SEVERITY.sub("", said).rstrip() for said in ("Headache  (Mild)", "a" + " " * 9 + "b")] == [
        "Headache",
        "a" + " " * 9 + "b",
    ]
