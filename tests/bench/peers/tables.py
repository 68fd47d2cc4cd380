"""Engines that answer many requests at once, from columns."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from numpy.typing import NDArray

from tests.bench.columns import Columns
from tests.bench.workload import WORTHS, Rule, Workload

Results = tuple[NDArray[Any], NDArray[Any]]
"""The scores, a row for each request, and the number of the best candidate of each."""


class Table(Protocol):
    """An engine that has taken in rules and columns."""

    def run(self) -> object:
        """Works out the scores and the best candidate of all requests, in whatever form the engine gives them."""

    def results(self) -> Results:
        """The same, as arrays."""


@dataclass(frozen=True, slots=True)
class TableEntrant:
    """A way to ask an engine of tables.

    Attributes:
        module: the module of this package that speaks to it.
        form: the class in it.
        most_rules: with more, it was not seen to end within minutes.
    """

    module: str
    form: str
    most_rules: int = 10_000

    def make(self, workload: Workload, given: Columns) -> Table:
        """The engine, with the rules and the columns."""
        table: Table = getattr(import_module(f"tests.bench.peers.{self.module}"), self.form)(workload, given)
        return table


TABLES: Mapping[str, TableEntrant] = {
    "Polars": TableEntrant("polars_frame", "Frame"),
    "DuckDB": TableEntrant("duckdb_table", "Database"),
}
"""By the name that is told."""


def weighed(rules: Sequence[Rule], candidate: str) -> Mapping[int, int]:
    """What rules add to a candidate's sum when they fire, by their number: weight by worth, in hundredths, if not 0."""
    added = {
        number: rule.hundredths * WORTHS[rule.ratings[candidate]]
        for number, rule in enumerate(rules)
        if candidate in rule.ratings
    }
    return {number: each for number, each in added.items() if each}


def in_pairs(parts: Sequence[Any], join: Callable[[Any, Any], Any]) -> Any:
    """All parts joined, in a tree as flat as can be: a chain of thousands is too deep for planners, and slower."""
    while len(parts) > 1:
        pairs = [join(*pair) for pair in zip(parts[::2], parts[1::2], strict=False)]
        parts = [*pairs, parts[-1]] if len(parts) % 2 else pairs
    return parts[0]
