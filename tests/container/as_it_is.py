"""The image with its own command, on a machine that allows it nothing."""

import json
import subprocess
import time
from collections.abc import Callable

from tests.container.running import Container
from tests.container.tools import expect, podman, podman_command

QUESTION = {"ruleset": "pytorch-vs-tensorflow-2020", "requirements": {"deployment": "production"}}
LONGEST_STOP = 5.0

WHERE_NOTHING_MAY_BE_WRITTEN = """
import pathlib
for folder in ("/", "/opt/steelyard", "/tmp", "/var/tmp"):
    try:
        (pathlib.Path(folder) / "written").write_text("")
    except OSError:
        continue
    print(folder)
"""


def runs_without_privileges(service: Container) -> str:
    """Check that the process is an ordinary user's, that it has no capability, and that it cannot gain any."""
    status = service.python("print(open('/proc/1/status').read())")
    facts = {key: value.split() for key, _, value in (line.partition(":") for line in status.splitlines())}
    expect(facts["Uid"][0] != "0", "the service runs as root")
    expect(service.inspect("{{.Config.User}}").replace(":", "").isdigit(), "the image's user is no number")
    expect(int(facts["CapEff"][0], 16) == 0, "the service has capabilities")
    expect(facts["NoNewPrivs"] == ["1"], "the service may gain privileges")
    return f"user {facts['Uid'][0]}, no capabilities"


def writes_nowhere(service: Container) -> str:
    """Check that the file system is read-only and that the service does not mind."""
    writable = service.python(WHERE_NOTHING_MAY_BE_WRITTEN)
    expect(not writable, f"can be written: {writable}")
    return "the file system is read-only"


def is_alive(service: Container) -> str:
    """Check that the service says it is well."""
    status, _ = service.ask("GET", "/healthz")
    expect(status == 200, f"GET /healthz answers {status}")
    return "GET /healthz answers 200"


def recommends(service: Container) -> str:
    """Check that a real question gets a real answer."""
    status, answer = service.ask("POST", "/v1/recommendations", QUESTION)
    expect(status == 200, f"POST /v1/recommendations answers {status}: {answer}")
    expect(answer["outcome"] == "recommended", f"the outcome is {answer['outcome']}")
    best = answer["recommended"]
    expect(best["candidate"] == answer["ranking"][0]["candidate"], "the best is not the first")
    return f"POST /v1/recommendations recommends {best['candidate']} with a score of {best['score']}"


def passes_its_health_check(service: Container) -> str:
    """Check that the health check of the image finds the service well."""
    podman("healthcheck", "run", service.name)
    return "the image's health check passes"


def finishes_what_it_began_and_stops(service: Container) -> str:
    """Check that a request half sent when the order to stop comes is answered, and that the exit code is 0."""
    content = json.dumps(QUESTION).encode()
    connection = service.connect()
    connection.putrequest("POST", "/v1/recommendations")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(len(content)))
    connection.endheaders(content[:10])
    time.sleep(0.3)  # for the service to have taken the request up

    started = time.monotonic()
    stopping = subprocess.Popen(
        podman_command("stop", "--time=20", service.name),
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    time.sleep(0.5)
    expect(stopping.poll() is None, "it did not wait for the request that it had begun")
    connection.send(content[10:])
    response = connection.getresponse()
    expect(response.status == 200, f"the request in flight is answered {response.status}")
    expect(json.loads(response.read())["outcome"] == "recommended", "the request in flight is answered wrongly")
    connection.close()
    said, _ = stopping.communicate(timeout=30)
    expect(stopping.returncode == 0, f"podman cannot stop it: {said}")
    seconds = time.monotonic() - started

    code = service.inspect("{{.State.ExitCode}}")
    expect(code == "0", f"it exits {code} on SIGTERM; it printed:\n{service.logs()}")
    expect(seconds < LONGEST_STOP, f"it takes {seconds:.1f} s to stop")
    return f"SIGTERM: the request in flight was answered, exit code 0 after {seconds:.1f} s"


CHECKS: tuple[Callable[[Container], str], ...] = (
    runs_without_privileges,
    writes_nowhere,
    is_alive,
    recommends,
    passes_its_health_check,
    finishes_what_it_began_and_stops,
)
