"""datalogic-py: JSON Logic in Rust."""

from collections.abc import Mapping
from typing import Any

import datalogic_py

from tests.bench.workload import Answers, Need, Rule, Test, Workload

_COMPARISONS = {"is": "==", "at_least": ">=", "at_most": "<="}


class Array:
    """All conditions in one rule, an array, asked through a session: quicker than a loop or `evaluate_many`."""

    def __init__(self, workload: Workload) -> None:
        engine = datalogic_py.Engine()
        self._rule = engine.compile([_rule(rule, workload.needs) for rule in workload.rules])
        self._evaluate = engine.session().evaluate

    def flags(self, answers: Answers) -> list[bool]:
        """Of each rule, whether it fires."""
        flags: list[bool] = self._evaluate(self._rule, answers)
        return flags


def _rule(rule: Rule, needs: Mapping[str, Need]) -> Any:
    said = [_joined("or", [_test(test, needs[test.need]) for test in tests]) for tests in rule.when]
    return _joined("and", said)


def _joined(operator: str, parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else {operator: parts}


def _test(test: Test, need: Need) -> Any:
    value = {"var": test.need}
    if need.kind == "flag":
        return value if test.operand else {"!": value}
    if test.operator in _COMPARISONS:
        return {_COMPARISONS[test.operator]: [value, test.operand]}
    options = list(test.operand) if isinstance(test.operand, tuple) else [test.operand]
    if need.kind == "choices":
        has_any = _joined("or", [{"in": [option, value]} for option in options])
    else:
        has_any = {"in": [value, options]}
    return {"!": has_any} if test.operator == "none_of" else has_any
