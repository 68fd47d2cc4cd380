"""Why one candidate and not another: what each fired rule gives the one more than the other, exactly."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from steelyard.engine import POINTS_PER_WORTH, Weighing
from steelyard.engine.snapshot import absence
from steelyard.model import Rating, Ruleset
from steelyard.recommendation import RuleDifference, Versus, joined, percent, points

_MOST_NAMED = 3


def versus(weighing: Weighing, one: str, other: str) -> Versus:
    """Two candidates beside each other, also excluded ones.

    Args:
        weighing: what the rules say.
        one: the id of a candidate.
        other: the id of another.
    """
    rules = sorted(_differences(weighing, one, other), key=lambda each: (each.points < 0, -abs(each.points)))
    difference = sum((each.points for each in rules), Fraction(0))
    spread = sum((abs(each.points) for each in rules), Fraction(0))
    robustness = float(abs(difference) / spread) if spread else 0.0
    candidates = weighing.snapshot.candidates
    excluded = tuple(each for each in (one, other) if candidates.index(each) in weighing.excluded)
    told = [_words(weighing.compiled.ruleset, (one, other), difference, robustness, rules)]
    told += [_exclusion(weighing, each) for each in excluded]
    return Versus(
        candidates=(one, other),
        difference=difference,
        robustness=robustness,
        rules=tuple(rules),
        excluded=excluded,
        words=" ".join(told),
    )


def _exclusion(weighing: Weighing, candidate: str) -> str:
    declared = weighing.compiled.ruleset.candidates[candidate]
    if not declared.period.includes(weighing.request.as_of):
        return f"But {absence(declared, weighing.request.as_of).because}"
    return f"But {declared.name} is excluded."


def _differences(weighing: Weighing, one: str, other: str) -> Iterator[RuleDifference]:
    """In the order of the ruleset."""
    total, multipliers, snapshot = weighing.balance[-1], weighing.compiled.multipliers, weighing.snapshot
    fired, rules = weighing.importance_by_place, weighing.compiled.index.rules
    for place in sorted(fired, key=lambda each: rules[each].order):
        ratings = snapshot.ratings[place]
        mine, its = ratings.get(one), ratings.get(other)
        gap = _worth(mine) - _worth(its)
        if gap:
            rule = rules[place].rule
            yield RuleDifference(
                rule=rule.id,
                criterion=rule.criterion,
                title=rule.title,
                ratings=(_word(mine), _word(its)),
                points=Fraction(POINTS_PER_WORTH * snapshot.weights[place] * multipliers[fired[place]] * gap, total),
            )


def _word(rating: Rating | None) -> str | None:
    return rating.grade.word if rating is not None else None


def _worth(rating: Rating | None) -> int:
    return rating.grade.worth if rating is not None else 0


def _words(
    ruleset: Ruleset,
    candidates: tuple[str, str],
    difference: Fraction,
    robustness: float,
    rules: Sequence[RuleDifference],
) -> str:
    """Who is ahead and by what, then how wrong the weights would have to be; told from the one that is ahead."""
    first, second = (ruleset.candidates[each].name for each in candidates)
    sign = -1 if difference < 0 else 1
    ahead, behind = (first, second) if sign > 0 else (second, first)
    gains = [each for each in rules if each.points * sign > 0]
    losses = [each for each in rules if each.points * sign < 0]
    sides = f"{_side('gains', gains)}, and {_side('loses', losses)}"
    if not rules:
        return f"{first} and {second} get the same points from every rule."
    if not difference:
        return f"{first} and {second} have the same score: {first} {sides}."
    firm = "no error in the weights would change that"
    if robustness < 1:
        firm = f"every weight would have to be more than {percent(robustness)} off for {behind} to draw level"
    return f"{ahead} is {points(float(abs(difference)))} ahead of {behind}: it {sides}. {firm[0].upper()}{firm[1:]}."


def _side(verb: str, rules: Sequence[RuleDifference]) -> str:
    if not rules:
        return f"{verb} nothing"
    named = [f"{points(float(abs(each.points)))} on “{each.title}”" for each in rules[:_MOST_NAMED]]
    left = len(rules) - len(named)
    more = [f"{points(float(sum(abs(each.points) for each in rules[_MOST_NAMED:])))} on {left} more"] if left else []
    return f"{verb} {joined([*named, *more])}"
