"""What the documents say exists: commands, options, settings, files, words."""

import re
from pathlib import Path
from typing import get_args
from urllib.parse import unquote

import pytest
import typer.main
from app.cli import cli
from app.cli.bench import BENCHES
from app.core.config import PREFIX, Settings
from app.domain.report import Result
from app.models.check_ins import Dose
from typer.core import TyperGroup

ROOT = Path(__file__).resolve().parent.parent
DOCS = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
DOCS += sorted((ROOT / "docs").rglob("*.md"))
NAMES = [path.relative_to(ROOT).as_posix() for path in DOCS]
LAUNCHER = (ROOT / "fortnight").read_text(encoding="utf-8")
OF_THE_LAUNCHER = {"test": {"--nightly"}, "install": set()}
# For people who work on Fortnight: not settings of the app.
OF_THE_TESTS = {"FIREFOX", "CHROMIUM", "TEST_POSTGRES", "TEST_DIST"}


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def commands() -> dict[str, set[str]]:
    """Every command of the app's command line with its options."""
    group = typer.main.get_command(cli)
    assert isinstance(group, TyperGroup)
    return {
        name: {option for parameter in command.params for option in parameter.opts if option.startswith("--")}
        for name, command in group.commands.items()
    }


def told(text: str) -> list[tuple[str, set[str]]]:
    """The calls of the launcher that a text shows, each with its options."""
    calls = re.findall(r"\./fortnight +([a-z][a-z-]*)([^`\n#]*)", text)
    return [(name, set(re.findall(r"--[a-z][a-z-]*", rest))) for name, rest in calls]


@pytest.mark.parametrize("name", [*NAMES, "fortnight", "compose.yaml"])
def test_every_command_that_is_shown_exists(name: str) -> None:
    known = commands() | OF_THE_LAUNCHER
    for command, options in told(read(name)):
        assert command in known or command == "COMMAND", f"./fortnight {command} does not exist"
        assert options <= known.get(command, options), f"./fortnight {command} does not know all of {options}"


def test_the_readme_begins_with_the_two_commands() -> None:
    shown = [command for command, _ in told(read("README.md"))]
    assert shown[0] == "run"
    assert "test" in shown


def test_the_launcher_tells_of_every_command() -> None:
    assert set(commands()) <= {command for command, _ in told(LAUNCHER)}


def test_the_launcher_tells_of_every_bench() -> None:
    [line] = re.findall(r"^ +measure: (.*)$", LAUNCHER, re.MULTILINE)
    assert line.split(", ") == list(BENCHES)


def test_what_runs_by_night_is_told() -> None:
    """Each file with a long run is named where `--nightly` is explained."""
    _, _, said = read("CONTRIBUTING.md").partition("--nightly")
    marked = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tests").rglob("test_*.py")
        if re.search(r"^@pytest\.mark\.nightly", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert marked
    assert {path for path in marked if path not in said} == set()


def anchor(heading: str) -> str:
    """The fragment by which a heading is linked."""
    words = re.sub(r"[^\w\- ]", "", heading.replace("`", "").strip().lower())
    return words.replace(" ", "-")


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_somewhere(name: str) -> None:
    for target in re.findall(r"!?\[[^\]]*\]\(([^)\s]+)\)", read(name)):
        if target.startswith(("https://", "mailto:")):
            continue
        path, _, fragment = unquote(target).partition("#")
        found = (ROOT / name).parent / path if path else ROOT / name
        assert found.exists(), f"{name} links to {target}"
        if fragment:
            headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), re.MULTILINE)
            assert fragment in map(anchor, headings), f"{name} links to {target}"


@pytest.mark.parametrize("name", [name for name in NAMES if "changelog" not in name.lower()])
def test_every_file_that_is_named_exists(name: str) -> None:
    """`app/…`, `tests/…` and so on; a name in pointed brackets is a pattern."""
    rooms = r"`((?:app|docs|tests|frontend|migrations|benchmarks|\.ci)/[\w./-]*\w)(?=[`:])"
    made_by_setting_up = {"frontend/node_modules", "frontend/dist"}
    for path in re.findall(rooms, read(name)):
        assert path in made_by_setting_up or (ROOT / path).exists(), f"{name} names {path}"


def test_settings_are_documented_as_they_are() -> None:
    rows = re.findall(rf"^\| `{PREFIX}([A-Z_]+)` \| (.*?) \|", read("docs/operating.md"), re.MULTILINE)
    assert {name.lower() for name, _ in rows} == set(Settings.model_fields)
    plain = {name: default.strip("`") for name, default in rows if default.startswith("`") and " " not in default}
    for name, default in plain.items():
        value = Settings.model_fields[name.lower()].default
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        assert shown == default or default.endswith("PORT"), f"the default of {PREFIX}{name} is {shown}"


@pytest.mark.parametrize("name", [*NAMES, "compose.yaml", "Dockerfile", "fortnight", ".ci/run"])
def test_no_setting_is_invented(name: str) -> None:
    known = {field.upper() for field in Settings.model_fields} | OF_THE_TESTS
    for setting in re.findall(rf"\b{PREFIX}([A-Z_]*[A-Z])\b", read(name)):
        assert setting.removesuffix("_FILE") in known, f"{name}: {PREFIX}{setting}"


def test_make_knows_what_is_told_of_it() -> None:
    targets = set(re.findall(r"^([a-z]+):", read("Makefile"), re.MULTILINE))
    shown = {
        target for name in NAMES for target in re.findall(r"(?:^    |`)make ([a-z]+)", read(name), re.MULTILINE)
    }
    assert shown
    assert shown <= targets


def test_the_glossary_knows_the_words_on_the_wire() -> None:
    glossary = read("docs/glossary.md")
    for word in (*get_args(Dose), *get_args(Result)):
        assert f"`{word}`" in glossary, word


def test_every_decision_is_in_the_list() -> None:
    listed = set(re.findall(r"\]\((\d{4}-[\w-]+\.md)\)", read("docs/decisions/README.md")))
    assert listed == {path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md")}
