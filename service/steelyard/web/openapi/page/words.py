"""Parts of the document in words, as HTML."""

import json
from collections.abc import Mapping
from typing import Any

from markupsafe import Markup, escape

from steelyard.web.templating import inline

Told = Mapping[str, Any]

_KINDS = {
    "string": "text",
    "number": "number",
    "integer": "whole number",
    "boolean": "true or false",
    "object": "mapping",
    "array": "list",
    "null": "null",
}
_FORMATS = {"date": "day", "date-time": "moment"}
_OR = Markup(" or ")


def prose(text: str) -> Markup:
    """Paragraphs of plain Markdown, in which only code is marked."""
    paragraphs = [Markup("<p>{}</p>").format(inline(each)) for each in text.split("\n\n")]
    return Markup("\n").join(paragraphs)


def pretty(data: Any) -> str:
    """Plain data as JSON for people."""
    return json.dumps(data, ensure_ascii=False, indent=2)


def kind(schema: Told) -> Markup:
    """What a schema takes: schemas that have a name are linked to."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return Markup('<a href="#{0}">{0}</a>').format(name)
    for key in ("anyOf", "oneOf"):
        if key in schema:
            return _OR.join(kind(each) for each in schema[key])
    if "enum" in schema:
        return _OR.join(_word(each) for each in schema["enum"])
    types = schema.get("type", "anything")
    return _OR.join(_one_kind(each, schema) for each in ([types] if isinstance(types, str) else types))


def _one_kind(type_: str, schema: Told) -> Markup:
    if type_ == "array" and "items" in schema:
        return Markup("list of {}").format(kind(schema["items"]))
    by_key = schema.get("additionalProperties")
    if type_ == "object" and isinstance(by_key, Mapping) and by_key:
        return Markup("by id: {}").format(kind(by_key))
    if type_ == "string" and schema.get("format") in _FORMATS:
        return escape(_FORMATS[schema["format"]])
    return escape(_KINDS.get(type_, type_) + (_bounds(schema) if type_ in ("number", "integer") else ""))


def _bounds(schema: Told) -> str:
    if "exclusiveMinimum" in schema:
        return f" above {schema['exclusiveMinimum']}"
    if "minimum" in schema and "maximum" in schema:
        return f" from {schema['minimum']} to {schema['maximum']}"
    return f" from {schema['minimum']} on" if "minimum" in schema else ""


def _word(value: Any) -> Markup:
    return Markup("null") if value is None else Markup("<code>{}</code>").format(value)
