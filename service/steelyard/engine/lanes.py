"""Sums for all candidates at once: one large integer per rule, cut into lanes of 64 bits.

    lane   0                      1                      ...   last
           weight * (2 + worth)   weight * (2 + worth)         weight
           of the first candidate, of the second, and so on

Adding the integers of all fired rules adds every lane. The 2, which keeps lanes from going below zero, adds twice the
total weight to each sum; since a score is 50 + 25 * (sum of weight * worth) / total, it is 25 * lane / total.
"""

import struct
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from steelyard.engine.bits import chosen
from steelyard.engine.index import Fired
from steelyard.model import Importance

LEAST_WORTH = 2
"""What is added to a worth so that it is not below zero."""

_LANE = 64
MOST_PER_WEIGHT = 4
"""The most that a lane holds for each part of weight: the best worth, and what is added to it."""
_MOST_WINNERS = 16
"""For how many candidates the packed differences to all others are kept."""


class Lanes:
    """The packed weights and worths of the standing rules, by place."""

    def __init__(self, weights: Sequence[int], worths: Sequence[Sequence[int]], candidates: int) -> None:
        """Packs weights, in thousandths, with the worths of so many candidates by each rule.

        Raises:
            OverflowError: the weights are so many and so great that their sum could outgrow a lane.
        """
        # Weights and multipliers are at most 1000, which is a million thousandths.
        if MOST_PER_WEIGHT * sum(weights) * 1_000_000 >= 1 << _LANE:
            raise OverflowError("the weights of all rules together are too great")
        self._weights = weights
        self._worths = worths
        self._count = 1 + candidates
        self._unpack = struct.Struct(f"<{self._count}Q").unpack
        self._balances = self._packed(lambda worth: worth + LEAST_WORTH)
        self._spreads: OrderedDict[int, list[int]] = OrderedDict()

    def balance(self, fired: Iterable[Fired], multipliers: Mapping[Importance, int]) -> int:
        """The packed lanes: that of each candidate, and last the total effective weight, in millionths.

        Balances of rules that have none in common add up to that of all of them.
        """
        return _sum(self._balances, fired, multipliers)

    def unpacked(self, balance: int) -> tuple[int, ...]:
        """The lanes that are packed in a balance."""
        return self._unpack(balance.to_bytes(self._count * _LANE // 8, "little"))

    def spread(self, winner: int, fired: Iterable[Fired], multipliers: Mapping[Importance, int]) -> tuple[int, ...]:
        """For each candidate, the sum of effective weight times the size of the difference to the winner's worth."""
        packed = self._spreads.get(winner)
        if packed is None:
            packed = self._packed_differences(winner)
            self._spreads[winner] = packed
            while len(self._spreads) > _MOST_WINNERS:
                self._spreads.popitem(last=False)
        return self.unpacked(_sum(packed, fired, multipliers))

    def marked(self, candidates: Collection[int]) -> int:
        """A balance of 1 in the lane of each of these candidates, and in the last; of 0 in all others."""
        return _pack([*(number in candidates for number in range(self._count - 1)), True])

    def _packed(self, lane: Callable[[int], int]) -> list[int]:
        return [
            _pack([*(weight * lane(worth) for worth in worths), weight])
            for weight, worths in zip(self._weights, self._worths, strict=True)
        ]

    def _packed_differences(self, winner: int) -> list[int]:
        return [
            _pack([*(weight * abs(worths[winner] - worth) for worth in worths), weight])
            for weight, worths in zip(self._weights, self._worths, strict=True)
        ]


def _sum(packed: list[int], fired: Iterable[Fired], multipliers: Mapping[Importance, int]) -> int:
    total = 0
    for importance, places in fired:
        total += multipliers[importance] * sum(chosen(packed, places))
    return total


def _pack(lanes: Sequence[int]) -> int:
    return int.from_bytes(struct.pack(f"<{len(lanes)}Q", *lanes), "little")
