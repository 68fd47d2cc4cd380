"""The operators of conditions: one small entry each. Parser, checks, documents and tests read this table."""

from collections.abc import Callable
from dataclasses import dataclass

from steelyard.model.conditions import NeedTest
from steelyard.model.needs import Answer, Need, NeedType


@dataclass(frozen=True, slots=True)
class Operator:
    """A way to test an answer.

    Attributes:
        name: its key in a ruleset.
        types: the types of need that it fits.
        holds: whether it holds, given the need, the answer and what it compares with.
        takes_list: whether what it compares with is a list.
    """

    name: str
    types: frozenset[NeedType]
    holds: Callable[[Need, Answer, Answer], bool]
    takes_list: bool = False


def _is(_need: Need, answer: Answer, operand: Answer) -> bool:
    return answer == operand


def _includes(_need: Need, answer: Answer, operand: Answer) -> bool:
    return operand in _options(answer)


def _any_of(_need: Need, answer: Answer, operand: Answer) -> bool:
    return not _options(answer).isdisjoint(_options(operand))


def _all_of(_need: Need, answer: Answer, operand: Answer) -> bool:
    return _options(answer) >= _options(operand)


def _none_of(need: Need, answer: Answer, operand: Answer) -> bool:
    return not _any_of(need, answer, operand)


def _at_least(need: Need, answer: Answer, operand: Answer) -> bool:
    return rank(need, answer) >= rank(need, operand)


def _at_most(need: Need, answer: Answer, operand: Answer) -> bool:
    return rank(need, answer) <= rank(need, operand)


def _options(answer: Answer) -> frozenset[str]:
    """The options that an answer names: of a choice or a scale, the one."""
    return answer if isinstance(answer, frozenset) else frozenset((str(answer),))


def rank(need: Need, answer: Answer) -> int | float:
    """The place of an answer in the order of its need."""
    if isinstance(answer, frozenset):
        raise TypeError(f"sets of options have no order: {need.id}")
    return need.position(answer) if isinstance(answer, str) else answer


_ALL = frozenset(NeedType)
_OF_OPTIONS = frozenset((NeedType.CHOICE, NeedType.CHOICES, NeedType.SCALE))
_ORDERED = frozenset((NeedType.SCALE, NeedType.NUMBER))
_SETS = frozenset((NeedType.CHOICES,))

OPERATORS = {
    operator.name: operator
    for operator in (
        Operator("is", _ALL, _is),
        Operator("includes", _SETS, _includes),
        Operator("any_of", _OF_OPTIONS, _any_of, takes_list=True),
        Operator("all_of", _SETS, _all_of, takes_list=True),
        Operator("none_of", _OF_OPTIONS, _none_of, takes_list=True),
        Operator("at_least", _ORDERED, _at_least),
        Operator("at_most", _ORDERED, _at_most),
    )
}


def operators_for(type_: NeedType) -> tuple[Operator, ...]:
    """The operators that fit needs of one type."""
    return tuple(operator for operator in OPERATORS.values() if type_ in operator.types)


def passes(test: NeedTest, need: Need, answer: Answer) -> bool:
    """Whether an answer to the need passes the test."""
    return OPERATORS[test.operator].holds(need, answer, test.operand) != test.negated
