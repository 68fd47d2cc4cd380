"""Fields of answers, each with a sentence on what it means. Unless it is said, a field is always there and not null."""

from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import RAISE, Schema, fields

from steelyard.shape import DAY
from steelyard.web.openapi.answers.shared import Name, reference


class Answer(Schema):
    """A document, or a part of one. Its docstring describes it to clients."""

    class Meta:
        unknown = RAISE


class Shared(fields.Raw):
    """What is described once, by that name.

    Attributes:
        name_of_schema: the name.
    """

    def __init__(self, name: Name, **told: Any) -> None:
        super().__init__(**told)
        self.name_of_schema = name


def text(about: str, **more: Any) -> fields.String:
    """A text."""
    return fields.String(**_told(about, **more))


def one_of(words: Iterable[str], about: str, **more: Any) -> fields.String:
    """One of a few words, which are said nowhere else."""
    return text(about, enum=list(words), **more)


def shared(name: Name, about: str, **more: Any) -> Shared:
    """What is described once, by a name."""
    return Shared(name, **_told(about, **more))


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


def either(parts: "Iterable[type[Answer]]", about: str) -> fields.Raw:
    """One of several kinds of documents, or null."""
    return fields.Raw(**_told(about, anyOf=[*(reference(part.__name__) for part in parts), {"type": "null"}]))


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
