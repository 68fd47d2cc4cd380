"""JSON in pieces: what stays the same from one document to the next, cut where values differ."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from steelyard.recommendation.result import to_json_text

# No text of a ruleset holds a control character, so that it marks nothing but the places where it was put.
_HOLE = "\0"
_HOLE_AS_JSON = to_json_text(_HOLE)


def cut(document: Mapping[str, Any], *keys: str) -> tuple[bytes, ...]:
    """The document as JSON, in UTF-8, without the values of some keys: what is before, between and after them.

    Args:
        document: plain data, as `to_dict` gives it.
        keys: keys of the document, in its order.
    """
    hollow = {**document, **dict.fromkeys(keys, _HOLE)}
    return tuple(piece.encode() for piece in to_json_text(hollow).split(_HOLE_AS_JSON))


def as_json(value: Any) -> bytes:
    """Plain data as it stands in a document, in UTF-8."""
    return to_json_text(value).encode()


def numbers_as_json(numbers: Sequence[float]) -> Sequence[bytes]:
    """Finite numbers, none of them whole by type, as they stand in a document."""
    dumps = _quick_dumps()
    if dumps is not None and numbers:
        written: bytes = dumps(numbers)
        # The two write the same digits, but small and large numbers in other forms.
        if b"e" not in written and b"0.0000" not in written:
            return written[1:-1].split(b",")
    return [repr(number).encode() for number in numbers]


@cache
def _quick_dumps() -> Callable[[Any], bytes] | None:
    """What writes many numbers in the time in which Python writes a few, if it is installed; a service has it."""
    try:
        from orjson import dumps  # noqa: PLC0415  it is an extra
    except ModuleNotFoundError:
        return None
    return dumps
