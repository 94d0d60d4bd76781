"""Sealing: the only code that turns what a person says into bytes at rest, and back.

Envelope encryption. Each client has a data key (32 random bytes); it is stored wrapped by a key-encryption
key (KEK) which lives in a file of the data folder, never in the database or a backup. Both layers are
AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce. Additional data binds a payload to its table, its row
and its owner, so a sealed value moved elsewhere does not open.

Layout of a sealed value: one version byte, 12 bytes nonce, ciphertext with its 16-byte tag.
"""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic_core import from_json, to_json

from app.core.key_files import make_folder, read, write_once

VERSION = b"\x01"
NONCE_BYTES = 12
KEY_BYTES = 32
SHORTEST = 1 + NONCE_BYTES + 16


class SealBroken(Exception):
    """A sealed value does not open: changed, moved to another row, or sealed under another key."""


class KeyMissing(Exception):
    """The key a value was wrapped with is not among the key files."""


def _seal(key: AESGCM, plain: bytes, bound_to: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + nonce + key.encrypt(nonce, plain, bound_to)


def _open(key: AESGCM, sealed: bytes, bound_to: bytes) -> bytes:
    if sealed[:1] != VERSION or len(sealed) < SHORTEST:
        raise SealBroken("no sealed value of a known version")
    try:
        return key.decrypt(sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :], bound_to)
    except InvalidTag as error:
        raise SealBroken("a sealed value does not open here") from error


class DataKey:
    """One client's key. `where` names table and row, e.g. `"check_in:<experiment>:2026-03-01:2"`."""

    __slots__ = ("_key", "_owner")

    def __init__(self, raw: bytes, owner: str) -> None:
        self._key = AESGCM(raw)
        self._owner = owner

    def seal(self, payload: dict[str, Any], where: str) -> bytes:
        """`payload` as JSON, encrypted and bound to `where` and the owner."""
        return _seal(self._key, to_json(payload), f"{where}|{self._owner}".encode())

    def open(self, sealed: bytes, where: str) -> dict[str, Any]:
        """The payload again. Raises `SealBroken`."""
        opened: dict[str, Any] = from_json(_open(self._key, sealed, f"{where}|{self._owner}".encode()))
        return opened


@dataclass(frozen=True)
class WrappedKey:
    """A data key as it is stored: which KEK wrapped it, and the wrapped bytes."""

    kek_id: str
    wrapped: bytes


class Vault:
    """Wraps and opens data keys, and makes the blind index by which sign-in names are found."""

    def __init__(self, keks: dict[str, bytes], index_key: bytes) -> None:
        if not keks or any(len(key) != KEY_BYTES for key in (*keks.values(), index_key)):
            raise KeyMissing("a key file is missing or has the wrong length")
        self._keks = {kid: AESGCM(raw) for kid, raw in keks.items()}
        self._current = max(keks)
        self._index_key = index_key

    @property
    def kek_ids(self) -> tuple[str, ...]:
        return tuple(self._keks)

    def sealed_check(self, kek_id: str) -> bytes:
        """A known word under this key and the index key, to be kept in the database."""
        return _seal(self._keks[kek_id], self.blind_index("key_check", kek_id).encode(), b"key_check")

    def check(self, kek_id: str, sealed: bytes) -> None:
        """Raises `SealBroken` where the word does not open or the index key is another."""
        word = _open(self._keks[kek_id], sealed, b"key_check")
        if not hmac.compare_digest(word, self.blind_index("key_check", kek_id).encode()):
            raise SealBroken("the index key is another one")

    def new_key(self, owner: str) -> WrappedKey:
        """A fresh data key for `owner`, already wrapped."""
        return self._wrap(secrets.token_bytes(KEY_BYTES), owner)

    def _wrap(self, raw: bytes, owner: str) -> WrappedKey:
        sealed = _seal(self._keks[self._current], raw, f"data_key|{owner}".encode())
        return WrappedKey(self._current, sealed)

    def unwrap(self, kek_id: str, wrapped: bytes, owner: str) -> DataKey:
        """The data key of `owner`. Raises `KeyMissing`, `SealBroken`."""
        if kek_id not in self._keks:
            raise KeyMissing(f"key {kek_id} is not in the key folder")
        return DataKey(_open(self._keks[kek_id], wrapped, f"data_key|{owner}".encode()), owner)

    def blind_index(self, purpose: str, value: str) -> str:
        """A keyed hash (HMAC-SHA-256, hex) by which a sealed value can be looked up, per purpose."""
        return hmac.new(self._index_key, f"{purpose}|{value}".encode(), hashlib.sha256).hexdigest()


def open_vault(folder: Path) -> Vault:
    """The vault of a data folder; makes folder (0700) and key files (0600) at the first start.

    Raises `KeyMissing` where a file is damaged and `PermissionError` where others may read it.
    """
    make_folder(folder)
    if not list(folder.glob("kek-*.key")):
        _write_key(folder / "kek-0001.key")
    if not (folder / "index.key").exists():
        _write_key(folder / "index.key")
    keks = {path.stem.removeprefix("kek-"): _read_key(path) for path in sorted(folder.glob("kek-*.key"))}
    return Vault(keks, _read_key(folder / "index.key"))


def _write_key(path: Path) -> None:
    write_once(path, secrets.token_hex(KEY_BYTES) + "\n")


def _read_key(path: Path) -> bytes:
    try:
        return bytes.fromhex(read(path))
    except ValueError as error:
        raise KeyMissing(f"{path.name} is damaged") from error
