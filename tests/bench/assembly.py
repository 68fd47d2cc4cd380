"""What the peers' flags are made into: one piece of Python for all of them, as quick as Python has been found to be.

A peer says of each rule whether it fired. From that come the ids, the scores and the ranked reasons that Steelyard
gives as well, so that what is timed is the same work. The weights of a rule are packed into one integer, a lane of 32
bits for each candidate and one for the total, so that one sum over the fired rules is all nine sums.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, compress
from struct import Struct

from tests.bench.workload import CANDIDATES, WORTHS, Rule

_LANES = Struct(f"<{len(CANDIDATES) + 1}I")
_LEAST = min(WORTHS.values())
_POINTS_PER_WORTH = 25
_MIDDLE = 50.0


@dataclass(frozen=True, slots=True)
class Entry:
    """What a rule says of one candidate; made once and shared by all answers."""

    rule: str
    candidate: str
    rating: str
    weight: float
    because: str


Scores = Mapping[str, float]
Reasons = Mapping[str, tuple[float, Sequence[Entry]]]
"""By candidate, the best first: its score, and what the fired rules say of it."""


class Assembly:
    """Makes answers of the flags of peers."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._ids = tuple(rule.id for rule in rules)
        self._packed = tuple(_packed(rule) for rule in rules)
        self._entries = tuple(_entries(rule) for rule in rules)

    def fired(self, flags: Sequence[bool]) -> tuple[str, ...]:
        """The ids of the fired rules, in the order of the ruleset."""
        return tuple(compress(self._ids, flags))

    def scores(self, flags: Sequence[bool]) -> Scores:
        """The score, 0 to 100, of each candidate."""
        *sums, total = _LANES.unpack(sum(compress(self._packed, flags)).to_bytes(_LANES.size, "little"))
        if not total:
            return dict.fromkeys(CANDIDATES, _MIDDLE)
        points = _POINTS_PER_WORTH / total
        return dict(zip(CANDIDATES, [points * each for each in sums], strict=True))

    def reasons(self, flags: Sequence[bool]) -> Reasons:
        """The score and the reasons of each candidate, the best first."""
        said: list[list[Entry]] = [[] for _ in CANDIDATES]
        take = [each.append for each in said]
        for number, entry in chain.from_iterable(compress(self._entries, flags)):
            take[number](entry)
        scores = tuple(self.scores(flags).values())
        order = sorted(range(len(CANDIDATES)), key=scores.__getitem__, reverse=True)
        return {CANDIDATES[number]: (scores[number], said[number]) for number in order}


def lanes(rule: Rule) -> list[int]:
    """What the rule adds to each candidate and, last, to the total, in hundredths: none of it below nought.

    To a candidate it adds its weight by what its rating is above the worst; none counts as fair.
    """
    worths = [WORTHS[rule.ratings.get(candidate, "fair")] - _LEAST for candidate in CANDIDATES]
    return [*(rule.hundredths * worth for worth in worths), rule.hundredths]


def _packed(rule: Rule) -> int:
    return int.from_bytes(_LANES.pack(*lanes(rule)), "little")


def _entries(rule: Rule) -> tuple[tuple[int, Entry], ...]:
    return tuple(
        (CANDIDATES.index(candidate), Entry(rule.id, candidate, rating, rule.hundredths / 100, rule.because))
        for candidate, rating in rule.ratings.items()
    )
