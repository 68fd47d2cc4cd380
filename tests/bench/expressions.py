"""Rules as infix expressions, for the engines that have a language of their own."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.bench.workload import Need, Rule, Test, Workload

_COMPARISONS = {"is": "==", "at_least": ">=", "at_most": "<="}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How an engine writes the connectives; all of them write comparisons and membership alike."""

    both: str
    either: str
    negation: str


def expressions(workload: Workload, dialect: Dialect) -> list[str]:
    """The condition of each rule."""
    return [_rule(rule, workload.needs, dialect) for rule in workload.rules]


def _rule(rule: Rule, needs: Mapping[str, Need], dialect: Dialect) -> str:
    said = []
    for tests in rule.when:
        alternatives = [_test(test, needs[test.need], dialect) for test in tests]
        said.append(alternatives[0] if len(tests) == 1 else f"({dialect.either.join(alternatives)})")
    return dialect.both.join(said)


def _test(test: Test, need: Need, dialect: Dialect) -> str:
    if need.kind == "flag":
        return test.need if test.operand else f"{dialect.negation}{test.need}"
    if test.operator in _COMPARISONS:
        return f"{test.need} {_COMPARISONS[test.operator]} {_literal(test.operand)}"
    if need.kind == "choices":
        return _membership(test, dialect)
    options = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    is_one_of = f"{test.need} in [{', '.join(map(_literal, options))}]"
    return f"{dialect.negation}({is_one_of})" if test.operator == "none_of" else is_one_of


def _membership(test: Test, dialect: Dialect) -> str:
    options = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    has_any = dialect.either.join(f"{_literal(option)} in {test.need}" for option in options)
    if test.operator == "none_of":
        return f"{dialect.negation}({has_any})"
    return has_any if len(options) == 1 else f"({has_any})"


def _literal(operand: object) -> str:
    return f"'{operand}'" if isinstance(operand, str) else str(operand)
