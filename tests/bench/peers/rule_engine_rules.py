"""rule-engine: rules in a language of their own, interpreted in Python."""

import rule_engine

from tests.bench.expressions import Dialect, expressions
from tests.bench.workload import Answers, Workload

_DIALECT = Dialect(both=" and ", either=" or ", negation="not ")


class Loop:
    """A rule for each rule, in a context that knows the types."""

    def __init__(self, workload: Workload) -> None:
        types = {
            "choice": rule_engine.DataType.STRING,
            "choices": rule_engine.DataType.ARRAY(rule_engine.DataType.STRING),
            "number": rule_engine.DataType.FLOAT,
            "flag": rule_engine.DataType.BOOLEAN,
        }
        known = {name: types[need.kind] for name, need in workload.needs.items()}
        context = rule_engine.Context(type_resolver=rule_engine.type_resolver_from_dict(known))
        self._matches = [rule_engine.Rule(each, context=context).matches for each in expressions(workload, _DIALECT)]

    def flags(self, answers: Answers) -> list[bool]:
        """Of each rule, whether it fires."""
        return [matches(answers) for matches in self._matches]
