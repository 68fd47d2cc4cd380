"""The OpenAPI document is true: every example is asked, and every answer is as it is described."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from openapi_spec_validator import validate
from werkzeug.test import TestResponse

from steelyard.api import Ruleset
from steelyard.web import Settings, Shelf, blueprint, create_app
from steelyard.web.guarding.keys import line_of, new_key
from steelyard.web.routes import ROUTES
from tests.web.rulesets import PETS

METHODS = ("get", "post")
PATH = "/v1/recommendations"
ID = "0" * 32

App = tuple[FlaskClient, dict[str, Any]]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> App:
    """A client of the service with what ships, which keeps decisions, and its document."""
    log = tmp_path_factory.mktemp("log") / "decisions.ndjson"
    client = create_app(settings=Settings(decision_log=str(log))).test_client(use_cookies=False)
    return client, client.get("/openapi.json").get_json()


def operations(document: Mapping[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The method, the path and what is told of each operation."""
    for path, methods in document["paths"].items():
        for method, told in methods.items():
            yield method, path, told


def schema_at(document: Mapping[str, Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """A schema of the document that stands by itself, and takes no property that it does not name."""
    closed = json.loads(json.dumps(document["components"]["schemas"]))
    for component in closed.values():
        if "properties" in component:
            component.setdefault("additionalProperties", False)
    return {**schema, "components": {"schemas": closed}}


def check(document: Mapping[str, Any], schema: Mapping[str, Any], instance: Any) -> None:
    """Check that the data is as the schema has it."""
    Draft202012Validator(schema_at(document, schema), format_checker=FormatChecker()).validate(instance)


def check_response(document: Mapping[str, Any], told: Mapping[str, Any], response: TestResponse) -> None:
    """Check that a response is one of those that its operation tells, with the headers that it tells."""
    expected = told["responses"][str(response.status_code)]
    if "$ref" in expected:
        expected = document["components"]["responses"][expected["$ref"].rpartition("/")[2]]
    for name, reference in expected["headers"].items():
        header = document["components"]["headers"][reference["$ref"].rpartition("/")[2]]
        assert name in response.headers or not header.get("required"), name
    if response.status_code == 304:
        return
    media_type = str(response.mimetype)
    content = expected["content"][media_type]
    if media_type.endswith("json") and "ndjson" not in media_type:
        check(document, content["schema"], response.get_json(force=True))


def test_it_is_valid(served: App) -> None:
    """The document is OpenAPI 3.1."""
    validate(served[1])


def test_it_is_complete(served: App) -> None:
    """Every route of the API is told under its method and path, with an id of its own and a tag that is explained."""
    _, document = served
    told = {(method.upper(), path) for method, path, _ in operations(document)}
    assert told == {(route.method, route.written) for route in ROUTES if not route.is_page}
    ids = [each["operationId"] for _, _, each in operations(document)]
    assert len(ids) == len(set(ids))
    tags = {each["name"] for each in document["tags"]}
    assert all(set(each["tags"]) <= tags for _, _, each in operations(document))


def test_every_reference_leads_somewhere(served: App) -> None:
    """Every component that is named is there, and every one that is there is named."""
    _, document = served
    text = json.dumps(document)
    for kind, components in document["components"].items():
        for name in components:
            assert f"#/components/{kind}/{name}" in text or kind == "securitySchemes", name


def test_the_same_service_is_told_alike(served: App) -> None:
    """The document is the same each time, and a client that has it is told so."""
    client, document = served
    first = client.get("/openapi.json")
    again = client.get("/openapi.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.get_json() == document


def test_examples_of_bodies(served: App) -> None:
    """Every request that is shown is answered, and the answer is as it is described."""
    client, document = served
    asked = 0
    for method, path, told in operations(document):
        for media_type, content in told.get("requestBody", {}).get("content", {}).items():
            for example in content.get("examples", {}).values():
                check(document, content["schema"], example["value"])
                response = client.open(path, method=method, data=json.dumps(example["value"]), content_type=media_type)
                assert response.status_code == 200, response.text
                check_response(document, told, response)
                asked += 1
    assert asked >= 5


def test_examples_of_addresses(served: App) -> None:
    """Every address that is shown, by its parameters, is answered as it is described."""
    client, document = served
    for method, path, told in operations(document):
        if method != "get" or path == f"{PATH}/{{id}}":
            continue
        query: dict[str, Any] = {}
        address = path
        for parameter in told.get("parameters", ()):
            for example in list(parameter.get("examples", {}).values())[:1]:
                if parameter["in"] == "path":
                    address = address.replace("{" + parameter["name"] + "}", example["value"])
                elif parameter["in"] == "query":
                    value = example["value"]
                    named = value if isinstance(value, dict) else {parameter["name"]: value}
                    query |= {key: ",".join(each) if isinstance(each, list) else each for key, each in named.items()}
        response = client.get(f"{address}?{urlencode(query)}")
        assert response.status_code == 200, (address, response.text)
        check_response(document, told, response)


def test_examples_of_answers() -> None:
    """An answer that is shown is the one that the service gives to the request that is shown first."""
    client = create_app(Shelf.holding(Ruleset.from_dict(PETS))).test_client()
    document = client.get("/openapi.json").get_json()
    told = document["paths"][PATH]["post"]
    request = next(iter(told["requestBody"]["content"]["application/json"]["examples"].values()))["value"]
    shown = next(iter(told["responses"]["200"]["content"]["application/json"]["examples"].values()))["value"]
    assert client.post(PATH, json=request).get_json() == shown


def test_a_decision_is_as_described(served: App) -> None:
    """A kept decision, of a ruleset or of a stack, is as it is described, and so is one that is not there."""
    client, document = served
    told = document["paths"][f"{PATH}/{{id}}"]["get"]
    for request in ({"requirements": {"targets": ["android"]}}, {"stack": "deep-learning", "requirements": {}}):
        id_ = client.post(PATH, json=request).get_json()["id"]
        response = client.get(f"{PATH}/{id_}")
        assert response.status_code == 200
        check_response(document, told, response)
    check_response(document, told, client.get(f"{PATH}/{ID}"))


@pytest.mark.parametrize(
    ("method", "path", "sent", "status"),
    [
        ("post", PATH, {"data": "{", "content_type": "application/json"}, 400),
        ("post", PATH, {"json": {"requirements": {"target": 1}}}, 422),
        ("post", PATH, {"data": "x", "content_type": "text/plain"}, 415),
        ("post", PATH, {"json": {"requirements": {}}, "headers": {"Accept": "text/html"}}, 406),
        ("post", PATH, {"data": " " * 2_000_000, "content_type": "application/json"}, 413),
        ("get", "/v1/rulesets/none", {}, 404),
        ("get", "/v1/rulesets/deep-learning-frameworks/rules?as_of=x", {}, 422),
        ("get", "/v1/rulesets/deep-learning-frameworks/schema?of=x", {}, 422),
    ],
)
def test_refusals_are_as_described(served: App, method: str, path: str, sent: dict[str, Any], status: int) -> None:
    """Every kind of refusal is one that the operation tells."""
    client, document = served
    response = client.open(path, method=method, **sent)
    assert response.status_code == status
    bare = path.partition("?")[0]
    told = next(
        told
        for told_method, told_path, told in operations(document)
        if told_method == method and matches(told_path, bare)
    )
    check_response(document, told, response)


def matches(told: str, path: str) -> bool:
    """Whether a path is one of those that the document writes so."""
    parts, wanted = path.split("/"), told.split("/")
    pairs = zip(parts, wanted, strict=False)
    return len(parts) == len(wanted) and all(want in (part, "{id}") for part, want in pairs)


EXPLAINED = {
    "as_of": "2026-03-01",
    "requirements": {"garden": {"value": True, "importance": "must"}, "hours": 7, "allergies": ["fur"]},
    "explain": ["questions", "changes", "rules"],
    "compare": ["dog", "cat"],
}
INFEASIBLE = {
    "as_of": "2026-03-01",
    "requirements": {
        "home": {"value": "flat", "importance": "must"},
        "allergies": {"value": ["fur"], "importance": "must"},
    },
}
WIDE = {"requirements": {"targets": {"value": ["android"], "importance": "must"}}, "explain": EXPLAINED["explain"]}
TIED = {
    "ruleset": "pytorch-vs-tensorflow-2020",
    "as_of": "2026-01-01",
    "requirements": {"deployment": "prototype", "targets": ["android"], "team_skill": "beginner"},
}
# What occurs only where the service fails, and where a search is broken off in a ruleset far larger than these.
SELDOM = {("Problem", "instance"), ("Recommendation", "incomplete"), ("Problem", "position")}


def test_every_property_occurs(tmp_path: Path) -> None:
    """Each property that is described stands in some answer, and no answer has another; so no description is stale."""
    small = Shelf.holding(Ruleset.from_dict(PETS))
    clients = [
        create_app(shelf, Settings(decision_log=str(tmp_path / f"{number}.ndjson"))).test_client()
        for number, shelf in enumerate((small, None))
    ]
    document = clients[1].get("/openapi.json").get_json()
    seen: set[tuple[str, str]] = set()

    def take(route: str, response: TestResponse) -> Any:
        told = document["paths"][route][response.request.method.lower()]
        check_response(document, told, response)
        schema = told["responses"].get(str(response.status_code), {}).get("content")
        schema = schema["application/json"]["schema"] if schema else {"$ref": "#/components/schemas/Problem"}
        seen.update(occurring(document, schema, response.get_json(force=True)))
        return response.get_json(force=True)

    asked: tuple[tuple[dict[str, Any], ...], ...] = ((EXPLAINED, INFEASIBLE), (WIDE, TIED))
    for client, requests in zip(clients, asked, strict=True):
        for request in (*requests, {"requirements": {}}, {"requirements": {"x": 1}}):
            answer = take(PATH, client.post(PATH, json=request))
            if "id" in answer:
                take(f"{PATH}/{{id}}", client.get(f"{PATH}/{answer['id']}"))
        for path in ("/v1/rulesets", "/v1/stacks", "/healthz", "/readyz"):
            take(path, client.get(path))
        for ruleset in client.get("/v1/rulesets").get_json()["rulesets"]:
            take("/v1/rulesets/{id}", client.get(f"/v1/rulesets/{ruleset['id']}"))
            take("/v1/rulesets/{id}/rules", client.get(f"/v1/rulesets/{ruleset['id']}/rules"))
    answer = take(PATH, clients[1].post(PATH, json={**WIDE, "stack": "deep-learning"}))
    take(f"{PATH}/{{id}}", clients[1].get(f"{PATH}/{answer['id']}"))
    take("/v1/stacks/{id}", clients[1].get("/v1/stacks/deep-learning"))
    components = document["components"]["schemas"]
    described = {(name, key) for name, each in components.items() for key in each.get("properties", {})}
    assert {each for each in described - seen if each[0] not in ("Request", "WeighedAnswer")} == SELDOM


def occurring(document: Mapping[str, Any], schema: Any, data: Any) -> Iterator[tuple[str, str]]:
    """Which properties of which components occur in data that is as the schema has it."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        yield from ((name, key) for key in (data if isinstance(data, dict) else ()))
        schema = document["components"]["schemas"][name]
    for choice in schema.get("anyOf", ()):
        if Draft202012Validator(schema_at(document, choice)).is_valid(data):
            yield from occurring(document, choice, data)
            return
    if isinstance(data, dict):
        for key, value in data.items():
            inner = schema.get("properties", {}).get(key, schema.get("additionalProperties"))
            if isinstance(inner, dict):
                yield from occurring(document, inner, value)
    if isinstance(data, list) and "items" in schema:
        for value in data:
            yield from occurring(document, schema["items"], value)


def test_what_is_not_described_is_seen(served: App) -> None:
    """The check is one that can fail."""
    client, document = served
    answer = client.post(PATH, json={"requirements": {}}).get_json()
    with pytest.raises(ValidationError):
        check(document, {"$ref": "#/components/schemas/Recommendation"}, {**answer, "more": 1})


def test_keys_are_described(tmp_path: Any) -> None:
    """Where keys are wanted, the document says so, and whom of the operations needs none."""
    key = new_key()
    (tmp_path / "keys").write_text(line_of("ci", key))
    client = create_app(settings=Settings(api_keys_file=tmp_path / "keys")).test_client()
    document = client.get("/openapi.json", headers={"X-Api-Key": key}).get_json()
    validate(document)
    check_response(document, document["paths"]["/openapi.json"]["get"], client.get("/openapi.json"))
    assert document["paths"]["/healthz"]["get"]["security"] == []
    assert document["paths"][PATH]["post"]["security"] == [{"apiKey": []}]


def test_below_a_prefix() -> None:
    """Below a prefix, the document says where the service is, and the page where to find the document."""
    app = Flask("host")
    app.register_blueprint(blueprint(), url_prefix="/advice")
    client = app.test_client()
    assert client.get("/advice/openapi.json").get_json()["servers"] == [{"url": "/advice"}]
    page = client.get("/advice/docs").text
    assert "http://localhost/advice/v1/recommendations" in page
    assert 'href="openapi.json"' in page
