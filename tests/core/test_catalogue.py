"""The catalogue gives back what is written, and says clearly when it cannot."""

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from app.core import catalogue


@dataclass(frozen=True)
class Said:
    key: str
    args: dict[str, object] = field(default_factory=dict)


def forget() -> None:
    """What was read and written before: the next text reads the files anew."""
    for kept in (catalogue._bundle, catalogue._plain):
        kept.cache_clear()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A small catalogue of its own, in place of the app's."""
    folder = tmp_path / "en"
    folder.mkdir()
    (folder / "a.ftl").write_text(
        "plain = Saved here\n"
        "days = { $n ->\n    [one] { $n } day\n   *[other] { $n } days\n }\n"
        "nested = About { $what }.\n"
    )
    monkeypatch.setattr(catalogue, "LOCALES", tmp_path)
    forget()
    yield folder
    forget()


def test_key_and_say_give_the_same_words(house: Path) -> None:
    assert catalogue.text("plain") == catalogue.text(Said("plain")) == "Saved here"
    assert catalogue.text(Said("days", {"n": 14})) == catalogue.text("days", n=14) == "14 days"
    assert catalogue.text("days", n=1) == "1 day"


def test_no_isolating_marks_and_plain_numbers(house: Path) -> None:
    assert catalogue.text("nested", what=1500) == "About 1500."
    assert catalogue.text("nested", what=6.5) == "About 6.5."
    assert catalogue.text("nested", what=6.0) == "About 6."
    assert catalogue.text("nested", what="6.0") == "About 6.0."


def test_a_say_can_stand_inside_another(house: Path) -> None:
    assert catalogue.text("nested", what=Said("days", {"n": 2})) == "About 2 days."


@pytest.mark.parametrize("call", [("nope", {}), ("nested", {}), ("-term", {})])
def test_missing_key_or_argument_is_named(house: Path, call: tuple[str, dict[str, str]]) -> None:
    with pytest.raises(catalogue.MissingText, match=call[0]):
        catalogue.text(call[0], **call[1])


def test_unknown_locale_is_named(house: Path) -> None:
    with pytest.raises(catalogue.MissingText, match="xx"):
        catalogue.text("plain", locale="xx")


@pytest.mark.parametrize("second", ["plain = Twice\n", "broken = { $n\n", "not a message at all\n"])
def test_broken_files_are_refused(house: Path, second: str) -> None:
    (house / "b.ftl").write_text(second)
    forget()
    with pytest.raises(catalogue.BadCatalogue):
        catalogue.text("plain")


def test_every_shipped_locale_loads() -> None:
    for locale in catalogue.locales():
        catalogue.check(catalogue.LOCALES / locale)
        assert catalogue.text("app-name", locale)


def test_importing_it_is_cheap() -> None:
    code = "import sys, app.core.catalogue; sys.exit('babel' in sys.modules or 'fluent.runtime' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
