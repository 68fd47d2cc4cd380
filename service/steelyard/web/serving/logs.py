"""The log of the server: lines for people, or one JSON object a line for programs."""

import logging
import os
import sys
import threading
import time
from collections import deque
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson

from steelyard.web.observing import REQUESTS
from steelyard.web.serving.options import ServerOptions

_GATHERING_SECONDS = 0.1


def log_settings(options: ServerOptions) -> dict[str, Any]:
    """How logging is set up, in the main process and in every worker."""
    quiet = logging.getLevelName(logging.WARNING)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": {"()": JsonFormatter if options.log_format == "json" else TextFormatter}},
        "handlers": {"stderr": {"()": GatheredLines, "formatter": "line"}},
        "loggers": {
            "steelyard": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
            REQUESTS.name: {"level": "INFO" if options.log_requests else quiet},
            "_granian": {"handlers": ["stderr"], "propagate": False},
        },
    }


class GatheredLines(logging.Handler):
    """Writes to standard error: what is grave at once, the rest a moment later, all that has gathered in one piece.

    So no request waits for its line to be written. A process that is killed loses the lines of its last moment.
    """

    def __init__(self) -> None:
        super().__init__()
        self._begin()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self._begin)

    def _begin(self) -> None:
        """In every process anew: what has gathered in another is that one's to write, and so is its thread."""
        self._records: deque[logging.LogRecord] = deque()
        self._has_thread = False
        self._gathered = threading.Event()
        self._writing = threading.Lock()

    def emit(self, record: logging.LogRecord) -> None:
        """Takes a record; what is not grave is put into words when it is written."""
        self._records.append(record)
        if record.levelno >= logging.WARNING:
            self.flush()
        elif not self._has_thread:
            self._has_thread = True
            threading.Thread(target=self._write, name="log", daemon=True).start()
        if not self._gathered.is_set():
            self._gathered.set()

    def flush(self) -> None:
        """Writes what has gathered."""
        # The lock of the handler, for which requests wait, is not held meanwhile.
        with self._writing:
            lines = []
            while self._records:
                record = self._records.popleft()
                try:
                    lines.append(self.format(record))
                except Exception:  # noqa: BLE001  a line that cannot be written is no reason to fail a request
                    self.handleError(record)
            # Where nobody reads the log any more, it is lost, and the service goes on.
            with suppress(OSError, ValueError):
                if lines:
                    sys.stderr.write("\n".join(lines) + "\n")
                    sys.stderr.flush()

    def _write(self) -> None:
        while True:
            self._gathered.wait()
            time.sleep(_GATHERING_SECONDS)
            self._gathered.clear()
            self.flush()


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
