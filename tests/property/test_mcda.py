"""The ranking against an independent library for multi-criteria decision analysis, scikit-criteria."""

from itertools import pairwise

import skcriteria
from hypothesis import assume, given
from skcriteria.agg.simple import WeightedSumModel

from tests.property.asking import ask
from tests.property.conditions import Data
from tests.property.reference import RATING_NUMBERS
from tests.property.strategies import cases

LOWEST = min(RATING_NUMBERS.values())


@given(cases())
def test_ranking_is_that_of_a_weighted_sum_over_the_fired_rules(case: tuple[Data, Data]) -> None:
    """With fired rules as criteria and effective weights, the library orders and ties the ranked candidates alike."""
    answer = ask(*case)
    ranking = answer.to_dict()["ranking"]
    assume(answer.fired and len(ranking) > 1)
    # The model takes nothing below 0, so ratings count from the lowest; that adds the same to all. Weights are
    # whole millionths, whose sums floats hold exactly: equal sums come out equal.
    weights = [round(rule.weight * 10**6) for rule in answer.fired]
    rows = [[number_of(entry, rule.rule) - LOWEST for rule in answer.fired] for entry in ranking]
    names = [entry["candidate"] for entry in ranking]
    decision = skcriteria.mkdm(rows, [max] * len(weights), weights=weights, alternatives=names)
    result = WeightedSumModel().evaluate(decision)
    sums = dict(zip(names, result.e_.score.tolist(), strict=True))
    assume(no_tie_of_different_sums(sorted(sums.values()), sum(weights)))
    ranks = dict(zip(result.alternatives.tolist(), result.rank_.tolist(), strict=True))
    assert {entry["candidate"]: dense_rank(entry, ranking) for entry in ranking} == ranks


def number_of(entry: Data, rule: str) -> int:
    """The number of the rating that a fired rule gives a candidate; none counts as `fair`."""
    return next((RATING_NUMBERS[reason["rating"]] for reason in entry["reasons"] if reason["rule"] == rule), 0)


def no_tie_of_different_sums(sums: list[float], total: float) -> bool:
    """Whether no scores differ by less than a tie: the library knows no such thing."""
    points = [25 * (high - low) / total for low, high in pairwise(sums)]
    return all(apart == 0 or apart > 1e-8 for apart in points)


def dense_rank(entry: Data, ranking: list[Data]) -> int:
    """The rank as the library counts: the next after a tie is one more."""
    return len({other["rank"] for other in ranking if other["rank"] <= entry["rank"]})
