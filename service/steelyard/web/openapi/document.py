"""The OpenAPI document of a mounted service."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from steelyard.web.keeping import Shelf
from steelyard.web.openapi.components import (
    HEADERS,
    KEY,
    REFUSALS,
    answer_components,
    headers_of,
    name_of,
    refusal,
    request_component,
    weighed_answer_component,
)
from steelyard.web.openapi.described import OPERATIONS, TAGS
from steelyard.web.openapi.examples import answers_of, ids_in, query_to, requests_to
from steelyard.web.openapi.operation import Operation, content_of
from steelyard.web.reading import JSON
from steelyard.web.routes.route import Route

_ABOUT = (
    "Steelyard weighs what a project needs against a dated, sourced ruleset, and explains what it recommends. The same "
    "question gets the same answer, by whichever way it is asked.\n\n"
    "Every request may carry an `X-Request-Id`, by which it is spoken of. Whatever is refused is told as a problem "
    "(RFC 9457), with every fault at once."
)
_KEY = {"type": "http", "scheme": "bearer", "description": "A key that whoever runs the service has given out."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mounted:
    """What there is to know of a mounted service for describing it.

    Attributes:
        routes: its routes, in the order in which they are told.
        prefix: the path under which it is mounted, without a slash at its end.
        version: the version of Steelyard.
        shelf: what can be asked.
        wants_keys: whether clients have to show a key.
    """

    routes: tuple[Route, ...]
    prefix: str = ""
    version: str
    shelf: Shelf = field(hash=False)
    wants_keys: bool = False


def openapi_document(mounted: Mounted) -> dict[str, Any]:
    """The document: the same for the same service, whenever and wherever it is made.

    Raises:
        KeyError: a route is not described.
    """
    security = {"securitySchemes": {KEY: _KEY}} if mounted.wants_keys else {}
    refusals = [each for each in REFUSALS if mounted.wants_keys or each is not HTTPStatus.UNAUTHORIZED]
    challenge = "WWW-Authenticate"
    return {
        "openapi": "3.1.0",
        "info": {"title": "Steelyard", "version": mounted.version, "description": _ABOUT},
        "servers": [{"url": mounted.prefix or "/"}],
        "tags": [{"name": name, "description": about} for name, about in TAGS.items()],
        "paths": _paths(mounted),
        "components": {
            "schemas": {
                "Request": request_component(mounted.shelf),
                "WeighedAnswer": weighed_answer_component(),
                **answer_components(),
            },
            "responses": {name_of(status): refusal(status) for status in refusals},
            "headers": {name: each for name, each in HEADERS.items() if mounted.wants_keys or name != challenge},
            **security,
        },
    }


def _paths(mounted: Mounted) -> dict[str, Any]:
    requests, query, answers = requests_to(mounted.shelf), query_to(mounted.shelf), answers_of(mounted.shelf)
    paths: dict[str, Any] = {}
    for route in mounted.routes:
        if route.is_page:
            continue
        operation = OPERATIONS[route.name]
        told: dict[str, Any] = {
            "operationId": route.name,
            "tags": [operation.tag],
            "summary": operation.summary,
            "description": operation.description,
        }
        if route.deprecation is not None:
            told["deprecated"] = True
        parameters = [*_path_parameters(route, mounted.shelf), *_with_examples(operation, query)]
        if parameters:
            told["parameters"] = parameters
        if operation.body:
            told["requestBody"] = {"required": True, "content": _body(operation, requests)}
        told["responses"] = _responses(route, operation, mounted, answers.get(route.name))
        if mounted.wants_keys:
            told["security"] = [] if route.is_open else [{KEY: []}]
        paths.setdefault(route.written, {})[route.method.lower()] = told
    return paths


def _path_parameters(route: Route, shelf: Shelf) -> Iterable[dict[str, Any]]:
    if "{id}" in route.written:
        known = [id_ for start, id_ in ids_in(shelf).items() if route.written.startswith(start)]
        examples = {"served": {"value": known[0]}} if known else {}
        yield {
            "name": "id",
            "in": "path",
            "required": True,
            "description": "Its id.",
            "schema": {"type": "string", "minLength": 1},
            **({"examples": examples} if examples else {}),
        }


def _with_examples(operation: Operation, query: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """The parameters of an operation, those of a request in the query with an example of one."""
    is_request = any(each["name"] == "needs" for each in operation.parameters)
    for each in operation.parameters:
        if is_request and each["name"] in query:
            yield {**each, "examples": {"two-candidates": {"value": query[each["name"]]}}}
        else:
            yield dict(each)


def _body(operation: Operation, requests: Mapping[str, Any]) -> dict[str, Any]:
    """What is posted: a request, or many of them, of which two are an example."""
    content: dict[str, Any] = {}
    for media_type, schema in operation.body.items():
        content[media_type] = {"schema": schema}
        if "$ref" in schema:
            content[media_type]["examples"] = dict(requests)
        elif media_type == JSON:
            two = [requests[name]["value"] for name in ("two-candidates", "questions")]
            content[media_type]["examples"] = {"two-requests": {"summary": "Two requests", "value": two}}
    return content


def _responses(route: Route, operation: Operation, mounted: Mounted, example: Any) -> dict[str, Any]:
    content = content_of(operation.answers)
    if example is not None:
        content[JSON]["examples"] = {"answer": {"value": example}}
    responses = {
        HTTPStatus.OK: {"description": "The answer.", "headers": headers_of(operation.headers), "content": content}
    }
    for status, (about, answer) in operation.others.items():
        other: dict[str, Any] = {"description": about, "headers": headers_of(operation.headers)}
        responses[status] = {**other, "content": content_of({JSON: answer})} if answer is not None else other
    for status in (*operation.refusals, *_refusals_of(route, mounted)):
        responses[status] = {"$ref": f"#/components/responses/{name_of(status)}"}
    return {str(status.value): responses[status] for status in sorted(responses)}


def _refusals_of(route: Route, mounted: Mounted) -> Iterable[HTTPStatus]:
    """The statuses with which any such route may refuse."""
    if route.forms:
        yield HTTPStatus.NOT_ACCEPTABLE
    if not route.is_open:
        yield HTTPStatus.TOO_MANY_REQUESTS
        if mounted.wants_keys:
            yield HTTPStatus.UNAUTHORIZED
    yield HTTPStatus.INTERNAL_SERVER_ERROR
