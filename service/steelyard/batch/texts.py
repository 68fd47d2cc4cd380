"""Columns of texts, as a file of CSV has them, to what their need takes.

A text of a flag or of a number means what it means in YAML without quotes: `true` and `yes`, `3` and `0.5`.
"""

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from steelyard.model import Need, NeedType
from steelyard.reader import PlainText


def typed(column: Any, need: Need | None) -> Any:
    """The column, its texts as values of the need; one without a need stays as it is."""
    match need.type if need is not None else None:
        case NeedType.NUMBER:
            return _numbers(column)
        case NeedType.FLAG:
            return _looked_up(column, PlainText)
        case NeedType.CHOICES:
            return _looked_up(column, _options)
        case _:
            return column


def _numbers(column: Any) -> Any:
    try:
        return pc.cast(column, pa.float64())
    except pa.ArrowInvalid:
        # Some text is no number: its row is told, and all others are answered.
        return _looked_up(column, PlainText)


def _options(text: str) -> list[str]:
    return [option.strip() for option in text.replace("|", ",").split(",")]


def _looked_up(column: Any, value_of: Any) -> list[Any]:
    values = {text: None if text is None else value_of(text) for text in column.unique().to_pylist()}
    return [values[text] for text in column.to_pylist()]
