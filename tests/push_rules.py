"""What a real push service refuses, and what a browser does with a push: from the RFCs, not from our code."""

import json
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import http_ece  # type: ignore[import-untyped]
from app.adapters.push import Subscription
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


def unpadded(data: bytes) -> str:
    return urlsafe_b64encode(data).rstrip(b"=").decode()


def unbase64(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


@dataclass(frozen=True)
class Device:
    """A browser that has subscribed, with the two secrets that it never gives away."""

    subscription: Subscription
    path: str
    private: ec.EllipticCurvePrivateKey = field(repr=False)
    auth: bytes = field(repr=False)

    def read(self, body: bytes) -> bytes:
        """The plain body (RFC 8291), padding included. Raises where it is not for this device."""
        return bytes(http_ece.decrypt(body, private_key=self.private, auth_secret=self.auth, version="aes128gcm"))


def new_device(origin: str, path: str, auth: bytes) -> Device:
    private = ec.generate_private_key(ec.SECP256R1())
    point = private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Device(Subscription(origin + path, unpadded(point), unpadded(auth)), path, private, auth)


def refusal(headers: dict[str, str], body: bytes, now: datetime) -> tuple[int, str] | None:
    """Status and reason, where a service would refuse this request; `headers` by lower-case name."""
    if len(body) > 4096:
        return 413, "body over 4096 bytes"
    if headers.get("content-encoding") != "aes128gcm":
        return 400, "not aes128gcm"
    if not re.fullmatch(r"[0-9]+", headers.get("ttl", "")):
        return 400, "no TTL"
    if "topic" in headers and not re.fullmatch(r"[A-Za-z0-9_-]{1,32}", headers["topic"]):
        return 400, "topic"
    if headers.get("urgency", "normal") not in {"very-low", "low", "normal", "high"}:
        return 400, "urgency"
    shape = re.fullmatch(r"vapid t=([\w.-]+), ?k=([\w-]+)", headers.get("authorization", ""), re.ASCII)
    if shape is None:
        return 401, "no vapid"
    try:
        claims = claims_of(shape[1], shape[2])
    except (ValueError, InvalidSignature):
        return 403, "signature"
    if claims.get("aud") != "https://" + headers["host"].lower().removesuffix(":443"):
        return 403, "aud"
    if not now < datetime.fromtimestamp(claims.get("exp", 0), now.tzinfo) <= now + timedelta(hours=24):
        return 403, "exp"
    if not re.match(r"mailto:.+@.+\..+|https://.+\..+", claims.get("sub", "")):
        return 403, "sub"
    return None


@lru_cache(maxsize=256)
def claims_of(token: str, public: str) -> dict[str, Any]:
    """The claims of a token signed with ES256. Raises `ValueError`, `InvalidSignature`."""
    head, claims, signature = token.split(".")
    if json.loads(unbase64(head)) != {"typ": "JWT", "alg": "ES256"}:
        raise ValueError("another algorithm")
    raw = unbase64(signature)
    if len(raw) != 64:
        raise ValueError("no ES256 signature")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unbase64(public))
    both = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    key.verify(both, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    said: dict[str, Any] = json.loads(unbase64(claims))
    return said
