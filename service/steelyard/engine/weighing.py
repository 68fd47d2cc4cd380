"""From fired rules to scores, exclusions, ranks and robustness, in exact integers."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from steelyard.engine.matching import FiredRule
from steelyard.model import Grade, Importance, Rating, in_thousandths

_MIDDLE = 50
_POINTS_PER_WORTH = 25
_TIES_PER_POINT = 10**9
"""Scores that differ by no more than one part of this many of a point are a tie."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A fired rule with its effective weight, in millionths."""

    fired: FiredRule
    effective: int

    def rating_of(self, candidate: str) -> Rating | None:
        """The rating in force of the candidate by this rule."""
        return self.fired.standing.ratings.get(candidate)

    def worth_for(self, candidate: str) -> int:
        """What the rule's rating counts for the candidate; no rating counts 0."""
        rating = self.rating_of(candidate)
        return rating.grade.worth if rating is not None else 0

    def vetoes(self, candidate: str) -> bool:
        """Whether this rule excludes the candidate."""
        rating = self.rating_of(candidate)
        if rating is None or rating.grade is not Grade.UNSUPPORTED:
            return False
        return self.fired.rule.veto or self.fired.importance is Importance.MUST


class Balance:
    """The fired rules with their effective weights, and what they come to for any candidate."""

    def __init__(self, fired: Iterable[FiredRule], multipliers: Mapping[Importance, Decimal]) -> None:
        factors = {importance: in_thousandths(factor) for importance, factor in multipliers.items()}
        self.weights = tuple(Weight(rule, rule.standing.prepared.weight * factors[rule.importance]) for rule in fired)
        self.total = sum(weight.effective for weight in self.weights)

    def sum_for(self, candidate: str) -> int:
        """The sum of effective weight times worth, on which everything else rests."""
        return sum(weight.effective * weight.worth_for(candidate) for weight in self.weights)

    def score(self, candidate: str) -> float:
        """0 to 100; 50 when no rule fired. Python divides integers correctly rounded, however large."""
        if not self.total:
            return float(_MIDDLE)
        return (_MIDDLE * self.total + _POINTS_PER_WORTH * self.sum_for(candidate)) / self.total

    def points(self, weight: Weight, candidate: str) -> float:
        """What one fired rule adds to the candidate's score, -50 to 50."""
        return _POINTS_PER_WORTH * weight.effective * weight.worth_for(candidate) / self.total

    def rated(self, candidate: str) -> float:
        """The share of the total weight on which the candidate has a rating; 0 when no rule fired."""
        known = sum(weight.effective for weight in self.weights if weight.rating_of(candidate) is not None)
        return known / self.total if self.total else 0.0

    def lead(self, winner: str, rival: str) -> float:
        """The difference of their scores."""
        return _POINTS_PER_WORTH * (self.sum_for(winner) - self.sum_for(rival)) / self.total

    def robustness(self, winner: str, rival: str) -> float:
        """The largest share by which every weight may be wrong before the rival draws level, 0 to 1; 0 in a tie."""
        differences = [
            weight.effective * (weight.worth_for(winner) - weight.worth_for(rival)) for weight in self.weights
        ]
        lead, spread = sum(differences), sum(abs(difference) for difference in differences)
        return 0.0 if self._is_tie(lead) else lead / spread

    def ranks(self, candidates: Sequence[str]) -> list[tuple[int, str]]:
        """Rank and candidate, best first; equals share the best rank of theirs and stay in the order given."""
        sums = {candidate: self.sum_for(candidate) for candidate in candidates}
        left = sorted(candidates, key=sums.__getitem__, reverse=True)
        ranked: list[tuple[int, str]] = []
        while left:
            equals = [each for each in left if self._is_tie(sums[left[0]] - sums[each])]
            left = left[len(equals) :]
            rank = len(ranked) + 1
            ranked += [(rank, candidate) for candidate in sorted(equals, key=candidates.index)]
        return ranked

    def _is_tie(self, lead: int) -> bool:
        """Whether a difference of sums is too small to count."""
        return _POINTS_PER_WORTH * lead * _TIES_PER_POINT <= self.total
