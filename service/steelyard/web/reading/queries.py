"""What stands after the question mark of an address."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import request

from steelyard.diagnostics import Code, Diagnostic, Path, fault, quote
from steelyard.requirements import SCHEMAS, RequestError, Whole, today
from steelyard.shape import Shape, Value, day, read_shape, word

_SCHEMAS: dict[str, Whole] = {each: each for each in SCHEMAS}


class _DayShape(Shape):
    noun = "a query"
    as_of = Value(day)


class _SchemaShape(Shape):
    noun = "a query"
    of = Value(lambda value: word(value, _SCHEMAS, "something that has a schema"))


_DAY = _DayShape()
_SCHEMA = _SchemaShape()


def repeated(key: str, values: Sequence[str], path: Path) -> Diagnostic:
    """The fault of a key that is given several values and takes one; the path is that of its place in a request."""
    return fault(Code.VALUE_REPEATED, f"{quote(key)} is given {len(values)} times", path)


def day_asked() -> date:
    """The day that `as_of` in the query asks about; today in UTC without it.

    Raises:
        RequestError: it is no day, or the query says something else as well.
    """
    asked: date = _read(_DAY).get("as_of", today())
    return asked


def schema_asked() -> Whole:
    """Of what `of` in the query asks the schema: of the `requirements`, or of the whole `request`.

    Raises:
        RequestError: it is neither, or the query says something else as well.
    """
    asked: Whole = _read(_SCHEMA).get("of", "requirements")
    return asked


def _read(shape: Shape) -> dict[str, Any]:
    query, faults = read_shape(shape, request.args.to_dict())
    faults += [repeated(key, values, (key,)) for key, values in request.args.lists() if len(values) > 1]
    if faults:
        raise RequestError(faults)
    return query
