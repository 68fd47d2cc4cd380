"""The peer that needs no library: a loop over conditions, as one would write it first."""

import operator
from collections.abc import Callable
from typing import Any

from tests.bench.workload import Answers, Need, Test, Workload

_Test = tuple[str, Callable[[Any, Any], bool], Any]


def _is_one_of(value: object, operand: frozenset[object]) -> bool:
    return value in operand


def _is_none_of(value: object, operand: frozenset[object]) -> bool:
    return value not in operand


def _has_any(value: list[str], operand: frozenset[str]) -> bool:
    return not operand.isdisjoint(value)


def _has_none(value: list[str], operand: frozenset[str]) -> bool:
    return operand.isdisjoint(value)


_OF_ONE = {
    "is": operator.eq,
    "any_of": _is_one_of,
    "none_of": _is_none_of,
    "at_least": operator.ge,
    "at_most": operator.le,
}
_OF_MANY = {"includes": operator.contains, "any_of": _has_any, "none_of": _has_none}


class Loop:
    """Interprets each condition of each rule."""

    def __init__(self, workload: Workload) -> None:
        self._rules = [
            [[_prepared(test, workload.needs[test.need]) for test in tests] for tests in rule.when]
            for rule in workload.rules
        ]

    def flags(self, answers: Answers) -> list[bool]:
        """Of each rule, whether it fires."""
        return [_holds(rule, answers) for rule in self._rules]


def _holds(rule: list[list[_Test]], answers: Answers) -> bool:
    for tests in rule:
        for need, test, operand in tests:
            if test(answers[need], operand):
                break
        else:
            return False
    return True


def _prepared(test: Test, need: Need) -> _Test:
    operators = _OF_MANY if need.kind == "choices" else _OF_ONE
    operand = frozenset(test.operand) if isinstance(test.operand, tuple) else test.operand
    return test.need, operators[test.operator], operand
