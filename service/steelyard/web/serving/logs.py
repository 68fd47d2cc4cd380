"""The log of the server: lines for people, or one JSON object a line for programs."""

import logging
from datetime import UTC, datetime
from typing import Any

import orjson

from steelyard.web.observing import REQUESTS
from steelyard.web.serving.options import ServerOptions


def log_settings(options: ServerOptions) -> dict[str, Any]:
    """How logging is set up, in the main process and in every worker."""
    quiet = logging.getLevelName(logging.WARNING)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": JsonFormatter if options.log_format == "json" else TextFormatter}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
        "loggers": {
            "steelyard": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            REQUESTS.name: {"level": "INFO" if options.log_requests else quiet},
            "_granian": {"handlers": ["stderr"], "propagate": False},
        },
    }


class TextFormatter(logging.Formatter):
    """A line for people: when, how grave, what; then what else is told of it."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as text; a failure takes several lines."""
        fields = getattr(record, "fields", {})
        return " ".join([super().format(record), *(f"{key}={value}" for key, value in fields.items())])


class JsonFormatter(logging.Formatter):
    """One JSON object a line: `time`, `level`, `logger`, `message`, what else is told, and `error` of a failure."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as JSON."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return orjson.dumps(line, default=str).decode()
