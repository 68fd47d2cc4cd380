"""Batches as a stream, over the network: what is answered while the client still sends, and what it costs to hold."""

import json
import re
import socket
from collections.abc import Iterator
from http.client import HTTPResponse
from pathlib import Path

import pytest

import steelyard
from steelyard.api import Ruleset
from tests.web.rulesets import TEA_YAML
from tests.web.serving import HOST, PATIENCE, Server, serving, wait_until

pytestmark = [
    pytest.mark.xdist_group("server"),
    pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is told by Linux"),
]

PATH = "/v1/recommendations/batch"
NDJSON = {"Content-Type": "application/x-ndjson"}
HEAD = f"POST {PATH} HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/x-ndjson\r\n".encode()
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
REQUEST = b'{"requirements": {"sleep": true}, "as_of": "2026-01-01"}'
LARGE = b'{"requirements": {"targets": ["android"], "stage": "production"}, "as_of": "2026-01-01"}'
LINES = 2_000
MEBIBYTE = 1024 * 1024


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of a small ruleset."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "tea.yaml").write_text(TEA_YAML)
    with serving(tmp_path_factory.mktemp("log"), "--rules", folder) as running:
        yield running


def expected_answer() -> bytes:
    """The answer to the request, as the ruleset itself gives it, as a line."""
    return (Ruleset.from_yaml(TEA_YAML).answer(json.loads(REQUEST)).to_json() + "\n").encode()


def chunk(data: bytes) -> bytes:
    """A chunk of a body."""
    return b"%x\r\n%b\r\n" % (len(data), data)


def response_on(connection: socket.socket) -> HTTPResponse:
    """The response that comes on a connection, whose body is still to come."""
    response = HTTPResponse(connection, method="POST")
    response.begin()
    return response


def test_a_client_that_waits_for_each_answer(server: Server) -> None:
    """Each line is answered when it has come, good or bad, whole or in pieces, while the next is not sent yet."""
    with server.connect() as connection:
        connection.sendall(CHUNKED + chunk(REQUEST + b"\n"))
        response = response_on(connection)
        assert (response.status, response.headers["Content-Type"]) == (200, "application/x-ndjson")
        assert response.readline() == expected_answer()
        connection.sendall(chunk(b"x\n"))
        assert json.loads(response.readline())["position"] == 2
        connection.sendall(chunk(REQUEST + b"\n" + REQUEST + b"\n" + REQUEST[:9]))
        assert [response.readline() for _ in range(2)] == [expected_answer()] * 2
        connection.sendall(chunk(REQUEST[9:10]) + chunk(REQUEST[10:] + b"\n"))
        assert response.readline() == expected_answer()
        connection.sendall(chunk(REQUEST) + b"0\r\n\r\n")
        assert response.read() == expected_answer()
        # The connection is there for the next request.
        connection.sendall(HEAD + b"Content-Length: 2\r\n\r\nx\n")
        assert json.loads(response_on(connection).read())["status"] == 400


def test_a_client_that_announces_the_length(server: Server) -> None:
    """A batch of known length is answered to its last line, and a line in the log tells what it held."""
    client = server.client()
    client.request("POST", PATH, REQUEST + b"\n\nx\n" + REQUEST, NDJSON)
    first, second, third = client.getresponse().read().splitlines(keepends=True)
    client.close()
    assert (first, third) == (expected_answer(), expected_answer())
    assert json.loads(second)["position"] == 3
    wait_until(lambda: any(line.get("requests") == 3 for line in server.requests()), server)
    (line,) = (line for line in server.requests() if line.get("requests") == 3)
    assert (line["route"], line["status"], line["problems"]) == (PATH, 200, 1)


@pytest.mark.parametrize("head", [CHUNKED, HEAD + b"Content-Length: 5000\r\n\r\n"])
def test_a_client_that_breaks_off(server: Server, head: bytes) -> None:
    """A client that goes away in the middle of a batch does no harm, and is no fault of the service."""
    before = len(server.requests())
    with server.connect() as connection:
        line = REQUEST + b"\n"
        connection.sendall(head + (chunk(line * 3 + b'{"re') if head == CHUNKED else line * 3 + b'{"re'))
        if head == CHUNKED:
            assert response_on(connection).readline() == expected_answer()
    wait_until(lambda: len(server.requests()) > before, server)
    client = server.client()
    client.request("POST", PATH, REQUEST, NDJSON)
    assert client.getresponse().read() == expected_answer()
    client.close()
    assert "failed" not in server.said()


@pytest.fixture(scope="module")
def shipping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of what ships, whose answers are much larger than the requests."""
    with serving(tmp_path_factory.mktemp("log")) as running:
        yield running


def large_answer() -> bytes:
    """The answer of what ships, as a line."""
    return steelyard.load().write(json.loads(LARGE)).json + b"\n"


@pytest.mark.parametrize("chunked", [False, True])
def test_a_client_that_sends_all_before_it_reads(shipping: Server, chunked: bool) -> None:
    """A client that reads nothing until it has sent all gets every answer, though they are more than the way holds."""
    body = (LARGE.ljust(300) + b"\n") * LINES
    with socket.socket() as connection:
        for narrow in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            connection.setsockopt(socket.SOL_SOCKET, narrow, 32 * 1024)
        connection.settimeout(PATIENCE)
        connection.connect((HOST, shipping.port))
        if chunked:
            connection.sendall(CHUNKED + chunk(body) + b"0\r\n\r\n")
        else:
            connection.sendall(HEAD + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        assert length_of(response_on(connection)) == len(large_answer()) * LINES


def length_of(response: HTTPResponse) -> int:
    """How many bytes a body has, none of which is kept."""
    length = 0
    while part := response.read(MEBIBYTE):
        length += len(part)
    return length


@pytest.mark.parametrize("accept", ["application/x-ndjson", "application/json"])
def test_memory(shipping: Server, accept: str) -> None:
    """50 MB that come in, and nearly as much that goes out, do not pass through memory at once."""
    (worker,) = shipping.workers()
    client = shipping.client()
    most = []
    for count in (10, LINES):
        body = (LARGE.ljust(25_000) + b"\n") * count
        client.request("POST", PATH, body, {**NDJSON, "Accept": accept})
        assert length_of(client.getresponse()) >= len(large_answer()) * count
        most.append(memory_of(worker))
    client.close()
    assert most[1] - most[0] < 20 * MEBIBYTE


def memory_of(process: int) -> int:
    """The most memory that a process has had so far, in bytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{process}/status").read_text())
    assert found
    return int(found[1]) * 1024
