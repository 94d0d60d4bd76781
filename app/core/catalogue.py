"""The words of the app: Fluent files in, plain text out.

Every sentence that a person can read lives in `app/data/locales/<locale>/*.ftl`, one file per subject.
`text("saved-on-phone")` or `text(say)` gives it back, where `say` is anything with a `key` and `args`
(the domain's `Say`; this room does not import it). The browser reads the same files at build.

Numbers are written plainly: 14 is "14", 1500 is "1500", 6.5 is "6.5", 6.0 is "6". Where a number must keep
its shape ("6.0", "6½"), the caller passes it as text. A number still chooses the plural form.

Errors: `MissingText` (no such key or locale, or an argument that the sentence needs was not given),
`BadCatalogue` (a file that does not parse, or one key written twice). Both name the key and the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

if TYPE_CHECKING:
    from fluent.runtime import FluentBundle

LOCALES = Path(__file__).parents[1] / "data" / "locales"
DEFAULT_LOCALE = "en"


class CatalogueError(Exception):
    """The catalogue cannot give this text."""


class MissingText(CatalogueError, LookupError):
    """No such key, locale or argument."""


class BadCatalogue(CatalogueError, ValueError):
    """A catalogue file is broken: it does not parse, or a key is there twice."""


class Sayable(Protocol):
    """A sentence by name, with what goes into it."""

    @property
    def key(self) -> str: ...

    @property
    def args(self) -> Mapping[str, Any]: ...


Argument: TypeAlias = str | int | float | Sayable


def text(say: Sayable | str, /, locale: str = DEFAULT_LOCALE, **args: Argument) -> str:
    """The sentence for a key or a `Say`. Keyword arguments add to (and win over) the `Say`'s own.

    An argument may itself be a `Say` (a class name inside a sentence); it is written out first.
    """
    key = say if isinstance(say, str) else say.key
    given = dict(args) if isinstance(say, str) else {**say.args, **args}
    return _written(key, locale, given) if given else _plain(key, locale)


@lru_cache(maxsize=4096)
def _plain(key: str, locale: str) -> str:
    """A sentence into which nothing goes: the same each time, and most of them are of this kind."""
    return _written(key, locale, {})


def _written(key: str, locale: str, given: Mapping[str, Argument]) -> str:
    bundle = _bundle(locale)
    if not bundle.has_message(key):
        raise MissingText(f"no text {key!r} in the {locale!r} catalogue")
    pattern = bundle.get_message(key).value
    if pattern is None:
        raise MissingText(f"text {key!r} in the {locale!r} catalogue has no words of its own")
    written, errors = bundle.format_pattern(
        pattern, {name: _argument(value, locale) for name, value in given.items()}
    )
    if errors:
        raise MissingText(f"text {key!r} in the {locale!r} catalogue: {errors[0]}")
    return str(written)


def has(key: str, locale: str = DEFAULT_LOCALE) -> bool:
    """Whether the catalogue knows this key."""
    return bool(_bundle(locale).has_message(key))


def locales(folder: Path = LOCALES) -> tuple[str, ...]:
    """Every locale that has a folder, sorted."""
    return tuple(sorted(path.name for path in folder.iterdir() if path.is_dir()))


def check(folder: Path) -> None:
    """Read one locale's folder afresh and raise `BadCatalogue` if anything in it is wrong."""
    for _ in _entries(folder):
        pass


@lru_cache(maxsize=16)
def _bundle(locale: str) -> FluentBundle:
    # babel and the parser take a tenth of a second to import; a command that says nothing does not pay it.
    from fluent.runtime import FluentBundle, FluentResource  # noqa: PLC0415

    if locale not in locales():
        raise MissingText(f"no catalogue for the locale {locale!r}")
    bundle = FluentBundle([locale], use_isolating=False)
    for _, source in _entries(LOCALES / locale):
        bundle.add_resource(FluentResource(source))
    return bundle


def _entries(folder: Path) -> Iterator[tuple[Path, str]]:
    """Each file with its text, after checking that it parses and repeats no key of an earlier one."""
    from fluent.syntax import FluentParser, ast  # noqa: PLC0415

    seen: dict[str, Path] = {}
    for path in sorted(folder.glob("*.ftl")):
        source = path.read_text(encoding="utf-8")
        for entry in FluentParser().parse(source).body:
            if isinstance(entry, ast.Junk):
                raise BadCatalogue(f"{path.name} does not parse near: {(entry.content or '').strip()[:80]!r}")
            if not isinstance(entry, ast.Message | ast.Term):
                continue
            name = entry.id.name if isinstance(entry, ast.Message) else f"-{entry.id.name}"
            if name in seen:
                raise BadCatalogue(f"{name!r} is in {seen[name].name} and again in {path.name}")
            seen[name] = path
        yield path, source


def _argument(value: Argument, locale: str) -> object:
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        from fluent.runtime.types import fluent_number  # noqa: PLC0415

        return fluent_number(value, useGrouping=False)
    return text(value, locale)
