"""What runs in a worker process: the application, and an end to it that is quick and yet cuts off no answer.

granian by itself waits for every open connection, also for those on which nothing was asked yet, and misses a signal
that comes while it starts. So the signal is taken here, and the worker ends as soon as no request is in flight.
"""

import gc
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing.util import Finalize
from typing import Any

from werkzeug.wsgi import ClosingIterator

from steelyard.web.keeping import Keeper
from steelyard.web.mounting import application
from steelyard.web.observing import traced
from steelyard.web.observing.tracing import Application
from steelyard.web.service import Service
from steelyard.web.serving.options import ServerOptions
from steelyard.web.serving.signals import on_signals
from steelyard.web.serving.stalled import StalledClients
from steelyard.web.settings import Settings

GRACE_SECONDS = 8
"""Requests in flight get this long to end; container engines lose patience after ten seconds."""

# An answer that the application has given is still to be sent by the server.
_SENDING_SECONDS = 1.0
_TICK_SECONDS = 0.05


def make_worker(keeper: Keeper, settings: Settings, options: ServerOptions) -> Application:
    """Makes the application of a worker process, and has the process reload and end well.

    What is served is inherited from the main process, which keeps the last that was sound: a worker that takes the
    place of another can answer even while the files are faulty.
    """
    service = Service(keeper.heir(), settings)
    in_flight = InFlight()
    end = partial(_end, service, in_flight, options.drain_seconds, signal.getsignal(signal.SIGTERM))
    # An interrupt from the terminal reaches all processes; the main one then ends its workers by SIGTERM.
    on_signals({signal.SIGTERM: end, signal.SIGHUP: service.keeper.reload}, passed_over=(signal.SIGINT,))
    # The server may end the process by itself, before the signal's thread does.
    Finalize(None, _close, args=(service,), exitpriority=0)
    # Rulesets are many objects that stay: collecting garbage need not go over them again and again.
    gc.freeze()
    answer: Application = application(service).wsgi_app
    if options.tracing:
        answer = traced(answer, service.at_the_end)
    return in_flight.counted(StalledClients(options.stalled_seconds).watched(answer))


class InFlight:
    """Counts the requests that are being answered."""

    def __init__(self) -> None:
        """Starts with none."""
        self._lock = threading.Lock()
        self._count = 0

    @property
    def none(self) -> bool:
        """Whether no request is being answered."""
        return self._count == 0

    def counted(self, application: Application) -> Application:
        """The application, with each of its requests counted until the last byte of its answer is fetched."""

        def counting(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            self._add(1)
            try:
                body = application(environ, start_response)
            except BaseException:
                self._add(-1)
                raise
            if isinstance(body, list):
                # Whole, as the server sends it fastest: there is nothing left to fetch.
                self._add(-1)
                return body
            return ClosingIterator(body, lambda: self._add(-1))

        return counting

    def _add(self, number: int) -> None:
        with self._lock:
            self._count += number


def _end(service: Service, in_flight: InFlight, drain_seconds: float, inherited: object) -> None:
    # Whoever sends requests here sees that it is not ready, and has this long to send them elsewhere.
    service.draining = True
    time.sleep(drain_seconds)
    stop = signal.getsignal(signal.SIGTERM)
    if callable(stop) and stop is not inherited:
        # The server takes no new request from here on, and ends the process by itself if no client holds it up.
        stop(signal.SIGTERM, None)
        _wait_until_none(in_flight)
    _close(service)
    os._exit(0)


def _close(service: Service) -> None:
    """Has what is still to be written be written."""
    service.close()
    logging.shutdown()


def _wait_until_none(in_flight: InFlight) -> None:
    now = time.monotonic()
    latest, last_busy = now + GRACE_SECONDS, now
    while now < latest and now - last_busy < _SENDING_SECONDS:
        time.sleep(_TICK_SECONDS)
        now = time.monotonic()
        last_busy = last_busy if in_flight.none else now
