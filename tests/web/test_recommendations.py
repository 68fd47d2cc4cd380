"""`POST /v1/recommendations` where all is well."""

from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from steelyard.library import DEFAULT_RULESET, shipped
from steelyard.web import Shelf, create_app
from steelyard.web.settings import MEBIBYTE as MAX_BODY_BYTES

PATH = "/v1/recommendations"


def ask(client: FlaskClient, **request: Any) -> dict[str, Any]:
    """The answer to a request that is in order."""
    response = client.post(PATH, json=request)
    assert response.status_code == 200, response.data
    answer: dict[str, Any] = response.get_json()
    return answer


def test_the_answer_is_that_of_the_ruleset(client: FlaskClient, shelf: Shelf) -> None:
    """The body is the ruleset's own answer: its characters in UTF-8, and an end of line."""
    request = {"requirements": {"garden": True, "hours": 7}, "as_of": "2026-03-01"}
    response = client.post(PATH, json=request)
    assert response.data == (shelf.default.answer(request).to_json() + "\n").encode()
    assert response.status_code == 200
    assert response.content_type == "application/json"


def test_headers_of_an_answer(client: FlaskClient) -> None:
    """An answer is not to be stored by anybody between, nor taken for anything but JSON."""
    headers = client.post(PATH, json={"requirements": {}}).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_what_was_asked_is_what_counts(client: FlaskClient) -> None:
    """Requirements, their importance, the day and the candidates of the request all reach the ruleset."""
    request = {
        "requirements": {"garden": {"value": True, "importance": "must"}, "allergies": ["hay"]},
        "as_of": "1999-12-31",
        "candidates": ["cat"],
    }
    answer = ask(client, **request)
    assert answer["as_of"] == "1999-12-31"
    assert answer["requirements"]["garden"] == {"value": True, "importance": "must"}
    assert answer["requirements"]["allergies"]["value"] == ["hay"]
    assert [each["candidate"] for each in answer["excluded"]] == ["cat"]
    assert answer["outcome"] == "infeasible"


def test_no_day_means_today(client: FlaskClient) -> None:
    """A request without `as_of` asks about today, in UTC."""
    before = datetime.now(UTC).date()
    answer = ask(client, requirements={})
    assert answer["as_of"] in {before.isoformat(), datetime.now(UTC).date().isoformat()}


@pytest.mark.parametrize(("named", "asked"), [({}, "pets"), ({"ruleset": "pets"}, "pets"), ({"ruleset": "tea"}, "tea")])
def test_which_ruleset(client: FlaskClient, named: dict[str, str], asked: str) -> None:
    """The ruleset that the request names answers, and the first one if it names none."""
    assert ask(client, requirements={}, **named)["ruleset"]["id"] == asked


def test_a_question_has_one_id(client: FlaskClient, shelf: Shelf) -> None:
    """The same question has the same id, whether or not the default ruleset is named and defaults are spelled out."""
    one = ask(client, requirements={"garden": True}, as_of="2026-01-01")
    spelled_out = {"garden": {"importance": "should", "value": True}}
    other = ask(client, as_of="2026-01-01", requirements=spelled_out, ruleset="pets", candidates=["cat", "dog"])
    assert one == other
    assert one["ruleset"]["digest"] == shelf.default.digest


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "Application/JSON",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "application/vnd.steelyard+json",
        "application/problem+json; profile=x",
    ],
)
def test_content_types(client: FlaskClient, content_type: str) -> None:
    """JSON by any of its names is taken, as long as it is UTF-8."""
    assert client.post(PATH, data='{"requirements": {}}', content_type=content_type).status_code == 200


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        "application/*",
        "application/json",
        "APPLICATION/JSON",
        "application/json; charset=utf-8",
        "text/html, application/json;q=0.1",
        "text/html;q=0, */*;q=0.1",
        "application/*;q=0, application/json",
    ],
)
def test_acceptable(client: FlaskClient, accept: str | None) -> None:
    """JSON is given to whoever does not rule it out; of several ranges, the most specific one counts."""
    headers = {} if accept is None else {"Accept": accept}
    assert client.post(PATH, json={"requirements": {}}, headers=headers).status_code == 200


def test_a_byte_order_mark_is_passed_over(client: FlaskClient) -> None:
    """A byte order mark before the JSON, which some editors write, does no harm."""
    body = b'\xef\xbb\xbf{"requirements": {}}'
    assert client.post(PATH, data=body, content_type="application/json").status_code == 200


def test_the_largest_body(client: FlaskClient) -> None:
    """A body as large as the limit is read."""
    body = b'{"requirements": {}}'.ljust(MAX_BODY_BYTES)
    assert client.post(PATH, data=body, content_type="application/json").status_code == 200


def test_the_shipped_rulesets_are_the_default() -> None:
    """An application that is given no rulesets answers from those that ship, the default one first."""
    listed = create_app().test_client().get("/v1/rulesets").get_json()
    assert listed["default"] == DEFAULT_RULESET
    assert [each["id"] for each in listed["rulesets"]] == list(shipped())
