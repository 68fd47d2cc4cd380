"""The keys of a stack's file and what each takes: the format of `rules/README.md`, declared."""

from collections.abc import Mapping
from typing import Any

from steelyard.diagnostics import Code
from steelyard.shape import Shape, Value, entries, identifier, importance, need_identifier, nested, refuse, text

_MOST_PARTS = 50


class HeadShape(Shape):
    """The section `stack`."""

    id = Value(identifier, required=True)
    title = Value(text, required=True)
    version = Value(text, required=True)


class FeedShape(Shape):
    """What feeds a need, written as a mapping."""

    noun = "the part whose answer is taken"
    part = Value(identifier, required=True)
    importance = Value(importance)


_feed_mapping = nested(FeedShape())


def _feed(value: Any) -> dict[str, Any]:
    """A part's id alone, or a mapping."""
    if isinstance(value, Mapping):
        return {"bare": False, **_feed_mapping(value)}
    return {"bare": True, "part": identifier(value)}


class PartShape(Shape):
    """One entry of `parts`."""

    noun = "a part"
    ruleset = Value(text, required=True)
    takes = Value(entries(need_identifier, _feed, "needs and the parts whose answers they take", empty=True))


_parts_of_any_number = entries(identifier, nested(PartShape()), "parts")


def _parts(value: Any) -> dict[str, Any]:
    if isinstance(value, Mapping) and len(value) > _MOST_PARTS:
        refuse(Code.VALUE_OUT_OF_RANGE, f"a stack may have {_MOST_PARTS} parts, and this one has {len(value):,}")
    return _parts_of_any_number(value)


class StackShape(Shape):
    """A whole stack."""

    noun = "a stack"
    stack = Value(nested(HeadShape()), required=True)
    parts = Value(_parts, required=True)


STACK = StackShape()


def keys_of_stacks() -> dict[str, tuple[str, ...]]:
    """Every key that a stack may hold, by the shape it belongs to; documents are held against it."""
    shapes = (StackShape, HeadShape, PartShape, FeedShape)
    return {shape.__name__.removesuffix("Shape").lower(): tuple(shape().fields) for shape in shapes}
