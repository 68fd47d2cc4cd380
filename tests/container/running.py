"""A container of the image, as locked down as a careful operator runs it, and connections to it from outside.

It has a network of its own without a way out, so that it can serve on the image's own port whatever else runs on
this machine, and no firewall rule is left behind.
"""

import ctypes
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from tests.container.image import IMAGE
from tests.container.tools import FailureError, podman

PORT = 8000
PATIENCE = 40.0


class Container:
    """One running container of the image, with the image's own entry point and command."""

    def __init__(self, name: str) -> None:
        self.name = name

    def start(self, *options: str) -> None:
        """Start with a read-only file system, without any capability, and cut off from every network.

        Options are those of `podman run` besides.
        """
        podman(
            "run",
            "--detach",
            f"--name={self.name}",
            "--pull=never",
            "--network=none",
            "--read-only",
            # Otherwise podman adds folders that can be written.
            "--read-only-tmpfs=false",
            "--cap-drop=all",
            "--security-opt=no-new-privileges",
            # Asked by hand: without systemd nothing would keep the time.
            "--health-interval=disable",
            # The runtime may not raise these everywhere, so none is left to its own choice.
            "--ulimit=nofile=4096:4096",
            "--ulimit=nproc=4096:4096",
            *options,
            IMAGE,
        )

    def remove(self) -> None:
        """Remove the container, running or not."""
        podman("rm", "--force", "--ignore", self.name)

    def inspect(self, template: str) -> str:
        """Return one fact about the container."""
        return podman("inspect", f"--format={template}", self.name).strip()

    @cached_property
    def process(self) -> int:
        """The id of its first process, as it is known outside."""
        return int(self.inspect("{{.State.Pid}}"))

    def python(self, code: str) -> str:
        """Run a piece of Python inside, as the user of the image."""
        return podman("exec", self.name, "python", "-c", code).strip()

    def logs(self) -> str:
        """Return what the service has printed."""
        return podman("logs", self.name)

    def connect(self) -> HTTPConnection:
        """Open a connection to the service from inside the container's network."""
        connection = HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
        with _network_of(self.process):
            connection.connect()
        return connection

    def ask(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Make one request and return the status and the JSON of the answer."""
        connection = self.connect()
        try:
            content = None if body is None else json.dumps(body)
            connection.request(method, path, content, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, json.loads(response.read() or "null")
        finally:
            connection.close()

    def wait_until_it_answers(self) -> float:
        """Wait for the first answer and return how many seconds it took to come."""
        started = time.monotonic()
        while True:
            try:
                self.ask("GET", "/healthz")
            except OSError as error:
                if time.monotonic() - started > PATIENCE or self.inspect("{{.State.Running}}") != "true":
                    raise FailureError(f"it does not answer ({error}); it printed:\n{self.logs()}") from error
                time.sleep(0.05)
            else:
                return time.monotonic() - started


@contextmanager
def _network_of(process: int) -> Iterator[None]:
    """Enter the network of another process; a socket made there stays there."""
    libc = ctypes.CDLL(None, use_errno=True)
    own, other = (os.open(Path(f"/proc/{which}/ns/net"), os.O_RDONLY) for which in ("self", process))

    def enter(network: int) -> None:
        if libc.setns(network, 0) != 0:
            raise OSError(ctypes.get_errno(), "cannot enter a network namespace")

    try:
        enter(other)
        try:
            yield
        finally:
            enter(own)
    finally:
        os.close(own)
        os.close(other)
