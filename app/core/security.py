"""Secrets that are handed out: random tokens (stored only as hashes) and passwords (Argon2id)."""

import hashlib
import secrets
from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

# OWASP Password Storage Cheat Sheet: Argon2id, 19 MiB, two passes, one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
# Each hash holds 19 MiB and a core: a flood of sign-ins must not starve check-ins. In threads of their own,
# because a thread keeps the memory it once had: hashes in twenty threads held half a gigabyte.
HASHES_AT_ONCE = 2
_threads = ThreadPoolExecutor(HASHES_AT_ONCE, thread_name_prefix="password")

CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # no 0/o, 1/l/i: read aloud and typed by tired people


def new_token() -> str:
    """256 random bits, URL-safe (OWASP ASVS 11.5.1)."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256 hex: what is stored. Enough for 256-bit random values; never for passwords."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_code(length: int) -> str:
    """Random characters that can be read aloud."""
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(length))


def new_recovery_code() -> str:
    """Twelve characters in three groups, about 59 bits."""
    raw = new_code(12)
    return "-".join((raw[:4], raw[4:8], raw[8:]))


def hash_password(password: str) -> str:
    """Argon2id, parameters recorded in the hash."""
    return _threads.submit(_hasher.hash, password).result()


def verify_password(password: str, stored: str | None) -> bool:
    """True if it fits. With `stored=None` (no such account) the same work is done and False returned."""
    try:
        return _threads.submit(_hasher.verify, stored or _nobody(), password).result() and stored is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def needs_rehash(stored: str) -> bool:
    """True where the parameters have moved on since this hash was made."""
    return _hasher.check_needs_rehash(stored)


@lru_cache(maxsize=1)
def _nobody() -> str:
    """A hash that no password has, made without hashing: the first unknown name must not cost twice."""
    salt, digest = (b64encode(secrets.token_bytes(size)).decode().rstrip("=") for size in (16, 32))
    cost = f"m={_hasher.memory_cost},t={_hasher.time_cost},p={_hasher.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${digest}"
