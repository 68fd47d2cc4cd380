"""Fields of answers, each with a sentence on what it means. Unless it is said, a field is always there and not null."""

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import RAISE, Schema, fields

from steelyard.shape import DAY, TEXT, listed_schema

_ANSWERS = [{"type": "boolean"}, TEXT, listed_schema(TEXT), {"type": "number"}]


class Answer(Schema):
    """A document, or a part of one. Its docstring describes it to clients."""

    class Meta:
        unknown = RAISE


def text(about: str, **more: Any) -> fields.String:
    """A text."""
    return fields.String(**_told(about, **more))


def one_of(words: Iterable[str], about: str, **more: Any) -> fields.String:
    """One of a few words."""
    return text(about, enum=[*words, None] if more.get("nullable") else list(words), **more)


def day(about: str, **more: Any) -> fields.String:
    """A day of the calendar."""
    return text(about, format=DAY["format"], **more)


def moment(about: str, **more: Any) -> fields.String:
    """A moment, with its time zone."""
    return text(about, format="date-time", **more)


def flag(about: str, **more: Any) -> fields.Boolean:
    """True or false."""
    return fields.Boolean(**_told(about, **more))


def number(about: str, **more: Any) -> fields.Float:
    """A number."""
    return fields.Float(**_told(about, **more))


def count(about: str, **more: Any) -> fields.Integer:
    """A whole number, from 0 on."""
    return fields.Integer(**_told(about, **{"minimum": 0, **more}))


def texts(about: str, **more: Any) -> fields.List[Any]:
    """A list of texts."""
    return fields.List(fields.String(), **_told(about, **more))


def one(part: "type[Answer] | str", about: str, **more: Any) -> fields.Nested:
    """A part that is a mapping; told by its name where it is declared further down."""
    return fields.Nested(part, **_told(about, **more))


def many(part: "type[Answer] | str", about: str, **more: Any) -> fields.List[Any]:
    """A list of such parts."""
    return fields.List(fields.Nested(part), **_told(about, **more))


def by_id(part: "type[Answer] | fields.Field[Any]", about: str, **more: Any) -> fields.Dict:
    """Parts, or values, by an id."""
    values = part if isinstance(part, fields.Field) else fields.Nested(part)
    return fields.Dict(keys=fields.String(), values=values, **_told(about, **more))


def answer(about: str, **more: Any) -> fields.Raw:
    """An answer to a need, of whatever type."""
    nullable = more.pop("nullable", False)
    return fields.Raw(**_told(about, anyOf=[*_ANSWERS, {"type": "null"}] if nullable else _ANSWERS, **more))


def either(parts: "Iterable[type[Answer]]", about: str) -> fields.Raw:
    """One of several kinds of documents, or null."""
    refs = [{"$ref": f"#/components/schemas/{part.__name__}"} for part in parts]
    return fields.Raw(**_told(about, anyOf=[*refs, {"type": "null"}]))


def said_by_part(value: Mapping[str, Any], about: str) -> fields.Raw:
    """A value, or, of a stack, such values by part."""
    by_part = {"type": "object", "additionalProperties": dict(value)}
    return fields.Raw(**_told(about, anyOf=[dict(value), by_part]))


def condition(about: str) -> fields.Dict:
    """A condition as the ruleset format has it."""
    return fields.Dict(**_told(about))


def _told(about: str, *, nullable: bool = False, optional: bool = False, **more: Any) -> dict[str, Any]:
    """What every field is made with.

    Args:
        about: the sentence.
        nullable: whether it may be null.
        optional: whether it may be left out.
        more: further keywords of JSON Schema; and `data_key`, the name of the field where Python cannot write it.
    """
    named = {"data_key": more.pop("data_key")} if "data_key" in more else {}
    return {"required": not optional, "allow_none": nullable, "metadata": {"description": about, **more}, **named}
