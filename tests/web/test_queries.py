"""`GET /v1/recommendations`: the same answers, by an address that can be kept, sent and revalidated."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from steelyard.web import Shelf, create_app
from tests.web.problems import problem_of

PATH = "/v1/recommendations"


@pytest.mark.parametrize(
    ("query", "posted"),
    [
        ("garden=yes&as_of=2026-03-01", {"requirements": {"garden": True}, "as_of": "2026-03-01"}),
        ("hours=7.5&home=farm", {"requirements": {"hours": 7.5, "home": "farm"}}),
        ("allergies=hay,fur", {"requirements": {"allergies": ["hay", "fur"]}}),
        ("allergies=hay&allergies=fur", {"requirements": {"allergies": ["hay", "fur"]}}),
        ("allergies=", {"requirements": {"allergies": []}}),
        (
            "garden=no&hours=3&must=garden&could=hours",
            {
                "requirements": {
                    "garden": {"value": False, "importance": "must"},
                    "hours": {"value": 3, "importance": "could"},
                }
            },
        ),
        ("allergies=hay&must=allergies", {"requirements": {"allergies": {"value": ["hay"], "importance": "must"}}}),
        ("candidates=dog", {"requirements": {}, "candidates": ["dog"]}),
        (
            "garden=true&explain=questions,changes&compare=dog,cat",
            {"requirements": {"garden": True}, "explain": ["questions", "changes"], "compare": ["dog", "cat"]},
        ),
        ("ruleset=tea", {"ruleset": "tea", "requirements": {}}),
        ("", {"requirements": {}}),
    ],
)
def test_a_query_is_a_request(client: FlaskClient, query: str, posted: dict[str, Any]) -> None:
    """What the query says is answered as if it had been posted, to the byte."""
    by_query = client.get(f"{PATH}?{query}")

    assert by_query.status_code == 200, by_query.text
    assert by_query.data == client.post(PATH, json=posted).data


def test_forms_by_query(client: FlaskClient, shelf: Shelf) -> None:
    """`Accept` chooses the form here too."""
    record = client.get(f"{PATH}?garden=yes&as_of=2026-03-01", headers={"Accept": "text/markdown"})
    chart = client.get(f"{PATH}?garden=yes&as_of=2026-03-01", headers={"Accept": "image/svg+xml"})
    request = {"requirements": {"garden": True}, "as_of": "2026-03-01"}

    assert record.text == shelf.default.answer({**request, "explain": ["questions", "changes"]}).to_markdown()
    assert chart.text == shelf.default.answer(request).to_svg()


def test_revalidation(client: FlaskClient) -> None:
    """A client that has the answer is told that it still holds, without being sent it again."""
    address = f"{PATH}?garden=yes&as_of=2026-03-01"
    first = client.get(address)
    tag = first.headers["ETag"]

    again = client.get(address, headers={"If-None-Match": tag})
    other = client.get(f"{PATH}?garden=no&as_of=2026-03-01", headers={"If-None-Match": tag})
    chart = client.get(address, headers={"If-None-Match": tag, "Accept": "image/svg+xml"})

    assert not tag.startswith("W/")
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "private, no-cache"
    assert again.headers["Vary"] == first.headers["Vary"] == "Accept"
    assert (other.status_code, chart.status_code) == (200, 200)
    assert len({tag, other.headers["ETag"], chart.headers["ETag"]}) == 3


def test_head(client: FlaskClient) -> None:
    """HEAD tells the headers of the answer without it."""
    address = f"{PATH}?garden=yes&as_of=2026-03-01"
    whole, head = client.get(address), client.head(address)

    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.parametrize(
    ("query", "faults"),
    [
        ("gardn=yes", {("/requirements/gardn", "request/unknown-need")}),
        ("garden=perhaps", {("/requirements/garden", "value/wrong-type")}),
        ("garden=yes&garden=no", {("/requirements/garden", "value/repeated")}),
        ("as_of=2026-01-01&as_of=2026-01-02", {("/as_of", "value/repeated")}),
        ("must=garden", {("/requirements/garden", "request/no-value")}),
        ("garden=yes&must=garden&could=garden", {("/requirements/garden/importance", "value/repeated")}),
        (
            "allergies=fur,fur,cats",
            {
                ("/requirements/allergies/1", "value/repeated"),
                ("/requirements/allergies/2", "request/unknown-option"),
            },
        ),
        ("candidates=dog,cow", {("/candidates/1", "request/unknown-candidate")}),
        ("candidates=", {("/candidates", "value/empty")}),
        ("explain=all", {("/explain/0", "value/unknown-word")}),
        ("compare=dog", {("/compare", "request/cannot-compare")}),
        ("ruleset=pet", {("/ruleset", "request/unknown-ruleset")}),
        ("ruleset=", {("/ruleset", "value/empty")}),
        (
            "as_of=soon&hours=25&garden=1&garden=2",
            {
                ("/as_of", "value/bad-date"),
                ("/requirements/hours", "value/out-of-range"),
                ("/requirements/garden", "value/repeated"),
                ("/requirements/garden", "value/wrong-type"),
            },
        ),
    ],
)
def test_a_faulty_query(client: FlaskClient, query: str, faults: set[tuple[str, str]]) -> None:
    """Every fault is told at once, with the place that it would have in a body; nothing is kept of the reply."""
    response = client.get(f"{PATH}?{query}")

    problem = problem_of(response)
    assert problem["status"] == 422
    assert {(error["pointer"], error["code"]) for error in problem["errors"]} == faults
    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers


def test_a_stack_by_query() -> None:
    """A stack is asked by its name."""
    client = create_app().test_client()

    by_query = client.get(f"{PATH}?stack=deep-learning&targets=android&as_of=2026-03-01")

    posted = {"stack": "deep-learning", "requirements": {"targets": ["android"]}, "as_of": "2026-03-01"}
    assert by_query.data == client.post(PATH, json=posted).data
