"""What could have been said instead about one need, from the smallest change to the largest."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum

from steelyard.explain.readings import Readings
from steelyard.model import Answer, Importance, Need, NeedType, Requirement, rank


class Reach(IntEnum):
    """How far a change of one answer goes; among changes of as many answers, the least far is told."""

    IMPORTANCE = 0
    LESS = 1
    WITHDRAWN = 2
    OTHER = 3
    GIVEN = 4


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another answer to a need, or none."""

    need: str
    requirement: Requirement | None
    reach: Reach


def alternatives(readings: Readings, need: Need, said: Requirement) -> Iterator[Alternative]:
    """What could be said instead of what was said, of answers that all rules take alike only the first."""
    yield from (
        Alternative(need.id, Requirement(said.value, importance), Reach.IMPORTANCE)
        for importance in sorted(Importance, key=lambda each: abs(each.level - said.importance.level))
        if importance is not said.importance
    )
    yield Alternative(need.id, None, Reach.WITHDRAWN)
    seen = {readings.told_apart(need.id, said.value)}
    for value, reach in _other_values(readings, need, said.value):
        tests = readings.told_apart(need.id, value)
        if tests not in seen:
            seen.add(tests)
            yield Alternative(need.id, Requirement(value, said.importance), reach)


def given(readings: Readings, need: Need) -> Iterator[Alternative]:
    """What could be said about a need of which nothing was said."""
    seen: set[tuple[bool, ...]] = set()
    for each in readings.answers(need.id):
        tests = readings.told_apart(need.id, each.value)
        if tests not in seen:
            seen.add(tests)
            yield Alternative(need.id, Requirement(each.value), Reach.GIVEN)


def _other_values(readings: Readings, need: Need, value: Answer) -> Iterator[tuple[Answer, Reach]]:
    if isinstance(value, frozenset):
        yield from ((value - {option}, Reach.LESS) for option in need.in_order(value) if len(value) > 1)
        yield from ((value | {option}, Reach.OTHER) for option in need.option_ids if option not in value)
    others: Iterable[Answer] = [each.value for each in readings.answers(need.id)]
    if need.type in (NeedType.SCALE, NeedType.NUMBER):
        others = sorted(others, key=lambda other: abs(rank(need, other) - rank(need, value)))
    yield from ((other, Reach.OTHER) for other in others)
