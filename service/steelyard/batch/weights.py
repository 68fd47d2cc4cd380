"""The weights and worths of a snapshot, ready to be summed over the rules that fired in many rows.

All are whole numbers: weights in units of their greatest common divisor, times a worth. So every sum is exact, in
whatever order it is added up, and whatever is divided is one division of two such sums, which rounds as Python's own
division of integers does. The unit cancels out of every number of an answer.
"""

from collections.abc import Mapping, Sequence
from math import gcd
from typing import Any

import numpy as np

from steelyard.batch.block import Array, Bools, Words
from steelyard.batch.sums import Sums
from steelyard.engine import POINTS_PER_WORTH
from steelyard.engine.lanes import MOST_PER_WEIGHT
from steelyard.engine.lazy import lazy
from steelyard.engine.snapshot import Snapshot
from steelyard.engine.weighing import TIES_PER_POINT
from steelyard.model import Importance


class Weights:
    """The sums for the candidates asked about.

    Attributes:
        is_usable: whether candidates tie only with equal sums, as they do unless weights are enormously far apart. It
            also means that every sum is exact in a float; otherwise nothing else here may be used.
        multipliers: by importance, in units of their greatest common divisor.
        greatest: the greatest size of a sum that there can be.
        available: whether each candidate asked about is there on the day.
        spreads: by rule that fired, weight times the size of the difference to the worth of the matrix's candidate.
    """

    def __init__(self, snapshot: Snapshot, multipliers: Mapping[Importance, int], asked: Sequence[int]) -> None:
        """Takes the weights of the rules that stand."""
        self._asked = list(asked)
        self._vetoes = snapshot.vetoes
        stands = [snapshot.standing >> place & 1 for place in range(len(snapshot.weights))]
        weights = [weight * standing for weight, standing in zip(snapshot.weights, stands, strict=True)]
        unit, share = gcd(*weights) or 1, gcd(*multipliers.values())
        self.multipliers = {importance: each // share for importance, each in multipliers.items()}
        total = sum(weights) // unit * max(self.multipliers.values())
        self.is_usable = total < POINTS_PER_WORTH * TIES_PER_POINT
        self.greatest = MOST_PER_WEIGHT * total
        self.available: Bools = np.array([snapshot.available[each] for each in asked], bool)
        if self.is_usable:
            self._weights = np.array([weight // unit for weight in weights], np.int64)[:, np.newaxis]
            self._worths = np.array(snapshot.worths, np.int64).reshape(len(weights), -1)[:, self._asked]

    @lazy
    def spreads(self) -> Sums:
        """A matrix for each candidate: weight times the size of the difference of each worth to its own."""
        return Sums(self._weights * np.abs(self._worths - self._worths.T[:, :, np.newaxis]))

    @lazy
    def balance(self) -> "Balance":
        """What rules come to that are not `must`."""
        return self._balance(self._vetoes.always)

    @lazy
    def balance_of_must(self) -> "Balance":
        """What rules come to that are `must`."""
        return self._balance(self._vetoes.if_must)

    def _balance(self, vetoes: Sequence[int]) -> "Balance":
        bits = [vetoes[each] for each in self._asked]
        excludable = [place for place, each in enumerate(bits) if each]
        columns = [[bits[each] >> place & 1 for place in range(len(self._weights))] for each in excludable]
        parts = [self._weights * self._worths, self._weights, *(np.array(each)[:, np.newaxis] for each in columns)]
        return Balance(Sums(np.concatenate(parts, axis=1)[np.newaxis]), excludable)


class Balance:
    """What fired rules come to, of one importance."""

    def __init__(self, sums: Sums, excludable: Sequence[int]) -> None:
        """Takes sums of each candidate, of the weight, and of a veto for each candidate that can be excluded."""
        self._sums = sums
        self._excludable = excludable

    def over(self, words: Words, kind: Any, excluded: Bools) -> Array:
        """By candidate and row, the sum of weight times worth, and last the total weight; marks who is excluded."""
        found = self._sums.over(words, kind)
        count = len(excluded) + 1
        if self._excludable:
            excluded[self._excludable] |= found[count:] > 0
        return found[:count]
