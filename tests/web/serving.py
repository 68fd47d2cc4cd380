"""A real server process for tests, with raw connections to it, and a sure end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

PATIENCE = 60.0
HOST = "127.0.0.1"


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True)
class Server:
    """A running `steelyard serve`."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    def connect(self) -> socket.socket:
        """A connection to it."""
        return socket.create_connection((HOST, self.port), timeout=PATIENCE)

    def client(self) -> HTTPConnection:
        """An HTTP client of it."""
        return HTTPConnection(HOST, self.port, timeout=PATIENCE)

    def workers(self) -> list[int]:
        """The processes that answer, by their ids."""
        main = self.process.pid
        return [int(each) for each in Path(f"/proc/{main}/task/{main}/children").read_text().split()]

    def signal(self, number: signal.Signals) -> None:
        """Sends a signal to its main process."""
        self.process.send_signal(number)

    def listens(self) -> bool:
        """Whether it takes connections."""
        try:
            self.connect().close()
        except ConnectionError:
            return False
        return True

    def exit_code(self) -> int:
        """Waits for its end."""
        return self.process.wait(PATIENCE)

    def said(self) -> str:
        """What it has written so far."""
        return self.log.read_text(encoding="utf-8")

    def logged(self) -> list[dict[str, Any]]:
        """The lines of its log so far, each of which is JSON."""
        return [json.loads(line) for line in self.said().splitlines()]

    def requests(self) -> list[dict[str, Any]]:
        """The lines about requests."""
        return [line for line in self.logged() if line["logger"] == "steelyard.requests"]

    def messages(self) -> list[str]:
        """What it has told beside requests."""
        return [line["message"] for line in self.logged() if line["logger"] != "steelyard.requests"]


@contextmanager
def serving(folder: Path, *options: str | Path) -> Iterator[Server]:
    """A server that listens, for as long as the block lasts; it writes its log into the folder."""
    port = free_port()
    log = folder / f"server-{port}.log"
    command = [sys.executable, "-m", "steelyard", "serve", "--host", HOST, "--port", str(port), *options]
    with log.open("wb") as output:
        # A session of its own, so that its workers can be ended with it, whatever has become of it.
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
    server = Server(process, port, log)
    try:
        wait_until(server.listens, server)
        yield server
    finally:
        _end(process)


def wait_until(happens: object, server: Server, *, wanted: bool = True) -> None:
    """Waits until something is so, or no longer so."""
    assert callable(happens)
    latest = time.monotonic() + PATIENCE
    while bool(happens()) != wanted:
        assert time.monotonic() < latest, server.said()
        assert server.process.poll() is None or not wanted, server.said()
        time.sleep(0.02)


def read_to_end(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    return received


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        # The process leads a group that holds nothing but it and its workers.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
