"""Which red tests the build looks at once more, alone (docs/decisions/0028)."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests import everything

ONE = "tests/browser/test_days.py::test_one"


@pytest.mark.parametrize(
    ("red", "asked"),
    [
        ([], False),
        ([ONE], True),
        ([f"{ONE}[{number}]" for number in range(4)], True),
        ([f"{ONE}[{number}]" for number in range(5)], False),
        ([ONE, "tests/test_access.py::test_one"], False),
        (["tests/domain/test_analysis.py::test_one"], False),
    ],
)
@pytest.mark.parametrize("again", ["pass", "assert False"])
def test_a_few_of_the_browser_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, red: list[str], asked: bool, again: str
) -> None:
    monkeypatch.setattr(everything, "RED", tmp_path / "lastfailed")
    monkeypatch.setattr(everything, "PYTEST", [sys.executable, "-c", again])
    everything.RED.write_text(json.dumps(dict.fromkeys(red, True)), "utf-8")
    assert everything.hold_alone() is (asked and again == "pass")


def test_where_nothing_was_written_nothing_is_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(everything, "RED", tmp_path / "lastfailed")
    monkeypatch.setattr(subprocess, "call", pytest.fail)
    assert everything.hold_alone() is False
