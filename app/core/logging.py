"""Logs for an operator: JSON lines, event names and route templates, never what a person wrote."""

import logging
import sys

import structlog

# Last line of defence: whatever is bound under these names never reaches the log.
WITHHELD = frozenset(
    {"password", "token", "note", "sign_in", "question", "answers", "body", "cookie", "medicine", "detail"}
)


def _withhold(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: ("withheld" if key in WITHHELD else value) for key, value in event.items()}


def configure(level: str = "info") -> None:
    """JSON to standard error; ISO 8601 UTC times; new lines in values cannot forge a log line."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _withhold,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )


log: structlog.typing.FilteringBoundLogger = structlog.get_logger()
