"""Reading single values: from plain data, whether it comes from YAML, JSON or Python, to what a place takes.

The place decides the type. A `PlainText`, written in YAML without quotes, becomes a flag, a number or a day where one
is wanted, and stays the text that was written where a text is wanted. Every reader raises `FaultsError`.
"""

import math
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from steelyard.diagnostics import Code, FaultsError, fault, listing, quote, suggestion
from steelyard.reader import PlainText

_T = TypeVar("_T")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NEED_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_RESERVED_NEEDS = ("all", "any", "not")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NULLS = ("", "~", "null", "Null", "NULL")
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_LONGEST_ID = 100
_LONGEST_NUMBER = 40
_LARGEST = 10**15
_HEAVIEST = 1000
_FINEST = -3


def refuse(code: Code, message: str, help_: str | None = None) -> NoReturn:
    """Raises the one fault."""
    raise FaultsError([fault(code, message, help=help_)])


def wrong_type(wanted: str, value: Any, help_: str | None = None) -> NoReturn:
    """Raises the fault of a value of another type than is wanted."""
    refuse(Code.VALUE_WRONG_TYPE, f"expected {wanted}, got {kind_of(value)}", help_)


def kind_of(value: Any) -> str:
    """What a value is, in words for people who write YAML or JSON."""
    if is_null(value):
        return "nothing"
    match value:
        case bool():
            return "a flag"
        case int() | float() | Decimal():
            return "a number"
        case PlainText():
            return quote(value)
        case str():
            return f"the text {quote(value)}"
        case Mapping():
            return "a mapping"
        case list() | tuple() | set() | frozenset():
            return "a list"
        case date():
            return "a date"
    return f"a {type(value).__name__}"


def is_null(value: Any) -> bool:
    """Whether the value is nothing: null in JSON, or what YAML takes for it."""
    return value is None or (isinstance(value, PlainText) and value in _NULLS)


def text(value: Any) -> str:
    """A text that says something, its white space folded to single spaces."""
    if not isinstance(value, str) or is_null(value):
        wrong_type("a text", value)
    folded = " ".join(value.split())
    if not folded:
        refuse(Code.VALUE_EMPTY, "the text is empty")
    control = next((c for c in folded if ord(c) < ord(" ") or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000), None)
    if control is not None:
        refuse(Code.VALUE_CONTROL_CHARACTER, f"the text holds the control character {quote(control)}")
    return folded


def identifier(value: Any) -> str:
    """An id: lower-case letters, digits and single hyphens."""
    return _identifier(value, _ID, "-")


def need_identifier(value: Any) -> str:
    """A need's id: lower-case letters, digits and single underscores, and none of the words of conditions."""
    found = _identifier(value, _NEED_ID, "_")
    if found in _RESERVED_NEEDS:
        refuse(Code.VALUE_BAD_ID, f"{quote(found)} is a word of conditions and cannot be a need")
    return found


def _identifier(value: Any, pattern: re.Pattern[str], joint: str) -> str:
    if not isinstance(value, str) or is_null(value):
        wrong_type("an id", value)
    if not pattern.fullmatch(value) or len(value) > _LONGEST_ID:
        near = re.sub("[^a-z0-9]+", joint, value.lower())[:_LONGEST_ID].strip(joint)
        message = f"{quote(value)} is not an id of lower-case letters, digits and single `{joint}`"
        refuse(Code.VALUE_BAD_ID, message, f"perhaps {quote(near)}" if near else None)
    return str(value)


def flag(value: Any) -> bool:
    """True or false; in YAML without quotes also yes or no."""
    if isinstance(value, bool):
        return value
    if isinstance(value, PlainText) and value.lower() in _FLAGS:
        return _FLAGS[value.lower()]
    wrong_type("true or false", value, _without_quotes(value, value_is=lambda v: v.lower() in _FLAGS))


def number(value: Any) -> int | float:
    """A finite number; whole numbers come as `int` however they are written."""
    found = _decimal(value)
    return int(found) if found == found.to_integral_value() else float(found)


def whole_number(value: Any) -> int:
    """A whole number from 0 on."""
    found = number(value)
    if not isinstance(found, int):
        wrong_type("a whole number", value)
    if found < 0:
        refuse(Code.VALUE_OUT_OF_RANGE, f"{found} is below 0")
    return found


def weight(value: Any) -> Decimal:
    """A weight: above 0, at most 1000, with at most three decimals."""
    found = _decimal(value)
    if not 0 < found <= _HEAVIEST:
        refuse(Code.VALUE_OUT_OF_RANGE, f"{quote(value)} is not above 0 and at most {_HEAVIEST}")
    exponent = found.normalize().as_tuple().exponent
    if isinstance(exponent, int) and exponent < _FINEST:
        refuse(Code.VALUE_TOO_FINE, f"{quote(value)} has more than three decimals")
    return found


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | PlainText) or is_null(value):
        wrong_type("a number", value, _without_quotes(value, value_is=_NUMBER.fullmatch))
    written = value if isinstance(value, str) else repr(value) if isinstance(value, float) else str(value)
    if isinstance(value, float | Decimal) and not math.isfinite(value):
        refuse(Code.VALUE_OUT_OF_RANGE, f"{quote(value)} is not a finite number")
    if isinstance(value, str) and not _NUMBER.fullmatch(written):
        wrong_type("a number", value)
    if len(written) > _LONGEST_NUMBER:
        refuse(Code.VALUE_OUT_OF_RANGE, f"{quote(written)} has more digits than a number may have here")
    found = Decimal(written)
    if abs(found) > _LARGEST:
        refuse(Code.VALUE_OUT_OF_RANGE, f"{quote(written)} is beyond the largest number, {_LARGEST:,}")
    return found


def _without_quotes(value: Any, *, value_is: Callable[[str], Any]) -> str | None:
    quoted = isinstance(value, str) and not isinstance(value, PlainText) and value_is(value)
    return "write it without quotes" if quoted else None


def day(value: Any) -> date:
    """A day of the calendar, YYYY-MM-DD."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    if not isinstance(value, str) or is_null(value):
        wrong_type("a date", value)
    try:
        if _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        refuse(Code.VALUE_BAD_DATE, f"{quote(value)} is not a day of the calendar")
    refuse(Code.VALUE_BAD_DATE, f"{quote(value)} is not a date", "write it as YYYY-MM-DD")


def address(value: Any) -> str:
    """A web address, http or https."""
    found = text(value)
    try:
        parts = urlsplit(found)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in found
    except ValueError:
        sound = False
    if not sound:
        refuse(Code.VALUE_BAD_ADDRESS, f"{quote(value)} is not an address that starts with http:// or https://")
    return found


def word(value: Any, words: Mapping[str, _T], what: str) -> _T:
    """The meaning of one of a few words; `what` names them in the message."""
    if not isinstance(value, str) or is_null(value):
        wrong_type(what, value, f"one of {listing(words, most=len(words))}")
    if value not in words:
        refuse(Code.VALUE_UNKNOWN_WORD, f"{quote(value)} is not {what}", suggestion(value, words))
    return words[value]


def listed(value: Any, read: Callable[[Any], _T], *, empty: bool = True) -> tuple[_T, ...]:
    """A list of what `read` reads, nothing twice, with every fault of its parts."""
    if isinstance(value, str) or not isinstance(value, Collection) or isinstance(value, Mapping):
        wrong_type("a list", value, f"write it as [{value}]" if isinstance(value, str) and value else None)
    if not value and not empty:
        refuse(Code.VALUE_EMPTY, "the list is empty")
    found: list[_T] = []
    faults = []
    for place, item in enumerate(value):
        try:
            each = read(item)
        except FaultsError as error:
            faults += error.under(place)
            continue
        if each in found:
            faults.append(fault(Code.VALUE_REPEATED, f"{quote(item)} stands twice", (place,)))
        found.append(each)
    if faults:
        raise FaultsError(faults)
    return tuple(found)
