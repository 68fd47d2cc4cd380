"""Requests to `POST /v1/recommendations` that are refused, and the whole problem that each is told."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.problems import problem_of

PATH = "/v1/recommendations"

Error = tuple[str, str, str, str | None]


def post(client: FlaskClient, body: bytes, content_type: str | None = "application/json", **options: Any) -> Any:
    """The problem that a body is answered with."""
    return problem_of(client.post(PATH, data=body, content_type=content_type, **options))


def problem(kind: str, status: int, title: str, detail: str, *errors: Error) -> dict[str, Any]:
    """A whole problem document."""
    keys = ("pointer", "code", "detail", "help")
    return {
        "type": f"urn:steelyard:problem:{kind}",
        "title": title,
        "status": status,
        "detail": detail,
        "errors": [dict(zip(keys, error, strict=True)) for error in errors],
    }


def unreadable(detail: str, *errors: Error) -> dict[str, Any]:
    """The problem of a body that is not JSON."""
    return problem("unreadable", 400, "The request cannot be read", detail, *errors)


def invalid(detail: str, *errors: Error) -> dict[str, Any]:
    """The problem of a body that is JSON, but no request."""
    return problem("invalid", 422, "The request is invalid", detail, *errors)


def unsupported(detail: str) -> dict[str, Any]:
    """The problem of a body whose headers say that it is something else."""
    return problem("unsupported-type", 415, "The body is of an unsupported type", detail)


NO_NUMBER = "there is no such number in JSON"
DEEP = "objects and arrays are nested more than 50 deep"
ENVELOPE = "one of `ruleset`, `stack`, `as_of`, `requirements`, `candidates` or 2 more"

EMPTY = b'{"requirements": {}}'

UNREADABLE = {
    "empty": (
        b"",
        unreadable("The body is empty.", ("", "json/syntax", "expected a value, got nothing", None)),
    ),
    "white space": (
        b" \n",
        unreadable(
            "Expected a value, got nothing (line 2, column 1).",
            ("", "json/syntax", "expected a value, got nothing", None),
        ),
    ),
    "a comma too many": (
        b'{"requirements": {},}',
        unreadable(
            "Expected a key in double quotes, got `}` (line 1, column 21). Take away the comma before it.",
            ("", "json/syntax", "expected a key in double quotes, got `}`", "take away the comma before it"),
        ),
    ),
    "NaN": (
        b'{"requirements": {"hours": NaN}}',
        unreadable(
            "Expected a value, got `NaN` (line 1, column 28). There is no such number in JSON.",
            ("", "json/syntax", "expected a value, got `NaN`", NO_NUMBER),
        ),
    ),
    "minus infinity": (
        b"[-Infinity]",
        unreadable(
            "Expected a value or `]`, got `-Infinity` (line 1, column 2). There is no such number in JSON.",
            ("", "json/syntax", "expected a value or `]`, got `-Infinity`", NO_NUMBER),
        ),
    ),
    "keys that stand twice": (
        b'{"requirements": {"garden": true,\n "garden": false}, "as_of": 1, "as_of": 2}',
        unreadable(
            "The key `garden` stands twice in one object (line 2, column 2). The first is on line 1.",
            (
                "/requirements/garden",
                "json/duplicate-key",
                "the key `garden` stands twice in one object",
                "the first is on line 1",
            ),
            ("/as_of", "json/duplicate-key", "the key `as_of` stands twice in one object", "the first is on line 2"),
        ),
    ),
    "Latin-1": (
        '{"requirements": {"gärten": true}}'.encode("latin-1"),
        unreadable(
            "The byte 0xe4 is not UTF-8 (line 1, column 21). Write the text in UTF-8.",
            ("", "json/not-utf8", "the byte 0xe4 is not UTF-8", "write the text in UTF-8"),
        ),
    ),
    "UTF-16": (
        b"\xff\xfe" + '{"requirements": {}}'.encode("utf-16-le"),
        unreadable(
            "The byte 0xff is not UTF-8 (line 1, column 1). Write the text in UTF-8 (it looks like UTF-16).",
            ("", "json/not-utf8", "the byte 0xff is not UTF-8", "write the text in UTF-8 (it looks like UTF-16)"),
        ),
    ),
    "deep arrays": (
        b"[" * 100_000,
        unreadable(
            "Objects and arrays are nested more than 50 deep (line 1, column 51).", ("", "json/too-deep", DEEP, None)
        ),
    ),
    "deep objects": (
        b'{"requirements":' + b'{"a":' * 5_000 + b"1" + b"}" * 5_001,
        unreadable(
            "Objects and arrays are nested more than 50 deep (line 1, column 262).", ("", "json/too-deep", DEEP, None)
        ),
    ),
    "a huge whole number": (
        b"9" * 5_000,
        unreadable(
            "The number has 5,000 digits, more than can be read (line 1, column 1).",
            ("", "json/syntax", "the number has 5,000 digits, more than can be read", None),
        ),
    ),
}

INVALID: dict[str, tuple[Any, dict[str, Any]]] = {
    "null": (
        None,
        invalid("Expected a request, got nothing.", ("", "value/wrong-type", "expected a request, got nothing", None)),
    ),
    "a list": (
        [],
        invalid("Expected a request, got a list.", ("", "value/wrong-type", "expected a request, got a list", None)),
    ),
    "nothing asked": (
        {},
        invalid(
            "The key `requirements` is missing (at `/requirements`).",
            ("/requirements", "key/missing", "the key `requirements` is missing", None),
        ),
    ),
    "out of bounds": (
        {"requirements": {"hours": 25}},
        invalid(
            "25 is above the maximum of `hours`, 24 (at `/requirements/hours`).",
            ("/requirements/hours", "value/out-of-range", "25 is above the maximum of `hours`, 24", None),
        ),
    ),
    "every fault at once": (
        {
            "requirements": {
                "gardn": True,
                "home": "flats",
                "allergies": ["fur", "fur", 5],
                "patience": {"value": "low", "importance": "most"},
                "hours": {"importance": "must"},
            },
            "as_of": "2026-02-30",
            "candidates": ["dog", "cow"],
            "speed": [],
        },
        invalid(
            "It has 9 faults.",
            ("/as_of", "value/bad-date", "`2026-02-30` is not a day of the calendar", None),
            ("/candidates/1", "request/unknown-candidate", "unknown candidate `cow`", "one of `dog` or `cat`"),
            ("/requirements/allergies/1", "value/repeated", "`fur` stands twice", None),
            (
                "/requirements/allergies/2",
                "value/wrong-type",
                "expected an option of `allergies`, got a number",
                "one of `fur` or `hay`",
            ),
            ("/requirements/gardn", "request/unknown-need", "unknown need `gardn`", "did you mean `garden`?"),
            ("/requirements/home", "request/unknown-option", "`home` has no option `flats`", "did you mean `flat`?"),
            (
                "/requirements/hours",
                "request/no-value",
                "`hours` is a must but has no value",
                "answer the need, or leave it out",
            ),
            (
                "/requirements/patience/importance",
                "value/unknown-word",
                "`most` is not an importance",
                "did you mean `must`?",
            ),
            ("/speed", "key/unknown", "unknown key `speed`", ENVELOPE),
        ),
    ),
    "a pointer with its own signs": (
        {"requirements": {"a/b~c": 1}},
        invalid(
            "Unknown need `a/b~c` (at `/requirements/a~1b~0c`). "
            "One of `garden`, `home`, `allergies`, `patience` or `hours`.",
            (
                "/requirements/a~1b~0c",
                "request/unknown-need",
                "unknown need `a/b~c`",
                "one of `garden`, `home`, `allergies`, `patience` or `hours`",
            ),
        ),
    ),
    "an unknown ruleset": (
        {"ruleset": "pet", "requirements": {"whatever": 1}, "candidates": ["whoever"]},
        invalid(
            "No ruleset `pet` is served (at `/ruleset`). Did you mean `pets`?",
            ("/ruleset", "request/unknown-ruleset", "no ruleset `pet` is served", "did you mean `pets`?"),
        ),
    ),
    "an unknown ruleset among other faults": (
        {"ruleset": "x", "requirements": [], "as_of": "today", "candidates": ["A"], "why": 1},
        invalid(
            "It has 5 faults.",
            ("/as_of", "value/bad-date", "`today` is not a date", "write it as YYYY-MM-DD"),
            (
                "/candidates/0",
                "value/bad-id",
                "`A` is not an id of lower-case letters, digits and single `-`",
                "perhaps `a`",
            ),
            ("/requirements", "value/wrong-type", "expected requirements by need, got a list", None),
            ("/ruleset", "request/unknown-ruleset", "no ruleset `x` is served", "one of `pets` or `tea`"),
            ("/why", "key/unknown", "unknown key `why`", ENVELOPE),
        ),
    ),
    "a ruleset that is no text": (
        {"ruleset": ["pets"], "requirements": {"whatever": 1}, "as_of": None},
        invalid(
            "It has 2 faults.",
            ("/as_of", "value/wrong-type", "expected a date, got nothing", None),
            ("/ruleset", "value/wrong-type", "expected a text, got a list", None),
        ),
    ),
    "a ruleset without a name": (
        {"ruleset": " ", "requirements": {}},
        invalid("The text is empty (at `/ruleset`).", ("/ruleset", "value/empty", "the text is empty", None)),
    ),
    "values as texts": (
        {"requirements": {"garden": "true", "hours": "7"}},
        invalid(
            "It has 2 faults.",
            (
                "/requirements/garden",
                "value/wrong-type",
                "expected true or false, got the text `true`",
                "write `true` without quotes",
            ),
            (
                "/requirements/hours",
                "value/wrong-type",
                "expected a number, got the text `7`",
                "write it without quotes",
            ),
        ),
    ),
}

UNSUPPORTED = {
    None: "The Content-Type is missing. Send application/json.",
    "text/plain": "The Content-Type is `text/plain`. Send application/json.",
    "application/x-ndjson": "The Content-Type is `application/x-ndjson`. Send application/json.",
    "multipart/form-data; boundary=x": "The Content-Type is `multipart/form-data`. Send application/json.",
    "application/jsonp": "The Content-Type is `application/jsonp`. Send application/json.",
    "json": "The Content-Type is `json`. Send application/json.",
    "application/json; charset=latin-1": "The charset is `latin-1`. Send UTF-8.",
}


@pytest.mark.parametrize(("body", "expected"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable(client: FlaskClient, body: bytes, expected: dict[str, Any]) -> None:
    """What is not JSON in UTF-8 is told with its line and column."""
    assert post(client, body) == expected


@pytest.mark.parametrize(("request_", "expected"), INVALID.values(), ids=INVALID)
def test_invalid(client: FlaskClient, request_: Any, expected: dict[str, Any]) -> None:
    """What is JSON but no request is told with every fault, its place, and what was probably meant."""
    assert post(client, json.dumps(request_).encode()) == expected


@pytest.mark.parametrize(("content_type", "detail"), UNSUPPORTED.items())
def test_unsupported(client: FlaskClient, content_type: str | None, detail: str) -> None:
    """A body that is not JSON by its headers is not looked into."""
    assert post(client, b'{"requirements": {}}', content_type) == unsupported(detail)


def test_compressed(client: FlaskClient) -> None:
    """A compressed body is refused for what it is, not for not being JSON."""
    expected = unsupported("The Content-Encoding is `gzip`. Send the body as it is.")
    assert post(client, b"\x1f\x8b", headers={"Content-Encoding": "gzip"}) == expected


@pytest.mark.parametrize("number", [b"1e999", b"-1e999", b"9" * 500])
def test_numbers_without_measure(client: FlaskClient, number: bytes) -> None:
    """A number that JSON can write and a machine can hardly hold is out of range, at its place."""
    (error,) = post(client, b'{"requirements": {"hours": %s}}' % number)["errors"]
    assert (error["pointer"], error["code"]) == ("/requirements/hours", "value/out-of-range")


def test_lone_surrogates(client: FlaskClient) -> None:
    """Half a character, which JSON can write and UTF-8 cannot, is refused wherever it stands, and can be told."""
    lone = rb'"\ud83d"'
    body = b'{"requirements": {%s: 1, "home": %s}, "as_of": %s, "candidates": [%s], %s: %s}' % ((lone,) * 6)
    pointers = [error["pointer"] for error in post(client, body)["errors"]]
    assert pointers == ["/as_of", "/candidates/0", "/requirements/home", "/requirements/\ud83d", "/\ud83d"]
    (error,) = post(client, b'{"requirements": {}, "ruleset": %s}' % lone)["errors"]
    assert error["pointer"] == "/ruleset"


@pytest.mark.parametrize("accept", ["text/html", "*/*;q=0", "application/problem+json", "nonsense"])
def test_not_acceptable(client: FlaskClient, accept: str) -> None:
    """Whoever takes no form of the answer is told which there are, as JSON all the same."""
    for offered, refused in (
        ("application/json or text/markdown or image/svg+xml", post(client, EMPTY, headers={"Accept": accept})),
        ("application/json", problem_of(client.get("/v1/rulesets", headers={"Accept": accept}))),
    ):
        detail = f"The answer is {offered}, which the Accept header `{accept}` rules out."
        assert refused == problem("not-acceptable", 406, "No acceptable form of the answer exists", detail)


def test_problems_whatever_is_accepted(client: FlaskClient) -> None:
    """An error of the API is a problem document, also for a client that asks for a page."""
    assert problem_of(client.get("/v1/rulesets/nothing", headers={"Accept": "text/html, */*;q=0.8"}))["status"] == 404
