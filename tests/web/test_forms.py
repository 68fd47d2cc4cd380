"""The forms of a recommendation over HTTP, chosen by `Accept`, and what explains it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from steelyard.api import Ruleset
from steelyard.web import Shelf, create_app
from tests.web.problems import problem_of
from tests.web.rulesets import PETS

PATH = "/v1/recommendations"
REQUEST: dict[str, Any] = {"requirements": {"garden": True, "hours": 7}, "as_of": "2026-03-01"}
EXPLAINED = {**REQUEST, "explain": ["questions", "changes"]}


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/markdown", "text/markdown; charset=utf-8"),
        ("text/*", "text/markdown; charset=utf-8"),
        ("image/svg+xml", "image/svg+xml; charset=utf-8"),
        ("image/*, text/html", "image/svg+xml; charset=utf-8"),
        ("text/markdown;q=0.4, image/svg+xml;q=0.5, application/json;q=0.3", "image/svg+xml; charset=utf-8"),
        ("text/markdown;q=0.4, */*;q=0.1", "text/markdown; charset=utf-8"),
        ("text/markdown, application/json", "application/json"),
        ("text/markdown;q=0, */*", "application/json"),
        ("application/json;q=0, */*", "text/markdown; charset=utf-8"),
        ("text/html, application/xhtml+xml, */*;q=0.8", "application/json"),
        ("TEXT/MARKDOWN", "text/markdown; charset=utf-8"),
    ],
)
def test_accept_chooses_the_form(client: FlaskClient, accept: str, form: str) -> None:
    """The form that the client takes most gladly is given; JSON where it takes several alike."""
    response = client.post(PATH, json=REQUEST, headers={"Accept": accept})

    assert (response.status_code, response.content_type, response.headers["Vary"]) == (200, form, "Accept")


def test_the_forms_are_those_of_the_ruleset(client: FlaskClient, shelf: Shelf) -> None:
    """The bytes are those of the command line and of Python; a record tells what would change the answer."""
    record = client.post(PATH, json=REQUEST, headers={"Accept": "text/markdown"})
    chart = client.post(PATH, json=REQUEST, headers={"Accept": "image/svg+xml"})

    assert record.text == shelf.default.answer(EXPLAINED).to_markdown()
    assert chart.text == shelf.default.answer(REQUEST).to_svg()


def test_a_record_explains_what_is_asked(client: FlaskClient, shelf: Shelf) -> None:
    """A request that says what to explain is not overruled by the form of its answer."""
    request = {**REQUEST, "explain": []}

    record = client.post(PATH, json=request, headers={"Accept": "text/markdown"})

    assert record.text == shelf.default.answer(request).to_markdown()


def test_a_chart_runs_and_fetches_nothing(client: FlaskClient) -> None:
    """A chart that is opened by itself may use its own style, and nothing else."""
    headers = client.post(PATH, json=REQUEST, headers={"Accept": "image/svg+xml"}).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_explanations_over_http(client: FlaskClient, shelf: Shelf) -> None:
    """What a request wants explained stands in the answer, as Python gives it."""
    request = {**EXPLAINED, "explain": ["rules", "changes", "questions"], "compare": ["dog", "cat"]}

    answer = client.post(PATH, json=request).get_json()

    assert answer == shelf.default.answer(request).to_dict()
    assert {"questions", "changes", "rules", "comparison", "relax"} <= answer.keys()
    assert answer["settled"] in (True, False)


def test_a_stack_has_no_chart() -> None:
    """A stack is given as JSON or as a record; whoever takes only a chart is told so."""
    client = create_app().test_client()
    request = {"stack": "deep-learning", "requirements": {}, "as_of": "2026-03-01"}

    record = client.post(PATH, json=request, headers={"Accept": "text/markdown"})
    refused = problem_of(client.post(PATH, json=request, headers={"Accept": "image/svg+xml"}))

    assert record.text.startswith("# Use ")
    assert refused["detail"].startswith("The answer is application/json or text/markdown, which")


def test_a_stack_is_explained_part_by_part() -> None:
    """Each part of a stack has its own questions and changes; a comparison is that of the part it belongs to."""
    client = create_app().test_client()
    request = {"stack": "deep-learning", "requirements": {}, "explain": ["changes"], "compare": ["pytorch", "keras"]}

    parts = client.post(PATH, json=request).get_json()["parts"]

    assert all("changes" in part["recommendation"] for part in parts)
    assert [part["part"] for part in parts if "comparison" in part["recommendation"]] == ["framework"]


def test_what_does_not_answer_one_question_is_not_compared() -> None:
    """Candidates of different parts of a stack answer different questions."""
    client = create_app().test_client()
    request = {"stack": "deep-learning", "requirements": {}, "compare": ["pytorch", "tensorboard"]}

    (error,) = problem_of(client.post(PATH, json=request))["errors"]

    assert (error["pointer"], error["code"]) == ("/compare", "request/cannot-compare")
    assert error["detail"] == "`pytorch` and `tensorboard` are answers to different questions"


def test_a_ruleset_may_be_called_like_a_route() -> None:
    """What a ruleset is described by has one form, be the ruleset called as the route of several forms is."""
    data = {**PETS, "ruleset": {**PETS["ruleset"], "id": "recommendations"}}
    client = create_app(Shelf.holding(Ruleset.from_dict(data))).test_client()

    refused = client.get("/v1/rulesets/recommendations", headers={"Accept": "text/markdown"})

    assert problem_of(refused)["status"] == 406
