"""Reading single values: from plain data, whether it comes from YAML, JSON or Python, to what a place takes.

The place decides the type. A `PlainText`, written in YAML without quotes, becomes a flag, a number or a day where one
is wanted, and stays the text that was written where a text is wanted. Every reader raises `FaultsError`.
"""

import json
import re
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from steelyard.diagnostics import Code, Diagnostic, FaultsError, fault, listing, quote, suggestion
from steelyard.model import THOUSANDTHS, Importance, Topic
from steelyard.reader import MOST_FAULTS, PlainText

_T = TypeVar("_T")

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NEED_ID = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")
_PLAIN_KEYS = frozenset((str,))
RESERVED_NEEDS = ("all", "any", "not")
_NUMBER = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
_ZERO = re.compile(r"[-+]?[0.]+([eE].*)?")
_CONTROL_CHARACTER = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_IMPORTANCES = {importance.value: importance for importance in Importance}
_TOPICS = {topic.value: topic for topic in Topic}
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}
_LONGEST_ID = 100
_LONGEST_NUMBER = 40
_TOO_LONG = 10**_LONGEST_NUMBER
LARGEST_NUMBER = 10**15
HEAVIEST = 1000


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
        case datetime():
            return "a day with a time"
        case date():
            return "a date"
    kind = type(value)
    module = "" if kind.__module__ == "builtins" else f"{kind.__module__}."
    return f"a value of type {quote(module + kind.__qualname__)}"


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
    # Nearly all texts can be printed, and then they hold none.
    control = None if folded.isprintable() else _CONTROL_CHARACTER.search(folded)
    if control is not None:
        refuse(Code.VALUE_CONTROL_CHARACTER, f"the text holds the control character {quote(control.group())}")
    return folded


def with_text_keys(data: Mapping[Any, _T]) -> tuple[dict[str, _T], list[Diagnostic]]:
    """A mapping that a program handed over, its keys as they would be written in YAML.

    Whole numbers and days are taken for the texts that they are written as; any other key is a fault.
    """
    if type(data) is dict and _PLAIN_KEYS.issuperset(map(type, data)):
        return data, []
    sound: dict[str, _T] = {}
    faults: list[Diagnostic] = []
    for key, value in data.items():
        name = _key_text(key)
        if name is None:
            faults.append(fault(Code.YAML_KEY_NOT_TEXT, f"a key must be a text, not {kind_of(key)}"))
        elif name in sound:
            faults.append(fault(Code.YAML_DUPLICATE_KEY, f"the key {quote(name)} stands twice", (name,), at_key=True))
        else:
            sound[name] = value
    return sound, faults


def _key_text(key: Any) -> str | None:
    if isinstance(key, str):
        return str.__str__(key)
    if isinstance(key, date) and not isinstance(key, datetime):
        return key.isoformat()
    if isinstance(key, int) and not isinstance(key, bool) and abs(key) < _TOO_LONG:
        return int.__repr__(key)
    return None


def identifier(value: Any) -> str:
    """An id: lower-case letters, digits and single hyphens."""
    if type(value) is str and len(value) <= _LONGEST_ID and _ID.fullmatch(value):
        # What a key is, which is never nothing.
        return value
    return _identifier(value, _ID, "-")


def need_identifier(value: Any) -> str:
    """A need's id: lower-case letters, digits and single underscores, and none of the words of conditions."""
    found = _identifier(value, _NEED_ID, "_")
    if found in RESERVED_NEEDS:
        refuse(Code.VALUE_BAD_ID, f"{quote(found)} is a word of conditions and cannot be a need")
    return found


def _identifier(value: Any, pattern: re.Pattern[str], joint: str) -> str:
    if not isinstance(value, str) or is_null(value):
        wrong_type("an id", value)
    if len(value) > _LONGEST_ID or not pattern.fullmatch(value):
        near = re.sub("[^a-z0-9]+", joint, value.lower())[:_LONGEST_ID].strip(joint)
        message = f"{quote(value)} is not an id of lower-case letters, digits and single `{joint}`"
        refuse(Code.VALUE_BAD_ID, message, f"perhaps {quote(near)}" if near else None)
    return str.__str__(value)


def flag(value: Any) -> bool:
    """True or false; in YAML without quotes also yes or no."""
    if isinstance(value, bool):
        return value
    if isinstance(value, PlainText) and value.lower() in _FLAGS:
        return _FLAGS[value.lower()]
    meant = _FLAGS.get(value.lower()) if isinstance(value, str) else None
    wrong_type("true or false", value, None if meant is None else f"write `{json.dumps(meant)}` without quotes")


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
    if not 0 < found <= HEAVIEST:
        refuse(Code.VALUE_OUT_OF_RANGE, f"{quote(value)} is not above 0 and at most {HEAVIEST}")
    numerator, denominator = found.as_integer_ratio()
    if numerator * THOUSANDTHS % denominator:
        refuse(Code.VALUE_TOO_FINE, f"{quote(value)} has more than three decimals")
    return found


def _decimal(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal | PlainText) or is_null(value):
        is_quoted = isinstance(value, str) and not isinstance(value, PlainText) and _NUMBER.fullmatch(value)
        wrong_type("a number", value, "write it without quotes" if is_quoted else None)
    if isinstance(value, str) and not _NUMBER.fullmatch(value):
        wrong_type("a number", value)
    if isinstance(value, float | Decimal) and not Decimal(value).is_finite():
        refuse(Code.VALUE_OUT_OF_RANGE, f"{quote(value)} is not a finite number")
    written = _written(value)
    if len(written) > _LONGEST_NUMBER:
        refuse(Code.VALUE_OUT_OF_RANGE, f"the number has more than {_LONGEST_NUMBER} digits")
    # Compared as a float: `Decimal` itself gives up on exponents of many digits.
    size = abs(float(written))
    if size > LARGEST_NUMBER:
        refuse(Code.VALUE_OUT_OF_RANGE, f"{quote(written)} is beyond the largest number, {LARGEST_NUMBER:,}")
    if size:
        return Decimal(written)
    if not _ZERO.fullmatch(written):
        refuse(Code.VALUE_TOO_FINE, f"{quote(written)} is too close to 0")
    return Decimal(0)


def _written(value: float | Decimal | str) -> str:
    """A finite number as text, whatever the class that it is derived from makes of it."""
    match value:
        case int():
            # Python refuses to write integers of thousands of digits.
            return int.__repr__(value if abs(value) < _TOO_LONG else _TOO_LONG)
        case float():
            return float.__repr__(value)
        case Decimal():
            return Decimal.__str__(value)
    return str.__str__(value)


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


def importance(value: Any) -> Importance:
    """The word of an importance."""
    return word(value, _IMPORTANCES, "an importance")


def topic(value: Any) -> Topic:
    """The word of what is to be explained."""
    return word(value, _TOPICS, "something that can be explained")


def listed(value: Any, read: Callable[[Any], _T], *, empty: bool = True) -> tuple[_T, ...]:
    """A list of what `read` reads, nothing twice, with every fault of its parts (of a thousand, if there are more)."""
    if not _is_list(value):
        item = value if isinstance(value, str) and not is_null(value) else ""
        # What stood in quotes needs them in the list as well, and in JSON everything does.
        written = item if isinstance(value, PlainText) else json.dumps(item, ensure_ascii=False)
        wrong_type("a list", value, f"write it as {quote(f'[{written}]')}" if item else None)
    if len(value) == 0 and not empty:
        refuse(Code.VALUE_EMPTY, "the list is empty")
    found: dict[_T, None] = {}
    faults: list[Diagnostic] = []
    for place, item in enumerate(_in_order(value)):
        try:
            each = read(item)
        except FaultsError as error:
            faults += error.under(place)
        else:
            if each in found:
                faults.append(fault(Code.VALUE_REPEATED, f"{quote(item)} stands twice", (place,)))
            found[each] = None
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise FaultsError(faults)
    return tuple(found)


def _is_list(value: Any) -> bool:
    # Asked of a list first: to ask of a `Collection` takes longer than to read one.
    if isinstance(value, list):
        return True
    return isinstance(value, Collection) and not isinstance(value, str | bytes | bytearray | Mapping)


def _in_order(items: Collection[Any]) -> Collection[Any]:
    """The items; those of a set in an order that does not change from one run to the next."""
    is_of_texts = isinstance(items, set | frozenset) and all(isinstance(item, str) for item in items)
    return sorted(items) if is_of_texts else items
