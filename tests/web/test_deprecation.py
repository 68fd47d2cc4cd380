"""Routes that are to go say so before they do."""

from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from steelyard.web import blueprint, mounting
from steelyard.web.routes import ROUTES, table
from steelyard.web.routes.route import Deprecation

GOING = Deprecation(since=date(2027, 1, 1), until=date(2027, 12, 31), successor="/v2/rulesets")


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> Flask:
    """An application in which one route is to go."""
    routes = [replace(route, deprecation=GOING) if route.path == "/v1/rulesets" else route for route in ROUTES]
    for module in (mounting, table):
        monkeypatch.setattr(module, "ROUTES", tuple(routes))
    app = Flask("host")
    app.register_blueprint(blueprint(), url_prefix="/advice")
    return app


def test_every_reply_tells_it(app: Flask) -> None:
    """Each reply of the route, a refusal as well, tells since when, until when, and what takes its place."""
    client = app.test_client()
    for headers in ({}, {"Accept": "text/html"}):
        told = client.get("/advice/v1/rulesets", headers=headers).headers
        assert told["Deprecation"] == "@1798761600"
        assert told["Sunset"] == "Fri, 31 Dec 2027 00:00:00 GMT"
        assert told["Link"] == '</advice/v2/rulesets>; rel="successor-version"'


def test_the_others_do_not(app: Flask) -> None:
    """Routes that stay tell nothing of the kind."""
    assert "Deprecation" not in app.test_client().get("/advice/v1/stacks").headers


def test_it_is_described(app: Flask) -> None:
    """The OpenAPI document marks the operation."""
    paths = app.test_client().get("/advice/openapi.json").get_json()["paths"]
    assert [path for path, each in paths.items() if each.get("get", {}).get("deprecated")] == ["/v1/rulesets"]


def test_what_is_not_settled_is_not_told() -> None:
    """Without a last day and a successor, only the deprecation itself is told."""
    assert Deprecation(since=date(2027, 1, 1)).headers("") == (("Deprecation", "@1798761600"),)
