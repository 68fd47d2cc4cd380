"""zen-engine: the GoRules engine, in Rust."""

from typing import Any

import zen

from tests.bench.expressions import Dialect, expressions
from tests.bench.workload import Answers, Workload

_DIALECT = Dialect(both=" and ", either=" or ", negation="not ")


def _list(workload: Workload) -> str:
    return f"[{', '.join(f'({each})' for each in expressions(workload, _DIALECT))}]"


class Expression:
    """One compiled expression, the list of all conditions: the quickest way that it has."""

    def __init__(self, workload: Workload) -> None:
        self._evaluate = zen.compile_expression(_list(workload)).evaluate

    def flags(self, answers: Answers) -> list[bool]:
        """Of each rule, whether it fires."""
        flags: list[bool] = self._evaluate(answers)
        return flags


class Graph:
    """A decision graph with one expression node, held by a static loader, which alone keeps graphs compiled."""

    def __init__(self, workload: Workload) -> None:
        loader: Any = {"type": "static", "content": {"rules": _graph(_list(workload))}}
        self._evaluate = zen.ZenEngine({"loader": loader}).evaluate

    def flags(self, answers: Answers) -> list[bool]:
        """Of each rule, whether it fires."""
        flags: list[bool] = self._evaluate("rules", answers)["result"]["fired"]
        return flags


def _graph(expression: str) -> dict[str, Any]:
    expressions = [{"id": "fired", "key": "fired", "value": expression}]
    return {
        "nodes": [
            {"id": "in", "name": "in", "type": "inputNode"},
            {"id": "rules", "name": "rules", "type": "expressionNode", "content": {"expressions": expressions}},
            {"id": "out", "name": "out", "type": "outputNode"},
        ],
        "edges": [
            {"id": "first", "type": "edge", "sourceId": "in", "targetId": "rules"},
            {"id": "second", "type": "edge", "sourceId": "rules", "targetId": "out"},
        ],
    }
