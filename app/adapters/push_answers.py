"""What a push service's answer means for a subscription (RFC 8030 §5, §7.3; RFC 9110)."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from app.adapters.push import Answer, Outcome

LONGEST_WAIT = 3600.0
"""Seconds. A service that asks for more is asked again after an hour: the reminder is stale by then anyway."""

_OUTCOMES: dict[int, Outcome] = {
    200: "sent",
    201: "sent",
    202: "sent",
    204: "sent",
    404: "gone",
    408: "retry",
    410: "gone",
    413: "too_large",
    425: "retry",
    429: "retry",
}


def of(status: int, retry_after: str | None, now: datetime) -> Answer:
    """The answer for an HTTP status. A 4xx that we do not know is ours to look at; all else may pass by itself."""
    outcome = _OUTCOMES.get(status, "refused" if 400 <= status < 500 else "retry")
    wait = seconds(retry_after, now) if outcome == "retry" and retry_after else None
    return Answer(outcome, str(status), wait)


def seconds(retry_after: str, now: datetime) -> float | None:
    """`Retry-After` (RFC 9110 §10.2.3), seconds or a date, as seconds from `now`; None where it is neither."""
    text = retry_after.strip()
    if re.fullmatch(r"[0-9]+", text, re.ASCII):
        return min(LONGEST_WAIT, float(text[:12]))
    try:
        when = parsedate_to_datetime(text)
    except ValueError:
        return None
    wait = (when.replace(tzinfo=when.tzinfo or UTC) - now).total_seconds()
    return max(0.0, min(LONGEST_WAIT, wait))
