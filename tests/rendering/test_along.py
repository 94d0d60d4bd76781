"""The archive itself: packed while it is sent, a piece at a time, and readable by whoever reads a ZIP."""

import io
import re
import zipfile
from collections.abc import Iterator
from random import Random

from app.rendering import ics
from app.rendering.along import days
from app.rendering.along.packed import Entry, packed
from app.rendering.along.readme import Left, readme
from icalendar import Calendar

from tests.rendering.told import COUNTED, DRAFT, FIRST, MADE, PLAIN


def test_it_is_packed_while_it_is_sent() -> None:
    """No part is asked for before the ones before it are on their way, and none is kept."""
    noise = Random(7)
    asked: list[int] = []

    def parts() -> Iterator[bytes]:
        for number in range(50):
            asked.append(number)
            yield noise.randbytes(40_000)

    sent: list[tuple[int, int]] = [(len(piece), len(asked)) for piece in packed([Entry("a.bin", parts())])]
    assert max(size for size, _ in sent) < 200_000
    assert len({seen for _, seen in sent}) > 20, "pieces leave while others are still to be made"
    assert sum(size for size, _ in sent) > 50 * 40_000


def test_any_program_reads_it() -> None:
    made = b"".join(
        packed([Entry("a.txt", [b"one", b"", b"two"]), Entry("b.txt", []), Entry("c.txt", [b"x" * 9000])])
    )
    with zipfile.ZipFile(io.BytesIO(made)) as whole:
        assert whole.testzip() is None
        assert {each.filename: whole.read(each) for each in whole.infolist()} == {
            "a.txt": b"onetwo",
            "b.txt": b"",
            "c.txt": b"x" * 9000,
        }
        assert {(each.date_time, each.external_attr >> 16) for each in whole.infolist()} == {
            ((1980, 1, 1, 0, 0, 0), 0o600)
        }
    again = b"".join(packed([Entry("a.txt", [b"one", b"", b"two"])]))
    assert again == b"".join(packed([Entry("a.txt", [b"onetwo"])]))


def test_whoever_leaves_early_stops_it() -> None:
    asked: list[int] = []

    def parts() -> Iterator[bytes]:
        for number in range(50):
            asked.append(number)
            yield Random(number).randbytes(40_000)

    made = packed([Entry("a.bin", parts()), Entry("b.bin", parts())])
    next(made)
    made.close()
    assert len(asked) < 5


def test_the_readme_tells_of_every_column_and_file() -> None:
    made = readme(PLAIN, ["README.txt", "brief-1a2b-3c4d.pdf"], Left(5, more_briefs=True))
    assert b"\n" not in made.replace(b"\r\n", b"")
    text = made.decode("utf-8-sig")
    assert "Made on 15 March 2027 at 19:30 (UTC)." in text
    assert "Its days: 1 March 2027 to 14 March 2027." in text
    told = re.findall(r"^  ([\w.-]+):", text, re.MULTILINE)
    assert told == ["README.txt", "brief-1a2b-3c4d.pdf", *days.BEFORE, "own1", "side_effect", *days.AFTER]
    assert "Only the latest 5 of these pages" in text
    assert "take one apostrophe away" in text
    assert not any(word in text for word in (PLAIN.label or "", PLAIN.medicine or "", "dry mouth"))


def test_the_readme_of_what_has_no_dates() -> None:
    assert "It has no days." in readme(DRAFT, [], Left(5)).decode()
    counted = readme(COUNTED, [], Left(5)).decode()
    assert "They have no dates." in counted and "1 March 2027" not in counted


def test_an_entry_over_whole_days_is_the_same_each_time() -> None:
    made, again = (ics.over_days("key", FIRST, FIRST, moment) for moment in (MADE, MADE.replace(hour=20)))
    [event], [later] = (Calendar.from_ical(each).walk("VEVENT") for each in (made, again))
    assert event["uid"] == later["uid"]
    assert (event.decoded("dtend") - event.decoded("dtstart")).days == 1
    assert ics.over_days("other", FIRST, FIRST, MADE) != made
