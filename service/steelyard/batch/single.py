"""Rows weighed one by one, where the kernel cannot: conditions too large, or unequal sums that tie."""

from collections.abc import Collection, Sequence
from datetime import date

import numpy as np

from steelyard.batch.block import Block
from steelyard.batch.result import OUTCOMES, Columns
from steelyard.engine.compiled import CompiledRuleset
from steelyard.engine.weighing import Weighing
from steelyard.model import Request


class OneByOne:
    """Weighs rows by one ruleset on one day, for some candidates, as a single request is weighed."""

    def __init__(self, compiled: CompiledRuleset, day: date, candidates: Collection[str] | None) -> None:
        """Takes what every row asks for."""
        self._compiled = compiled
        self._day = day
        self._candidates = None if candidates is None else tuple(candidates)
        self._asked: Sequence[int] = compiled.numbers_of(candidates)

    def weigh(self, block: Block, into: Columns) -> None:
        """Weighs all rows of the block, and writes the answers into columns of as many rows."""
        for row in range(block.rows):
            self._write(self._weighed(block, row), row, into)

    def _weighed(self, block: Block, row: int) -> Weighing:
        requirements = block.requirements(row, self._compiled.ruleset.needs)
        request = Request(as_of=self._day, requirements=requirements, candidates=self._candidates)
        return Weighing.of(self._compiled, request)

    def _write(self, weighing: Weighing, row: int, into: Columns) -> None:
        into.outcome[row] = OUTCOMES.index(weighing.outcome)
        if weighing.has_winner:
            winner = weighing.ranking[0][1]
            into.recommended[row] = winner
            into.score[row] = weighing.score(winner)
            into.lead[row] = np.nan if weighing.lead is None else weighing.lead
            into.robustness[row] = np.nan if weighing.robustness is None else weighing.robustness
        if into.scores is not None:
            into.scores[row] = [weighing.score(each) for each in self._asked]
        if into.fired is not None:
            into.fired[row, weighing.fired_orders] = True
