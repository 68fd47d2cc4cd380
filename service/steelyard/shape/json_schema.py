"""What the readers of single values take, as JSON Schema 2020-12, for people and programs that make forms of it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from steelyard.model import Importance, Need, NeedType, Topic
from steelyard.shape.fields import Shape
from steelyard.shape.values import LARGEST_NUMBER

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""The name of JSON Schema 2020-12 itself."""

# The length says that nothing follows: to some validators, `$` stands before a last line break too.
DAY: Schema = {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "maxLength": 10}
IDENTIFIER: Schema = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 100}
TEXT: Schema = {"type": "string", "minLength": 1}
IMPORTANCE: Schema = {"type": "string", "enum": [each.value for each in Importance]}
TOPIC: Schema = {"type": "string", "enum": [each.value for each in Topic]}


_SCHEMAS = ("if", "then", "else", "items", "additionalProperties", "propertyNames")
_LISTS_OF_SCHEMAS = ("allOf", "anyOf", "oneOf")
_NAMED_SCHEMAS = ("properties", "$defs")


def listed_schema(items: Mapping[str, Any], *, empty: bool = True) -> Schema:
    """A list in which nothing stands twice."""
    return {"type": "array", "items": dict(items), "uniqueItems": True, **({} if empty else {"minItems": 1})}


def titled_schema(titles: Iterable[tuple[str, str]]) -> Schema:
    """One of a few ids, each with its title."""
    return {"type": "string", "oneOf": [{"const": id_, "title": title} for id_, title in titles]}


def answer_schema(need: Need) -> Schema:
    """A whole answer to the need, as `read_answer` takes it."""
    match need.type:
        case NeedType.FLAG:
            return {"type": "boolean"}
        case NeedType.NUMBER:
            return {
                "type": "number",
                "minimum": -LARGEST_NUMBER if need.minimum is None else need.minimum,
                "maximum": LARGEST_NUMBER if need.maximum is None else need.maximum,
                **({} if need.unit is None else {"x-unit": need.unit}),
            }
        case NeedType.CHOICES:
            return listed_schema(titled_schema(need.options))
        case _:
            return titled_schema(need.options)


def within(schema: Mapping[str, Any], change: Callable[[Mapping[str, Any]], Schema]) -> Schema:
    """The schema with a change made to every schema right within it. Names of properties are no keywords."""
    changed = dict(schema)
    for key, value in schema.items():
        if key in _NAMED_SCHEMAS:
            changed[key] = {name: change(each) for name, each in value.items()}
        elif key in _LISTS_OF_SCHEMAS:
            changed[key] = [change(each) for each in value]
        elif key in _SCHEMAS and isinstance(value, Mapping):
            changed[key] = change(value)
    return changed


def shape_schema(shape: Shape, **more: Mapping[str, Any]) -> Schema:
    """A mapping of the shape.

    Args:
        shape: the shape, whose values are described.
        more: by key, what is known of a value more closely than the shape says.
    """
    required = sorted(shape.required_keys)
    return {
        "type": "object",
        "properties": {key: {**value.described, **more.get(key, {})} for key, value in shape.fields.items()},
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }
