"""The service over a longer time: under load, with everything going wrong around it. `make soak` takes its time."""

import json
import os
import random
import signal
import socket
import time
from contextlib import suppress
from itertools import cycle
from pathlib import Path

import pytest

from steelyard.api import Ruleset
from tests.soak.load import CLIENTS, IS_LONG, Load, needs_wrk
from tests.web.rulesets import FAULTY_YAML, NEWER_YAML, TEA_YAML
from tests.web.serving import HOST, Server, serving, wait_until

pytestmark = pytest.mark.xdist_group("server")

CHAOS_SECONDS = 120 if IS_LONG else 8
# A server whose workers die one after the other within seconds gives up, as it should.
SECONDS_BETWEEN_KILLS = 7.0
REQUESTS = 200_000 if IS_LONG else 4000
# What Python and its allocator keep for themselves.
FLAT_BYTES = 8_000_000

REQUEST = {"requirements": {"sleep": True}, "as_of": "2026-01-01"}
BODY = json.dumps(REQUEST)
RIGHT = [Ruleset.from_yaml(text).answer(REQUEST).to_json() for text in (TEA_YAML, NEWER_YAML)]
HEAD = f"POST /v1/recommendations HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"


@pytest.fixture
def tea(tmp_path: Path) -> Path:
    """The file of a ruleset."""
    path = tmp_path / "tea.yaml"
    path.write_text(TEA_YAML)
    return path


def break_off(server: Server, chance: random.Random) -> None:
    """A client that goes away somewhere in the middle of its request."""
    request = f"{HEAD}Content-Length: {len(BODY)}\r\n\r\n{BODY}".encode()
    with suppress(OSError), server.connect() as connection:
        connection.sendall(request[: chance.randrange(len(request))])


def answer(server: Server) -> tuple[int, str]:
    """What an ordinary client gets."""
    client = server.client()
    try:
        client.request("POST", "/v1/recommendations", BODY, {"Content-Type": "application/json"})
        response = client.getresponse()
        return response.status, response.read().decode().rstrip("\n")
    finally:
        client.close()


@needs_wrk
def test_nothing_is_wrong_and_nothing_lost(tea: Path, tmp_path: Path) -> None:
    """While rulesets are replaced, workers killed and clients break off, every answer is right.

    None is lost but those that a killed worker was about to give.
    """
    chance = random.Random(1)  # noqa: S311  where clients break off
    texts = cycle((NEWER_YAML, FAULTY_YAML, TEA_YAML, FAULTY_YAML))
    with serving(tmp_path, "--rules", tea, "--workers", "2", "--reload-seconds", "0.05") as server:
        load = Load(server, tmp_path, BODY, RIGHT, CHAOS_SECONDS)
        killed = 0
        next_kill = time.monotonic() + 2
        while load.goes_on:
            tea.with_suffix(".new").write_text(next(texts))
            tea.with_suffix(".new").rename(tea)
            break_off(server, chance)
            time.sleep(0.15)
            if time.monotonic() > next_kill and len(server.workers()) == 2:
                os.kill(chance.choice(server.workers()), signal.SIGKILL)
                killed, next_kill = killed + 1, time.monotonic() + SECONDS_BETWEEN_KILLS
        outcome = load.outcome()
        told = server.messages()
        assert (outcome.wrong, outcome.failed) == (0, 0), outcome
        # Of each client, the request in flight, and the next if its connection was waiting for the killed worker too.
        assert outcome.lost <= 2 * CLIENTS * killed, outcome
        assert killed >= 1
        assert outcome.answered > CHAOS_SECONDS
        assert any("Loaded anew: tea 2" in each for each in told)
        assert any("Not loaded anew" in each for each in told)
        assert not [each for each in told if "failed:" in each]
        status, body = answer(server)
        assert (status, body in RIGHT) == (200, True)


@needs_wrk
def test_memory_stays_flat(tea: Path, tmp_path: Path) -> None:
    """However many requests are answered, a worker takes no more memory than after its first few thousand."""
    with serving(tmp_path, "--rules", tea) as server:
        (worker,) = server.workers()
        ask(server, tmp_path, 2000)
        before = resident(worker)
        ask(server, tmp_path, REQUESTS)
        assert resident(worker) - before < FLAT_BYTES
        assert server.workers() == [worker]


def ask(server: Server, folder: Path, number: int) -> None:
    """Asks at least so many times."""
    answered = 0
    while answered < number:
        outcome = Load(server, folder, BODY, RIGHT, 30 if IS_LONG else 1).outcome()
        assert (outcome.wrong, outcome.failed, outcome.lost) == (0, 0, 0), outcome
        answered += outcome.answered


def resident(process: int) -> int:
    """The bytes that a process has in memory."""
    told = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in told.splitlines() if line.startswith("VmRSS"))


@pytest.mark.parametrize("length", ["Content-Length: 5000", "Transfer-Encoding: chunked"])
def test_slow_clients_do_not_hold_up_others(tea: Path, tmp_path: Path, length: str) -> None:
    """More clients than there are threads stop in the middle of their bodies, and the others are answered all the same.

    Those that stopped are given up; a client that is only slow is not.
    """
    with serving(tmp_path, "--rules", tea, "--stalled-seconds", "1") as server:
        stalled = [server.connect() for _ in range(300)]
        for connection in stalled:
            connection.sendall(f"{HEAD}{length}\r\n\r\n".encode())
        assert answer(server) == (200, RIGHT[0])
        wait_until(lambda: all(is_closed(connection) for connection in stalled), server)
        assert answer_slowly(server).startswith(b"HTTP/1.1 200 ")
        for connection in stalled:
            connection.close()


def is_closed(connection: socket.socket) -> bool:
    """Whether the server has closed a connection, with a last word or without."""
    connection.setblocking(False)
    try:
        while connection.recv(4096):
            pass
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def answer_slowly(server: Server) -> bytes:
    """What a client gets that takes three seconds for its body, and never stops for one."""
    with server.connect() as connection:
        connection.sendall(f"{HEAD}Content-Length: {len(BODY)}\r\nConnection: close\r\n\r\n".encode())
        for start in range(0, len(BODY), 10):
            connection.sendall(BODY[start : start + 10].encode())
            time.sleep(0.5)
        return connection.recv(4096)
