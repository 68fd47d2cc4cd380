"""A real server that is sent any bytes: it answers in HTTP, or closes, and goes on serving."""

import json
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.problems import well_formed
from tests.web.rulesets import TEA_YAML
from tests.web.serving import HOST, PATIENCE, Server, serving

pytestmark = pytest.mark.xdist_group("server")

BODY = json.dumps({"requirements": {"sleep": True}, "as_of": "2026-01-01"}).encode()
REQUEST = (
    f"POST /v1/recommendations HTTP/1.1\r\nHost: {HOST}\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(BODY)}\r\nConnection: close\r\n\r\n"
).encode() + BODY
ODD = (
    b"\r\n",
    b"\n",
    b"\x00",
    b" ",
    b":",
    b"%",
    b"\xff",
    b"HTTP/9.9",
    b"Content-Length: 1\r\n",
    b"chunked",
    b"/../",
    b'"',
)

# For what is not a whole request, the server waits for the rest.
WHILE = 0.15

BYTES = st.binary(max_size=30) | st.sampled_from(ODD)
PLACES = st.integers(0, len(REQUEST))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server."""
    folder = tmp_path_factory.mktemp("raw")
    (folder / "tea.yaml").write_text(TEA_YAML)
    with serving(folder, "--rules", folder / "tea.yaml") as running:
        yield running


def sent(server: Server, request: bytes) -> bytes:
    """What the server says to the bytes, once it has had a while to say it and nothing more is sent."""
    received = b""
    with suppress(ConnectionError), server.connect() as connection:
        connection.sendall(request)
        connection.settimeout(WHILE)
        with suppress(TimeoutError):
            received = connection.recv(65536)
        connection.settimeout(PATIENCE)
        connection.shutdown(socket.SHUT_WR)
        while part := connection.recv(65536):
            received += part
    return received


def check(received: bytes) -> None:
    """Check that it is nothing, or a response that is no fault of the service, and a sound problem where it is one."""
    if not received:
        return
    head, _, rest = received.partition(b"\r\n\r\n")
    protocol, status = head.split(b" ")[:2]
    assert protocol in (b"HTTP/1.1", b"HTTP/1.0")
    assert 200 <= int(status) < 500
    if b"application/problem+json" in head.lower():
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        assert well_formed(int(status), rest[:length])


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(start=PLACES, length=st.integers(0, 40), put=st.lists(BYTES, max_size=3))
def test_a_spoilt_request(server: Server, start: int, length: int, put: list[bytes]) -> None:
    """A request of which a piece is missing, or is another, is answered or refused."""
    check(sent(server, REQUEST[:start] + b"".join(put) + REQUEST[start + length :]))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(received=st.lists(BYTES, max_size=8))
def test_no_request_at_all(server: Server, received: list[bytes]) -> None:
    """Bytes that are nothing like a request are answered or refused."""
    check(sent(server, b"".join(received)))


@settings(max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=st.binary(max_size=200), name=st.sampled_from(["Accept", "Content-Type", "X-Request-Id", "Expect", "TE"]))
def test_any_body_and_header(server: Server, body: bytes, name: str) -> None:
    """Any body, and any header that can be sent at all, get a response."""
    value = bytes(each for each in body if 0x20 <= each < 0x7F)
    head = b"POST /v1/recommendations HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
    length = f"Content-Length: {len(body)}\r\n".encode()
    kind = b"" if name == "Content-Type" else b"Content-Type: application/json\r\n"
    check(sent(server, head + kind + name.encode() + b": " + value + b"\r\n" + length + b"\r\n" + body))


def test_it_is_still_there(server: Server) -> None:
    """After all that the server answers as before, and its log knows of no failure."""
    assert sent(server, REQUEST).startswith(b"HTTP/1.1 200 ")
    assert not [each for each in server.messages() if "failed" in each]
