"""Conditional requests: whoever has it already is not sent it again (RFC 9110, 13.1.2)."""

from fastapi import Request


def is_known(request: Request, etag: str) -> bool:
    """Whether `If-None-Match` names this tag, compared weakly, or any there is. No comma may be in the tag."""
    told = ",".join(request.headers.getlist("if-none-match"))
    if told.strip() == "*":
        return True
    return etag.removeprefix("W/") in {tag.strip().removeprefix("W/") for tag in told.split(",")}
