"""Giving up on clients that stop sending in the middle of a body.

The server gives each request a thread, which waits for as long as its body takes. A client that has vanished without a
word would hold its thread for ever, and a few dozen of them all threads. Nothing tells which connection a request came
by, but its address is known: of that client's connections, those on which nothing moved for a while are closed. What is
hit beside the stalled one is a connection on which nothing was going on.
"""

import os
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from werkzeug.wsgi import ClosingIterator

from steelyard.web.observing.tracing import Application

# The offsets of two numbers in what Linux tells of a connection (`struct tcp_info`): the milliseconds since data was
# last sent, and since it was last received.
_LAST_SENT, _LAST_RECEIVED = 44, 52
_TCP_INFO_BYTES = 104


@dataclass(eq=False, slots=True)
class _Wait:
    """A client that is being waited for."""

    address: str
    since: float


class _Body:
    """The body of a request, with every wait for it noted."""

    def __init__(self, body: Any, address: str, clients: "StalledClients") -> None:
        self._body = body
        self._address = address
        self._clients = clients

    def read(self, size: int = -1) -> bytes:
        """As of a file."""
        wait = self._clients.await_one(self._address)
        try:
            read: bytes = self._body.read(size)
            return read
        finally:
            self._clients.go_on(wait)


class StalledClients:
    """Closes connections of clients that stopped sending, on systems that tell when data last moved."""

    def __init__(self, seconds: float) -> None:
        """Waits for no client longer than so many seconds in which it sends nothing, and up to as many again."""
        self._seconds = seconds
        self._waits: set[_Wait] = set()

    def watched(self, application: Application) -> Application:
        """The application, with the bodies of its requests watched."""

        def watching(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
            if "CONTENT_LENGTH" in environ or "HTTP_TRANSFER_ENCODING" in environ:
                environ["wsgi.input"] = _Body(environ["wsgi.input"], environ.get("REMOTE_ADDR", ""), self)
            answer = application(environ, start_response)
            if isinstance(answer, list):
                return answer
            # What is sent part by part waits for the client as well, who may have stopped to read.
            return ClosingIterator(self._sent(answer, environ.get("REMOTE_ADDR", "")), getattr(answer, "close", None))

        if hasattr(socket, "TCP_INFO"):
            threading.Thread(target=self._watch, name="stalled-clients", daemon=True).start()
        return watching

    def _sent(self, answer: Iterable[bytes], address: str) -> Iterator[bytes]:
        for part in answer:
            wait = self.await_one(address)
            try:
                yield part
            finally:
                self.go_on(wait)

    # A batch that comes in chunks is read byte by byte: a context manager would take longer than the reading.

    def await_one(self, address: str) -> _Wait:
        """Notes that a client at an address is waited for, until it is said that one goes on."""
        wait = _Wait(address, time.monotonic())
        self._waits.add(wait)
        return wait

    def go_on(self, wait: _Wait) -> None:
        """Notes that the client is waited for no longer."""
        self._waits.discard(wait)

    def _watch(self) -> None:
        while True:
            time.sleep(self._seconds / 2)
            latest = time.monotonic() - self._seconds
            addresses = {wait.address for wait in tuple(self._waits) if wait.since < latest}
            if addresses:
                close_still_connections(addresses, self._seconds)


def close_still_connections(addresses: set[str], seconds: float) -> None:
    """Closes the connections of this process from the addresses on which nothing was sent or received so long."""
    for path in Path("/proc/self/fd").iterdir():
        # What was closed meanwhile is passed over.
        with suppress(OSError):
            if path.is_socket():
                with socket.socket(fileno=os.dup(int(path.name))) as connection:
                    _close_if_still(connection, addresses, seconds)


def _close_if_still(connection: socket.socket, addresses: set[str], seconds: float) -> None:
    if connection.family in (socket.AF_INET, socket.AF_INET6):
        address = connection.getpeername()[0]
        if address in addresses and _seconds_still(connection) > seconds:
            connection.shutdown(socket.SHUT_RDWR)


def _seconds_still(connection: socket.socket) -> float:
    told = connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, _TCP_INFO_BYTES)
    sent, received = (struct.unpack_from("=I", told, place)[0] for place in (_LAST_SENT, _LAST_RECEIVED))
    return min(int(sent), int(received)) / 1000
