"""Serving the application with granian: worker processes, one log, and a clean end."""

import errno
import logging
import math
import multiprocessing
import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from importlib.util import find_spec
from ipaddress import ip_address
from typing import TYPE_CHECKING, NoReturn

from steelyard.decisions import DecisionLogError, open_decision_log
from steelyard.web.keeping import Keeper, Shelf, Source
from steelyard.web.observing.metrics import SHARED_FOLDER
from steelyard.web.serving.options import ServerOptions
from steelyard.web.serving.signals import on_signals
from steelyard.web.serving.worker import GRACE_SECONDS, make_worker
from steelyard.web.settings import Settings

if TYPE_CHECKING:
    from granian.server.mp import MPServer

# A client that sends slowly holds a thread, so there are more of them than one interpreter could keep busy.
_THREADS = 256
# Workers end by themselves; this is for one that is stuck.
_KILL_SECONDS = GRACE_SECONDS + 1

_LOG = logging.getLogger(__name__)


class ServerError(Exception):
    """The service cannot be started; the message says why, in one line."""


def serve(options: ServerOptions, settings: Settings) -> None:
    """Serves over HTTP until a SIGINT or SIGTERM; requests in flight are finished first. SIGHUP loads anew.

    Raises:
        FaultsError: a ruleset, a stack or the file of the keys is faulty, or two have the same id.
        ServerError: the server is not installed, or cannot listen there.
    """
    with ExitStack() as at_the_end:
        with _ending_at_once():
            server = server_of(options)
            _demand_tracing(options)
            _demand_decision_log(settings)
            keeper = Keeper.of(Source(rules=options.rules, api_keys_file=settings.api_keys_file))
            server.bind_addr = _address_to_listen_on(options.host, options.port)
            if options.workers > 1:
                at_the_end.enter_context(_shared_metrics())
            server.on_startup(partial(_tell, options, keeper.loaded.shelf))
            server.on_startup(partial(_warn_of_no_keys, server.bind_addr, settings))
            end = partial(_end, server)
            on_signals({signal.SIGTERM: end, signal.SIGINT: end, signal.SIGHUP: partial(_reload, keeper, server)})
        keeper.watch(settings.reload_seconds)
        if sys.platform == "linux":
            # So that workers inherit what is served, also one that is started while the files are faulty.
            multiprocessing.set_start_method("fork", force=True)
        try:
            server.serve(target_loader=partial(make_worker, keeper, settings, options), wrap_loader=False)
        except SystemExit:
            # Asked to end: a worker that had failed before that is no news any more.
            if not server.interrupt_signal:
                raise


def server_of(options: ServerOptions) -> "MPServer":
    """The server, one configuration for all that it may run.

    Raises:
        ServerError: granian is not installed.
    """
    try:
        # Imported here, an extra of the package: told about when it is missing.
        from granian.constants import HTTPModes, Interfaces  # noqa: PLC0415
        from granian.log import LogLevels  # noqa: PLC0415
        from granian.server.mp import MPServer  # noqa: PLC0415

        from steelyard.web.serving.logs import log_settings  # noqa: PLC0415
    except ImportError:
        raise ServerError('the server is not installed; `pip install "steelyard[serve]"` installs it') from None
    return MPServer(
        "steelyard",
        port=options.port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=options.workers,
        blocking_threads=_THREADS,
        backpressure=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=math.ceil(options.drain_seconds) + _KILL_SECONDS,
        log_dictconfig=log_settings(options),
        log_level=LogLevels.error,
    )


def _demand_tracing(options: ServerOptions) -> None:
    """Refuses to trace without what traces, before any worker would fail of it."""
    if options.tracing and find_spec("opentelemetry.instrumentation.wsgi") is None:
        raise ServerError('OpenTelemetry is not installed; `pip install "steelyard[tracing]"` installs it')


def _demand_decision_log(settings: Settings) -> None:
    """Refuses a decision log that cannot be kept, before any worker would fail of it."""
    if settings.decision_log is not None:
        try:
            open_decision_log(settings.decision_log, settings.masked_needs, settings.decision_log_days)
        except DecisionLogError as error:
            raise ServerError(str(error)) from None


def _end(server: "MPServer") -> None:
    server.signal_handler_interrupt()  # type: ignore[no-untyped-call]


def _reload(keeper: Keeper, server: "MPServer") -> None:
    """Loads anew here, for workers that are started later, and in every worker."""
    keeper.reload()
    for worker in server.wrks:
        with suppress(ProcessLookupError):
            os.kill(worker.inner.pid, signal.SIGHUP)


@contextmanager
def _shared_metrics() -> Iterator[None]:
    """A folder through which the workers share their metrics, which are counted together.

    Raises:
        ServerError: there is no place for it.
    """
    try:
        folder = tempfile.TemporaryDirectory(prefix="steelyard-metrics-")
    except OSError:
        help_ = "several workers share their metrics through a temporary folder; name one by TMPDIR"
        raise ServerError(f"there is no temporary folder that can be written: {help_}") from None
    with folder as path:
        os.environ[SHARED_FOLDER] = path
        yield


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


def _tell(options: ServerOptions, shelf: Shelf) -> None:
    host = f"[{options.host}]" if ":" in options.host else options.host
    served = [*shelf.rulesets, *(f"stack {stack}" for stack in shelf.stacks)]
    _LOG.info("Serving %s on http://%s:%s", ", ".join(served), host, options.port)


def _warn_of_no_keys(address: str, settings: Settings) -> None:
    """Warns of a service that is open to everybody, where others than this machine reach it."""
    if settings.api_keys_file is None and not ip_address(address.partition("%")[0]).is_loopback:
        help_ = "name a file of keys by --api-keys-file, or let a proxy or a network policy guard it"
        _LOG.warning("No keys are wanted: whoever reaches %s may ask; %s", address, help_)


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
