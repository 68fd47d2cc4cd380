"""The weights and worths of a snapshot as matrices that sums over fired rules are products with.

All entries are whole numbers: weights in units of their greatest common divisor, times a worth raised by 2 as in
`engine.lanes`. A product is made in floats only if no sum in it can reach the number from which floats skip whole
numbers, so that every sum is exact, in whatever order it is added up. A score is one division of two such sums, which
rounds as Python's own division of integers does. The unit cancels out of every number of an answer.
"""

from collections.abc import Mapping, Sequence
from math import gcd
from typing import Any

import numpy as np

from steelyard.batch.block import Array, Bools
from steelyard.engine.lanes import LEAST_WORTH, MOST_PER_WEIGHT
from steelyard.engine.snapshot import Snapshot
from steelyard.engine.weighing import POINTS_PER_WORTH
from steelyard.model import Importance

_EXACT_IN_SINGLE = 1 << 24
_EXACT_IN_DOUBLE = 1 << 53
_MOST_AT_ONCE = 1 << 18
"""OpenBLAS makes a product of more multiplications than this with threads of its own, which would stand in the way of
ours."""


class Weights:
    """The matrices for the candidates asked about, with a row for each place of a rule.

    Attributes:
        is_exact: whether every sum is exact; otherwise nothing else here may be used.
        multipliers: by importance, in units of their greatest common divisor.
        greatest: the greatest total weight that there can be.
        places: the rows of the matrices: places of rules, filled up to whole bytes.
        available: whether each candidate asked about is there on the day.
    """

    def __init__(self, snapshot: Snapshot, multipliers: Mapping[Importance, int], asked: Sequence[int]) -> None:
        """Makes the matrices; those of winners are made when they first win."""
        self._asked = list(asked)
        stands = [snapshot.standing >> place & 1 for place in range(len(snapshot.weights))]
        weights = [weight * standing for weight, standing in zip(snapshot.weights, stands, strict=True)]
        unit, share = gcd(*weights) or 1, gcd(*multipliers.values())
        self.multipliers = {importance: each // share for importance, each in multipliers.items()}
        heaviest = sum(weights) // unit
        self.greatest = heaviest * max(self.multipliers.values())
        self.is_exact = POINTS_PER_WORTH * MOST_PER_WEIGHT * self.greatest < _EXACT_IN_DOUBLE
        self.places = -(-len(weights) // 8) * 8
        self.available: Bools = np.array([snapshot.available[each] for each in asked], bool)
        self._type: Any = np.float32 if MOST_PER_WEIGHT * heaviest < _EXACT_IN_SINGLE else np.float64
        if self.is_exact:
            self._weights = np.array([weight // unit for weight in weights], np.int64)
            self._worths = np.array(snapshot.worths, np.int64).reshape(len(weights), -1)[:, self._asked]
            self._spreads: dict[int, Array] = {}
            vetoes = snapshot.vetoes
            self.balance = self._balance([vetoes.always[each] for each in asked])
            self.balance_of_must = self._balance([vetoes.if_must[each] for each in asked])

    def _balance(self, vetoes: Sequence[int]) -> "Balance":
        """Lanes of all candidates, the weight, and a column for each candidate that somebody can exclude."""
        lanes = self._weights[:, np.newaxis] * (self._worths + LEAST_WORTH)
        excludable = [place for place, bits in enumerate(vetoes) if bits]
        columns = [[vetoes[each] >> place & 1 for place in range(len(self._weights))] for each in excludable]
        parts = [lanes, self._weights[:, np.newaxis], *(np.array(each)[:, np.newaxis] for each in columns)]
        return Balance(self._padded(np.concatenate(parts, axis=1)), excludable)

    def spread(self, winner: int) -> Array:
        """Weight times the size of the difference to the worth of a winner, for all candidates asked about."""
        spread = self._spreads.get(winner)
        if spread is None:
            differences = np.abs(self._worths - self._worths[:, winner, np.newaxis])
            spread = self._spreads[winner] = self._padded(self._weights[:, np.newaxis] * differences)
        return spread

    def _padded(self, matrix: Array) -> Array:
        padded = np.zeros((self.places, matrix.shape[1]), self._type)
        padded[: len(matrix)] = matrix
        return padded

    def unpacked(self, fired: Array) -> Array:
        """A column of 0 or 1 for each place, from the words of each row."""
        return np.unpackbits(fired.view(np.uint8), axis=1, count=self.places, bitorder="little").astype(self._type)


class Balance:
    """A matrix of lanes and of the total weight, and which candidates the further columns exclude."""

    def __init__(self, matrix: Array, excludable: Sequence[int]) -> None:
        self.matrix = matrix
        self.excludable = excludable


def product(rows: Array, matrix: Array) -> Array:
    """The product, made in pieces so small that this thread alone works on it."""
    at_once = _MOST_AT_ONCE // max(1, matrix.size)
    if at_once < 2 or len(rows) <= at_once:
        return rows @ matrix
    whole = len(rows) // at_once * at_once
    pieces = (rows[:whole].reshape(-1, at_once, rows.shape[1]) @ matrix).reshape(whole, -1)
    return np.concatenate([pieces, rows[whole:] @ matrix]) if whole < len(rows) else pieces
