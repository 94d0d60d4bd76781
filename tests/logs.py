"""The log as the server writes it, for as long as a test looks at it."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from app.core import logging as our_logging


@contextmanager
def logging_on() -> Iterator[None]:
    """Logging as the server configures it, everything on. No fixture: pytest captures anew for the test itself."""
    root = logging.getLogger()
    before = list(root.handlers), root.level
    our_logging.configure("debug")
    try:
        yield
    finally:
        root.handlers, root.level = before
        structlog.reset_defaults()
