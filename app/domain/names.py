"""Sign-in names: any pseudonym, completed by four digits, found again however it is typed.

A name is 1 to 40 letters (of any script, with their marks), digits, spaces, `_`, `-` and `.`. The server completes
it with random digits ("ana" becomes "ana-4821"), so that sign-up never has to say that a name is taken.

`written` is how a name is kept and shown: NFKC, one kind of dash, single spaces, nothing invisible.
`lookup` is how it is compared: `written` and case-folded (Unicode 3.13, toNFKC_Casefold), so that "Ana–4821 "
typed on a phone is "ana-4821".
"""

import unicodedata

LONGEST = 40
DIGITS = 4
EXTRA = frozenset(" _-.")


class BadName(ValueError):
    """Not a possible name. `code`: `name-too-long`, `name-empty`, `name-characters`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def written(name: str) -> str:
    """The name as it is kept. Raises `BadName`."""
    kept = _tidy(name)
    if len(kept) > LONGEST:
        raise BadName("name-too-long")
    if not any(unicodedata.category(char)[0] in "LN" for char in kept):
        raise BadName("name-empty")
    if not all(char in EXTRA or unicodedata.category(char)[0] in "LM" or char.isdecimal() for char in kept):
        raise BadName("name-characters")
    return kept


def completed(name: str, number: int, digits: int = DIGITS) -> str:
    """The whole sign-in name: `completed("ana", 42)` is "ana-0042"."""
    return f"{name}-{number:0{digits}d}"


def lookup(typed: str) -> str:
    """What two spellings of one sign-in name have in common. Takes anything a person can type; never raises."""
    # Folding can leave something that folds again (capital Greek with iota below): until it stays as it is.
    folded = _tidy(typed)
    for _ in range(4):
        again = _tidy(folded.casefold())
        if again == folded:
            break
        folded = again
    return folded


def _tidy(text: str) -> str:
    seen = (_plain(char) for char in unicodedata.normalize("NFKC", text))
    return unicodedata.normalize("NFKC", " ".join("".join(seen).split()))


def _plain(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Pd":
        return "-"
    # Joiners and direction marks cannot be seen, so nobody can type them again.
    return "" if category == "Cf" else char
