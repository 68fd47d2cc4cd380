"""JSON Schemas as models read them: the parameters of a function, and what is left of them in strict mode.

Models and the programs around them know few keywords: a choice is an `enum`, whose labels stand in the description.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from steelyard.shape import within

Schema = dict[str, Any]

_OF_DOCUMENTS = frozenset(("$schema", "$id"))
_WORDS = frozenset(("title", "description", "oneOf", "const", "x-unit"))
_STRICT = frozenset(
    (
        "$defs",
        "$ref",
        "additionalProperties",
        "anyOf",
        "description",
        "enum",
        "format",
        "items",
        "maxItems",
        "maximum",
        "minItems",
        "minimum",
        "pattern",
        "properties",
        "required",
        "type",
    )
)
_NULL = {"type": "null"}

# What OpenAI's strict mode takes at most, of one schema.
_MOST_PROPERTIES = 5000
_MOST_ENUM_VALUES = 1000
_MOST_CHARACTERS = 120_000
_LONG_ENUM = 250
_MOST_CHARACTERS_OF_LONG_ENUM = 15_000


def parameters_of(schema: Mapping[str, Any]) -> Schema:
    """The schema of what a ruleset takes, as parameters: it takes the same, said with fewer keywords."""
    return plain({key: value for key, value in schema.items() if key not in _OF_DOCUMENTS | {"title"}})


def plain(schema: Mapping[str, Any]) -> Schema:
    """A schema whose choices are an `enum`, and whose titles, labels and units stand in its description."""
    words = " ".join(_words(schema))
    kept = {key: value for key, value in schema.items() if key not in _WORDS}
    if "oneOf" in schema:
        kept["enum"] = [each["const"] for each in schema["oneOf"]]
    elif "const" in schema:
        kept["enum"] = [schema["const"]]
    if "type" not in kept and "enum" in kept and all(isinstance(each, str) for each in kept["enum"]):
        kept = {"type": "string", **kept}
    return {**({"description": words} if words else {}), **within(kept, plain)}


def strictly(parameters: Mapping[str, Any]) -> Schema:
    """The parameters as strict mode takes them: every property is required, and null where nothing is said."""
    kept = within({key: value for key, value in parameters.items() if key in _STRICT}, strictly)
    if "properties" in kept:
        needed = frozenset(parameters.get("required", ()))
        properties = kept["properties"].items()
        kept["properties"] = {key: each if key in needed else _or_null(each) for key, each in properties}
        kept["required"] = list(kept["properties"])
    return kept


def sentence(text: str) -> str:
    """The text with a stop, unless it ends with one."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def is_within_limits(parameters: Mapping[str, Any]) -> bool:
    """Whether strict mode takes a schema of this size."""
    properties = enumerated = characters = 0
    for each in _every(parameters):
        if not _is_enum_within_limits(each.get("enum", ())):
            return False
        names = [*each.get("properties", ()), *each.get("$defs", ())]
        values = each.get("enum", ())
        properties += len(each.get("properties", ()))
        enumerated += len(values)
        characters += sum(len(str(text)) for text in (*names, *values))
    return properties <= _MOST_PROPERTIES and enumerated <= _MOST_ENUM_VALUES and characters <= _MOST_CHARACTERS


def _is_enum_within_limits(values: Sequence[Any]) -> bool:
    return len(values) <= _LONG_ENUM or sum(len(str(each)) for each in values) <= _MOST_CHARACTERS_OF_LONG_ENUM


def _words(schema: Mapping[str, Any]) -> Iterator[str]:
    for key in ("title", "description"):
        if key in schema:
            yield sentence(schema[key])
    if any("title" in each for each in schema.get("oneOf", ())):
        yield sentence("; ".join(f"{each['const']}: {each['title']}" for each in schema["oneOf"]))
    if "x-unit" in schema:
        yield sentence(f"In {schema['x-unit']}")


def _or_null(schema: Schema) -> Schema:
    if "anyOf" in schema and schema.keys() <= {"anyOf", "description"}:
        return {**schema, "anyOf": [*schema["anyOf"], _NULL]}
    words = {key: value for key, value in schema.items() if key == "description"}
    return {**words, "anyOf": [{key: value for key, value in schema.items() if key not in words}, _NULL]}


def _every(schema: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The schema and all within it."""
    yield schema
    below: list[Mapping[str, Any]] = []

    def see(each: Mapping[str, Any]) -> Schema:
        below.append(each)
        return dict(each)

    within(schema, see)
    for each in below:
        yield from _every(each)
