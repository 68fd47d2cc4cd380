"""Whatever is sent, the service answers it, or tells a problem that is not its own fault."""

import json
from typing import Any
from urllib.parse import urlencode

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from steelyard.web import create_app
from tests.web.html import Page
from tests.web.problems import problem_of
from tests.web.rulesets import PETS, pets_and_tea

CLIENT: FlaskClient = create_app(pets_and_tea()).test_client(use_cookies=False)
PATH = "/v1/recommendations"
BODY = b'{"requirements": {}}'

JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=())),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=10,
)
WORDS = st.sampled_from(
    [
        *("ruleset", "stack", "as_of", "requirements", "candidates", "value", "importance", "must"),
        *("pets", "tea", "Meta"),
        *(word for section in ("needs", "candidates") for word in PETS[section]),
        *("flat", "farm", "fur", "low", "2026-01-01", "0001-01-01", "9999-12-31", "__init__", ""),
    ]
)
NEARLY_VALUES = st.recursive(
    WORDS | st.booleans() | st.integers(-1, 30) | st.none() | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)
NEARLY_REQUESTS = st.fixed_dictionaries(
    {"requirements": st.dictionaries(WORDS, NEARLY_VALUES, max_size=5) | NEARLY_VALUES},
    optional={
        "ruleset": WORDS | NEARLY_VALUES,
        "stack": WORDS | NEARLY_VALUES,
        "as_of": WORDS | NEARLY_VALUES,
        "candidates": st.lists(WORDS) | NEARLY_VALUES,
        "explain": st.lists(WORDS | st.sampled_from(["questions", "changes", "rules"])) | NEARLY_VALUES,
        "compare": st.lists(WORDS) | NEARLY_VALUES,
    },
)
QUERY_KEYS = ("as_of", "candidates", "compare", "could", "explain", "must", "ruleset", "should", "stack")
# What a header may hold: a server refuses control characters before the application sees them.
HEADER_VALUES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"))


def check(response: TestResponse) -> None:
    """The response is an answer, or a problem of the client's making."""
    assert response.status_code < 500
    if response.status_code >= 400:
        problem_of(response)
    elif response.content_type == "application/json":
        json.loads(response.data)
    elif response.content_type == "text/html; charset=utf-8":
        Page(response.text).demand_strict()
    else:
        assert response.content_type in ("text/markdown; charset=utf-8", "image/svg+xml; charset=utf-8")


@given(st.binary())
def test_any_bytes(body: bytes) -> None:
    """Any bytes as a body."""
    check(CLIENT.post(PATH, data=body, content_type="application/json"))


@given(JSON_VALUES)
def test_any_json(value: Any) -> None:
    """Any JSON as a body, and what Python takes for JSON."""
    check(CLIENT.post(PATH, data=json.dumps(value), content_type="application/json"))


@given(NEARLY_REQUESTS)
def test_nearly_a_request(request: Any) -> None:
    """A request made of words and values that belong in one, in places where they may not belong."""
    check(CLIENT.post(PATH, data=json.dumps(request), content_type="application/json"))


@given(st.lists(st.tuples(WORDS | st.sampled_from(QUERY_KEYS), WORDS | st.text()), max_size=8))
def test_any_query(pairs: list[tuple[str, str]]) -> None:
    """Words that belong in a query, and any others, in places where they may not belong."""
    check(CLIENT.get(PATH, query_string=urlencode(pairs, errors="replace")))


@given(HEADER_VALUES, HEADER_VALUES, HEADER_VALUES)
def test_any_headers(accept: str, content_type: str, encoding: str) -> None:
    """Any text in the headers that decide how a request is read and answered."""
    headers = {"Accept": accept, "Content-Type": content_type, "Content-Encoding": encoding}
    check(CLIENT.post(PATH, data=BODY, headers=headers))
    check(CLIENT.post(PATH, data=BODY, content_type="application/json", headers={"Accept": accept}))
    check(CLIENT.post(PATH, data=BODY, content_type="application/json;" + content_type))


@given(st.binary(max_size=40), st.sampled_from(["/", "/v1/", "/v1/rulesets/", "/v1/recommendations"]), HEADER_VALUES)
def test_any_path(path: bytes, start: str, host: str) -> None:
    """Any bytes in the path and any text as the host, in the form in which servers hand them on."""
    environ = {"PATH_INFO": start + path.decode("latin-1"), "HTTP_HOST": host}
    check(CLIENT.get("/", environ_overrides=environ))


@given(
    st.text(st.characters(codec="ascii", categories=["Lu", "Ll", "Nd"]), min_size=1),
    st.sampled_from(["/healthz", PATH]),
)
def test_any_method(method: str, path: str) -> None:
    """Any method, but for OPTIONS, which Flask answers with nothing but headers."""
    if method.upper() not in ("OPTIONS", "HEAD"):
        check(CLIENT.open(path, method=method))
