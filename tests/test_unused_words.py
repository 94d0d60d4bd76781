"""Every text of the catalogue is said somewhere: by its key, by another text, or by a key that code puts together.

Honest limit: a key put together counts as every key of that pattern.
"""

import re
from pathlib import Path

from app.core import catalogue

ROOT = Path(__file__).resolve().parent.parent
CODE = {".py", ".ts", ".svelte", ".html", ".toml"}


def keys() -> list[str]:
    found = []
    for path in sorted((catalogue.LOCALES / "en").glob("*.ftl")):
        found += re.findall(r"^([a-z][\w-]*) *=", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found


def source() -> str:
    """All code that may say a text, and the places where one text takes another in."""
    paths = [path for folder in ("app", "frontend/src", "frontend/plugins") for path in (ROOT / folder).rglob("*")]
    paths += (ROOT / "frontend").glob("*.html")
    code = [path for path in paths if path.suffix in CODE and ".test." not in path.name]
    taken_in = [
        name
        for path in catalogue.LOCALES.rglob("*.ftl")
        for name in re.findall(r"\{ *([a-z][\w-]*) *\}", path.read_text(encoding="utf-8"))
    ]
    return "\n".join([*(path.read_text(encoding="utf-8") for path in code), *taken_in])


def unused(known: list[str], code: str) -> list[str]:
    """The keys that no string names: whole, or with holes where `{…}` or `${…}` stands."""
    named = set(re.findall(r"[a-z][\w-]*", code))
    made_up = set(re.findall(r"[`\"']((?:[\w-]*\$?\{[^{}]+\})+[\w-]*)[`\"']", code))
    parts = [re.split(r"\$?\{[^{}]+\}", one) for one in made_up]
    patterns = [
        re.compile(r"[\w-]+".join(map(re.escape, some))) for some in parts if "".join(some).strip("-") != ""
    ]
    return [key for key in known if key not in named and not any(each.fullmatch(key) for each in patterns)]


def test_every_text_is_said_somewhere() -> None:
    known = keys()
    assert len(known) > 500
    assert unused(known, source()) == []


def test_an_unused_text_is_found() -> None:
    known = ["menu-title", "menu-old", "dose-taken", "dose-step-7"]
    assert unused(known, 't("menu-title"); t(`dose-${value}`)') == ["menu-old"]
    assert unused(known, 't("menu-title-2"); f"{room}-{name}"; t(`dose-step-${n}`)') == [
        "menu-title",
        "menu-old",
        "dose-taken",
    ]
