"""Logs: one JSON object a line on standard error, each with the request it belongs to."""

import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

from app.extensions.context import current_context

STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


class JsonFormatter(logging.Formatter):
    """A log record as JSON; `extra` becomes further members. Newlines cannot forge a line: JSON escapes them."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        context = current_context.get()
        if context is not None:
            line["request_id"] = context.request_id
            line["tenant_id"] = context.tenant_id
            line["actor"] = context.actor
            line["trace_id"] = context.trace_id
            if context.delivery_id is not None:
                line["delivery_id"] = context.delivery_id
        line.update({key: value for key, value in vars(record).items() if key not in STANDARD})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        try:
            return _dumped(line)
        except (
            TypeError
        ):  # text that is no UTF-8, as a handler's error may quote it: the line is worth more than the letter
            return _dumped({key: _storable(value) for key, value in line.items()})


def _dumped(line: dict[str, Any]) -> str:
    return orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode()


def _storable(value: Any) -> Any:
    return value if isinstance(value, datetime | int) else str(value).encode("utf-8", "replace").decode()


def configure_logs(level: str) -> None:
    """Send everything to standard error as JSON; libraries keep to warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    # A record would look up what no line says.
    logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("app").setLevel(level)
