"""`steelyard serve`, as a process of its own that is asked over the network."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

from steelyard.api import Ruleset
from steelyard.web.settings import MEBIBYTE as MAX_BODY_BYTES
from tests.web.problems import well_formed
from tests.web.rulesets import TEA_YAML
from tests.web.serving import HOST, PATIENCE, Server, free_port, read_to_end, serving, wait_until

pytestmark = pytest.mark.xdist_group("server")

REQUEST = {"requirements": {"sleep": True}, "as_of": "2026-01-01"}
BODY = json.dumps(REQUEST).encode()
PATH = "/v1/recommendations"
JSON = {"Content-Type": "application/json"}
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\nConnection: close\r\n".encode()


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a ruleset."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "tea.yaml").write_text(TEA_YAML)
    return folder


@pytest.fixture(scope="module")
def server(rules: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that the tests share which only ask it."""
    with serving(tmp_path_factory.mktemp("log"), "--rules", rules) as running:
        yield running


def expected_answer() -> bytes:
    """The answer to the request, as the ruleset itself gives it."""
    return (Ruleset.from_yaml(TEA_YAML).answer(REQUEST).to_json() + "\n").encode()


def posted(server: Server, body: bytes, *, chunked: bool = False) -> tuple[HTTPResponse, bytes]:
    """The response to a body, sent whole before anything is read, with or without its length."""
    client = server.client()
    try:
        if chunked:
            parts = (body[start : start + 65536] for start in range(0, len(body), 65536))
            client.request("POST", PATH, parts, JSON, encode_chunked=True)
        else:
            client.request("POST", PATH, body, JSON)
        response = client.getresponse()
        return response, response.read()
    finally:
        client.close()


@pytest.mark.parametrize("chunked", [False, True])
def test_an_answer(server: Server, chunked: bool) -> None:
    """The server gives the ruleset's own answer, to the byte, also to a body that comes in chunks."""
    response, body = posted(server, BODY, chunked=chunked)
    assert response.status == 200
    assert response.headers["Content-Type"] == "application/json"
    assert body == expected_answer()


@pytest.mark.parametrize("chunked", [False, True])
def test_a_large_body(server: Server, chunked: bool) -> None:
    """A client that sends 10 MB without looking still gets to see that this is too much."""
    response, body = posted(server, b" " * 10_000_000, chunked=chunked)
    assert response.status == 413
    assert response.headers["Content-Type"] == "application/problem+json"
    assert well_formed(413, body)["type"] == "urn:steelyard:problem:too-large"


@pytest.mark.parametrize("chunked", [False, True])
def test_the_largest_body(server: Server, chunked: bool) -> None:
    """A body as large as the limit is read."""
    response, body = posted(server, BODY.ljust(MAX_BODY_BYTES), chunked=chunked)
    assert (response.status, body) == (200, expected_answer())


def test_a_connection_serves_many(server: Server) -> None:
    """A connection stays open after an answer, and after a refusal."""
    client = server.client()
    statuses = []
    for body in (BODY, b"{", b"{}", BODY):
        client.request("POST", PATH, body, JSON)
        response = client.getresponse()
        response.read()
        statuses.append(response.status)
    client.close()
    assert statuses == [200, 400, 422, 200]


@pytest.mark.parametrize("length", [b"Content-Length: 500\r\n\r\n", b"Transfer-Encoding: chunked\r\n\r\n5\r\n"])
def test_a_client_that_breaks_off(server: Server, length: bytes) -> None:
    """A client that goes away in the middle of its body does no harm, and is no fault of the service."""
    with server.connect() as connection:
        connection.sendall(HEAD + length + b'{"re')
    assert posted(server, BODY)[0].status == 200
    assert "failed" not in server.said()


def test_what_it_says(server: Server, rules: Path) -> None:
    """The log says in one line what is served and where, and no more but requests as long as all is well."""
    assert rules.exists()
    wait_until(server.messages, server)
    assert server.messages() == [f"Serving tea on http://{HOST}:{server.port}"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_request_in_flight_is_finished(rules: Path, tmp_path: Path, workers: str) -> None:
    """On SIGTERM no new connection is taken, a request that is half sent is answered, and the exit code is 0."""
    with serving(tmp_path, "--rules", rules, "--workers", workers) as server, server.connect() as connection:
        connection.sendall(HEAD + f"Content-Length: {len(BODY)}\r\n\r\n".encode() + BODY[:20])
        # An answer on another connection shows that the server has come to the first.
        assert posted(server, BODY)[0].status == 200
        server.signal(signal.SIGTERM)
        wait_until(server.listens, server, wanted=False)
        connection.sendall(BODY[20:])
        head, _, body = read_to_end(connection).partition(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 ")
        assert body == expected_answer()
        assert server.exit_code() == 0, server.said()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_nobody_holds_up_the_end(rules: Path, tmp_path: Path, number: signal.Signals) -> None:
    """Connections on which nothing is asked, or only half of a head was sent, do not keep the server from ending."""
    with (
        serving(tmp_path, "--rules", rules) as server,
        server.connect(),
        server.connect() as half,
        server.connect() as kept,
    ):
        half.sendall(b"GET /healthz HT")
        kept.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        assert kept.recv(12) == b"HTTP/1.1 200"
        server.signal(number)
        assert server.exit_code() == 0, server.said()
        assert len(server.messages()) == 1


def test_a_port_in_use(rules: Path, server: Server) -> None:
    """A second server on the same port does not start, and says why in one line."""
    done = started("--port", str(server.port), "--rules", str(rules))
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == f"Error: cannot listen on {HOST}, port {server.port}: it is in use"
    assert posted(server, BODY)[0].status == 200


def test_a_faulty_ruleset(tmp_path: Path) -> None:
    """A server with a faulty ruleset does not start, and tells the faults with their lines."""
    (tmp_path / "tea.yaml").write_text(TEA_YAML.replace("sleep: true", "slep: true"))
    done = started("--port", str(free_port()), "--rules", str(tmp_path))
    assert done.returncode == 2
    assert "tea.yaml:9:12: error[rule/unknown-need]: unknown need `slep`" in done.stderr
    assert "Traceback" not in done.stderr


def started(*options: str) -> subprocess.CompletedProcess[str]:
    """A server that is expected to give up by itself."""
    command = [sys.executable, "-m", "steelyard", "serve", *options]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=PATIENCE)


def test_another_worker_takes_over(rules: Path, tmp_path: Path) -> None:
    """A worker that is killed is replaced."""
    with serving(tmp_path, "--rules", rules) as server:
        (worker,) = server.workers()
        subprocess.run(["kill", "-KILL", str(worker)], check=True)
        wait_until(lambda: "Unexpected exit from worker-1" in server.said(), server)
        wait_until(server.listens, server)
        assert posted(server, BODY)[0].status == 200
