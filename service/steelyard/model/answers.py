"""Answers in words, as people type them and as they read them. All of it is plain text, not yet escaped."""

from collections.abc import Mapping
from typing import Any

from steelyard.model.needs import Need, NeedType

NONE = "none of them"
"""The answer to `choices` that chooses none."""


def answer_ids(need: Need, value: Any) -> str:
    """An answer as it is typed: the ids of options, yes or no, a number."""
    return _answer(need, value, {}, ", ")


def answer_labels(need: Need, value: Any) -> str:
    """An answer as it is read: the labels of options as they are written, Yes or No, a number."""
    told = _answer(need, value, dict(need.options), "; ")
    return told.capitalize() if told in ("yes", "no", NONE) else told


def _answer(need: Need, value: Any, labels: Mapping[str, str], joint: str) -> str:
    match need.type:
        case NeedType.FLAG:
            return "yes" if value else "no"
        case NeedType.CHOICES:
            return joint.join(labels.get(each, each) for each in value) or NONE
        case NeedType.NUMBER:
            return f"{value} {need.unit}" if need.unit else str(value)
    return labels.get(value, value)
