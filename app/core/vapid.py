"""The key with which this server signs its pushes (VAPID, RFC 8292), and the contact that a push service is told.

A browser ties its subscription to the public half: whoever loses the key loses every subscription. It is made at
the first start and kept beside the vault's keys, unless the operator brings their own.
"""

import binascii
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from app.core.key_files import make_folder, read, write_once
from app.core.vault import KeyMissing

FILE = "vapid.pem"


@dataclass(frozen=True)
class VapidKey:
    """A private key on P-256; it never shows in a `repr`."""

    private: ec.EllipticCurvePrivateKey = field(repr=False)

    @cached_property
    def public(self) -> str:
        """The `applicationServerKey` of the Push API: the uncompressed point, base64url without padding."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return urlsafe_b64encode(point).rstrip(b"=").decode()


def load(folder: Path, given: str | None) -> VapidKey:
    """The operator's key, PEM or the 32 raw bytes in base64url; else the one in `folder`, made if it is missing.

    Raises `ValueError` with a sentence for a key given that is none, `KeyMissing` where the file is damaged,
    `PermissionError` where others may read it.
    """
    if given:
        try:
            return _key(given)
        except ValueError:
            raise ValueError("must be a private key on P-256: PEM, or its 32 bytes in base64url") from None
    make_folder(folder)
    path = folder / FILE
    if not path.exists():
        fresh = ec.generate_private_key(ec.SECP256R1())
        write_once(path, fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode("ascii"))
    try:
        return _key(read(path))
    except ValueError:
        raise KeyMissing(f"{path.name} is damaged") from None


def _key(text: str) -> VapidKey:
    """Raises `ValueError`."""
    text = text.strip()
    if not text.startswith("-----BEGIN"):
        return VapidKey(_raw(text))
    try:
        key = load_pem_private_key(text.encode("ascii"), password=None)
    except (TypeError, UnsupportedAlgorithm) as error:  # one that asks for a password
        raise ValueError("no key that opens") from error
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise ValueError("a key of another kind")
    return VapidKey(key)


def _raw(text: str) -> ec.EllipticCurvePrivateKey:
    if not re.fullmatch(r"[A-Za-z0-9_-]{43}=?", text, re.ASCII):
        raise ValueError("not 32 bytes")
    try:
        return ec.derive_private_key(int.from_bytes(urlsafe_b64decode(text[:43] + "=")), ec.SECP256R1())
    except binascii.Error as error:
        raise ValueError("not base64url") from error


def contact(public_url: str, said: str | None) -> str | None:
    """The `sub` of RFC 8292: what the operator said (`mailto:` or `https:`), else our own https address.

    None where a push service would refuse it, as Apple's does with 403 for a name that nobody can reach: then
    push cannot be switched on. A contact that was said and cannot be used is not replaced by another.
    """
    value = said.strip() if said else _origin(public_url)
    if re.search(r"[^!-~]", value):
        return None
    kind, _, rest = value.partition(":")
    if kind == "mailto":
        name, _, host = rest.partition("?")[0].rpartition("@")
        return value if re.fullmatch(r"[^@<>\"(),:;\\\[\]]+", name) and _is_reachable(host) else None
    try:
        host = urlsplit(value).hostname or ""
    except ValueError:
        return None
    return value if value.startswith("https://") and _is_reachable(host) else None


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{re.split(r'[/?#]', rest)[0]}"


def _is_reachable(host: str) -> bool:
    """A name under which somebody outside can be found. `host` without port, in any case."""
    host = host.lower()
    if not re.fullmatch(r"(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+", host, re.ASCII):
        return False
    try:
        ip_address(host)
    except ValueError:
        return host.rpartition(".")[2] not in {"localhost", "invalid", "local"}
    return False
