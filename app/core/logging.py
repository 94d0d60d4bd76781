"""Logs for an operator: JSON lines, event names and route templates, never what a person wrote."""

import hashlib
import logging
import sys

import structlog

# Last line of defence: whatever is bound under these names never reaches the log.
WITHHELD = frozenset(
    {"password", "token", "note", "sign_in", "question", "answers", "body", "cookie", "medicine", "detail"}
)


def _withhold(_logger: object, _method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {key: ("withheld" if key in WITHHELD else value) for key, value in event.items()}


class _Libraries(logging.Handler):
    """What a library has to say: who, how bad, which kind of exception. A traceback or an exception's own words
    may hold what a person wrote, a formatted message too; so of a message only the server's templates are kept."""

    def emit(self, record: logging.LogRecord) -> None:
        kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else None
        said = record.msg if record.name.startswith("uvicorn") and kind is None else None
        log.log(record.levelno, "library", logger=record.name, kind=kind, said=said)


def hashed_id(identity: str) -> str:
    """An id as it may stand in a log: the same each time, and no way back to whose it is."""
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


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
    root = logging.getLogger()
    root.handlers = [handler for handler in root.handlers if not isinstance(handler, _Libraries)] + [_Libraries()]
    root.setLevel(logging.WARNING)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):  # its own handlers print tracebacks and addresses
        server = logging.getLogger(name)
        server.handlers, server.propagate, server.level = [], name != "uvicorn.access", logging.NOTSET


log: structlog.typing.FilteringBoundLogger = structlog.get_logger()
