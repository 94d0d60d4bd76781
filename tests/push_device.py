"""A browser's push subscription, as `PushSubscription.toJSON()` gives it, and the zone that our page adds."""

from hashlib import sha256
from typing import Any

from app.core.vapid import VapidKey
from cryptography.hazmat.primitives.asymmetric import ec


def push_device(name: str) -> dict[str, Any]:
    """One with keys of its own; the same name has the same endpoint."""
    key = VapidKey(ec.generate_private_key(ec.SECP256R1()))
    endpoint = f"https://updates.push.services.mozilla.com/wpush/v2/{sha256(name.encode()).hexdigest()}"
    return {"endpoint": endpoint, "p256dh": key.public, "auth": "AAECAwQFBgcICQoLDA0ODw", "zone": "UTC"}
