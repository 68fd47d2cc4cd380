"""How the server is run, besides how the service behaves."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """How the server is run.

    Attributes:
        host: the name or address to listen on.
        port: the port, from 1 to 65535.
        workers: how many processes answer, from 1.
        rules: the rulesets and stacks to serve; those that ship, if there are none.
        log_format: how the log is written, `text` or `json`.
        log_requests: whether the log has a line for each request.
        drain_seconds: how long, from 0, the server goes on taking requests when it is asked to end, not being ready.
        stalled_seconds: how long, above 0, a client may send nothing in the middle of a body.
        tracing: whether requests are traced by OpenTelemetry.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 1
    rules: tuple[Path, ...] = ()
    log_format: str = "json"
    drain_seconds: float = 0.0
    stalled_seconds: float = 30.0
    log_requests: bool = True
    tracing: bool = False
