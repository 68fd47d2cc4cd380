"""DuckDB: one query over a table in memory, on every core."""

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb
import numpy as np

from tests.bench.columns import Columns, flags_of
from tests.bench.peers.tables import Results, in_pairs, weighed
from tests.bench.workload import CANDIDATES, Need, Rule, Test, Workload


class Database:
    """Choices as small integers, sets as a column for each option; a column for each rule, then sums of `case`."""

    def __init__(self, workload: Workload, given: Columns) -> None:
        self._connection = duckdb.connect(":memory:")
        self._connection.register("given", _arrays(workload.needs, given))
        self._connection.execute("create table request as select * from given")
        self._connection.unregister("given")
        self._query = _query(workload)

    def run(self) -> Mapping[str, Any]:
        """Columns of the scores and the best candidate."""
        columns: Mapping[str, Any] = self._connection.execute(self._query).fetchnumpy()
        return columns

    def results(self) -> Results:
        """The same, as arrays."""
        columns = self.run()
        return np.column_stack([columns[each] for each in CANDIDATES]), columns["best"]


def _arrays(needs: Mapping[str, Need], given: Columns) -> dict[str, Any]:
    arrays: dict[str, Any] = {}
    for name, need in needs.items():
        if need.kind == "choices":
            arrays |= {each.replace("-", "_"): flags for each, flags in flags_of(name, given).items()}
        else:
            types = {"choice": np.uint8, "flag": np.bool_}
            arrays[name] = given[name].astype(types.get(need.kind, given[name].dtype))
    return arrays


def _query(workload: Workload) -> str:
    rules = workload.rules
    fired = ", ".join(f"{_rule(rule, workload.needs)} as r{number}" for number, rule in enumerate(rules))
    totals = {number: rule.hundredths for number, rule in enumerate(rules)}
    sums = ", ".join(_sum(weighed(rules, each), each) for each in CANDIDATES)
    scores = ", ".join(
        f"case when total > 0 then 50 + 25.0::double * {c} / total else 50 end as {c}" for c in CANDIDATES
    )
    best = " ".join(f"when {c} = greatest({', '.join(CANDIDATES)}) then {n}" for n, c in enumerate(CANDIDATES))
    return (
        f"with fired as (select {fired} from request),"  # noqa: S608  of our own words only
        f" sums as (select {sums}, {_sum(totals, 'total')} from fired),"
        f" scores as (select {scores} from sums)"
        f" select *, case {best} end as best from scores"
    )


def _sum(added: Mapping[int, int], name: str) -> str:
    parts = [f"case when r{number} then {each} else 0 end" for number, each in added.items()]
    return f"{in_pairs(parts or ['0'], '({}+{})'.format)}::integer as {name}"


def _rule(rule: Rule, needs: Mapping[str, Need]) -> str:
    return " and ".join(f"({' or '.join(_tests(tests, needs))})" for tests in rule.when)


def _tests(tests: tuple[Test, ...], needs: Mapping[str, Need]) -> Iterator[str]:
    for test in tests:
        yield _test(test, needs[test.need])


def _test(test: Test, need: Need) -> str:
    if need.kind == "flag":
        return test.need if test.operand else f"not {test.need}"
    if need.kind == "number":
        operator = {"is": "=", "at_least": ">=", "at_most": "<="}[test.operator]
        return f"{test.need} {operator} {test.operand}::{'integer' if need.whole else 'double'}"
    options = test.operand if isinstance(test.operand, tuple) else (test.operand,)
    if need.kind == "choices":
        has_any = f"({' or '.join(str(each).replace('-', '_') for each in options)})"
    else:
        places = (str(need.options.index(str(each))) for each in options)
        has_any = f"{test.need} in ({', '.join(places)})"
    return f"not {has_any}" if test.operator == "none_of" else has_any
