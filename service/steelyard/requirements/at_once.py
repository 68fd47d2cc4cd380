"""Reading what is sound at once: answers of exactly the types and ids that the needs of a ruleset take.

What is odd in any way is left to the readers of `shape`, which find out whether it is wrong, and say how. What is read
here is read as they read it; a property test holds it to that.
"""

from collections.abc import Callable, Mapping
from typing import Any

from steelyard.model import Importance, Need, NeedType, Requirement
from steelyard.shape import LARGEST_NUMBER

_Read = Callable[[Any, Importance], Requirement | None]

_SHOULD = Importance.SHOULD
_IMPORTANCES = {each.value: each for each in Importance}
_TEXTS = frozenset((str,))
_STATED = frozenset(("value", "importance"))


class SoundAnswers:
    """Reads sound answers to the needs of a ruleset."""

    def __init__(self, needs: Mapping[str, Need]) -> None:
        """Prepares for the needs, in the order of the ruleset."""
        self._readers = {need.id: _reader(need) for need in needs.values()}

    def read(self, data: Any) -> dict[str, Requirement] | None:
        """The answers by need, in the order of the ruleset; None where some are odd.

        Args:
            data: what stands under `requirements`.
        """
        if type(data) is not dict:
            return None
        found: dict[str, Requirement] = {}
        for need, read in self._readers.items():
            if need in data:
                said = data[need]
                requirement = _stated(read, said) if type(said) is dict else read(said, _SHOULD)
                if requirement is None:
                    return None
                found[need] = requirement
        return found if len(found) == len(data) else None


def _stated(read: _Read, said: dict[Any, Any]) -> Requirement | None:
    """An answer that is stated as a mapping, with its importance if it has one; None where it is odd."""
    if "value" not in said or not _STATED.issuperset(said):
        return None
    if "importance" not in said:
        return read(said["value"], _SHOULD)
    word = said["importance"]
    importance = _IMPORTANCES.get(word) if type(word) is str else None
    return None if importance is None else read(said["value"], importance)


def _reader(need: Need) -> _Read:
    match need.type:
        case NeedType.FLAG:
            return _reader_of_few(bool, (True, False))
        case NeedType.NUMBER:
            return _reader_of_numbers(need)
        case NeedType.CHOICES:
            return _reader_of_sets(need)
        case _:
            return _reader_of_few(str, need.option_ids)


def _reader_of_few(kind: type, answers: tuple[bool | str, ...]) -> _Read:
    """Reads one of a few answers, all of one type."""
    made: dict[Importance, dict[Any, Requirement]] = {
        each: {answer: Requirement(answer, each) for answer in answers} for each in Importance
    }

    def read(value: Any, importance: Importance) -> Requirement | None:
        return made[importance].get(value) if type(value) is kind else None

    return read


def _reader_of_sets(need: Need) -> _Read:
    options = frozenset(need.option_ids)

    def read(value: Any, importance: Importance) -> Requirement | None:
        if type(value) is not list or not _TEXTS.issuperset(map(type, value)):
            return None
        found = frozenset(value)
        return Requirement(found, importance) if len(found) == len(value) and found <= options else None

    return read


def _reader_of_numbers(need: Need) -> _Read:
    # Up to the largest number, those that are whole have an exact `float`, and none has more digits than it may.
    minimum = -LARGEST_NUMBER if need.minimum is None else max(need.minimum, -LARGEST_NUMBER)
    maximum = LARGEST_NUMBER if need.maximum is None else min(need.maximum, LARGEST_NUMBER)

    def read(value: Any, importance: Importance) -> Requirement | None:
        # Nothing that is not a number is between the bounds, since nothing compares with it.
        if (type(value) is not int and type(value) is not float) or not minimum <= value <= maximum:
            return None
        return Requirement(int(value) if value == int(value) else value, importance)

    return read
