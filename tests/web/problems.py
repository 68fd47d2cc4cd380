"""What holds of every problem that the service tells."""

import json
from typing import Any

from werkzeug.test import TestResponse

KINDS = {
    "unreadable": 400,
    "bad-request": 400,
    "unauthorized": 401,
    "not-found": 404,
    "unknown-ruleset": 404,
    "unknown-stack": 404,
    "unknown-decision": 404,
    "method-not-allowed": 405,
    "not-acceptable": 406,
    "too-large": 413,
    "unsupported-type": 415,
    "invalid": 422,
    "too-many-requests": 429,
    "internal": 500,
}


def problem_of(response: TestResponse) -> dict[str, Any]:
    """The problem that a response tells, once it is seen to be well formed."""
    assert response.content_type == "application/problem+json"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cache-Control"] == "no-store"
    return well_formed(response.status_code, response.data)


def well_formed(status: int, body: bytes) -> dict[str, Any]:
    """The problem in a body, once it is seen to be well formed."""
    assert body.isascii()
    assert body.endswith(b"}\n")
    problem: dict[str, Any] = json.loads(body)
    kind = problem["type"].removeprefix("urn:steelyard:problem:")
    assert KINDS[kind] == status == problem["status"]
    assert set(problem) - {"instance"} == {"type", "title", "status", "detail", "errors"}
    assert ("instance" in problem) == (status == 500)
    assert problem["title"]
    assert problem["detail"][-1] in ".?"
    for error in problem["errors"]:
        assert set(error) == {"pointer", "code", "detail", "help"}
        assert error["pointer"] == "" or error["pointer"].startswith("/")
        assert "/" in error["code"]
        assert error["detail"]
        assert error["help"] != ""
    return problem
