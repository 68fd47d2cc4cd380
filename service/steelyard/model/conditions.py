"""Conditions as data, and their negation normal form."""

from collections.abc import Iterator
from dataclasses import dataclass

from steelyard.model.needs import Answer


@dataclass(frozen=True, slots=True)
class NeedTest:
    """A test of one need. `negated` turns an answered test round; on an unanswered need both are unknown."""

    need: str
    operator: str
    operand: Answer
    negated: bool = False


@dataclass(frozen=True, slots=True)
class AllOf:
    """Holds when every part does; without parts, always."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one part does; without parts, never."""

    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part is false; is unknown when that is."""

    part: "Condition"


Condition = NeedTest | AllOf | AnyOf | Not

ALWAYS = AllOf()


def tests_of(condition: Condition) -> Iterator[NeedTest]:
    """Every test in the condition, in the order in which they are written."""
    match condition:
        case NeedTest():
            yield condition
        case Not(part):
            yield from tests_of(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from tests_of(part)
