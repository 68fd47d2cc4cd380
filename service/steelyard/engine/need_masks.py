"""For one need: which conjunctions each answer leaves standing, as one bit mask per answer.

A conjunction stands under an answer if it does not test the need, or if the answer passes all its tests of it. Answers
that no test tells apart share a mask:

    flag, choice, scale   one mask for each answer, looked up by it
    number                the numbers that tests compare with cut the line into slots, found by bisection:
                              slot   0    1     2     3     4
                                  ......  3  .......  8  ......
    choices               one mask for each set of options, made when the set is first met
"""

import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from operator import xor

from steelyard.model import Answer, Conjunction, Need, NeedType, passes

_MOST_SETS = 4096
"""How many sets of options are kept for one need of type `choices`."""


@dataclass(frozen=True, slots=True)
class Constraint:
    """Tests of one need that must all be passed, and the bits of the conjunctions that make them."""

    tests: Conjunction
    bits: int

    def admits(self, need: Need, answer: Answer) -> bool:
        """Whether the answer passes all the tests."""
        return all(passes(test, need, answer) for test in self.tests)


@dataclass(frozen=True, slots=True)
class NeedMasks:
    """The masks of one need.

    Attributes:
        need: the need.
        unanswered: the conjunctions that do not test it, which are all that stand while it is unanswered.
        by_answer: the mask of each answer; of a number, empty.
        edges: of a number, where each slot but the first starts, in order; otherwise none.
        slots: of a number, the mask of each slot.
    """

    need: Need
    unanswered: int
    by_answer: Mapping[Answer, int]
    edges: Sequence[float] = ()
    slots: Sequence[int] = ()

    def mask_of(self, answer: Answer) -> int:
        """The conjunctions that stand under an answer."""
        if self.slots and isinstance(answer, int | float):
            return self.slots[bisect_right(self.edges, answer)]
        return self.by_answer[answer]


def need_masks(need: Need, unanswered: int, constraints: Sequence[Constraint]) -> NeedMasks:
    """The masks of a need, given the conjunctions that do not test it, and the tests of those that do."""
    match need.type:
        case NeedType.NUMBER:
            return _of_number(need, unanswered, constraints)
        case NeedType.CHOICES:
            return NeedMasks(need, unanswered, _OfSets(need, unanswered, constraints))
        case _:
            answers: Sequence[Answer] = (False, True) if need.type is NeedType.FLAG else need.option_ids
            return NeedMasks(need, unanswered, {each: _mask(need, unanswered, constraints, each) for each in answers})


def _mask(need: Need, unanswered: int, constraints: Sequence[Constraint], answer: Answer) -> int:
    mask = unanswered
    for constraint in constraints:
        if constraint.admits(need, answer):
            mask |= constraint.bits
    return mask


class _OfSets(dict[Answer, int]):
    """The masks of a need of type `choices`, by the set of options; each is made when it is first looked up."""

    def __init__(self, need: Need, unanswered: int, constraints: Sequence[Constraint]) -> None:
        super().__init__()
        self._parts = need, unanswered, constraints

    def __missing__(self, answer: Answer) -> int:
        mask = _mask(*self._parts, answer)
        if len(self) >= _MOST_SETS:
            self.clear()
        self[answer] = mask
        return mask


def _of_number(need: Need, unanswered: int, constraints: Sequence[Constraint]) -> NeedMasks:
    cuts = sorted({float(cut) for constraint in constraints for cut in _cuts(constraint)})
    # The slot of a cut holds nothing but the cut: the next one starts at the next number that there is.
    edges = [edge for cut in cuts for edge in (cut, math.nextafter(cut, math.inf))]
    return NeedMasks(need, unanswered, {}, edges, _masks_of_slots(need, unanswered, constraints, cuts))


def _masks_of_slots(
    need: Need, unanswered: int, constraints: Sequence[Constraint], cuts: Sequence[float]
) -> Sequence[int]:
    """The mask of every slot, from the slots at which each constraint comes to hold or ceases to.

    That can only happen at its own cuts, so that few slots are looked at for each.
    """
    place_of = {cut: place for place, cut in enumerate(cuts)}
    within = list(_within(cuts))
    toggled = [0] * (2 * len(cuts) + 1)
    toggled[0] = unanswered
    for constraint in constraints:
        places = sorted(place_of[cut] for cut in {float(cut) for cut in _cuts(constraint)})
        slots = [0, *(slot for place in places for slot in (2 * place + 1, 2 * place + 2))]
        admitted = [False, *(constraint.admits(need, within[slot]) for slot in slots)]
        for slot, (before, after) in zip(slots, pairwise(admitted), strict=True):
            if before != after:
                toggled[slot] ^= constraint.bits
    return list(accumulate(toggled, xor))


def _within(cuts: Sequence[float]) -> Iterator[float]:
    """A number within each slot."""
    yield cuts[0] - 1
    for low, high in pairwise([*cuts, cuts[-1] + 1]):
        yield low
        # Between two numbers that follow each other there is none, and their middle may be the lower one.
        middle = (low + high) / 2
        yield middle if middle > low else high


def _cuts(constraint: Constraint) -> Iterator[int | float]:
    for test in constraint.tests:
        if isinstance(test.operand, int | float):
            yield test.operand
