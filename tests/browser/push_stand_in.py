"""A browser's own part of web push, stood in for: Chromium's `subscribe()` asks Google, which no test does.

What stands in: `PushManager.subscribe` and `getSubscription`, with real keys and an address that nothing is ever
sent to (the server prints instead, FORTNIGHT_PUSH=console), and what the browser says of the permission. The
service worker, its notifications and everything of ours are real.
"""

import json
from base64 import urlsafe_b64encode
from secrets import token_bytes

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from playwright.sync_api import BrowserContext, Page

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Safari/604.1"

SCRIPT = """({ permission, answer, p256dh, auth, userAgent }) => {
  const KEY = "stand-in-push";
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
  const text = (key) => btoa(String.fromCharCode(...new Uint8Array(key)));
  const made = (kept) => kept && ({
    endpoint: kept.endpoint,
    options: { userVisibleOnly: true, applicationServerKey: bytes(kept.key).buffer },
    toJSON: () => ({ endpoint: kept.endpoint, keys: { p256dh, auth } }),
    unsubscribe: async () => { localStorage.removeItem(KEY); return true; },
  });
  PushManager.prototype.getSubscription = async () => made(JSON.parse(localStorage.getItem(KEY)));
  PushManager.prototype.subscribe = async ({ applicationServerKey }) => {
    const endpoint = `https://fcm.googleapis.com/fcm/send/${crypto.randomUUID()}`;
    localStorage.setItem(KEY, JSON.stringify({ endpoint, key: text(applicationServerKey) }));
    return made(JSON.parse(localStorage.getItem(KEY)));
  };
  if (permission) {
    let now = permission;
    Object.defineProperty(Notification, "permission", { get: () => now, configurable: true });
    Notification.requestPermission = async () => { window.wasAsked = true; return (now = answer); };
  }
  if (userAgent) Object.defineProperty(navigator, "userAgent", { get: () => userAgent, configurable: true });
}"""


def stand_in(
    on: Page | BrowserContext,
    permission: str | None = None,
    answer: str = "granted",
    user_agent: str | None = None,
) -> None:
    """From the next page on. `permission` as the browser has it until it is asked, and `answer` to that; None
    leaves both as they are. Said again, the last one counts."""
    point = ec.generate_private_key(ec.SECP256R1()).public_key()
    given = {
        "permission": permission,
        "answer": answer,
        "p256dh": _text(point.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)),
        "auth": _text(token_bytes(16)),
        "userAgent": user_agent,
    }
    on.add_init_script(f"({SCRIPT})({json.dumps(given)})")


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()
