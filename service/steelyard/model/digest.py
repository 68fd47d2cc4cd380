"""The digest of content: equal for equal knowledge on every machine."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Context, Decimal
from enum import Enum
from functools import cache
from json.encoder import encode_basestring_ascii as _quoted
from types import NoneType
from typing import Any

# Counts up when the same ruleset comes to mean something else, so that old ids never name new answers.
SEMANTICS = 1

_WORDS = {None: "null", True: "true", False: "false"}

# Of weights with all the digits that they may have, whatever context the program around us works in.
_EXACT = Context(prec=60)


def digest_of(content: Any) -> str:
    """The SHA-256, in hexadecimal, of plain data, frozen dataclasses, enums, dates and decimals.

    The order of a mapping's entries counts: it decides between ties and is seen in the answer.
    """
    return digest_of_text(text_of(content))


def digest_of_text(text: str) -> str:
    """The digest of content whose text, as `text_of` gives it, was put together from that of its parts."""
    return hashlib.sha256(f"[{SEMANTICS},{text}]".encode("ascii")).hexdigest()


def text_of(value: Any) -> str:
    """The value as JSON without spaces. Text from the start: lists on the way would keep the collector busy."""
    kind: Any = type(value)
    # Asked first: most of what there is are texts.
    return _quoted(value) if kind is str else _writer(kind)(value)


@cache
def _writer(kind: Any) -> Callable[[Any], str]:
    """How values of one type are written: found out once, since a ruleset has hundreds of thousands of them."""
    if issubclass(kind, Enum):
        return lambda value: _quoted(value.name)
    if kind in (bool, NoneType):
        return _WORDS.__getitem__
    if issubclass(kind, str | int | float):
        return json.dumps
    if issubclass(kind, Decimal):
        return lambda value: _quoted(str(value.normalize(_EXACT)))
    if issubclass(kind, date):
        return lambda value: _quoted(value.isoformat())
    if issubclass(kind, Mapping):
        return lambda value: listed(f"[{text_of(key)},{text_of(each)}]" for key, each in value.items())
    if issubclass(kind, frozenset):
        return lambda value: listed(map(text_of, sorted(value)))
    if issubclass(kind, tuple | list):
        return lambda value: listed(map(text_of, value))
    if is_dataclass(kind):
        return _dataclass_writer(kind)
    raise TypeError(f"no digest of {kind.__name__}")


def _dataclass_writer(kind: Any) -> Callable[[Any], str]:
    """How a dataclass is written: its kind stands beside the content, since AllOf and AnyOf have the same fields.

    What was not said is left out, so that a key which the format gains changes no digest of a ruleset without it.
    """
    name = _quoted(kind.__name__)
    names = [item.name for item in fields(kind)]
    beginnings = [f"[{_quoted(each)}," for each in names]

    def written(value: Any) -> str:
        parts = [name]
        for item, beginning in zip(names, beginnings, strict=True):
            each = getattr(value, item)
            if each is not None:
                parts.append(f"{beginning}{_quoted(each) if type(each) is str else text_of(each)}]")
        return listed(parts)

    return written


def listed(parts: Iterable[str]) -> str:
    """The text of a list, or of a mapping's entries, from the texts of its parts."""
    return f"[{','.join(parts)}]"
