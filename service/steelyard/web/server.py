"""Serving the application with granian: worker processes, one log, and a clean end."""

import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from steelyard.web.shelf import Shelf, open_shelf
from steelyard.web.signals import on_end
from steelyard.web.worker import GRACE_SECONDS, make_worker

# A client that sends slowly holds a thread, so there are more of them than one interpreter could keep busy.
_THREADS = 64
# Workers end by themselves; this is for one that is stuck.
_KILL_SECONDS = GRACE_SECONDS + 1

_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain", "stream": "ext://sys.stderr"}},
    "loggers": {
        "steelyard": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "_granian": {"handlers": ["stderr"], "propagate": False},
    },
}

_LOG = logging.getLogger(__name__)


class ServerError(Exception):
    """The service cannot be started; the message says why, in one line."""


def serve(*, host: str = "127.0.0.1", port: int = 8000, workers: int = 1, paths: Sequence[Path] = ()) -> None:
    """Serves over HTTP until a SIGINT or SIGTERM; requests in flight are finished first.

    Args:
        host: the name or address to listen on.
        port: the port.
        workers: how many processes answer.
        paths: the rulesets and stacks to serve; those that ship, if there are none.

    Raises:
        RulesetError: a ruleset or a stack is faulty, or two have the same id.
        ServerError: the server is not installed, or cannot listen there.
    """
    try:
        from granian import Granian  # noqa: PLC0415  an extra of the package: told about when it is missing
        from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415
        from granian.log import LogLevels  # noqa: PLC0415
    except ImportError:
        raise ServerError('the server is not installed; `pip install "steelyard[serve]"` installs it') from None

    with _ending_at_once():
        shelf = open_shelf(paths)
        server = Granian(
            "steelyard",
            address=_address_to_listen_on(host, port),
            port=port,
            interface=Interfaces.WSGI,
            http=HTTPModes.http1,
            websockets=False,
            workers=workers,
            blocking_threads=_THREADS,
            backpressure=_THREADS,
            respawn_failed_workers=True,
            workers_kill_timeout=_KILL_SECONDS,
            log_dictconfig=_LOGGING,
            log_level=LogLevels.error,
        )
        server.on_startup(partial(_tell, host, port, shelf))
        on_end(server.signal_handler_interrupt, interrupt=True)
    try:
        server.serve(target_loader=partial(make_worker, tuple(paths)), wrap_loader=False)
    except SystemExit:
        # Asked to end: a worker that had failed before that is no news any more.
        if not server.interrupt_signal:
            raise


@contextmanager
def _ending_at_once() -> Iterator[None]:
    """Has a signal end the process: nothing is served yet, so that there is nothing to finish."""

    def end(_signal: int, _frame: object) -> NoReturn:
        sys.exit(0)

    before = {each: signal.signal(each, end) for each in (signal.SIGTERM, signal.SIGINT)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _tell(host: str, port: int, shelf: Shelf) -> None:
    address = f"[{host}]" if ":" in host else host
    served = [*shelf.rulesets, *(f"stack {stack}" for stack in shelf.stacks)]
    _LOG.info("Serving %s on http://%s:%s", ", ".join(served), address, port)


def _address_to_listen_on(host: str, port: int) -> str:
    """The address that the host's name stands for, after a try whether it is free.

    Workers share the port, so that a second server would take half of the requests of the first without a word.

    Raises:
        ServerError: there is no such host, or its port cannot be listened on.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise ServerError(f"cannot listen on {host}: there is no such host") from None
    try:
        with socket.socket(family, kind, protocol) as probe:
            if os.name == "posix":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        reason = "it is in use" if in_use else (error.strerror or "for no reason given").lower()
        raise ServerError(f"cannot listen on {host}, port {port}: {reason}") from None
    return str(address[0])
