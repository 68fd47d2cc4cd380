"""common-expression-language: Google's CEL, in Rust."""

import cel

from tests.bench.expressions import Dialect, expressions
from tests.bench.workload import Answers, Workload

_DIALECT = Dialect(both=" && ", either=" || ", negation="!")


class List:
    """One expression, the list of all conditions."""

    def __init__(self, workload: Workload) -> None:
        self._execute = cel.compile(f"[{', '.join(expressions(workload, _DIALECT))}]").execute

    def flags(self, answers: Answers) -> list[bool]:
        """Of each rule, whether it fires."""
        flags: list[bool] = self._execute(answers)
        return flags


class Loop:
    """A compiled expression for each rule, all in the same context."""

    def __init__(self, workload: Workload) -> None:
        self._execute = [cel.compile(each).execute for each in expressions(workload, _DIALECT)]

    def flags(self, answers: Answers) -> list[bool]:
        """Of each rule, whether it fires."""
        context = cel.Context(answers)
        return [execute(context) for execute in self._execute]
