"""The crisis directory says what is known, and says so where nothing is."""

import json
import re
from pathlib import Path

import pytest

from tests.crisis_directory import crisis_directory

SHARED = Path(__file__).parents[3] / "shared" / "crisis_lines.json"
HELP = crisis_directory()


def test_29_lines_in_25_countries() -> None:
    assert len(HELP.countries) == len({country.code for country in HELP.countries}) == 25
    assert sum(len(country.lines) for country in HELP.countries) == 29
    assert [country.name for country in HELP.countries] == sorted(country.name for country in HELP.countries)


def test_no_date_is_invented() -> None:
    """Nobody has called a number yet. Whoever checks one writes its day into the file, and here."""
    assert [line.name for country in HELP.countries for line in country.lines if line.checked_on] == []


def test_links_carry_the_digits_that_are_shown() -> None:
    for country in HELP.countries:
        shown = re.sub(r"\D", "", country.emergency)
        assert "".join(country.dial) == shown
        for line in country.lines:
            assert line.call or line.text or line.chat
            assert "".join(line.dial) == re.sub(r"\D", "", line.call)
            assert line.sms in re.sub(r"\D", "", line.text)
            assert bool(line.sms) is bool(line.text)
            assert line.confidence in HELP.confidence


def test_a_country_without_a_number_says_so() -> None:
    assert {country.code for country in HELP.countries if not country.emergency} == {"NO", "SG"}
    assert HELP.country("ZZ") is None
    assert HELP.fallback_text
    assert HELP.directories == ("findahelpline.com", "befrienders.org")


@pytest.mark.skipif(not SHARED.exists(), reason="the project's shared folder is not here")
def test_it_is_the_shared_list() -> None:
    shared = json.loads(SHARED.read_text(encoding="utf-8"))
    ours = {
        (country.code, line.name, line.call, line.text, line.chat, line.notes or line.confidence)
        for country in HELP.countries
        for line in country.lines
    }
    theirs = {
        (line["cc"], line["name"], *(line.get(key, "") for key in ("call", "text", "chat")), line["conf"])
        for line in shared["lines"]
    }
    assert ours == theirs
    numbers = shared["fallback"]["emergency"]
    for country in HELP.countries:
        assert country.emergency in {numbers.get(country.code, ""), numbers["EU"]}
        if country.code in numbers:
            assert country.emergency == numbers[country.code]
    assert HELP.fallback_text == shared["fallback"]["text"]
