"""Running the server: over standard input and output, or over HTTP."""

import errno
import logging
import os
import signal
import socket
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from types import FrameType
from typing import Any

import anyio
import uvicorn
from mcp.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings

from steelyard.agents.draining import Incoming, Outgoing, Unanswered
from steelyard.agents.served import Served
from steelyard.agents.server import server_of

PATH = "/mcp"
"""Where the protocol is spoken over HTTP."""

_LOG = logging.getLogger(__name__)
_LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
_INTERRUPTED = 130
_DRAIN_SECONDS = 5


class ListenError(Exception):
    """The server cannot listen where it should; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listening:
    """Where to listen, and for whom.

    Attributes:
        host: the name or address to listen on.
        port: the port, 1 to 65535.
        allowed_hosts: names by which clients may call the server, beside those of this machine and `host` itself.
    """

    host: str = "127.0.0.1"
    port: int = 8001
    allowed_hosts: Sequence[str] = ()

    @property
    def security(self) -> TransportSecuritySettings:
        """Which `Host` and `Origin` are taken, so that no page of others reaches the server by a name of its own."""
        hosts = dict.fromkeys((*_LOOPBACK, *self._own, *self.allowed_hosts))
        return TransportSecuritySettings(
            enable_dns_rebinding_protection=True,
            allowed_hosts=[pattern for host in hosts for pattern in (host, f"{host}:*")],
            allowed_origins=[pattern for host in hosts for pattern in (f"http://{host}", f"http://{host}:*")],
        )

    @property
    def _own(self) -> Sequence[str]:
        try:
            address = ip_address(self.host)
        except ValueError:
            return (self.host,)
        if address.is_unspecified:
            return ()
        return (f"[{address}]" if address.version == 6 else str(address),)


def serve_stdio(served: Served) -> None:
    """Speaks the protocol over standard input and output until the input ends. The log goes to standard error."""
    _log_to_stderr()
    for number, code in ((signal.SIGTERM, 0), (signal.SIGINT, _INTERRUPTED)):
        signal.signal(number, _leaving(code))
    anyio.run(_speak, server_of(served))


def serve_http(served: Served, listening: Listening) -> None:
    """Speaks the protocol over HTTP until it is told to end. Every request stands for itself: there are no sessions.

    Raises:
        ListenError: there is no such host, or its port cannot be listened on.
    """
    with _listener(listening) as listener:
        _log_to_stderr()
        app = server_of(served).streamable_http_app(
            streamable_http_path=PATH,
            json_response=True,
            stateless_http=True,
            transport_security=listening.security,
            host=listening.host,
        )
        config = uvicorn.Config(
            app, log_config=None, access_log=False, timeout_graceful_shutdown=_DRAIN_SECONDS, server_header=False
        )
        # It raises again the signal that ended it; this process ends by itself.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        _LOG.info("listening on http://%s:%d%s", _in_address(listening.host), listening.port, PATH)
        anyio.run(uvicorn.Server(config).serve, [listener])


async def _speak(server: Server[Any]) -> None:
    unanswered = Unanswered()
    async with stdio_server() as (incoming, outgoing):
        streams = Incoming(incoming, unanswered), Outgoing(outgoing, unanswered)
        await server.run(*streams, server.create_initialization_options())


def _leaving(code: int) -> Any:
    """What a signal does: leave at once. A thread that waits for the next line would keep the process otherwise."""

    def leave(_: int, __: FrameType | None) -> None:
        sys.stderr.flush()
        os._exit(code)

    return leave


def _listener(listening: Listening) -> socket.socket:
    host, port = listening.host, listening.port
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError):
        raise ListenError(f"cannot listen on {host}: there is no such host") from None
    try:
        return socket.create_server(address[:2], family=family, backlog=128)
    except OSError as error:
        in_use = error.errno == errno.EADDRINUSE
        reason = "it is in use" if in_use else (error.strerror or "for no reason given").lower()
        raise ListenError(f"cannot listen on {host}, port {port}: {reason}") from None


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _log_to_stderr() -> None:
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s %(message)s")
    # Whatever is asked is told to nobody; the SDK would write a line for each request.
    logging.getLogger("mcp").setLevel(logging.WARNING)
    logging.getLogger("uvicorn").setLevel(logging.WARNING)
