"""The image as somebody runs it for good: rulesets that are mounted and change, two workers, load, and an end to it."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from typing import Any

from tests.container.running import PATIENCE, Container
from tests.container.tools import FailureError, expect, podman, podman_command

TEA_YAML = (Path(__file__).parents[1] / "web" / "tea.yaml").read_text(encoding="utf-8")
QUESTION = {"requirements": {"sleep": True}, "as_of": "2026-01-01"}
NEWER_YAML = TEA_YAML.replace('version: "1"', 'version: "2"')
FAULTY_YAML = TEA_YAML.replace("sleep: true", "slep: true")
CLIENTS = 4
DRAIN_SECONDS = 2

# PID 1 holds the rulesets, the others answer.
SIGNAL_WORKERS = """
import os, pathlib, signal, sys
for folder in pathlib.Path("/proc").glob("[0-9]*"):
    command = (folder / "cmdline").read_bytes()
    if folder.name != "1" and b"serve" in command.split(b"\\0"):
        os.kill(int(folder.name), getattr(signal, "SIG{}"))
"""


def start(service: Container, rules: Path) -> None:
    """Start the service with a folder of rulesets mounted, and one in memory for the metrics of two workers."""
    rules.chmod(0o755)
    write(rules, TEA_YAML)
    service.start(
        f"--volume={rules}:/rules:ro",
        "--tmpfs=/tmp:rw,size=16m,mode=1777",
        "--env=STEELYARD_SERVE_RULES=/rules",
        "--env=STEELYARD_SERVE_WORKERS=2",
        "--env=STEELYARD_SERVE_RELOAD_SECONDS=0.2",
        f"--env=STEELYARD_SERVE_DRAIN_SECONDS={DRAIN_SECONDS}",
    )


def write(rules: Path, text: str) -> None:
    """Exchange the ruleset, as a whole."""
    new = rules / "tea.new"
    new.write_text(text)
    new.chmod(0o644)
    new.rename(rules / "tea.yaml")


def takes_over_a_change(service: Container, rules: Path) -> str:
    """Check that a change of a mounted file is served by every worker."""
    expect(versions(service) == {"1"}, f"it serves the versions {versions(service)}")
    write(rules, NEWER_YAML)
    wait_until(lambda: versions(service) == {"2"}, service, "the changed ruleset is not served")
    return "a change of a mounted ruleset is served by every worker"


def keeps_what_was_sound(service: Container, rules: Path) -> str:
    """Check that a faulty ruleset replaces nothing, and that readiness tells the fault."""
    write(rules, FAULTY_YAML)
    wait_until(lambda: reloads(service) == {"failed"}, service, "the fault is not told")
    expect(versions(service) == {"2"}, "a faulty ruleset replaced a sound one")
    write(rules, NEWER_YAML)
    wait_until(lambda: reloads(service) == {"ok"}, service, "the mended ruleset is not loaded")
    return "a faulty ruleset replaces nothing, and is told"


def turns_unhealthy(service: Container, _rules: Path) -> str:
    """Check that the image's health check sees workers that answer nothing, and sees them well again."""
    service.python(SIGNAL_WORKERS.format("STOP"))
    # In its first seconds a service may fail, and after that it may twice.
    wait_until(lambda: health(service) == "unhealthy", service, "a service that answers nothing passes for healthy")
    service.python(SIGNAL_WORKERS.format("CONT"))
    wait_until(lambda: health(service) == "healthy", service, "a service that answers again does not")
    return "the health check turns unhealthy when nothing is answered, and healthy again"


def loses_no_request_at_the_end(service: Container, _rules: Path) -> str:
    """Check that SIGTERM under load fails no request, of clients that go elsewhere once it is not ready."""
    with load(service) as (answered, failed):
        wait_until(lambda: len(answered) > 100, service, "there is no load")
        stopping = subprocess.Popen(
            podman_command("stop", "--time=20", service.name), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: service.ask("GET", "/readyz")[0] == 503, service, "it stays ready")
    expect(stopping.wait(PATIENCE) == 0, "podman cannot stop it")
    expect(not failed, f"{len(failed)} of {len(answered) + len(failed)} requests failed, first: {failed[:1]}")
    code = service.inspect("{{.State.ExitCode}}")
    expect(code == "0", f"it exits {code} on SIGTERM; it printed:\n{service.logs()}")
    return f"SIGTERM under load: {len(answered)} requests, none failed, exit code 0"


CHECKS: tuple[Callable[[Container, Path], str], ...] = (
    takes_over_a_change,
    keeps_what_was_sound,
    turns_unhealthy,
    loses_no_request_at_the_end,
)


def versions(service: Container) -> set[str]:
    """The versions that are served, as far as a number of connections reach every worker."""
    return {service.ask("GET", "/v1/rulesets/tea")[1]["version"] for _ in range(12)}


def reloads(service: Container) -> set[str]:
    """What came of the latest reload, likewise."""
    return {service.ask("GET", "/readyz")[1]["reload"]["status"] for _ in range(12)}


def wait_until(holds: Callable[[], bool], service: Container, message: str) -> None:
    """Wait until something holds, and fail with the message if it does not."""
    latest = time.monotonic() + PATIENCE
    while not holds():
        expect(time.monotonic() < latest, f"{message}; it printed:\n{service.logs()}")
        time.sleep(0.05)


def health(service: Container) -> str:
    """What the image's health check comes to, once it has been run again."""
    with suppress(FailureError):
        podman("healthcheck", "run", service.name)
    return service.inspect("{{.State.Health.Status}}")


@contextmanager
def load(service: Container) -> Iterator[tuple[list[Any], list[Any]]]:
    """Clients that ask over and over, each time over a connection of its own, for as long as the block lasts.

    Yields:
        What was answered, and what failed.
    """
    answered: list[Any] = []
    failed: list[Any] = []
    over = threading.Event()

    def ask() -> None:
        while not over.is_set():
            try:
                status, answer = service.ask("POST", "/v1/recommendations", QUESTION)
                (answered if status == 200 else failed).append((status, answer["outcome"]))
            except (OSError, HTTPException, ValueError, KeyError) as error:
                failed.append(error)

    clients = [threading.Thread(target=ask) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    try:
        yield answered, failed
    finally:
        over.set()
        for client in clients:
            client.join()
