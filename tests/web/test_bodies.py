"""The limit on bodies, however they are sent."""

import io
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.problems import problem_of

LIMIT = 1024 * 1024
PATH = "/v1/recommendations"
TOO_LARGE = {
    "type": "urn:steelyard:problem:too-large",
    "title": "The body is too large",
    "status": 413,
    "detail": "The body is larger than 1,048,576 bytes.",
    "errors": [],
}


class Sent(io.BytesIO):
    """A body as a server hands it on: it may be asked for more than there is, and remembers how much was read."""

    @property
    def read_bytes(self) -> int:
        """How many bytes were read."""
        return self.tell()


def post_stream(client: FlaskClient, stream: Any, path: str = PATH, **headers: str) -> Any:
    """The response to a body of unknown length, whose end the server finds, as granian does with chunks."""
    environ = {
        "wsgi.input": stream,
        "wsgi.input_terminated": True,
        "CONTENT_TYPE": "application/json",
        "HTTP_TRANSFER_ENCODING": "chunked",
        **{f"HTTP_{name.upper()}": value for name, value in headers.items()},
    }
    return client.post(path, environ_overrides=environ)


@pytest.mark.parametrize("size", [LIMIT + 1, LIMIT + 2, 10_000_000])
def test_announced(client: FlaskClient, size: int) -> None:
    """A body that is announced to be larger than the limit is refused."""
    response = client.post(PATH, data=b" " * size, content_type="application/json")
    assert problem_of(response) == TOO_LARGE


@pytest.mark.parametrize("size", [LIMIT + 1, LIMIT + 2, 10_000_000])
def test_not_announced(client: FlaskClient, size: int) -> None:
    """A body that comes without its length and turns out larger than the limit is refused."""
    assert problem_of(post_stream(client, io.BytesIO(b" " * size))) == TOO_LARGE


@pytest.mark.parametrize("size", [20, 65_536, LIMIT - 1, LIMIT])
def test_up_to_the_limit(client: FlaskClient, size: int) -> None:
    """A body up to the limit is read to its end, also without its length."""
    body = b'{"requirements": {}}'.ljust(size)
    assert client.post(PATH, data=body, content_type="application/json").status_code == 200
    assert post_stream(client, io.BytesIO(body)).status_code == 200


def test_the_size_comes_first(client: FlaskClient) -> None:
    """A large body of another type is refused for its size."""
    response = client.post(PATH, data=b" " * (LIMIT + 1), content_type="text/plain")
    assert problem_of(response) == TOO_LARGE


@pytest.mark.parametrize("path", [PATH, "/nothing", "/v1/rulesets"])
def test_the_rest_is_discarded(client: FlaskClient, path: str) -> None:
    """What a refused client still sends is read, so that it gets to see the reply."""
    stream = Sent(b" " * 10_000_000)
    assert post_stream(client, stream, path).status_code >= 400
    assert stream.read_bytes == 10_000_000


def test_the_rest_is_discarded_within_bounds(client: FlaskClient) -> None:
    """A body without an end is not read for ever."""

    class Endless:
        def read(self, size: int) -> bytes:
            return b" " * size

    assert problem_of(post_stream(client, Endless())) == TOO_LARGE


def test_whoever_asks_first_is_told_at_once(client: FlaskClient) -> None:
    """A client that waits to be told to go on is refused without its body being asked for."""
    stream = Sent(b" " * 10_000_000)
    assert post_stream(client, stream, "/nothing", expect="100-continue").status_code == 404
    assert stream.read_bytes == 0


def test_a_body_that_nobody_ends(client: FlaskClient) -> None:
    """Without a length, and without a server that finds the end, a body counts as empty and is not waited for."""
    environ = {"wsgi.input": io.BytesIO(b"{}"), "CONTENT_TYPE": "application/json"}
    assert problem_of(client.post(PATH, environ_overrides=environ))["detail"] == "The body is empty."
