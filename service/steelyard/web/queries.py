"""What stands after the question mark of an address."""

from datetime import date

from flask import request

from steelyard.diagnostics import Code, fault, quote
from steelyard.requirements import RequestError, today
from steelyard.shape import Shape, Value, day, read_shape


class _DayShape(Shape):
    noun = "a query"
    as_of = Value(day)


_DAY = _DayShape()


def day_asked() -> date:
    """The day that `as_of` in the query asks about; today in UTC without it.

    Raises:
        RequestError: it is no day, or the query says something else as well.
    """
    query, faults = read_shape(_DAY, request.args.to_dict())
    for key, values in request.args.lists():
        if len(values) > 1:
            faults.append(fault(Code.VALUE_REPEATED, f"{quote(key)} is given {len(values)} times", (key,)))
    if faults:
        raise RequestError(faults)
    asked: date = query.get("as_of", today())
    return asked
