"""`GET /v1/rulesets/{id}/rules`: all that a ruleset knows."""

from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient

from steelyard.knowledge import Knowledge, rules_document
from steelyard.web import Shelf
from tests.web.problems import problem_of


def test_the_rules_of_a_day(client: FlaskClient, shelf: Shelf) -> None:
    """The reply is the document of the rules as they stand on the day that is asked about."""
    response = client.get("/v1/rulesets/pets/rules?as_of=2024-06-01")
    assert response.status_code == 200
    assert response.content_type == "application/json"
    assert response.get_json() == rules_document(Knowledge.of(shelf.default.model, date(2024, 6, 1)))


def test_the_rules_of_today(client: FlaskClient) -> None:
    """Without a day, today's knowledge is told."""
    before = datetime.now(UTC).date().isoformat()
    told = client.get("/v1/rulesets/tea/rules").get_json()["as_of"]
    assert before <= told <= datetime.now(UTC).date().isoformat()


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("as_of=2024-13-01", {("/as_of", "value/bad-date")}),
        ("as_of=", {("/as_of", "value/bad-date")}),
        ("asof=2024-01-01", {("/asof", "key/unknown")}),
        ("as_of=2024-01-01&as_of=2025-01-01", {("/as_of", "value/repeated")}),
        ("as_of=soon&x=1", {("/as_of", "value/bad-date"), ("/x", "key/unknown")}),
    ],
)
def test_a_faulty_query(client: FlaskClient, query: str, faults: set[tuple[str, str]]) -> None:
    """A day that is none, or anything else that is not taken, is a problem that tells every fault."""
    problem = problem_of(client.get(f"/v1/rulesets/pets/rules?{query}"))
    assert problem["status"] == 422
    assert {(error["pointer"], error["code"]) for error in problem["errors"]} == faults


def test_an_unknown_ruleset(client: FlaskClient) -> None:
    """The rules of a ruleset that is not served are not found, and what was probably meant is said."""
    problem = problem_of(client.get("/v1/rulesets/pet/rules"))
    assert problem["type"] == "urn:steelyard:problem:unknown-ruleset"
    assert "Did you mean `pets`?" in problem["detail"]
