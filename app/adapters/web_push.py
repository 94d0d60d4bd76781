"""Web push: encrypted by pywebpush (RFC 8291), signed by py_vapid (RFC 8292), sent by our own client (RFC 8030).

Of pywebpush only the encryption: left to send, it follows redirects to any address, has no time-out, drops what
a sleeping phone does not fetch at once (TTL 0) and quotes the answer's body in its errors.
"""

from datetime import datetime

from app.adapters import push_answers
from app.adapters.guarded_client import Deadlines, GuardedClient, Resolve, Unanswered, system_resolve
from app.adapters.push import Answer, Message, Outcome, Push, Subscription
from app.adapters.vapid_tokens import VapidTokens
from app.core.vapid import VapidKey
from app.domain.errors import Invalid
from app.domain.push_endpoints import Hosts, check, check_keys

__all__ = ["Answer", "Deadlines", "Message", "Outcome", "Push", "Subscription", "WebPush"]

LARGEST = 4096
"""Bytes of an encrypted body that every push service takes (RFC 8030 §7.2)."""
OVERHEAD = 103
"""Bytes that encryption adds: salt, record size, our point and its length, a delimiter, a tag (RFC 8188 §2)."""


class WebPush:
    """Sends for real."""

    def __init__(
        self,
        key: VapidKey,
        contact: str,
        hosts: Hosts,
        *,
        ca: bytes | None = None,
        resolve: Resolve = system_resolve,
        deadlines: Deadlines = Deadlines(),  # noqa: B008 - frozen
        per_host: int = 64,
    ) -> None:
        """`contact`: what `app.core.vapid.contact` found. `ca`, `deadlines`, `per_host`: see `GuardedClient`."""
        self._tokens = VapidTokens(key, contact)
        self._hosts = hosts
        self._client = GuardedClient(ca=ca, resolve=resolve, deadlines=deadlines, per_host=per_host)

    async def send(self, subscription: Subscription, message: Message, *, now: datetime) -> Answer:
        """Send once, and say what became of it."""
        try:
            return await self._send(subscription, message, now)
        except Unanswered as unanswered:
            return Answer("refused" if unanswered.for_good else "retry", unanswered.why)
        except Exception as error:  # the rest of the batch must go out; the text may quote an endpoint
            return Answer("retry", type(error).__name__)

    async def close(self) -> None:
        """Let go of the connections."""
        await self._client.close()

    async def _send(self, subscription: Subscription, message: Message, now: datetime) -> Answer:
        try:
            endpoint = check(subscription.endpoint, self._hosts)
        except Invalid:
            return Answer("refused", "host-not-allowed")
        try:
            check_keys(subscription.p256dh, subscription.auth)
        except Invalid:
            return Answer("refused", "bad-keys")
        if len(message.body) + OVERHEAD > LARGEST:
            return Answer("too_large", "body")
        headers = {
            "TTL": str(message.ttl),
            "Urgency": "high",
            "Topic": message.topic,
            "Content-Type": "application/octet-stream",
            "Content-Encoding": "aes128gcm",
            "Authorization": self._tokens.authorization(endpoint.origin, now),
        }
        got = await self._client.post(endpoint, headers, lambda: encrypted(subscription, message.body))
        return push_answers.of(got.status, got.retry_after, now)


def encrypted(subscription: Subscription, body: bytes) -> bytes:
    """`body` as aes128gcm (RFC 8188), `OVERHEAD` longer, for keys that have been checked."""
    from pywebpush import WebPusher  # type: ignore[import-untyped]  # noqa: PLC0415 - heavy

    keys = {"p256dh": subscription.p256dh, "auth": subscription.auth}
    pusher = WebPusher({"endpoint": subscription.endpoint, "keys": keys})
    return bytes(pusher.encode(body, content_encoding="aes128gcm")["body"])
