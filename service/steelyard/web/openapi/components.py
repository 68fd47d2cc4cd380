"""What operations share: the schemas of answers and requests, headers, and the responses of problems."""

from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from inspect import getdoc
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter

from steelyard.requirements import request_schema_of, requirement_schema
from steelyard.web.keeping import Shelf
from steelyard.web.openapi import answers
from steelyard.web.openapi.answers import Answer
from steelyard.web.openapi.answers.fields import Shared
from steelyard.web.openapi.answers.shared import SHARED, reference
from steelyard.web.openapi.operation import PROBLEM

KEY = "apiKey"
"""The name of the security scheme."""

COMMON_HEADERS = ("X-Request-Id", "Steelyard-Ruleset")
"""The headers that every response has."""

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}

HEADERS: dict[str, dict[str, Any]] = {
    "X-Request-Id": {
        "description": "The id of the request: that which the client sent, or else a new one.",
        "required": True,
        "schema": _TEXT,
    },
    "Steelyard-Ruleset": {
        "description": "The ruleset or stack that was asked, with its version and digest, as a structured field.",
        "required": True,
        "schema": _TEXT,
    },
    "ETag": {
        "description": "A strong tag of the answer, for `If-None-Match`.",
        "required": True,
        "schema": {"type": "string", "pattern": '^".+"$'},
    },
    "Vary": {"description": "The headers of the request by which the form was chosen.", "schema": _TEXT},
    "Retry-After": {"description": "After how many seconds to ask again.", "required": True, "schema": _COUNT},
    "RateLimit": {"description": "How many requests are left, and for how many seconds.", "schema": _TEXT},
    "RateLimit-Policy": {"description": "How many requests are allowed in how many seconds.", "schema": _TEXT},
    "WWW-Authenticate": {"description": "That a bearer key is wanted.", "required": True, "schema": _TEXT},
}

REFUSALS: dict[HTTPStatus, tuple[str, tuple[str, ...]]] = {
    HTTPStatus.BAD_REQUEST: ("The request cannot be read.", ()),
    HTTPStatus.UNAUTHORIZED: ("A key is wanted, and none that is known was shown.", ("WWW-Authenticate",)),
    HTTPStatus.NOT_FOUND: ("There is no such thing.", ()),
    HTTPStatus.NOT_ACCEPTABLE: ("The `Accept` header rules out every form of the answer.", ()),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ("The body is too large.", ()),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: ("The body is of another type than is taken.", ()),
    HTTPStatus.UNPROCESSABLE_ENTITY: ("The request is invalid; every fault is told.", ()),
    HTTPStatus.TOO_MANY_REQUESTS: ("Too many requests.", ("Retry-After", "RateLimit", "RateLimit-Policy")),
    HTTPStatus.INTERNAL_SERVER_ERROR: ("The service failed. Its log has more under the id in `instance`.", ()),
}
"""By status, what a problem of it means, and the headers that it has."""


def name_of(status: HTTPStatus) -> str:
    """The name by which a problem of the status stands among the components."""
    return f"Problem{status.value}"


def refusal(status: HTTPStatus) -> dict[str, Any]:
    """A response that is a problem."""
    description, headers = REFUSALS[status]
    return {"description": description, "headers": headers_of(headers), "content": PROBLEM}


def headers_of(names: tuple[str, ...]) -> dict[str, Any]:
    """The headers of a response, those that all have among them."""
    return {name: {"$ref": f"#/components/headers/{name}"} for name in (*COMMON_HEADERS, *names)}


def request_component(shelf: Shelf) -> dict[str, Any]:
    """A request to any of the rulesets and stacks, whose needs are those of what is asked."""
    answers = {"anyOf": [reference("Value"), reference("WeighedAnswer")]}
    schema = request_schema_of(
        ruleset={"enum": list(shelf.rulesets)},
        stack={"enum": list(shelf.stacks)},
        requirements={"additionalProperties": answers},
        explain={"items": reference("Topic")},
    )
    if not shelf.stacks:
        del schema["properties"]["stack"]
    return {
        "description": "A question to a ruleset, or to a stack of them; to the default ruleset if none is named. Which "
        "needs there are, and the answers that each takes, is told by `/v1/rulesets/{id}/schema`.",
        **schema,
        "not": {"required": ["ruleset", "stack"]},
    }


def weighed_answer_component() -> dict[str, Any]:
    """A requirement as a request may state it, with its importance."""
    schema = requirement_schema()
    for key, name in (("value", "Value"), ("importance", "Importance")):
        schema["properties"][key] = {"description": schema["properties"][key]["description"], **reference(name)}
    return {"description": "An answer to a need, and how much it matters.", **schema}


class _Converter(OpenAPIConverter):
    """Fields as apispec describes them, and those of what is described by a name as references to it."""

    def init_attribute_functions(self) -> None:
        super().init_attribute_functions()  # type: ignore[no-untyped-call]  # apispec says nothing of it
        self.attribute_functions.append(self.shared2reference)

    def shared2reference(self, field: Any, **_: Any) -> dict[str, Any]:
        """The reference, if it is one of these fields."""
        if not isinstance(field, Shared):
            return {}
        named = reference(field.name_of_schema)
        return {"anyOf": [named, {"type": "null"}]} if field.allow_none else dict(named)


class _Plugin(MarshmallowPlugin):
    Converter = _Converter


@cache
def answer_components() -> dict[str, Any]:
    """The schemas of all answers and of their parts, by name."""
    plugin = _Plugin(schema_name_resolver=_name)
    spec = APISpec(title="answers", version="1", openapi_version="3.1.0", plugins=[plugin])
    for name in answers.__all__:
        part = getattr(answers, name)
        if part is not Answer and name not in spec.components.schemas:
            spec.components.schema(name, schema=part)
    schemas: dict[str, Any] = spec.to_dict()["components"]["schemas"]
    words = {part.__name__: getdoc(part) for part in _all_parts(Answer)}
    parts = {name: {"description": words[name], **schemas[name]} for name in sorted(schemas)}
    return {**SHARED, **parts}


def _all_parts(of: type[Answer]) -> Iterator[type[Answer]]:
    for part in of.__subclasses__():
        yield part
        yield from _all_parts(part)


def _name(part: Any) -> str:
    kind = part if isinstance(part, type) else type(part)
    return str(kind.__name__)
