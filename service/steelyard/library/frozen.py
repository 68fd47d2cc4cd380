"""Rulesets as JSON that is soon read back: no pickle, which could be made to run anything.

What JSON has no word for is a list that begins with the name of its kind. Only the kinds of a ruleset are known.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from steelyard.model import (
    AllOf,
    AnyOf,
    Candidate,
    Case,
    Evidence,
    Grade,
    Importance,
    Need,
    NeedTest,
    NeedType,
    Not,
    Period,
    Rating,
    RatingHistory,
    Rule,
    Ruleset,
)
from steelyard.reader import PlainText
from steelyard.recommendation import Outcome

_DATACLASSES: tuple[Any, ...] = (
    AllOf,
    AnyOf,
    Candidate,
    Case,
    Evidence,
    Need,
    NeedTest,
    Not,
    Period,
    Rating,
    RatingHistory,
    Rule,
    Ruleset,
)
_ENUMS: tuple[Any, ...] = (Grade, Importance, NeedType, Outcome)
_AS_THEY_ARE = frozenset((str, int, float, bool, type(None)))


def to_frozen(ruleset: Ruleset) -> str:
    """The ruleset with its digest as JSON."""
    return json.dumps([ruleset.digest, _written(ruleset)], separators=(",", ":"))


def from_frozen(text: str | bytes) -> Ruleset:
    """The ruleset that the JSON holds, equal to what was written in every field.

    Raises:
        ValueError, KeyError, TypeError, LookupError: it is no such text.
    """
    digest, ruleset = _parts(["entry", *json.loads(text)])
    if not isinstance(ruleset, Ruleset) or not isinstance(digest, str):
        raise TypeError("this is no ruleset")
    # Worked out from all of it otherwise, which takes as long as the reading.
    vars(ruleset)["digest"] = digest
    return ruleset


def _written(value: Any) -> Any:
    kind = type(value)
    return value if kind in _AS_THEY_ARE else _WRITERS[kind](value)


def _parts(content: list[Any]) -> list[Any]:
    """What stands behind the name of a kind. A call for each part of it would take half the time of a load."""
    return [_READERS[each[0]](each) if type(each) is list else each for each in content[1:]]


def _dataclass_pair(kind: Any) -> tuple[Callable[[Any], list[Any]], Callable[[list[Any]], Any]]:
    name, names = kind.__name__, [item.name for item in fields(kind)]

    def write(value: Any) -> list[Any]:
        return [name, *[_written(getattr(value, each)) for each in names]]

    def read(content: list[Any]) -> Any:
        return kind(**dict(zip(names, _parts(content), strict=True)))

    return write, read


def _enum_pair(kind: Any) -> tuple[Callable[[Any], list[Any]], Callable[[list[Any]], Any]]:
    members = dict(kind.__members__)
    return lambda value: [kind.__name__, value.name], lambda content: members[content[1]]


def _written_mapping(value: Mapping[Any, Any]) -> list[Any]:
    return ["mapping", *[_written(each) for key in value for each in (key, value[key])]]


def _read_mapping(content: list[Any]) -> dict[Any, Any]:
    parts = iter(_parts(content))
    return dict(zip(parts, parts, strict=True))


_WRITERS: dict[type, Callable[[Any], list[Any]]] = {
    PlainText: lambda value: ["plain", str.__str__(value)],
    Decimal: lambda value: ["decimal", str(value)],
    date: lambda value: ["day", value.isoformat()],
    tuple: lambda value: ["tuple", *map(_written, value)],
    list: lambda value: ["list", *map(_written, value)],
    frozenset: lambda value: ["set", *sorted(value)],
    dict: _written_mapping,
}
_READERS: dict[str, Callable[[list[Any]], Any]] = {
    "plain": lambda content: PlainText(content[1]),
    "decimal": lambda content: Decimal(content[1]),
    "day": lambda content: date.fromisoformat(content[1]),
    "tuple": lambda content: tuple(_parts(content)),
    "list": _parts,
    "set": lambda content: frozenset(content[1:]),
    "mapping": _read_mapping,
}
for _kind in _DATACLASSES:
    _WRITERS[_kind], _READERS[_kind.__name__] = _dataclass_pair(_kind)
for _kind in _ENUMS:
    _WRITERS[_kind], _READERS[_kind.__name__] = _enum_pair(_kind)
