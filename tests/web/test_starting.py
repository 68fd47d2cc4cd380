"""How a server comes to be started or not, and how a worker of it ends."""

import logging
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import create_environ, run_wsgi_app

from steelyard.library import RulesetError
from steelyard.web import Settings, Shelf
from steelyard.web.serving import server, worker
from steelyard.web.serving.options import ServerOptions
from steelyard.web.serving.worker import InFlight
from tests.web.serving import HOST, free_port

SIGNALS = (signal.SIGTERM, signal.SIGINT)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port on which somebody listens."""
    with socket.create_server((HOST, 0)) as listener:
        yield listener.getsockname()[1]


def test_without_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where granian is not installed, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "granian.constants", None)
    with pytest.raises(server.ServerError, match=r'`pip install "steelyard\[serve\]"` installs it'):
        server.serve(ServerOptions(), Settings())


def test_port_in_use(taken_port: int) -> None:
    """A port in use is told, and nothing is left behind in the process."""
    before = [signal.getsignal(each) for each in SIGNALS]
    with pytest.raises(server.ServerError) as caught:
        server.serve(ServerOptions(host=HOST, port=taken_port), Settings())
    assert str(caught.value) == f"cannot listen on {HOST}, port {taken_port}: it is in use"
    assert [signal.getsignal(each) for each in SIGNALS] == before


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("no.such.host.invalid", "cannot listen on no.such.host.invalid: there is no such host"),
        ("..", "cannot listen on ..: there is no such host"),
        ("192.0.2.1", "cannot listen on 192.0.2.1, port 8000: cannot assign requested address"),
    ],
)
def test_a_host_of_somebody_else(host: str, reason: str) -> None:
    """A name that stands for nothing, and an address that is not this machine's, are told in one line."""
    with pytest.raises(server.ServerError) as caught:
        server.serve(ServerOptions(host=host, port=8000), Settings())
    assert str(caught.value) == reason


def test_faulty_rulesets_come_first(taken_port: int, tmp_path: Path) -> None:
    """Faults of rulesets are told before anything else is tried."""
    with pytest.raises(RulesetError):
        server.serve(ServerOptions(host=HOST, port=taken_port, rules=(tmp_path / "missing",)), Settings())


def test_names_are_looked_up() -> None:
    """The server is given the address that a name stands for."""
    assert server._address_to_listen_on("localhost", free_port()) in {"127.0.0.1", "::1"}


@pytest.mark.parametrize(("host", "written"), [("::1", "http://[::1]:8000"), ("localhost", "http://localhost:8000")])
def test_the_line_in_the_log(shelf: Shelf, caplog: pytest.LogCaptureFixture, host: str, written: str) -> None:
    """The log tells the rulesets, the default first, and an address that can be followed."""
    with caplog.at_level(logging.INFO):
        server._tell(ServerOptions(host=host), shelf)
    assert caplog.messages == [f"Serving pets, tea on {written}"]


def counting(in_flight: InFlight, application: Any) -> Any:
    """The status of a request to an application whose requests are counted."""
    return run_wsgi_app(in_flight.counted(application), create_environ("/"), buffered=True)[1]


def test_requests_are_counted() -> None:
    """A request is in flight until the last byte of its answer was fetched."""
    in_flight = InFlight()
    seen: list[bool] = []

    def body() -> Iterator[bytes]:
        seen.append(in_flight.none)
        yield b"x"

    def application(_environ: Any, start_response: Any) -> Iterator[bytes]:
        seen.append(in_flight.none)
        start_response("200 OK", [])
        return body()

    assert counting(in_flight, application) == "200 OK"
    assert seen == [False, False]
    assert in_flight.none


def test_failed_requests_are_counted_off() -> None:
    """A request whose application fails is in flight no longer."""
    in_flight = InFlight()

    def application(_environ: Any, _start_response: Any) -> Iterator[bytes]:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        counting(in_flight, application)
    assert in_flight.none


def test_an_idle_worker_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker without a request in flight ends soon, however long the time that requests would get."""
    monkeypatch.setattr(worker, "GRACE_SECONDS", 3600)
    monkeypatch.setattr(worker, "_SENDING_SECONDS", 0.1)
    worker._wait_until_none(InFlight())


def test_a_busy_worker_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker with a request in flight that does not end gives up on it after its time."""
    monkeypatch.setattr(worker, "GRACE_SECONDS", 0.1)
    monkeypatch.setattr(worker, "_SENDING_SECONDS", 3600)
    in_flight = InFlight()
    in_flight.counted(lambda _environ, _start_response: iter([b"x"]))({}, lambda *_: None)
    assert not in_flight.none
    worker._wait_until_none(in_flight)
