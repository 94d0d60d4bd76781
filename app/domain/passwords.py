"""Password rules: long enough, not among the common ones, not the name. Nothing about which characters.

Sources: NIST SP 800-63B-4, 3.1.1.2 (length, a list of common ones, no composition rules, Unicode normalised) and
OWASP ASVS 5.0, 6.2. 128 is our upper bound; nothing is ever cut off.
"""

import unicodedata
from collections.abc import Container
from typing import Literal

from app.domain.names import lookup

SHORTEST = 8
LONGEST = 128
# A name of one or two letters is inside half of all passwords and tells nobody anything.
TELLING_NAME = 3
OUR_WORDS = frozenset({"fortnight"})

Weakness = Literal["password-too-short", "password-too-long", "password-too-common", "password-contains-name"]


def normalised(password: str) -> str:
    """One spelling of the same typing: NFC. What is hashed, at sign-up and at every sign-in."""
    return unicodedata.normalize("NFC", password)


def weakness(password: str, name: str, common: Container[str]) -> Weakness | None:
    """Why this password cannot be taken, or None. `common` holds small letters.

    `name` is the pseudonym, with or without its digits.
    """
    password = normalised(password)
    if len(password) < SHORTEST:
        return "password-too-short"
    if len(password) > LONGEST:
        return "password-too-long"
    small = password.casefold()
    letters = "".join(char for char in small if char.isalpha())
    if small in common or letters in OUR_WORDS:
        return "password-too-common"
    pseudonym = lookup(name)
    stem, dash, digits = pseudonym.rpartition("-")
    candidates = {pseudonym, stem} if dash and digits.isdecimal() else {pseudonym}
    if any(len(each) >= TELLING_NAME and each in lookup(password) for each in candidates):
        return "password-contains-name"
    return None
