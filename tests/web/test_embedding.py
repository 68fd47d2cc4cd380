"""The service below a prefix of somebody else's application, which it leaves alone."""

import importlib.util
import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, abort
from flask.json.provider import DefaultJSONProvider
from flask.testing import FlaskClient

from steelyard.api import load
from steelyard.web import Settings, blueprint
from tests.web.problems import problem_of
from tests.web.rulesets import TEA_YAML

EXAMPLE = Path(__file__).parents[2] / "service" / "examples" / "flask_app.py"
REQUEST = {"requirements": {"sleep": True}, "as_of": "2026-01-01"}


class Shouting(DefaultJSONProvider):
    """A JSON provider that would show in every answer that used it."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """The text in capitals."""
        return super().dumps(obj, **kwargs).upper()


@pytest.fixture
def host(tmp_path: Path) -> Flask:
    """An application with errors, JSON, headers and settings of its own, and the service at two places."""
    (tmp_path / "tea.yaml").write_text(TEA_YAML)
    app = Flask("host")
    app.json = Shouting(app)
    app.config["MAX_CONTENT_LENGTH"] = 100
    app.register_error_handler(404, lambda _error: ("the host knows nothing", 404))
    app.register_error_handler(Exception, lambda _error: ("the host failed", 500))
    app.add_url_rule("/json", "json", lambda: {"a": 1})
    app.add_url_rule("/abort", "abort", lambda: abort(409))
    app.add_url_rule("/advice/own", "own", lambda: "the host's own")
    app.register_blueprint(blueprint(rules=[tmp_path / "tea.yaml"]), url_prefix="/advice")
    settings = Settings(max_body_bytes=1024)
    app.register_blueprint(blueprint(settings=settings, name="second"), url_prefix="/a/b")
    return app


@pytest.fixture
def client(host: Flask) -> FlaskClient:
    """A client of it."""
    return host.test_client(use_cookies=False)


def test_it_answers_below_its_prefix(client: FlaskClient) -> None:
    """A request below the prefix is answered, to the byte, as the command line would."""
    response = client.post("/advice/v1/recommendations", data=json.dumps(REQUEST), content_type="application/json")
    assert response.status_code == 200
    assert response.get_json()["ruleset"]["id"] == "tea"
    assert response.headers["Steelyard-Ruleset"].startswith('tea;version="1"')
    assert response.headers["X-Request-Id"]


def test_two_are_mounted_side_by_side(client: FlaskClient) -> None:
    """Each mounted service has rulesets and settings of its own."""
    default = load().id
    assert client.get("/a/b/v1/rulesets").get_json()["default"] == default
    assert client.get("/advice/v1/rulesets").get_json()["default"] == "tea"
    body = json.dumps(REQUEST).ljust(2000)
    assert problem_of(client.post("/a/b/v1/recommendations", data=body))["detail"] == (
        "The body is larger than 1,024 bytes."
    )


def test_the_host_is_left_alone(client: FlaskClient) -> None:
    """Errors, JSON and headers of the application around it are as they were."""
    assert client.get("/json").text == '{"A":1}\n'
    assert (client.get("/nothing").status_code, client.get("/nothing").text) == (404, "the host knows nothing")
    assert (client.get("/abort").status_code, client.get("/abort").text) == (500, "the host failed")
    assert client.get("/advice/own").text == "the host's own"
    assert "X-Request-Id" not in client.get("/json").headers
    assert "Steelyard-Ruleset" not in client.get("/nothing").headers


def test_the_host_changes_nothing(client: FlaskClient) -> None:
    """JSON and limits of the application around it do not reach below the prefix."""
    body = json.dumps(REQUEST).ljust(500)
    assert len(body) > client.application.config["MAX_CONTENT_LENGTH"]
    response = client.post("/advice/v1/recommendations", data=body, content_type="application/json")
    assert response.status_code == 200
    assert response.text.startswith('{"id":"')


def test_errors_below_the_prefix_are_problems(client: FlaskClient) -> None:
    """Unknown paths, wrong methods and invalid requests are told as problems, with the prefix in what they name."""
    missing = problem_of(client.get("/advice/v1/recomendations"))
    assert missing["detail"].endswith("Did you mean `/advice/v1/recommendations`?")
    wrong = client.put("/a/b/v1/rulesets")
    assert problem_of(wrong)["status"] == 405
    assert wrong.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert problem_of(client.post("/advice/v1/recommendations", json={}))["status"] == 422
    assert problem_of(client.get("/advice/nothing"))["status"] == 404


def test_a_fault_of_ours_is_told_below_the_prefix(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the service is its own problem, not the host's error."""
    monkeypatch.setattr("steelyard.web.documents.rulesets._in_short", None)
    assert problem_of(client.get("/advice/v1/rulesets"))["status"] == 500


def test_the_example_runs() -> None:
    """The example application answers, and so does what it mounts."""
    spec = importlib.util.spec_from_file_location("flask_app", EXAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    example = module.app.test_client()

    place = example.get("/").get_json()["ask"]
    answer = example.post(place, json={"requirements": {"targets": ["android"]}, "as_of": "2026-11-25"})

    assert answer.get_json()["outcome"] == "recommended"
