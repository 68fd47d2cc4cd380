"""What operations are asked with in the query and in headers."""

from collections.abc import Mapping
from typing import Any

from steelyard.model import Importance
from steelyard.requirements import request_schema_of
from steelyard.shape import DAY, TEXT, listed_schema
from steelyard.web.openapi.answers.shared import reference
from steelyard.web.openapi.operation import Told

_IMPORTANCES = {
    Importance.MUST: "The needs whose answers are a must.",
    Importance.SHOULD: "The needs whose answers matter as answers do of which nothing is said.",
    Importance.COULD: "The needs whose answers matter little.",
}


def in_query(name: str, schema: Mapping[str, Any]) -> Told:
    """A parameter of the query; lists are written with commas."""
    told = {"name": name, "in": "query", "description": schema.get("description", "")}
    is_list = schema.get("type") == "array"
    bare = {key: value for key, value in schema.items() if key != "description"}
    if is_list:
        # As a form sends it of which nothing was chosen.
        bare["items"] = {"anyOf": [schema["items"], {"const": ""}]}
    return {**told, **({"style": "form", "explode": False} if is_list else {}), "schema": bare}


AS_OF = in_query("as_of", {"description": "The day that is asked about; today in UTC if it is not said.", **DAY})

NEEDS: Told = {
    "name": "needs",
    "in": "query",
    "description": "Answers by need, each as a parameter of its own name, such as `targets=android,ios`: true or "
    "false, an option's id, ids with commas between them, or a number.",
    "style": "form",
    "explode": True,
    "schema": {"type": "object", "additionalProperties": TEXT},
}

IF_NONE_MATCH: Told = {
    "name": "If-None-Match",
    "in": "header",
    "description": "The `ETag` of an answer that the client has already.",
    "schema": {"type": "string"},
}


def of_a_request() -> tuple[Told, ...]:
    """A request in the query."""
    asked = request_schema_of(explain={"items": reference("Topic")})["properties"]
    said = {key: schema for key, schema in asked.items() if key != "requirements"}
    weighed = {each.value: {"description": about, **listed_schema(TEXT)} for each, about in _IMPORTANCES.items()}
    return (NEEDS, *(in_query(key, schema) for key, schema in {**weighed, **said}.items()))
