"""Passwords as people choose them: the rules applied, the list of common ones read once."""

import importlib.util
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.core import security
from app.domain import passwords
from app.domain.errors import Invalid


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """The most common passwords that are long enough for us (11,611 of 30,000), in small letters.

    Source: the frequency list of the package `zxcvbn`. Only that file is read: importing the package would build
    all its tables and hold 15 MB for good.
    """
    package = importlib.util.find_spec("zxcvbn")
    if package is None or package.origin is None:
        raise RuntimeError("the package zxcvbn is not installed")
    spec = importlib.util.spec_from_file_location("common", Path(package.origin).with_name("frequency_lists.py"))
    if spec is None or spec.loader is None:
        raise RuntimeError("the package zxcvbn has no frequency_lists.py")
    lists: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lists)
    words = lists.FREQUENCY_LISTS["passwords"]
    return frozenset(word.casefold() for word in words if len(word) >= passwords.SHORTEST)


def hashed(password: str, name: str, *, field: str = "password") -> str:
    """The hash to store, once the rules are met. Raises `Invalid` that names the field. Never in a transaction."""
    found = passwords.weakness(password, name, common())
    if found is not None:
        raise Invalid(found, ({"field": field, "code": found},))
    return security.hash_password(passwords.normalised(password))


def fits(password: str, stored: str | None) -> bool:
    """True if this is the password. The same work with `stored=None`, where there is no such account."""
    return security.verify_password(passwords.normalised(password), stored)


def renewed(password: str, stored: str) -> str | None:
    """A hash with today's parameters where the stored one has older ones, else None."""
    if not security.needs_rehash(stored):
        return None
    return security.hash_password(passwords.normalised(password))
