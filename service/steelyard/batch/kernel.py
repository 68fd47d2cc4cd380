"""Weighs many rows at once: `engine.weighing`, step by step, for blocks of rows instead of for one request."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.batch.block import USUAL, Array, Block, Bools, Floats, Ints, Words
from steelyard.batch.result import NONE, OUTCOMES, Columns
from steelyard.batch.tables import Lines, MaskTables, as_words
from steelyard.batch.weights import Weights, product
from steelyard.engine.compiled import CompiledRuleset
from steelyard.engine.lanes import LEAST_WORTH
from steelyard.engine.snapshot import Snapshot
from steelyard.engine.weighing import POINTS_PER_WORTH, TIES_PER_POINT
from steelyard.model import Importance
from steelyard.recommendation import Outcome

_AT_ONCE = 1 << 23
"""Bytes of fired rules, as numbers, that are worked on at once. Fewer would stay closer to the processor, but each
step would be so short that threads spend their time handing Python to each other."""
_FEWEST, _MOST = 256, 8192
"""Rows worked on at once."""
_MIDDLE = float(POINTS_PER_WORTH * LEAST_WORTH)
_EXCLUDED = -1.0
"""A lane below all lanes."""
_CODE = {outcome: code for code, outcome in enumerate(OUTCOMES)}


@dataclass(frozen=True, slots=True)
class _Level:
    """The rules that fired with one importance: as words, and as a number of 0 or 1 for each place."""

    importance: Importance
    words: Words
    numbers: Array


class Kernel:
    """Weighs rows by one snapshot, for some candidates. It can be shared by threads."""

    def __init__(self, compiled: CompiledRuleset, snapshot: Snapshot, asked: Sequence[int]) -> None:
        """Makes the tables."""
        self._index = compiled.index
        self._asked = np.array(asked, np.int64)
        self._weights = Weights(snapshot, compiled.multipliers, asked)
        self.can_weigh = self._weights.is_exact and not any(snapshot.standing >> each & 1 for each in self._index.plain)
        self._tables = MaskTables(self._index)
        self._standing = as_words(snapshot.standing, self._tables.places)
        self._conditional = as_words(self._index.possible & ~self._index.unconditional, self._tables.words)
        order = [each.order for each in self._index.rules]
        self._place_of = np.argsort(np.array(order, np.int64))
        width = max(1, self._weights.places) * 4
        self._rows = min(_MOST, max(_FEWEST, _AT_ONCE // width))

    def weigh(self, block: Block, into: Columns) -> None:
        """Weighs all rows of the block, and writes the answers into columns of as many rows."""
        for start in range(0, block.rows, self._rows):
            stop = min(start + self._rows, block.rows)
            answers = {need: codes[start:stop] for need, codes in block.answers.items()}
            importance = {
                need: levels if isinstance(levels, int) else levels[start:stop]
                for need, levels in block.importance.items()
            }
            self._weigh(Block(stop - start, answers, importance), into.part(start, stop))

    def _weigh(self, block: Block, into: Columns) -> None:
        levels = list(self._levels(block))
        lanes, total, vetoed = self._balance(levels, block.rows)
        excluded = vetoed | ~self._weights.available[:, np.newaxis]
        margin = self._margin(total)
        ranking = _Ranking(np.where(excluded, _EXCLUDED, lanes), margin)
        is_decided = (ranking.best > _EXCLUDED) & (total > 0)
        has_rival = is_decided & (ranking.second_best > _EXCLUDED)
        # Rows without rules divide by nothing, and are given the middle.
        whole = np.where(total > 0, total, 1.0)
        scores = np.where(total > 0, POINTS_PER_WORTH * lanes / whole, _MIDDLE)
        rows = np.arange(block.rows)
        into.outcome[:] = ranking.outcomes(total)
        into.recommended[:] = np.where(is_decided, self._asked[ranking.winner], NONE)
        into.score[:] = np.where(is_decided, scores[ranking.winner, rows], np.nan)
        ahead = lanes[ranking.winner, rows] - lanes
        lead = POINTS_PER_WORTH * ahead[ranking.second, rows] / whole
        into.lead[:] = np.where(has_rival, lead, np.nan)
        into.robustness[:] = self._robustness(levels, ranking, has_rival, np.where(excluded, np.nan, ahead))
        if into.scores is not None:
            into.scores[:] = scores.T
        if into.fired is not None:
            into.fired[:] = self._fired(levels)

    def _levels(self, block: Block) -> Iterator[_Level]:
        """The fired rules by importance, as `RuleIndex.fired` tells them."""
        tables, standing = self._tables, self._standing
        lines = tables.lines(block.answers)
        rules = tables.laid_over(tables.true(lines, block.rows), standing)
        if _is_usual(block):
            yield self._level(Importance.SHOULD, rules)
            return
        true = tables.true(_answered(lines, block, Importance.MUST.level), block.rows)
        must = tables.laid_over(true & self._conditional, standing)
        true = tables.true(_answered(lines, block, Importance.SHOULD.level), block.rows)
        should = tables.laid_over(true, standing)
        yield self._level(Importance.MUST, must)
        yield self._level(Importance.SHOULD, should & ~must)
        yield self._level(Importance.COULD, rules & ~should & ~must)

    def _level(self, importance: Importance, words: Words) -> _Level:
        return _Level(importance, words, self._weights.unpacked(words))

    def _balance(self, levels: Sequence[_Level], rows: int) -> tuple[Floats, Floats, Bools]:
        """By candidate asked about and row, its lane; by row, the total weight; and who is excluded by a veto."""
        count = len(self._asked)
        lanes, vetoed = np.zeros((count + 1, rows)), np.zeros((count, rows), bool)
        for level in levels:
            is_must = level.importance is Importance.MUST
            balance = self._weights.balance_of_must if is_must else self._weights.balance
            sums = product(level.numbers, balance.matrix).T
            lanes += self._weights.multipliers[level.importance] * sums[: count + 1].astype(np.float64, order="C")
            if balance.excludable:
                vetoed[balance.excludable] |= sums[count + 1 :] > 0
        return lanes[:-1], lanes[-1], vetoed

    def _margin(self, total: Floats) -> Floats | float:
        """The greatest difference between two lanes that is a tie: none at all, where weights are not far apart."""
        least = POINTS_PER_WORTH * TIES_PER_POINT
        if self._weights.greatest < least:
            return 0.0
        return (total.astype(np.int64) // least).astype(np.float64)

    def _robustness(self, levels: Sequence[_Level], ranking: "_Ranking", rows: Bools, ahead: Floats) -> Floats:
        """Of the rows that have a rival: the least share by which weights may be wrong before one draws level."""
        found = np.where(rows, 0.0, np.nan)
        # A tie is not robust, against whomever else.
        apart = rows & ~ranking.is_tied
        for winner in range(len(self._asked)):
            chosen = np.flatnonzero(apart & (ranking.winner == winner))
            if len(chosen):
                spread = self._spread(levels, winner, chosen)
                mine = ahead[:, chosen]
                mine[winner] = np.nan
                # Nobody is ahead of an excluded candidate, and of one that is level only by no spread at all.
                shares = np.divide(mine, spread, out=np.full_like(mine, np.inf), where=mine > 0)
                found[chosen] = shares.min(axis=0)
        return found

    def _spread(self, levels: Sequence[_Level], winner: int, rows: Ints) -> Floats:
        spread = np.zeros((len(self._asked), len(rows)))
        for level in levels:
            sums = product(level.numbers.take(rows, axis=0), self._weights.spread(winner)).T
            spread += self._weights.multipliers[level.importance] * sums.astype(np.float64, order="C")
        return spread

    def _fired(self, levels: Sequence[_Level]) -> Bools:
        """Whether each rule fired, in the order of the ruleset."""
        words = levels[0].words
        for level in levels[1:]:
            words = words | level.words
        bits = np.unpackbits(words.view(np.uint8), axis=1, count=len(self._place_of), bitorder="little")
        return bits[:, self._place_of].view(np.bool_)


class _Ranking:
    """First and second of the ranking of each row, from masked lanes by candidate and row."""

    def __init__(self, lanes: Floats, margin: Floats | float) -> None:
        self.best = lanes.max(axis=0, initial=_EXCLUDED)
        near = (lanes >= self.best - margin) & (lanes > _EXCLUDED)
        self.is_tied = near.sum(axis=0) > 1
        self.winner = _first(near)
        rest = lanes.copy()
        rows = np.arange(lanes.shape[1])
        rest[self.winner, rows] = _EXCLUDED
        near[self.winner, rows] = False
        self.second_best = rest.max(axis=0, initial=_EXCLUDED)
        next_near = (rest >= self.second_best - margin) & (rest > _EXCLUDED)
        self.second = _first(np.where(self.is_tied, near, next_near))

    def outcomes(self, total: Floats) -> Array:
        """The codes of what it comes to."""
        outcome = np.where(self.is_tied, _CODE[Outcome.TIED], _CODE[Outcome.RECOMMENDED])
        outcome[total == 0] = _CODE[Outcome.UNDECIDED]
        outcome[self.best == _EXCLUDED] = _CODE[Outcome.INFEASIBLE]
        return outcome


def _first(chosen: Bools) -> Ints:
    """By row, the first candidate that is chosen; 0 if none is."""
    first = np.zeros(chosen.shape[1], np.int64)
    for number in range(len(chosen) - 1, 0, -1):
        first[chosen[number]] = number
    first[chosen[0]] = 0
    return first


def _is_usual(block: Block) -> bool:
    return all(bool(np.all(np.equal(levels, USUAL))) for levels in block.importance.values())


def _answered(lines: Lines, block: Block, least: int) -> Lines:
    """The lines, with needs that are less important than that unanswered."""
    return {
        need: np.where(np.greater_equal(block.importance.get(need, USUAL), least), line, 0)
        for need, line in lines.items()
    }
