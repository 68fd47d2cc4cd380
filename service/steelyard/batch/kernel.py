"""Weighs many rows at once: `engine.weighing`, step by step, for blocks of rows instead of for one request."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np

from steelyard.batch.block import USUAL, Array, Block, Bools, Floats, Ints, Words
from steelyard.batch.result import NONE, OUTCOMES, Columns
from steelyard.batch.tables import Lines, MaskTables, as_words
from steelyard.batch.weights import Weights
from steelyard.engine import POINTS_PER_WORTH
from steelyard.engine.compiled import CompiledRuleset
from steelyard.engine.lanes import LEAST_WORTH
from steelyard.engine.snapshot import Snapshot
from steelyard.model import Importance
from steelyard.recommendation import Outcome

_CODE = {outcome: code for code, outcome in enumerate(OUTCOMES)}


class _Level(NamedTuple):
    """The rules that fired with one importance: by word and row, a bit for each place."""

    importance: Importance
    words: Words


class Kernel:
    """Weighs rows by one snapshot, for some candidates. It can be shared by threads."""

    def __init__(self, compiled: CompiledRuleset, snapshot: Snapshot, asked: Sequence[int]) -> None:
        """Makes the tables."""
        self._index = compiled.index
        self._asked = np.array(asked, np.int32)
        self._weights = Weights(snapshot, compiled.multipliers, asked)
        self.can_weigh = self._weights.is_usable and not any(
            snapshot.standing >> each & 1 for each in self._index.plain
        )
        self._kind = _kind(self._weights.greatest, len(asked))
        self._tables = MaskTables(self._index)
        self._standing = as_words(snapshot.standing, self._tables.places)
        self._conditional = as_words(self._index.possible & ~self._index.unconditional, self._tables.words)
        order = [each.order for each in self._index.rules]
        self._place_of = np.argsort(np.array(order, np.int64))

    def weigh(self, block: Block, into: Columns) -> None:
        """Weighs all rows of the block, and writes the answers into columns of as many rows."""
        levels = list(self._levels(block))
        excluded = np.repeat(~self._weights.available[:, np.newaxis], block.rows, axis=1)
        *_, total = sums = self._balance(levels, excluded)
        ranking = _Ranking(sums[:-1], excluded)
        # Rows without rules divide by nothing, and are given the middle.
        whole = np.maximum(total, 1).astype(np.float64)
        into.outcome[:] = ranking.outcomes(total)
        into.recommended[:] = self._asked[ranking.winner]
        into.score[:] = _scores(ranking.best, whole)
        into.lead[:] = POINTS_PER_WORTH * (ranking.best - ranking.second_best).astype(np.float64) / whole
        into.robustness[:] = self._robustness(levels, ranking, ranking.best - sums[:-1], excluded)
        into.lead[~ranking.has_second] = np.nan
        is_undecided = ~ranking.has_first | (total == 0)
        if is_undecided.any():
            into.recommended[is_undecided] = NONE
            for numbers in (into.score, into.lead, into.robustness):
                numbers[is_undecided] = np.nan
        if into.scores is not None:
            into.scores[:] = _scores(sums[:-1], whole).T
        if into.fired is not None:
            into.fired[:] = self._fired(levels)

    def _levels(self, block: Block) -> Iterator[_Level]:
        """The fired rules by importance, as `RuleIndex.fired` tells them."""
        tables, standing = self._tables, self._standing
        lines = tables.lines(block.answers)
        rules = tables.laid_over(tables.true(lines, block.rows), standing)
        if _is_usual(block):
            yield _Level(Importance.SHOULD, rules)
            return
        true = tables.true(_answered(lines, block, Importance.MUST.level), block.rows)
        must = tables.laid_over(true & self._conditional, standing)
        true = tables.true(_answered(lines, block, Importance.SHOULD.level), block.rows)
        should = tables.laid_over(true, standing)
        yield _Level(Importance.MUST, must)
        yield _Level(Importance.SHOULD, should & ~must)
        yield _Level(Importance.COULD, rules & ~should & ~must)

    def _balance(self, levels: Sequence[_Level], excluded: Bools) -> Array:
        """By candidate asked about and row, its sum, and last the total weight; marks whom a veto excludes."""
        weights = self._weights
        parts = []
        for importance, words in levels:
            balance = weights.balance_of_must if importance is Importance.MUST else weights.balance
            parts.append(balance.over(words, self._kind, excluded))
        return self._joined(levels, parts)

    def _robustness(self, levels: Sequence[_Level], ranking: "_Ranking", ahead: Array, excluded: Bools) -> Floats:
        """The least share by which weights may be wrong before a rival draws level with the winner."""
        spreads = [self._weights.spreads.over(each.words, np.float64, ranking.winner) for each in levels]
        spread = self._joined(levels, spreads)
        rivals = ahead.astype(np.float64)
        rivals[excluded] = np.nan
        with np.errstate(invalid="ignore"):
            # Nothing by nothing is not a number either: the winner beside itself, and whoever is tied with it.
            found: Floats = np.fmin.reduce(rivals / spread, axis=0)
        # A tie is not robust, against whomever else.
        found[ranking.is_tied] = 0.0
        return found

    def _joined(self, levels: Sequence[_Level], parts: Sequence[Array]) -> Array:
        """The sums of all levels together, by their multipliers; that of one alone would cancel out."""
        if len(parts) == 1:
            return parts[0]
        joined = np.zeros_like(parts[0])
        for level, part in zip(levels, parts, strict=True):
            joined += self._weights.multipliers[level.importance] * part
        return joined

    def _fired(self, levels: Sequence[_Level]) -> Bools:
        """Whether each rule fired, in the order of the ruleset."""
        words = levels[0].words
        for level in levels[1:]:
            words = words | level.words
        bits = np.unpackbits(
            np.ascontiguousarray(words.T).view(np.uint8), axis=1, count=len(self._place_of), bitorder="little"
        )
        return bits[:, self._place_of].view(np.bool_)


class _Ranking:
    """First and second of the ranking of each row, from sums by candidate and row.

    Candidates are compared by one number each: above their sum, and in its lowest bits how early they come, so that
    the greatest two tell all, the earlier one first where sums are equal.
    """

    def __init__(self, sums: Array, excluded: Bools) -> None:
        count = len(sums)
        bits = _bits(count)
        nobody = np.iinfo(sums.dtype).min
        keys = (sums << bits) + np.arange(count - 1, -1, -1, dtype=sums.dtype)[:, np.newaxis]
        keys[excluded] = nobody
        first, second = keys[0].copy(), np.full_like(keys[0], nobody)
        for key in keys[1:]:
            np.maximum(second, np.minimum(first, key), out=second)
            np.maximum(first, key, out=first)
        self.winner: Ints = (count - 1) - (first & ((1 << bits) - 1)).astype(np.int64)
        self.best, self.second_best = first >> bits, second >> bits
        self.has_first, self.has_second = first > nobody, second > nobody
        self.is_tied: Bools = self.has_second & (self.best == self.second_best)

    def outcomes(self, total: Array) -> Array:
        """The codes of what it comes to."""
        outcome = np.where(self.is_tied, np.int8(_CODE[Outcome.TIED]), np.int8(_CODE[Outcome.RECOMMENDED]))
        outcome[total == 0] = _CODE[Outcome.UNDECIDED]
        outcome[~self.has_first] = _CODE[Outcome.INFEASIBLE]
        return outcome


def _bits(candidates: int) -> int:
    return (candidates - 1).bit_length()


def _kind(greatest: int, candidates: int) -> Any:
    """The type for sums up to that size, and the number of a candidate below them."""
    return np.int32 if greatest << _bits(candidates) < np.iinfo(np.int32).max else np.int64


def _scores(sums: Array, whole: Floats) -> Floats:
    """The points of sums of weight times worth, of so much weight as a whole."""
    points: Floats = POINTS_PER_WORTH * (sums.astype(np.float64) + LEAST_WORTH * whole) / whole
    return points


def _is_usual(block: Block) -> bool:
    return all(bool(np.all(np.equal(levels, USUAL))) for levels in block.importance.values())


def _answered(lines: Lines, block: Block, least: int) -> Lines:
    """The lines, with needs that are less important than that unanswered."""
    return {
        need: np.where(np.greater_equal(block.importance.get(need, USUAL), least), line, 0)
        for need, line in lines.items()
    }
