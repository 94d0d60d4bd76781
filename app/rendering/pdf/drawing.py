"""One function from a template and its data to a tagged PDF, without a network and without other files.

A template gets its data as one JSON text (`json(bytes(sys.inputs.data))`): whatever a person wrote arrives as a
value and never as markup. It can read the folder of templates and nothing else, and is set in our own letters and
those that typst brings along, the machine's are not asked.

PDF/UA-1 refuses a page with a sign that no letter is there for, and names one at a time. So they are looked for on
a small page of all the different signs. Such a sign is named where it has a name that says something, else it is
an empty box; nothing makes the page fail.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
TEMPLATES, FONTS = HERE / "templates", HERE / "fonts"
Standard = Literal["ua-1", "a-2a"]
STANDARDS: dict[str, list[Standard]] = {"supervision": ["ua-1"], "brief": ["ua-1", "a-2a"], "signs": ["ua-1"]}
"""PDF/UA-1 (ISO 14289-1): whoever cannot see reads it too. PDF/A-2a (ISO 19005-2): it is to be kept."""
BOX = "\u25a1"
MOST_UNKNOWN = 60
"""Different signs that are looked for one by one; beyond it only letters that are surely there stay."""
MOST_REMEMBERED = 2_000
_THERE: set[str] = set()
"""Signs that were found to have a letter, so that the few that most pages have are looked for once."""
MOST_DRAWINGS = 2
"""Of the whole document, before only letters that are surely there stay."""

Template = Literal["supervision", "brief"]


def draw(template: Template, data: Mapping[str, Any]) -> bytes:
    """The PDF of this template. `data` is JSON-able: title, language and what the template asks for."""
    shown = _each_text(data, _printable)
    signs = sorted({sign for text in _texts(shown) for sign in _signs(text)} - _THERE)
    if signs:  # most pages have none for which a letter could be missing
        shown = _shown_of(shown, signs)
    for _ in range(MOST_DRAWINGS):
        drawn = _compile(template, shown)
        if isinstance(drawn, bytes):
            return drawn
        shown = _each_text(shown, _leaving_out(drawn))
    drawn = _compile(template, _each_text(shown, _surely_there))
    assert isinstance(drawn, bytes)  # noqa: S101 - Latin letters are in every font
    return drawn


def _shown_of(shown: Any, signs: list[str]) -> Any:
    """The same without the signs for which there is no letter."""
    for _ in range(MOST_UNKNOWN):
        looked = _compile("signs", {"signs": signs})
        if isinstance(looked, bytes):
            if len(_THERE) < MOST_REMEMBERED:
                _THERE.update(signs)
            return shown
        shown = _each_text(shown, _leaving_out(looked))
        signs = [_without(sign, looked) for sign in signs]
    return _each_text(shown, _surely_there)


def _compile(template: str, data: Any) -> bytes | str:
    """The PDF, or the signs for which there is no letter."""
    import typst  # noqa: PLC0415 - heavy

    try:
        made: bytes = typst.compile(
            str(TEMPLATES / f"{template}.typ"),
            root=str(TEMPLATES),
            font_paths=_letters(),
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=[*STANDARDS[template]],
        )
    except typst.TypstError as error:
        found = _MISSING.search(str(error))
        if found is None:
            raise
        return _spoken(found[1])
    return made


_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.DOTALL)
_PLAIN = {"n": "\n", "r": "\r", "t": "\t", "0": "\0"}


def _spoken(quoted: str) -> str:
    """A text as the error message quotes it (Rust's debug form)."""
    return _ESCAPED.sub(lambda at: chr(int(at[1], 16)) if at[1] else _PLAIN.get(at[2], at[2]), quoted)


@lru_cache(maxsize=1)
def _letters() -> Any:
    import typst  # noqa: PLC0415 - heavy

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])


def _each_text(value: Any, change: Any) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: _each_text(each, change) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(each, change) for each in value]
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _texts(each)


def _signs(text: str) -> Iterator[str]:
    """What is drawn as one: a letter with its marks, and what is glued to it by something that cannot be seen."""
    if text.isascii():
        return
    sign = ""
    for char in text:
        if sign and not (_hangs_on(char) or _glues(sign[-1])):
            if not all(map(_is_sure, sign)):
                yield sign
            sign = ""
        sign += char
    if not all(map(_is_sure, sign)):
        yield sign


def _hangs_on(char: str) -> bool:
    return not char.isascii() and (unicodedata.category(char)[0] == "M" or _glues(char))


def _glues(char: str) -> bool:
    return not char.isascii() and unicodedata.category(char) == "Cf"


def _printable(text: str) -> str:
    """Without what cannot be printed: control signs but for new lines, and what turns the direction of reading."""
    if text.isprintable():
        return text
    tidy = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(char for char in tidy if char == "\n" or _is_printed(char))


def _is_printed(char: str) -> bool:
    return char not in _TURNS and unicodedata.category(char) not in _UNPRINTED and not _is_no_character(char)


def _is_no_character(char: str) -> bool:
    """What Unicode will never give to a sign. What it has not given yet may be a new emoji of a new phone."""
    return ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef"


_UNPRINTED = frozenset({"Cc", "Cs", "Co", "Zl", "Zp"})
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def _leaving_out(missing: str) -> Callable[[str], str]:
    return lambda text: _without(text, missing)


def _without(text: str, missing: str) -> str:
    if all(_is_sure(char) for char in missing):  # what is glued to it by something that cannot be seen
        return "".join(char for char in text if unicodedata.category(char) != "Cf")
    for char in missing:
        if not _is_sure(char):
            text = text.replace(char, _instead(char))
    return text


def _instead(char: str) -> str:
    category = unicodedata.category(char)
    if category[0] == "M" or category == "Cf":
        return ""
    if category == "So":
        return f"({unicodedata.name(char, 'sign').lower()})"
    return BOX


def _surely_there(text: str) -> str:
    return "".join(char if _is_sure(char) else BOX for char in text)


def _is_sure(char: str) -> bool:
    return char in (BOX, "\n") or " " <= char <= "~"
