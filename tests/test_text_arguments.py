"""What a screen gives to a text is what the text has room for: no more, no less.

Honest limit: calls whose key is written out, `t("key", { name: … })`; a key that is put together is not looked at.
"""

import re
from pathlib import Path

from app.core import catalogue

ROOT = Path(__file__).resolve().parent.parent
ENTRY = r"^(-?[a-z][\w-]*) *=(.*(?:\n[ \t}].*|\n(?=\n[ \t]))*)"
CALL = re.compile(r"\bt\(\s*\"([a-z][\w-]*)\"\s*(,\s*\{)?")


def wanted() -> dict[str, set[str]]:
    """By key: what goes into it, also through the texts and terms that it takes in."""
    texts: dict[str, str] = {}
    for path in sorted((catalogue.LOCALES / "en").glob("*.ftl")):
        texts.update(re.findall(ENTRY, path.read_text("utf-8"), re.MULTILINE))

    def into(key: str) -> set[str]:
        body = texts.get(key, "")
        taken_in = re.findall(r"\{ *(-?[a-z][\w-]*) *\}", body)
        return set(re.findall(r"\$(\w+)", body)).union(*(into(one) for one in taken_in if one != key))

    return {key: into(key) for key in texts}


def given(code: str) -> list[tuple[str, set[str]]]:
    """Each call with a whole key, and the names that it gives."""
    found = []
    for call in CALL.finditer(code):
        inside = _inside(code, call.end()) if call.group(2) else ""
        if "..." not in inside:
            found.append((call.group(1), set(_names(inside))))
    return found


def _inside(code: str, begin: int) -> str:
    """What stands between the brace before `begin` and the one that closes it."""
    depth = 1
    for at in range(begin, len(code)):
        depth += {"{": 1, "}": -1}.get(code[at], 0)
        if depth == 0:
            return code[begin:at]
    return code[begin:]


def _names(inside: str) -> list[str]:
    """The names at the first level of an object: `a, b: c(d), e` is a, b and e."""
    flat, depth = "", 0
    for sign in inside:
        depth += {"(": 1, "{": 1, "[": 1, ")": -1, "}": -1, "]": -1}.get(sign, 0)
        flat += sign if depth == 0 else ""
    return [part.split(":")[0].strip().strip('"') for part in flat.split(",") if part.strip()]


def test_every_text_gets_what_goes_into_it() -> None:
    room = wanted()
    calls = [
        (path.name, key, names)
        for path in sorted((ROOT / "frontend" / "src").rglob("*"))
        if path.suffix in {".ts", ".svelte"} and ".test." not in path.name
        for key, names in given(path.read_text("utf-8"))
    ]
    assert len(calls) > 500
    assert [
        (name, key, sorted(names ^ room[key])) for name, key, names in calls if key in room and names != room[key]
    ] == []


def test_what_does_not_fit_is_found() -> None:
    code = 't("a", { from: at(one, { x: 1 }), to: two }); t("b"); t(`c-${d}`, { e }); t("f", { g })'
    assert given(code) == [("a", {"from", "to"}), ("b", set()), ("f", {"g"})]
