"""Reading the value of a need, in a requirement or beside an operator of a condition."""

from typing import Any

from steelyard.diagnostics import Code, quote, suggestion
from steelyard.model import Answer, Need, NeedType
from steelyard.shape.values import flag, listed, number, refuse, wrong_type


def read_option(need: Need, value: Any, unknown: Code) -> str:
    """One option's id; `unknown` is the code for an option that the need does not have."""
    if not isinstance(value, str):
        wrong_type(f"an option of {quote(need.id)}", value, suggestion("", need.option_ids))
    if value not in need.positions:
        message = f"{quote(need.id)} has no option {quote(value)}"
        refuse(unknown, message, suggestion(value, need.option_ids))
    return str.__str__(value)


def read_options(need: Need, value: Any, unknown: Code, *, empty: bool = True) -> frozenset[str]:
    """A list of options' ids, none of them twice."""
    return frozenset(listed(value, lambda item: read_option(need, item, unknown), empty=empty))


def read_number(need: Need, value: Any) -> int | float:
    """A number within the bounds of the need."""
    found = number(value)
    if need.minimum is not None and found < need.minimum:
        refuse(Code.VALUE_OUT_OF_RANGE, f"{found} is below the minimum of {quote(need.id)}, {need.minimum}")
    if need.maximum is not None and found > need.maximum:
        refuse(Code.VALUE_OUT_OF_RANGE, f"{found} is above the maximum of {quote(need.id)}, {need.maximum}")
    return found


def read_answer(need: Need, value: Any, unknown: Code) -> Answer:
    """A whole answer to the need.

    Raises:
        FaultsError: it is of the wrong type, names an unknown option (code `unknown`) or is out of bounds.
    """
    match need.type:
        case NeedType.FLAG:
            return flag(value)
        case NeedType.NUMBER:
            return read_number(need, value)
        case NeedType.CHOICES:
            return read_options(need, value, unknown)
        case _:
            return read_option(need, value, unknown)
