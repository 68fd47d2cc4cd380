"""Errors that have nothing to do with what is asked: paths, methods, and faults of ours."""

import logging
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask import Flask, abort
from flask.testing import FlaskClient

from steelyard.api import Ruleset
from steelyard.diagnostics import listing
from steelyard.web import Shelf, create_app
from steelyard.web.routes import ROUTES
from tests.web.problems import problem_of

PATHS = sorted({route.written for route in ROUTES if not route.is_page})
EXISTING = f"There is {listing(PATHS, most=len(PATHS), word='and')}."
INSIDE = "what only the operator may know"


@pytest.mark.parametrize(
    ("path", "detail"),
    [
        ("/v1/recomendations", "There is nothing at `/v1/recomendations`. Did you mean `/v1/recommendations`?"),
        ("/v1/rulesets/", "There is nothing at `/v1/rulesets/`. Did you mean `/v1/rulesets`?"),
        ("/v1/healthz", "There is nothing at `/v1/healthz`. Did you mean `/healthz`?"),
        ("/index.html", f"There is nothing at `/index.html`. {EXISTING}"),
        ("/favicon.ico", f"There is nothing at `/favicon.ico`. {EXISTING}"),
        ("/%0d%0aSet-Cookie:%20x", f"There is nothing at `/\\r\\nSet-Cookie: x`. {EXISTING}"),
        ("/%FF", f"There is nothing at `/\ufffd`. {EXISTING}"),
        ("/static/x", f"There is nothing at `/static/x`. {EXISTING}"),
    ],
)
def test_unknown_path(client: FlaskClient, path: str, detail: str) -> None:
    """A path that leads nowhere is told with the one that was probably meant, or with those that exist."""
    assert problem_of(client.get(path)) == {
        "type": "urn:steelyard:problem:not-found",
        "title": "There is nothing here",
        "status": 404,
        "detail": detail,
        "errors": [],
    }


def test_no_path_leads_elsewhere(client: FlaskClient) -> None:
    """A path with a slash too many is unknown, not redirected."""
    response = client.get("/", environ_overrides={"PATH_INFO": "//v1//rulesets"})
    assert problem_of(response)["status"] == 404
    assert "Location" not in response.headers


@pytest.mark.parametrize(("named", "help_"), [("pet", "did you mean `pets`?"), ("x", "one of `pets` or `tea`")])
def test_unknown_ruleset(client: FlaskClient, named: str, help_: str) -> None:
    """A ruleset in the path that is not there is told with those that are."""
    assert problem_of(client.get(f"/v1/rulesets/{named}")) == {
        "type": "urn:steelyard:problem:unknown-ruleset",
        "title": "There is no such ruleset",
        "status": 404,
        "detail": f"No ruleset `{named}` is served. {help_[0].upper()}{help_[1:]}{'' if help_.endswith('?') else '.'}",
        "errors": [
            {
                "pointer": "",
                "code": "request/unknown-ruleset",
                "detail": f"no ruleset `{named}` is served",
                "help": help_,
            }
        ],
    }


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/recommendations", "GET, HEAD, OPTIONS, POST"),
        ("PUT", "/v1/rulesets", "GET, HEAD, OPTIONS"),
        ("DELETE", "/healthz", "GET, HEAD, OPTIONS"),
        ("BREW", "/v1/rulesets/pets", "GET, HEAD, OPTIONS"),
    ],
)
def test_wrong_method(client: FlaskClient, method: str, path: str, allowed: str) -> None:
    """A method that a path does not take is told with those that it takes."""
    response = client.open(path, method=method)
    assert response.status_code == 405
    assert response.headers["Allow"] == allowed
    if method != "HEAD":
        assert problem_of(response)["detail"] == f"`{path}` takes {allowed}, and not `{method}`."


def broken(_self: Ruleset, _request: Any) -> NoReturn:
    """What an answer looks like when the service has a fault."""
    raise RuntimeError(INSIDE)


@pytest.mark.parametrize("testing", [False, True])
def test_a_fault_of_ours(
    shelf: Shelf, testing: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of the service is a 500 that tells an id and nothing else; the log has the rest under that id."""
    monkeypatch.setattr(Ruleset, "write", broken)
    app = create_app(shelf)
    app.testing = testing
    with caplog.at_level(logging.ERROR):
        response = app.test_client().post("/v1/recommendations", json={"requirements": {}})
    problem = problem_of(response)
    assert INSIDE not in response.text
    assert "RuntimeError" not in response.text
    assert problem["instance"] == f"urn:steelyard:request:{response.headers['X-Request-Id']}"
    (record,) = caplog.records
    assert record.getMessage() == f"`POST` `/v1/recommendations` failed: {problem['instance']}"
    assert INSIDE in caplog.text
    assert "Traceback" in caplog.text


def test_every_fault_of_ours_has_an_id_of_its_own(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two faults are told under two ids."""
    monkeypatch.setattr(Ruleset, "write", broken)
    client = create_app(shelf).test_client()
    asked = [client.post("/v1/recommendations", json={"requirements": {}}) for _ in range(2)]
    assert len({problem_of(response)["instance"] for response in asked}) == 2


def app_that_aborts(shelf: Shelf, status: int) -> Flask:
    """The application, with a route that fails in the framework's way."""
    app = create_app(shelf)
    app.add_url_rule("/abort", "abort", lambda: abort(status, INSIDE))
    return app


@pytest.mark.parametrize(("status", "kind"), [(400, "bad-request"), (429, "too-many-requests"), (409, "conflict")])
def test_errors_of_the_framework(shelf: Shelf, status: int, kind: str) -> None:
    """What Flask refuses by itself is a problem too, in our words and not in its own."""
    response = app_that_aborts(shelf, status).test_client().get("/abort")
    assert response.content_type == "application/problem+json"
    assert response.status_code == status
    assert response.get_json(force=True)["type"] == f"urn:steelyard:problem:{kind}"
    assert INSIDE not in response.text


def test_a_framework_error_of_ours_is_one_of_ours(shelf: Shelf) -> None:
    """A 5xx that the framework makes is told like every fault of ours."""
    response = app_that_aborts(shelf, 503).test_client().get("/abort")
    assert problem_of(response)["status"] == 500
    assert INSIDE not in response.text


def test_options(client: FlaskClient) -> None:
    """OPTIONS tells the methods of a path."""
    response = client.options("/v1/recommendations")
    assert response.status_code == 200
    assert {method.strip() for method in response.headers["Allow"].split(",")} == {"GET", "HEAD", "OPTIONS", "POST"}


def test_nothing_leads_to_a_file(client: FlaskClient, tmp_path: Path) -> None:
    """No path of a request reaches the file system."""
    (tmp_path / "inside").write_text(INSIDE)
    for path in (
        f"/v1/rulesets/{tmp_path}/inside",
        f"/v1/rulesets/..%2f..{tmp_path}/inside",
        f"/static{tmp_path}/inside",
    ):
        assert problem_of(client.get(path))["status"] == 404
