"""Many requests in one call: rows or columns are coded and weighed block by block, on all processors."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

import numpy as np

from steelyard.batch.block import Block, RowFault
from steelyard.batch.cells import shifted
from steelyard.batch.coding import Columns as ColumnSource
from steelyard.batch.kernel import Kernel
from steelyard.batch.reading import CellReader
from steelyard.batch.result import Batch, Columns
from steelyard.batch.rows import Rows
from steelyard.batch.single import OneByOne
from steelyard.diagnostics import Code, FaultsError, fault, quote, suggestion
from steelyard.engine.compiled import CompiledRuleset
from steelyard.requirements import RequestError, RequestReader, today
from steelyard.shape import importance as importance_of

_FEWEST, _MOST = 1 << 13, 1 << 16
"""Rows coded at once: enough that starting costs nothing, few enough that they take little memory."""
_WEIGHED = 1 << 14
"""Rows weighed at once. More would not stay close to the processor; with fewer, each step would be so short that
threads spend their time handing Python to each other."""
_Each = Callable[[Callable[[int], None], Iterable[int]], Iterable[None]]


class Source(Protocol):
    """Where rows come from."""

    @property
    def holds_python(self) -> bool:
        """Whether coding is work of Python's own, in which threads only wait for each other."""

    def __len__(self) -> int: ...

    def block(self, start: int, stop: int) -> Block:
        """The rows from one number up to another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of every row.

    Attributes:
        as_of: the day whose knowledge is to be used; today in UTC if None.
        candidates: ids of the candidates to weigh; all if None.
        importance: by need, how important its answers are where they do not say it themselves.
        scores: whether to tell the scores of all candidates.
        fired: whether to tell the rules that fired.
        strict: whether a faulty row stops it all.
    """

    as_of: str | date | None = None
    candidates: Collection[str] | None = None
    importance: Mapping[str, str] | None = None
    scores: bool = False
    fired: bool = False
    strict: bool = False


class Runner:
    """Answers many rows by one ruleset, on one day."""

    def __init__(self, compiled: CompiledRuleset, reader: RequestReader, wanted: Wanted) -> None:
        """Makes ready.

        Raises:
            RequestError: the day, a candidate or an importance is not as it should be.
        """
        said = {"as_of": wanted.as_of, "candidates": wanted.candidates}
        request = reader.read(
            {"requirements": {}, **{key: each for key, each in said.items() if each is not None}}, today()
        )
        self._compiled = compiled
        self._wanted = wanted
        self._asked = compiled.numbers_of(request.candidates)
        kernel = Kernel(compiled, compiled.snapshot_on(request.as_of), self._asked)
        self._weigh: Callable[[Block, Columns], None] = kernel.weigh
        if not kernel.can_weigh:
            self._weigh = OneByOne(compiled, request.as_of, request.candidates).weigh
        self.needs = compiled.ruleset.needs
        self.reader = CellReader(reader)
        self.importance = _importance(wanted.importance or {}, self.needs)

    def source(self, rows_or_columns: Any, keep: Collection[str] = ()) -> Source:
        """Rows or columns, ready to be coded.

        Raises:
            RequestError: a column is no need, or columns are not equally long.
        """
        if isinstance(rows_or_columns, Mapping):
            return ColumnSource(rows_or_columns, self.needs, self.reader, self.importance, keep)
        if hasattr(rows_or_columns, "column_names") and hasattr(rows_or_columns, "column"):
            # A table or a batch of Arrow.
            names = rows_or_columns.column_names
            columns = {name: rows_or_columns.column(place) for place, name in enumerate(names)}
            return ColumnSource(columns, self.needs, self.reader, self.importance, keep)
        if not isinstance(rows_or_columns, Iterable) or isinstance(rows_or_columns, str | bytes):
            raise TypeError(f"expected rows or columns of requirements, got {type(rows_or_columns).__name__}")
        rows = rows_or_columns if isinstance(rows_or_columns, list) else list(rows_or_columns)
        return Rows(rows, self.needs, self.reader, self.importance)

    def run(self, source: Source) -> Batch:
        """Answers all rows.

        Raises:
            RequestError: a row is faulty, and that stops it all.
        """
        ruleset, wanted, count = self._compiled.ruleset, self._wanted, len(source)
        columns = Columns.empty(
            count,
            scores=len(self._asked) if wanted.scores else None,
            fired=len(ruleset.rules) if wanted.fired else None,
        )

        processors = os.cpu_count() or 1
        rows = _MOST if source.holds_python else min(_MOST, max(_FEWEST, -(-count // processors)))

        def answer(start: int, each: _Each = map) -> list[RowFault]:
            stop = min(start + rows, count)
            return shifted(self._answered(source.block(start, stop), columns.part(start, stop), each), start)

        starts = range(0, count, rows)
        with ThreadPoolExecutor(processors) as pool:
            each = pool.map if count > _FEWEST else map
            # Threads share out the blocks, or else the parts of one block after the other.
            found = [answer(start, each) for start in starts] if source.holds_python else list(each(answer, starts))
        faults = tuple(each for part in found for each in part)
        if faults and wanted.strict:
            raise RequestError(replace(each.diagnostic, path=(each.row, *each.diagnostic.path)) for each in faults)
        candidates = tuple(ruleset.candidates)
        asked = tuple(candidates[each] for each in self._asked)
        return Batch(candidates, asked, self._compiled.rule_ids, columns, faults)

    def _answered(self, block: Block, into: Columns, each: _Each) -> list[RowFault]:
        """Weighs the parts of a block, each as the function does that maps, and tells the faults of its rows."""
        parts = max(1, -(-block.rows // _WEIGHED))
        rows = max(1, -(-block.rows // parts))

        def weigh(start: int) -> None:
            self._weigh(block.part(start, start + rows), into.part(start, start + rows))

        list(each(weigh, range(0, block.rows, rows)))
        faults = sorted(block.faults, key=lambda each: each.row)
        if faults:
            into.clear(np.array(sorted({each.row for each in faults}), np.int64))
        return faults


def recommend_many(
    compiled: CompiledRuleset, reader: RequestReader, rows_or_columns: Any, wanted: Wanted | None = None
) -> Batch:
    """The answers to many requests, each the same as to it alone.

    Args:
        compiled: the ruleset.
        reader: the reader of its requests.
        rows_or_columns: an iterable of requirements by need; or columns by need, in a mapping, in a table or in a
            batch of Arrow.
        wanted: what is wanted of every row.

    Raises:
        RequestError: a column is no need; the day, a candidate or an importance is faulty; or a row is, and `wanted`
            is strict. Otherwise faulty rows are told in the batch.
        TypeError: these are neither rows nor columns.
    """
    runner = Runner(compiled, reader, wanted or Wanted())
    return runner.run(runner.source(rows_or_columns))


def _importance(words: Mapping[str, str], needs: Collection[str]) -> dict[str, int]:
    levels, faults = {}, []
    for need, word in words.items():
        if need not in needs:
            message, help_ = f"unknown need {quote(need)}", suggestion(str(need), needs)
            faults.append(fault(Code.REQUEST_UNKNOWN_NEED, message, ("importance", str(need)), at_key=True, help=help_))
            continue
        try:
            levels[need] = importance_of(word).level
        except FaultsError as error:
            faults += error.under("importance", need)
    if faults:
        raise RequestError(faults)
    return levels
