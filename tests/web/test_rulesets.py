"""What the service tells of its rulesets, and of itself."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from steelyard.web import Shelf

NO_BOUNDS = {"minimum": None, "maximum": None, "unit": None}


def test_list(client: FlaskClient, shelf: Shelf) -> None:
    """The list names the default, and every ruleset with its digest, what it holds, and its candidates."""
    pets, tea = shelf.rulesets["pets"], shelf.rulesets["tea"]
    expected = {
        "default": "pets",
        "rulesets": [
            {
                "id": "pets",
                "title": "Welches Haustier? 🐈",
                "version": "2",
                "digest": pets.digest,
                "counts": {"needs": 5, "candidates": 2, "criteria": 2, "rules": 3, "evidence": 1},
                "candidates": [{"id": "dog", "name": "Dog"}, {"id": "cat", "name": "Cat"}],
            },
            {
                "id": "tea",
                "title": "Which tea?",
                "version": "1",
                "digest": tea.digest,
                "counts": {"needs": 1, "candidates": 2, "criteria": 1, "rules": 1, "evidence": 0},
                "candidates": [{"id": "green", "name": "Green tea"}, {"id": "rooibos", "name": "Rooibos"}],
            },
        ],
    }
    response = client.get("/v1/rulesets")
    assert response.get_json() == expected
    assert response.content_type == "application/json"
    assert "🐈".encode() in response.data


def test_one_ruleset(client: FlaskClient, shelf: Shelf) -> None:
    """One ruleset is told with all that is needed to ask it, in the author's order."""
    expected = {
        "id": "pets",
        "title": "Welches Haustier? 🐈",
        "version": "2",
        "digest": shelf.default.digest,
        "stale_after_days": 365,
        "importance": {"must": 5, "should": 1.5, "could": 1},
        "needs": [
            _need("garden", "Is there a garden?", "flag", help="A balcony is none."),
            _need("home", "Which home?", "choice", options=[("flat", "A flat"), ("farm", "A farm")]),
            _need("allergies", "Allergic to?", "choices", options=[("fur", "Fur"), ("hay", "Hay")]),
            _need("patience", "How patient?", "scale", options=[("low", "Little"), ("high", "Much")]),
            _need("hours", "How long is it alone?", "number", minimum=0, maximum=24, unit="hours"),
        ],
        "candidates": [
            {
                "id": "dog",
                "name": "Dog",
                "summary": "It barks.",
                "steward": "Its people",
                "licence": "MIT",
                "homepage": "https://example.org/dog",
                "since": None,
                "until": None,
            },
            {
                "id": "cat",
                "name": "Cat",
                "summary": None,
                "steward": None,
                "licence": None,
                "homepage": None,
                "since": "2000-01-01",
                "until": "2100-01-01",
            },
        ],
        "criteria": [{"id": "place", "title": "Place"}, {"id": "time", "title": "Time"}],
    }
    assert client.get("/v1/rulesets/pets").get_json() == expected


def _need(
    id_: str, question: str, type_: str, *, options: list[tuple[str, str]] | None = None, **said: Any
) -> dict[str, Any]:
    listed = [{"id": option, "label": label} for option, label in options or ()]
    return {"id": id_, "question": question, "help": None, "type": type_, "options": listed, **NO_BOUNDS, **said}


def test_what_is_told_can_be_asked(client: FlaskClient) -> None:
    """A program can answer every need by what it is told of it, and is understood."""
    ruleset = client.get("/v1/rulesets/pets").get_json()
    answers: dict[str, Any] = {}
    for need in ruleset["needs"]:
        options = [option["id"] for option in need["options"]]
        by_type = {"flag": True, "choices": options, "number": need["maximum"]}
        answers[need["id"]] = by_type[need["type"]] if need["type"] in by_type else options[-1]
    response = client.post("/v1/recommendations", json={"ruleset": ruleset["id"], "requirements": answers})
    assert response.status_code == 200
    assert response.get_json()["unanswered"] == []


@pytest.mark.parametrize("path", ["/healthz", "/v1/rulesets", "/v1/rulesets/tea"])
def test_head(client: FlaskClient, path: str) -> None:
    """HEAD gives the headers of GET and no body."""
    got, head = client.get(path), client.head(path)
    assert head.data == b""
    assert head.headers["Content-Length"] == str(len(got.data)) == got.headers["Content-Length"]


def test_health(client: FlaskClient) -> None:
    """The service says that it is alive to whoever asks, whatever they accept."""
    response = client.get("/healthz", headers={"Accept": "text/html"})
    assert (response.status_code, response.data) == (200, b'{"status":"ok"}\n')
