"""Batches of requests for tests, and what is read out of the answers."""

import io
import json
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.web.problems import well_formed

SINGLE = "/v1/recommendations"
PATH = "/v1/recommendations/batch"
JSON = "application/json"
NDJSON = "application/x-ndjson"
LINES_OF_JSON = [NDJSON, "application/ndjson", "application/jsonl", "application/x-jsonlines"]
DAY = "2026-03-01"
GARDEN = {"requirements": {"garden": True}, "as_of": DAY}
TEA = {"ruleset": "tea", "requirements": {"sleep": True}, "as_of": DAY}
UNKNOWN_NEED = {"requirements": {"gardn": True}, "as_of": DAY}
UNKNOWN_RULESET = {"ruleset": "coffee", "requirements": {}}


def as_lines(*items: Any) -> bytes:
    """Data as lines of JSON; what is bytes already is a line as it is."""
    return b"".join((each if isinstance(each, bytes) else json.dumps(each).encode()) + b"\n" for each in items)


def post(client: FlaskClient, body: bytes, content_type: str = NDJSON, **headers: str) -> TestResponse:
    """The response to a batch."""
    return client.post(PATH, data=body, content_type=content_type, headers=headers)


def post_stream(client: FlaskClient, stream: io.BytesIO, content_type: str = NDJSON) -> TestResponse:
    """The response to a batch of unknown length, whose end the server finds, as granian does with chunks."""
    environ = {
        "wsgi.input": stream,
        "wsgi.input_terminated": True,
        "CONTENT_TYPE": content_type,
        "HTTP_TRANSFER_ENCODING": "chunked",
    }
    return client.post(PATH, environ_overrides=environ)


def documents(response: TestResponse) -> list[Any]:
    """The documents in an answer, of either form."""
    assert response.status_code == 200
    if response.content_type == JSON:
        found: list[Any] = json.loads(response.data)
        return found
    assert response.data == b"" or response.data.endswith(b"\n")
    return [json.loads(line) for line in response.data.splitlines()]


def alone(client: FlaskClient, body: bytes) -> Any:
    """The document that is answered to one request."""
    return json.loads(client.post(SINGLE, data=body, content_type=JSON).data)


def problem_in(document: dict[str, Any]) -> dict[str, Any]:
    """A problem in an answer, well formed but for its position, which is taken off."""
    found = {key: value for key, value in document.items() if key != "position"}
    well_formed(found["status"], json.dumps(found).encode() + b"\n")
    return found
