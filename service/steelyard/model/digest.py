"""The digest of content: equal for equal knowledge on every machine."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Context, Decimal
from enum import Enum
from typing import Any

# Counts up when the same ruleset comes to mean something else, so that old ids never name new answers.
SEMANTICS = 1

# Of weights with all the digits that they may have, whatever context the program around us works in.
_EXACT = Context(prec=60)


def digest_of(content: Any) -> str:
    """The SHA-256, in hexadecimal, of plain data, frozen dataclasses, enums, dates and decimals.

    The order of a mapping's entries counts: it decides between ties and is seen in the answer.
    """
    text = json.dumps([SEMANTICS, _plain(content)], ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _plain(value: Any) -> Any:
    match value:
        case Enum():
            return value.name
        case None | str() | bool() | int() | float():
            return value
        case Decimal():
            return str(value.normalize(_EXACT))
        case date():
            return value.isoformat()
        case Mapping():
            return [[_plain(key), _plain(each)] for key, each in value.items()]
        case frozenset():
            return sorted(value)
        case tuple() | list():
            return [_plain(each) for each in value]
        case _ if is_dataclass(value):
            # The kind stands beside the content: AllOf and AnyOf have the same fields. What was not said is left out,
            # so that a key which the format gains changes no digest of a ruleset without it.
            said = [(item.name, getattr(value, item.name)) for item in fields(value)]
            return [type(value).__name__, *([name, _plain(each)] for name, each in said if each is not None)]
    raise TypeError(f"no digest of {type(value).__name__}")
