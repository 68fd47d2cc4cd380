"""What stands after the question mark of an address."""

from collections.abc import Sequence
from datetime import date

from flask import request

from steelyard.diagnostics import Code, Diagnostic, Path, fault, quote
from steelyard.requirements import RequestError, today
from steelyard.shape import Shape, Value, day, read_shape


class _DayShape(Shape):
    noun = "a query"
    as_of = Value(day)


_DAY = _DayShape()


def repeated(key: str, values: Sequence[str], path: Path) -> Diagnostic:
    """The fault of a key that is given several values and takes one; the path is that of its place in a request."""
    return fault(Code.VALUE_REPEATED, f"{quote(key)} is given {len(values)} times", path)


def day_asked() -> date:
    """The day that `as_of` in the query asks about; today in UTC without it.

    Raises:
        RequestError: it is no day, or the query says something else as well.
    """
    query, faults = read_shape(_DAY, request.args.to_dict())
    faults += [repeated(key, values, (key,)) for key, values in request.args.lists() if len(values) > 1]
    if faults:
        raise RequestError(faults)
    asked: date = query.get("as_of", today())
    return asked
