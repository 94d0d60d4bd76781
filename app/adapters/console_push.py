"""For trying things out: every push goes to standard error, and nowhere else."""

import json
import sys
from datetime import datetime
from urllib.parse import urlsplit

from app.adapters.push import Answer, Message, Subscription


class ConsolePush:
    """Prints one line per push: the host, never the endpoint, and what the notification would show."""

    async def send(self, subscription: Subscription, message: Message, *, now: datetime) -> Answer:
        """Always sent."""
        try:
            host = urlsplit(subscription.endpoint).hostname
        except ValueError:
            host = None
        try:
            shown = json.loads(message.body)["notification"]
            title, tag = shown.get("title"), shown.get("tag")
        except (ValueError, KeyError, TypeError, AttributeError):
            title = tag = None
        # As JSON, so that nothing in them can steer a terminal.
        print(
            f"push to {json.dumps(host)}: {json.dumps(title)}, tag {json.dumps(tag)}", file=sys.stderr, flush=True
        )
        return Answer("sent", "console")

    async def close(self) -> None:
        """There is nothing to close."""
