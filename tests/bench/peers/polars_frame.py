"""Polars: lazy expressions over a frame, on every core."""

import time
from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add, and_, or_
from typing import Any

import numpy as np
import polars as pl

from tests.bench.columns import Columns, flags_of
from tests.bench.peers.tables import Results, in_pairs, weighed
from tests.bench.workload import CANDIDATES, Need, Rule, Test, Workload


class Frame:
    """Choices as `Enum`, sets as a column for each option; first a column for each rule, then sums of `when`/`then`.

    Of Polars' two engines, the one that is quicker with these rules and columns.
    """

    def __init__(self, workload: Workload, given: Columns) -> None:
        rules = workload.rules
        fired = [_rule(rule, workload.needs).alias(rule.id) for rule in rules]
        sums = [_sum(rules, weighed(rules, each), each) for each in CANDIDATES]
        total = _sum(rules, {number: rule.hundredths for number, rule in enumerate(rules)}, "total")
        scores = [
            pl.when(pl.col("total") > 0).then(50 + 25 * pl.col(each) / pl.col("total")).otherwise(50.0).alias(each)
            for each in CANDIDATES
        ]
        frame = pl.DataFrame(_series(workload.needs, given)).lazy()
        self._query = frame.select(fired).select(*sums, total).select(scores).with_columns(_best().alias("best"))
        self._engine = min(("in-memory", "streaming"), key=self._seconds)

    def _seconds(self, engine: str) -> float:
        begin = time.perf_counter()
        self._query.collect(engine=engine)
        return time.perf_counter() - begin

    def run(self) -> pl.DataFrame:
        """A frame of the scores and the best candidate."""
        return self._query.collect(engine=self._engine)

    def results(self) -> Results:
        """The same, as arrays."""
        frame = self.run()
        return frame.select(CANDIDATES).to_numpy(), frame["best"].to_numpy()


def _series(needs: Mapping[str, Need], given: Columns) -> dict[str, Any]:
    series: dict[str, Any] = {}
    for name, need in needs.items():
        if need.kind == "choice":
            series[name] = pl.Series(given[name].astype(np.uint8)).cat.to(pl.Enum(need.options))
        elif need.kind == "choices":
            series |= flags_of(name, given)
        else:
            series[name] = given[name].astype(np.bool_) if need.kind == "flag" else given[name]
    return series


def _best() -> Any:
    """The number of the first candidate with the best score: quicker than lists of scores."""
    best = pl.max_horizontal(CANDIDATES)
    chosen = pl.lit(len(CANDIDATES) - 1, pl.Int8)
    for number, candidate in reversed(list(enumerate(CANDIDATES[:-1]))):
        chosen = pl.when(pl.col(candidate) == best).then(pl.lit(number, pl.Int8)).otherwise(chosen)
    return chosen


def _sum(rules: Sequence[Rule], added: Mapping[int, int], name: str) -> Any:
    none = pl.lit(0, pl.Int32)
    parts = [pl.when(pl.col(rules[k].id)).then(pl.lit(each, pl.Int32)).otherwise(none) for k, each in added.items()]
    return in_pairs(parts or [none], add).alias(name)


def _rule(rule: Rule, needs: Mapping[str, Need]) -> Any:
    return reduce(and_, (reduce(or_, (_test(test, needs[test.need]) for test in tests)) for tests in rule.when))


def _test(test: Test, need: Need) -> Any:
    value = pl.col(test.need)
    if need.kind == "flag":
        return value if test.operand else ~value
    if test.operator == "at_least":
        return value >= test.operand
    if test.operator == "at_most":
        return value <= test.operand
    options = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    has_any = reduce(or_, (pl.col(str(each)) if need.kind == "choices" else value == each for each in options))
    return ~has_any if test.operator == "none_of" else has_any
