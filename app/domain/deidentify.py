"""Taking out of a text what says who somebody is: plain rules, in a fixed list, and no reading between the lines.

The list we went through is the "safe harbor" of 45 CFR 164.514(b)(2)(i): names, places smaller than a state, dates
but for the year, telephone and fax numbers, e-mail addresses, the numbers of accounts, records and licences, web
addresses, IP addresses, ages over 89. What rules cannot see (a nickname, a workplace, a story that only one person
has) stays, so somebody has to read what comes out, and can name more words to remove.

Rules look at a text as a reader does: accents, letter case, full-width forms and what cannot be seen make no
difference. What they find goes as a whole, and where two of them touch, both go. The rest is kept byte for byte.
Each takes time in proportion to the text: patterns begin at one place of a run and never take a step back.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.identifiers import KINDS, NUMBER, PATTERNS, PHONE, Kind, is_phone

SHORTEST_PART = 3
"""Letters that one word of a name needs to be looked for by itself: "Al" or "Di" is in too many sentences."""

NO_NAMES = frozenset(
    [
        "the",
        "and",
        "for",
        "from",
        "with",
        "your",
        "mrs",
        "miss",
        "prof",
        "professor",
        "doctor",
        "therapist",
        "practice",
    ]
)
"""Words beside a name that are in other sentences too."""


@dataclass(frozen=True)
class Piece:
    """A stretch of the text as it was written. `kind` says what it was taken for; None where it is kept."""

    text: str
    kind: Kind | None = None

    @property
    def shown(self) -> str:
        return self.text if self.kind is None else f"[{self.kind}]"


Find = tuple[int, int, Kind]
"""From where to where, and what it is taken for."""


def joined(pieces: Iterable[Piece]) -> str:
    """What is left of the text."""
    return "".join(piece.shown for piece in pieces)


@dataclass(frozen=True)
class Rules:
    """The rules for one document. `make` puts them together once for all of its texts."""

    words: re.Pattern[str] | None
    names: re.Pattern[str] | None
    exact: re.Pattern[str] | None

    def apply(self, text: str) -> list[Piece]:
        """The text in pieces; joined as they stand they are the text.

        Runs of digits come last: the hour after a date is no telephone number. And all once more until nothing is
        found: what was glued to something that went may stand free.
        """
        pieces = [Piece(text)] if text else []
        while True:
            before = pieces
            for find in (self._first, _phones, _numbers):
                pieces = [smaller for piece in pieces for smaller in _split(piece, find)]
            if pieces == before:
                return pieces

    def _first(self, text: str) -> list[Find]:
        """What cannot be seen is looked at as nothing, and where there is some, as a space too."""
        found = self._found(text)
        unseen = [char for char in set(text) if unicodedata.category(char) == "Cf"]
        if unseen:
            found += self._found(text.translate(dict.fromkeys(map(ord, unseen), " ")))
        return found

    def _found(self, text: str) -> list[Find]:
        plain, folded = _Seen(text, str), _Seen(text, str.casefold)
        found = [*folded.finds(self.words, "removed"), *folded.finds(self.names, "name")]
        found += plain.finds(self.exact, "name")
        for kind, pattern in PATTERNS:
            found += plain.finds(pattern, kind)
        return found


def _phones(text: str) -> list[Find]:
    return _Seen(text, str).finds(PHONE, "phone", is_phone)


def _numbers(text: str) -> list[Find]:
    return _Seen(text, str).finds(NUMBER, "number")


def _split(piece: Piece, find: Callable[[str], list[Find]]) -> Iterator[Piece]:
    if piece.kind is not None:
        yield piece
        return
    at = 0
    for start, end in _marks(piece.text):
        yield from _between(piece.text[at:start], find)
        yield Piece(piece.text[start:end])
        at = end
    yield from _between(piece.text[at:], find)


def _between(text: str, find: Callable[[str], list[Find]]) -> Iterator[Piece]:
    at = 0
    for start, end, kind in _together(find(text)):
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], kind)
        at = end
    if at < len(text):
        yield Piece(text[at:])


def make(names: Sequence[str], remove: Sequence[str] = ()) -> Rules:
    """The rules, with the names of the people in it and the words that somebody wants out besides.

    A name goes as a whole and word by word (`SHORTEST_PART`), with an "s" at its end too. One of two letters goes
    as it is spelt, and so does an emoji; a single letter tells nobody apart and stays unless it has its full stop.
    """
    whole = [_folded(name) for name in names]
    split = [part for name in whole for part in re.split(r"[^\w']+", name)]
    parts = [part for part in split if len(part) >= SHORTEST_PART and part not in NO_NAMES]
    long = [name for name in whole if _letters(name) >= SHORTEST_PART]
    short = [_plain(name).strip() for name, folded in zip(names, whole, strict=True) if _letters(folded) < 3]
    return Rules(
        words=_any_of([_folded(word) for word in remove]),
        names=_any_of([*long, *parts], ending="s?"),
        exact=_any_of([name for name in short if _is_drawn(name) or (len(name) > 1 and _letters(name))]),
    )


# How a text is seen ----------------------------------------------------------------------------------------------


class _Seen:
    """A text without accents, invisible signs and forms of letters, and where each letter of it came from."""

    def __init__(self, text: str, fold: Callable[[str], str]) -> None:
        self.whole = text
        self.places: Sequence[int] = range(len(text))
        if text.isascii():
            self.text = fold(text)
            return
        forms = {char: _plain(fold(char)) for char in set(text)}
        self.text = "".join(map(forms.__getitem__, text))
        if any(len(form) != 1 for form in forms.values()):
            self.places = [place for place, char in enumerate(text) for _ in forms[char]]

    def finds(
        self, pattern: re.Pattern[str] | None, kind: Kind, means: Callable[[str], bool] = bool
    ) -> list[Find]:
        if pattern is None:
            return []
        return [
            (self.places[match.start()], self._end(match.end()), kind)
            for match in pattern.finditer(self.text)
            if match.end() > match.start() and means(match[0])
        ]

    def _end(self, end: int) -> int:
        """With the accents and invisible signs that hang on to its last letter."""
        last = self.places[end - 1] + 1
        while last < len(self.whole) and _plain(self.whole[last]) == "":
            last += 1
        return last


# A stroke is no mark that Unicode takes off, and is left out as one by whoever has no key for it.
_SAME = {
    **dict.fromkeys("\u2018\u2019\u02bc", "'"),
    **dict(zip("łŁøØđĐħĦŧŦı", "lLoOdDhHtTi", strict=True)),
}


def _plain(text: str) -> str:
    """Letters without their marks, digits as 0 to 9, one apostrophe, one dash, nothing invisible."""
    if text.isascii():
        return text
    return "".join(map(_plain_char, unicodedata.normalize("NFKD", text)))


def _plain_char(char: str) -> str:
    category = unicodedata.category(char)
    if category in {"Mn", "Me", "Cf"}:
        return ""
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd":
        return "-"
    return _SAME.get(char, char)


def _folded(text: str) -> str:
    return " ".join(_plain(text.casefold()).split())


def _is_drawn(name: str) -> bool:
    return any(unicodedata.category(char) == "So" for char in name)


def _letters(text: str) -> int:
    return sum(char.isalnum() for char in text)


# Scripts that put no room between words, or hang "and" on to the next (Hebrew, Arabic): there a name cannot be
# told from what it touches, and goes anywhere.
_CLOSE = (
    r"\u0590-\u06ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
    r"\U00020000-\U0003ffff\u1100-\u11ff"
)
_WORD = rf"[^\W_{_CLOSE}]"


def _any_of(words: Iterable[str], ending: str = "") -> re.Pattern[str] | None:
    """Any of these, the longest first, not in the middle of another word."""
    known = sorted({word for word in words if word.strip()}, key=lambda word: (-len(word), word))
    if not known:
        return None
    return re.compile("|".join(_bounded(word, ending) for word in known))


def _bounded(word: str, ending: str) -> str:
    inner = r"\s+".join(re.escape(part) for part in word.split())
    before = rf"(?<!{_WORD})" if re.match(_WORD, word) else ""
    after = rf"{ending}(?!{_WORD})" if re.match(_WORD, word[-1]) else ""
    return before + inner + after


def _marks(text: str) -> Iterator[tuple[int, int]]:
    """What an earlier pass put there: it means itself."""
    return (match.span() for match in _MARK.finditer(text))


_MARK = re.compile("|".join(re.escape(f"[{kind}]") for kind in KINDS))


def _together(found: Iterable[Find]) -> Iterator[Find]:
    """Finds that overlap become one: nothing of either is left."""
    merged: list[Find] = []
    for start, end, kind in sorted(found, key=lambda each: (each[0], -each[1])):
        if merged and start < merged[-1][1]:
            first, last, other = merged.pop()
            merged.append((first, max(last, end), min(other, kind, key=KINDS.index)))
        else:
            merged.append((start, end, kind))
    assert all(one[1] <= other[0] for one, other in pairwise(merged))  # noqa: S101 - what the sorting is for
    return iter(merged)
