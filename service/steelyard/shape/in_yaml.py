"""What single values may be in the YAML of a ruleset, as JSON Schema 2020-12, for editors that check it.

An editor does not read a scalar by its place, as `shape.values` does. It takes what stands without quotes for a number
where it looks like one, so that a text or an id may be a number here; and for a text where it is one of the other
words for a flag. What the readers take, these take as well, but for a text or an id that is a bare true or false; what
they refuse, these refuse where they can know it.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from math import isfinite
from typing import Any

from steelyard.shape.json_schema import DAY, IDENTIFIER, Schema
from steelyard.shape.values import HEAVIEST, LARGEST_NUMBER, RESERVED_NEEDS

ID: Schema = {
    **IDENTIFIER,
    "type": ["string", "number"],
    "patternErrorMessage": "An id is of lower-case letters, digits and single hyphens.",
}
NEED_ID: Schema = {
    "type": "string",
    "pattern": "^[a-z0-9]+(_[a-z0-9]+)*$",
    "maxLength": IDENTIFIER["maxLength"],
    "not": {"enum": list(RESERVED_NEEDS)},
    "patternErrorMessage": "The id of a need is of lower-case letters, digits and single underscores.",
}
# White space is folded: it is no control character, but it says nothing either.
_CONTROL = r"\u0000-\u0008\u000e-\u001b\u007f-\u0084\u0086-\u009f"
WORDS: Schema = {
    "type": ["string", "number"],
    "pattern": rf"^[^{_CONTROL}]*[^\s{_CONTROL}][^{_CONTROL}]*$",
    "patternErrorMessage": "A text says something, and holds no control characters.",
}
ADDRESS: Schema = {
    "type": "string",
    "pattern": r"^\s*[Hh][Tt][Tt][Pp][Ss]?://[^\s/?#]\S*\s*$",
    "patternErrorMessage": "An address starts with http:// or https://.",
}
DATE: Schema = {**DAY, "patternErrorMessage": "A day is written as YYYY-MM-DD."}
FLAG: Schema = {
    "type": ["boolean", "string"],
    "pattern": "^([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee]|[Yy][Ee][Ss]|[Nn][Oo])$",
    "patternErrorMessage": "This is true or false.",
}
NUMBER: Schema = {"type": "number", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": LARGEST_NUMBER}
WEIGHT: Schema = {"type": "number", "exclusiveMinimum": 0, "maximum": HEAVIEST}
SCALAR: Schema = {"type": ["string", "number", "boolean"]}

_LITERALS = {"true": True, "false": False}
_NUMBERS: tuple[Callable[[str], float], ...] = (float, partial(int, base=0))


def told(description: str, schema: Mapping[str, Any]) -> Schema:
    """The schema with the words that an editor shows beside it."""
    return {"description": description, **schema}


def entries_schema(keys: Mapping[str, Any], bodies: Mapping[str, Any], *, empty: bool = False) -> Schema:
    """A mapping from ids to bodies."""
    filled = {} if empty else {"minProperties": 1}
    return {"type": "object", "propertyNames": dict(keys), "additionalProperties": dict(bodies), **filled}


def optional_schema(schema: Mapping[str, Any]) -> Schema:
    """The same, or nothing."""
    return {**schema, "type": [schema["type"], "null"]}


def choice_schema(titles: Iterable[tuple[str, str]]) -> Schema:
    """One of a few ids, each with its title, however it is written."""
    ids = dict(titles)
    words: Schema = {"enum": list(ids), "enumDescriptions": list(ids.values())}
    others = [found for id_ in ids if (found := _without_quotes(id_)) is not None]
    return {"anyOf": [words, {"enum": others, "doNotSuggest": True}]} if others else words


def _without_quotes(id_: str) -> bool | float | None:
    """What an editor takes the id for, if that is no text."""
    if id_ in _LITERALS:
        return _LITERALS[id_]
    for read in _NUMBERS:
        try:
            found = read(id_)
        except ValueError:
            continue
        return found if isfinite(found) else None
    return None
